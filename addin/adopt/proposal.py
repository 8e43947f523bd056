"""The whole proposal for a workbook: its lists, the rows that they give, what is left over, what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from addin.adopt.corrections import Correction
from addin.adopt.foreign import ForeignBook, ForeignSheet
from addin.adopt.headers import Header, find_header
from addin.adopt.leftovers import Left, LeftCell, leave_rows
from addin.adopt.mapping import Column, Way, map_columns
from addin.adopt.rows import Harvest, TakenRow, harvest, last_row_of_list
from addin.adopt.vocabulary import Reason, Vocabulary, vocabulary
from addin.errors import UsageProblem
from addin.intake.sheet_facts import Place
from validation.fields import Form, Requirement, typed_row_fields
from validation.text.keys import fold

_WORTH_A_REMARK = (
    Left.UNCLEAR_AMOUNT, Left.UNCLEAR_DATE, Left.ERROR, Left.UNCACHED, Left.FORMULA, Left.NO_ROW, Left.HEADING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundList:
    """One list of a sheet: the lines of its header, its last row, its columns, how many rows it gave."""

    sheet: str
    header: Header
    last_row: int
    columns: tuple[Column, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before saying yes: the code of a sentence (table ``adopt_remark``) and its facts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written. ``left`` holds each cell of the original that is not in the form as it stood."""

    lists: tuple[FoundList, ...]
    rows: tuple[TakenRow, ...]
    left: tuple[LeftCell, ...]
    remarks: tuple[Remark, ...]


def propose(
    book: ForeignBook,
    corrections: Sequence[Correction] = (),
    *,
    by_unit: bool = False,
    only_sheets: Sequence[str] = (),
) -> Proposal:
    """The proposal for a workbook.

    Raises UsageProblem: ``adopt_our_form``, ``adopt_nothing`` for a workbook without a list of initiatives,
    ``adopt_map_column`` for a correction of no column, ``adopt_no_sheet``.
    """
    if book.our_form:
        raise UsageProblem("adopt_our_form")
    chosen = _chosen(book, only_sheets)
    words = vocabulary()
    lists: list[FoundList] = []
    harvests: list[Harvest] = []
    left: list[LeftCell] = []
    without: list[str] = []
    for sheet in book.sheets:
        before = len(lists)
        if sheet.title in chosen:
            _read_sheet(sheet, words, corrections, by_unit, lists, harvests, left)
        if len(lists) == before:
            without.append(sheet.title)
            left.extend(leave_rows(sheet, range(1, sheet.last_row + 1), Left.OTHER_SHEET))
    rows = tuple(row for one in harvests for row in one.rows)
    if not rows:
        raise UsageProblem("adopt_nothing", sheets=", ".join(sheet.title for sheet in book.sheets) or "–")
    _refuse_useless(corrections, lists, words)
    remarks = tuple(_remarks(book, lists, harvests, rows, left, without))
    return Proposal(tuple(lists), rows, _in_order(book, left), remarks)


def _chosen(book: ForeignBook, only_sheets: Sequence[str]) -> set[str]:
    titles = {fold(sheet.title): sheet.title for sheet in book.sheets}
    unknown = [name for name in only_sheets if fold(name) not in titles]
    if unknown:
        raise UsageProblem("adopt_no_sheet", sheet=unknown[0], known=", ".join(titles.values()))
    return {titles[fold(name)] for name in only_sheets} or set(titles.values())


def _read_sheet(
    sheet: ForeignSheet,
    words: Vocabulary,
    corrections: Sequence[Correction],
    by_unit: bool,
    lists: list[FoundList],
    harvests: list[Harvest],
    left: list[LeftCell],
) -> None:
    """Read one list of the sheet after the other: a second one may stand below the signatures of the first."""
    start = 1
    while start <= sheet.last_row and (header := find_header(sheet, words, start)) is not None:
        end = last_row_of_list(sheet, header, words)
        columns = map_columns(sheet, header, end, words, corrections, by_unit=by_unit)
        taken = harvest(sheet, header, columns, words, sum(len(one.rows) for one in harvests), end)
        left.extend(leave_rows(sheet, range(start, header.first_row), Left.ABOVE if start == 1 else Left.BELOW))
        left.extend(taken.left)
        lists.append(FoundList(sheet.title, header, end, columns, len(taken.rows)))
        harvests.append(taken)
        start = end + 1
    if start > 1:
        left.extend(leave_rows(sheet, range(start, sheet.last_row + 1), Left.BELOW))


