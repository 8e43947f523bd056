"""A list from the national portal, whatever it looks like: which column is what, and what each line says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.adopt.corrections import Correction
from addin.adopt.foreign import ForeignBook, ForeignSheet, read_foreign
from addin.adopt.headers import Header, find_header, header_text
from addin.adopt.leftovers import Left, for_form
from addin.adopt.mapping import Column, Way, map_columns
from addin.adopt.rows import Harvest, TakenRow, harvest, last_row_of_list
from addin.adopt.vocabulary import PROPOSED, Vocabulary, vocabulary
from addin.errors import UsageProblem
from addin.intake.arrivals import read_arrival, walk
from addin.intake.children import ReadingPool
from validation.errors import Refusal
from validation.fields import ROW_FIELD
from validation.normalise import Cleaner, as_shown
from validation.portal import PortalEntry
from validation.programme import Programme
from validation.text.forms import clean_text
from validation.text.keys import fold

XLSX, CSV = ".xlsx", ".csv"
CSV_SHEET = "CSV"
"""What the only sheet of a text file is called."""
USED = ("registration_code", "title", "lead_author", "unit_code", "unit_name", "registered_on", "status", "approved_on")
"""Fields that a list of the portal is read for."""
_KEYS = ("registration_code", "title")
_SEARCHED = 60  # rows in which a list must begin
_WIDEST = 200  # columns of a text file
_MOST_ROWS = 1_000_000
_SEPARATORS = ";\t,|"
_CODE = re.compile(r"\s*(?=\S*[0-9])\S+\s*")


@dataclass(frozen=True, slots=True)
class ListFile:
    """The file: its bytes as they were read once, and what kind it is."""

    path: Path
    data: bytes
    sha256: str
    ending: str


@dataclass(frozen=True, slots=True)
class ListRegion:
    """One list in the file: where it stands and what its columns are."""

    sheet: str
    header: Header
    columns: tuple[Column, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class ReadList:
    """What the file says. ``unreadable`` counts cells of dates in which no date could be read."""

    regions: tuple[ListRegion, ...]
    entries: tuple[PortalEntry, ...]
    unreadable: int


def list_file(path: Path) -> ListFile:
    """Read the file once. Raises UsageProblem ``no_source``; Refusal where it cannot be opened at all."""
    if not (path.exists() or path.is_symlink()) or path.is_dir():
        raise UsageProblem("no_source", sources=path)
    arrival = read_arrival(next(iter(walk([path]))))
    if arrival.refusal is not None or arrival.data is None:
        raise arrival.refusal or Refusal("vanished")
    is_text = path.suffix.lower() in (CSV, ".txt", ".tsv")
    return ListFile(path, arrival.data, arrival.sha256 or "", CSV if is_text else XLSX)


def read_list(
    data: bytes, ending: str, programme: Programme, corrections: Sequence[Correction], only_sheets: Sequence[str] = ()
) -> ReadList:
    """What a list says, its columns known by their headers and by what the clerk says of them.

    Raises UsageProblem (``portal_no_list``, ``portal_map_column``, ``adopt_no_sheet``) and, for a file that is no
    workbook or no text, Refusal.
    """
    book = _book(data, ending)
    wanted = {fold(name) for name in only_sheets}
    unknown = wanted - {fold(sheet.title) for sheet in book.sheets}
    if unknown:
        known = ", ".join(sheet.title for sheet in book.sheets)
        raise UsageProblem("adopt_no_sheet", sheet=sorted(unknown)[0], known=known)
    words, reader = vocabulary(), _Reader(programme)
    regions: list[ListRegion] = []
    for sheet in book.sheets:
        if not wanted or fold(sheet.title) in wanted:
            regions.extend(reader.read(sheet, words, corrections))
    if not reader.entries:
        raise UsageProblem("portal_no_list", sheets=", ".join(sheet.title for sheet in book.sheets) or "–")
    _refuse_useless(corrections, regions, words)
    return ReadList(tuple(regions), tuple(reader.entries), reader.unreadable)


def _refuse_useless(corrections: Sequence[Correction], regions: Sequence[ListRegion], words: Vocabulary) -> None:
    columns = [column for region in regions for column in region.columns]
    for correction in corrections:
        if not any(correction.names(c.sheet, c.letters, c.header, words) for c in columns):
            known = ", ".join(dict.fromkeys(column.header or column.letters for column in columns))
            raise UsageProblem("adopt_map_column", column=correction.column, known=known)


# -- the file ----------------------------------------------------------------------------------------------------------


def _book(data: bytes, ending: str) -> ForeignBook:
    if ending == CSV:
        return ForeignBook((_text_sheet(data),), our_form=False)
    with ReadingPool(1, read_foreign) as pool:
        reading = next(pool.map([data]))
    if reading.value is None:
        assert reading.refusal is not None
        raise reading.refusal
    return reading.value


def _text_sheet(data: bytes) -> ForeignSheet:
    """A text file as a sheet of texts. Raises Refusal ``unknown_type`` for what is none."""
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    grid: list[tuple[str | None, ...]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            grid.append(tuple(cell if cell.strip() else None for cell in line[:_WIDEST]))
            if len(grid) > _MOST_ROWS:
                raise Refusal("unknown_type")
    except csv.Error:
        raise Refusal("unknown_type") from None
    return ForeignSheet(CSV_SHEET, False, tuple(grid), {}, ())


def _decoded(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16, or the code page that Vietnamese Windows saves texts in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise Refusal("unknown_type")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")


# -- lines -------------------------------------------------------------------------------------------------------------


class _Reader:
    """Goes through the sheets; what was read of them is in ``entries``."""

    def __init__(self, programme: Programme) -> None:
        self._cleaners: Mapping[str, Cleaner] = {name: Cleaner(ROW_FIELD[name], programme) for name in USED}
        self.entries: list[PortalEntry] = []
        self.unreadable = 0

    def read(self, sheet: ForeignSheet, words: Vocabulary, corrections: Sequence[Correction]) -> list[ListRegion]:
        """Each list of the sheet, one below the other."""
        regions: list[ListRegion] = []
        start = 1
        while start <= sheet.last_row and (header := _header(sheet, words, corrections, start)) is not None:
            end = last_row_of_list(sheet, header, words)
            columns = map_columns(sheet, header, end, words, corrections, by_unit=True)
            fields = {name for column in columns for name in column.fields}
            if not fields.intersection(_KEYS):
                start = header.last_row + 1
                continue
            taken = harvest(sheet, header, columns, words, len(self.entries), end)
            rows = sorted((*taken.rows, *_lone_codes(sheet, columns, taken)), key=lambda row: row.row)
            for row in rows:
                self.entries.append(self._entry(row))
            regions.append(ListRegion(sheet.title, header, columns, len(rows)))
            start = end + 1
        return regions

    def _entry(self, row: TakenRow) -> PortalEntry:
        values = {name: self._cleaners[name](row.values.get(name)) for name in USED[:3] + USED[5:]}
        self.unreadable += sum(values[name].unreadable for name in ("registered_on", "approved_on"))
        status_text = clean_text(as_shown(row.values.get("status"))).text or None
        return PortalEntry(
            position=len(self.entries) + 1,
            sheet=row.sheet,
            row=row.row,
            unit=row.unit_code or row.unit_text or None,
            status_text=status_text,
            **{name: cleaned.value for name, cleaned in values.items()},
        )


def _lone_codes(sheet: ForeignSheet, columns: Sequence[Column], taken: Harvest) -> Iterator[TakenRow]:
    """Rows in which nothing but a registration code stands: in a clerk's own list a heading, here a registration."""
    numbers = {column.number for column in columns if column.fields == ("registration_code",)}
    for cell in taken.left:
        code = for_form(sheet.value(cell.row, cell.column)) if cell.column in numbers else None
        if code is not None and cell.why in (Left.HEADING, Left.NO_ROW) and _CODE.fullmatch(as_shown(code)):
            yield TakenRow(sheet.title, cell.row, {"registration_code": code})


