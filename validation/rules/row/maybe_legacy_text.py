"""Text that was typed in TCVN3 or VNI and has lost its font: a suspicion by content, so nothing is converted."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.fields import ROW_FIELDS, Kind
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule
from validation.submission import LegacyFont, Oddity
from validation.text.legacy import to_unicode
from validation.text.suspicion import guess_encoding

_TEXTS = tuple(f.name for f in ROW_FIELDS if f.typed and f.kind in {Kind.TEXT, Kind.PERSON, Kind.PEOPLE, Kind.CHOICE})


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """One hit for each text in a font of today that reads as Vietnamese only in a legacy encoding."""
    values, odd = row.raw.values, row.raw.odd
    for name in _TEXTS:
        text = values.get(name)
        if not isinstance(text, str) or text.isascii():
            continue
        if odd and name in odd and odd[name].font is not None:
            continue
        encoding = guess_encoding(text)
        if encoding is not None:
            yield Hit(name, {"proposal": to_unicode(text, encoding), "encoding": encoding.value})


RULE = Rule(
    code="maybe_legacy_text",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    check=check,
    basis=Basis.LETTERS,
    beta=True,
    bad=(example(lead_author="NguyÔn ThÞ Hoa"), example(title="Caûi tieán maùy eùp nhöïa")),
    good=(
        example(lead_author="Nguyễn Thị Hoa"),
        example(odd={"lead_author": Oddity(font=LegacyFont.TCVN3)}, lead_author="NguyÔn ThÞ Hoa"),
        example(title="Hoàn thành chào hàng toàn khoá"),
    ),
)
