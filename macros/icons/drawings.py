"""The pictures of the buttons, drawn on a square of 32 units. Our own: no copy of anybody's icons."""

from __future__ import annotations

import math
from collections.abc import Mapping

from macros.icons.shapes import Box, Colour, Disc, Drawing, Layer, Point, Polygon, Stroke

BLUE: Colour = (31, 95, 168)
RED: Colour = (200, 32, 46)
AMBER: Colour = (240, 165, 0)
GREEN: Colour = (34, 139, 84)
GREY: Colour = (120, 130, 143)
PALE: Colour = (226, 233, 242)
WHITE: Colour = (255, 255, 255)


def _arc(x: float, y: float, radius: float, first: float, last: float) -> list[Point]:
    """Points of a piece of a circle; degrees, clockwise from the right."""
    steps = 16
    angles = [math.radians(first + (last - first) * step / steps) for step in range(steps + 1)]
    return [(round(x + radius * math.cos(a), 4), round(y + radius * math.sin(a), 4)) for a in angles]


def _page(left: float = 6, top: float = 3, width: float = 20, height: float = 26) -> list[Layer]:
    return [
        Layer(Box(left, top, width, height, 2.5), BLUE),
        Layer(Box(left + 2, top + 2, width - 4, height - 4, 1), WHITE),
    ]


def _lines(*tops: float, colour: Colour = GREY, left: float = 10, width: float = 12) -> list[Layer]:
    return [Layer(Box(left, top, width, 2, 1), colour) for top in tops]


def _badge(colour: Colour) -> list[Layer]:
    """A round badge at the lower right, with a white rim."""
    return [Layer(Disc(23, 23, 9), WHITE), Layer(Disc(23, 23, 7.5), colour)]


def _envelope(top: float) -> list[Layer]:
    return [
        Layer(Box(2, top, 28, 18, 2.5), BLUE),
        Layer(Box(4, top + 2, 24, 14, 1), WHITE),
        Layer(Stroke([(4, top + 2.5), (16, top + 11), (28, top + 2.5)], 2), BLUE),
    ]


def _gear() -> list[Layer]:
    teeth = [
        Layer(Stroke([(16, 16), end], 5), GREY)
        for end in (_arc(16, 16, 12, 45 * number, 45 * number + 1)[0] for number in range(8))
    ]
    return [*teeth, Layer(Disc(16, 16, 9.5), GREY), Layer(Disc(16, 16, 4.5), WHITE)]


