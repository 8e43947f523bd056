"""The prepared rows at the end of a sheet: styled cells and formulas without a result, nothing that anybody stored.

They are nine tenths of a form's bytes, and the same in thousands of forms. So they are kept, and a sheet whose end
equals them byte for byte has been read there already; what a clerk has typed is all that is left to read. Equal bytes
give equal facts: nothing is supposed of a sheet that its own bytes do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from addin.intake.names import column_number
from addin.intake.recurring import MostRecent

MAX_RUN = 2 << 20
"""Bytes of prepared rows that are looked at; any above them are read as other rows are."""
LAST_PREPARED_ROW = 40_000
"""So far down the size of a sheet is no question (``sheet_facts.MAX_BOX``); further down, every row is read."""
_LARGEST_SHEET = 32 << 20
"""Bytes of rows; of larger sheets every cell is counted (``sheet_facts.MAX_CELLS``)."""
_KEPT = 8
_LONGEST_ROW = 64 << 10

RawFormula = tuple[bytes, bytes, bytes, bytes]
"""Column, row, the cell's attributes, how what is stored for it begins."""

# Narrower than the grammar of ``quick_scan``: whoever reads values finds none in such a row, and nothing to refuse. A
# cell without anything comes first, since most are.
_ATTRIBUTE = rb'[A-Za-z][A-Za-z0-9:]*+="[^"<&>]*+"'
_HIDDEN = rb'(?:hidden="(?:1|true)"|ht="0(?:\.0*)?")'
_PREPARED_ROW = re.compile(
    rb"""<row\ r="([1-9][0-9]{0,6}+)"(?:\ (?!%(hidden)b)%(attribute)b)*+(?:\ ?/>|>
           (?:<c\ r="[A-Z]{1,2}+\1"(?:\ s="[0-9]{1,6}+")?+
              (?:/>|(?:\ t="(?:n|(?P<text>str))")?+
                    (?:\ ?/>|>(?P<formula><f(?:\ %(attribute)b)*+(?:\ ?/>|>[^<]*+</f>))?+(?:<v></v>|<v\ ?/>)?+</c>)
              ))*+
        </row>)"""
    % {b"attribute": _ATTRIBUTE, b"hidden": _HIDDEN},
    re.VERBOSE,
)
_FORMULA_CELL = rb"""<c r="([A-Z]{1,2})([0-9]+)"([^>]*+)><f[^>]*+>(?:(?<=/>)|[^<]*+</f>)"""
FORMULA = re.compile(_FORMULA_CELL + rb"(<v>[^<]|<v></v>)?+")
HIDDEN = re.compile(b" " + _HIDDEN)
_EMPTY_TEXT = re.compile(
    rb'<c r="([A-Z]{1,2})[0-9]+"[^>]*+(?<= t="str")>(?:<f[^>]*+>(?:(?<=/>)|[^<]*+</f>))?+<v'
)  # fmt: skip
_ROW = b"<row "


class _Row(NamedTuple):
    """One prepared row. ``distance`` is that of its begin from the end of all, in bytes; ``reach`` the last row and
    the last column from here on that hold an empty text, which a reader of values takes for a cell; or zeros."""

    number: int
    distance: int
    reach: tuple[int, int]
    formulas: tuple[RawFormula, ...]


@dataclass(frozen=True, slots=True)
class PreparedRows:
    """The last rows of a sheet, as far as they are prepared ones: those of ``known`` from ``index`` on."""

    known: bytes
    all_rows: tuple[_Row, ...]
    columns: frozenset[bytes]
    """Columns with a formula, of all rows."""
    index: int = 0

    @property
    def length(self) -> int:
        """Bytes."""
        return self.all_rows[self.index].distance

    @property
    def first(self) -> int:
        """Number of the first row."""
        return self.all_rows[self.index].number

    @property
    def last(self) -> int:
        """Number of the last row."""
        return self.all_rows[-1].number

    @property
    def reach(self) -> tuple[int, int]:
        """How many rows and columns a reader of values makes of it all."""
        return self.all_rows[self.index].reach

    def formulas(self) -> Iterator[RawFormula]:
        """Every formula."""
        return chain.from_iterable(row.formulas for row in self.all_rows[self.index :])


_kept: MostRecent[bytes, PreparedRows] = MostRecent(_KEPT)  # by the last row


def prepared_rows(part: bytes, begin: int, end: int) -> PreparedRows | None:
    """The prepared rows that stand directly before ``end``; None where there is none. ``begin`` is where rows begin."""
    last = part.rfind(_ROW, begin, end)
    if last < 0 or end - last > _LONGEST_ROW or end - begin > _LARGEST_SHEET:
        return None
    key = part[last:end]
    known = _kept.get(key)
    shared = _shared(known, part, begin, end) if known is not None else None
    above = list(_rows_above(part, begin, end, shared))
    if not above:
        return shared
    above.reverse()
    rows = (*above, *(shared.all_rows[shared.index :] if shared is not None else ()))
    columns = frozenset(formula[0] for row in rows for formula in row.formulas)
    found = PreparedRows(part[end - rows[0].distance : end], rows, columns)
    if known is None or shared is None or found.length > len(known.known) or found.length > 2 * shared.length:
        _kept.put(key, found)  # the longest of a kind serves all of them; what shares little is of another kind
    return found


def _shared(known: PreparedRows, part: bytes, begin: int, end: int) -> PreparedRows | None:
    """As many of the known rows as the part ends with: whoever ends with many of them also ends with fewer."""
    known_bytes, rows = memoryview(known.known), known.all_rows
    length, same = len(known_bytes), 0  # bytes, and how many at their end have proved to be the same
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        distance = rows[middle].distance
        if end - distance >= begin and part.startswith(known_bytes[length - distance : length - same], end - distance):
            high, same = middle, distance
        else:
            low = middle + 1
    return replace(known, index=low) if low < len(rows) else None


def _rows_above(part: bytes, begin: int, end: int, shared: PreparedRows | None) -> Iterator[_Row]:
    """The prepared rows above those that are shared, going up."""
    at, below, reach = end, LAST_PREPARED_ROW, (0, 0)
    if shared is not None:
        at, below, reach = end - shared.length, shared.first, shared.reach
    highest = max(begin, end - MAX_RUN)
    while (start := part.rfind(_ROW, highest, at)) >= 0:
        found = _PREPARED_ROW.fullmatch(part, start, at)
        if found is None or (number := int(found[1])) >= below:
            return
        below = number
        if found["text"] and (texts := _EMPTY_TEXT.findall(part, start, at)):
            width = max(column_number(letters.decode()) for letters in texts)
            reach = (max(reach[0], below), max(reach[1], width))
        formulas = tuple(FORMULA.findall(part, start, at)) if found["formula"] else ()
        at = start
        yield _Row(below, end - start, reach, formulas)
