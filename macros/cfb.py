"""The container of a VBA project: a compound file (MS-CFB, version 3), written whole and always the same.

Folders and streams go in as a nested mapping; times and class ids stay zero, so that equal content is equal bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

Tree = Mapping[str, "bytes | Tree"]
"""A folder: name to content, or to a folder again. Names have at most 31 letters."""

SECTOR = 512
SMALL_SECTOR = 64
SMALL_LIMIT = 4096  # bytes; a shorter stream lives in the small sectors

_FREE, _END, _FAT_SECTOR, _NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_FAT_SECTORS_IN_HEADER = 109  # about 7 MB; more would need further tables


@dataclass(slots=True)
class _Entry:
    """One line of the directory; the numbers are places in the directory and in the sectors."""

    name: str
    kind: int
    content: bytes = b""
    colour: int = _BLACK
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            name, len(name) + 2, self.kind, self.colour, self.left, self.right, self.child,
            bytes(16), 0, 0, 0, self.start, self.size,
        )  # fmt: skip


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file that holds ``tree``. Raises ValueError for a name too long or over 7 MB."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add_folder(tree, entries)
    sectors = _Sectors()
    small = _Sectors(SMALL_SECTOR)
    for entry in entries[1:]:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.start = (small if entry.size < SMALL_LIMIT else sectors).put(entry.content)
    entries[0].size = len(small.content)
    entries[0].start = sectors.put(small.content)
    small_table = sectors.put(small.table())
    # A directory fills its last sector with unused lines.
    unused = -len(entries) % (SECTOR // 128)
    lines = b"".join(entry.packed() for entry in entries) + unused * struct.pack("<68xIII48x", *[_NOBODY] * 3)
    directory = sectors.put(lines)
    fat = sectors.put_own_table()
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, len(fat), directory, 0, SMALL_LIMIT, small_table, -(-len(small.table()) // SECTOR), _END, 0,
    )  # fmt: skip
    places = fat + [_FREE] * (_FAT_SECTORS_IN_HEADER - len(fat))
    return header + struct.pack(f"<{_FAT_SECTORS_IN_HEADER}I", *places) + sectors.content


def _add_folder(tree: Tree, entries: list[_Entry]) -> int:
    """Add the content of a folder to the directory; returns the place of the root of its search tree."""
    # The order of the format: shorter names first, then by capital letters.
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    places: dict[str, int] = {}
    for name in names:
        if not 0 < len(name) <= 31:
            raise ValueError(f"a name in a compound file has 1 to 31 letters: {name!r}")
        content = tree[name]
        places[name] = len(entries)
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(_Entry(name, _STORAGE))
            entries[places[name]].child = _add_folder(content, entries)
    deepest = len(names).bit_length() - 1
    return _search_tree(names, places, entries, 0, deepest)


def _search_tree(names: list[str], places: dict[str, int], entries: list[_Entry], depth: int, deepest: int) -> int:
    """Halve sorted names into a balanced tree. Its last, incomplete level is red, which makes it a red-black tree."""
    if not names:
        return _NOBODY
    middle = len(names) // 2
    entry = entries[places[names[middle]]]
    entry.colour = _RED if depth == deepest and depth > 0 else _BLACK
    entry.left = _search_tree(names[:middle], places, entries, depth + 1, deepest)
    entry.right = _search_tree(names[middle + 1 :], places, entries, depth + 1, deepest)
    return places[names[middle]]


class _Sectors:
    """Content laid out in sectors, and for each sector which one comes next."""

    def __init__(self, size: int = SECTOR) -> None:
        self.size = size
        self.content = b""
        self.following: list[int] = []

    def put(self, content: bytes) -> int:
        """Append a stream; returns its first sector."""
        if not content:
            return _END
        first = len(self.following)
        count = -(-len(content) // self.size)
        self.content += content + bytes(count * self.size - len(content))
        self.following += [*range(first + 1, first + count), _END]
        return first

    def table(self) -> bytes:
        """Which sector follows which, as it stands in the file; unused places are marked free."""
        per_sector = SECTOR // 4
        spare = -len(self.following) % per_sector
        return struct.pack(f"<{len(self.following) + spare}I", *self.following, *[_FREE] * spare)

    def put_own_table(self) -> list[int]:
        """Append the table of these very sectors; returns where it lies."""
        per_sector = SECTOR // 4
        count = 1
        while len(self.following) + count > count * per_sector:
            count += 1
        if count > _FAT_SECTORS_IN_HEADER:
            raise ValueError("a compound file of this writer holds at most 7 MB")
        first = len(self.following)
        self.following += [_FAT_SECTOR] * count
        self.content += self.table()
        return list(range(first, first + count))
