"""The built extension that lies in this package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from xml.etree import ElementTree

from addin.errors import UsageProblem
from addin.hosts.libreoffice.extension import IDENTIFIER, PACKAGED

DESCRIPTION = "description.xml"
_NAMESPACE = "{http://openoffice.org/extensions/description/2006}"


@dataclass(frozen=True, slots=True)
class Payload:
    """The extension: its file, its version, and its parts by their paths."""

    file: PurePath
    version: str
    parts: Mapping[str, bytes]


def packaged(file: Path = PACKAGED) -> Payload:
    """The extension of this package. Raises UsageProblem ``addin_not_built``."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (OSError, zipfile.BadZipFile) as problem:
        raise UsageProblem("addin_not_built", file=file) from problem
    version = version_of(parts.get(DESCRIPTION, b""))
    if version is None:
        raise UsageProblem("addin_not_built", file=file)
    return Payload(file, version, parts)


def version_of(description: bytes) -> str | None:
    """The version that a description names; None where it is not ours or cannot be read."""
    try:
        root = ElementTree.fromstring(description)
    except ElementTree.ParseError:
        return None
    identifier, version = root.find(f"{_NAMESPACE}identifier"), root.find(f"{_NAMESPACE}version")
    if identifier is None or identifier.get("value") != IDENTIFIER or version is None:
        return None
    return version.get("value")
