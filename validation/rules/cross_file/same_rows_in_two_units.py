"""The same rows in the reports of two units: one file sent twice under two unit codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from validation.findings import Severity
from validation.rules.examples import Case, cover, example
from validation.rules.registry import Reported, ReportHit, Rule, Scope
from validation.submission import Outcome

_FEWEST_ROWS = 2
_SHARE = 0.8
"""Share of the smaller report that must stand in the other word for word."""
_MOST_UNITS = 20
"""A row that stands in more reports than this tells nothing about two of them."""


def check(reports: Sequence[Reported]) -> Iterator[tuple[int, ReportHit]]:
    """Both reports of each such pair; the same text of author and title is the same row."""
    places: dict[tuple[str | None, str], list[int]] = {}
    sizes: Counter[int] = Counter()
    for place, report in enumerate(reports):
        keys = {
            (row.lead_author, row.title) for row in report.rows if row.title and row.outcome is not Outcome.REJECTED
        }
        sizes[place] = len(keys)
        for key in keys:
            places.setdefault(key, []).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for found in places.values():
        if 1 < len(found) <= _MOST_UNITS:
            shared.update(combinations(found, 2))
    for (one, other), count in sorted(shared.items()):
        if count >= _FEWEST_ROWS and count >= _SHARE * min(sizes[one], sizes[other]):
            yield one, _hit(reports[other], count)
            yield other, _hit(reports[one], count)


def _hit(other: Reported, count: int) -> ReportHit:
    unit = other.cover.unit_name or other.cover.unit_code
    return ReportHit(facts={"count": count, "unit": unit, "other": other.path.rsplit("/", 1)[-1]})


_ROWS = (example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt", lead_author="Lê Văn Bình"))

RULE = Rule(
    code="same_rows_in_two_units",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    check_together=check,
    bad=(Case((cover(*_ROWS), cover(*_ROWS, unit_code="CĐ-02"))),),
    good=(
        Case((cover(*_ROWS), cover(_ROWS[0], unit_code="CĐ-02"))),
        Case((cover(*_ROWS), cover(*_ROWS, report_number=2))),
    ),
)
