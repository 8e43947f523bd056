"""Which rules have a safe repair, and which only a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from validation.fields import COVER_FIELD, ROW_FIELD, Field
from validation.findings import Finding
from validation.fixes.contents import (
    ToContent,
    as_day,
    as_number,
    as_result_of_plain_arithmetic,
    as_text,
    of_its_kind,
)
from validation.fixes.proposal import Content, Proposal


@dataclass(frozen=True, slots=True)
class Fix:
    """The repair of one rule's findings. ``automatic``: carried out by ``check --fix``; otherwise only offered."""

    code: str
    content: ToContent
    automatic: bool = True


FIXES: Mapping[str, Fix] = {
    fix.code: fix
    for fix in (
        Fix("amount_as_text", as_number),
        Fix("choice_untidy", as_text),
        Fix("count_as_text", as_number),
        Fix("cover_untidy", of_its_kind),
        Fix("date_as_number", as_day),
        Fix("date_as_text", as_day),
        Fix("formula_in_typed_cell", as_result_of_plain_arithmetic),
        Fix("invisible_characters", as_text),
        Fix("legacy_font", as_text),
        Fix("not_nfc", as_text),
        Fix("people_separator", as_text),
        Fix("stray_spaces", as_text),
        Fix("unit_code_untidy", as_text),
        # The content itself would change, or there are two readings: the clerk decides.
        Fix("look_alike_letters", as_text, automatic=False),
        Fix("name_in_one_case", as_text, automatic=False),
        Fix("phone_lost_zero", as_text, automatic=False),
        Fix("superior_differs", as_text, automatic=False),
        Fix("unknown_choice", as_text, automatic=False),
    )
}
"""Every rule with a repair, by code."""

_HANDS_OFF = frozenset({"error_value", "formula_for_money", "formula_without_value"})
"""Findings on a cell whose formula is not understood: nothing is written there."""


def propose(findings: Iterable[Finding]) -> list[Proposal]:
    """One proposal per cell that has any, in the order of the findings.

    Of several findings on a cell the last decides what is written: each works on what those before it made of the
    cell. A question on a cell (a near value of the list) does not keep its safe repair back, and is proposed apart.
    """
    by_cell: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.sheet is not None and finding.cell is not None and finding.field is not None:
            by_cell.setdefault((finding.sheet, finding.cell, finding.field), []).append(finding)
    return [proposal for found in by_cell.values() for proposal in _of_cell(found)]


def repairable(code: str) -> bool:
    """Whether a rule's findings can be repaired without asking."""
    fix = FIXES.get(code)
    return fix is not None and fix.automatic


def _of_cell(findings: list[Finding]) -> Iterator[Proposal]:
    contents = [_content(finding) for finding in findings]
    for finding, content in zip(findings, contents, strict=True):
        if finding.code in _HANDS_OFF or (finding.code == "formula_in_typed_cell" and content is None):
            return
    for automatic in (True, False):
        made = [
            (finding, content)
            for finding, content in zip(findings, contents, strict=True)
            if content is not None and FIXES[finding.code].automatic is automatic
        ]
        if made:
            yield _proposal([finding for finding, _ in made], made[-1][1], automatic)


def _content(finding: Finding) -> Content | None:
    fix = FIXES.get(finding.code)
    field: Field | None = ROW_FIELD.get(finding.field or "") or COVER_FIELD.get(finding.field or "")
    return fix.content(finding, field) if fix is not None and field is not None else None


def _proposal(findings: list[Finding], content: Content, automatic: bool) -> Proposal:
    last = findings[-1]
    return Proposal(
        codes=tuple(dict.fromkeys(finding.code for finding in findings)),
        sheet=last.sheet or "",
        cell=last.cell or "",
        field=last.field or "",
        before=last.value or "",
        after=last.fix or "",
        content=content,
        automatic=automatic,
    )
