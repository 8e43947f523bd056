"""Count a list in the very bytes of its sheet, piece by piece, in constant memory.

Only a sheet of the plain shape that we write is counted: rows that follow one another without a gap, amounts as whole
numbers. Whatever looks otherwise, say because a spreadsheet program saved it, is left to a reader of all shapes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from addin.merge.master.counts import MasterCounts

_PIECE = 1 << 20
_MOST_HELD = 16 << 20  # bytes: no row of ours is so long
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW = re.compile(rb'<row r="([1-9]\d*)"[^<>]*?(/?)>')
_AMOUNT = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")?><v>(\d+)</v></c>')


class _OtherShapeError(Exception):
    """Not what we write."""


def counted(package: zipfile.ZipFile, part: str, first_row: int, upper: str, total: str) -> MasterCounts | None:
    """Rows with anything on them from the zero-based ``first_row`` on, and the sums of two columns (letters); None for
    a sheet of another shape. Raises zipfile.BadZipFile for damaged content."""
    rows = upper_sum = total_sum = 0
    try:
        with package.open(part) as stream:
            for number, row in _rows(iter(lambda: stream.read(_PIECE), b"")):
                if number > first_row and b"</c>" in row:
                    rows += 1
                    upper_sum += _amount(row, b'<c r="%s%d"' % (upper.encode(), number))
                    total_sum += _amount(row, b'<c r="%s%d"' % (total.encode(), number))
    except _OtherShapeError:
        return None
    return MasterCounts(rows, upper_sum, total_sum - upper_sum)


def _rows(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each row's number and what stands in it. The pieces are read to their end, where the package's sum is checked."""
    held = b""
    while _BEGIN not in held:
        more = next(pieces, b"")
        if not more or len(held) > _MOST_HELD:
            raise _OtherShapeError
        held += more
    place = held.index(_BEGIN) + len(_BEGIN)
    while True:
        found = _ROW.match(held, place)
        end = -1 if found is None else found.end() if found[2] else held.find(b"</row>", found.end())
        if found is not None and end >= 0:
            yield int(found[1]), b"" if found[2] else held[found.end() : end]
            place = end if found[2] else end + len(b"</row>")
            continue
        if held.startswith(_END, place):
            break
        more = next(pieces, b"")
        if not more or len(held) - place > _MOST_HELD:
            raise _OtherShapeError
        held, place = held[place:] + more, 0
    for _ in pieces:
        pass


def _amount(row: bytes, cell: bytes) -> int:
    place = row.find(cell)
    found = _AMOUNT.match(row, place) if place >= 0 else None
    if found is None:
        raise _OtherShapeError
    return int(found[1])
