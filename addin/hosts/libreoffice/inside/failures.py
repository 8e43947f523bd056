"""Failures that the office reports to the child by kind, so that it can raise something a person can act on."""

from __future__ import annotations


class RequestError(Exception):
    """A request that cannot be done.

    Kinds: `gone` (closed or deleted), `missing` (no such sheet, name …), `protected`, `formula` (not understood),
    `refused` (the office would not), `value` (senseless arguments), `unsupported` (this office lacks it).
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
