"""What an initiative of the demo can be about: the shape of the word lists in ``domains/``.

A domain is a trade (shoemaking, a ward office, a school …). Its topics hold objects and sentences that fit each other,
so that any object may stand in any sentence of its topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Solution(IntEnum):
    """Place in the programme's list of kinds of solution."""

    TECHNICAL = 0
    MANAGEMENT = 1
    PRACTICE = 2
    TECHNOLOGY = 3
    RESEARCH = 4


class Activity(IntEnum):
    """Place in the programme's list of fields of activity."""

    PRODUCTION = 0
    NEW_PRODUCT = 1
    SAFETY = 2
    ADMINISTRATION = 3
    COMMUNITY = 4


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of idea. In ``titles`` stand ``{o}`` (an object), ``{p}`` (a place of the domain), ``{g}`` (a goal).

    In ``effects`` stand ``{pct}`` (per cent), ``{t1}`` ``{t2}`` (minutes before and after), ``{d1}`` ``{d2}`` (days),
    ``{n}`` (a few), ``{q}`` (a quantity), ``{money}`` (the benefit in words, which is then the row's benefit value).
    """

    solution: Solution
    activity: Activity
    objects: tuple[str, ...]
    titles: tuple[str, ...]
    goals: tuple[str, ...]
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A trade: who works there, where, and on what."""

    positions: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[Topic, ...]
    women: float
    """Share of women among the authors."""
