"""Says whether requirements.lock still fits pyproject.toml, without asking any package index.

Run by `make check`. It compares both ways: every requirement declared in pyproject.toml has, on each supported Python,
a locked version that satisfies it; and whatever the lock says pyproject.toml asked for is still asked for there.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
)

_ENTRY = re.compile(
    r"^(?P<pin>[A-Za-z0-9][^\n]*?)(?P<rest>(?: \\\n +--hash=\S+)*)\n(?P<via>(?: +#[^\n]*\n)*)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package: `requirement` is `name==version ; marker`, `declared` whether pyproject.toml asks for it."""

    requirement: Requirement
    hashes: int
    declared: bool

    @property
    def name(self) -> str:
        """The package's name in its canonical spelling."""
        return canonicalize_name(self.requirement.name)


def declared_requirements(pyproject: str) -> list[Requirement]:
    """The direct requirements, of the product and of its development, in the text of a pyproject.toml."""
    content = tomllib.loads(pyproject)
    texts = [*content["project"].get("dependencies", []), *content.get("dependency-groups", {}).get("dev", [])]
    return [Requirement(text) for text in texts]


def locked_pins(lock: str) -> list[Pin]:
    """The packages in the text of a lock file as `make lock` writes it."""
    return [
        Pin(
            requirement=Requirement(entry["pin"]),
            hashes=entry["rest"].count("--hash=sha256:"),
            declared="(pyproject.toml" in entry["via"],
        )
        for entry in _ENTRY.finditer(lock)
    ]


def complaints(pyproject: str, lock: str) -> Iterator[str]:
    """One sentence for each way in which the text of a lock file does not fit the text of a pyproject.toml."""
    requirements = declared_requirements(pyproject)
    pins = locked_pins(lock)
    for requirement in requirements:
        yield from _unsatisfied(requirement, pins)
    wanted = {canonicalize_name(requirement.name) for requirement in requirements}
    for pin in pins:
        if pin.declared and pin.name not in wanted:
            yield f"{pin.name} is locked because pyproject.toml asked for it, but it no longer does"
        if not pin.hashes:
            yield f"{pin.name} has no hash"
    for line in lock.splitlines():
        if re.match(r"\s*-(?!-hash=)", line) or "://" in line or re.search(r"\s@\s", line):
            yield f"the lock names an index, an option or a place: {line.strip()}"


def _unsatisfied(requirement: Requirement, pins: list[Pin]) -> Iterator[str]:
    """A sentence for each supported Python and platform on which no locked version satisfies a requirement."""
    name = canonicalize_name(requirement.name)
    for python in PYTHONS:
        for platform in PLATFORMS:
            if not _applies(requirement.marker, python, platform):
                continue
            versions = [
                specifier.version
                for pin in pins
                if pin.name == name and _applies(pin.requirement.marker, python, platform)
                for specifier in pin.requirement.specifier
            ]
            if len(versions) != 1 or not requirement.specifier.contains(versions[0], prereleases=True):
                found = ", ".join(versions) or "nothing"
                where = f"Python {python}, {platform['sys_platform']}"
                yield f"pyproject.toml asks for {requirement}, the lock has {found} ({where})"
                return


def _applies(marker: Marker | None, python: str, platform: dict[str, str]) -> bool:
    """Whether a requirement with this marker counts on a CPython of this version on this platform."""
    if marker is None:
        return True
    interpreter = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    return marker.evaluate({"python_version": python, "python_full_version": f"{python}.0", **interpreter, **platform})


def main() -> int:
    """Print what does not fit; the exit code is 1 where something does not."""
    root = Path(__file__).parent.parent
    pyproject = (root / "pyproject.toml").read_text(encoding="utf-8")
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    found = list(complaints(pyproject, lock))
    for complaint in found:
        print(f"requirements.lock: {complaint}", file=sys.stderr)
    if found:
        print("requirements.lock: 'make lock' brings it in step", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
