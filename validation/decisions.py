"""Decisions of people over what the rules say: a waiver accepts a finding, a choice says which row of a code counts.

A decision is about a row's *content*, never about its place: it survives a new merge, a sorted list and a newer report
that keeps the row, and holds no more once the row says anything else. Source: docs/decisions/0013. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from validation.fields import Form, typed_row_fields
from validation.findings import Finding, Severity
from validation.money import with_support
from validation.programme import Programme
from validation.reconcile import precedence
from validation.rules.registry import all_rules
from validation.submission import Cover, Outcome, Row, RowCounts

Key = TypeVar("Key", bound=Hashable)


class Kind(StrEnum):
    """What is decided; the values stand in the ledger and are keys of the catalogue's table ``decision_kind``."""

    WAIVER = "waiver"
    CHOICE = "choice"


class State(StrEnum):
    """Whether a decision holds; keys of the catalogue's table ``decision_state``.

    ``waiting``: the next merge applies it. ``lapsed``: what it was about is no longer there as it was.
    """

    IN_FORCE = "in_force"
    WAITING = "waiting"
    LAPSED = "lapsed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Waiver:
    """An accepted finding: the rule ``code`` said it of ``field`` in a row of that content in the unit's report.

    ``field`` is None where the rule speaks of the whole row. ``content`` is ``content_of(row)``, or for what a rule
    says of a report as a whole ``content_of_report``.
    """

    unit: str
    code: str
    field: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Of the rows with one registration code, that of this unit and content counts."""

    code: str
    unit: str
    content: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions that apply, each with its number: waivers, and by registration code the choice."""

    waivers: Mapping[Waiver, int] = field(default_factory=lambda: MappingProxyType({}))
    choices: Mapping[str, tuple[Choice, int]] = field(default_factory=lambda: MappingProxyType({}))


NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that somebody accepted, and the number of that decision."""

    finding: Finding
    decision: int


# -- contents ----------------------------------------------------------------------------------------------------------


_CONTENT_FIELDS = tuple(one.name for one in typed_row_fields(Form.GRASSROOTS))
_content_values = attrgetter(*_CONTENT_FIELDS)


def content_of(row: Row) -> str:
    """Digest of the row's typed values, whatever its place, file or outcome. Blank fields are left out, so that a
    column that a later form adds changes nothing for rows that do not use it."""
    values = zip(_CONTENT_FIELDS, _content_values(row), strict=True)
    return _digest({name: value for name, value in values if value is not None and value != ()})


def content_of_report(cover: Cover, finding: Finding) -> str:
    """Digest of what a rule says of a report as a whole: the cover's values, and the facts of the finding."""
    values = dict(zip((one.name for one in fields(cover)), astuple(cover), strict=True))
    return _digest({"cover": values, "facts": dict(finding.facts)})


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(_as_json(values).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode


# -- waivers -----------------------------------------------------------------------------------------------------------


def may_be_waived(code: str) -> bool:
    """Whether a finding of that rule can be accepted at all: the rule's own declaration. False for unknown rules."""
    rule = all_rules().get(code)
    return rule is not None and rule.may_be_waived


def waiver_of(finding: Finding, unit: str, cover: Cover, rows: Mapping[int, Row]) -> Waiver | None:
    """The waiver that would accept the finding; ``rows`` by number. None where it concerns a row that is not there."""
    if finding.row is None:
        return Waiver(unit, finding.code, finding.field, content_of_report(cover, finding))
    row = rows.get(finding.row)
    return Waiver(unit, finding.code, finding.field, content_of(row)) if row is not None else None


@dataclass(frozen=True, slots=True)
class Waived:
    """A report after its waivers: rows, the findings still open, those accepted, and its rows counted again."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    counts: RowCounts


def waive(
    unit: str,
    cover: Cover,
    rows: tuple[Row, ...],
    findings: tuple[Finding, ...],
    counts: RowCounts,
    waivers: Mapping[Waiver, int],
    programme: Programme,
) -> Waived:
    """Take the accepted findings out of the open ones; a rejected row all of whose errors are accepted is accepted,
    with the money that it then brings."""
    spoken_of = {(one.code, one.field) for one in waivers if one.unit == unit}
    by_number = {row.number: row for row in rows} if spoken_of else {}
    left: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        number = None
        if (finding.code, finding.field) in spoken_of and may_be_waived(finding.code):
            waiver = waiver_of(finding, unit, cover, by_number)
            number = waivers.get(waiver) if waiver is not None else None
        if number is None:
            left.append(finding)
        else:
            accepted.append(Accepted(finding, number))
    if not accepted:
        return Waived(rows, findings, (), counts)
    let_in = _let_in(by_number, left, accepted)
    rows = tuple(with_support(row, programme) if row.number in let_in else row for row in rows)
    counts = RowCounts(counts.accepted + len(let_in), counts.rejected - len(let_in), counts.duplicate, counts.blank)
    return Waived(rows, tuple(left), tuple(accepted), counts)


def _let_in(rows: Mapping[int, Row], left: Iterable[Finding], accepted: Iterable[Accepted]) -> set[int]:
    """Numbers of the rejected rows that have no error left but did have one."""
    errors = {one.finding.row for one in accepted if one.finding.severity is Severity.ERROR}
    errors -= {finding.row for finding in left if finding.severity is Severity.ERROR}
    return {number for number in errors if number is not None and rows[number].outcome is Outcome.REJECTED}


# -- choices -----------------------------------------------------------------------------------------------------------


def chosen_rows(rows: Iterable[tuple[Key, Row]], choices: Mapping[str, tuple[Choice, int]]) -> dict[str, Key]:
    """Registration code → key of the row that was chosen, for the choices whose row is there (rejected rows are passed
    over). Of several rows of the same content, the one that would come first anyway."""
    found: dict[str, tuple[Key, Row]] = {}
    if not choices:
        return {}
    for key, row in rows:
        code = row.registration_code
        if not code or code not in choices or row.outcome is Outcome.REJECTED:
            continue
        choice = choices[code][0]
        if choice != Choice(code, row.unit_code, content_of(row)):
            continue
        if code not in found or precedence(row) < precedence(found[code][1]):
            found[code] = (key, row)
    return {code: key for code, (key, _) in found.items()}


def described(row: Row) -> str:
    """The row in a few words, for a decision that outlives it: code, author, title."""
    return " · ".join(part for part in (row.registration_code, row.lead_author, row.title) if part)


def rows_of_content(rows: Sequence[Row], content: str, outcomes: Collection[Outcome] = tuple(Outcome)) -> list[Row]:
    """The rows that say exactly this."""
    return [row for row in rows if row.outcome in outcomes and content_of(row) == content]
