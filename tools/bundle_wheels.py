"""Wheels for the PC: downloaded by pip against the lock's hashes, our own built from the sources, all checked."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.bundle_lock import PYTHON, Locked, applies, requirements_text

PLATFORM = "win_amd64"
PACKAGES = ("validation", "workbook_templates", "addin")
_FIXED_DATE = "315532800"  # 1980-01-01, the first day that a zip can say: the same sources give the same wheel
_WITHIN = 1800  # seconds, for all downloads together


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel: its file, what it is, what it asks for on the PC."""

    file: Path
    name: str
    version: str
    tags: frozenset[Tag]
    requires: tuple[Requirement, ...]

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


def read_wheel(file: Path) -> Wheel:
    """Read a wheel. Raises ValueError for a file that is none."""
    name, version, _, tags = parse_wheel_filename(file.name)
    with zipfile.ZipFile(file) as package:
        (metadata,) = [one for one in package.namelist() if one.endswith(".dist-info/METADATA") and one.count("/") == 1]
        headers = HeaderParser().parsestr(package.read(metadata).decode("utf-8"))
    asked = [Requirement(text) for text in headers.get_all("Requires-Dist") or []]
    # Requirements of an extra have a marker that does not hold without it.
    return Wheel(file, name, str(version), frozenset(tags), tuple(one for one in asked if applies(one.marker)))


def tags_of_the_pc() -> frozenset[Tag]:
    """What a wheel may be made for: CPython on 64-bit Windows, or anything."""
    version = tuple(map(int, PYTHON.split(".")))
    interpreter = f"cp{version[0]}{version[1]}"
    return frozenset(
        [*cpython_tags(version, platforms=[PLATFORM]), *compatible_tags(version, interpreter, platforms=[PLATFORM])]
    )


def complaints(wheels: Iterable[Wheel], needed: Iterable[Locked], own: str) -> Iterator[str]:
    """What is wrong with a set of wheels: absent, not for the PC, not as locked, asking for what is not there."""
    present = {wheel.name: wheel for wheel in wheels}
    locked = {one.name: one for one in needed}
    for name, one in locked.items():
        if name not in present:
            yield f"{name} is not there"
        elif present[name].version != one.version:
            yield f"{name} is {present[name].version}, the lock says {one.version}"
        elif present[name].sha256 not in one.hashes:
            yield f"{present[name].file.name} has a hash that the lock does not know"
    if own not in present:
        yield f"{own} is not there"
    for wheel in present.values():
        if wheel.name not in locked and wheel.name != own:
            yield f"{wheel.name} is there, and nothing asks for it"
        if not wheel.tags & tags_of_the_pc():
            yield f"{wheel.file.name} is not for {PLATFORM} and Python {PYTHON}"
        for requirement in wheel.requires:
            answer = present.get(canonicalize_name(requirement.name))
            if answer is None or not requirement.specifier.contains(answer.version, prereleases=True):
                found = answer.version if answer else "nothing"
                yield f"{wheel.name} asks for {requirement}, there is {found}"


def download(needed: list[Locked], into: Path) -> None:
    """Fetch the wheels through pip, as this machine is set up to use it. Raises CalledProcessError."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(requirements_text(needed), encoding="ascii")
        _pip(
            "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--platform", PLATFORM,
            "--python-version", PYTHON, "--implementation", "cp", "--dest", str(into), "-r", str(listed),
        )  # fmt: skip


def build_own(project: Path, into: Path) -> Path:
    """Build the product's wheel from a copy of its sources: what lies about in the checkout stays out of it.

    Raises CalledProcessError.
    """
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        for package in PACKAGES:
            shutil.copytree(project / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        for file in ("pyproject.toml", "README.md"):
            shutil.copy2(project / file, copy / file)
        made = Path(folder) / "made"
        _pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(made), str(copy))
        (wheel,) = made.glob("*.whl")
        return Path(shutil.copy2(wheel, into / wheel.name))


def _pip(*arguments: str) -> None:
    environment = os.environ | {"SOURCE_DATE_EPOCH": _FIXED_DATE, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run(
        [sys.executable, "-m", "pip", "--no-input", *arguments],
        check=True, timeout=_WITHIN, env=environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip
