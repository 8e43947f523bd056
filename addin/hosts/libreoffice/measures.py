"""Units and colours: Excel's points, characters and RGB; the office's hundredths of a millimetre and integers."""

from typing import Any

NO_COLOR = -1
"""The office's number for no fill, or for the automatic font colour."""

POINTS = 72 / 2540
"""Points in a hundredth of a millimetre."""

DIGIT, PADDING = 7, 5
"""Pixels of a digit and of a cell's padding in Excel's default font, from which Excel counts column widths."""

PIXEL = 0.75
"""Points in a pixel."""


def points(hundredths: float) -> float:
    """Hundredths of a millimetre as points."""
    return round(hundredths * POINTS, 2)


def hundredths(value: float) -> int:
    """Points as hundredths of a millimetre."""
    return round(value / POINTS)


def characters(width: int) -> float:
    """A column width in hundredths of a millimetre as Excel's characters, to a hundredth."""
    pixels = width * POINTS / PIXEL
    wide = (pixels - PADDING) / DIGIT
    return round(wide if wide >= 1 else pixels / (DIGIT + PADDING), 2)


def width_of(count: float) -> int:
    """Excel's characters as hundredths of a millimetre."""
    pixels = count * DIGIT + PADDING if count >= 1 else count * (DIGIT + PADDING)
    return hundredths(pixels * PIXEL)


def color_number(given: Any) -> int:
    """A colour as xlwings takes it (RGB tuple, hex text, Excel's integer, None) as the office's number."""
    if given is None:
        return NO_COLOR
    if isinstance(given, str):
        given = _rgb_of_hex(given)
    elif isinstance(given, int):
        given = given & 255, given >> 8 & 255, given >> 16 & 255
    red, green, blue = given
    return int(red) << 16 | int(green) << 8 | int(blue)


def _rgb_of_hex(text: str) -> tuple[int, ...]:
    digits = text.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"no colour: {text!r}")
    return tuple(bytes.fromhex(digits))


def rgb(number: int | None) -> tuple[int, int, int] | None:
    """The office's number as an RGB tuple; None for no colour or differing colours."""
    if number is None or number < 0:
        return None
    return number >> 16 & 255, number >> 8 & 255, number & 255
