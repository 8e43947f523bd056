"""Pace and forecast, and cumulative figures against the plan: the first block of “Biểu đồ” and its table of months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from addin.merge.master.body import BodySheet
from addin.merge.master.book import MasterBook
from addin.merge.master.cell_text import cell_text
from addin.merge.master.charts import Chart, forecast_chart, plan_chart
from addin.merge.master.grid import write_head, write_heading, write_line
from addin.merge.master.values import Formula, Shape, Value
from addin.merge.pace import Pace, against_plan, in_words, paces
from validation.text.amounts import format_amount
from workbook_templates.book import cell_address
from workbook_templates.names import absolute

Place = Callable[[BodySheet, int, int, Any, str], int]
PlacePlan = Callable[[Chart, str], None]

_HEADERS = (
    "Giai đoạn", "Chỉ tiêu", "Được tính", "Còn thiếu", "Nhận đăng ký từ", "Đến hết ngày", "Số ngày đã qua",
    "Số ngày còn lại", "Cần mỗi tuần", "Bình quân mỗi tuần", "Dự báo cuối giai đoạn", "Dự báo so với chỉ tiêu",
)  # fmt: skip
_SHAPES = (
    Shape.TEXT, Shape.COUNT, Shape.COUNT, Shape.COUNT, Shape.DAY, Shape.DAY, Shape.COUNT, Shape.COUNT, Shape.COUNT,
    Shape.COUNT, Shape.COUNT, Shape.SHARE,
)  # fmt: skip
_TARGET, _COUNTED, _LACKING, _FIRST, _LAST, _GONE, _LEFT = range(1, 8)
_FORECAST = 10
_HALF = 6


def write_pace(master: MasterBook, sheet: BodySheet, name: str, row: int, place: Place) -> tuple[int, PlacePlan]:
    """The table, the same in words, and the chart. Returns the next free row, and what puts the chart of the plan
    beside it once its months are written."""
    write_heading(master, sheet, row, "Nhịp độ và dự báo")
    label = master.styles.format(font_size=11, align="right", valign="vcenter")
    sheet.merge_range(row, 9, row, 10, "Số liệu đến ngày", label)
    master.write(sheet, row, 11, master.overview.made_at.date(), Shape.DAY, bold=True)
    day = cell_address(row, 11, fixed=True)
    head, first = row + 1, row + 2
    write_head(master, sheet, head, _HEADERS, height=34)
    every = paces(master.overview)
    for line, pace in enumerate(every, first):
        write_line(master, sheet, line, _SHAPES, _line(line, pace, day, live=bool(master.overview.units)), font_size=11)
    last = first + len(every) - 1
    said = master.styles.format(font_size=11, valign="vcenter")
    for line, pace in enumerate(every, last + 1):
        sheet.write_string(line, 0, cell_text(in_words(pace)), said)
    top = last + len(every) + 1
    names, targets, counted, forecast = (
        f"={absolute(name, first, column, last, column)}" for column in (0, _TARGET, _COUNTED, _FORECAST)
    )
    about = "; ".join(f"{p.name}: {format_amount(p.counted)} trên {format_amount(p.target)}" for p in every)
    end = place(
        sheet, top, 0, forecast_chart(master, names, targets, counted, forecast),
        f"Biểu đồ cột: chỉ tiêu, sáng kiến được tính và dự báo cuối giai đoạn. {about}.",
    )  # fmt: skip

    def place_plan(chart: Chart, description: str) -> None:
        place(sheet, top, _HALF, chart, description)

    return end + 2, place_plan


def _line(row: int, pace: Pace, day: str, *, live: bool) -> list[Value]:
    """``live``: the sheet “Theo đơn vị” has a table to add up."""

    def cell(column: int) -> str:
        return cell_address(row, column)

    counted: Value = pace.counted
    if live:
        counted = Formula(f"=SUMIFS(TheoDonVi[Được tính],TheoDonVi[Giai đoạn],{cell(0)})", pace.counted)
    target, so_far, gone, left = cell(_TARGET), cell(_COUNTED), cell(_GONE), cell(_LEFT)
    forecast = pace.forecast
    ahead = forecast / pace.target if forecast is not None and pace.target else ""
    needed, per_week = pace.needed_per_week, pace.per_week
    return [
        pace.name,
        pace.target,
        counted,
        Formula(f"=MAX(0,{target}-{so_far})", pace.lacking),
        pace.first,
        pace.last,
        Formula(f"=MAX(0,MIN({day},{cell(_LAST)})-{cell(_FIRST)}+1)", pace.days_gone),
        Formula(f"=MAX(0,{cell(_LAST)}-MAX({day},{cell(_FIRST)}-1))", pace.days_left),
        Formula(f'=IF({left}>0,{cell(_LACKING)}*7/{left},"")', "" if needed is None else needed),
        Formula(f'=IF({gone}>0,{so_far}*7/{gone},"")', "" if per_week is None else per_week),
        Formula(f'=IF({gone}>0,{so_far}+INT({so_far}*{left}/{gone}),"")', "" if forecast is None else forecast),
        Formula(f'=IF(AND({gone}>0,{target}>0),{cell(_FORECAST)}/{target},"")', ahead),
    ]


def write_months(master: MasterBook, sheet: BodySheet, name: str, row: int, place_plan: PlacePlan) -> int:
    """The figures behind the chart of the plan. Returns the last row."""
    write_heading(master, sheet, row, "Số liệu luỹ kế theo tháng")
    head, first = row + 1, row + 2
    write_head(master, sheet, head, ["Hết tháng", "Kế hoạch", "Đăng ký", "Được tính"])
    every = against_plan(master.overview)
    shapes = (Shape.MONTH, Shape.COUNT, Shape.COUNT, Shape.COUNT)
    for line, month in enumerate(every, first):
        write_line(master, sheet, line, shapes, [month.first, month.plan, month.registered, month.counted])
    last = first + len(every) - 1
    months, plan, registered, counted = (f"={absolute(name, first, column, last, column)}" for column in range(4))
    now = next((month for month in reversed(every) if month.counted is not None), every[0])
    place_plan(
        plan_chart(master, months, plan, registered, counted),
        f"Biểu đồ đường: luỹ kế đăng ký và được tính theo tháng so với đường kế hoạch. Đến hết {now.first:%m/%Y} "
        f"được tính {format_amount(now.counted or 0)}, kế hoạch {format_amount(now.plan)}.",
    )
    return last
