"""What is said at a cell, or about a file: a finding or a refusal in the words that the marked copy shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.intake.names import column_number
from validation import messages
from validation.errors import Refusal
from validation.fields import COVER_FIELD, COVER_FIELDS, ROW_FIELD, Field, Requirement
from validation.findings import Finding, Severity
from validation.normalise import Cleaner, as_shown
from validation.programme import Programme
from validation.submission import RawSubmission

_ABOUT_THE_UNIT = frozenset({"unknown_unit", "unit_not_below", "unit_is_group"})


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``cell`` is where its mark stands and its link leads, None for the whole file; ``row`` is set where
    it is about a whole row."""

    severity: Severity
    title: str
    advice: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str = ""
    value: str = ""
    proposal: str = ""


def remarks_on(
    findings: Sequence[Finding], columns: Mapping[str, str], language: messages.Language = "vi"
) -> list[Remark]:
    """Findings as remarks, errors first, each kind in the order of the sheet.

    ``columns`` maps field names to column letters: a remark about a whole row is put in the first of them.
    """
    first = min(columns.values(), key=column_number, default="A")
    ordered = sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)
    return [_remark(finding, first, language) for finding in ordered]


def _remark(finding: Finding, first_column: str, language: messages.Language) -> Remark:
    field = ROW_FIELD.get(finding.field or "") or COVER_FIELD.get(finding.field or "")
    whole_row = finding.cell is None and finding.row is not None
    return Remark(
        severity=finding.severity,
        title=messages.title(finding, language),
        advice=messages.advice(finding, language),
        sheet=finding.sheet,
        cell=f"{first_column}{finding.row}" if whole_row else finding.cell,
        row=finding.row if whole_row else None,
        column=field.header if field else "",
        value=finding.value or "",
        proposal=finding.fix or "",
    )


def remarks_on_refusal(
    refusal: Refusal, raw: RawSubmission | None, programme: Programme, language: messages.Language = "vi"
) -> list[Remark]:
    """A refusal as remarks: on the cells of the cover that are its cause, or on the file. ``raw``: the report as read,
    None where it is not of our form."""
    title = messages.text("marked", "refused", language)
    advice = messages.text("refusal", refusal.code, language, **refusal.facts)
    cells = list(_cells(refusal, raw, programme)) if raw is not None else []
    if raw is None or not cells:
        return [Remark(Severity.ERROR, title, advice)]
    return [
        Remark(
            Severity.ERROR, title, advice, sheet=raw.cover.places[name][0], cell=raw.cover.places[name][1],
            column=COVER_FIELD[name].header, value=as_shown(raw.cover.values.get(name)),
        )
        for name in cells
    ]  # fmt: skip


def _cells(refusal: Refusal, raw: RawSubmission, programme: Programme) -> Iterator[str]:
    if refusal.code in _ABOUT_THE_UNIT:
        yield from _there(("unit_code",), raw)
    elif refusal.code == "cover_incomplete":
        yield from _there((f.name for f in COVER_FIELDS if _is_lacking(f, raw, programme)), raw)


def _is_lacking(field: Field, raw: RawSubmission, programme: Programme) -> bool:
    if field.required is not Requirement.ALWAYS:
        return False
    cleaned = Cleaner(field, programme)(raw.cover.values.get(field.name), raw.cover.odd.get(field.name))
    return cleaned.value is None


def _there(names: Iterable[str], raw: RawSubmission) -> Iterator[str]:
    return (name for name in names if name in raw.cover.places)
