"""Letters that look right and are others: Icelandic Ð for Đ, Cyrillic С for C. Codes then match nothing."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.fields import ROW_FIELDS, Kind
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule
from validation.text.look_alikes import with_own_letters
from validation.text.suspicion import guess_encoding

_TEXTS = tuple(
    f.name
    for f in ROW_FIELDS
    if f.typed and f.kind in {Kind.TEXT, Kind.CODE, Kind.PERSON, Kind.PEOPLE} and not f.name.startswith("source_")
)


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """One hit for each text in which a letter only looks like the one that is meant."""
    typed = row.__dict__
    for name in _TEXTS:
        value = typed.get(name)
        if value is None:
            continue
        text = value if value.__class__ is str else "; ".join(value)
        if text.isascii():
            continue
        mended = with_own_letters(text)
        # Text that has lost its legacy font is full of Ð; that is another matter.
        if mended is not None and guess_encoding(text) is None:
            yield Hit(name, {"letters": _different(text, mended)}, mended)


def _different(text: str, mended: str) -> str:
    return ", ".join(dict.fromkeys(old for old, new in zip(text, mended, strict=True) if old != new))


RULE = Rule(
    code="look_alike_letters",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    check=check,
    basis=Basis.LETTERS,
    bad=(
        example(lead_author="\u00d0oàn Thị Hoa"),  # Icelandic eth
        example(registration_code="S\u041a-2022-0417"),  # Cyrillic ka
        example(title="Cải tiến m\u0430y ép nhựa"),  # Cyrillic a
    ),
    good=(
        example(lead_author="Đoàn Thị Hoa", registration_code="SK-2022-0417"),
        example(title="Giảm hệ số μ của vòng bi máy ép, góc α = 30°"),
    ),
)
