"""Judging the cover: what identifies the report must be there, the rest is read as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from validation.errors import Refusal
from validation.fields import COVER_FIELD, COVER_FIELDS, Form, Requirement
from validation.findings import Finding
from validation.normalise import Cleaned, Cleaner, as_shown
from validation.programme import Programme
from validation.rules.registry import all_rules
from validation.submission import Cover, RawSubmission
from validation.units import Level, Unit, UnitTree, fold_code
from validation.usual import UsualRow, usual_values

# Notes that say on the cover just what they say in the list.
_SAID_AS_IN_THE_LIST = frozenset({"formula_in_typed_cell", "text_too_long"})
_NOT_WORTH_SAYING = frozenset({"number_in_text"})  # a code of digits only, a telephone number
_UNKNOWN_DAY = "?"


_REQUIRED = frozenset(field.name for field in COVER_FIELDS if field.required is Requirement.ALWAYS)


@lru_cache(maxsize=4)
def _readers(programme: Programme) -> tuple[tuple[Cleaner, ...], UsualRow]:
    """What reads the cells of a cover."""
    cleaners = tuple(Cleaner(field, programme) for field in COVER_FIELDS)
    return cleaners, UsualRow(COVER_FIELDS, usual_values(cleaners, programme))


def judge_cover(raw: RawSubmission, programme: Programme, tree: UnitTree | None) -> tuple[Cover, list[Finding]]:
    """The cover's typed values and what is to be said of them and of the file as a whole.

    Raises Refusal ``cover_incomplete`` (unit, date, members or workers blank or unreadable), ``unknown_unit``
    (with ``tree``: no such unit), both naming the cells.
    """
    values, odd = raw.cover.values, raw.cover.odd
    cleaners, usual = _readers(programme)
    typed = None if odd else usual.read(values)
    cleaned: dict[str, Cleaned] = {}
    if typed is None or not typed.keys() >= _REQUIRED or (tree is not None and typed["unit_code"] not in tree):
        cleaned = {
            clean.field.name: clean(values.get(clean.field.name), odd.get(clean.field.name)) for clean in cleaners
        }
        _refuse_incomplete(raw, cleaned)
        typed = {name: one.value for name, one in cleaned.items() if one.value is not None}
        if tree is not None:
            typed["unit_code"] = _known_unit(raw, typed["unit_code"], tree)
    cover = Cover(**typed)
    findings = [*_notices(raw, programme), *_cell_findings(raw, cleaned, cover)]
    if cover.workers < cover.members:
        facts: dict[str, object] = {"workers": cover.workers, "members": cover.members}
        findings.append(_finding(raw, "fewer_workers_than_members", "workers", facts))
    if tree is not None:
        findings.extend(_against_the_tree(raw, cover, tree))
    return cover, findings


def _refuse_incomplete(raw: RawSubmission, cleaned: dict[str, Cleaned]) -> None:
    faulty = [f for f in COVER_FIELDS if f.name in _REQUIRED and cleaned[f.name].value is None]
    if faulty:
        places = ((f.header, _place(raw, f.name)) for f in faulty)
        cells = ", ".join(f"“{header}” ({place})" if place else f"“{header}”" for header, place in places)
        raise Refusal("cover_incomplete", cells=cells)


def _place(raw: RawSubmission, name: str) -> str:
    sheet, cell = raw.cover.places.get(name, ("", ""))
    return f"{sheet}!{cell}" if cell else ""


def _known_unit(raw: RawSubmission, code: str, tree: UnitTree) -> str:
    if code in tree:
        return code
    near = tree.codes_folded().get(fold_code(code))
    if near is None:
        raise Refusal("unknown_unit", unit=code, cell=_place(raw, "unit_code"))
    return near


def _notices(raw: RawSubmission, programme: Programme) -> Iterator[Finding]:
    rules = all_rules()
    for notice in raw.notices:
        rule = rules[notice.code]
        yield Finding(rule.code, rule.effective_severity, sheet=notice.sheet, facts=notice.facts)
    if raw.programme_id != programme.id:
        facts = {"programme": raw.programme_id, "applied": programme.id}
        yield Finding("other_programme", rules["other_programme"].effective_severity, facts=facts)


def _cell_findings(raw: RawSubmission, cleaned: dict[str, Cleaned], cover: Cover) -> Iterator[Finding]:
    for name, one in cleaned.items():
        codes = {note.code for note in one.notes} - _NOT_WORTH_SAYING
        if one.unreadable:
            yield _finding(raw, "cover_unreadable", name, {})
            continue
        for note in one.notes:
            if note.code in _SAID_AS_IN_THE_LIST:
                yield _finding(raw, note.code, name, dict(note.facts), note.after)
        if name == "unit_code" and one.value != cover.unit_code:
            yield _finding(raw, "unit_code_untidy", name, {"unit": cover.unit_code}, cover.unit_code)
        elif codes - _SAID_AS_IN_THE_LIST:
            yield _finding(raw, "cover_untidy", name, {"read_as": as_shown(one.value)}, as_shown(one.value))


def _against_the_tree(raw: RawSubmission, cover: Cover, tree: UnitTree) -> Iterator[Finding]:
    unit = tree.on(cover.unit_code, cover.report_date)
    if not unit.valid_on(cover.report_date):
        yield _finding(raw, "unit_not_valid", "report_date", not_valid_facts(unit, cover.report_date))
    superior = tree.superior(unit.code, cover.report_date)
    expected = superior.code if superior else unit.parent
    if cover.superior_code and expected:
        # A unit under a group may name the group: its list shows it there.
        right = {fold_code(expected), fold_code(unit.parent or expected)}
        if fold_code(cover.superior_code) not in right:
            yield _finding(raw, "superior_differs", "superior_code", {"expected": expected}, expected)
    if raw.form is Form.GRASSROOTS and unit.level is not Level.GRASSROOTS:
        yield _finding(raw, "grassroots_form_of_upper_unit", "unit_code", {"unit": unit.name})


def not_valid_facts(unit: Unit, report_date: date) -> dict[str, object]:
    """What the sentence of ``unit_not_valid`` says."""
    return {"unit": unit.name, "period": _period(unit.valid_from, unit.valid_to), "report_date": report_date}


def _period(first: date | None, last: date | None) -> str:
    return f"{as_shown(first) or _UNKNOWN_DAY} – {as_shown(last) or _UNKNOWN_DAY}"


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
