"""Fills in words: what a cell's fill was is remembered in a short text that survives every spreadsheet program."""

from __future__ import annotations

import re

from addin.intake.markup import Attributes
from addin.returns.spans import attribute_xml, parse

NO_FILL = "none"
_COLOUR_ATTRIBUTES = ("rgb", "theme", "indexed", "tint", "auto")
_WORD = re.compile(r"[\w.\-]+")
_LONGEST = 200  # a text in a defined name may have 255 characters


def fill_in_words(fill: bytes | None) -> str | None:
    """A fill as text, such as ``solid|rgb=FFDDE6F3|indexed=64``; None for one that has no such text (a gradient)."""
    if fill is None:
        return NO_FILL
    root = parse("xl/styles.xml", re.sub(rb"(</?)[\w.\-]+:", rb"\1", fill))
    pattern = next((child for child in root.children if child.local == "patternFill"), None)
    if pattern is None:
        return None if root.children else NO_FILL
    kind = pattern.attributes.get("patternType", "none")
    if kind == "none":
        return NO_FILL
    colours = {child.local: _colour_in_words(child.attributes) for child in pattern.children}
    words = "|".join((kind, colours.get("fgColor", ""), colours.get("bgColor", "")))
    return words if len(words) <= _LONGEST else None


def fill_from_words(words: str) -> str:
    """A fill's XML, without prefixes, from its text. What is no such text is no fill."""
    kind, _, rest = words.partition("|")
    if kind == NO_FILL or not _WORD.fullmatch(kind):
        return '<fill><patternFill patternType="none"/></fill>'
    front, _, back = rest.partition("|")
    inner = _colour("fgColor", front) + _colour("bgColor", back)
    if not inner:
        return f'<fill><patternFill patternType="{kind}"/></fill>'
    return f'<fill><patternFill patternType="{kind}">{inner}</patternFill></fill>'


def solid(rgb: str) -> str:
    """The XML of a fill of one colour, six hexadecimal digits."""
    return fill_from_words(f"solid|rgb=FF{rgb}|indexed=64")


def solid_colour(fill: bytes | None) -> str | None:
    """The six digits of a fill of one colour given as RGB; None for every other fill."""
    words = fill_in_words(fill) or ""
    found = re.match(r"solid\|rgb=[0-9A-Fa-f]{2}([0-9A-Fa-f]{6})(?:,|\||$)", words)
    return found[1].upper() if found else None


def _colour_in_words(attributes: Attributes) -> str:
    return ",".join(f"{name}={attributes[name]}" for name in _COLOUR_ATTRIBUTES if name in attributes)


def _colour(name: str, words: str) -> str:
    pairs = [pair.partition("=") for pair in words.split(",") if pair]
    written = "".join(
        attribute_xml(key, value) for key, _, value in pairs if key in _COLOUR_ATTRIBUTES and _WORD.fullmatch(value)
    )
    return f"<{name}{written}/>" if written else ""
