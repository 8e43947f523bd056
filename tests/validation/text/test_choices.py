"""List values match after folding only; anything else is at most a proposal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.programme import load_programme
from validation.text.choices import ChoiceMatch, match_choice

PROGRAMME = load_programme()
KINDS = PROGRAMME.choices("solution_kind")
FIELDS = PROGRAMME.choices("activity_field")
STATUS = PROGRAMME.choices("status")
YES_NO = PROGRAMME.choices("yes_no")
LISTS = st.sampled_from([KINDS, FIELDS, STATUS, YES_NO])


@pytest.mark.parametrize("allowed", [KINDS, FIELDS, STATUS, YES_NO])
def test_a_value_of_the_list_is_itself_and_its_case_and_spaces_are_folded(allowed: tuple[str, ...]) -> None:
    for value in allowed:
        assert match_choice(value, allowed) == ChoiceMatch(value)
        assert match_choice(f" {value.upper()}\u00a0", allowed) == ChoiceMatch(value, folded=True)


@pytest.mark.parametrize(
    ("text", "allowed", "proposal"),
    [
        ("giải pháp kĩ thuật", KINDS, "Giải pháp kỹ thuật"),
        ("Giai phap ky thuat", KINDS, "Giải pháp kỹ thuật"),
        ("Giải pháp kỹ thuật.", KINDS, "Giải pháp kỹ thuật"),
        ("2. Giải pháp quản lý", KINDS, "Giải pháp quản lý"),
        ("quản lý", KINDS, "Giải pháp quản lý"),
        ("Đề tài khoa học", KINDS, "Đề tài nghiên cứu khoa học"),
        ("Ứng dụng tiến bộ kỹ thuật", KINDS, "Giải pháp ứng dụng tiến bộ kỹ thuật, công nghệ"),
        ("kỹ thuật", KINDS, None),
        ("Giải pháp", KINDS, None),
        ("Sáng kiến", KINDS, None),
        ("hop le", STATUS, "Hợp lệ"),
        ("ko hợp lệ", STATUS, "Không hợp lệ"),
        ("Đang xét", STATUS, "Đang xem xét"),
        ("chưa hợp lệ", STATUS, None),
        ("đã duyệt", STATUS, None),
        ("co", YES_NO, "Có"),
        ("x", YES_NO, "Có"),
        ("Yes", YES_NO, "Có"),
        ("ko", YES_NO, "Không"),
        ("khong", YES_NO, "Không"),
        ("con", YES_NO, None),
        ("", YES_NO, None),
        ("\u200b ", YES_NO, None),
        ("x", KINDS, None),
        ("Giải pháp kỹ thuật " * 50, KINDS, None),
    ],
)
def test_a_near_match_is_only_proposed(text: str, allowed: tuple[str, ...], proposal: str | None) -> None:
    assert match_choice(text, allowed) == ChoiceMatch(None, proposal=proposal)


@given(st.text(st.characters(exclude_categories=())), LISTS)
def test_any_text_gives_a_value_of_the_list_or_none(text: str, allowed: tuple[str, ...]) -> None:
    match = match_choice(text, allowed)
    assert match.value is None or match.value in allowed
    assert match.proposal is None or (match.proposal in allowed and match.value is None)


def test_an_empty_list_matches_nothing() -> None:
    assert match_choice("Có", ()) == ChoiceMatch(None)
