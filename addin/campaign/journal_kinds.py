"""Kinds of the journal's entries that are looked for elsewhere than where they are written, so that whoever looks need
not load what writes them."""

from __future__ import annotations

MAIL = "mail"
PAYMENT = "payment"
