"""From the ledger to the overview of the campaign as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, StoredArrival
from addin.decisions.entries import RefusedEntry
from addin.decisions.states import states_of
from addin.decisions.store import decided
from addin.freezing.store import frozen_states
from addin.merge.across import with_findings_across
from addin.merge.drawn import baseline_of
from addin.merge.overview import FileOutcome, Overview, RefusedFile, draw
from addin.merge.standing import settle
from addin.merge.uncollected import uncollected
from addin.merge.waiving import with_waivers
from addin.portal.standing import under_portal, word_of
from validation import messages

_REFUSED = frozenset({"quarantined", "skipped"})


@uncollected()
def overview_of(
    campaign: Campaign,
    ledger: Ledger,
    *,
    by: str,
    now: datetime,
    since_merge: bool = False,
    entries: Sequence[RefusedEntry] = (),
    as_reported: bool = False,
) -> Overview:
    """Everything that the master shows, from what the ledger holds. Nothing is written.

    ``since_merge``: with what was decided since the master was last written, for whoever writes it now. ``entries``
    are those of the last master that could not be taken. ``as_reported``: as the reports say, whatever the national
    portal says.
    """
    made = decided(ledger.connection)
    decisions = made.in_effect(since_merge=since_merge)
    standing = settle(ledger.submissions(), campaign.tree, campaign.programme, decisions)
    refused = [_refused(arrival) for arrival in ledger.arrivals().values() if arrival.outcome in _REFUSED]
    # What is said across reports is known only now; it can be accepted like anything else.
    reports = with_waivers(with_findings_across(standing.reports), decisions.waivers, campaign.programme)
    consolidations = with_waivers(standing.consolidations, decisions.waivers, campaign.programme)
    # Last: whatever is said, chosen and accepted is about rows as their reports say them.
    side = word_of(campaign, ledger.connection, as_reported=as_reported)
    counting, pairs, portal = under_portal(reports, standing.pairs, side, campaign.programme)
    return draw(
        programme=campaign.programme,
        tree=campaign.tree,
        unit=campaign.unit,
        made_at=now,
        made_by=by,
        reports=counting,
        refused=refused,
        pairs=pairs,
        consolidations=consolidations,
        report_number=ledger.merges() + 1,
        decisions=states_of(made, [*reports, *consolidations], standing.followed, since_merge=since_merge),
        entries=entries,
        deadlines={phase.number: campaign.deadline(phase.number) for phase in campaign.programme.phases},
        portal=portal,
        baseline=baseline_of(ledger),
        frozen=frozen_states(ledger.connection),
        unaltered=reports if side.word.rule.in_force else (),
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
