"""The native charts. They refer to cells, so they stay right; dark against light, so they stay readable in grey."""

from __future__ import annotations

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


def _chart(master: MasterBook, kind: str, title: str) -> Chart:
    chart = master.book.add_chart({"type": kind})
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
