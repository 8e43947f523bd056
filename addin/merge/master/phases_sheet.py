"""“Theo giai đoạn”: figures against targets, their proof against the detail sheet, money by payer, and months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.merge.master.body import BodySheet
from addin.merge.master.book import MasterBook
from addin.merge.master.counts import MasterCounts
from addin.merge.master.directory import Directory
from addin.merge.master.figures import Month, months, payments
from addin.merge.master.grid import TOTAL, column_sum, share, write_head, write_heading, write_line
from addin.merge.master.placing import SHEET as DETAIL
from addin.merge.master.placing import Placing, row_name
from addin.merge.master.values import Formula, Linked, Shape, Value
from validation.money import Tally
from workbook_templates.book import cell_address
from workbook_templates.names import absolute
from workbook_templates.styles import ERROR, PASSED

SHEET = "Theo giai đoạn"
AGREES, DIFFERS = "Khớp", "KHÔNG KHỚP"
_QUIET = "Chưa có số liệu."

_HEADERS = (
    "Giai đoạn", "Từ ngày", "Đến hết ngày", "Hạn báo cáo", "Chỉ tiêu", "Đăng ký", "Hợp lệ", "Được tính",
    "So với chỉ tiêu", "Cấp trên hỗ trợ (đồng)", "CĐCS hỗ trợ (đồng)", "Tổng hỗ trợ (đồng)", f"Dòng ở {DETAIL}",
)  # fmt: skip
_SHAPES = (
    Shape.TEXT, Shape.DAY, Shape.DAY, Shape.DAY, Shape.COUNT, Shape.COUNT, Shape.COUNT, Shape.COUNT,
    Shape.SHARE, Shape.AMOUNT, Shape.AMOUNT, Shape.AMOUNT, Shape.WORD,
)  # fmt: skip
_TARGET, _REGISTERED, _APPROVED, _COUNTED, _SHARE, _UPPER, _BASE, _TOTAL = range(4, 12)
_FIRST_TABLE = 3


@dataclass(frozen=True, slots=True)
class ChartSource:
    """Where the charts find their figures, as references. ``months`` fields are None where nothing is registered."""

    phase_names: str
    targets: str
    counted: str
    months: str | None = None
    registered: str | None = None
    approved: str | None = None


def write_phases(
    master: MasterBook, directory: Directory, counts: MasterCounts, placing: Placing
) -> tuple[ChartSource, Formula]:
    """Add the sheet. Returns where the charts find their figures, and whether detail sheet and totals agree."""
    sheet = master.list_sheet(
        SHEET, "THEO GIAI ĐOẠN", "Chỉ tiêu và tỷ lệ tham gia là hai việc riêng; trang này là chỉ tiêu."
    )
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(_HEADERS) - 1, 14)
    master.set_up_page(sheet)
    write_heading(master, sheet, _FIRST_TABLE - 1, "1. Tiến độ so với chỉ tiêu")
    total_row = _write_figures(master, sheet, _FIRST_TABLE, placing)
    row, proof = _write_proof(master, sheet, total_row, counts, sum(1 for _ in placing.sheets()))
    row = _write_payments(master, sheet, row + 2, directory, placing)
    by_month = months(master.overview)
    first_month = _write_months(master, sheet, row + 2, by_month)
    return _chart_source(total_row, by_month, first_month), proof


def _write_figures(master: MasterBook, sheet: BodySheet, head: int, placing: Placing) -> int:
    """The table of phases. Returns the row of its totals."""
    overview = master.overview
    write_head(master, sheet, head, _HEADERS)
    first = head + 1
    for row, phase in enumerate(overview.programme.phases, first):
        tally = overview.phases.get(phase.number, Tally())
        days: list[Value] = [phase.name, phase.first, phase.last, overview.deadline(phase.number)]
        rows = placing.named("phase", None, phase.number)
        write_line(master, sheet, row, _SHAPES, [*days, *_figures(row, phase.target, tally), rows])
    last = first + len(overview.programme.phases) - 1
    _write_totals(master, sheet, first, last)
    return last + 1


def _figures(row: int, target: int, tally: Tally) -> list[Value]:
    return [
        target,
        tally.registered,
        tally.approved,
        tally.counted,
        share(cell_address(row, _COUNTED), cell_address(row, _TARGET), tally.counted, target),
        tally.upper_support,
        tally.base_support,
        Formula(f"={cell_address(row, _UPPER)}+{cell_address(row, _BASE)}", tally.total_support),
    ]


def _write_totals(master: MasterBook, sheet: BodySheet, first: int, last: int) -> None:
    overview, row = master.overview, last + 1
    total = Tally()
    for tally in overview.phases.values():
        total.merge(tally)
    target = sum(phase.target for phase in overview.programme.phases)

    def added(column: int, value: int) -> Formula:
        return column_sum(first, last, column, value)

    values: list[Value] = [
        "Cộng", None, None, None,
        added(_TARGET, target),
        added(_REGISTERED, total.registered),
        added(_APPROVED, total.approved),
        added(_COUNTED, total.counted),
        share(cell_address(row, _COUNTED), cell_address(row, _TARGET), total.counted, target),
        added(_UPPER, total.upper_support),
        added(_BASE, total.base_support),
        added(_TOTAL, total.total_support),
        None,
    ]  # fmt: skip
    write_line(master, sheet, row, _SHAPES, values, **TOTAL)


def _write_proof(
    master: MasterBook, sheet: BodySheet, total_row: int, counts: MasterCounts, sheets: int
) -> tuple[int, Formula]:
    """The same totals added up on the detail's sheets, and whether they agree. Returns the last row and the verdict."""
    total = Tally()
    for tally in master.overview.phases.values():
        total.merge(tally)
    in_phase = sum(row.phase is not None for row in master.overview.accepted())
    row = total_row + 1

    def every(field: str) -> str:
        return ",".join(row_name(field, number) for number in range(1, sheets + 1))

    values: list[Value] = [
        "Cộng lại từ trang Chi tiết", None, None, None, None,
        Formula(f"=COUNT({every('phase')})", in_phase), None, None, None,
        Formula(f"=SUM({every('upper_support')})", counts.upper_support),
        Formula(f"=SUM({every('total_support')})-SUM({every('upper_support')})", counts.base_support),
        Formula(f"=SUM({every('total_support')})", counts.upper_support + counts.base_support),
        None,
    ]  # fmt: skip
    write_line(master, sheet, row, _SHAPES, values, italic=True)
    same = [
        f"{cell_address(row, column)}={cell_address(total_row, column)}"
        for column in (_REGISTERED, _UPPER, _BASE, _TOTAL)
    ]
    found = (in_phase, counts.upper_support, counts.base_support)
    proved = AGREES if found == (total.registered, total.upper_support, total.base_support) else DIFFERS
    verdict = Formula(f'=IF(AND({",".join(same)}),"{AGREES}","{DIFFERS}")', proved)
    blanks: list[Value] = [None] * (len(_HEADERS) - 2)
    shapes = [Shape.TEXT, Shape.WORD, *_SHAPES[2:]]
    write_line(master, sheet, row + 1, shapes, ["Đối chiếu hai cách cộng", verdict, *blanks], bold=True)
    for word, tone in ((AGREES, PASSED), (DIFFERS, ERROR)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": master.styles.format(tone)}
        sheet.conditional_format(row + 1, 1, row + 1, 1, rule)
    return row + 1, Formula(f"={absolute(SHEET, row + 1, 1)}", proved)


def _write_payments(master: MasterBook, sheet: BodySheet, row: int, directory: Directory, placing: Placing) -> int:
    """Upper-level support by payer and phase. Returns the last row."""
    write_heading(master, sheet, row, "2. Cấp trên hỗ trợ theo đơn vị chi (công đoàn cấp trên trực tiếp, đồng)")
    phases = master.overview.programme.phases
    paid = payments(master.overview, directory)
    head = row + 1
    if not paid:
        return _nothing(master, sheet, head)
    write_head(master, sheet, head, ["Đơn vị chi", "Mã", *(phase.name for phase in phases), "Cộng"])
    shapes = [Shape.TEXT, Shape.CODE, *(Shape.AMOUNT for _ in phases), Shape.AMOUNT]
    first, last_column = head + 1, 1 + len(phases)
    for line, (payer, amounts) in enumerate(paid.items(), first):
        span = f"{cell_address(line, 2)}:{cell_address(line, last_column)}"
        money = [amounts.get(phase.number, 0) for phase in phases]
        linked = [
            Linked(amount, placing.behind("payer", payer, phase.number)) if amount else amount
            for phase, amount in zip(phases, money, strict=True)
        ]
        name = directory.name(payer) if payer else "(không rõ cấp trên)"
        write_line(master, sheet, line, shapes, [name, payer, *linked, Formula(f"=SUM({span})", sum(money))])
    last = first + len(paid) - 1
    sums = [sum(amounts.get(phase.number, 0) for amounts in paid.values()) for phase in phases]
    totals = [column_sum(first, last, column, value) for column, value in enumerate([*sums, sum(sums)], 2)]
    write_line(master, sheet, last + 1, shapes, ["Cộng", None, *totals], **TOTAL)
    return last + 1


def _write_months(master: MasterBook, sheet: BodySheet, row: int, by_month: Sequence[Month]) -> int:
    """Registrations by month. Returns the first row of figures."""
    write_heading(master, sheet, row, "3. Đăng ký trên cổng theo tháng")
    head = row + 1
    if not by_month:
        _nothing(master, sheet, head)
        return head
    write_head(master, sheet, head, ["Tháng", "Đăng ký", "Trong đó hợp lệ", "Luỹ kế đăng ký"])
    first, so_far = head + 1, 0
    shapes = (Shape.MONTH, Shape.COUNT, Shape.COUNT, Shape.COUNT)
    for line, month in enumerate(by_month, first):
        so_far += month.registered
        running = f"=SUM({cell_address(first, 1, fixed=True)}:{cell_address(line, 1)})"
        values: list[Value] = [month.first, month.registered, month.approved, Formula(running, so_far)]
        write_line(master, sheet, line, shapes, values)
    return first


def _nothing(master: MasterBook, sheet: BodySheet, row: int) -> int:
    sheet.write_string(row, 0, _QUIET, master.cell(Shape.TEXT, italic=True))
    return row


def _chart_source(total_row: int, by_month: Sequence[Month], first_month: int) -> ChartSource:
    first, last = _FIRST_TABLE + 1, total_row - 1

    def down(column: int, top: int, bottom: int) -> str:
        return f"={absolute(SHEET, top, column, bottom, column)}"

    phases = (down(0, first, last), down(_TARGET, first, last), down(_COUNTED, first, last))
    if not by_month:
        return ChartSource(*phases)
    end = first_month + len(by_month) - 1
    return ChartSource(*phases, *(down(column, first_month, end) for column in (0, 1, 2)))