def _header(sheet: ForeignSheet, words: Vocabulary, corrections: Sequence[Correction], start: int) -> Header | None:
    """The header of a list of initiatives; else the row that names most of what is asked of a list of the portal."""
    if (whole := find_header(sheet, words, start)) is not None and not corrections:
        return whole
    best: tuple[int, Header] | None = None
    for row in range(start, min(sheet.last_row, start + _SEARCHED) + 1):
        texts = {column: text for column in sheet.filled(row) if (text := header_text(sheet, row, column))}
        score = _score(sheet, texts, words, corrections)
        if score and (best is None or score > best[0]):
            best = (score, Header(row, row, texts, texts))
    if whole is not None and (best is None or best[1].last_row <= whole.last_row):
        return whole
    return best[1] if best is not None else None


def _score(sheet: ForeignSheet, texts: Mapping[int, str], words: Vocabulary, corrections: Sequence[Correction]) -> int:
    """How much of a list of the portal a row of headings names; 0 where it cannot be one."""
    found: dict[str, int] = {}
    for text in texts.values():
        told = next((c.field for c in corrections if c.names(sheet.title, "", text, words)), None)
        match = words.match(text)
        if told:
            found[told] = 100
        elif match is not None and match.score >= PROPOSED and match.target in USED:
            found[match.target] = max(found.get(match.target, 0), match.score)
    return sum(found.values()) if len(found) >= 2 and found.keys() & set(_KEYS) else 0


def described(column: Column) -> str | None:
    """The field that a column is read for; None where it is not used."""
    if column.way is Way.UNUSED or not set(column.fields) & set(USED):
        return None
    return next(name for name in column.fields if name in USED)
