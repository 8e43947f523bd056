"""The office's extensions of one profile, through its own program `unopkg`.

`unopkg` refuses root on Linux, though the office itself runs there: `put_into` goes round that for profiles of our own.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

IDENTIFIER = "vn.sangkien"
PROTOCOL = "vnd.sangkien:"
TOOLBAR = "vn.sangkien.toolbar"
"""Names by which an office knows the extension, the addresses of its buttons, and its toolbar."""

OLDEST_OFFICE = (7, 2)
"""Older ones have a Python older than 3.8. We test with 7.4 and newer."""

PACKAGED = Path(__file__).parent / "built" / "sangkien.oxt"
"""The built extension that lies in this package. Script addresses name its file name: it must not change."""

PATIENCE = 120.0
"""Seconds for one call; half a second is usual, more where the profile is new."""

_NOBODY = 65534
_KEPT = ("uno_packages", "extensions")
"""What an installation leaves in a profile's `user`; no path in it is absolute, so it can be copied."""

_LISTED = re.compile(r"^Identifier: (\S+)\s+Version: (\S+)", re.MULTILINE)


class UnopkgError(Exception):
    """`unopkg` could not do it; its own words."""


def unopkg_of(soffice: str) -> Path:
    """The `unopkg` beside an office's program."""
    folder = Path(soffice).resolve().parent
    names = ("unopkg.com", "unopkg.exe") if sys.platform == "win32" else ("unopkg",)
    return next((folder / name for name in names if (folder / name).is_file()), folder / names[0])


def add(unopkg: Path, file: Path, profile: Path, *, through: Sequence[str] = ()) -> None:
    """Install an extension into a profile, over one of an earlier version. ``through`` is a program that starts it,
    such as ``setpriv`` with its options. Raises UnopkgError."""
    _run([*through, str(unopkg), "add", "--force", "--suppress-license", _user(profile), str(file)])


def remove(unopkg: Path, profile: Path, identifier: str = IDENTIFIER, *, through: Sequence[str] = ()) -> None:
    """Remove it from a profile. Raises UnopkgError, also where it is not installed."""
    _run([*through, str(unopkg), "remove", _user(profile), identifier])


def listed(unopkg: Path, profile: Path, *, through: Sequence[str] = ()) -> dict[str, str]:
    """The versions of the extensions that a profile has, by their identifiers. Raises UnopkgError."""
    return dict(_LISTED.findall(_run([*through, str(unopkg), "list", _user(profile)])))


def as_nobody(home: Path) -> tuple[str, ...]:
    """For root: what starts a program as nobody (``setpriv``, of util-linux), with a folder of nobody's as home."""
    return "setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "env", f"HOME={home}"


def give_to_nobody(folder: Path) -> None:
    """Make a folder nobody's, with all that is in it."""
    for one in (folder, *folder.rglob("*")):
        os.chown(one, _NOBODY, _NOBODY, follow_symlinks=False)


def put_into(profile: Path, file: Path, soffice: str) -> None:
    """Install an extension into a profile of our own, for tests; as root too. Raises UnopkgError.

    Root has nobody install it into a profile of nobody's, and copies what came of that.
    """
    unopkg = unopkg_of(soffice)
    if sys.platform == "win32" or os.geteuid() != 0:
        add(unopkg, file, profile)
        return
    with tempfile.TemporaryDirectory(prefix="sangkien-unopkg-") as made:
        folder = Path(made)
        copy = Path(shutil.copy(file, folder))  # the file itself may lie where nobody may not look
        give_to_nobody(folder)
        add(unopkg, copy, folder / "profile", through=as_nobody(folder))
        for name in _KEPT:
            shutil.copytree(folder / "profile" / "user" / name, profile / "user" / name, dirs_exist_ok=True)


def _user(profile: Path) -> str:
    return f"-env:UserInstallation={profile.resolve().as_uri()}"


def _run(command: Sequence[str]) -> str:
    """What it prints. It says its errors on either stream, and a few with the exit code of success."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL, env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise UnopkgError(str(problem)) from problem
    said = (done.stdout + done.stderr).decode("utf-8", errors="replace").strip()
    if done.returncode or re.search(r"^ERROR:", said, re.MULTILINE):
        raise UnopkgError(said or f"unopkg: {done.returncode}")
    return said
