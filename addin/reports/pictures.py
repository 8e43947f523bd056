"""The two charts of the progress report as PNG. Dark against light, so that they stay readable in a grey copy."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from addin.merge.pace import Pace, PlanMonth
from validation.text.amounts import format_amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DARK, _LIGHT, _GREY = "#1F3864", "#C9D3E6", "#595959"
_INCHES = (6.3, 2.9)
_DOTS_PER_INCH = 200
_MONTHS_LABELLED = 12


def targets_picture(paces: Sequence[Pace]) -> bytes:
    """Counted initiatives beside the target, by phase."""
    figure, axes = _new()
    places = range(len(paces))
    width = 0.36
    for shift, name, values, fill in (
        (-width / 2, "Chỉ tiêu", [pace.target for pace in paces], _LIGHT),
        (width / 2, "Được tính", [pace.counted for pace in paces], _DARK),
    ):
        bars = axes.bar([place + shift for place in places], values, width, label=name, color=fill, edgecolor=_DARK)
        axes.bar_label(bars, labels=[format_amount(value) for value in values], fontsize=8, padding=2)
    axes.set_xticks(list(places), [pace.name for pace in paces])
    axes.margins(y=0.15)
    return _finished(figure, axes)


def plan_picture(months: Sequence[PlanMonth]) -> bytes:
    """Cumulative registrations against the plan, by month."""
    figure, axes = _new()
    places = list(range(len(months)))
    known = [number for number, month in enumerate(months) if month.counted is not None]
    axes.plot(places, [month.plan for month in months], color=_GREY, linestyle="--", linewidth=1.5, label="Kế hoạch")
    for name, values, style in (
        ("Đăng ký", [months[number].registered or 0 for number in known], {"marker": "s", "color": "#7F94B8"}),
        ("Được tính", [months[number].counted or 0 for number in known], {"marker": "o", "color": _DARK}),
    ):
        axes.plot(known, values, linewidth=1.75, markersize=3.5, label=name, **style)  # type: ignore[arg-type]
    step = max(1, -(-len(months) // _MONTHS_LABELLED))
    axes.set_xticks(places[::step], [f"{month.first:%m/%Y}" for month in months[::step]])
    axes.tick_params(axis="x", rotation=45)
    axes.set_ylim(bottom=0)
    return _finished(figure, axes)


def _new() -> tuple[Figure, Axes]:
    # Here, not at the top: it takes half a second. Without pyplot there is no window and nothing is kept.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_INCHES, dpi=_DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _finished(figure: Figure, axes: Axes) -> bytes:
    def dotted(value: float, _place: Any) -> str:
        return format_amount(round(value)) if value == round(value) else ""

    axes.yaxis.set_major_formatter(dotted)
    axes.tick_params(labelsize=8)
    axes.grid(axis="y", color="#D9D9D9", linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=8, frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.14))
    out = io.BytesIO()
    # DejaVu Sans comes with matplotlib and has every Vietnamese letter; no date inside, so that bytes repeat.
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
