"""The native charts. They refer to cells, so they stay right; dark against light, so they stay readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from addin.merge.master.book import MasterBook
from addin.merge.master.phases_sheet import ChartSource
from workbook_templates.book import FONT

Chart = Any
"""XlsxWriter's chart; it ships no type information."""

_DARK, _LIGHT, _LINE_INK = "#1F3864", "#C9D3E6", "#404040"
_GRID = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
_FONT = {"name": FONT, "size": 10}
_AXIS = {"num_font": _FONT, "line": {"color": "#7F7F7F"}}
_COUNT = "#,##0"


def _chart(master: MasterBook, kind: str, title: str, subtype: str | None = None) -> Chart:
    chart = master.book.add_chart({"type": kind, "subtype": subtype})
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 13, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
    return chart


def progress_chart(master: MasterBook, source: ChartSource) -> Chart:
    """Counted initiatives beside the target, by phase."""
    chart = _chart(master, "column", "Sáng kiến được tính so với chỉ tiêu")
    label = {"value": True, "font": {"name": FONT, "size": 10}, "num_format": _COUNT}
    for name, values, fill in (("Chỉ tiêu", source.targets, _LIGHT), ("Được tính", source.counted, _DARK)):
        chart.add_series(
            {
                "name": name,
                "categories": source.phase_names,
                "values": values,
                "fill": {"color": fill},
                "border": {"color": _DARK, "width": 0.75},
                "data_labels": label,
                "gap": 80,
                "overlap": 0,
            }
        )
    chart.set_x_axis(_AXIS)
    chart.set_y_axis({**_AXIS, "major_gridlines": _GRID, "num_format": _COUNT, "min": 0})
    return chart


def months_chart(master: MasterBook, source: ChartSource) -> Chart:
    """Registrations by month, and a line for those approved by now."""
    chart = _chart(master, "column", "Đăng ký trên cổng theo tháng")
    chart.add_series(
        {
            "name": "Đăng ký",
            "categories": source.months,
            "values": source.registered,
            "fill": {"color": _LIGHT},
            "border": {"color": _DARK, "width": 0.75},
            "gap": 40,
        }
    )
    line = master.book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "Trong đó hợp lệ",
            "categories": source.months,
            "values": source.approved,
            "line": {"color": _LINE_INK, "width": 1.75},
            "marker": {"type": "diamond", "size": 5, "fill": {"color": _LINE_INK}, "border": {"color": _LINE_INK}},
        }
    )
    chart.combine(line)
    turned = {**_FONT, "rotation": -45}
    chart.set_x_axis({**_AXIS, "num_font": turned, "num_format": "mm/yyyy", "text_axis": True})
    chart.set_y_axis({**_AXIS, "major_gridlines": _GRID, "num_format": _COUNT, "min": 0})
    return chart


