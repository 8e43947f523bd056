"""“Biểu đồ”: pace and forecast, plan, participation, money, collection and quality, each chart beside its own cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from addin.merge.master.body import BodySheet
from addin.merge.master.book import QUIET_INK, MasterBook
from addin.merge.master.cell_text import cell_text
from addin.merge.master.charts import Chart, Series, rates_chart, shares_chart, stacked_chart
from addin.merge.master.directory import Directory
from addin.merge.master.figures import (
    Faults,
    Standing,
    collected,
    faults_by_rule,
    faults_by_unit,
    payments,
    phase_at,
    standings,
    top_rates,
)
from addin.merge.master.grid import write_heading
from addin.merge.master.pace_block import write_months, write_pace
from addin.merge.master.units_sheet import percent
from addin.merge.master.values import Formula, Shape, Value
from addin.merge.overview import Overview
from validation import messages
from validation.findings import Finding, Severity
from validation.text.amounts import format_amount
from workbook_templates.names import absolute
from workbook_templates.text_fit import lines_needed

SHEET = "Biểu đồ"
WIDTH, _HALF = 12, 6
_COLUMN_WIDTH, _COLUMN_PIXELS, _ROW_PIXELS = 13.5, 100, 20
_CHART_ROWS = 15
_PAGE_PIXELS = 800
"""What a page holds when the sheet is as wide as the page."""
_MOST = 10


@dataclass(frozen=True, slots=True)
class Block:
    """A table and the chart of it. ``span``: grid columns of the names; ``chart`` makes it from the references of the
    names and of each column of figures. ``say``: what is written where there are no lines."""

    heading: str
    note: str
    headers: tuple[str, ...]
    shape: Shape
    lines: Sequence[Sequence[Value]]
    span: int
    chart: Callable[[str, Sequence[Series]], Chart]
    description: str
    say: str = "Chưa có số liệu."
    last_shape: Shape | None = None


def write_charts(master: MasterBook, sheet: BodySheet, directory: Directory) -> None:
    """Fill the sheet, which the caller adds where it should stand."""
    sheet.set_column(0, WIDTH - 1, _COLUMN_WIDTH)
    master.write_title(sheet, "BIỂU ĐỒ", "Mỗi biểu đồ vẽ từ bảng số đứng cạnh; in đen trắng vẫn phân biệt được.")
    row, place_plan = write_pace(master, sheet, SHEET, 3, _place)
    breaks = []
    page_top = 0
    for block in _blocks(master, directory):
        end = row + 3 + max(len(block.lines) + 1, _CHART_ROWS)
        if (end - page_top) * _ROW_PIXELS > _PAGE_PIXELS:
            breaks.append(row)
            page_top = row
        row = _write_block(master, sheet, row, block) + 2
    breaks.append(row)
    last = write_months(master, sheet, SHEET, row, place_plan)
    master.set_up_page(sheet)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, last, WIDTH - 1)


def _place(sheet: BodySheet, row: int, column: int, chart: Any, description: str) -> int:
    """Put a chart on half of the grid. Returns its last row."""
    chart.set_size({"width": _HALF * _COLUMN_PIXELS - 8, "height": _CHART_ROWS * _ROW_PIXELS - 6})
    options = {"description": cell_text(description), "x_offset": 2, "y_offset": 3, "object_position": 2}
    sheet.insert_chart(row, column, chart, options)
    return row + _CHART_ROWS - 1


def _write_block(master: MasterBook, sheet: BodySheet, row: int, block: Block) -> int:
    """Heading, note, table and chart. Returns the last row."""
    write_heading(master, sheet, row, block.heading)
    quiet = master.styles.format(italic=True, font_size=10, font_color=QUIET_INK, valign="vcenter")
    sheet.write_string(row + 1, 0, cell_text(block.note), quiet)
    if not block.lines:
        sheet.write_string(row + 2, 0, block.say, master.styles.format(italic=True, font_size=11))
        return row + 2
    head, first = row + 2, row + 3
    sheet.set_row(head, 32)
    _write_name(master, sheet, head, block.span, block.headers[0], head=True)
    for column, header in enumerate(block.headers[1:], block.span):
        sheet.write_string(head, column, header, master.head())
    for number, line in enumerate(block.lines, first):
        name = line[0] if isinstance(line[0], str) else ""
        _write_name(master, sheet, number, block.span, name)
        sheet.set_row(number, 15 * min(3, lines_needed(name, block.span * _COLUMN_WIDTH * 1.1 - 2)))
        for column, value in enumerate(line[1:], block.span):
            last = column == block.span + len(line) - 2
            master.write(sheet, number, column, value, (block.last_shape or block.shape) if last else block.shape)
    last_row = first + len(block.lines) - 1
    names = f"={absolute(SHEET, first, 0, last_row, 0)}"
    series = [
        Series(header, f"={absolute(SHEET, first, column, last_row, column)}")
        for column, header in enumerate(block.headers[1:], block.span)
    ]
    # A programme of many phases has a table wider than half of the sheet: its chart stands below.
    beside = block.span + len(block.headers) - 1 <= _HALF
    top = row + 2 if beside else last_row + 2
    end = _place(sheet, top, _HALF if beside else 0, block.chart(names, series), block.description)
    return max(last_row, end)


def _write_name(master: MasterBook, sheet: BodySheet, row: int, span: int, text: str, *, head: bool = False) -> None:
    look = master.head() if head else master.cell(Shape.TEXT)
    if span == 1:
        sheet.write_string(row, 0, cell_text(text), look)
    else:
        sheet.merge_range(row, 0, row, span - 1, cell_text(text), look)


def _blocks(master: MasterBook, directory: Directory) -> list[Block]:
    overview = master.overview
    return [
        _participation(master, overview),
        _rates(master, overview, directory),
        _money(master, overview, directory),
        _collection(master, overview, directory),
        _quality(
            master, "Chất lượng báo cáo theo loại lỗi", "Nội dung", _most_of_both(faults_by_rule(overview)), _title_of,
            "Lỗi làm dòng bị loại; cảnh báo thì không. Chỉ những loại nhiều nhất.",
        ),
        _quality(
            master, "Chất lượng báo cáo theo đơn vị", "Đơn vị", faults_by_unit(overview), directory.name,
            "Đơn vị có nhiều lỗi nhất, để hướng dẫn trước.",
        ),
    ]  # fmt: skip


def _participation(master: MasterBook, overview: Overview) -> Block:
    words = (Standing.REACHED, Standing.NEAR, Standing.BELOW, Standing.UNKNOWN)
    reporting = {report.unit_code for report in overview.current}
    live = bool(overview.units) and all(figures.unit in reporting for figures in overview.units.values())
    lines: list[list[Value]] = []
    for phase in overview.programme.phases:
        stand = standings(overview, phase.number)
        of_phase = f'TheoDonVi[Giai đoạn],"{_quoted(phase.name)}"'
        counts: list[Value] = [
            Formula(f'=COUNTIFS({of_phase},TheoDonVi[Đánh giá],"{word}")', stand[word]) if live else stand[word]
            for word in words
        ]
        lines.append([phase.name, *counts])
    minimum = percent(overview.programme.participation.minimum)
    about = "; ".join(
        f"{phase.name}: {stand[Standing.REACHED]} đạt, {stand[Standing.NEAR]} gần đạt, {stand[Standing.BELOW]} chưa đạt"
        for phase in overview.programme.phases
        for stand in (standings(overview, phase.number),)
    )
    return Block(
        f"Tỷ lệ tham gia so với mức {minimum}", "Số đơn vị đã báo cáo đạt, gần đạt và chưa đạt trong từng giai đoạn.",
        ("Giai đoạn", *words), Shape.COUNT, lines if overview.units else [], 2,
        lambda names, series: shares_chart(master, f"Đơn vị theo tỷ lệ tham gia ({minimum})", names, series),
        f"Biểu đồ thanh chồng: số đơn vị theo tỷ lệ tham gia. {about}.",
    )  # fmt: skip


def _quoted(text: str) -> str:
    return cell_text(text).replace('"', '""')


def _rates(master: MasterBook, overview: Overview, directory: Directory) -> Block:
    phase = phase_at(overview)
    best = top_rates(overview, phase.number, _MOST)
    lines: list[list[Value]] = [[directory.name(f.unit), f.member_authors, f.participation] for f in best]
    none = sum(1 for f in overview.units.values() if f.phase == phase.number and not f.participation)
    note = f"{phase.name}; {format_amount(none)} đơn vị chưa có đoàn viên nào có sáng kiến được tính."
    description = "Biểu đồ thanh: đơn vị có tỷ lệ tham gia cao nhất."
    if best:
        description += f" Đứng đầu là {directory.name(best[0].unit)}, {percent(best[0].participation or 0)}."
    return Block(
        "Xếp hạng đơn vị theo tỷ lệ tham gia", note,
        ("Đơn vị", "Đoàn viên có sáng kiến", "Tỷ lệ tham gia"), Shape.COUNT, lines, 4,
        lambda names, series: rates_chart(
            master, f"Tỷ lệ tham gia cao nhất, {phase.name.lower()}", names, series[1].values
        ),
        description, last_shape=Shape.SHARE,
    )  # fmt: skip


def _money(master: MasterBook, overview: Overview, directory: Directory) -> Block:
    phases = overview.programme.phases
    paid = [
        (directory.name(payer) if payer else "(không rõ cấp trên)", [amounts.get(p.number, 0) for p in phases])
        for payer, amounts in payments(overview, directory).items()
    ]
    paid.sort(key=lambda item: -sum(item[1]))
    shown, others = paid[:_MOST], paid[_MOST:]
    if others:
        rest = [sum(amounts[i] for _, amounts in others) for i in range(len(phases))]
        shown = [*shown, (f"{len(others)} đơn vị chi khác", rest)]
    step = _step(max((sum(amounts) for _, amounts in shown), default=0))
    return Block(
        "Cấp trên hỗ trợ theo đơn vị chi và giai đoạn (đồng)",
        "Đủ mọi đơn vị chi ở trang “Theo giai đoạn”. Cộng các dòng bằng tổng cấp trên hỗ trợ.",
        ("Đơn vị chi", *(phase.name for phase in phases)), Shape.AMOUNT,
        [[name, *amounts] for name, amounts in shown], max(2, _HALF - len(phases)),
        lambda names, series: stacked_chart(master, "Cấp trên hỗ trợ (đồng)", names, series, step=step),
        "Biểu đồ thanh chồng: tiền cấp trên hỗ trợ theo đơn vị chi và giai đoạn.",
    )  # fmt: skip


def _step(largest: int) -> int:
    """From one mark of an axis to the next, so that long amounts do not run into each other: a round number, of which
    at most four reach ``largest``."""
    tens: int = 10 ** max(0, len(str(largest)) - 2)
    return next(tens * factor for factor in (1, 2, 5, 10, 20, 50) if tens * factor * 4 >= largest)


def _collection(master: MasterBook, overview: Overview, directory: Directory) -> Block:
    lines: list[list[Value]] = [
        [directory.roll_up_name(superior), reported, absent]
        for superior, reported, absent in collected(overview, directory)
    ]
    there, lacking = len(overview.current), len(overview.missing())
    note = f"Đã có báo cáo của {format_amount(there)} đơn vị, còn {format_amount(lacking)} đơn vị chưa nộp."
    if len(lines) > _MOST:
        note += " Chỉ những nơi còn thiếu nhiều nhất; đủ ở trang “Theo cấp trên”."
    return Block(
        "Tình hình nộp báo cáo theo công đoàn cấp trên", note,
        ("Công đoàn cấp trên", "Đã báo cáo", "Chưa nộp"), Shape.COUNT, lines[:_MOST], 4,
        lambda names, series: stacked_chart(master, "Đơn vị đã báo cáo và chưa nộp", names, series),
        f"Biểu đồ thanh chồng: đơn vị đã báo cáo và chưa nộp theo công đoàn cấp trên. {note}",
    )  # fmt: skip


def _title_of(code: str) -> str:
    return messages.title(Finding(code, Severity.WARNING))


def _most_of_both(faults: dict[str, Faults]) -> dict[str, Faults]:
    """The most frequent rules that reject, and room for those that warn."""
    reject = [key for key, one in faults.items() if one.errors]
    warn = [key for key, one in faults.items() if not one.errors]
    kept = reject[: max(_MOST - len(warn), _MOST * 3 // 5)]
    return {key: faults[key] for key in (*kept, *warn[: _MOST - len(kept)])}


def _quality(
    master: MasterBook, heading: str, what: str, faults: dict[str, Faults], name: Callable[[str], str], note: str
) -> Block:
    shown = list(faults.items())[:_MOST]
    return Block(
        heading, note, (what, "Lỗi", "Cảnh báo"), Shape.COUNT,
        [[name(key), one.errors, one.warnings] for key, one in shown], 4,
        lambda names, series: stacked_chart(master, heading, names, series),
        f"Biểu đồ thanh chồng: số lỗi và cảnh báo. {heading}.", say="Không có lỗi hay cảnh báo nào.",
    )  # fmt: skip
