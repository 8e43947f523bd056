"""Judging the cover: what identifies the report must be there, the rest is read as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from validation.errors import Refusal
from validation.fields import COVER_FIELD, COVER_FIELDS, Form, Requirement
from validation.findings import Finding
from validation.normalise import Cleaned, Cleaner, as_shown
from validation.programme import Programme
from validation.rules.registry import all_rules
from validation.submission import Cover, RawSubmission
from validation.units import Level, UnitTree


def judge_cover(raw: RawSubmission, programme: Programme, tree: UnitTree | None) -> tuple[Cover, list[Finding]]:
    """The cover's typed values and what is to be said of them and of the file as a whole.

    Raises Refusal ``cover_incomplete`` (unit, date, members or workers blank or unreadable), ``unknown_unit``
    (with ``tree``: no such unit), both naming the cells.
    """
    cleaned = {
        f.name: Cleaner(f, programme)(raw.cover.values.get(f.name), raw.cover.odd.get(f.name)) for f in COVER_FIELDS
    }
    _refuse_incomplete(raw, cleaned)
    values: dict[str, Any] = {name: one.value for name, one in cleaned.items() if one.value is not None}
    findings = [
        *_notices(raw, programme),
        *_cell_findings(raw, cleaned),
    ]
    if tree is not None:
        values["unit_code"] = _known_unit(raw, values["unit_code"], tree)
    cover = Cover(**values)
    if as_shown(raw.cover.values.get("unit_code")).strip() != cover.unit_code:
        findings.append(_finding(raw, "unit_code_untidy", "unit_code", {"unit": cover.unit_code}, cover.unit_code))
    if cover.workers < cover.members:
        findings.append(_finding(raw, "fewer_workers_than_members", "workers", {"members": cover.members}))
    if tree is not None:
        findings.extend(_against_the_tree(raw, cover, tree))
    return cover, findings


def _refuse_incomplete(raw: RawSubmission, cleaned: dict[str, Cleaned]) -> None:
    faulty = [
        f for f in COVER_FIELDS
        if f.required is Requirement.ALWAYS
        and (cleaned[f.name].value is None or (isinstance(cleaned[f.name].value, int) and cleaned[f.name].value < 0))
    ]  # fmt: skip
    if faulty:
        cells = ", ".join(f"“{f.header}”{_place_text(raw, f.name)}" for f in faulty)
        raise Refusal("cover_incomplete", cells=cells)


def _place_text(raw: RawSubmission, name: str) -> str:
    place = raw.cover.places.get(name)
    return f" ({place[0]}!{place[1]})" if place else ""


def _known_unit(raw: RawSubmission, code: str, tree: UnitTree) -> str:
    if code in tree:
        return code
    near = tree.codes_folded().get(code.casefold().replace(" ", ""))
    if near is None:
        raise Refusal("unknown_unit", unit=code, cell=_place_text(raw, "unit_code").strip(" ()"))
    return near


def _notices(raw: RawSubmission, programme: Programme) -> Iterator[Finding]:
    rules = all_rules()
    for notice in raw.notices:
        rule = rules[notice.code]
        yield Finding(rule.code, rule.effective_severity, sheet=notice.sheet, facts=notice.facts)
    if raw.programme_id != programme.id:
        facts = {"programme": raw.programme_id, "applied": programme.id}
        yield Finding("other_programme", rules["other_programme"].effective_severity, facts=facts)


def _cell_findings(raw: RawSubmission, cleaned: dict[str, Cleaned]) -> Iterator[Finding]:
    for name, one in cleaned.items():
        if one.unreadable:
            yield _finding(raw, "cover_unreadable", name, {})
        elif any(note.code != "number_in_text" for note in one.notes):
            yield _finding(raw, "cover_untidy", name, {"read_as": as_shown(one.value)}, as_shown(one.value))


def _against_the_tree(raw: RawSubmission, cover: Cover, tree: UnitTree) -> Iterator[Finding]:
    unit = tree[cover.unit_code]
    if not unit.valid_on(cover.report_date):
        yield _finding(
            raw, "unit_not_valid", "report_date", {"unit": unit.name, "period": _period(unit.valid_from, unit.valid_to)}
        )
    superior = tree.superior(unit.code)
    expected = superior.code if superior else unit.parent
    if (
        cover.superior_code
        and expected
        and cover.superior_code.casefold() not in {expected.casefold(), (unit.parent or "").casefold()}
    ):
        yield _finding(raw, "superior_differs", "superior_code", {"expected": expected})
    if raw.form is Form.GRASSROOTS and unit.level is not Level.GRASSROOTS:
        yield _finding(raw, "grassroots_form_of_upper_unit", "unit_code", {"unit": unit.name})


def _period(first: date | None, last: date | None) -> str:
    return f"{as_shown(first) or '…'} – {as_shown(last) or '…'}"


def _finding(raw: RawSubmission, code: str, name: str, facts: dict[str, object], fix: str | None = None) -> Finding:
    rule = all_rules()[code]
    sheet, cell = raw.cover.places.get(name, (None, None))
    return Finding(
        code=code,
        severity=rule.effective_severity,
        sheet=sheet,
        cell=cell,
        field=name,
        value=as_shown(raw.cover.values.get(name)),
        facts={"header": COVER_FIELD[name].header, **facts},
        fix=fix,
    )
