"""The organisation tree: unequal depth, groups, circles, and depths no recursion would survive."""

from datetime import date

import pytest

from validation.messages import text
from validation.units import BrokenUnitTree, Level, Unit, UnitTree, fold_code

CITY, UPPER, GROUP, BASE = Level.CITY, Level.UPPER, Level.GROUP, Level.GRASSROOTS


@pytest.fixture
def tree() -> UnitTree:
    return UnitTree(
        [
            Unit("Q1-b", "CĐCS b", BASE, "Q1"),  # children may stand before their parents
            Unit("TP", "LĐLĐ thành phố", CITY, "TLĐ"),
            Unit("Q1", "LĐLĐ quận 1", UPPER, "TP"),
            Unit("TT", "Trực thuộc", GROUP, "TP"),
            Unit("TT2", "Trực thuộc, khối hai", GROUP, "TT"),
            Unit("BV", "CĐCS bệnh viện", BASE, "TT2"),
            Unit("Q1-a", "CĐCS a", BASE, "Q1"),
            Unit("LE", "CĐCS lẻ", BASE, "TP"),
        ]
    )


def test_units_are_found_by_code(tree: UnitTree) -> None:
    assert len(tree) == 8
    assert "Q1" in tree
    assert "q1" not in tree
    assert tree["Q1"].name == "LĐLĐ quận 1"
    assert tree.get("Q1") is tree["Q1"]
    assert tree.get("?") is tree.get(None) is None
    assert [unit.code for unit in tree][:2] == ["Q1-b", "TP"]


def test_ancestors_go_up_as_far_as_the_list_knows(tree: UnitTree) -> None:
    assert [unit.code for unit in tree.ancestors("BV")] == ["TT2", "TT", "TP"]
    assert [unit.code for unit in tree.ancestors("LE")] == ["TP"]
    assert list(tree.ancestors("TP")) == []


def test_the_superior_is_the_nearest_union_and_never_a_group(tree: UnitTree) -> None:
    superiors = {code: tree.superior(code) for code in ("Q1-a", "BV", "LE", "TP", "Q1")}
    assert {code: unit.code if unit else None for code, unit in superiors.items()} == {
        "Q1-a": "Q1", "BV": "TP", "LE": "TP", "TP": None, "Q1": "TP",
    }  # fmt: skip


def test_below_is_every_depth_with_parents_before_children(tree: UnitTree) -> None:
    assert [unit.code for unit in tree.below("TP")] == ["Q1", "Q1-b", "Q1-a", "TT", "TT2", "BV", "LE"]
    assert [unit.code for unit in tree.below("Q1")] == ["Q1-b", "Q1-a"]
    assert list(tree.below("LE")) == list(tree.below("?")) == []


def test_is_below_holds_at_any_depth_and_not_for_the_unit_itself(tree: UnitTree) -> None:
    assert tree.is_below("BV", "TP")
    assert tree.is_below("BV", "TT")
    assert not tree.is_below("BV", "Q1")
    assert not tree.is_below("TP", "TP")
    assert not tree.is_below("?", "TP")


@pytest.mark.parametrize(
    "units",
    [
        [Unit("A", "a", UPPER, "A")],
        [Unit("A", "a", UPPER, "B"), Unit("B", "b", UPPER, "A")],
        [Unit("X", "x", BASE, "A"), Unit("A", "a", UPPER, "B"), Unit("B", "b", UPPER, "C"), Unit("C", "c", UPPER, "A")],
        [Unit("A", "a", BASE), Unit("A", "b", BASE)],
    ],
    ids=["own parent", "circle of two", "circle above", "code twice"],
)
def test_what_is_no_tree_is_refused_and_names_a_unit(units: list[Unit]) -> None:
    with pytest.raises(BrokenUnitTree) as broken:
        UnitTree(units)
    assert "A" in str(broken.value.facts["problem"])
    assert "A" in text("error", broken.value.code, **broken.value.facts)


def test_a_chain_of_20000_units_is_walked_without_recursion() -> None:
    length = 20_000
    chain = UnitTree(Unit(str(i), "x", UPPER, str(i - 1) if i else None) for i in reversed(range(length)))
    assert sum(1 for _ in chain.below("0")) == length - 1
    assert sum(1 for _ in chain.ancestors(str(length - 1))) == length - 1
    assert chain.is_below(str(length - 1), "0")


def test_an_empty_list_is_a_tree() -> None:
    assert len(UnitTree([])) == 0


def test_a_unit_is_valid_from_its_first_to_its_last_day() -> None:
    first, last = date(2020, 1, 1), date(2025, 6, 30)
    unit = Unit("A", "a", BASE, None, first, last)
    assert unit.valid_on(first)
    assert unit.valid_on(last)
    assert not unit.valid_on(date(2019, 12, 31))
    assert not unit.valid_on(date(2025, 7, 1))
    assert Unit("A", "a", BASE).valid_on(date.min)
    assert Unit("A", "a", BASE, valid_from=first).valid_on(date.max)


def test_folded_codes_leave_out_what_two_units_share() -> None:
    tree = UnitTree(Unit(code, "x", BASE) for code in ("HP-01", "hp-01", "CĐ 02", "X"))
    assert tree.codes_folded() == {"cđ02": "CĐ 02", "x": "X"}
    assert fold_code(" Cđ\u00a002\u200b") == "cđ02"


def test_a_unit_that_moved_has_a_place_on_each_day() -> None:
    tree = UnitTree(
        [
            Unit("TP", "Thành phố", CITY),
            Unit("Q1", "Quận 1", UPPER, "TP"),
            Unit("Q2", "Quận 2", UPPER, "TP"),
            Unit("A", "CĐCS A (mới)", BASE, "Q2", valid_from=date(2022, 7, 1)),
            Unit("A", "CĐCS A", BASE, "Q1", valid_from=date(2021, 1, 1), valid_to=date(2022, 5, 31)),
        ]
    )
    assert tree["A"].parent == "Q2"
    places = {day: tree.on("A", day).parent for day in (date(2020, 1, 1), date(2022, 5, 31), date(2022, 6, 15),
                                                        date(2022, 7, 1), date(2030, 1, 1), None)}  # fmt: skip
    assert list(places.values()) == ["Q1", "Q1", "Q1", "Q2", "Q2", "Q2"]
    assert tree.is_below("A", "Q1", date(2022, 5, 31))
    assert not tree.is_below("A", "Q1")
    assert [unit.parent for unit in tree.below("TP") if unit.code == "A"] == ["Q1", "Q2"]
    assert [unit.name for unit in tree.below("Q1")] == ["CĐCS A"]
    assert list(tree.below("Q1", date(2022, 8, 1))) == []
    assert [unit.name for unit in tree.below("Q2", date(2022, 8, 1))] == ["CĐCS A (mới)"]
    assert [unit.code for unit in tree] == ["TP", "Q1", "Q2", "A", "A"]


def test_places_of_one_unit_may_neither_overlap_nor_make_a_circle() -> None:
    with pytest.raises(BrokenUnitTree):
        UnitTree([Unit("A", "a", BASE, valid_to=date(2022, 1, 1)), Unit("A", "b", BASE, valid_from=date(2022, 1, 1))])
    first, second = date(2022, 1, 1), date(2022, 1, 2)
    with pytest.raises(BrokenUnitTree):
        UnitTree(
            [
                Unit("A", "a", UPPER, "B", valid_to=first),
                Unit("B", "b", UPPER, valid_to=first),
                Unit("A", "a", UPPER, valid_from=second),
                Unit("B", "b", UPPER, "A", valid_from=second),
            ]
        )
