"""Text typed in a TCVN3 or VNI font is converted to Unicode (DOMAIN: decided by the font, never by content)."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule
from validation.submission import LegacyFont, Oddity

RULE = Rule(
    code="legacy_font",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    bad=(example(odd={"lead_author": Oddity(font=LegacyFont.TCVN3)}, lead_author="NguyÔn ThÞ Hoa"),),
    good=(example(lead_author="Nguyễn Thị Hoa"),),
)
