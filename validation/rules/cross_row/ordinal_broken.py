"""Ordinals that do not count up: typed over, they may show that two lists were joined or that rows are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validation.fields import Form
from validation.findings import Severity
from validation.rules.examples import example, rows
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope
from validation.submission import RawRow


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """One hit for the whole list, at the first row whose number does not follow; stale formulas show 0 or nothing."""
    if report.raw.form is not Form.GRASSROOTS:
        return
    breaks = list(_breaks(report.raw.rows))
    if breaks:
        row, before, value = breaks[0]
        yield ReportHit(row, "ordinal", {"before": before, "after": value, "count": len(breaks)})


def _breaks(rows: Sequence[RawRow]) -> Iterator[tuple[int, int, int]]:
    """Row, ordinal before, ordinal here. The form's own formula counts a totals row too, also where its ordinal is
    typed over."""
    before, filled = 0, 0
    for row in rows:
        filled += bool(row.values)
        value = row.values.get("ordinal")
        if isinstance(value, int) and value > 0:
            if before and value not in (before + 1, before + filled):
                yield row.number, before, value
            before, filled = value, 0


RULE = Rule(
    code="ordinal_broken",
    severity=Severity.WARNING,
    fields=("ordinal",),
    since="0.1.0",
    scope=Scope.CROSS_ROW,
    check_report=check,
    beta=True,
    bad=(
        rows(
            example(ordinal=1),
            example(ordinal=2, registration_code="SK-2022-0418", title="Cải tiến máy cắt"),
            example(ordinal=1, registration_code="SK-2022-0419", title="Cải tiến lò sấy gỗ"),
        ),
        rows(example(ordinal=3), example(ordinal=7, registration_code="SK-2022-0418", title="Cải tiến máy cắt")),
    ),
    good=(
        rows(example(ordinal=1), example(ordinal=2, registration_code="SK-2022-0418", title="Cải tiến máy cắt")),
        rows(example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt")),
    ),
)
