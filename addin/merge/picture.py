"""From the ledger to the overview of the campaign as it stands."""

from __future__ import annotations

from datetime import datetime

from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, StoredArrival
from addin.merge.across import with_findings_across
from addin.merge.overview import FileOutcome, Overview, RefusedFile, draw
from addin.merge.standing import settle
from validation import messages

_REFUSED = frozenset({"quarantined", "skipped"})


def overview_of(campaign: Campaign, ledger: Ledger, *, by: str, now: datetime) -> Overview:
    """Everything that the master shows, from what the ledger holds. Nothing is written."""
    standing = settle(ledger.submissions(), campaign.tree, campaign.programme)
    refused = [_refused(arrival) for arrival in ledger.arrivals().values() if arrival.outcome in _REFUSED]
    return draw(
        programme=campaign.programme,
        tree=campaign.tree,
        unit=campaign.unit,
        made_at=now,
        made_by=by,
        reports=with_findings_across(standing.reports),
        refused=refused,
        pairs=standing.pairs,
        consolidations=standing.consolidations,
        report_number=ledger.merges() + 1,
    )


def _refused(arrival: StoredArrival) -> RefusedFile:
    code = arrival.code or "unreadable"
    return RefusedFile(
        path=arrival.path,
        sha256=arrival.sha256,
        outcome=FileOutcome(arrival.outcome),
        code=code,
        reason=messages.text("refusal", code, **arrival.facts),
        met_at=arrival.met_at,
        facts=arrival.facts,
    )
