"""“Tổng quan”: where the campaign stands, in five seconds: big figures, one table, three charts, ways to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from addin.merge.master.body import BodySheet, write_value
from addin.merge.master.book import LINK_INK, QUIET_INK, MasterBook
from addin.merge.master.cell_text import cell_text
from addin.merge.master.charts import months_chart, progress_chart, top_units_chart
from addin.merge.master.directory import Directory
from addin.merge.master.figures import Standing, phase_at, standings, top_units
from addin.merge.master.grid import TOTAL, column_sum, share, write_head, write_heading, write_line
from addin.merge.master.phases_sheet import AGREES, DIFFERS, ChartSource
from addin.merge.master.placing import Placing
from addin.merge.master.summary_cards import Card, cards
from addin.merge.master.values import Formula, Linked, Shape, Value
from addin.merge.pace import in_words, paces
from validation.money import Tally
from validation.text.amounts import format_amount
from workbook_templates.book import cell_address
from workbook_templates.names import absolute
from workbook_templates.styles import ERROR, PASSED, SECTION

SHEET = "Tổng quan"
WIDTH = 12
"""Columns of the grid that everything on the sheet keeps to; 12 parts into 2, 3 and 4."""
_COLUMN_WIDTH = 13.5
_COLUMN_PIXELS = 100
_MANY_PHASES = 4
_CHART_ROWS, _ROW_PIXELS = 13, 20

_HEADERS = (
    "Giai đoạn", "Chỉ tiêu", "Được tính", "So với chỉ tiêu", "Đăng ký", "Hợp lệ",
    "Cấp trên hỗ trợ (đồng)", "CĐCS hỗ trợ (đồng)", "Tổng hỗ trợ (đồng)",
    "Đơn vị đạt tỷ lệ tham gia", "Gần đạt", "Chưa đạt",
)  # fmt: skip
_SHAPES = (
    Shape.TEXT, Shape.COUNT, Shape.COUNT, Shape.SHARE, Shape.COUNT, Shape.COUNT,
    Shape.AMOUNT, Shape.AMOUNT, Shape.AMOUNT, Shape.COUNT, Shape.COUNT, Shape.COUNT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the other sheets hold, as the summary tells it: sheet and how many lines it has (None: not said)."""

    sheet: str
    count: int | None = None


def write_summary(
    master: MasterBook,
    sheet: BodySheet,
    directory: Directory,
    source: ChartSource,
    proof: Formula,
    others: Sequence[Elsewhere],
    warnings: int,
    placing: Placing,
) -> None:
    """Fill the sheet, which the caller adds first so that it opens first. ``proof`` says whether the totals agree."""
    sheet.set_column(0, WIDTH - 1, _COLUMN_WIDTH)
    row = _write_title(master, sheet, proof)
    row = _write_ways(master, sheet, row, others)
    sheet.set_row(row + 1, 6)
    row = _write_cards(master, sheet, row + 2, cards(master.overview, warnings))
    _write_pace(master, sheet, row + 1)
    row = _write_phases(master, sheet, row + 1, placing)
    first_chart = row + 1
    row = _write_progress(master, sheet, first_chart, source)
    top = row + 1
    row = _write_top(master, sheet, top, directory)
    master.set_up_page(sheet)
    # No chart may be cut by the end of a page: with few phases the first two fit below the table.
    sheet.set_h_pagebreaks([first_chart if len(master.overview.programme.phases) >= _MANY_PHASES else top])
    sheet.print_area(0, 0, row, WIDTH - 1)
    sheet.activate()
    sheet.set_first_sheet()