def top_units_chart(master: MasterBook, names: str, counted: str) -> Chart:
    """The units with most counted initiatives, the first at the top."""
    chart = _chart(master, "bar", "Đơn vị có nhiều sáng kiến được tính nhất")
    chart.add_series(
        {
            "name": "Được tính",
            "categories": names,
            "values": counted,
            "fill": {"color": _DARK},
            "data_labels": {"value": True, "font": {"name": FONT, "size": 10}, "num_format": _COUNT},
            "gap": 50,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({**_AXIS, "reverse": True})
    # The bars carry their figures; an axis would say them twice.
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return chart


@dataclass(frozen=True, slots=True)
class Series:
    """A row of bars or a line: its name, and where its figures stand."""

    name: str
    values: str


_AT_THE_FOOT = {"label_position": "high"}
"""Of an axis that a turned list of names would put above the bars."""
_EVERY_NAME = {"interval_unit": 1}
_HATCHED = {"pattern": "wide_upward_diagonal", "fg_color": _LINE_INK, "bg_color": "#FFFFFF"}
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": _DARK}},
    {"fill": {"color": _LIGHT}},
    {"pattern": _HATCHED},
    {"fill": {"color": "#FFFFFF"}},
    {"fill": {"color": "#7F7F7F"}},
    {"pattern": {"pattern": "percent_25", "fg_color": _LINE_INK, "bg_color": "#FFFFFF"}},
)
"""Told apart by lightness and hatching, so in a grey print too."""


def _filled(number: int) -> dict[str, Any]:
    return {**_FILLS[number % len(_FILLS)], "border": {"color": _DARK, "width": 0.75}}


def forecast_chart(master: MasterBook, names: str, targets: str, counted: str, forecast: str) -> Chart:
    """Target, counted and what the pace comes to at the end, by phase."""
    chart = _chart(master, "column", "Chỉ tiêu, được tính và dự báo cuối giai đoạn")
    label = {"value": True, "font": {"name": FONT, "size": 9}, "num_format": _COUNT}
    for name, values, fill in (("Chỉ tiêu", targets, 1), ("Được tính", counted, 0), ("Dự báo", forecast, 2)):
        look = {**_filled(fill), "data_labels": label, "gap": 60, "overlap": 0}
        chart.add_series({"name": name, "categories": names, "values": values, **look})
    chart.set_x_axis(_AXIS)
    chart.set_y_axis({**_AXIS, "major_gridlines": _GRID, "num_format": _COUNT, "min": 0})
    return chart


def plan_chart(master: MasterBook, months: str, plan: str, registered: str, counted: str) -> Chart:
    """Cumulative registrations by month against the plan, a dashed line."""
    chart = _chart(master, "line", "Luỹ kế theo tháng so với kế hoạch")
    for name, values, line, marker in (
        ("Kế hoạch", plan, {"color": _LINE_INK, "width": 1.75, "dash_type": "dash"}, None),
        ("Đăng ký", registered, {"color": "#7F94B8", "width": 1.5}, "square"),
        ("Được tính", counted, {"color": _DARK, "width": 2.25}, "circle"),
    ):
        look = {"color": line["color"]}
        mark = {"type": marker, "size": 5, "fill": look, "border": look} if marker else {"type": "none"}
        chart.add_series({"name": name, "categories": months, "values": values, "line": line, "marker": mark})
    chart.show_blanks_as("gap")
    turned = {**_FONT, "rotation": -45}
    chart.set_x_axis({**_AXIS, "num_font": turned, "num_format": "mm/yyyy", "text_axis": True})
    chart.set_y_axis({**_AXIS, "major_gridlines": _GRID, "num_format": _COUNT, "min": 0})
    return chart


def shares_chart(master: MasterBook, title: str, names: str, series: Sequence[Series]) -> Chart:
    """Parts of a whole, one bar to a name; the bars carry how many."""
    chart = _stacked(master, title, names, series, kind="percent_stacked", label_format="0;;", white_on_dark=True)
    chart.set_x_axis({**_AXIS, **_AT_THE_FOOT, "major_gridlines": _GRID, "num_format": "0%"})
    return chart


def stacked_chart(
    master: MasterBook, title: str, names: str, series: Sequence[Series], *, step: int | None = None
) -> Chart:
    """Amounts on top of each other, one bar to a name, the first at the top; ``step`` from one mark to the next."""
    chart = _stacked(master, title, names, series, kind="stacked")
    chart.set_x_axis({**_AXIS, **_AT_THE_FOOT, "major_gridlines": _GRID, "num_format": _COUNT, "min": 0,
                      "major_unit": step})  # fmt: skip
    return chart


def _stacked(
    master: MasterBook,
    title: str,
    names: str,
    series: Sequence[Series],
    *,
    kind: str,
    label_format: str | None = None,
    white_on_dark: bool = False,
) -> Chart:
    chart = _chart(master, "bar", title, kind)
    for number, one in enumerate(series):
        look: dict[str, Any] = {**_filled(number), "gap": 50}
        if label_format:
            ink = "#FFFFFF" if white_on_dark and number == 0 else "#000000"
            font = {"name": FONT, "size": 10, "bold": True, "color": ink}
            look["data_labels"] = {"value": True, "font": font, "num_format": label_format}
        chart.add_series({"name": one.name, "categories": names, "values": one.values, **look})
    chart.set_y_axis({**_AXIS, **_EVERY_NAME, "reverse": True})
    return chart


def rates_chart(master: MasterBook, title: str, names: str, rates: str) -> Chart:
    """Rates of units, the highest at the top."""
    chart = _chart(master, "bar", title)
    label = {"value": True, "font": {"name": FONT, "size": 10}, "num_format": "0.0%"}
    chart.add_series({"name": "Tỷ lệ tham gia", "categories": names, "values": rates, **_filled(0),
                      "data_labels": label, "gap": 50})  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis({**_AXIS, **_EVERY_NAME, "reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return chart
