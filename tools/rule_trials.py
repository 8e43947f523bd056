"""Runs the examples of rules as the product would: for the tests, and for the guide pages that show what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from addin.campaign.ledger import StoredSubmission
from addin.merge.across import with_findings_across
from addin.merge.near_search import NearTitles, searching_near_titles
from addin.merge.overview import SourcedRow
from addin.merge.standing import settle
from validation.assess import assess
from validation.fields import Form, row_fields
from validation.findings import Finding
from validation.programme import Programme
from validation.rules.examples import Case, Example, Paper
from validation.rules.registry import Rule, all_rules
from validation.submission import Submission
from validation.units import UnitTree


def as_case(example: Example | Case) -> Case:
    """A single row stands in a report of its own, on the first form that has its columns."""
    if isinstance(example, Case):
        return example
    names = {*example.values, *example.odd}
    form = next(form for form in Form if names <= {field.name for field in row_fields(form)})
    return Case((Paper((example,), form=form),))


def said_by(rule: Rule, example: Example | Case, programme: Programme) -> list[Finding]:
    """What one rule says of an example."""
    return [finding for finding in trial(example, programme) if finding.code == rule.code]


def trial(example: Example | Case, programme: Programme) -> list[Finding]:
    """Everything that is said of the reports of an example: of each, beside the others, and of near titles."""
    case = as_case(example)
    tree = UnitTree(case.units) if case.units is not None else None
    judged = [assess(paper.raw(programme), programme, tree) for paper in case.papers]
    said = [finding for submission in judged for finding in submission.findings]
    said.extend(finding for finding in _together(judged, tree or UnitTree(()), programme) if finding not in said)
    return said


def _together(judged: Sequence[Submission], tree: UnitTree, programme: Programme) -> Iterator[Finding]:
    arrived = datetime.combine(programme.phases[-1].report_deadline + timedelta(days=30), time(8))
    stored = [
        StoredSubmission(number, f"{number:064x}", f"nhan/bao-cao-{number}.xlsx", arrived, "", "", submission)
        for number, submission in enumerate(judged, 1)
    ]
    standing = settle(stored, tree, programme)
    reports = with_findings_across(standing.reports)
    for report in (*reports, *standing.consolidations):
        yield from report.findings
    rows = [SourcedRow(report, row) for report in reports if report.current for row in report.rows if row.accepted]
    with searching_near_titles(rows) as search:
        yield from map(_of_near_titles, search())


def _of_near_titles(pair: NearTitles) -> Finding:
    rule = all_rules()["near_duplicate_title"]
    report, row, other = pair.second.report, pair.second.row, pair.first.row
    facts = {
        "score": pair.score,
        "other_title": other.title,
        "other_unit": other.unit_code,
        "other_row": other.number,
    }
    cell = f"{report.columns['title']}{row.number}"
    return Finding(rule.code, rule.effective_severity, report.sheet, row.number, cell, "title", row.title, facts)
