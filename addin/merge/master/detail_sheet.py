"""“Chi tiết”: one line for each accepted row, with where it came from. The list of the master as a form: it carries the
names ``row_<field>`` and ``meta_header``, and nothing stands below it. More rows than a sheet holds go on on “Chi tiết
(2)”, a table of its own under the names ``row2_<field>``, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from addin.campaign.archive import kept_as
from addin.merge.master.book import FIRST_ROW, HEADER_ROW, MasterBook
from addin.merge.master.counts import MasterCounts
from addin.merge.master.directory import Directory
from addin.merge.master.findings_index import RowFindings
from addin.merge.master.links import file_link
from addin.merge.master.placing import SHEET_ROWS, Placing, row_name, sheet_name
from addin.merge.master.row_state import RowStates
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import SourcedRow
from validation.fields import Field, Form, Kind, row_fields
from validation.programme import Programme
from workbook_templates.checks import NOTICE_WORD, PASSED_WORD
from workbook_templates.names import absolute, define
from workbook_templates.styles import NOTICE, PASSED, header_tone

LINKED_ROWS = 10_000
"""Up to so many rows, each links to its file; beyond, only the first of each file and phase does: Excel opens slowly
with tens of thousands of links, and takes no more than 65,530."""
ROW_HEIGHT = 27.0
"""Points; two lines. One height for all: Excel need not measure tens of thousands of wrapped rows when it opens."""
_STEP = 1_000
_PAGES_WIDE = 3

Progress = Callable[[int, int], None]

_SHAPES = {Kind.CODE: Shape.CODE, Kind.DATE: Shape.DAY, Kind.AMOUNT: Shape.AMOUNT, Kind.COUNT: Shape.COUNT}


def write_detail(
    master: MasterBook, directory: Directory, progress: Progress | None, sheet_rows: int = SHEET_ROWS
) -> tuple[MasterCounts, Placing]:
    """Add the sheets and their names. Returns what is written on them, and where; the rows themselves are written when
    the workbook is closed, and ``progress`` (done, all) is told then.

    Raises ValueError for a consolidation of more rows than a sheet holds: its reader reads one.
    """
    overview = master.overview
    fields = row_fields(overview.form)
    placing = Placing(overview, directory, len(fields), sheet_rows)
    rows = placing.rows
    if overview.form is Form.UPPER and sum(1 for _ in placing.sheets()) > 1:
        raise ValueError(f"{len(rows)} rows are more than a sheet holds")
    lines = _Lines(master, directory, fields, rows, progress)
    for number, of_sheet in placing.sheets():
        _write_sheet(master, number, of_sheet, lines)
    counts = MasterCounts(
        accepted_rows=len(rows),
        upper_support=sum(sourced.row.upper_support for sourced in rows),
        base_support=sum(sourced.row.base_counted for sourced in rows),
    )
    return counts, placing


def _write_sheet(master: MasterBook, number: int, rows: Sequence[SourcedRow], lines: _Lines) -> None:
    """One sheet of the detail, a list in itself."""
    fields = lines.fields
    count = max(len(rows), 1)
    name = sheet_name(number)
    title = "CHI TIẾT: CÁC SÁNG KIẾN ĐƯỢC NHẬN" + (f" (tiếp theo, trang {number})" if number > 1 else "")
    sheet = master.list_sheet(name, title, lines.note())
    frozen = next(i for i, field in enumerate(fields) if field.name == "lead_author") + 1
    draw(
        master,
        sheet,
        List(
            "ChiTiet" if number == 1 else f"ChiTiet{number}", [_column(field) for field in fields], count,
            lines.of(rows), "", row_height=ROW_HEIGHT, frozen_columns=frozen, header_height=48,
        ),
    )  # fmt: skip
    sheet.fit_to_pages(_PAGES_WIDE, 0)
    sheet.repeat_columns(0, frozen - 1)
    last = FIRST_ROW + count - 1
    for column, field in enumerate(fields):
        define(master.book, row_name(field.name, number), absolute(name, FIRST_ROW, column, last, column))
    if number == 1:
        define(master.book, "meta_header", absolute(name, HEADER_ROW, 0, HEADER_ROW, len(fields) - 1))
    state = next(i for i, field in enumerate(fields) if field.name == "row_state")
    colour_words(master, sheet, state, len(rows), {PASSED_WORD: PASSED, NOTICE_WORD: NOTICE}, bold=False)


def _column(field: Field) -> Column:
    shape = _SHAPES.get(field.kind, Shape.TEXT)
    if field.choices in ("yes_no", "status") or field.name == "phase":
        shape = Shape.WORD
    if field.name in ("ordinal", "source_row"):
        shape = Shape.ORDINAL
    elif field.name == "source_sha256":
        shape = Shape.HASH
    return Column(field.header, shape, field.width, header_tone(field))


class _Lines:
    """The rows as cells, made while they are written, sheet after sheet."""

    def __init__(
        self,
        master: MasterBook,
        directory: Directory,
        fields: Sequence[Field],
        rows: Sequence[SourcedRow],
        progress: Progress | None,
    ) -> None:
        self.fields = fields
        self._programme = master.overview.programme
        self._directory = directory
        self._count = len(rows)
        self._carried = any(report.line is not None for report in master.overview.current)
        self._progress = progress
        self._findings = RowFindings()
        self._states = RowStates(master.overview.form, self._programme)
        self._done = 0

    def note(self) -> str:
        """What stands above each sheet."""
        if not self._count:
            return "Chưa có dòng nào được nhận."
        where = "Bấm vào tên tệp để mở đúng dòng trong bản lưu của báo cáo gốc"
        if self._count > LINKED_ROWS:
            where += "; danh sách dài nên chỉ dòng đầu của mỗi tệp trong giai đoạn có liên kết"
        note = (
            "Mỗi dòng là một sáng kiến đã nhận, kèm tệp, trang tính và dòng gốc, xếp theo giai đoạn, cấp trên, đơn vị. "
            f"{where}."
        )
        carried = " Dòng đến qua bảng tổng hợp của cấp dưới ghi tệp gốc đầu tiên; liên kết mở bảng tổng hợp ấy."
        return note + (carried if self._carried else "")

    def of(self, rows: Sequence[SourcedRow]) -> Iterator[list[Value]]:
        """The lines of one sheet; sheets are written in their order."""
        names = [field.name for field in self.fields]
        if not rows:
            # The body of a form holds rows and nothing else: a blank one, where others would say that there is none.
            yield [None] * len(names)
        every_row = self._count <= LINKED_ROWS
        report = None
        for sourced in rows:
            self._done += 1
            linked = every_row or sourced.report is not report
            report = sourced.report
            cells = self._cells(self._done, sourced, linked=linked)
            yield [cells[name] for name in names]
            if self._progress is not None and (self._done % _STEP == 0 or self._done == self._count):
                self._progress(self._done, self._count)

    def _cells(self, number: int, sourced: SourcedRow, *, linked: bool) -> dict[str, Value]:
        row, report, origin = sourced.row, sourced.report, sourced.origin
        # To the copy that the figures were read from: in the inbox a corrected file may lie by that name now.
        link = file_link(kept_as(report.sha256), report.sheet, f"A{row.number}") if linked else None
        return {
            "ordinal": number,
            "unit_code": row.unit_code,
            "unit_name": self._directory.name(row.unit_code),
            "registration_code": row.registration_code,
            "lead_author": row.lead_author,
            "member_number": row.member_number,
            "is_member": _answer(row.is_member, self._programme),
            "position": row.position,
            "co_authors": "; ".join(row.co_authors),
            "title": row.title,
            "solution_kind": row.solution_kind,
            "activity_field": row.activity_field,
            "effect": row.effect,
            "benefit_value": row.benefit_value,
            "recognised_on": row.recognised_on,
            "applied_on": row.applied_on,
            "ip_protected": _answer(row.ip_protected, self._programme),
            "registered_on": row.registered_on,
            "status": row.status,
            "approved_on": row.approved_on,
            "base_support": row.base_support,
            "phase": row.phase,
            "upper_support": row.upper_support,
            "total_support": row.upper_support + row.base_counted,
            "row_state": self._states.of(row, self._findings.warnings(sourced), self._findings.accepted(sourced)),
            "note": row.note,
            "source_file": Linked(origin.file, link),
            "source_sheet": origin.sheet,
            "source_row": origin.row,
            "source_sha256": origin.sha256,
        }


def _answer(value: bool | None, programme: Programme) -> str | None:
    if value is None:
        return None
    return programme.answers.yes if value else programme.answers.no
