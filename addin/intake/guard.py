"""The guard before any reader: is the package whole, of bearable size, and without tricks?

Limits are those of 1,364 ordinary files, none of which they refuse; a plain compression ratio is not among them, since
honest forms compress a hundredfold. What a sheet may hold is checked when a sheet is read (``scan``): only the sheets
of our form are ever read.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from addin.intake import sniff
from addin.intake.checksums import Checksums
from addin.intake.markup import has_doctype, refuse_control_characters, refuse_unsafe_bytes
from addin.intake.recurring import Inflated
from addin.intake.refusals import refuse

MEGABYTE = 1 << 20
MAX_ENTRIES = 3_000
MAX_PART = 150 * MEGABYTE
MAX_TOTAL = 300 * MEGABYTE
MAX_STRINGS = 20_000_000

_ENCRYPTED = 0x1
_MOST_DEFLATED = 1_032
"""How many times its size deflated content can grow, by its format."""
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_DRIVE = re.compile(r"^[A-Za-z]:")
_CLAIM = re.compile(rb"\b(?:count|uniqueCount)\s*=\s*[\"']\s*([^\"']*)[\"']")
_STRINGS_PART = "xl/sharedstrings.xml"

_inflated = Inflated()
_checksums = Checksums()


@dataclass(frozen=True, slots=True)
class Package:
    """An inflated workbook. ``parts`` holds the XML parts by their name in lower case (names are compared without
    case, as Excel does); ``names`` those of all entries."""

    parts: Mapping[str, bytes]
    names: frozenset[str]

    def part(self, name: str) -> bytes:
        """One XML part. Raises ``damaged`` where it is missing."""
        found = self.parts.get(name.lower())
        if found is None:
            raise refuse("damaged", part=name)
        return found


def open_package(data: bytes) -> Package:
    """Inflate a workbook's XML parts once, within limits.

    Raises the refusals of ``sniff`` for what is no xlsx or xlsm, and ``damaged``, ``password``, ``too_big_inside``,
    ``unsafe_content``, ``ambiguous_names``.
    """
    sniff.refuse_unless_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as problem:
        raise refuse("damaged", part="zip") from problem
    if len(entries) > MAX_ENTRIES:
        raise refuse("too_big_inside")
    names = _names(entries)
    sniff.refuse_unless_workbook(names)
    parts = _inflate_all(data, entries)
    _refuse_claims(parts.get(_STRINGS_PART))
    return Package(parts, names)


def _names(entries: Iterable[zipfile.ZipInfo]) -> frozenset[str]:
    names: set[str] = set()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise refuse("password")
        if _leaves_folder(entry.filename):
            raise refuse("unsafe_content", part=entry.filename)
        folded = entry.filename.lower()
        if folded in names:
            raise refuse("ambiguous_names", name=entry.filename)
        names.add(folded)
    return frozenset(names)


def _leaves_folder(name: str) -> bool:
    return (".." in name and ".." in name.replace("\\", "/").split("/")) or _DRIVE.match(name) is not None


def _inflate_all(data: bytes, entries: Iterable[zipfile.ZipInfo]) -> dict[str, bytes]:
    """All XML parts; the others are inflated too, to know their size and that they are whole, and let go."""
    left = MAX_TOTAL
    parts: dict[str, bytes] = {}
    for entry in entries:
        limit = min(MAX_PART, left)
        packed = _packed(data, entry)
        key = (entry.filename, entry.compress_type, entry.CRC, entry.compress_size, entry.file_size)
        content = _inflated.find(key, packed)
        if content is None or len(content) > limit:
            content = _inflate(packed, entry, limit)
            if _is_xml(entry.filename):
                _refuse_harmful(entry.filename, content)
            _inflated.keep(key, packed, content)
        left -= len(content)
        if _is_xml(entry.filename):
            parts[entry.filename.lower()] = content
    return parts


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _refuse_harmful(name: str, content: bytes) -> None:
    if not _is_read(name.lower()):
        if has_doctype(content):
            raise refuse("unsafe_content", part=name)
        return
    refuse_unsafe_bytes(name, content)
    if name.lower() == _STRINGS_PART:
        refuse_control_characters(name, content)


def _is_read(name: str) -> bool:
    """Whether a reader looks at every workbook's part of that name; sheets are checked when one is read."""
    return name in (_STRINGS_PART, "xl/workbook.xml", "xl/styles.xml") or name.endswith(".rels")


def _packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """One entry's bytes as they stand in the file."""
    start = entry.header_offset
    header = data[start : start + 30]
    if len(header) < 30:
        raise refuse("damaged", part=entry.filename)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start += 30 + name_length + extra_length
    packed = data[start : start + entry.compress_size]
    if signature != sniff.ZIP or len(packed) != entry.compress_size:
        raise refuse("damaged", part=entry.filename)
    return packed


def _inflate(packed: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """One entry's content, counted while it is inflated, against its checksum."""
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed[: limit + 1]
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        content = _deflated(packed, entry, limit)
    else:
        raise refuse("damaged", part=entry.filename)
    if len(content) > limit:
        raise refuse("too_big_inside")
    if len(content) != entry.file_size or _checksums.of(content) != entry.CRC:
        raise refuse("damaged", part=entry.filename)
    return content


def _deflated(packed: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    most = len(packed) * _MOST_DEFLATED
    if most <= limit:  # in one piece, without counting: several times as fast
        with contextlib.suppress(zlib.error):  # a stream without its end may be whole all the same
            return zlib.decompress(packed, -zlib.MAX_WBITS, min(entry.file_size, most))
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit + 1)
    except zlib.error as problem:
        raise refuse("damaged", part=entry.filename) from problem


def _refuse_claims(strings: bytes | None) -> None:
    """A table of strings that claims billions of them makes a reader ask for the memory at once, and die."""
    if strings is None:
        return
    begin = strings.find(b"sst")
    for claim in _CLAIM.findall(strings[begin : strings.find(b">", begin)]):
        if not claim.strip().isdigit() or int(claim) > MAX_STRINGS:
            raise refuse("too_big_inside")
