"""What the demo put into its folder, kept apart from what the product reads there: the expectation of its tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from validation.submission import Outcome
from validation.units import Unit

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One row of a list. ``number`` is the sheet's; ``typed`` is what stands in the cells, ``meant`` what a good reader
    makes of it (empty for a blank row; what cannot be read is absent).

    ``fate`` is its outcome within its own file, ``findings`` the codes that must be said of it and no others.
    """

    number: int
    typed: Mapping[str, Value]
    meant: Mapping[str, Value]
    fate: Outcome
    findings: frozenset[str] = frozenset()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DemoSubmission:
    """A report that must be taken. ``path`` is relative to the folder; ``superseded`` means that a newer one of the
    unit lies beside it; ``findings`` are those of the cover and the whole file; ``gone`` are registration codes that
    an earlier report had and this one lacks."""

    path: Path
    unit: str
    report_date: date
    report_number: int
    members: int
    workers: int
    rows: tuple[DemoRow, ...]
    findings: frozenset[str] = frozenset()
    superseded: bool = False
    gone: tuple[str, ...] = ()

    def count(self, fate: Outcome) -> int:
        """How many of its rows end so, duplicates across units aside."""
        return sum(row.fate is fate for row in self.rows)


@dataclass(frozen=True, slots=True)
class DemoCampaign:
    """The folder and all that lies in it. ``refused`` is file → refusal code, ``copies`` file → the file it repeats,
    ``shared_codes`` registration codes that two units reported."""

    folder: Path
    units: tuple[Unit, ...]
    submissions: tuple[DemoSubmission, ...]
    refused: Mapping[Path, str]
    copies: Mapping[Path, Path]
    shared_codes: tuple[str, ...]

    @property
    def counting(self) -> tuple[DemoSubmission, ...]:
        """The newest report of each unit."""
        return tuple(one for one in self.submissions if not one.superseded)
