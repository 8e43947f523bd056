"""What a master proves of itself: rows and money of its detail sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MasterCounts:
    """Rows and đồng on the detail sheet. ``base_support`` is the part of the grassroots unions' own that counts."""

    accepted_rows: int
    upper_support: int
    base_support: int
