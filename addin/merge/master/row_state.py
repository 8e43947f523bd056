"""The verdict on an accepted row, in the words of the forms: what the workbook's own formula would say, and more."""

from __future__ import annotations

from collections.abc import Sequence

from validation.decisions import Accepted
from validation.fields import Form
from validation.findings import Finding
from validation.messages import title
from validation.programme import Programme
from validation.submission import Row
from workbook_templates.checks import NOTICE_WORD, PASSED_WORD, row_verdicts

_SAID = frozenset({"not_registered", "ip_protected", "base_without_approval"})
"""Rules whose warning the verdict says already."""


class RowStates:
    """Verdicts on the rows of one master."""

    def __init__(self, form: Form, programme: Programme) -> None:
        self._programme = programme
        # The first is for duplicates; those are not among the accepted rows.
        _, *self._messages = (verdict.message for verdict in row_verdicts(form, programme))
        self._known: dict[tuple[object, ...], str] = {}
        self._names: dict[tuple[str, ...], str] = {}

    def of(self, row: Row, warnings: Sequence[Finding] = (), accepted: Sequence[Accepted] = ()) -> str:
        """The first verdict that holds, then the short names of the row's warnings that it does not say already, and
        of what somebody accepted, with the numbers of those decisions."""
        verdict = self._open(row, warnings) if warnings else self._verdict(row)
        if not accepted:
            return verdict
        names = "; ".join(dict.fromkeys(title(one.finding) for one in accepted))
        numbers = ", ".join(str(number) for number in sorted({one.decision for one in accepted}))
        end = "" if verdict.endswith(".") else "."
        return f"{verdict}{end} Đã chấp nhận (quyết định số {numbers}): {names}."

    def _open(self, row: Row, warnings: Sequence[Finding]) -> str:
        verdict = self._verdict(row)
        codes = tuple(finding.code for finding in warnings)
        names = self._names.get(codes)
        if names is None:
            titles = (title(finding) for finding in warnings if finding.code not in _SAID)
            names = self._names[codes] = "; ".join(dict.fromkeys(titles))
        if not names:
            return verdict
        if verdict == PASSED_WORD:
            return f"{NOTICE_WORD}: {names}."
        return f"{verdict} {NOTICE_WORD.capitalize()}: {names}."

    def _verdict(self, row: Row) -> str:
        """The first that holds: the same for all rows that are alike in what the conditions ask."""
        asked = (
            not row.registration_code, row.registered_on is None, row.ip_protected,
            row.status, bool(row.base_support), row.is_member, row.phase is None,
        )  # fmt: skip
        known = self._known.get(asked)
        if known is None:
            holds = _conditions(row, self._programme)
            known = self._known[asked] = next(m for m, held in zip(self._messages, holds, strict=True) if held)
        return known


def _conditions(row: Row, programme: Programme) -> list[bool]:
    """What the conditions of ``row_verdicts`` ask, in their order, of a row as judged."""
    readings, states = programme.readings, programme.status
    approved = row.status == states.approved
    conditions = [
        not row.registration_code or row.registered_on is None,
        bool(row.ip_protected),
        row.status == states.refused,
        bool(row.base_support) and not approved,
    ]
    if not readings.non_members_eligible:
        conditions.append(not row.is_member)
    conditions.append(not approved)
    if readings.phase_date == "approved_on":
        conditions.append(row.phase is None)
    return [*conditions, True]
