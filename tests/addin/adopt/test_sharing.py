"""One long list of many units: each row goes to its unit, or to nobody."""

import pytest

from addin.adopt.rows import TakenRow
from addin.adopt.sharing import read_told, share_out
from addin.errors import UsageProblem
from validation.units import Level, Unit, UnitTree

TREE = UnitTree((
    Unit("LĐ", "LĐLĐ quận Ví Dụ", Level.UPPER),
    Unit("CĐ-01", "CĐCS Công ty TNHH May Số 1", Level.GRASSROOTS, "LĐ"),
    Unit("CĐ-02", "CĐCS Công ty TNHH May Số 2", Level.GRASSROOTS, "LĐ"),
    Unit("CĐ-03", "CĐCS Trường Mầm non Hoa Sen", Level.GRASSROOTS, "LĐ"),
    Unit("CĐ-04", "CĐCS Xí nghiệp Cơ khí", Level.GRASSROOTS, "LĐ"),
    Unit("CĐ-05", "CĐCS Xí nghiệp Cơ khí", Level.GRASSROOTS, "LĐ"),
))  # fmt: skip


def row(text: str = "", code: str = "") -> TakenRow:
    return TakenRow("S", 2, {"title": "t"}, text, code)


@pytest.mark.parametrize(
    ("text", "code", "unit", "reason"),
    [
        ("", "CĐ-01", "CĐ-01", "code"),
        ("", "cđ - 01", "CĐ-01", "code"),
        ("CĐ-03", "", "CĐ-03", "code"),
        ("CĐCS Trường Mầm non Hoa Sen", "", "CĐ-03", "name"),
        ("II. CĐCS TRƯỜNG MẦM NON HOA SEN", "", "CĐ-03", "name"),
        ("Trường mầm non Hoa Sen", "", "CĐ-03", "near"),
        ("Truong mam non Hoa Sen", "", "CĐ-03", "near"),
        ("Cty TNHH May số 2", "", "CĐ-02", "near"),
        ("Cty may số 3", "", None, "none"),  # near to two, and none of them
        ("Công ty TNHH May", "", None, "none"),
        ("CĐCS Xí nghiệp Cơ khí", "", None, "none"),  # two units of that name
        ("", "", None, "none"),
        ("Phân xưởng 7", "", None, "none"),
    ],
)
def test_a_unit_is_known_by_code_or_name_and_never_guessed(text: str, code: str, unit: str | None, reason: str) -> None:
    shares = share_out([row(text, code)], TREE, {})
    (match,) = shares.matches
    assert (match.unit.code if match.unit else None, match.reason) == (unit, reason)
    assert shares.nobody == (() if unit else (0,))


def test_the_clerk_may_say_whose_a_name_is() -> None:
    shares = share_out([row("XN Cơ khí"), row("XN cơ khí"), row("CĐ-01")], TREE, read_told(["XN Cơ khí=CĐ-05"]))
    assert shares.by_unit == {"CĐ-01": (2,), "CĐ-05": (0, 1)}
    assert shares.nobody == ()


def test_rows_of_one_name_are_counted_together() -> None:
    shares = share_out([row("CĐ-01"), row("CĐ-01"), row("?")], TREE, {})
    assert [(match.text, match.rows) for match in shares.matches] == [("CĐ-01", 2), ("?", 1)]


def test_a_code_that_nobody_has_is_refused() -> None:
    with pytest.raises(UsageProblem) as problem:
        share_out([row("a")], TREE, {"a": "CĐ-99"})
    assert problem.value.error_code == "own_unit_unknown"


@pytest.mark.parametrize("text", ["a", "=CĐ-01", "a=", ""])
def test_what_is_told_must_have_two_sides(text: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        read_told([text])
    assert problem.value.error_code == "adopt_map_shape"
