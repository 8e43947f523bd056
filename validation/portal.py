"""The national portal's word on an initiative, and what it does to a row under the campaign's rule. Pure.

Source: DOMAIN, "Programme": support is due for what is registered and approved on the portal. The portal's software is
closed to us; its word comes as a list that somebody exported or typed. A row is matched by registration code, exactly
and never otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from validation.money import with_support
from validation.programme import Programme
from validation.submission import Row

COMPARED = ("status", "registered_on", "approved_on")
"""What the portal and a report may say differently of one initiative."""


@dataclass(frozen=True, slots=True)
class PortalEntry:
    """One line of the list. ``sheet`` and ``row`` say where it stands there; ``status`` is one of the programme's
    states, None where the list says nothing that is one of them: ``status_text`` is what it says."""

    position: int
    sheet: str
    row: int
    registration_code: str | None = None
    lead_author: str | None = None
    title: str | None = None
    unit: str | None = None
    registered_on: date | None = None
    status: str | None = None
    status_text: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class PortalRule:
    """What the portal's word does. Neither: it is only compared, and the report's word decides."""

    replaces_status: bool = False
    money_needs_match: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it changes any figure."""
        return self.replaces_status or self.money_needs_match


NO_RULE = PortalRule()


class PortalWord:
    """The list that counts under the campaign's rule; an empty list where there is none."""

    def __init__(self, entries: Iterable[PortalEntry], rule: PortalRule) -> None:
        self.rule = rule
        self._by_code, self._contradictory = first_of_each_code(entries)

    def entry(self, code: str | None) -> PortalEntry | None:
        """The line of that registration code; None where there is none, or several that contradict each other."""
        return None if code is None or code in self._contradictory else self._by_code.get(code)

    def knows(self, code: str | None) -> bool:
        """Whether the list holds the code at all."""
        return code is not None and code in self._by_code

    def applied_to(self, row: Row, programme: Programme) -> Row:
        """The row as it counts: only an accepted one changes, and only as far as the rule goes.

        With ``replaces_status`` status and days are the portal's where it says any; money and phase follow from them.
        With ``money_needs_match`` there is no upper-level support for a code that the list does not hold.
        """
        if not row.accepted or not self.rule.in_force:
            return row
        entry = self.entry(row.registration_code) if self.rule.replaces_status else None
        if entry is not None:
            row = _as_on_portal(row, entry, programme)
        if self.rule.money_needs_match and row.upper_support and not self.knows(row.registration_code):
            on_top = programme.readings.base_support_on_top
            row = row._replace(upper_support=0, base_counted=row.base_counted if on_top else row.base_support or 0)
        return row


def first_of_each_code(entries: Iterable[PortalEntry]) -> tuple[dict[str, PortalEntry], frozenset[str]]:
    """The first line of each code, and the codes whose lines contradict each other."""
    first: dict[str, PortalEntry] = {}
    contradictory: set[str] = set()
    for entry in entries:
        code = entry.registration_code
        if code and _word(first.setdefault(code, entry)) != _word(entry):
            contradictory.add(code)
    return first, frozenset(contradictory)


def _word(entry: PortalEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in COMPARED)


def _as_on_portal(row: Row, entry: PortalEntry, programme: Programme) -> Row:
    status = entry.status or row.status
    approved_on = entry.approved_on or row.approved_on
    if entry.status is not None and entry.status != programme.status.approved:
        approved_on = entry.approved_on  # the report's day of an approval that there is not
    changed = row._replace(
        status=status, registered_on=entry.registered_on or row.registered_on, approved_on=approved_on
    )
    return row if changed == row else with_support(changed, programme)


NO_WORD = PortalWord((), NO_RULE)
"""The word of no list under no rule: every row stays as it is."""
