"""The search for nearly the same titles, beside the rest of a master where that takes long enough to be worth it.

A child imports this module, so it imports hardly anything itself.
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addin.intake.ahead import child_ahead
from addin.intake.cores import cores
from addin.merge.uncollected import uncollected

if TYPE_CHECKING:
    from addin.merge.overview import SourcedRow

WORTH_A_CHILD = 5_000
"""Rows. A search through so many takes about as long as telling a child of it."""
_NEEDED = ("addin.merge.near_search", "validation.near_duplicates")


@dataclass(frozen=True, slots=True)
class NearTitles:
    """Two accepted rows of different units whose titles are nearly the same; ``score`` from 0 to 100."""

    first: SourcedRow
    second: SourcedRow
    score: int


Search = Callable[[], list[NearTitles]]
"""Waits for the pairs, the most alike first."""


@contextlib.contextmanager
def searching_near_titles(rows: Iterable[SourcedRow]) -> Iterator[Search]:
    """Within, the pairs among accepted rows are looked for, and are there for the asking.

    Two rows of one registration code are duplicates already.
    """
    titled = [one for one in rows if one.row.title]
    data = pickle.dumps([(one.row.unit_code, one.row.title) for one in titled], protocol=pickle.HIGHEST_PROTOCOL)

    def shown(pairs: list[tuple[int, int, int]]) -> list[NearTitles]:
        return [NearTitles(titled[first], titled[second], score) for first, second, score in pairs]

    if _is_worth_a_child(len(titled)):
        from addin.intake.aside import Aside  # not where nothing is written

        with Aside(near_pairs, data) as search:
            yield lambda: shown(search.result())
    else:
        yield lambda: shown(near_pairs(data))


def near_search_ahead(rows: int) -> AbstractContextManager[None]:
    """For the time in which a master of so many rows will be written: a child that is starting, if it is worth one."""
    return child_ahead(*_NEEDED) if _is_worth_a_child(rows) else contextlib.nullcontext()


@uncollected()
def near_pairs(data: bytes) -> list[tuple[int, int, int]]:
    """For packed (unit, title) the pairs: two places, the first before the second, and the score."""
    from validation.near_duplicates import near_duplicates  # here: only a master that is written needs it

    return [(pair.first, pair.second, pair.score) for pair in near_duplicates(pickle.loads(data))]


def _is_worth_a_child(rows: int) -> bool:
    return rows >= WORTH_A_CHILD and cores() > 1
