"""``waive``, ``choose`` and ``decisions`` from end to end: what they store, when it applies, what they say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin import cli
from tests.end_to_end.small_campaign import Small, read_here, report, row

EARLY = row("SK-2", applied_on=date(2020, 1, 1))
WHO = ("--reason", "Hội đồng đã xem", "--name", "Trần Thị Hạnh, Chủ tịch")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", EARLY, row("SK-3", base_support=900_000), row("SK-4", title="XX")))
    small.put("B.xlsx", report("B", "SK-1", row("SK-5", registered_on=date(2020, 1, 1), approved_on=None,
                                                status="Đang xem xét")))  # fmt: skip
    small.merge()
    return small


class Door:
    """The command line on one campaign."""

    def __init__(self, small: Small, capsys: pytest.CaptureFixture[str]) -> None:
        self._small, self._capsys = small, capsys

    def __call__(self, command: str, *options: object, code: int = 0) -> Any:
        arguments = [command, *map(str, options), "--campaign", str(self._small.folder), "--json"]
        assert cli.main(arguments) == code
        return json.loads(self._capsys.readouterr().out)

    def error(self, command: str, *options: object) -> tuple[str, str]:
        problem = self(command, *options, code=2)["error"]
        return problem["code"], problem["message"]

    def text(self, command: str, *options: object) -> str:
        assert cli.main([command, *map(str, options), "--campaign", str(self._small.folder)]) in {0, 1}
        return self._capsys.readouterr().out

    def rows(self) -> dict[str, int]:
        """Accepted rows of each unit by a merge."""
        files = self("merge", code=1)["files"]
        return {one["unit"]: one["rows"]["accepted"] for one in files}


@pytest.fixture
def door(small: Small, capsys: pytest.CaptureFixture[str]) -> Door:
    return Door(small, capsys)


def test_a_waived_row_counts_from_the_next_merge_on(small: Small, door: Door) -> None:
    (made,) = door("waive", "--unit", "A", "--row", 7, *WHO)
    assert (made["id"], made["state"], made["kind"], made["code"]) == (1, "waiting", "waiver", "applied_outside_window")
    before = small.master_sha()
    assert door("status")["totals"]["rows"] == 2, "not yet"
    assert door("verify")["holds"]
    assert small.master_sha() == before
    merged = door("merge", code=1)
    assert merged["totals"]["rows"] == 3
    assert merged["totals"]["upper_support"] == 300_000
    assert merged["files"][0]["rows"] == {"seen": 4, "accepted": 3, "rejected": 1, "duplicate": 0, "blank": 0}
    assert small.master_sha() != before
    assert door("verify")["holds"]
    (made,) = door("decisions")
    assert (made["state"], made["name"], made["note"]) == ("in_force", "Trần Thị Hạnh, Chủ tịch", None)


def test_a_chosen_row_counts_and_the_other_becomes_the_duplicate(door: Door) -> None:
    assert door.rows() == {"A": 2, "B": 0}
    door("choose", "--code", "SK-1", "--unit", "B", *WHO)
    assert door.rows() == {"A": 1, "B": 1}
    assert door("verify")["holds"]
    assert door.rows() == {"A": 1, "B": 1}, "again and again"


def test_a_later_choice_revokes_the_earlier_one(door: Door) -> None:
    door("choose", "--code", "SK-1", "--unit", "B", *WHO)
    door("choose", "--code", "SK-1", "--unit", "A", *WHO)
    first, second = door("decisions")
    assert (first["state"], second["state"]) == ("revoked", "waiting")
    assert "số 2" in first["note"]
    assert door.rows() == {"A": 2, "B": 0}
    assert door.error("choose", "--code", "SK-1", "--unit", "A", *WHO)[0] == "already_chosen"


def test_a_decision_lapses_with_its_row_and_survives_a_report_that_keeps_it(small: Small, door: Door) -> None:
    door("waive", "--unit", "A", "--row", 7, *WHO)
    door("merge", code=1)
    small.put("A 2.xlsx", report("A", row("SK-9"), row("SK-8"), EARLY, "SK-1", number=2))
    door("merge", code=1)
    assert [one["state"] for one in door("decisions")] == ["in_force"], "another place, another report, the same row"
    assert door("verify")["holds"]
    small.put("A 3.xlsx", report("A", EARLY | {"title": "Tên khác"}, number=3))
    assert door("merge", code=1)["totals"]["rows"] == 1
    (made,) = door("decisions")
    assert (made["state"], made["note"]) == ("lapsed", "Dòng đã đổi nội dung hoặc không còn trong báo cáo.")
    assert door("verify")["holds"]
    assert door.error("waive", "--unit", "A", "--row", 7, *WHO)[0] == "row_not_here"


def test_a_revoked_decision_stays_on_record_and_holds_until_the_next_merge(door: Door) -> None:
    door("waive", "--unit", "A", "--row", 7, *WHO)
    assert door.rows()["A"] == 3
    revoked = door("decisions", "--revoke", 1, "--reason", "nhầm dòng", "--name", "Hạnh")
    assert (revoked["state"], revoked["revoked"]["reason"]) == ("revoked", "nhầm dòng")
    assert door("status")["totals"]["rows"] == 3
    assert door("verify")["holds"]
    assert door.rows()["A"] == 2
    assert door("verify")["holds"]
    assert [one["state"] for one in door("decisions")] == ["revoked"]
    assert door.error("decisions", "--revoke", 1, *WHO)[0] == "already_revoked"
    code, message = door.error("decisions", "--revoke", 7, *WHO)
    assert (code, "số 7" in message) == ("no_such_decision", True)


def test_an_accepted_warning_is_no_longer_open(small: Small, door: Door) -> None:
    def warnings() -> int:
        report_ = next(one for one in small.merge().overview.current if one.unit_code == "A")
        return sum(finding.row == 9 for finding in report_.findings)

    before = warnings()
    made = door("waive", "--unit", "A", "--row", 9, "--code", "title_too_short", *WHO)
    assert [one["field"] for one in made] == ["title"]
    assert warnings() == before - 1
    assert door("verify")["holds"]


def test_a_row_registered_outside_the_phases_is_kept_without_money(door: Door) -> None:
    door("waive", "--unit", "B", "--row", 7, *WHO)
    merged = door("merge", code=1)
    assert merged["totals"]["rows"] == 3
    assert merged["totals"]["upper_support"] == 200_000
    assert door("verify")["holds"]


def test_what_is_said_of_a_whole_report_can_be_accepted(small: Small, door: Door) -> None:
    small.put("A 2.xlsx", report("A", "SK-1", number=2))
    door("merge", code=1)
    code, message = door.error("waive", "--unit", "A", "--code", "members_changed", *WHO)
    assert code == "no_finding_of_report"
    assert "rows_gone" in message
    door("waive", "--unit", "A", "--code", "rows_gone", *WHO)
    door("merge", code=1)
    assert [one["state"] for one in door("decisions")] == ["in_force"]


@pytest.mark.parametrize(
    ("command", "code", "named"),
    [
        (("waive", "--unit", "A", "--row", "8", *WHO), "not_waivable", "CĐCS hỗ trợ quá mức"),
        (("waive", "--unit", "A", "--row", "44", *WHO), "row_not_here", "7, 8"),
        (("waive", "--unit", "A", "--row", "6", *WHO), "nothing_to_waive", "6"),
        (("waive", "--unit", "A", "--row", "7", "--code", "x", *WHO), "no_such_finding", "applied_outside_window"),
        (("waive", "--unit", "C", "--row", "7", *WHO), "unit_without_report", "A, B"),
        (("waive", "--unit", "A", *WHO), "code_needed", "--row"),
        (("waive", "--unit", "A", "--row", "7", "--reason", " ", "--name", "x"), "reason_needed", ""),
        (("waive", "--unit", "A", "--row", "7", "--reason", "x", "--name", " "), "name_needed", "--name"),
        (("waive", "--unit", "B", "--row", "6", *WHO), "choose_instead", "sangkien choose"),
        (("choose", "--code", "SK-2", "--unit", "A", *WHO), "code_not_doubled", "SK-1"),
        (("choose", "--code", "SK-1", "--unit", "D", *WHO), "unit_lacks_code", "A (6), B (6)"),
        (("choose", "--code", "SK-1", "--unit", "A", "--row", "7", *WHO), "unit_lacks_code", "A (6), B (6)"),
        (("decisions", "--revoke", "1", *WHO), "no_such_decision", "–"),
        (("decisions", "--revoke", "1"), "reason_needed", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_and_what_exists_is_named(
    door: Door, command: tuple[str, ...], code: str, named: str
) -> None:
    said, message = door.error(*command)
    assert said == code
    assert named in message
    assert "…" not in message
    assert door("decisions") == []


def test_deciding_twice_is_said(door: Door) -> None:
    door("waive", "--unit", "A", "--row", 7, *WHO)
    code, message = door.error("waive", "--unit", "A", "--row", 7, "--code", "applied_outside_window", *WHO)
    assert (code, "số 1" in message) == ("already_waived", True)
    assert door.error("waive", "--unit", "A", "--row", 7, *WHO)[0] in {"already_waived", "nothing_to_waive"}


def test_the_row_must_be_named_where_a_unit_has_several_of_one_code(small: Small, door: Door) -> None:
    small.put("D.xlsx", report("D", "SK-6", row("SK-6", title="Tên khác"), row("SK-6", title="Tên thứ ba")))
    assert door.rows()["D"] == 1
    assert door.error("choose", "--code", "SK-6", "--unit", "D", *WHO)[0] == "row_of_code_needed"
    door("choose", "--code", "SK-6", "--unit", "D", "--row", 7, *WHO)
    result = small.merge()
    (of_d,) = (one for one in result.overview.current if one.unit_code == "D")
    (kept,) = (one for one in of_d.rows if one.accepted)
    assert (kept.number, kept.upper_support, kept.base_counted) == (7, 100_000, 150_000)
    said = {f.row: f.facts["kept_row"] for f in of_d.findings if f.code == "duplicate_code"}
    assert said == {6: 7, 8: 7}, "each says which row counts"
    assert door("verify")["holds"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_person_is_told_what_was_stored_and_when_it_applies(door: Door, language: str) -> None:
    said = door.text("waive", "--unit", "A", "--row", "7", *WHO, "--lang", language)
    assert "sangkien merge" in said
    assert "SK-2" in said
    said = door.text("decisions", "--lang", language)
    assert "SK-2" in said
    assert "None" not in said
    assert "…" not in said
    assert "1" in door.text("decisions", "--revoke", "1", *WHO, "--lang", language)


def test_nothing_merged_yet_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    door = Door(Small(tmp_path), capsys)
    assert door.error("decisions")[0] == "nothing_merged"
    assert door.error("waive", "--unit", "A", "--row", 7, *WHO)[0] == "nothing_merged"
    assert door("decisions", code=2)["error"]["code"] == "nothing_merged"
