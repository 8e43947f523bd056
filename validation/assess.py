"""Judging one report: raw submission → submission with outcomes, money and findings. Pure; never raises but Refusal.

Duplicates inside the report are settled here; those across reports in ``validation.reconcile``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from validation.blank_rows import BlankRows
from validation.cover import judge_cover
from validation.draft import Draft, Note
from validation.fields import Form, typed_row_fields
from validation.findings import Finding, Severity
from validation.money import support_of
from validation.normalise import Cleaner, as_shown
from validation.programme import Programme
from validation.reconcile import settle_within_report
from validation.rules.registry import Context, Hit, Rule, all_rules, row_checks
from validation.submission import Cover, Outcome, RawRow, RawSubmission, Row, Submission
from validation.units import UnitTree


@lru_cache(maxsize=16)
def _cleaners(form: Form, programme_id: str, programme: Programme) -> tuple[tuple[str, Cleaner], ...]:  # noqa: ARG001
    return tuple((field.name, Cleaner(field, programme)) for field in typed_row_fields(form))


def assess(raw: RawSubmission, programme: Programme, tree: UnitTree | None = None) -> Submission:
    """Judge a report by the programme's rules; with ``tree``, the cover also against the list of units.

    Raises Refusal where the cover lacks what identifies the report (``cover_incomplete``).
    """
    cover, cover_findings = judge_cover(raw, programme, tree)
    judge = _RowJudge(raw, programme, cover)
    blank = BlankRows(raw.form)
    rows: list[Row] = []
    findings: list[Finding] = []
    blank_rows = 0
    for raw_row in raw.rows:
        if blank.holds(raw_row):
            blank_rows += 1
            continue
        row, row_findings = judge(raw_row)
        rows.append(row)
        findings.extend(row_findings)
    settled, duplicate_findings = settle_within_report(rows, raw)
    findings.extend(duplicate_findings)
    findings.sort(key=lambda finding: finding.row or 0)
    return Submission(
        form=raw.form,
        template_version=raw.template_version,
        programme_id=raw.programme_id,
        cover=cover,
        sheet=raw.sheet,
        columns=dict(raw.columns),
        rows=settled,
        blank_rows=blank_rows,
        findings=(*cover_findings, *findings),
    )


class _RowJudge:
    """Judges the rows of one report."""

    def __init__(self, raw: RawSubmission, programme: Programme, cover: Cover) -> None:
        self._raw = raw
        self._programme = programme
        self._cover = cover
        self._context = Context(programme, cover.report_date)
        present = raw.columns
        self._cleaners = [(n, c) for n, c in _cleaners(raw.form, programme.id, programme) if n in present]
        # A column that the form lacks (unit_code of a grassroots report, a removed optional one) is not "blank".
        self._columns = frozenset(present)
        self._rules = all_rules()
        self._checks = row_checks()

    def __call__(self, raw_row: RawRow) -> tuple[Row, list[Finding]]:
        draft = self._draft(raw_row)
        findings = [self._noted(draft, note) for note in draft.notes] if draft.notes else []
        for rule, check in self._checks:
            findings.extend(self._finding(draft, rule, hit) for hit in check(draft, self._context) if self._has(hit))
        rejected = any(finding.severity is Severity.ERROR for finding in findings)
        return self._row(draft, rejected=rejected), findings

    def _has(self, hit: Hit) -> bool:
        return hit.field is None or hit.field in self._columns

    def _draft(self, raw_row: RawRow) -> Draft:
        draft = Draft(raw_row)
        values, odd = raw_row.values, raw_row.odd
        for name, cleaner in self._cleaners:
            value = values.get(name)
            if value is None and (not odd or name not in odd):
                continue
            cleaned = cleaner(value, odd.get(name) if odd else None)
            if cleaned.value is not None:
                setattr(draft, name, cleaned.value)
            if cleaned.notes:
                before = as_shown(value)
                draft.notes.extend(Note(name, n.code, before, n.after, dict(n.facts)) for n in cleaned.notes)
                if cleaned.unreadable:
                    draft.unreadable.add(name)
        return draft

    def _noted(self, draft: Draft, note: Note) -> Finding:
        return self._finding(draft, self._rules[note.code], Hit(note.field, note.facts, note.after))

    def _finding(self, draft: Draft, rule: Rule, hit: Hit) -> Finding:
        number = draft.raw.number
        return Finding(
            code=rule.code,
            severity=rule.effective_severity,
            sheet=self._raw.sheet,
            row=number,
            cell=self._raw.address(hit.field, number) if hit.field else None,
            field=hit.field,
            value=as_shown(draft.raw.values.get(hit.field)) if hit.field else None,
            facts=hit.facts,
            fix=hit.fix,
        )

    def _row(self, draft: Draft, *, rejected: bool) -> Row:
        values: dict[str, Any] = {name: draft.value(name) for name in _ROW_VALUES}
        row = Row(
            number=draft.raw.number,
            unit_code=draft.value("unit_code") or self._cover.unit_code,
            outcome=Outcome.REJECTED if rejected else Outcome.ACCEPTED,
            hidden=draft.raw.hidden,
            co_authors=draft.co_authors or (),
            **values,
        )
        return row if rejected else with_support(row, self._programme)


def with_support(row: Row, programme: Programme) -> Row:
    """The accepted row with its phase and its money."""
    support = support_of(
        programme,
        registration_code=row.registration_code,
        registered_on=row.registered_on,
        approved_on=row.approved_on,
        status=row.status,
        ip_protected=row.ip_protected,
        is_member=row.is_member,
        authors=1 + len(row.co_authors),
        base_support=row.base_support,
    )
    return replace(
        row, phase=support.phase, upper_support=support.upper, base_counted=support.base, counted=support.counted
    )


def _row_values() -> Iterator[str]:
    apart = {"unit_code", "co_authors"}
    return (f.name for f in typed_row_fields(Form.CITY) if f.name not in apart)


_ROW_VALUES = tuple(_row_values())
