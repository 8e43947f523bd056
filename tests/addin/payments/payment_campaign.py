"""Overviews to pay from, made in memory: four unions under two payers; and a book of lists made so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from addin.merge.overview import Overview, Report, draw
from addin.payments.drafting import SIGN, Drafts, draft, number_lists
from addin.payments.store import ClosedList, Void
from tests.addin.merge.master_campaign import made_report, made_row
from tests.end_to_end.small_campaign import UNITS
from validation.payments import Fund
from validation.programme import load_programme
from validation.submission import Outcome, Row
from validation.units import Unit, UnitTree

DAY = date(2022, 7, 1)
NOW = datetime(2022, 7, 1, 8, 0)
PROGRAMME = load_programme()


def paid_row(code: str | None, unit: str = "A", number: int = 6, **changes: object) -> Row:
    """An approved row of phase 1 that brings 100.000 from above and 150.000 from its union."""
    sound: dict[str, object] = {
        "registration_code": code,
        "registered_on": date(2022, 3, 1),
        "status": PROGRAMME.status.approved,
        "approved_on": date(2022, 5, 1),
        "ip_protected": False,
        "base_support": 150_000,
        "co_authors": (),
        "lead_author": f"Nguyễn Thị {code}",
        "title": f"Cải tiến {code}",
    }
    return made_row(PROGRAMME, unit, number, **sound | changes)


def overview_of_rows(
    rows: Mapping[str, Sequence[Row]], *, units: Sequence[Unit] = UNITS, own: str = "TP", reports: Sequence[Report] = ()
) -> Overview:
    """An overview with one report that counts for each unit: its rows, numbered anew."""
    tree = UnitTree(units)
    made = [
        made_report(number, unit, [row._replace(unit_code=unit, number=at) for at, row in enumerate(of_unit, 6)])
        for number, (unit, of_unit) in enumerate(rows.items(), 1)
    ]
    return draw(
        programme=PROGRAMME, tree=tree, unit=tree[own], made_at=NOW, made_by="thử@máy", reports=[*made, *reports],
        refused=(), pairs=(),
    )  # fmt: skip


@dataclass
class Book:
    """The lists made so far, in memory; each run is of the day after the last."""

    lists: list[ClosedList] = field(default_factory=list)
    day: date = DAY
    names: list[str] = field(default_factory=list)

    def draft(self, overview: Overview, phase: int = 1) -> Drafts:
        return draft(overview, self.lists, phase, self.day)

    def pay(self, overview: Overview, phase: int = 1, layout: str = SIGN) -> list[ClosedList]:
        """Close what is due."""
        drafts = self.draft(overview, phase)
        made = number_lists(
            overview, drafts, self.lists, layout=layout, taken=self.names, made_at=NOW, made_by="thử@máy"
        )
        self.lists += made
        self.names += [one.record.file.removeprefix("chi/") for one in made]
        self.day += timedelta(days=1)
        return made

    def void(self, key: str) -> None:
        """Let a list hold no more."""
        self.lists = [
            replace(one, void=Void(key, "nhầm", "Hạnh", NOW)) if one.record.key == key else one for one in self.lists
        ]

    def paid(self, fund: Fund, unit: str, phase: int = 1) -> int:
        """What the lists that hold say of a unit."""
        return sum(
            posting.amount
            for one in self.lists
            if one.void is None
            for posting in one.postings()
            if (posting.account.fund, posting.account.unit, posting.account.phase) == (fund, unit, phase)
        )


def given_now(overview: Overview, fund: Fund, unit: str, phase: int = 1) -> int:
    """What the rules give a unit, by the tallies of the merge."""
    found = overview.units.get((unit, phase))
    if found is None:
        return 0
    return found.tally.upper_support if fund is Fund.UPPER else found.tally.base_support


def rejected(row: Row) -> Row:
    """The row, rejected for an error."""
    return row._replace(outcome=Outcome.REJECTED, phase=None, upper_support=0, base_counted=0, counted=False)
