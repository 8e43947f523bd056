"""The built add-in that lies in this package, and the versions it belongs to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from addin.errors import UsageProblem

BUILT = "sangkien.xlam"
_PROPERTIES = "docProps/custom.xml"
_LARGEST_PROPERTIES = 100_000  # bytes; ours are a few hundred


@dataclass(frozen=True, slots=True)
class Payload:
    """What is installed: the add-in's bytes, its versions, and xlwings' script for Excel on macOS."""

    addin: bytes
    sangkien: str
    xlwings: str
    script: bytes


def packaged() -> Payload:
    """The add-in of this package. Raises UsageProblem ``addin_not_built``."""
    file = resources.files("addin.hosts.excel") / "built" / BUILT
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise UsageProblem("addin_not_built", file=file) from problem
    versions = versions_of(data)
    if versions is None or not {"sangkien", "xlwings"} <= versions.keys():
        raise UsageProblem("addin_not_built", file=file)
    return Payload(data, versions["sangkien"], versions["xlwings"], _script(versions["xlwings"]))


def versions_of(addin: bytes) -> Mapping[str, str] | None:
    """The versions that an add-in's file says it belongs to; None where it is no add-in of ours or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(addin)) as package:
            if package.getinfo(_PROPERTIES).file_size > _LARGEST_PROPERTIES:
                return None
            root = ElementTree.fromstring(package.read(_PROPERTIES))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, ValueError, NotImplementedError):
        return None
    return {one.get("name", ""): "".join(one.itertext()).strip() for one in root}


def _script(xlwings: str) -> bytes:
    """xlwings' AppleScript from the installed wheel, without importing xlwings; empty where there is none."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        return b""
    file = Path(spec.origin).parent / f"xlwings-{xlwings}.applescript"
    return file.read_bytes() if file.is_file() else b""
