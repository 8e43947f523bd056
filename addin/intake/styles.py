"""Which cell formats and shared strings stand in a font of before Unicode (TCVN3, VNI)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.intake.markup import Attributes, local, walk
from addin.intake.recurring import once_for_equal_bytes
from validation.submission import LegacyFont
from validation.text.legacy import font_encoding

# A quick look that nearly every file passes: the exact reading follows only where such a font is named at all.
_MAYBE_LEGACY = re.compile(rb'"\s*@?\s*(?:\.[Vv][Nn]|[Vv][Nn][Ii]-)')
_WORDS_OF_LEGACY = (b".vn", b"vni-")


def legacy_formats(styles: bytes | None) -> Mapping[int, LegacyFont]:
    """Index of a cell format (a cell's ``s``) → the encoding its font stands for. Raises ``damaged``."""
    return _legacy_formats(styles) if styles is not None else {}


@once_for_equal_bytes
def _legacy_formats(styles: bytes) -> Mapping[int, LegacyFont]:
    if not _may_be_legacy(styles):
        return {}
    fonts: list[LegacyFont | None] = []
    formats: list[int] = []
    path: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        path.append(local(tag))
        match path[1:]:
            case ["fonts", "font"]:
                fonts.append(None)
            case ["fonts", "font", "name"]:
                fonts[-1] = font_encoding(attributes.get("val"))
            case ["cellXfs", "xf"]:
                number = attributes.get("fontId", "0")
                formats.append(int(number) if number.isdecimal() and len(number) < 9 else 0)

    walk("xl/styles.xml", styles, start, lambda _: _drop(path))
    return {
        index: font
        for index, number in enumerate(formats)
        if number < len(fonts) and (font := fonts[number]) is not None
    }


def legacy_strings(strings: bytes | None) -> Mapping[int, LegacyFont]:
    """Index of a rich shared string → the encoding of the font in which *all* its runs stand. Raises ``damaged``.

    A string of mixed fonts has no encoding: converting it would destroy its Unicode part.
    """
    if strings is None or b"rFont" not in strings or not _may_be_legacy(strings):
        return {}
    found: dict[int, LegacyFont] = {}
    runs: list[LegacyFont | None] = []
    index = -1

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal index
        match local(tag):
            case "si":
                index += 1
                runs.clear()
            case "r":
                runs.append(None)
            case "rFont" if runs:
                runs[-1] = font_encoding(attributes.get("val"))

    def end(tag: str) -> None:
        if local(tag) == "si" and runs and runs[0] is not None and len(set(runs)) == 1:
            found[index] = runs[0]

    walk("xl/sharedStrings.xml", strings, start, end)
    return found


def _may_be_legacy(part: bytes) -> bool:
    small = part.lower()
    return any(word in small for word in _WORDS_OF_LEGACY) and _MAYBE_LEGACY.search(part) is not None


def _drop(path: list[str]) -> None:
    path.pop()
