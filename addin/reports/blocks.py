"""The parts that a report's body consists of, before anything is written. ``[…]`` is left for the leader to fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's name."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``item`` for one of several things that stand below each other."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A table. ``widths`` in centimetres; columns after the first ``texts`` are figures; the last may add up."""

    caption: str
    headers: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    texts: int = 1
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG, its caption, and what it says to who cannot see it."""

    png: bytes
    caption: str
    description: str


Block = Heading | Paragraph | Figures | Picture