def _in_order(book: ForeignBook, left: Sequence[LeftCell]) -> tuple[LeftCell, ...]:
    """Each cell once (one merged over rows is met in each of them), in the order of the original."""
    once = {(cell.sheet, cell.row, cell.column): cell for cell in reversed(left)}
    places = {sheet.title: place for place, sheet in enumerate(book.sheets)}
    return tuple(once[key] for key in sorted(once, key=lambda key: (places[key[0]], key[1], key[2])))


def _refuse_useless(corrections: Sequence[Correction], lists: Sequence[FoundList], words: Vocabulary) -> None:
    columns = [column for one in lists for column in one.columns]
    for correction in corrections:
        if not any(correction.names(c.sheet, c.letters, c.header, words) for c in columns):
            known = ", ".join(dict.fromkeys(column.header or column.letters for column in columns))
            raise UsageProblem("adopt_map_column", column=correction.column, known=known)


def _remarks(
    book: ForeignBook,
    lists: Sequence[FoundList],
    harvests: Sequence[Harvest],
    rows: Sequence[TakenRow],
    left: Sequence[LeftCell],
    without: Sequence[str],
) -> Iterator[Remark]:
    yield from _remarks_on_columns(lists)
    why = Counter(cell.why for cell in left)
    for reason in _WORTH_A_REMARK:
        if why[reason]:
            yield Remark(f"cells_{reason.value}", {"count": why[reason]})
    for code in ("legacy_cells", "filled_down", "co_author_lines"):
        count = sum(getattr(one, code) for one in harvests)
        if count:
            yield Remark(code, {"count": count})
    hidden = [sheet.title for sheet in book.sheets if sheet.hidden and any(one.sheet == sheet.title for one in lists)]
    if hidden:
        yield Remark("hidden_sheets", {"sheets": ", ".join(hidden)})
    if without:
        yield Remark("sheets_without_list", {"sheets": ", ".join(without)})
    twice = _rows_in_two_sheets(rows)
    if twice:
        yield Remark("rows_in_two_sheets", {"count": twice})


def _remarks_on_columns(lists: Sequence[FoundList]) -> Iterator[Remark]:
    columns = [column for one in lists for column in one.columns]
    present = {name for column in columns for name in column.fields}
    missing = [
        f.header
        for f in typed_row_fields(Form.GRASSROOTS)
        if f.required is Requirement.ALWAYS and f.name not in present
    ]
    if missing:
        yield Remark("missing_columns", {"columns": ", ".join(f"“{header}”" for header in missing)})
    for column in columns:
        if column.reason in (Reason.CONTENT, Reason.CURRENCY, Reason.TOO_LARGE):
            yield Remark(f"column_{column.reason.value}", {"column": column.letters, "header": column.header})
        elif column.way is Way.SCALED:
            facts = {"column": column.letters, "header": column.header, "amount": column.scale}
            yield Remark("column_scaled", facts)


def _rows_in_two_sheets(rows: Sequence[TakenRow]) -> int:
    """How many rows say the same author and title as a row of another sheet."""
    first: dict[tuple[str, str], str] = {}
    twice = 0
    for row in rows:
        key = (fold(str(row.values.get("lead_author", ""))), fold(str(row.values.get("title", ""))))
        twice += all(key) and first.setdefault(key, row.sheet) != row.sheet
    return twice


def unaccounted(book: ForeignBook, proposal: Proposal) -> list[tuple[str, Place]]:
    """Cells of the original that are neither taken nor left over nor of a header: none, or something was dropped."""
    accounted = {(cell.sheet, cell.row, cell.column) for cell in proposal.left}
    taken_rows = {(row.sheet, row.row) for row in proposal.rows}
    missing: list[tuple[str, Place]] = []
    for sheet in book.sheets:
        for row in range(1, sheet.last_row + 1):
            region = next((r for r in proposal.lists if r.sheet == sheet.title and _within(r, row)), None)
            for column in sheet.filled(row):
                if (sheet.title, row, column) in accounted or (region is not None and row <= region.header.last_row):
                    continue
                one = _column(region, column)
                used = one is not None and one.way is not Way.UNUSED and (sheet.title, row) in taken_rows
                if not used and not (one is not None and one.way is Way.ORDINAL):
                    missing.append((sheet.title, (row, column)))
    return missing


def _within(one: FoundList, row: int) -> bool:
    return one.header.first_row <= row <= one.last_row


def _column(one: FoundList | None, number: int) -> Column | None:
    return next((c for c in one.columns if c.number == number), None) if one is not None else None
