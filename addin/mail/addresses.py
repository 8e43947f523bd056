"""Whose address is whose: from the list of units, else from the cover of the unit's last report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger
from addin.mail import store
from addin.mail.accounts import is_address
from addin.mail.store import Collected, CollectedFile


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Units and their addresses, in both directions. Addresses are in lower case; one may serve several units."""

    of_unit: Mapping[str, str]
    units_of: Mapping[str, tuple[str, ...]]

    def unit_of(self, address: str) -> str | None:
        """The unit whose address it is, the first of several; None where it is nobody's we know."""
        return next(iter(self.units_of.get(address.casefold(), ())), None)


def address_book(campaign: Campaign, ledger: Ledger) -> AddressBook:
    """The addresses of a campaign's own unit, its superior and the units below it.

    A cover's address counts only where the report did not itself come from a stranger: else a stranger's first report
    would vouch for the second.
    """
    own = [campaign.unit, *filter(None, [campaign.tree.superior(campaign.unit.code)])]
    listed = {
        unit.code: unit.email.strip().casefold()
        for unit in (*campaign.tree.below(campaign.unit.code), *own)
        if unit.email and is_address(unit.email.strip())
    }
    of_unit = _from_covers(ledger) | listed
    units_of: dict[str, tuple[str, ...]] = {}
    for code, address in of_unit.items():
        units_of[address] = (*units_of.get(address, ()), code)
    return AddressBook(of_unit, units_of)


def _from_covers(ledger: Ledger) -> dict[str, str]:
    """The reporter's address on each unit's newest report."""
    strangers = _from_strangers(ledger)
    found: dict[str, str] = {}
    for sha256, unit, address in ledger.connection.execute(
        "SELECT sha256, unit, json_extract(cover, '$.reporter_email') FROM submission"
        " ORDER BY report_date, report_number, id"
    ):
        text = str(address or "").strip().casefold()
        if is_address(text) and sha256 not in strangers:
            found[unit] = text
    return found


def _from_strangers(ledger: Ledger) -> set[str]:
    """sha256 of every file that only strangers sent."""
    unknown = {
        (one.mailbox, one.folder, one.uidvalidity, one.uid): one.unit is None
        for one in store.records(ledger.connection, Collected)
    }
    strangers: set[str] = set()
    others: set[str] = set()
    for file in store.records(ledger.connection, CollectedFile):
        if file.sha256 is not None:
            stranger = unknown.get((file.mailbox, file.folder, file.uidvalidity, file.uid), True)
            (strangers if stranger else others).add(file.sha256)
    return strangers - others
