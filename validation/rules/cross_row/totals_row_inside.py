"""A totals row between the initiatives: it is passed over, and shows that lists were joined."""

from __future__ import annotations

from collections.abc import Iterator

from validation.fields import ROW_FIELD
from validation.findings import Severity
from validation.rules.examples import bare, example, rows
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope
from validation.submission import RawRow
from validation.text.rows import is_total_marker, row_spans


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """One hit for the report: totals rows below which more initiatives stand."""
    last = max((row.number for row in report.rows), default=0)
    inside = [raw.number for raw in report.blank if raw.number < last and _is_totals_row(raw)]
    if inside:
        yield ReportHit(facts={"count": len(inside), "rows": row_spans(inside)})


def _is_totals_row(raw: RawRow) -> bool:
    texts = ((name, value) for name, value in raw.values.items() if isinstance(value, str) and is_total_marker(value))
    return any(value != ROW_FIELD[name].header for name, value in texts)  # no header typed again: "Tổng hỗ trợ (đồng)"


_NEXT = example(registration_code="SK-2022-0418", title="Cải tiến máy cắt")

RULE = Rule(
    code="totals_row_inside",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.CROSS_ROW,
    check_report=check,
    bad=(
        rows(example(), bare(lead_author="Cộng"), _NEXT),
        rows(example(), bare(title="Tổng cộng", base_support=200_000), _NEXT),
    ),
    good=(rows(example(), _NEXT, bare(lead_author="Tổng cộng", base_support=400_000)), rows(example(), _NEXT)),
)