DRAWINGS: Mapping[str, Drawing] = {
    "new-form": [
        *_page(), *_lines(9, 13),
        *_badge(GREEN), Layer(Box(18.5, 21.8, 9, 2.4, 0.5), WHITE), Layer(Box(21.8, 18.5, 2.4, 9, 0.5), WHITE),
    ],
    "check": [*_page(), *_lines(8, 12), Layer(Stroke([(10, 20), (16, 26), (28, 13)], 6.5), WHITE),
              Layer(Stroke([(10, 20), (16, 26), (28, 13)], 4.2), GREEN)],
    "next-finding": [
        *_page(3, 3, 18, 26), *_lines(8, 22, left=7, width=10), *_lines(14, colour=RED, left=7, width=10),
        Layer(Stroke([(20, 15), (29, 15)], 6), WHITE), Layer(Stroke([(17, 15), (27, 15)], 3.4), RED),
        Layer(Polygon([(23.5, 8.5), (31, 15), (23.5, 21.5)]), RED),
    ],
    "fix": [
        Layer(Polygon([(22, 3), (29, 10), (12, 27), (5, 20)]), AMBER),
        Layer(Polygon([(24.5, 1), (31, 7.5), (28, 11), (21, 4)]), RED),
        Layer(Polygon([(5, 20), (12, 27), (2, 30)]), PALE), Layer(Polygon([(3.4, 25), (7, 28.6), (2, 30)]), BLUE),
        Layer(Stroke([(17, 29), (29, 29)], 2.4), GREEN),
    ],
    "clear-marks": [
        Layer(Polygon([(19, 4), (29, 14), (19, 24), (9, 14)]), BLUE),
        Layer(Polygon([(13, 10), (23, 20), (17, 26), (11, 26), (4, 19)]), PALE),
        Layer(Stroke([(13, 10), (23, 20), (17, 26), (11, 26), (4, 19), (13, 10)], 1.8), BLUE),
        Layer(Stroke([(4, 29), (28, 29)], 2.2), GREY),
    ],
    "undo": [Layer(Stroke([(9, 11), (19, 11), *_arc(19, 18.5, 7.5, -90, 90), (9, 26)], 3.8), BLUE),
             Layer(Polygon([(12, 2.5), (2, 11), (12, 19.5)]), BLUE)],
    "merge": [
        *(Layer(Box(2, top, 9, 8, 1.5), GREY) for top in (2, 12, 22)),
        *(Layer(Stroke([(11, top), (18, 16)], 2.2), GREY) for top in (6, 16, 26)),
        Layer(Box(17, 7, 14, 18, 2.5), BLUE), *_lines(11, 15, 19, colour=WHITE, left=20, width=8),
    ],
    "collect": [
        Layer(Polygon([(2, 18), (9, 18), (12, 22), (20, 22), (23, 18), (30, 18), (30, 30), (2, 30)]), BLUE),
        Layer(Box(14, 2, 4, 10), GREEN), Layer(Polygon([(8.5, 10), (23.5, 10), (16, 18.5)]), GREEN),
    ],
    "status": [
        Layer(Box(3, 18, 6.5, 9, 1), BLUE), Layer(Box(12.5, 11, 6.5, 16, 1), AMBER),
        Layer(Box(22, 4, 6.5, 23, 1), GREEN),
        Layer(Stroke([(2, 29.5), (30, 29.5)], 2), GREY),
    ],
    "payments": [
        Layer(Box(1, 6, 30, 19, 2.5), GREEN), Layer(Box(3, 8, 26, 15, 1), WHITE), Layer(Disc(16, 15.5, 5), GREEN),
        Layer(Disc(6.5, 15.5, 1.5), GREEN), Layer(Disc(25.5, 15.5, 1.5), GREEN),
        Layer(Stroke([(5, 28.5), (27, 28.5)], 2), AMBER),
    ],
    "send": [*_envelope(12), Layer(Box(12.5, 6, 7, 14), WHITE), Layer(Box(14, 8, 4, 11), GREEN),
             Layer(Polygon([(7.5, 10), (24.5, 10), (16, 0.5)]), GREEN)],
    "report": [
        *_page(), *_lines(8), Layer(Box(10, 17, 3, 8), BLUE), Layer(Box(14.5, 13, 3, 12), AMBER),
        Layer(Disc(23, 24, 7), WHITE), Layer(Disc(23, 24, 4.6, 2.6), RED),
    ],
    "return": [
        *_page(12, 3, 18, 26), *_lines(8, 22, left=16, width=10),
        Layer(Stroke([(12, 15), (24, 15)], 7), WHITE), Layer(Stroke([(7, 15), (22, 15)], 3.8), RED),
        Layer(Polygon([(10, 7), (1, 15), (10, 23)]), RED),
    ],
    "remind": [
        Layer(Polygon([(16, 5), (5, 24), (27, 24)]), AMBER), Layer(Disc(16, 12, 7.5), AMBER),
        Layer(Box(8.5, 12, 15, 10), AMBER), Layer(Box(3, 22, 26, 3.4, 1.6), AMBER), Layer(Disc(16, 4, 2.4), AMBER),
        Layer(Disc(16, 28, 3), RED),
    ],
    "guide": [
        Layer(Disc(16, 16, 14), BLUE), Layer(Stroke([*_arc(16, 12, 4.6, 180, 405), (16, 18), (16, 19.5)], 3.2), WHITE),
        Layer(Disc(16, 24.4, 2.1), WHITE),
    ],
    "settings": _gear(),
    "about": [Layer(Disc(16, 16, 14), GREEN), Layer(Disc(16, 9, 2.3), WHITE), Layer(Box(14, 13.5, 4, 12, 1), WHITE)],
}  # fmt: skip
"""By the names that ``addin.ribbon`` uses."""