def _write_title(master: MasterBook, sheet: BodySheet, proof: Formula) -> int:
    overview = master.overview
    sheet.set_row(0, 30)
    title = master.styles.format(bold=True, font_size=20, font_color=SECTION.ink, valign="vcenter")
    sheet.write_string(0, 0, cell_text(f"TỔNG HỢP SÁNG KIẾN – {overview.unit.name}"), title)
    plain = master.styles.format(font_size=12, valign="vcenter")
    target = overview.programme.target
    name = f"{overview.programme.name} · chỉ tiêu {format_amount(target)} sáng kiến"
    sheet.write_string(1, 0, cell_text(name), plain)
    quiet: dict[str, Any] = {"font_size": 11, "font_color": QUIET_INK, "valign": "vcenter", "align": "left"}
    sheet.write_string(2, 0, "Lập lúc", master.styles.format(**quiet))
    moment = master.styles.format(num_format="hh:mm dd/mm/yyyy", bold=True, **quiet)
    sheet.merge_range(2, 1, 2, 2, "", moment)
    write_value(sheet, 2, 1, overview.made_at, moment)
    sheet.write_string(2, 3, "Người lập", master.styles.format(**quiet))
    sheet.write_string(2, 4, cell_text(overview.made_by), master.styles.format(bold=True, **quiet))
    sheet.merge_range(2, 7, 2, 9, "Tổng số so với trang Chi tiết", master.styles.format(**{**quiet, "align": "right"}))
    write_value(sheet, 2, 10, proof, master.styles.format(bold=True, align="center", border=1, border_color="#A6A6A6"))
    for word, tone in ((AGREES, PASSED), (DIFFERS, ERROR)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": master.styles.format(tone)}
        sheet.conditional_format(2, 10, 2, 10, rule)
    return 3


def _write_ways(master: MasterBook, sheet: BodySheet, row: int, others: Sequence[Elsewhere]) -> int:
    """Links to the other sheets, with how much stands there. Returns the last row."""
    link = master.styles.format(font_size=10, underline=1, font_color=LINK_INK, valign="vcenter")
    sheet.write_string(row, 0, "Xem trang:", master.styles.format(font_size=10, valign="vcenter"))
    in_a_row = -(-len(others) // -(-len(others) // (WIDTH - 1)))
    for number, other in enumerate(others):
        label = other.sheet if other.count is None else f"{other.sheet} ({format_amount(other.count)})"
        line, column = divmod(number, in_a_row)
        sheet.write_url(row + line, column + 1, f"internal:'{other.sheet}'!A1", link, label)
    return row + (len(others) - 1) // in_a_row


def _write_cards(master: MasterBook, sheet: BodySheet, row: int, rows: Sequence[Sequence[Card]]) -> int:
    """Each card: what, the figure, and one line beside it. Returns the last row."""
    for line in rows:
        span = WIDTH // len(line)
        for offset, height in enumerate((18, 32, 18)):
            sheet.set_row(row + offset, height)
        for place, card in enumerate(line):
            _write_card(master, sheet, row, place * span, span, card)
        sheet.set_row(row + 3, 6)
        row += 4
    return row - 1


def _write_card(master: MasterBook, sheet: BodySheet, row: int, column: int, span: int, card: Card) -> None:
    """A card leaves its last column's right edge to the next one's border."""
    last = column + span - 1
    fill: dict[str, Any] = {"bg_color": "#F5F8FC", "align": "center", "valign": "vcenter"}
    edge: dict[str, Any] = {"left": 1, "right": 1, "border_color": "#8EA9DB"}
    head = master.styles.format(
        font_size=11, bold=True, font_color=SECTION.ink, top=2, top_color=SECTION.ink, **fill, **edge
    )
    figure: dict[str, Any] = {"font_size": 24, "bold": True, "num_format": "#,##0", **fill, **edge}
    below = master.styles.format(font_size=10, font_color="#404040", bottom=1, bottom_color="#8EA9DB", **fill, **edge)
    sheet.merge_range(row, column, row, last, cell_text(card.label), head)
    sheet.merge_range(row + 1, column, row + 1, last, "", master.styles.format(**figure))
    write_value(sheet, row + 1, column, card.figure, master.styles.format(**figure))
    sheet.merge_range(row + 2, column, row + 2, last, cell_text(card.detail), below)


def _write_phases(master: MasterBook, sheet: BodySheet, row: int, placing: Placing) -> int:
    """The table of phases with its totals; a phase's name leads to its rows. Returns the last row."""
    overview = master.overview
    write_heading(master, sheet, row, "Từng giai đoạn")
    head, first = row + 1, row + 2
    write_head(master, sheet, head, _HEADERS, height=34)
    total = Tally()
    for line, phase in enumerate(overview.programme.phases, first):
        tally = overview.phases.get(phase.number, Tally())
        total.merge(tally)
        stand = standings(overview, phase.number)
        figures = _figures(line, phase.target, tally)
        units = [stand[Standing.REACHED], stand[Standing.NEAR], stand[Standing.BELOW]]
        name = Linked(phase.name, placing.behind("phase", None, phase.number))
        write_line(master, sheet, line, _SHAPES, [name, *figures, *units], font_size=11)
    last = first + len(overview.programme.phases) - 1
    target = sum(phase.target for phase in overview.programme.phases)
    sums = {1: target, 2: total.counted, 4: total.registered, 5: total.approved}
    money = {6: total.upper_support, 7: total.base_support, 8: total.total_support}
    values: list[Value] = ["Cộng", *[None] * (WIDTH - 1)]
    for column, value in {**sums, **money}.items():
        values[column] = column_sum(first, last, column, value)
    values[3] = share(cell_address(last + 1, 2), cell_address(last + 1, 1), total.counted, target)
    write_line(master, sheet, last + 1, _SHAPES, values, font_size=11, **TOTAL)
    return last + 1


def _write_pace(master: MasterBook, sheet: BodySheet, row: int) -> None:
    """What the pace of the phase that counts now comes to, in words, beside the heading of the table of phases."""
    number = phase_at(master.overview).number
    said = master.styles.format(font_size=11, bold=True, valign="vcenter")
    phases = zip(master.overview.programme.phases, paces(master.overview), strict=True)
    for phase, pace in phases:
        if phase.number == number:
            sheet.write_string(row, 2, cell_text(in_words(pace)), said)


def _figures(row: int, target: int, tally: Tally) -> list[Value]:
    return [
        target,
        tally.counted,
        share(cell_address(row, 2), cell_address(row, 1), tally.counted, target),
        tally.registered,
        tally.approved,
        tally.upper_support,
        tally.base_support,
        Formula(f"={cell_address(row, 6)}+{cell_address(row, 7)}", tally.total_support),
    ]


def _place(sheet: BodySheet, row: int, column: int, columns: int, chart: Any, description: str) -> None:
    size = {"width": columns * _COLUMN_PIXELS - 8, "height": _CHART_ROWS * _ROW_PIXELS - 6}
    chart.set_size(size)
    sheet.insert_chart(
        row, column, chart, {"description": description, "x_offset": 2, "y_offset": 3, "object_position": 2}
    )


def _write_progress(master: MasterBook, sheet: BodySheet, row: int, source: ChartSource) -> int:
    """Two charts side by side. Returns the last row."""
    about = ", ".join(
        f"{phase.name}: {format_amount(master.overview.phases.get(phase.number, Tally()).counted)} trên "
        f"{format_amount(phase.target)}"
        for phase in master.overview.programme.phases
    )
    description = f"Biểu đồ cột: sáng kiến được tính so với chỉ tiêu. {about}."
    _place(sheet, row, 0, WIDTH // 2, progress_chart(master, source), cell_text(description))
    if source.months is None:
        _say_nothing(master, sheet, row, WIDTH // 2, "Chưa có đăng ký nào để vẽ biểu đồ theo tháng.")
    else:
        description = "Biểu đồ cột và đường: số sáng kiến đăng ký trên cổng theo tháng và số đã hợp lệ."
        _place(sheet, row, WIDTH // 2, WIDTH // 2, months_chart(master, source), description)
    return row + _CHART_ROWS - 1


def _say_nothing(master: MasterBook, sheet: BodySheet, row: int, column: int, sentence: str) -> None:
    look = master.cell(Shape.TEXT, italic=True, font_size=11, font_color=QUIET_INK, align="center")
    sheet.merge_range(row, column, row + 2, WIDTH - 1, sentence, look)


def _write_top(master: MasterBook, sheet: BodySheet, row: int, directory: Directory) -> int:
    """The units with most initiatives: table and chart side by side. Returns the last row."""
    write_heading(master, sheet, row, "Đơn vị có nhiều sáng kiến được tính nhất")
    top = top_units(master.overview)
    if not top:
        look = master.styles.format(italic=True, font_color=QUIET_INK)
        sheet.write_string(row + 1, 0, "Chưa có sáng kiến nào được tính.", look)
        return row + 1
    head, first = row + 1, row + 2
    for column, text in ((0, "STT"), (1, "Đơn vị"), (5, "Được tính")):
        sheet.write_string(head, column, text, master.head())
    sheet.merge_range(head, 1, head, 4, "Đơn vị", master.head())
    for line, (unit, counted) in enumerate(top, first):
        master.write(sheet, line, 0, line - first + 1, Shape.COUNT, font_size=11, align="center")
        name = master.cell(Shape.TEXT, font_size=11)
        sheet.merge_range(line, 1, line, 4, cell_text(directory.name(unit)), name)
        master.write(sheet, line, 5, counted, Shape.COUNT, font_size=11)
    last = first + len(top) - 1
    names, figures = (f"={absolute(SHEET, first, column, last, column)}" for column in (1, 5))
    chart = top_units_chart(master, names, figures)
    best, most = top[0]
    description = (
        f"Biểu đồ thanh: {len(top)} đơn vị có nhiều sáng kiến được tính nhất; "
        f"đứng đầu là {directory.name(best)} với {most}."
    )
    _place(sheet, head, WIDTH // 2, WIDTH // 2, chart, cell_text(description))
    return max(last, head + _CHART_ROWS - 1)
