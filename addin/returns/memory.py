"""How marking is undone to the byte: a part of the package remembers what stood where.

It is a custom XML part, which every program may carry along and none shows. As long as nobody has saved the workbook
in between, every part goes back to exactly what it was; when somebody has, the parts no longer match and the marks are
recognised and taken off one by one instead (``marks``).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from typing import Any

from addin.returns.ooxml import Dialect
from addin.returns.package import EditablePackage, new_part
from addin.returns.spans import go_back, parse

NAMESPACE = "urn:sangkien:marks"
_TYPE = "application/xml"
_LARGEST = 64 << 20


def open_memory(package: EditablePackage, workbook: str, dialect: Dialect) -> str:
    """Add the part that will remember, so that its own arrival is undone too; returns its name."""
    name = package.free_name("customXml/item{}.xml")
    package.write(name, b"")
    package.declare_part(name, _TYPE)
    package.relate(workbook, dialect.relationship("customXml"), name)
    return name


def remember(package: EditablePackage, memory: str) -> None:
    """Write down how to undo everything that was changed in a package."""
    parts = {}
    for name, layers in package.ways_back.items():
        original = package.original(name)
        if original is not None:
            parts[name] = {
                "is": _digest(package.read(name)),
                "was": _digest(original),
                "back": [[[at, length, base64.b64encode(old).decode()] for at, length, old in way] for way in layers],
            }
    record = json.dumps({"parts": parts, "added": package.added()}, sort_keys=True).encode()
    packed = base64.b64encode(zlib.compress(record, 9)).decode()
    package.write(memory, new_part(f'<marks xmlns="{NAMESPACE}" version="1">{packed}</marks>'))


def find_memory(package: EditablePackage, workbook: str) -> tuple[str, str] | None:
    """The id of the relationship to the part that remembers, and the part's name."""
    for relationship in package.relationships(workbook):
        if relationship.kind != "customXml" or relationship.external or relationship.target not in package:
            continue
        if NAMESPACE.encode() in package.read(relationship.target)[:400]:
            return relationship.id, relationship.target
    return None


def recall(package: EditablePackage, memory: str) -> bool:
    """Undo the marking to the byte; returns False, nothing changed, where the workbook was saved since or the memory
    is not whole."""
    record = _record(package.read(memory))
    if record is None:
        return False
    undone: dict[str, bytes] = {}
    try:
        for name, part in record["parts"].items():
            content = package.read(name) if name in package else b""
            if _digest(content) != part["is"]:
                return False
            for way in reversed(part["back"]):
                content = go_back(content, [(at, length, base64.b64decode(old)) for at, length, old in way])
            if _digest(content) != part["was"]:
                return False
            undone[name] = content
        added = [str(name) for name in record["added"]]
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    for name, content in undone.items():
        package.write(name, content)
    for name in added:
        if name in package:
            package.remove(name)
    return True


def _record(content: bytes) -> dict[str, Any] | None:
    try:
        root = parse("customXml", content)
        packed = base64.b64decode(content[root.inner : root.end_inner], validate=True)
        unpacker = zlib.decompressobj()
        record = json.loads(unpacker.decompress(packed, _LARGEST))
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
