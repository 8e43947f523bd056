"""Figures frozen: kept whole, never changed, printed the same, and what changes later shown as a difference."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.campaign.ledger import open_ledger
from addin.errors import CouldNotSave, UsageProblem
from addin.freezing import as_json, store
from addin.freezing.freezing import freeze, reprint, shown
from addin.freezing.store import Scope
from addin.merge.withdrawing import withdraw
from tests.end_to_end.small_campaign import Small, read_here, report, row

NEXT = date(2022, 7, 31)
BY = "thử@máy"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2"))
    small.put("D.xlsx", report("D", row("SK-3", registered_on=date(2022, 7, 1), approved_on=NEXT)))
    small.merge()
    return small


def sheet(small: Small) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(small.campaign.master)["Chốt số liệu"].values)


def test_a_state_holds_every_total_per_phase_payer_and_unit(small: Small) -> None:
    state = freeze(small.campaign, "  Báo cáo   quý II ", by=BY, now=small.now).state
    assert (state.seq, state.name, state.rows, state.reports, state.expected) == (1, "Báo cáo quý II", 3, 2, 4)
    assert [line.figures for line in state.of(Scope.TOTAL)] == [(3, 3, 3, 300_000, 450_000)]
    assert [(line.phase, line.figures[3]) for line in state.of(Scope.PHASE)] == [(1, 200_000), (2, 100_000)]
    payers = {(line.code, line.phase): line.figures[3] for line in state.of(Scope.PAYER)}
    assert payers == {("Q", 1): 200_000, ("Q", 2): 0, ("TP", 1): 0, ("TP", 2): 100_000}
    units = {(line.code, line.phase): line.figures[0] for line in state.of(Scope.UNIT)}
    assert units == {("A", 1): 2, ("A", 2): 0, ("D", 1): 0, ("D", 2): 1}
    merged = small.merge().overview
    assert sum(tally.upper_support for tally in merged.phases.values()) == 300_000


def test_it_stands_in_the_master_at_once_and_is_proved(small: Small) -> None:
    assert freeze(small.campaign, "Quý II", by=BY, now=small.now).in_master
    assert sheet(small)[4][1] == "Quý II"
    assert small.verify().problems == ()
    assert not small.merge().master_written


def test_what_changes_later_is_a_difference_and_the_state_stays(small: Small) -> None:
    before = freeze(small.campaign, "Quý II", by=BY, now=small.now).state
    assert shown(small.campaign, "quý ii", by=BY, now=small.now).changes == ()
    small.put("A mới.xlsx", report("A", "SK-1", day=NEXT))
    small.merge()
    found = shown(small.campaign, "1", by=BY, now=small.now)
    assert found.chosen == before
    changes = {(one.scope.value, one.code, one.phase, one.figure): one.change for one in found.changes}
    assert changes["total", "TP", None, "upper_support"] == -100_000
    assert changes["unit", "A", 1, "registered"] == -1
    assert changes["payer", "Q", 1, "upper_support"] == -100_000
    assert not any(one.code == "D" for one in found.changes)
    assert any("A" in line and -100_000 in line for line in sheet(small)), "in the master too"


def test_a_unit_that_is_gone_differs_in_all_its_figures(small: Small) -> None:
    freeze(small.campaign, "Quý II", by=BY, now=small.now)
    withdraw(small.campaign, "D", reason="nhầm", name="Hạnh", by=BY, now=small.now)
    found = shown(small.campaign, "Quý II", by=BY, now=small.now)
    gone = {one.figure: (one.before, one.after) for one in found.changes if (one.code, one.phase) == ("D", 2)}
    assert gone["registered"] == (1, 0)
    assert gone["members"] == (50, 0)


def test_a_name_is_given_once_whatever_its_case(small: Small) -> None:
    freeze(small.campaign, "Quý II", by=BY, now=small.now)
    with pytest.raises(UsageProblem) as problem:
        freeze(small.campaign, "QUÝ  II", by=BY, now=small.now)
    assert problem.value.error_code == "freeze_name_taken"
    assert len(shown(small.campaign, None, by=BY, now=small.now).states) == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_state_needs_a_short_name(small: Small, name: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        freeze(small.campaign, name, by=BY, now=small.now)
    assert problem.value.error_code == "freeze_name_needed"


def test_an_unknown_name_is_answered_with_those_there_are(small: Small) -> None:
    freeze(small.campaign, "Quý II", by=BY, now=small.now)
    with pytest.raises(UsageProblem) as problem:
        shown(small.campaign, "Quý III", by=BY, now=small.now)
    assert problem.value.facts["known"] == "“Quý II”"


def test_it_prints_the_same_bytes_whatever_has_happened_since(small: Small, tmp_path: Path) -> None:
    freeze(small.campaign, "Quý II", by=BY, now=small.now)
    first, second = tmp_path / "một.xlsx", tmp_path / "thư mục" / "hai.xlsx"
    reprint(small.campaign, "Quý II", first, by=BY, now=small.now)
    small.put("B.xlsx", report("B", "SK-7"))
    small.merge()
    reprint(small.campaign, "Quý II", second, by=BY, now=small.now)
    assert first.read_bytes() == second.read_bytes()
    book = openpyxl.load_workbook(first)
    assert book.sheetnames == ["Theo giai đoạn", "Theo đơn vị chi", "Theo đơn vị"]
    last = list(book["Theo giai đoạn"].values)[-1]
    assert last[:2] == ("Cộng", 45_000)
    assert last[5:] == (300_000, 450_000)


def test_a_master_that_somebody_works_in_waits_for_the_next_merge(small: Small) -> None:
    master = small.campaign.master
    master.write_bytes(master.read_bytes() + b"\0")
    edited = small.master_sha()
    assert not freeze(small.campaign, "Quý II", by=BY, now=small.now).in_master
    assert small.master_sha() == edited
    small.merge()
    assert sheet(small)[4][1] == "Quý II"


def test_an_open_master_is_no_time_to_freeze(small: Small) -> None:
    (small.folder / "~$tong-hop.xlsx").write_bytes(b"")
    with pytest.raises(CouldNotSave):
        freeze(small.campaign, "Quý II", by=BY, now=small.now)
    assert shown(small.campaign, None, by=BY, now=small.now).states == ()


def test_json_says_everything(small: Small) -> None:
    told = as_json.frozen(freeze(small.campaign, "Quý II", by=BY, now=small.now))
    assert told["in_master"] is True
    state = told["frozen"]
    assert (state["name"], state["upper_support"], len(state["units"])) == ("Quý II", 300_000, 4)
    listed = as_json.frozen_now(shown(small.campaign, None, by=BY, now=small.now))
    assert [one["name"] for one in listed["states"]] == ["Quý II"]
    assert "state" not in listed
    one = as_json.frozen_now(shown(small.campaign, "Quý II", by=BY, now=small.now))
    assert one["changes"] == []
    json.dumps([told, listed, one])


# -- proof -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["seq", "name", "at", "by", "content"])
def test_any_altered_value_of_a_state_is_found(small: Small, column: str) -> None:
    freeze(small.campaign, "Quý II", by=BY, now=small.now)
    other = "seq + 7" if column == "seq" else "replace(content, '300000', '900000')" if column == "content" else "'x'"
    if column == "at":
        other = "'2022-07-01T00:00:00+00:00'"
    small.sql(f'UPDATE {store.TABLE} SET "{column}" = {other}')
    assert "frozen_differs" in small.problems()


def test_a_state_gone_or_slipped_in_is_found(small: Small) -> None:
    freeze(small.campaign, "Quý II", by=BY, now=small.now)
    small.sql(f"INSERT INTO {store.TABLE} SELECT 2, 'Quý III', at, by, content FROM {store.TABLE}")
    assert "frozen_differs" in small.problems()
    small.sql(f"DELETE FROM {store.TABLE}")
    assert "frozen_differs" in small.problems()


def test_a_state_comes_back_from_the_ledger_as_it_was_kept(small: Small) -> None:
    state = freeze(small.campaign, "Quý II", by=BY, now=small.now).state
    with open_ledger(small.campaign, by=BY, now=small.now()) as ledger:
        assert store.frozen_states(ledger.connection) == [state]
