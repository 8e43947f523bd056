"""Count a list in the very bytes of its sheet, piece by piece, in constant memory.

Only a sheet of the plain shape that we write is counted: rows that follow one another without a gap, amounts as whole
numbers. Whatever looks otherwise, say because a spreadsheet program saved it, is left to a reader of all shapes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from addin.merge.master.counts import MasterCounts

_PIECE = 1 << 20
_MOST_HELD = 16 << 20  # bytes: no row of ours is so long
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW = re.compile(rb'<row r="([1-9]\d*)"[^<>]*?(/?)>')
_ROW_END = b"</row>"
_AMOUNT = rb'(?: s="\d+")?><v>(\d+)</v></c>'


class _OtherShapeError(Exception):
    """Not what we write."""


def counted(package: zipfile.ZipFile, part: str, first_row: int, upper: str, total: str) -> MasterCounts | None:
    """Rows with anything on them from the zero-based ``first_row`` on, and the sums of two columns (letters), the one
    right beside the other; None for a sheet of another shape. Raises zipfile.BadZipFile for damaged content."""
    rows = upper_sum = total_sum = 0
    upper_cell = f'<c r="{upper}%d"'.encode()
    amounts = re.compile(
        rb'<c r="%b(\d+)"%b<c r="%b(\d+)"%b' % (upper.encode(), _AMOUNT, total.encode(), _AMOUNT)
    )  # fmt: skip
    try:
        with package.open(part) as stream:
            for number, row in _rows(_ahead(lambda: stream.read(_PIECE))):
                if number > first_row and b"</c>" in row:
                    # From the end, which is nearer.
                    place = row.rfind(upper_cell % number)
                    found = amounts.match(row, place) if place >= 0 else None
                    if found is None or not int(found[1]) == int(found[3]) == number:
                        raise _OtherShapeError
                    rows += 1
                    upper_sum += int(found[2])
                    total_sum += int(found[4])
    except _OtherShapeError:
        return None
    return MasterCounts(rows, upper_sum, total_sum - upper_sum)


def _ahead(read: Callable[[], bytes]) -> Iterator[bytes]:
    """What is read, piece by piece to its end; the next piece is inflated while the last one is looked at."""
    with ThreadPoolExecutor(1, "sangkien-proof") as other:
        following = other.submit(read)
        while piece := following.result():
            following = other.submit(read)
            yield piece


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
        end = -1 if found is None else found.end() if found[2] else held.find(_ROW_END, found.end())
        if found is not None and end >= 0:
            yield int(found[1]), b"" if found[2] else held[found.end() : end]
            place = end if found[2] else end + len(_ROW_END)
            continue
        if held.startswith(_END, place):
            break
        more = next(pieces, b"")
        if not more or len(held) - place > _MOST_HELD:
            raise _OtherShapeError
        held, place = held[place:] + more, 0
    for _ in pieces:
        pass
