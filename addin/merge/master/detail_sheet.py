"""“Chi tiết”: one line for each accepted row, with where it came from. The list of the master as a form: it carries the
names ``row_<field>`` and ``meta_header``, and nothing stands below it. More rows than a sheet holds go on on “Chi tiết
(2)”, a table of its own under the names ``row2_<field>``, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from addin.campaign.archive import kept_as
from addin.merge.master.body import BLOCK_ROWS, Block
from addin.merge.master.book import FIRST_ROW, HEADER_ROW, MasterBook
from addin.merge.master.counts import MasterCounts
from addin.merge.master.directory import Directory
from addin.merge.master.findings_index import RowFindings
from addin.merge.master.links import FileLink, file_link
from addin.merge.master.placing import SHEET_ROWS, Placing, row_name, sheet_name
from addin.merge.master.row_state import RowStates
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import Report, SourcedRow
from validation.fields import Field, Form, Kind, row_fields
from validation.submission import Row
from workbook_templates.checks import NOTICE_WORD, PASSED_WORD
from workbook_templates.names import absolute, define
from workbook_templates.styles import NOTICE, PASSED, header_tone

LINKED_ROWS = 10_000
"""Up to so many rows, each links to its file; beyond, only the first of each file and phase does: Excel opens slowly
with tens of thousands of links, and takes no more than 65,530."""
ROW_HEIGHT = 27.0
"""Points; two lines. One height for all: Excel need not measure tens of thousands of wrapped rows when it opens."""
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
            (), "", row_height=ROW_HEIGHT, frozen_columns=frozen, header_height=48, blocks=lines.of(rows),
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
        programme = master.overview.programme
        self._answers = {None: None, True: programme.answers.yes, False: programme.answers.no}
        self._directory = directory
        self._count = len(rows)
        self._carried = any(report.line is not None for report in master.overview.current)
        self._progress = progress
        self._findings = RowFindings()
        self._states = RowStates(master.overview.form, programme)
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

    def of(self, rows: Sequence[SourcedRow]) -> Iterator[Block]:
        """The lines of one sheet; sheets are written in their order."""
        names = [field.name for field in self.fields]
        if not rows:
            # The body of a form holds rows and nothing else: a blank one, where others would say that there is none.
            yield [[None]] * len(names)
        last = None
        for start in range(0, len(rows), BLOCK_ROWS):
            block = rows[start : start + BLOCK_ROWS]
            columns = self._columns(block, last)
            yield [columns[name] for name in names]
            last = block[-1].report
            self._done += len(block)
            if self._progress is not None:
                self._progress(self._done, self._count)

    def _columns(self, block: Sequence[SourcedRow], before: Report | None) -> dict[str, Sequence[Value]]:
        """The cells of each field. ``before``: the report of the row above the first one."""
        rows = [sourced.row for sourced in block]
        judged = dict(zip(Row._fields, zip(*rows, strict=True), strict=True))
        money = zip(judged["upper_support"], judged["base_counted"], strict=True)
        files, sheets, numbers, hashes = zip(*(sourced.origin for sourced in block), strict=True)
        return judged | {
            "ordinal": range(self._done + 1, self._done + 1 + len(rows)),
            "unit_name": list(map(self._directory.name, judged["unit_code"])),
            "is_member": list(map(self._answers.__getitem__, judged["is_member"])),
            "ip_protected": list(map(self._answers.__getitem__, judged["ip_protected"])),
            "co_authors": ["; ".join(names) if names else None for names in judged["co_authors"]],
            "total_support": [upper + base for upper, base in money],
            "row_state": list(self._verdicts(block)),
            "source_file": [
                file if link is None else Linked(file, link)
                for file, link in zip(files, self._links(block, before), strict=True)
            ],
            "source_sheet": sheets,
            "source_row": numbers,
            "source_sha256": hashes,
        }

    def _verdicts(self, block: Sequence[SourcedRow]) -> Iterator[str]:
        report, spoken_of = None, set[int | None]()
        for sourced in block:
            if sourced.report is not report:
                report = sourced.report
                spoken_of = {one.row for one in (*report.findings, *(one.finding for one in report.accepted))}
            if sourced.row.number in spoken_of:
                findings = self._findings
                yield self._states.of(sourced.row, findings.warnings(sourced), findings.accepted(sourced))
            else:
                yield self._states.of(sourced.row)

    def _links(self, block: Sequence[SourcedRow], before: Report | None) -> Iterator[FileLink | None]:
        """To the copy that the figures were read from: in the inbox a corrected file may lie by that name now."""
        every_row = self._count <= LINKED_ROWS
        for report, row in block:
            linked = every_row or report is not before
            yield file_link(kept_as(report.sha256), report.sheet, f"A{row.number}") if linked else None
            before = report
