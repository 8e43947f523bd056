"""Whether the portal's lists still are what they were: the evidence in the archive, read again, against the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from addin.adopt.corrections import Correction
from addin.campaign.archive import archived
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger
from addin.errors import EdgeError
from addin.merge.problems import Problem
from addin.portal.reading import read_list
from addin.portal.store import PortalList, entries_of, lists
from validation.errors import Refusal
from validation.portal import PortalEntry, PortalWord


def portal_again(campaign: Campaign, ledger: Ledger, problems: list[Problem]) -> PortalWord:
    """The portal's word, from the archived file of the newest list; ``problems`` gets what does not hold.

    Every list's file is held against its sha256; the newest is read again, and what the ledger says of it compared.
    """
    rule = campaign.settings.portal.rule
    newest: list[PortalEntry] = []
    try:
        taken = lists(ledger.connection)
    except TypeError:
        return PortalWord((), rule)  # said by the journal's proof
    for record in taken:
        facts = {"file": record.file, "sha256": record.sha256}
        try:
            data = archived(campaign, record.sha256, record.ending).read_bytes()
        except OSError:
            problems.append(Problem("portal_file_missing", facts))
            continue
        if hashlib.sha256(data).hexdigest() != record.sha256:
            problems.append(Problem("portal_file_altered", facts))
        elif record is taken[-1]:
            newest = _read_again(campaign, record, data)
            problems.extend(_differences(ledger, record, newest))
    return PortalWord(newest, rule)


def _read_again(campaign: Campaign, record: PortalList, data: bytes) -> list[PortalEntry]:
    try:
        corrections = [Correction(*pair) for pair in json.loads(record.corrections)]
        read = read_list(data, record.ending, campaign.programme, corrections, json.loads(record.only_sheets))
    except (EdgeError, Refusal, ValueError, TypeError):
        return []
    return list(read.entries)


def _differences(ledger: Ledger, record: PortalList, again: list[PortalEntry]) -> Iterator[Problem]:
    try:
        held = entries_of(ledger.connection, record)
    except (ValueError, TypeError):
        held = []
    if held != again:
        yield Problem("portal_read_otherwise", {"file": record.file})
