"""Several people in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
