"""Simple shapes, each by its distance: how far a point lies outside (below zero: inside), in units of the drawing.

The distance gives a soft edge at every size, so one drawing serves 16, 32 and 64 pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

GRID = 32
"""A drawing is a square of this many units, its origin at the top left."""

Point = tuple[float, float]
Colour = tuple[int, int, int]


class Shape(Protocol):
    """Anything that knows how far a point lies outside it."""

    def distance(self, x: float, y: float) -> float:
        """Units outside (positive) or inside (negative)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners."""

    left: float
    top: float
    width: float
    height: float
    radius: float = 0

    def distance(self, x: float, y: float) -> float:
        """See Shape."""
        across = abs(x - self.left - self.width / 2) - self.width / 2 + self.radius
        down = abs(y - self.top - self.height / 2) - self.height / 2 + self.radius
        return _length(max(across, 0), max(down, 0)) + min(max(across, down), 0) - self.radius


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle; with ``width`` only its rim, half of it on either side of the radius."""

    x: float
    y: float
    radius: float
    width: float = 0

    def distance(self, x: float, y: float) -> float:
        """See Shape."""
        outside = _length(x - self.x, y - self.y) - self.radius
        return abs(outside) - self.width / 2 if self.width else outside


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, with round ends."""

    points: Sequence[Point]
    width: float

    def distance(self, x: float, y: float) -> float:
        """See Shape."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return min(_to_segment(x, y, start, end) for start, end in pairs) - self.width / 2


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled outline."""

    points: Sequence[Point]

    def distance(self, x: float, y: float) -> float:
        """See Shape."""
        inside = False
        nearest = math.inf
        for start, end in zip(self.points, [*self.points[1:], self.points[0]], strict=True):
            nearest = min(nearest, _to_segment(x, y, start, end))
            if (start[1] > y) != (end[1] > y):
                inside ^= x < (end[0] - start[0]) * (y - start[1]) / (end[1] - start[1]) + start[0]
        return -nearest if inside else nearest


@dataclass(frozen=True, slots=True)
class Layer:
    """A shape in a colour; later layers cover earlier ones."""

    shape: Shape
    colour: Colour


Drawing = Sequence[Layer]


def pixels(drawing: Drawing, size: int) -> bytes:
    """The drawing in ``size`` × ``size`` pixels, each as red, green, blue and opacity."""
    scale = GRID / size
    content = bytearray()
    for row in range(size):
        for column in range(size):
            content += _pixel(drawing, (column + 0.5) * scale, (row + 0.5) * scale, scale)
    return bytes(content)


def _pixel(drawing: Drawing, x: float, y: float, scale: float) -> bytes:
    mixed, opacity = (0.0, 0.0, 0.0), 0.0
    for layer in drawing:
        cover = min(max(0.5 - layer.shape.distance(x, y) / scale, 0), 1)
        if cover:
            total = cover + opacity * (1 - cover)
            share = cover / total
            mixed = (
                mixed[0] + (layer.colour[0] - mixed[0]) * share,
                mixed[1] + (layer.colour[1] - mixed[1]) * share,
                mixed[2] + (layer.colour[2] - mixed[2]) * share,
            )
            opacity = total
    return bytes([*(round(part) for part in mixed), round(opacity * 255)])


def _to_segment(x: float, y: float, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    along = ((x - start[0]) * across + (y - start[1]) * down) / ((across * across + down * down) or 1)
    along = min(max(along, 0), 1)
    return _length(x - start[0] - along * across, y - start[1] - along * down)


def _length(across: float, down: float) -> float:
    # Not math.hypot: it rounds differently from system to system, a square root does not.
    return math.sqrt(across * across + down * down)
