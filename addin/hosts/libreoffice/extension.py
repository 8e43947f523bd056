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


def add(unopkg: Path, file: Path, profile: Path) -> None:
    """Install an extension into a profile, over one of an earlier version. Raises UnopkgError."""
    _run([str(unopkg), "add", "--force", "--suppress-license", _user(profile), str(file)])


def remove(unopkg: Path, profile: Path, identifier: str = IDENTIFIER) -> None:
    """Remove it from a profile. Raises UnopkgError, also where it is not installed."""
    _run([str(unopkg), "remove", _user(profile), identifier])


def listed(unopkg: Path, profile: Path) -> dict[str, str]:
    """The versions of the extensions that a profile has, by their identifiers. Raises UnopkgError."""
    return dict(_LISTED.findall(_run([str(unopkg), "list", _user(profile)])))


def put_into(profile: Path, file: Path, soffice: str) -> None:
    """Install an extension into a profile of our own, for tests; as root too. Raises UnopkgError.

    Root has nobody install it into a profile of nobody's (`setpriv`, of util-linux), and copies what came of that.
    """
    unopkg = unopkg_of(soffice)
    if sys.platform == "win32" or os.geteuid() != 0:
        add(unopkg, file, profile)
        return
    with tempfile.TemporaryDirectory(prefix="sangkien-unopkg-") as made:
        folder = Path(made)
        copy = Path(shutil.copy(file, folder))  # the file itself may lie where nobody may not look
        copy.chmod(0o644)
        os.chown(folder, _NOBODY, _NOBODY)
        nobody = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "env", f"HOME={folder}"]
        _run([*nobody, str(unopkg), "add", "--suppress-license", _user(folder / "profile"), str(copy)])
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
