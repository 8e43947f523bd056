"""Campaigns to mail from and to: those of ``tests.end_to_end``, with addresses in the list of units."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from addin.campaign.ledger import Ledger, open_ledger
from addin.mail.accounts import Account
from addin.mail.compose import Attachment, Letter, message_of
from addin.mail.report import By
from tests.end_to_end.small_campaign import UNITS, Small
from validation.units import Unit

CITY = "tong-hop@tp.example.vn"


def address_of(code: str) -> str:
    return f"{code.lower()}@don-vi.example.vn"


def with_addresses(units: tuple[Unit, ...] = UNITS, *, but: tuple[str, ...] = ()) -> tuple[Unit, ...]:
    known = {"TP": CITY}
    return tuple(
        replace(unit, email=known.get(unit.code, address_of(unit.code))) if unit.code not in but else unit
        for unit in units
    )


def campaign(folder: Path, own: str = "Q", *, but: tuple[str, ...] = ()) -> Small:
    return Small(folder, with_addresses(but=but), own)


def ledger_of(small: Small, by: By) -> Ledger:
    return open_ledger(small.campaign, by=by.user, now=by.now())


def mail_from(
    address: str, *files: tuple[str, bytes], identity: str = "<1@don-vi.example.vn>", to: str = "q@example.vn",
    subject: str = "Báo cáo sáng kiến", by: By,
) -> bytes:  # fmt: skip
    """A mail as a unit sends it."""
    sender = Account(name="don-vi", address=address, user=address, sender="Công đoàn cơ sở")
    letter = Letter((to,), subject, "Kính gửi báo cáo.\n", tuple(Attachment(*file) for file in files))
    return message_of(letter, sender, identity, by.now())
