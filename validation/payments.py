"""What is still to be paid: the arithmetic of payment lists. Pure. Money in integer đồng.

Source: DOMAIN, "The support rule, precisely". An initiative's support is paid once; what is approved after its phase's
end is in the next list; what the rules no longer give after it was paid comes back as a negative adjustment in the next
list, which names the first. So, over any history, once a list was made:

    paid + adjustments = what the rules give now
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from validation.submission import Row
from validation.text.keys import fold, person_key
from validation.units import UnitTree

K = TypeVar("K", bound=Hashable)


class Fund(StrEnum):
    """Whose money: the directly superior union's, or the grassroots union's own."""

    UPPER = "upper"
    BASE = "base"


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """What is paid once: one initiative of one unit, in one phase, from one fund.

    ``identity`` is the registration code, exact. A code that moves to another unit, or to another phase, is taken back
    there and paid here: the figures of each unit and phase then stay the rules'.
    """

    fund: Fund
    unit: str
    phase: int
    identity: str


@dataclass(frozen=True, slots=True)
class Posting:
    """What a list that holds says of an account; negative where it takes back."""

    account: Account
    amount: int
    list_key: str


@dataclass(frozen=True, slots=True)
class Due:
    """What an account still lacks, or has too much. ``first`` is the list that paid it first, None where none did."""

    account: Account
    entitled: int
    paid: int
    first: str | None

    @property
    def amount(self) -> int:
        """To be paid; negative: to be taken back. Never 0."""
        return self.entitled - self.paid

    @property
    def is_adjustment(self) -> bool:
        """Whether it mends what an earlier list says."""
        return self.first is not None


@dataclass(frozen=True, slots=True)
class Amounts:
    """Upper-level and grassroots support."""

    upper: int = 0
    base: int = 0

    @property
    def total(self) -> int:
        """Both together: base comes on top, from another payer."""
        return self.upper + self.base

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.upper + other.upper, self.base + other.base)


@dataclass(frozen=True, slots=True)
class Entitled:
    """What the rules give an account now, and the row that says so."""

    account: Account
    amount: int
    row: Row


def entitlements(rows: Iterable[Row], phase: int) -> Iterator[Entitled]:
    """What the rules give for accepted rows of a phase, in their order; nothing for a row without money.

    A row may only have no registration code where the programme needs none for a phase; it is then known by its lead
    author and title, and by its place among those that are the same in both.
    """
    nameless: dict[tuple[str, str], int] = {}
    for row in rows:
        if not row.accepted or row.phase != phase:
            continue
        identity = row.registration_code
        if not identity:
            name = f"{person_key(row.lead_author or '')}|{fold(row.title or '')}"
            number = nameless[row.unit_code, name] = nameless.get((row.unit_code, name), 0) + 1
            identity = f"|{name}|{number}"
        for fund, amount in ((Fund.UPPER, row.upper_support), (Fund.BASE, row.base_counted)):
            if amount:
                yield Entitled(Account(fund, row.unit_code, phase, identity), amount, row)


def due(entitled: Mapping[Account, int], postings: Iterable[Posting]) -> list[Due]:
    """What must be paid or taken back so that what was paid becomes what the rules give.

    ``postings`` are those of the lists that hold (not void), in the order in which the lists were made. What is new
    comes in the order of ``entitled``, then what was paid and is no longer given in the order of the lists.
    """
    paid: dict[Account, int] = {}
    first: dict[Account, str] = {}
    for posting in postings:
        account = posting.account
        paid[account] = paid.get(account, 0) + posting.amount
        if paid[account]:
            first.setdefault(account, posting.list_key)
        else:
            # Taken back whole: what is paid after that begins anew.
            first.pop(account, None)
    accounts = [*entitled, *(account for account in paid if account not in entitled)]
    every = (Due(a, entitled.get(a, 0), paid.get(a, 0), first.get(a)) for a in accounts)
    return [one for one in every if one.amount]


def payer_of(fund: Fund, unit: str, tree: UnitTree, day: date) -> str | None:
    """Who pays for a unit's initiatives on that day; None where the tree does not say.

    Upper support: the direct superior, groups passed over; for a unit attached to the city the city federation. Base
    support: the unit itself.
    """
    if fund is Fund.BASE:
        return unit
    superior = tree.superior(unit, day) if unit in tree else None
    return superior.code if superior is not None else None


def payer_of_adjustment(fund: Fund, unit: str, first_payer: str, tree: UnitTree, day: date) -> str | None:
    """Who mends what ``first_payer`` paid: the same, or who pays for the unit now where that one is no more."""
    known = tree.get(first_payer)
    if known is not None and tree.on(first_payer, day).valid_on(day):
        return first_payer
    return payer_of(fund, unit, tree, day) or (first_payer if known is not None else None)


def amounts_by(rows: Iterable[Row], key: Callable[[Row], K]) -> dict[K, Amounts]:
    """Support of accepted rows that lie in a phase, added up by row, unit, phase or payer, as ``key`` says."""
    result: dict[K, Amounts] = {}
    for row in rows:
        if row.accepted and row.phase is not None:
            found = key(row)
            result[found] = result.get(found, Amounts()) + Amounts(row.upper_support, row.base_counted)
    return result
