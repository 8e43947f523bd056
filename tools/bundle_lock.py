"""What of requirements.lock a Windows PC needs to run the product: read from the lock alone, without any package index.

The lock is for every platform and holds the development's packages too. For each package it says through which others
it came ("# via"): so the product's own are those that pyproject.toml asks for outside its groups, and whatever came
through them, as far as the marker holds on Windows. ``bundle_wheels.missing`` checks the result against the wheels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHON = "3.12"
"""The Python of the bundle: the one for which python.org's last installer for Windows will not change any more."""

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.10",
    "sys_platform": "win32",
}
"""The markers of a 64-bit Windows PC."""

_ENTRY = re.compile(
    r"^(?P<pin>[A-Za-z0-9][^\n]*?)(?P<hashes>(?: \\\n +--hash=\S+)*)\n(?P<via>(?: +#[^\n]*\n)*)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_ASKED_FOR = re.compile(r"\(pyproject\.toml\)")


_ONLY_ELSEWHERE = frozenset({("xlwings", "psutil")})
"""Who asks for whom on other systems only, where the lock cannot show it: the development asks for the same package
everywhere, so its entry has no marker. A test holds the result against what the packages themselves say."""


@dataclass(frozen=True, slots=True)
class Locked:
    """One package as locked. ``hashes`` are sha256 of its files, ``via`` the packages it came through."""

    name: str
    version: str
    marker: Marker | None
    hashes: frozenset[str]
    via: frozenset[str]
    asked_for: bool


def locked_packages(lock: str) -> list[Locked]:
    """The packages in the text of a lock file as ``make lock`` writes it."""
    found = []
    for entry in _ENTRY.finditer(lock):
        requirement = Requirement(entry["pin"])
        comments = entry["via"].replace("#", " ").replace("via", " ", 1).split("\n")
        through = {canonicalize_name(line.strip()) for line in comments if line.strip() and "(" not in line}
        (pinned,) = requirement.specifier
        found.append(
            Locked(
                name=canonicalize_name(requirement.name),
                version=pinned.version,
                marker=requirement.marker,
                hashes=frozenset(_HASH.findall(entry["hashes"])),
                via=frozenset(through),
                asked_for=_ASKED_FOR.search(entry["via"]) is not None,
            )
        )
    return found


def applies(marker: Marker | None) -> bool:
    """Whether a requirement with this marker counts on the PC."""
    return marker is None or marker.evaluate(dict(WINDOWS))


def needed_on_windows(lock: str) -> list[Locked]:
    """The packages to install on a PC, by name. Raises ValueError where a name is locked twice for it."""
    there = [one for one in locked_packages(lock) if applies(one.marker)]
    needed = {one.name for one in there if one.asked_for}
    grown = True
    while grown:
        more = {one.name for one in there if _comes_through(one) & needed} - needed
        needed |= more
        grown = bool(more)
    chosen = sorted((one for one in there if one.name in needed), key=lambda one: one.name)
    names = [one.name for one in chosen]
    if len(names) != len(set(names)):
        raise ValueError(f"locked twice for Windows: {', '.join(sorted({n for n in names if names.count(n) > 1}))}")
    return chosen


def _comes_through(one: Locked) -> set[str]:
    return {parent for parent in one.via if (parent, one.name) not in _ONLY_ELSEWHERE}


def requirements_text(packages: list[Locked]) -> str:
    """What pip downloads: each package with all its locked hashes."""
    return "".join(
        f"{one.name}=={one.version}" + "".join(f" --hash=sha256:{digest}" for digest in sorted(one.hashes)) + "\n"
        for one in packages
    )
