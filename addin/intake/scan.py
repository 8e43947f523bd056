"""Reading a sheet's XML for what a reader of values loses: quickly where the sheet is ordinary, else exactly."""

from __future__ import annotations

from collections.abc import Mapping

from addin.intake.exact_scan import exact_scan
from addin.intake.markup import refuse_unsafe_bytes
from addin.intake.quick_scan import CanonicalSheet, canonical_sheet, quick_scan
from addin.intake.sheet_facts import SheetFacts
from validation.submission import LegacyFont


def scan_sheet(
    sheet: str,
    part: bytes,
    formats: Mapping[int, LegacyFont],
    strings: Mapping[int, LegacyFont],
    canonical: CanonicalSheet | None = None,
) -> SheetFacts:
    """The facts of one sheet that is going to be read; ``sheet`` is its title, for messages; ``canonical`` the part
    taken apart, where that has been done already.

    Raises the refusals of ``quick_scan`` and ``exact_scan``.
    """
    if canonical is None:
        refuse_unsafe_bytes(sheet, part)
        canonical = canonical_sheet(part)
    else:  # in what is left out there is no markup
        refuse_unsafe_bytes(sheet, canonical.lean_part)
    facts = quick_scan(sheet, canonical, formats, strings)
    return exact_scan(sheet, part, formats, strings) if facts is None else facts
