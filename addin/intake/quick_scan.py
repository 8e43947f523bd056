"""The fast reading of a sheet's XML: a few passes of compiled expressions over bytes that are canonical.

Excel, LibreOffice, XlsxWriter and openpyxl all write the cells in one plain way: double quotes, no prefix, ``r`` on
every row and cell, no comments. One expression proves that the whole ``sheetData`` is of that kind, after which
searching it for cells is exact. Anything else is left to ``exact_scan``, which gives the same facts about ten times
slower.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping

from addin.intake.markup import Attributes, walk
from addin.intake.names import LAST_ROW, column_number
from addin.intake.refusals import refuse
from addin.intake.sheet_facts import (
    MAX_BOX,
    MAX_CELLS,
    Formula,
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
# byte are several times faster than others, and formulas are most of a form's bytes; only values, which are short, are
# also held to the characters of XML. A group tells, at no cost, whether anything of its kind occurs at all.
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
_HIDDEN = re.compile(rb' (?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')
_FILLED_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*+>(?:<c [^>]*+(?<=/)>)*+<c ')
_FORMULA = re.compile(rb'<c r="([A-Z]{1,2})([0-9]+)"([^>]*+)><f[^>]*+>(?:(?<=/>)|([^<]*+)</f>)(<v>[^<]|<v></v>)?+')
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,2})([0-9]+)"(?=[^>]* t="e")[^>]*+>'
    rb"(?:<f[^>]*+>(?:(?<=/>)|[^<]*+</f>))?+<v>([^<]*+)</v>"
)
_CELL = re.compile(rb'<c r="([A-Z]{1,2})([0-9]+)"([^>]*+)>(?:<v>([0-9]{1,9}+)</v>)?+')
_STYLE = re.compile(rb' s="([0-9]{1,6})"')
_WIDE = re.compile(rb'<c r="([A-Z]{2})[0-9]+"[^>]*+(?<!/)>')
_VERY_WIDE = re.compile(rb'<c r="([B-Z][A-Z])[0-9]+"[^>]*+(?<!/)>')

_NO_TEXT = b"<v></v>"

_RawFormula = tuple[bytes, bytes, bytes, bytes, bytes]


def quick_scan(
    sheet: str,
    part: bytes,
    formats: Mapping[int, LegacyFont],
    strings: Mapping[int, LegacyFont],
) -> SheetFacts | None:
    """The facts of a canonical sheet; None for any other.

    ``sheet`` is its title, for messages; ``formats`` and ``strings`` say what stands in a legacy font. Raises
    ``too_many_cells``, ``damaged``, ``unsafe_content``. The bytes have passed ``refuse_unsafe_bytes``.
    """
    found = _span(part)
    if found is None:
        return None
    begin, end, skeleton = found
    canonical = _GRAMMAR.fullmatch(part, begin, end)
    if canonical is None:
        return None
    merges = _merges(sheet, skeleton)
    if merges is None:
        return None
    rows = _ROW.findall(part, begin, end)
    last_row = max((int(number) for number, _ in rows), default=0)
    if last_row > LAST_ROW:
        return None
    _refuse_far(sheet, part, begin, end, last_row)
    errors = _errors(sheet, part, begin, end) if canonical["error"] else {}
    formulas: list[_RawFormula] = _FORMULA.findall(part, begin, end)
    empty_results = sum(formula[4] == _NO_TEXT for formula in formulas)
    values = part.count(b"<v>", begin, end)
    if canonical["inline"]:
        values += part.count(b"<is>", begin, end)
    filled = values - empty_results - len(errors)
    refuse_huge(sheet, filled=filled)

    def formulas_in(columns: Collection[str]) -> Mapping[Place, Formula]:
        return _formulas(sheet, formulas, columns)

    def formula_places(columns: Collection[str]) -> set[Place]:
        wanted = {letters.encode(): column_number(letters) for letters in columns}
        return {(int(row), wanted[column]) for column, row, *_ in formulas if column in wanted}

    return SheetFacts(
        filled=filled,
        hidden_rows=frozenset(int(number) for number, rest in rows if rest and _HIDDEN.search(rest)),
        errors=errors,
        fonts=_fonts(part, begin, end, formats, strings) if formats or strings else {},
        merges=merges,
        formulas_in=formulas_in,
        formula_places=formula_places,
    )


def _span(part: bytes) -> tuple[int, int, bytes] | None:
    """Begin and end of the rows, and the sheet without them."""
    begin, end = part.find(_OPEN), part.rfind(_CLOSE)
    if 0 <= begin < end:
        return begin + len(_OPEN), end, part[:begin] + _EMPTY + part[end + len(_CLOSE) :]
    empty = part.find(_EMPTY)
    return (empty, empty, part) if empty >= 0 and begin < 0 and end < 0 else None


def _merges(sheet: str, skeleton: bytes) -> tuple[Merge, ...] | None:
    """The merged ranges; None where the sheet around its rows is not laid out as supposed."""
    merges: list[Merge] = []
    roots: list[str] = []
    tables = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal tables
        if not roots:
            roots.append(tag.rpartition("}")[0])
        elif tag.endswith("}mergeCell"):
            merge = parse_merge(attributes.get("ref", ""))
            if merge is not None:
                merges.append(merge)
        elif tag.endswith("}sheetData"):
            tables += 1 if tag == f"{roots[0]}}}sheetData" else 2

    walk(sheet, skeleton, start)
    return tuple(merges) if tables == 1 and roots[0] in _NAMESPACES else None


def _refuse_far(sheet: str, part: bytes, begin: int, end: int, last_row: int) -> None:
    """Hold the rectangle of the filled cells to its limit; exact numbers are only worked out for long sheets."""
    if end - begin > MAX_CELLS * _SMALLEST_CELL:
        refuse_huge(sheet, cells=part.count(b"<c ", begin, end))
    if last_row * _QUICK_COLUMNS <= MAX_BOX:
        return
    last_filled = max(map(int, _FILLED_ROW.findall(part, begin, end)), default=0)
    width = 26
    if _WIDE.search(part, begin, end):
        width = _QUICK_COLUMNS if _VERY_WIDE.search(part, begin, end) else 52
    refuse_huge(sheet, box=last_filled * width)


def _errors(sheet: str, part: bytes, begin: int, end: int) -> dict[Place, str]:
    return {
        (int(row), column_number(column.decode())): _text(sheet, value)
        for column, row, value in _ERROR.findall(part, begin, end)
    }


def _formulas(sheet: str, found: list[_RawFormula], columns: Collection[str]) -> dict[Place, Formula]:
    wanted = {letters.encode(): column_number(letters) for letters in columns}
    return {
        (int(row), wanted[column]): Formula(_text(sheet, text), _is_uncached(attributes, value))
        for column, row, attributes, text, value in found
        if column in wanted
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
    part: bytes,
    begin: int,
    end: int,
    formats: Mapping[int, LegacyFont],
    strings: Mapping[int, LegacyFont],
) -> dict[Place, LegacyFont]:
    fonts: dict[Place, LegacyFont] = {}
    for column, row, attributes, value in _CELL.findall(part, begin, end):
        style = _STYLE.search(attributes)
        font = formats.get(int(style.group(1))) if style else formats.get(0)
        if strings and value and b't="s"' in attributes:
            font = strings.get(int(value), font)
        if font is not None:
            fonts[int(row), column_number(column.decode())] = font
    return fonts
