"""What a question to the clerk is made of: ways to choose from, blanks to fill in, tables to look through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Option:
    """One of several ways: what stands for it, what the clerk reads, and a word more."""

    key: str
    label: str
    hint: str = ""


class BlankKind(StrEnum):
    """How a blank is filled in."""

    TEXT = "text"
    LONG = "long"  # several lines
    SECRET = "secret"  # not shown, and neither kept nor noted by a window
    CHOICE = "choice"
    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank of a form. ``free``: a choice may also be typed; ``patterns``: of files, like ``*.csv``."""

    key: str
    label: str
    value: str = ""
    kind: BlankKind = BlankKind.TEXT
    hint: str = ""
    needed: bool = False
    options: tuple[Option, ...] = ()
    free: bool = False
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A table to look through: heading and width of each column in pixels, rows, and a longer text for each row."""

    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    details: Sequence[str] = ()
