"""A generated campaign through the command, held against the oracle; merged again; merged in other orders."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.campaign_maker import OWN, SILENT, UNITS, Sent, make_papers, units_csv, write_papers
from tests.end_to_end.command import Answer, sangkien
from tests.end_to_end.oracle import Expected, expect
from tests.end_to_end.plans import HAI_PHONG, THREE_PHASES, Plan

KEYS = ("unit", "phase", "registered", "approved", "counted", "upper_support", "base_support", "member_authors",
        "members", "participation")  # fmt: skip


@dataclass(frozen=True)
class Merged:
    plan: Plan
    sent: list[Sent]
    expected: Expected
    folder: Path
    inbox: list[Path]
    answer: Answer


def new_campaign(folder: Path, plan: Plan) -> Path:
    units = folder / "don-vi.csv"
    units.write_text(units_csv(), encoding="utf-8")
    campaign = folder / "chien dich"
    answer = sangkien("init", campaign, "--unit", OWN, "--units", units, "--programme", plan.id, "--json")
    assert answer.code == 0, answer.err
    return campaign


@pytest.fixture(scope="module", params=[(HAI_PHONG, 1), (THREE_PHASES, 2)], ids=lambda p: p[0].id)
def merged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Merged:
    plan, seed = request.param
    folder = tmp_path_factory.mktemp("campaign")
    campaign = new_campaign(folder, plan)
    sent = make_papers(plan, seed)
    inbox = write_papers(sent, plan, campaign / "nhan")
    answer = sangkien("merge", "--campaign", campaign, "--json")
    return Merged(plan, sent, expect([one.paper for one in sent], plan), campaign, inbox, answer)


def figures(totals: dict[str, Any]) -> dict[str, Any]:
    """The totals without the phases' names."""
    return {**totals, "phases": [{k: v for k, v in phase.items() if k != "name"} for phase in totals["phases"]]}


def test_the_generated_campaign_is_worth_the_name(merged: Merged) -> None:
    rows = {
        k: sum(counts[k] for counts in merged.expected.rows) for k in ("accepted", "rejected", "duplicate", "blank")
    }
    assert all(count > 5 for count in rows.values()), rows
    assert {"accepted", "replaced", "superseded"} == set(merged.expected.outcomes)
    assert all(phase["registered"] for phase in merged.expected.totals["phases"])
    assert merged.expected.totals["rows"] > sum(phase["registered"] for phase in merged.expected.totals["phases"])


def test_totals_equal_the_oracles(merged: Merged) -> None:
    assert figures(merged.answer.json["totals"]) == merged.expected.totals


def test_units_and_phases_equal_the_oracles(merged: Merged) -> None:
    assert [{key: unit[key] for key in KEYS} for unit in merged.answer.json["units"]] == merged.expected.units


def test_every_file_has_the_oracles_outcome_and_rows(merged: Merged) -> None:
    files = {Path(one["path"]).name: one for one in merged.answer.json["files"]}
    assert len(files) == len(merged.answer.json["files"]) == len(merged.sent)
    for sent, file, outcome, rows in zip(
        merged.sent, merged.inbox, merged.expected.outcomes, merged.expected.rows, strict=True
    ):
        one = files[sent.name]
        assert (one["outcome"], one["unit"], one["rows"]) == (outcome, sent.paper.unit, rows), sent.name
        assert one["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert Path(one["path"]).samefile(file)


def test_the_merge_ends_with_one_since_there_are_findings(merged: Merged) -> None:
    assert merged.answer.code == 1
    assert merged.answer.err == ""


def test_verify_proves_the_same_figures(merged: Merged) -> None:
    answer = sangkien("verify", "--campaign", merged.folder, "--json")
    assert answer.code == 0, answer.out
    proved = answer.json
    totals = merged.expected.totals
    assert proved.pop("journal_entries") > len(merged.sent)
    assert proved == {
        "holds": True, "problems": [], "rows": totals["rows"], "upper_support": totals["upper_support"],
        "base_support": totals["base_support"], "submissions": len(merged.sent),
    }  # fmt: skip


def test_status_names_who_is_missing_and_the_same_totals(merged: Merged) -> None:
    status = sangkien("status", "--campaign", merged.folder, "--json")
    assert status.code == 0
    assert {unit["unit"] for unit in status.json["missing"]} == SILENT
    assert figures(status.json["totals"]) == merged.expected.totals
    grassroots = [code for code, level, _ in UNITS if level == "grassroots"]
    assert (status.json["expected"], status.json["received"]) == (len(grassroots), len(grassroots) - len(SILENT))


def test_a_second_run_changes_nothing(merged: Merged) -> None:
    before = everything(merged.folder)
    again = sangkien("merge", "--campaign", merged.folder, "--json")
    assert {one["outcome"] for one in again.json["files"] if one["outcome"] != "superseded"} == {"unchanged"}
    assert [one["rows"] for one in again.json["files"]] == [one["rows"] for one in merged.answer.json["files"]]
    assert again.json["totals"] == merged.answer.json["totals"]
    assert again.json["units"] == merged.answer.json["units"]
    assert everything(merged.folder) == before


def everything(folder: Path) -> dict[str, str]:
    """Every file's content, but not the lock's."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".khoa" and not file.name.endswith(("-wal", "-shm"))
    }


def test_the_order_of_arrival_does_not_matter(tmp_path: Path, merged: Merged) -> None:
    """Files merged in three goes, from elsewhere, in another order, come to the same."""
    campaign = new_campaign(tmp_path, merged.plan)
    files = list(merged.inbox)
    random.Random(5).shuffle(files)
    for third in (files[::3], files[1::3], files[2::3]):
        answer = sangkien("merge", *third, "--campaign", campaign, "--json")
    assert answer.json["totals"] == merged.answer.json["totals"]
    assert answer.json["units"] == merged.answer.json["units"]
    contents = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (campaign / "nhan").iterdir()}
    assert contents == {one["sha256"] for one in merged.answer.json["files"]}
    assert sangkien("verify", "--campaign", campaign).code == 0
