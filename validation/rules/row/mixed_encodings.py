"""One cell with words in Unicode and words in a legacy encoding: no font shows both."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.fields import ROW_FIELDS, Kind
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule
from validation.text.suspicion import legacy_words_amid_unicode

_TEXTS = tuple(f.name for f in ROW_FIELDS if f.typed and f.kind in {Kind.TEXT, Kind.PERSON, Kind.PEOPLE})


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """One hit for each text in which words of both kinds stand."""
    values = row.raw.values
    for name in _TEXTS:
        text = values.get(name)
        if isinstance(text, str) and not text.isascii():
            words = legacy_words_amid_unicode(text)
            if words:
                yield Hit(name, {"words": ", ".join(f"“{word}”" for word in words[:3])})


RULE = Rule(
    code="mixed_encodings",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    check=check,
    basis=Basis.LETTERS,
    beta=True,
    bad=(example(title="Cải tiến m¸y Ðp nhựa"), example(title="Cải tiến maùy eùp nhựa")),
    good=(
        example(title="Cải tiến máy ép nhựa"),
        example(effect="Giảm bề dày từ 50 µm xuống 45 µm, tiết kiệm 3 m² mỗi ca (±5%)"),
        example(effect="Quán café “Hải Âu” phục vụ khách Müller nhanh hơn"),
    ),
)
