"""Every rule speaks on its bad examples and is silent on its good ones, under every programme and on every form."""

from collections.abc import Callable
from string import Formatter

import pytest

from tools.rule_trials import said_by, trial
from validation.assess import assess
from validation.fields import Form, row_fields
from validation.findings import Finding, Severity
from validation.messages import LANGUAGES, catalogue, explain, reason, title
from validation.programme import Programme
from validation.rules.examples import Case, Example
from validation.rules.registry import Rule, Scope, all_rules
from validation.submission import Outcome, RawRow, RawSubmission, Submission

Report = Callable[..., RawSubmission]

FORMS = (Form.GRASSROOTS, Form.UPPER)
OWN = "CĐ-01-07"


def row_cases(kind: str) -> list[object]:
    """Each example of each rule on rows, on every form that has its fields."""
    return [
        pytest.param(rule, example, form, id=f"{code}-{number}-{form}")
        for code, rule in all_rules().items()
        if rule.scope is Scope.ROW
        for number, example in enumerate(getattr(rule, kind))
        for form in FORMS
        if {*example.values, *example.odd} <= {f.name for f in row_fields(form)}
    ]


def other_cases(kind: str) -> list[object]:
    """Each case of each rule across rows, across reports, or on a report."""
    return [
        pytest.param(rule, case, id=f"{code}-{number}")
        for code, rule in all_rules().items()
        if rule.scope is not Scope.ROW
        for number, case in enumerate(getattr(rule, kind))
    ]


def judged(report: Report, programme: Programme, form: Form, example: Example) -> Submission:
    owner = {"unit_code": OWN} if form is Form.UPPER else {}
    return assess(report(RawRow(20, owner | example.row(programme), example.odd), form=form), programme)


def of(rule: Rule, submission: Submission) -> list[Finding]:
    return [finding for finding in submission.findings if finding.code == rule.code]


@pytest.mark.parametrize(("rule", "example", "form"), row_cases("bad"))
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


@pytest.mark.parametrize(("rule", "example", "form"), row_cases("good"))
def test_a_rule_is_silent_on_its_good_example(
    rule: Rule, example: Example, form: Form, programme: Programme, report: Report
) -> None:
    assert of(rule, judged(report, programme, form, example)) == []


@pytest.mark.parametrize(("rule", "case"), other_cases("bad"))
def test_a_rule_on_reports_speaks_on_its_bad_case(rule: Rule, case: Case, programme: Programme) -> None:
    found = said_by(rule, case, programme)
    assert found
    for finding in found:
        assert finding.severity is rule.effective_severity
        assert not rule.fields or finding.field in rule.fields


@pytest.mark.parametrize(("rule", "case"), other_cases("good"))
def test_a_rule_on_reports_is_silent_on_its_good_case(rule: Rule, case: Case, programme: Programme) -> None:
    assert said_by(rule, case, programme) == []


@pytest.mark.parametrize("form", FORMS)
def test_no_rule_finds_fault_with_the_faultless_row(form: Form, programme: Programme, report: Report) -> None:
    submission = judged(report, programme, form, Example())
    assert submission.findings == ()
    assert submission.counts().accepted == 1


def test_no_rule_finds_fault_with_the_faultless_report(programme: Programme) -> None:
    assert trial(Example(), programme) == []


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_every_rule_has_a_bad_and_a_good_example(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    kind = Example if rule.scope is Scope.ROW else Case
    assert all(isinstance(one, kind) for one in (*rule.bad, *rule.good))


def whole(rule: Rule, finding: Finding) -> None:
    """The message of a finding uses the facts that it has, leaves no hole and says the same in short."""
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


@pytest.mark.parametrize(("rule", "example", "form"), row_cases("bad"))
def test_the_message_of_a_bad_example_is_whole(
    rule: Rule, example: Example, form: Form, programme: Programme, report: Report
) -> None:
    for finding in of(rule, judged(report, programme, form, example)):
        whole(rule, finding)


@pytest.mark.parametrize(("rule", "case"), other_cases("bad"))
def test_the_message_of_a_bad_case_is_whole(rule: Rule, case: Case, programme: Programme) -> None:
    for finding in said_by(rule, case, programme):
        whole(rule, finding)
