"""A VBA project written from text (MS-OVBA): no compiled code and no cache, so that Excel compiles what it reads.

The version 0xFFFF says that the project was written by no known Excel: whatever opens it takes the source alone.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from macros.cfb import compound_file

PROJECT_NAME = "SoSangKien"
PROJECT_ID = "{6C1A6E5B-2D0B-4B57-9A57-0B8F3E2A4D11}"
CODE_PAGE = 1252  # no letter beyond ASCII occurs

REFERENCES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}
"""The libraries beside VBA and Excel themselves. Office holds the types of the ribbon."""

_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"


class Base(Enum):
    """What a module belongs to, and the class id that makes it so."""

    STANDARD = ""
    CLASS = _CLASS_BASE
    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    SHEET = "0{00020820-0000-0000-C000-000000000046}"


@dataclass(frozen=True, slots=True)
class Module:
    """One module: ``source`` as it stands in the project, attributes first, lines ended by CR LF.

    Raises ValueError for a letter beyond ASCII: the project has one code page, and none holds Vietnamese.
    """

    name: str
    base: Base
    source: str

    def __post_init__(self) -> None:
        for number, line in enumerate(self.source.split("\r\n"), 1):
            if not line.isascii() or "\n" in line or "\r" in line:
                raise ValueError(f"{self.name}, line {number}: only ASCII, lines ended by CR LF: {line!r}")


def standard_module(text: str) -> Module:
    """A module from the text of a .bas file."""
    return Module(_name_in(text), Base.STANDARD, _ended(text))


def class_module(text: str) -> Module:
    """A class from the text of a .cls file: its head, which only files have, becomes the attributes of a project."""
    body = re.sub(r"\AVERSION 1\.0 CLASS\s+BEGIN\s.*?\sEND\s+(?=Attribute)", "", _ended(text), flags=re.DOTALL)
    name = f'Attribute VB_Name = "{_name_in(text)}"\r\n'
    exposed = re.search(r"Attribute VB_Exposed = \w+\r\n", body)
    if not body.startswith(name) or exposed is None:
        raise ValueError(f"not the text of a class: {text[:60]!r}")
    customised = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
    body = body[: exposed.end()] + customised + body[exposed.end() :]
    return Module(_name_in(text), Base.CLASS, f'{name}Attribute VB_Base = "{_CLASS_BASE}"\r\n{body[len(name) :]}')


def document_module(name: str, base: Base) -> Module:
    """The empty module that the workbook and every sheet must have; ``name`` is the code name in the sheet's XML."""
    lines = (
        f'VB_Name = "{name}"', f'VB_Base = "{base.value}"', "VB_GlobalNameSpace = False", "VB_Creatable = False",
        "VB_PredeclaredId = True", "VB_Exposed = True", "VB_TemplateDerived = False", "VB_Customizable = True",
    )  # fmt: skip
    return Module(name, base, "".join(f"Attribute {line}\r\n" for line in lines))


def vba_project(modules: Sequence[Module]) -> bytes:
    """The bytes of vbaProject.bin."""
    streams = {module.name: compressed(module.source.encode("ascii")) for module in modules}
    cache = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)
    return compound_file({
        "VBA": {"dir": compressed(_directory(modules)), "_VBA_PROJECT": cache, **streams},
        "PROJECT": _project_text(modules).encode("ascii"),
        "PROJECTwm": b"".join(_both(module.name) for module in modules) + bytes(2),
    })  # fmt: skip


def compressed(data: bytes) -> bytes:
    """``data`` in the compression of VBA projects (MS-OVBA 2.4.1)."""
    chunks = (_chunk(data[start : start + 4096]) for start in range(0, len(data), 4096))
    return b"\x01" + b"".join(chunks)


def _chunk(data: bytes) -> bytes:
    """Up to 4,096 bytes: groups of eight tokens, each a byte or a reference back within the chunk."""
    packed = bytearray()
    seen: dict[bytes, list[int]] = {}
    place = 0
    while place < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if place >= len(data):
                break
            length, back = _longest_match(data, place, seen)
            step = max(length, 1)
            if length:
                flags |= 1 << bit
                shift = 16 - _offset_bits(place)
                tokens += struct.pack("<H", (back - 1) << shift | (length - 3))
            else:
                tokens.append(data[place])
            for known in range(place, place + step):
                seen.setdefault(data[known : known + 3], []).append(known)
            place += step
        packed.append(flags)
        packed += tokens
    if len(packed) > 4096:  # the references cost more than they save
        if len(data) < 4096:
            raise ValueError("the last bytes of this text cannot be compressed, and the format would pad them")
        return struct.pack("<H", 0x3FFF) + data.ljust(4096, b"\0")
    return struct.pack("<H", 0xB000 | (len(packed) - 1)) + bytes(packed)


