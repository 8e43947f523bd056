"""The search for near titles beside the rest: the same pairs, whoever looks for them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from addin.intake import ahead
from addin.merge import near_search
from addin.merge.near_search import NearTitles, near_search_ahead, searching_near_titles
from addin.merge.overview import SourcedRow
from tests.end_to_end.small_campaign import Small, report, row
from validation.submission import Outcome

WORDS = ["cải tiến", "lò sấy", "đồ gá", "khoan", "mặt bích", "băng tải", "số hoá", "sổ kho", "vật tư", "gỗ thông"]


@pytest.fixture
def rows(tmp_path: Path) -> list[SourcedRow]:
    small, chance = Small(tmp_path), random.Random(3)
    for unit in "ABC":
        titles = [" ".join(chance.sample(WORDS, 4)) for _ in range(30)]
        small.put(f"{unit}.xlsx", report(unit, *(row(f"{unit}-{i}", title=t) for i, t in enumerate(titles))))
    return list(small.merge().overview.rows(Outcome.ACCEPTED))


def found(rows: list[SourcedRow]) -> list[NearTitles]:
    with searching_near_titles(rows) as search:
        return search()


def test_a_child_finds_what_is_found_here(rows: list[SourcedRow], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_search, "cores", lambda: 2)
    here = found(rows)
    assert here
    assert [pair.score for pair in here] == sorted((pair.score for pair in here), reverse=True)
    monkeypatch.setattr(near_search, "WORTH_A_CHILD", 1)
    with near_search_ahead(len(rows)):
        (child,) = ahead._waiting
        monkeypatch.setattr(near_search, "near_pairs", _asked_by_name_only)
        with pytest.raises(AssertionError):
            _asked_by_name_only(b"")
        assert found(rows) == here
        assert ahead._waiting == []
    assert child.returncode is not None


def _asked_by_name_only(data: bytes) -> list[tuple[int, int, int]]:
    """What is told to the child under the name of the real one, which it finds in its own place."""
    raise AssertionError("looked for here")


_asked_by_name_only.__module__, _asked_by_name_only.__qualname__ = near_search.__name__, "near_pairs"


@pytest.mark.parametrize(("rows", "cores"), [(near_search.WORTH_A_CHILD - 1, 2), (10**6, 1)])
def test_no_child_is_started_where_it_is_not_worth_one(
    rows: int, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(near_search, "cores", lambda: cores)
    with near_search_ahead(rows):
        assert ahead._waiting == []


def test_rows_without_a_title_are_passed_over(rows: list[SourcedRow]) -> None:
    bare = [SourcedRow(one.report, one.row._replace(title=None)) for one in rows[:5]]
    assert found([*bare, *rows]) == found(rows)
