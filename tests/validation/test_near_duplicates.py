"""Near titles: across units only, whatever marks and case, never for another number; most of what is planted."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation.near_duplicates import NearPair, _BareWords, _split, _words, near_duplicates
from validation.text.keys import fold_without_marks

TITLE = "Cải tiến đồ gá khoan nâng cao năng suất gia công mặt bích"


def pairs(*titles: str) -> list[tuple[int, int]]:
    """Places of near titles, each of a unit of its own."""
    return [(pair.first, pair.second) for pair in near_duplicates((f"U{i}", title) for i, title in enumerate(titles))]


@pytest.mark.parametrize(
    "other",
    [
        TITLE,
        TITLE.upper(),
        fold_without_marks(TITLE),
        "Cải tiến đồ gá khoan, nâng cao năng suất gia công các mặt bích.",
        "Cải tiến đồ gá khoan nâng cao năng suất gia côgn mặt bích",
        "Nâng cao năng suất gia công mặt bích: cải tiến đồ gá khoan",
        "Cải tiến đồ gá khoan nâng cao năng suất mặt bích",
    ],
)
def test_the_same_title_written_otherwise_is_found(other: str) -> None:
    assert pairs(TITLE, other) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đề thi môn Toán lớp 4 cuối năm", "Đề thi môn Toán lớp 5 cuối năm"),
        ("Cải tiến máy ép nhựa", "Cải tiến máy cắt vải"),
        (TITLE, "Cải tiến khuôn dập nâng cao năng suất sản xuất vỏ hộp"),
        ("Cải tiến", "Cải tiến"),
        ("", ""),
    ],
)
def test_another_title_is_not(one: str, other: str) -> None:
    assert pairs(one, other) == []


def test_titles_of_one_unit_are_no_pair() -> None:
    assert near_duplicates([("A", TITLE), ("A", TITLE), ("B", TITLE)]) == [NearPair(0, 2, 100)]
    assert near_duplicates([("A", TITLE), ("A", TITLE.replace("mặt", "các mặt"))]) == []


def test_the_most_alike_come_first_and_only_the_same_words_are_a_hundred() -> None:
    found = near_duplicates([("A", TITLE), ("B", TITLE.replace("mặt", "các mặt")), ("C", TITLE.lower())])
    assert [(pair.first, pair.second) for pair in found] == [(0, 2), (0, 1)]
    assert [pair.score == 100 for pair in found] == [True, False]


def test_a_common_title_of_many_units_is_a_chain_of_pairs() -> None:
    assert len(pairs(*[TITLE] * 50)) == 49


def test_one_title_has_few_partners_however_many_are_near() -> None:
    many = [f"{TITLE} {word}" for word in ("mới", "cũ", "to", "nhỏ", "vừa", "dày", "mỏng", "tròn")]
    found = pairs(TITLE, *many)
    assert 1 <= sum(0 in pair for pair in found) <= 3


def typo(title: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(title) - 1)
    return title[:at] + title[at + 1 :]


def inserted(title: str, chance: random.Random) -> str:
    words = title.split()
    words.insert(chance.randrange(len(words)), chance.choice(("các", "mới", "việc", "cho")))
    return " ".join(words)


def dropped(title: str, chance: random.Random) -> str:
    words = title.split()
    words.pop(chance.randrange(len(words)))
    return " ".join(words)


def turned(title: str, chance: random.Random) -> str:
    words = title.split()
    at = chance.randrange(2, len(words) - 2)
    return " ".join(words[at:] + words[:at])


@pytest.mark.parametrize("change", [typo, inserted, dropped, turned])
def test_of_planted_pairs_among_many_titles_nearly_all_are_found(change: Callable[[str, random.Random], str]) -> None:
    chance = random.Random(3)
    syllables = [
        "an",
        "bình",
        "châu",
        "dung",
        "giang",
        "hà",
        "khánh",
        "lâm",
        "minh",
        "nam",
        "oanh",
        "phú",
        "quang",
        "sơn",
        "thanh",
        "vinh",
        "xuân",
        "yên",
        "hoa",
        "long",
    ]
    titles = [" ".join(chance.choice(syllables) for _ in range(chance.randint(8, 14))) for _ in range(1_500)]
    planted = [change(title, chance) for title in titles[:100]]
    found = set(pairs(*titles, *planted))
    assert sum((i, len(titles) + i) in found for i in range(100)) >= 95


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.text(max_size=40)), max_size=30))
def test_whatever_the_titles_pairs_are_of_two_units_and_in_order(rows: list[tuple[str, str]]) -> None:
    for pair in near_duplicates(rows):
        assert pair.first < pair.second
        assert rows[pair.first][0] != rows[pair.second][0]
        assert 0 <= pair.score <= 100


@given(st.text(max_size=60) | st.text(st.sampled_from("ΑΣσİı'.Đđ ạẠ9٣_\u0307"), max_size=12))
def test_a_title_has_the_words_that_it_has_as_a_whole(title: str) -> None:
    known, whole = _BareWords(), _split(title)
    letters = tuple(word for word in whole if not word.isdecimal())
    expected = (letters, " ".join(sorted(filter(str.isdecimal, whole)))) if len(letters) >= 3 else None
    assert _words(title, known) == _words(title, known) == expected
