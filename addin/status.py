"""Where a campaign stands: received, late, missing, refused; progress and participation. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from addin.campaign.folder import Campaign
from addin.freezing.figures import Difference, differences, state_of
from addin.merge.collection import UnitCollection, collection_of
from addin.merge.overview import Overview, Report
from validation.units import Level


@dataclass(frozen=True, slots=True)
class Late:
    """A unit whose first report for a phase is dated after the phase's deadline."""

    unit: str
    phase: int
    report_date: date
    deadline: date


@dataclass(frozen=True, slots=True)
class Status:
    """``expected`` grassroots unions, those received late, and per phase how many units reached the quota;
    ``collection`` has an entry for each unit that owes a report, ``since_frozen`` what has changed since figures were
    last frozen."""

    overview: Overview
    expected: int
    late: tuple[Late, ...]
    reached: dict[int, int]
    collection: tuple[UnitCollection, ...] = ()
    since_frozen: tuple[Difference, ...] = ()


def status_of(campaign: Campaign, overview: Overview) -> Status:
    """Judge collection and participation by the campaign's deadlines and quota."""
    missing = {unit.code for unit in overview.missing()}
    reporting = {report.unit_code for report in overview.current}
    grassroots = {u.code for u in campaign.tree.below(campaign.unit.code) if u.level is Level.GRASSROOTS}
    quota = overview.programme.participation.minimum
    frozen = overview.frozen
    return Status(
        collection=collection_of(overview),
        since_frozen=differences(frozen[-1], state_of(overview)) if frozen else (),
        overview=overview,
        expected=len(missing | (reporting & grassroots)),
        late=tuple(_late(campaign, overview)),
        reached={
            phase.number: sum(
                1
                for unit in overview.units.values()
                if unit.phase == phase.number and unit.participation is not None and unit.participation >= quota
            )
            for phase in overview.programme.phases
        },
    )


def _late(campaign: Campaign, overview: Overview) -> list[Late]:
    by_unit: dict[str, list[Report]] = {}
    for report in overview.reports:
        if report.withdrawn is not None:
            continue
        by_unit.setdefault(report.unit_code, []).append(report)
    result = []
    for phase in campaign.programme.phases:
        deadline = campaign.deadline(phase.number)
        for code, reports in sorted(by_unit.items()):
            dates = [r.cover.report_date for r in reports if r.cover.report_date >= phase.first]
            if dates and min(dates) > deadline:
                result.append(Late(code, phase.number, min(dates), deadline))
    return result
