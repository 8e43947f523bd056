"""Several people in one cell."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text import names
from validation.text.keys import fold_without_marks
from validation.text.names import split_people

A, B, C = "Nguyễn Văn A", "Trần Thị Bình", "Lê Công"


@pytest.mark.parametrize(
    ("text", "names", "notes"),
    [
        ("", (), ()),
        (A, (A,), ()),
        (f"{A}; {B};{C}", (A, B, C), ()),
        (f"{A}\n{B}\r\n{C}", (A, B, C), ()),
        (f";{A};; {B} ;", (A, B), ()),
        (f"{A}, {B}", (A, B), ("comma_separated_people",)),
        (f"{A}; {B}, {C}", (A, f"{B}, {C}"), ()),
        (f"{A}\n{B}, tổ 3", (A, f"{B}, tổ 3"), ()),
        (f"{A}, tổ 3;", (f"{A}, tổ 3",), ()),
        (f"{A} (Phòng Kỹ thuật, Xí nghiệp 2); {B}", (f"{A} (Phòng Kỹ thuật, Xí nghiệp 2)", B), ()),
        (f"1. {A}; 2. {B}", (A, B), ("numbered_people",)),
        (f"1) {A}\n2/ {B}\n(3) {C}", (A, B, C), ("numbered_people",)),
        (f"1.{A}\n2{B[0:0]} {B}", (A, B), ("numbered_people",)),
        (f"- {A}\n- {B}", (A, B), ("numbered_people",)),
        (f"- 1. {A}, - 2. {B}", (A, B), ("comma_separated_people", "numbered_people")),
        ("1.; -; ...", (), ()),
        ("Không", (), ()),
        ("không có.", (), ()),
        (f"{A}；{B}", (A, B), ()),
        (f" {A}\u00a0;\u200b{B}", (A, B), ()),
    ],
)
def test_people_are_told_apart(text: str, names: tuple[str, ...], notes: tuple[str, ...]) -> None:
    split = split_people(text)
    assert (split.names, split.notes) == (names, notes)


@given(st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from("aB1.,;()- \n/")))
def test_names_with_a_semicolon_behind_each_are_the_same_names(text: str) -> None:
    names = split_people(text).names
    assert split_people("; ".join((*names, ""))).names == names
    assert all(name == name.strip() and any(map(str.isalpha, name)) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "Lê Văn An và Trần Thị Bình",
        "Lê Văn An & Trần Thị Bình",
        "Lê Văn An + Trần Thị Bình",
        "Lê Văn An/Trần Thị Bình",
        "1. Lê Văn An 2. Trần Thị Bình",
    ],
)
def test_people_joined_otherwise_are_taken_apart_and_noted(text: str) -> None:
    people = split_people(text)
    assert people.names == ("Lê Văn An", "Trần Thị Bình")
    assert people.notes


def test_a_repair_of_commas_leaves_nobody_joined() -> None:
    people = split_people("Lê Văn An, Trần Thị Bình và Phạm Văn Cường")
    assert people.names == ("Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường")
    assert split_people("; ".join(people.names)).notes == ()


PIECES = st.sampled_from([
    A, B, C, "Hà", "và", "Và", "VÀ", "vÀ", "&", "+", "/", "A/B", "1.", "2)", "12", "3 người", ";", ",", "\n", "không",
    "Không có", "K\u0327hông", "\u212ao", "ko có ai.", "Đỗ", "-", "", ".", "k", "x",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=6).map(" ".join)


@given(TEXTS)
def test_people_are_told_apart_by_the_same_signs_where_a_quick_look_finds_none(text: str) -> None:
    quick = split_people(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "_MAY_JOIN", re.compile(""))
        assert split_people(text) == quick


@given(TEXTS)
def test_whoever_is_named_is_no_answer_that_names_nobody(text: str) -> None:
    name = text.strip()
    answer = fold_without_marks(name).strip(" .") in {"khong", "khong co", "ko", "ko co", "khong co ai"}
    assert names._names_somebody(name) == (any(map(str.isalpha, name)) and not (answer and len(name) <= 14))