def _offset_bits(place: int) -> int:
    """How many bits of a reference say how far back it goes, at this place of a chunk."""
    return max((place - 1).bit_length(), 4)


def _longest_match(data: bytes, place: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """Length of the longest earlier text that repeats at ``place``, and how far back it lies; (0, 0) for none."""
    limit = min(len(data) - place, (0xFFFF >> _offset_bits(place)) + 3)
    best, back = 0, 0
    for earlier in reversed(seen.get(data[place : place + 3], []) if limit >= 3 else []):
        length = 3
        while length < limit and data[earlier + length] == data[place + length]:
            length += 1
        if length > best:
            best, back = length, place - earlier
            if best == limit:
                break
    return best, back


def _directory(modules: Sequence[Module]) -> bytes:
    """The stream ``dir``: the project, its references and its modules as records (MS-OVBA 2.3.4.2)."""
    records = [
        _record(0x01, struct.pack("<I", 1)),  # a 32-bit Windows; a 64-bit Excel reads the same
        _record(0x02, struct.pack("<I", 0x409)),
        _record(0x14, struct.pack("<I", 0x409)),
        _record(0x03, struct.pack("<H", CODE_PAGE)),
        _record(0x04, PROJECT_NAME.encode("ascii")),
        _twice(0x05, 0x40, ""),
        _record(0x06, b"") + _record(0x3D, b""),
        _record(0x07, struct.pack("<I", 0)),
        _record(0x08, struct.pack("<I", 0)),
        struct.pack("<HIIH", 0x09, 4, 1, 1),
        _twice(0x0C, 0x3C, ""),
    ]
    for name, library in REFERENCES.items():
        text = library.encode("ascii")
        records += [_twice(0x16, 0x3E, name), _record(0x0D, struct.pack("<I", len(text)) + text + bytes(6))]
    records += [_record(0x0F, struct.pack("<H", len(modules))), _record(0x13, b"\xff\xff")]
    records += [_module_records(module) for module in modules]
    return b"".join(records) + _record(0x10, b"")


def _module_records(module: Module) -> bytes:
    kind = 0x21 if module.base is Base.STANDARD else 0x22
    return b"".join((
        _twice(0x19, 0x47, module.name),
        _twice(0x1A, 0x32, module.name),
        _twice(0x1C, 0x48, ""),
        _record(0x31, struct.pack("<I", 0)),  # the source starts at once: no compiled code before it
        _record(0x1E, struct.pack("<I", 0)),
        _record(0x2C, b"\xff\xff"),
        _record(kind, b""),
        _record(0x2B, b""),
    ))  # fmt: skip


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HI", kind, len(content)) + content


def _twice(kind: int, kind_of_unicode: int, text: str) -> bytes:
    """A text as records want it: in the code page, then in Unicode."""
    return _record(kind, text.encode("ascii")) + _record(kind_of_unicode, text.encode("utf-16-le"))


def _both(name: str) -> bytes:
    return name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0"


def _project_text(modules: Sequence[Module]) -> str:
    """The stream PROJECT: what the project consists of, unlocked and visible."""
    words = {Base.STANDARD: "Module={}", Base.CLASS: "Class={}"}
    listed = (words.get(module.base, "Document={}/&H00000000").format(module.name) for module in modules)
    lines = [
        f'ID="{PROJECT_ID}"', *listed, f'Name="{PROJECT_NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"',
        f'CMG="{_scrambled(bytes(4))}"', f'DPB="{_scrambled(bytes(1))}"', f'GC="{_scrambled(bytes([255]))}"', "",
        "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", "",
        "[Workspace]", *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines)


def _scrambled(data: bytes, seed: int = 0x54) -> str:
    """``data`` in the format's obfuscation (MS-OVBA 2.4.3.2), with a seed of our own so that it stays the same."""
    key = sum(PROJECT_ID.encode("ascii")) & 0xFF
    written = [seed, seed ^ 2, seed ^ key]
    before = key
    for plain in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        written.append(plain ^ ((written[-2] + before) & 0xFF))
        before = plain
    return "".join(f"{byte:02X}" for byte in written)


def _ended(text: str) -> str:
    """With every line ended as in a project, and one end at the end."""
    return "".join(f"{line}\r\n" for line in text.replace("\r\n", "\n").rstrip("\n").split("\n"))


def _name_in(text: str) -> str:
    found = re.search(r'^Attribute VB_Name = "(\w+)"', text, flags=re.MULTILINE)
    if found is None:
        raise ValueError(f"a module without a name: {text[:60]!r}")
    return found[1]
