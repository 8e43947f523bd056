"""Judging one report: raw submission → submission with outcomes, money and findings. Pure; never raises but Refusal.

Duplicates inside the report are settled here; those across reports in ``validation.reconcile``.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import lru_cache
from typing import Any

from validation.across_rows import findings_across_rows
from validation.blank_rows import BlankRows
from validation.consolidation import judge_units
from validation.cover import judge_cover
from validation.draft import Draft
from validation.fields import Form, typed_row_fields
from validation.findings import NO_FACTS, Finding, Severity
from validation.money import Support, count_authors, support_of
from validation.normalise import Cleaner, as_shown
from validation.programme import Programme
from validation.reconcile import settle_within_report
from validation.rules.registry import Basis, Context, JudgedReport, Rule, all_rules, row_checks
from validation.submission import Cover, Outcome, RawRow, RawSubmission, Row, Submission, UnitLine
from validation.units import UnitTree
from validation.usual import UsualRow, UsualValues, has_plain_texts, usual_values

_NOTHING: Set[str] = frozenset()
_NO_MONEY = Support(None, 0, 0, counted=False)
_TYPED_COLUMNS = Row._fields[Row._fields.index("registration_code") : Row._fields.index("phase")]


@lru_cache(maxsize=16)
def _cleaners(form: Form, programme: Programme) -> tuple[Cleaner, ...]:
    return tuple(Cleaner(field, programme) for field in typed_row_fields(form))


@lru_cache(maxsize=16)
def _usual_values(form: Form, programme: Programme) -> Mapping[str, UsualValues]:
    return usual_values(_cleaners(form, programme), programme)


@lru_cache(maxsize=64)
def _readers(form: Form, programme: Programme, columns: frozenset[str]) -> tuple[tuple[Cleaner, ...], UsualRow]:
    """What reads the rows of a list with these columns."""
    cleaners = tuple(cleaner for cleaner in _cleaners(form, programme) if cleaner.field.name in columns)
    return cleaners, UsualRow([cleaner.field for cleaner in cleaners], _usual_values(form, programme))


def assess(raw: RawSubmission, programme: Programme, tree: UnitTree | None = None) -> Submission:
    """Judge a report by the programme's rules; with ``tree``, the cover also against the list of units.

    Raises Refusal where the cover lacks what identifies the report (``cover_incomplete``), or names no unit of the
    tree (``unknown_unit``), or where a consolidation's table of units has holes (``units_incomplete``).
    """
    cover, cover_findings = judge_cover(raw, programme, tree)
    judge = _RowJudge(raw, programme, cover)
    blank = BlankRows(raw.form)
    rows: list[Row] = []
    findings: list[Finding] = []
    blanks: list[RawRow] = []
    for raw_row in raw.rows:
        if blank.holds(raw_row):
            blanks.append(raw_row)
        else:
            rows.append(judge(raw_row, findings))
    units: tuple[UnitLine, ...] = ()
    if raw.form is not Form.GRASSROOTS:
        units, rows, unit_findings = judge_units(raw, cover, rows, programme, tree)
        findings.extend(unit_findings)
    settled, duplicate_findings = settle_within_report(rows, raw)
    findings.extend(duplicate_findings)
    findings.extend(findings_across_rows(JudgedReport(programme, raw, cover, settled, blanks)))
    findings.sort(key=lambda finding: finding.row or 0)
    return Submission(
        form=raw.form,
        template_version=raw.template_version,
        programme_id=raw.programme_id,
        cover=cover,
        sheet=raw.sheet,
        columns=dict(raw.columns),
        rows=settled,
        blank_rows=len(blanks),
        findings=(*cover_findings, *findings),
        units=units,
    )


class _RowJudge:
    """Judges the rows of one report."""

    def __init__(self, raw: RawSubmission, programme: Programme, cover: Cover) -> None:
        self._raw = raw
        self._programme = programme
        self._unit_code = cover.unit_code
        self._context = Context(programme, cover.report_date)
        # A column that the form lacks (unit_code of a grassroots report, a removed optional one) is not "blank".
        self._columns = frozenset(raw.columns)
        self._given = {} if "unit_code" in self._columns else {"unit_code": cover.unit_code}
        self._cleaners, self._usual = _readers(raw.form, programme, self._columns)
        self._rules = all_rules()
        self._pays_authors = programme.readings.support_per == "author"

    def __call__(self, raw_row: RawRow, findings: list[Finding]) -> Row:
        """The row as judged; what is to be said of it goes to the end of ``findings``."""
        already = len(findings)
        unreadable: Set[str] = _NOTHING
        checks = row_checks(Basis.ROW)
        typed = None if raw_row.odd else self._usual.read(raw_row.values)
        if typed is None:
            typed, unreadable = self._read(raw_row, findings)
            checks = row_checks(Basis.ROW, Basis.VALUE) if has_plain_texts(raw_row) else row_checks()
        typed.update(self._given)
        draft = Draft(raw_row, typed, unreadable)
        for rule, check in checks:
            for field, facts, fix in check(draft, self._context):
                if field is None or field in self._columns:
                    findings.append(self._finding(raw_row, rule, field, facts, fix))
        said = findings[already:]
        if said and any(finding.severity is Severity.ERROR for finding in said):
            return self._row(raw_row, Outcome.REJECTED, typed, _NO_MONEY)
        return self._row(raw_row, Outcome.ACCEPTED, typed, self._support(draft))

    def _row(self, raw_row: RawRow, outcome: Outcome, typed: dict[str, Any], money: Support) -> Row:
        unit_code = typed.get("unit_code", self._unit_code)
        typed.setdefault("co_authors", ())
        cells = map(typed.get, _TYPED_COLUMNS)
        return Row._make((raw_row.number, unit_code, outcome, raw_row.hidden, *cells, *money))

    def _read(self, raw_row: RawRow, findings: list[Finding]) -> tuple[dict[str, Any], Set[str]]:
        """The row's typed values, those that have one, and what is unreadable; notes on its cells become findings."""
        values, odd = raw_row.values, raw_row.odd
        typed: dict[str, Any] = {}
        unreadable: set[str] = set()
        for clean in self._cleaners:
            name = clean.field.name
            value = values.get(name)
            oddity = odd.get(name) if odd else None
            if value is None and oddity is None:
                continue
            cleaned = clean(value, oddity)
            if cleaned.value is not None:
                typed[name] = cleaned.value
            if cleaned.notes:
                for note in cleaned.notes:
                    rule = self._rules[note.code]
                    findings.append(self._finding(raw_row, rule, name, dict(note.facts) or NO_FACTS, note.after))
                if cleaned.unreadable:
                    unreadable.add(name)
        return typed, unreadable

    def _support(self, draft: Draft) -> Support:
        return support_of(
            self._programme,
            registration_code=draft.registration_code,
            registered_on=draft.registered_on,
            approved_on=draft.approved_on,
            status=draft.status,
            ip_protected=draft.ip_protected,
            is_member=draft.is_member,
            authors=count_authors(draft.lead_author, draft.co_authors or ()) if self._pays_authors else 1,
            base_support=draft.base_support,
        )

    def _finding(
        self, row: RawRow, rule: Rule, field: str | None, facts: Mapping[str, object], fix: str | None
    ) -> Finding:
        return Finding(
            code=rule.code,
            severity=rule.effective_severity,
            sheet=self._raw.sheet,
            row=row.number,
            cell=self._raw.address(field, row.number) if field else None,
            field=field,
            value=as_shown(row.values.get(field)) if field else None,
            facts=facts,
            fix=fix,
        )
