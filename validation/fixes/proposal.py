"""A proposal: before → after for one cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Content = str | int | date
"""What is to stand in a cell: a text, a number (đồng or a count), a day."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be done to one cell, and for which findings (``codes``, in their order).

    ``before`` and ``after`` are as a clerk reads them; ``content`` is what is written. Only a proposal that is
    ``automatic`` may be carried out without being asked for by name.
    """

    codes: tuple[str, ...]
    sheet: str
    cell: str
    field: str
    before: str
    after: str
    content: Content
    automatic: bool = True
