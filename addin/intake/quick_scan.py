"""The fast reading of a sheet's XML: a few passes of compiled expressions over bytes that are canonical.

The prepared rows at the end are known as a rule (``prepared_rows``). Formulas are most of what remains, and nearly
always only their places matter: their texts are left out first, and the passes go over the rest.

Excel, LibreOffice, XlsxWriter and openpyxl all write the cells in one plain way: double quotes, no prefix, ``r`` on
every row and cell, no comments. One expression proves that the whole ``sheetData`` is of that kind, after which
searching it for cells is exact. Anything else is left to ``exact_scan``, which gives the same facts about ten times
slower.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache

from addin.intake.markup import MAX_TREE, named, tree
from addin.intake.names import LAST_ROW, column_number
from addin.intake.prepared_rows import FORMULA, HIDDEN, PreparedRows, RawFormula, prepared_rows
from addin.intake.recurring import once_for_equal_bytes
from addin.intake.refusals import refuse
from addin.intake.sheet_facts import (
    MAX_BOX,
    MAX_CELLS,
    Formula,
    LatePlaces,
    Merge,
    Place,
    SheetFacts,
    parse_merge,
    refuse_huge,
)
from validation.submission import LegacyFont

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_OPEN, _CLOSE, _EMPTY = b"<sheetData>", b"</sheetData>", b"<sheetData/>"
_SMALLEST_CELL = len(b'<c r="A1"/>')
_QUICK_COLUMNS = 26 * 27

# Possessive throughout: no backtracking, linear time. (?<=/>) tells an empty element from an opened one; \1 holds
# every cell to the number of its row, so that the rows alone say how far the sheet reaches. Classes of one excluded
# byte are several times faster than others; only values, which are short, are also held to the characters of XML. A
# group tells, at no cost, whether anything of its kind occurs at all.
_TEXT = rb"[^\x00-\x08\x0b\x0c\x0e-\x1f<]*+"
_GRAMMAR = re.compile(
    rb"""(?:<row\ r="([1-9][0-9]{0,6}+)"[^>]*+>(?:(?<=/>)|
           (?:<c\ r="[A-Z]{1,2}+\1"[^>]*+>(?:(?<=/>)|
              (?:<f(?=[\ />])[^>]*+>(?:(?<=/>)|[^<]*+</f>))?+
              (?:<v>(?P<error>\#)?+%(text)b</v>|<v\ ?/>|
                 (?P<inline><is>)<t(?=[\ >])[^>]*+>(?:(?<=/>)|%(text)b</t>)</is>)?+
           </c>))*+
        </row>))*+"""
    % {b"text": _TEXT},
    re.VERBOSE,
)
_ROW = re.compile(rb'<row r="([0-9]+)"([^>]*+)>')
_FILLED_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*+>(?:<c [^>]*+(?<=/)>)*+<c ')
_FORMULA_TEXT = re.compile(rb'<c r="([A-Z]{1,2})([0-9]+)"[^>]*+><f[^>]*+(?<!/)>([^<]*+)</f>')
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,2})([0-9]+)"(?=[^>]* t="e")[^>]*+>'
    rb"(?:<f[^>]*+>(?:(?<=/>)|[^<]*+</f>))?+<v>([^<]*+)</v>"
)
_STORED = re.compile(
    rb'<c r="([A-Z]{1,2})([0-9]+)"([^>]*+)(?<!/)>(?:<f[^>]*+>(?:(?<=/>)|[^<]*+</f>))?+'
    rb"(?:<v>(?:([0-9]{1,9}+)</v>|[^<])|<is><t[^>]*+(?<!/)>[^<])"
)
_STYLE = re.compile(rb' s="([0-9]{1,6})"')
_WIDE = re.compile(rb'<c r="([A-Z]{2})[0-9]+"[^>]*+(?<!/)>')
_VERY_WIDE = re.compile(rb'<c r="([B-Z][A-Z])[0-9]+"[^>]*+(?<!/)>')

_NO_TEXT = b"<v></v>"
_SLASH = ord("/")


@dataclass(frozen=True, slots=True)
class CanonicalSheet:
    """A sheet whose rows are canonical, taken apart: ``before``, ``lean`` and ``prepared``, which are its rows, and
    ``after``. ``lean`` stands without the texts of formulas, ``prepared`` are the known rows at the end.

    ``begin`` and ``end`` say where in ``part`` the rows came. ``row_tags`` are number and attributes of each row in
    ``lean``; ``has_errors`` and ``has_inline`` tell whether any cell there is of that kind.
    """

    part: bytes
    begin: int
    end: int
    lean: bytes
    prepared: PreparedRows | None
    row_tags: list[tuple[bytes, bytes]]
    last_row: int
    has_errors: bool
    has_inline: bool
    lean_part: bytes
    """The whole part without the texts of formulas and the prepared rows: the same values for any reader, in a tenth of
    the time."""

    @property
    def rows(self) -> bytes:
        """The rows as they came."""
        return self.part[self.begin : self.end]

    @property
    def skeleton(self) -> bytes:
        """The part without its rows."""
        return self.part[: self.begin] + self.part[self.end :]


@once_for_equal_bytes
def canonical_sheet(part: bytes) -> CanonicalSheet | None:
    """The sheet taken apart, if its rows are canonical; None for any other."""
    begin, end = part.find(_OPEN), part.rfind(_CLOSE)
    if 0 <= begin < end:
        begin += len(_OPEN)
    elif begin < 0 and end < 0 and (empty := part.find(_EMPTY)) >= 0:
        part = part[:empty] + _OPEN + _CLOSE + part[empty + len(_EMPTY) :]
        begin = end = empty + len(_OPEN)
    else:
        return None
    prepared = prepared_rows(part, begin, end)
    found = _taken_apart(part, begin, end, prepared)
    if found is not None and prepared is not None and found.last_row >= prepared.first:
        return _taken_apart(part, begin, end, None)  # rows in disorder
    return found


def _taken_apart(part: bytes, begin: int, end: int, prepared: PreparedRows | None) -> CanonicalSheet | None:
    lean = without_formula_texts(part, begin, end - prepared.length if prepared is not None else end)
    found = _GRAMMAR.fullmatch(lean)
    if found is None:
        return None
    tags: list[tuple[bytes, bytes]] = _ROW.findall(lean)
    return CanonicalSheet(
        part=part,
        begin=begin,
        end=end,
        lean=lean,
        prepared=prepared,
        row_tags=tags,
        last_row=max((int(number) for number, _ in tags), default=0),
        has_errors=found["error"] is not None,
        has_inline=found["inline"] is not None,
        lean_part=b"".join((part[:begin], lean, part[end:])),
    )


def quick_scan(
    sheet: str,
    canonical: CanonicalSheet | None,
    formats: Mapping[int, LegacyFont],
    strings: Mapping[int, LegacyFont],
) -> SheetFacts | None:
    """The facts of a canonical sheet; None for any other, also for one not laid out as supposed around its rows.

    ``sheet`` is its title, for messages; ``formats`` and ``strings`` say what stands in a legacy font. Raises
    ``too_many_cells``, ``damaged``, ``unsafe_content``. The bytes have passed ``refuse_unsafe_bytes``.
    """
    if canonical is None:
        return None
    lean, prepared = canonical.lean, canonical.prepared
    merges = _merges(canonical.skeleton, sheet)
    if merges is None:
        return None
    if canonical.last_row > LAST_ROW:
        return None
    _refuse_far(sheet, lean, canonical.last_row)
    errors = _errors(sheet, lean) if canonical.has_errors else {}
    formulas: list[RawFormula] = FORMULA.findall(lean)
    empty_results = sum(formula[3] == _NO_TEXT for formula in formulas)
    values = lean.count(b"<v>")
    if canonical.has_inline:
        values += lean.count(b"<is>")
    filled = values - empty_results - len(errors)
    refuse_huge(sheet, filled=filled)

    def formulas_in(columns: Collection[str]) -> Mapping[Place, Formula]:
        wanted = _numbered(columns)
        every = formulas
        if prepared is not None and not prepared.columns.isdisjoint(wanted):
            every = [*formulas, *prepared.formulas()]
        return _formulas(sheet, canonical, every, wanted)

    @cache
    def places_in(columns: tuple[str, ...]) -> Set[Place]:
        wanted = _numbered(columns)
        places = _places(formulas, wanted)
        if prepared is None or prepared.columns.isdisjoint(wanted):
            return places
        return LatePlaces(places, prepared.first, lambda: _places(prepared.formulas(), wanted))

    def formula_places(columns: Collection[str]) -> Set[Place]:
        return places_in(tuple(columns))

    return SheetFacts(
        filled=filled,
        hidden_rows=frozenset(int(number) for number, rest in canonical.row_tags if rest and HIDDEN.search(rest)),
        errors=errors,
        fonts=_fonts(lean, formats, strings) if formats or strings else {},
        merges=merges,
        formulas_in=formulas_in,
        formula_places=formula_places,
    )


def without_formula_texts(part: bytes, begin: int, end: int) -> bytes:
    """The rows from ``begin`` to ``end`` with every ``<f …>text</f>`` as ``<f …/>``; as they are, where any ends
    otherwise.

    What is left out holds no markup, so what is canonical afterwards was so before, and the other way round.
    """
    kept: list[bytes] = []
    done, find = begin, part.find
    while (opened := find(b"<f", done, end)) >= 0:
        close = find(b">", opened, end)
        if close < 0:
            return part[begin:end]
        if part[close - 1] == _SLASH:
            kept.append(part[done : close - 1])
            done = close + 1
        else:
            after = find(b"<", close, end)
            if not part.startswith(b"</f>", after):
                return part[begin:end]
            kept.append(part[done:close])
            done = after + len(b"</f>")
    kept.append(part[done:end])
    return b"/>".join(kept)


@once_for_equal_bytes
def _merges(skeleton: bytes, sheet: str) -> tuple[Merge, ...] | None:
    """The merged ranges; None where the sheet around its rows is not laid out as supposed."""
    if len(skeleton) > MAX_TREE:
        return None
    root = tree(sheet, skeleton)
    namespace = root.tag.rpartition("}")[0]
    tables = [element.tag for element in named(root, "sheetData")]
    if namespace.removeprefix("{") not in _NAMESPACES or tables != [f"{namespace}}}sheetData"]:
        return None
    found = (parse_merge(element.get("ref", "")) for element in named(root, "mergeCell"))
    return tuple(merge for merge in found if merge is not None)


def _refuse_far(sheet: str, rows: bytes, last_row: int) -> None:
    """Hold the rectangle of the filled cells to its limit; exact numbers are only worked out for long sheets."""
    if len(rows) > MAX_CELLS * _SMALLEST_CELL:
        refuse_huge(sheet, cells=rows.count(b"<c "))
    if last_row * _QUICK_COLUMNS <= MAX_BOX:
        return
    last_filled = max(map(int, _FILLED_ROW.findall(rows)), default=0)
    width = 26
    if _WIDE.search(rows):
        width = _QUICK_COLUMNS if _VERY_WIDE.search(rows) else 52
    refuse_huge(sheet, box=last_filled * width)


def _errors(sheet: str, rows: bytes) -> dict[Place, str]:
    return {
        (int(row), column_number(column.decode())): _text(sheet, value) for column, row, value in _ERROR.findall(rows)
    }


def _numbered(columns: Collection[str]) -> dict[bytes, int]:
    return {letters.encode(): column_number(letters) for letters in columns}


def _places(formulas: Iterable[RawFormula], wanted: Mapping[bytes, int]) -> set[Place]:
    return {(int(row), wanted[column]) for column, row, *_ in formulas if column in wanted}


def _formulas(
    sheet: str, canonical: CanonicalSheet, every: list[RawFormula], wanted: Mapping[bytes, int]
) -> dict[Place, Formula]:  # fmt: skip
    """Formulas with their texts, which are looked up in the rows as they came, and only if there is one to be told."""
    found = [formula for formula in every if formula[0] in wanted]
    if not found:
        return {}
    texts = {(column, row): text for column, row, text in _FORMULA_TEXT.findall(canonical.rows) if column in wanted}
    return {
        (int(row), wanted[column]): Formula(
            _text(sheet, texts.get((column, row), b"")), _is_uncached(attributes, value)
        )
        for column, row, attributes, value in found
    }


def _text(sheet: str, content: bytes) -> str:
    try:
        return html.unescape(content.decode())
    except UnicodeDecodeError as problem:
        raise refuse("damaged", part=sheet) from problem


def _is_uncached(attributes: bytes, value: bytes) -> bool:
    """An empty stored value is a result only where the cell says that its result is text."""
    return not value or (value == _NO_TEXT and b't="str"' not in attributes)


def _fonts(
    rows: bytes,
    formats: Mapping[int, LegacyFont],
    strings: Mapping[int, LegacyFont],
) -> dict[Place, LegacyFont]:
    fonts: dict[Place, LegacyFont] = {}
    for column, row, attributes, value in _STORED.findall(rows):
        style = _STYLE.search(attributes)
        font = formats.get(int(style.group(1))) if style else formats.get(0)
        if strings and value and b't="s"' in attributes:
            font = strings.get(int(value), font)
        if font is not None:
            fonts[int(row), column_number(column.decode())] = font
    return fonts
