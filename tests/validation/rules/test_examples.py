"""Every rule speaks on its bad examples and is silent on its good ones, under every programme and on every form."""

from collections.abc import Callable
from string import Formatter

import pytest

from validation.assess import assess
from validation.fields import Form, row_fields
from validation.findings import Finding, Severity
from validation.messages import LANGUAGES, catalogue, explain, reason, title
from validation.programme import Programme
from validation.rules.examples import Example
from validation.rules.registry import Rule, Scope, all_rules
from validation.submission import Outcome, RawRow, RawSubmission, Submission

Report = Callable[..., RawSubmission]

FORMS = (Form.GRASSROOTS, Form.UPPER)


def cases(kind: str) -> list[object]:
    """Each example of each rule on rows, on every form that has its fields."""
    return [
        pytest.param(rule, example, form, id=f"{code}-{number}-{form}")
        for code, rule in all_rules().items()
        if rule.scope is Scope.ROW
        for number, example in enumerate(getattr(rule, kind))
        for form in FORMS
        if {*example.values, *example.odd} <= {f.name for f in row_fields(form)}
    ]


def judged(report: Report, programme: Programme, form: Form, *examples: Example) -> Submission:
    owner = {"unit_code": "CĐ-01-07"} if form is Form.UPPER else {}
    rows = [RawRow(20 + i, owner | one.row(programme), one.odd) for i, one in enumerate(examples)]
    return assess(report(*rows, form=form), programme)


def of(rule: Rule, submission: Submission) -> list[Finding]:
    return [finding for finding in submission.findings if finding.code == rule.code]


@pytest.mark.parametrize(("rule", "example", "form"), cases("bad"))
def test_a_rule_speaks_on_its_bad_example(
    rule: Rule, example: Example, form: Form, programme: Programme, report: Report
) -> None:
    submission = judged(report, programme, form, example)
    found = of(rule, submission)
    assert found
    for finding in found:
        assert finding.severity is rule.effective_severity
        assert finding.row == 20
        assert finding.field is None or finding.cell == f"{submission.columns[finding.field]}20"
        assert not rule.fields or finding.field in rule.fields
    if rule.effective_severity is Severity.ERROR:
        assert submission.rows[0].outcome is Outcome.REJECTED


@pytest.mark.parametrize(("rule", "example", "form"), cases("good"))
def test_a_rule_is_silent_on_its_good_example(
    rule: Rule, example: Example, form: Form, programme: Programme, report: Report
) -> None:
    assert of(rule, judged(report, programme, form, example)) == []


@pytest.mark.parametrize("form", FORMS)
def test_no_rule_finds_fault_with_the_faultless_row(form: Form, programme: Programme, report: Report) -> None:
    submission = judged(report, programme, form, Example())
    assert submission.findings == ()
    assert submission.counts().accepted == 1


@pytest.mark.parametrize("rule", [r for r in all_rules().values() if r.scope is Scope.CROSS_ROW], ids=lambda r: r.code)
def test_a_rule_across_rows_speaks_on_the_report_of_its_bad_examples_only(
    rule: Rule, programme: Programme, report: Report
) -> None:
    assert of(rule, judged(report, programme, Form.GRASSROOTS, *rule.bad))
    assert not of(rule, judged(report, programme, Form.GRASSROOTS, *rule.good))


def test_every_rule_on_rows_has_a_bad_and_a_good_example() -> None:
    for rule in all_rules().values():
        if rule.scope in {Scope.ROW, Scope.CROSS_ROW}:
            assert rule.bad, rule.code
            assert rule.good, rule.code


@pytest.mark.parametrize(("rule", "example", "form"), cases("bad"))
def test_the_message_of_a_bad_example_is_whole(
    rule: Rule, example: Example, form: Form, programme: Programme, report: Report
) -> None:
    for finding in of(rule, judged(report, programme, form, example)):
        known = {*finding.facts, "header", "value", "fix", "cell", "marked", "near"}
        for language in LANGUAGES:
            entry = catalogue(language)["rule"][rule.code]
            used = {name for part in ("what", "why", "do") for _, name, _, _ in Formatter().parse(entry[part]) if name}
            assert used <= known
            assert "fix" not in used or finding.fix
            message = explain(finding, language)
            assert "…" not in message
            assert "None" not in message
            assert not any(mark in message for mark in "{}")
            assert title(finding, language)
            assert reason(finding, language) in message or finding.field
