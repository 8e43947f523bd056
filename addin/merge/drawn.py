"""What a master was drawn from besides the reports, and which master came before it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from addin.campaign import journal
from addin.campaign.folder import Campaign
from addin.campaign.journal_kinds import MAIL, PAYMENT
from addin.campaign.ledger import Ledger
from addin.freezing.store import JOURNAL_KIND as FROZEN
from addin.freezing.store import frozen_states
from addin.merge.overview import Baseline
from addin.portal.store import JOURNAL_KIND as PORTAL
from addin.portal.store import newest

NOT_SHOWN = (MAIL, PAYMENT, PORTAL, FROZEN)
"""Entries of the journal that change nothing of a master by themselves; ``drawn_from`` sees those of lists and states
that do."""


def drawn_from(campaign: Campaign, ledger: Ledger) -> str:
    """Fingerprint of settings, portal list and kept states that the master shows: another one needs another master."""
    rule = campaign.settings.portal.rule
    record = newest(ledger.connection) if rule.in_force else None
    parts = {
        "deadlines": {str(phase.number): str(campaign.deadline(phase.number)) for phase in campaign.programme.phases},
        "portal": [rule.replaces_status, rule.money_needs_match, record.sha256 if record is not None else None,
                   record.corrections if record is not None else None],
        "frozen": [state.seq for state in frozen_states(ledger.connection)],
    }  # fmt: skip
    return hashlib.sha256(journal.canonical(parts).encode()).hexdigest()[:16]


def baseline_of(ledger: Ledger) -> Baseline | None:
    """The newest master written before the last thing happened that changes figures; None where there was none."""
    marks = ", ".join("?" * len(NOT_SHOWN))
    query = f"SELECT max(seq) FROM journal WHERE kind NOT IN ({marks}, 'merged')"
    (last,) = ledger.connection.execute(query, NOT_SHOWN).fetchone()
    query = "SELECT max(seq) FROM journal WHERE kind = 'merged' AND seq < ?"
    (seq,) = ledger.connection.execute(query, (last or 0,)).fetchone()
    entry = next(iter(journal.entries(ledger.connection, seq)), None) if seq is not None else None
    match entry.payload if entry is not None else None:
        case {"rows": int(rows), "upper_support": int(upper), "base_support": int(base)}:
            assert entry is not None
            return Baseline(datetime.fromisoformat(entry.at), rows, upper, base)
    return None
