"""A text in decomposed Unicode (as macOS writes it) is composed; the words stay the same."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="not_nfc",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    bad=(example(title="Cải tiến ma\u0301y ép nhựa"),),
    good=(example(title="Cải tiến máy ép nhựa"),),
)
