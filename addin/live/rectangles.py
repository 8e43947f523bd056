"""Cells in rectangles: a call to a spreadsheet program costs the same for one cell and for a thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from addin.intake.names import column_letters
from addin.intake.sheet_facts import Place

_LONGEST_REFERENCE = 250  # characters; Excel takes 255


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Cells by row and column numbers from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """Like ``B3:D9``, or ``B3`` for one cell."""
        first = f"{column_letters(self.left)}{self.top}"
        return first if self.is_cell else f"{first}:{column_letters(self.right)}{self.bottom}"

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    def halves(self) -> tuple[Rectangle, Rectangle]:
        """Two parts of a rectangle of several cells: of one column each where it has several, else of half the rows."""
        if self.left < self.right:
            middle = (self.left + self.right) // 2
            return (
                Rectangle(self.top, self.left, self.bottom, middle),
                Rectangle(self.top, middle + 1, self.bottom, self.right),
            )
        middle = (self.top + self.bottom) // 2
        return (
            Rectangle(self.top, self.left, middle, self.right),
            Rectangle(middle + 1, self.left, self.bottom, self.right),
        )


def rectangles(places: Iterable[Place]) -> list[Rectangle]:
    """Rectangles that hold exactly these cells (row, column): runs down a column, alike neighbours joined."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(set(places), key=lambda place: (place[1], place[0])):
        columns.setdefault(column, []).append(row)
    open_runs: dict[tuple[int, int], int] = {}  # first and last row → the column at which it began
    found: list[Rectangle] = []
    previous = 0
    for column in [*sorted(columns), 0]:
        runs = set(_runs(columns.get(column, [])))
        for run, left in list(open_runs.items()):
            if run not in runs or column != previous + 1:
                found.append(Rectangle(run[0], left, run[1], previous))
                del open_runs[run]
        for run in runs:
            open_runs.setdefault(run, column)
        previous = column
    return sorted(found, key=lambda one: (one.left, one.top))


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for row in rows:
        if first and row == last + 1:
            last = row
            continue
        if first:
            yield first, last
        first = last = row
    if first:
        yield first, last


def references(parts: Iterable[Rectangle]) -> Iterator[tuple[str, list[Rectangle]]]:
    """References to several areas, like ``B3:B9,D4``, each short enough for Excel, with the areas it stands for."""
    together: list[Rectangle] = []
    length = 0
    for one in parts:
        added = len(one.address) + 1
        if together and length + added > _LONGEST_REFERENCE:
            yield ",".join(part.address for part in together), together
            together, length = [], 0
        together.append(one)
        length += added
    if together:
        yield ",".join(part.address for part in together), together
