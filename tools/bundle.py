"""The bundle for PCs without internet: ``make bundle`` writes ``dist/sangkien-offline-<version>.zip``.

In it are the wheels for 64-bit Windows, two scripts, a text for whoever installs, and a place for the installer of
Python, which that person adds: it is named and its hash is known, the script refuses another. Everything in the zip has
an ASCII name. The same sources and lock give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from tools.bundle_lock import Locked, needed_on_windows
from tools.bundle_wheels import Wheel, build_own, complaints, download, read_wheel

PROJECT = Path(__file__).parent.parent
OWN = "sangkien"
FILES = Path(__file__).parent / "bundle_files"
WHEELS = PROJECT / ".cache" / "bundle-wheels"
"""Where downloads are kept between runs: another run asks for what is new only."""

SCRIPTS = ("cai-dat.cmd", "go-bo.cmd")
READ_ME = "DOC-TOI.txt"
SUMS = "SHA256SUMS"
PYTHON_PLACE = "python"
PYTHON_INSTALLER = "python-3.12.10-amd64.exe"
PYTHON_SHA256 = "67b5635e80ea51072b87941312d00ec8927c4db9ba18938f7ad2d27b328b95fb"
"""The last installer of Python 3.12 for Windows; the hash is the one in Microsoft's list of packages (winget-pkgs)."""

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def contents(wheels: Sequence[Wheel], own_version: str) -> dict[str, bytes]:
    """Every file of the bundle by its name in the zip."""
    parts = {name: _for_cmd(name, own_version) for name in SCRIPTS}
    text = (FILES / READ_ME).read_text(encoding="utf-8").replace("@VERSION@", own_version)
    parts[READ_ME] = b"\xef\xbb\xbf" + _lines(text.replace("@INSTALLER@", PYTHON_INSTALLER)).encode("utf-8")
    parts["requirements.txt"] = _lines(requirements(wheels)).encode("ascii")
    parts |= {f"wheelhouse/{wheel.file.name}": wheel.file.read_bytes() for wheel in wheels}
    sums = "".join(f"{hashlib.sha256(parts[name]).hexdigest()} *{_with_backslashes(name)}\n" for name in sorted(parts))
    parts[SUMS] = _lines(sums).encode("ascii")
    # Not among the sums above: who installs may pin another installer here.
    parts[f"{PYTHON_PLACE}/{SUMS}"] = _lines(f"{PYTHON_SHA256} *{PYTHON_INSTALLER}\n").encode("ascii")
    return parts


def requirements(wheels: Sequence[Wheel]) -> str:
    """What the script installs: each wheel with its hash, so that nothing else is taken for it."""
    ordered = sorted(wheels, key=lambda wheel: wheel.name)
    return "".join(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n" for wheel in ordered)


def packed(parts: Mapping[str, bytes]) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """The entries of the zip, in order. Raises ValueError for a name that is not ASCII."""
    entries = []
    for name in sorted(parts):
        if not name.isascii():
            raise ValueError(f"a name with letters beyond ASCII: {name}")
        entry = zipfile.ZipInfo(name, _FIXED_DATE)
        entry.create_system = 0
        entries.append((entry, parts[name]))
    return entries


def write_bundle(wheels: Sequence[Wheel], needed: Sequence[Locked], own_version: str, out: Path) -> list[str]:
    """Write the zip, unless something is wrong with the wheels: then the complaints are returned and nothing is."""
    found = list(complaints(wheels, needed, OWN))
    if found:
        return found
    out.parent.mkdir(parents=True, exist_ok=True)
    half = out.with_suffix(".part")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as bundle:
        for entry, data in packed(contents(wheels, own_version)):
            bundle.writestr(entry, data)
    half.replace(out)
    return []


def fetched(needed: list[Locked], cache: Path) -> list[Wheel]:
    """The wheels of others, downloaded where they are not there yet; what is no longer needed goes."""
    cache.mkdir(parents=True, exist_ok=True)
    hashes = {digest for one in needed for digest in one.hashes}
    for file in cache.iterdir():
        if hashlib.sha256(file.read_bytes()).hexdigest() not in hashes:
            file.unlink()
    there = {read_wheel(file).name for file in cache.glob("*.whl")}
    missing = [one for one in needed if one.name not in there]
    if missing:
        print(f"bundle: downloading {len(missing)} of {len(needed)} wheels", file=sys.stderr)
        download(missing, cache)
    return [read_wheel(file) for file in sorted(cache.glob("*.whl"))]


def _for_cmd(name: str, own_version: str) -> bytes:
    """A script as cmd.exe wants it: ASCII, lines ended by CR LF."""
    text = (FILES / name).read_text(encoding="ascii")
    return _lines(text.replace("@VERSION@", own_version)).encode("ascii")


def _lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def _with_backslashes(name: str) -> str:
    return name.replace("/", "\\")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the bundle; exit code 1 where it would not be whole."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle", description=__doc__)
    parser.add_argument("--out", type=Path, help="the zip to write")
    options = parser.parse_args(arguments)
    own_version = version(OWN)
    out = options.out or PROJECT / "dist" / f"{OWN}-offline-{own_version}.zip"
    needed = needed_on_windows((PROJECT / "requirements.lock").read_text(encoding="utf-8"))
    wheels = fetched(needed, WHEELS)
    own_folder = WHEELS.with_name("bundle-own")
    shutil.rmtree(own_folder, ignore_errors=True)
    wheels.append(read_wheel(build_own(PROJECT, own_folder)))
    found = write_bundle(wheels, needed, own_version, out)
    for complaint in found:
        print(f"bundle: {complaint}", file=sys.stderr)
    if not found:
        print(f"{out}: {len(wheels)} wheels, {out.stat().st_size:,} bytes; add {PYTHON_PLACE}/{PYTHON_INSTALLER}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
