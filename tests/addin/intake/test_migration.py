"""A report on an older version of the form is read through the declared changes, and what that cost is said."""

import base64
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from addin.intake.migration import carry_over, carry_step, divided
from addin.intake.reader import read_workbook
from addin.merge.reading import judge_alone
from tests.addin.intake.workbooks import form, initiative
from validation.assess import assess
from validation.errors import Refusal
from validation.fields import Form
from validation.programme import load_programme
from validation.submission import LegacyFont, Notice, Oddity, RawCover, RawRow, RawSubmission
from workbook_templates.versions.declarations import Dropped, Step, declared_columns, step_to

HERE = Path(__file__).parent
DELIVERED = sorted((HERE.parents[1] / "workbooks" / "should_pass").glob("*.xls[xm]"))
CHANGES = {"older_template", "column_divided", "column_not_divided", "list_value_reworded", "column_not_carried"}


def raw(*rows: RawRow, programme: str = "hai-phong-2021-2023") -> RawSubmission:
    columns = {"lead_author": "B", "position": "C", "solution_kind": "D", "source_sha256": "AD", "note": "E"}
    return RawSubmission(Form.UPPER, 1, programme, RawCover({}, {}), "Danh sách", columns, rows)


def told(submission: RawSubmission) -> dict[str, dict[str, object]]:
    return {notice.code: dict(notice.facts) for notice in submission.notices}


def test_a_report_on_the_current_version_is_left_alone() -> None:
    submission = raw(RawRow(6, {"position": "Tổ trưởng, tổ 2"}))
    assert carry_over(submission, 1) is submission


def test_a_column_is_divided_at_its_first_separator() -> None:
    carried = carry_over(
        raw(RawRow(6, {"position": "Tổ trưởng, phân xưởng 2, ca A"}), RawRow(7, {"position": "Thợ hàn\nTổ 5"})), 2
    )
    assert [dict(row.values) for row in carried.rows] == [
        {"position": "Tổ trưởng", "workplace": "phân xưởng 2, ca A"},
        {"position": "Thợ hàn", "workplace": "Tổ 5"},
    ]
    assert told(carried)["column_divided"] == {
        "column": "Chức vụ, nơi làm việc", "first": "Chức vụ", "second": "Nơi làm việc", "count": 2, "rows": "6–7",
    }  # fmt: skip


def test_both_parts_have_the_address_of_the_cell_that_they_come_from() -> None:
    carried = carry_over(raw(RawRow(6, {"position": "Tổ trưởng, tổ 2"})), 2)
    assert carried.address("position", 6) == carried.address("workplace", 6) == "C6"


@pytest.mark.parametrize(
    ("value", "oddity"),
    [
        ("Công nhân tổ 5", None),
        (", tổ 5", None),
        ("Tổ trưởng,", None),
        (12, None),
        ("a, b", Oddity(formula="B2&B3")),
        (None, Oddity(error="#REF!")),
    ],
)
def test_what_cannot_be_divided_for_certain_stays_whole(value: Any, oddity: Oddity | None) -> None:
    values = {} if value is None else {"position": value}
    carried = carry_over(raw(RawRow(6, values, {} if oddity is None else {"position": oddity})), 2)
    assert carried.rows[0].values.get("position") == value
    assert "workplace" not in carried.rows[0].values
    assert carried.rows[0].odd.get("position") == oddity
    assert ("column_not_divided" in told(carried)) == (value is not None)
    assert "column_divided" not in told(carried)


def test_parts_of_a_cell_in_an_old_font_keep_its_font() -> None:
    odd = {"position": Oddity(font=LegacyFont.TCVN3)}
    carried = carry_over(raw(RawRow(6, {"position": "Tæ tr\u00adëng, tæ 2"}, odd)), 2)
    assert dict(carried.rows[0].values) == {"position": "Tæ tr\u00adëng", "workplace": "tæ 2"}
    assert {name: one.font for name, one in carried.rows[0].odd.items()} == {
        "position": LegacyFont.TCVN3, "workplace": LegacyFont.TCVN3,
    }  # fmt: skip


def test_a_renamed_column_is_found_under_its_new_name() -> None:
    carried = carry_over(raw(RawRow(6, {"source_sha256": "ab12"})), 2)
    assert carried.rows[0].values == {"source_digest": "ab12"}
    assert carried.columns["source_digest"] == "AD"
    assert "source_sha256" not in carried.columns


def test_a_list_value_of_another_wording_is_read_as_todays() -> None:
    rows = (RawRow(6, {"solution_kind": "phần  mềm"}), RawRow(9, {"solution_kind": "Nghiên cứu"}))
    carried = carry_over(raw(*rows, programme="vi-du-ba-giai-doan"), 2)
    assert [row.values["solution_kind"] for row in carried.rows] == ["Phần mềm, chuyển đổi số", "Nghiên cứu"]
    assert told(carried)["list_value_reworded"] == {
        "old": "Phần mềm", "new": "Phần mềm, chuyển đổi số", "count": 1, "rows": "6",
    }  # fmt: skip


def test_another_programmes_list_and_other_columns_are_not_reworded() -> None:
    rows = (RawRow(6, {"solution_kind": "Phần mềm"}),)
    assert carry_over(raw(*rows), 2).rows[0].values == {"solution_kind": "Phần mềm"}
    note = carry_over(raw(RawRow(6, {"note": "Phần mềm"}), programme="vi-du-ba-giai-doan"), 2)
    assert note.rows[0].values == {"note": "Phần mềm"}


def test_a_reworded_value_is_accepted_by_the_programme_that_knows_the_new_one() -> None:
    programme = load_programme("vi-du-ba-giai-doan")
    kinds = tuple("Phần mềm, chuyển đổi số" if kind == "Phần mềm" else kind for kind in programme.lists.solution_kind)
    programme = replace(programme, lists=replace(programme.lists, solution_kind=kinds))
    data = form([initiative(solution_kind="Phần mềm")], meta={"programme": "vi-du-ba-giai-doan"})
    before = assess(read_workbook(data), programme)
    after = assess(carry_over(read_workbook(data), 2), programme)
    assert "unknown_choice" in {finding.code for finding in before.findings}
    assert "unknown_choice" not in {finding.code for finding in after.findings}
    assert "list_value_reworded" in {finding.code for finding in after.findings}


def test_what_has_no_column_any_more_is_told_with_its_rows() -> None:
    step = Step(version=2, previous=1, dropped=(Dropped(column="note"),))
    rows = (RawRow(6, {"note": "a"}), RawRow(7, {"lead_author": "B"}), RawRow(8, {}, {"note": Oddity(error="#N/A")}))
    carried, notices = carry_step(raw(*rows), step, declared_columns(1))
    assert notices == [Notice("column_not_carried", "Danh sách", {"column": "Ghi chú", "count": 2, "rows": "6, 8"})]
    assert "note" not in carried.columns
    assert [dict(row.values) for row in carried.rows] == [{}, {"lead_author": "B"}, {}]


def test_steps_follow_each_other() -> None:
    first, _ = carry_step(raw(RawRow(6, {"position": "Tổ trưởng, tổ 2"})), step_to(2), declared_columns(1))
    later = Step(version=3, previous=2, dropped=(Dropped(column="workplace"),))
    second, notices = carry_step(first, later, declared_columns(2))
    assert second.rows[0].values == {"position": "Tổ trưởng"}
    assert [notice.facts["column"] for notice in notices] == ["Nơi làm việc"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b; c", ("a", "b; c")),
        ("a; b, c", ("a", "b, c")),
        ("a - b", ("a", "b")),
        ("a-b", None),
        ("a", None),
        ("", None),
    ],
)
def test_the_separator_that_comes_first_divides(text: str, parts: tuple[str, str] | None) -> None:
    assert divided(text, ["\n", ";", ",", " - "]) == parts


# The day on which version 2 is delivered.


@pytest.fixture(scope="module")
def that_day(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program of version 2 makes of every delivered report, of its own form, and of later and unknown ones."""
    folder = tmp_path_factory.mktemp("versions")
    made = {
        "version 3": form([initiative()], meta={"template_version": 3}),
        "a divided column": form([initiative(position="Tổ trưởng, tổ 2"), initiative(position="Thợ hàn")]),
    }
    for name, data in made.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    files = [*DELIVERED, *(folder / f"{name}.xlsx" for name in made)]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(HERE / "next_program.py"), *map(str, files)],
        capture_output=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    first, *lines = done.stdout.decode("utf-8").splitlines()
    answers = {file.stem: json.loads(line) for file, line in zip(files, lines, strict=True)}
    return {"form": base64.b64decode(first), **answers}


@pytest.mark.parametrize("file", DELIVERED, ids=lambda file: file.stem)
def test_every_delivered_report_is_judged_then_as_it_is_today(file: Path, that_day: dict[str, Any]) -> None:
    today, then = judge_alone(read_workbook(file.read_bytes())), that_day[file.stem]
    assert then["version"] == 1
    assert then["rows"] == today.counts().as_json()
    assert then["upper"] == sum(row.upper_support for row in today.rows)
    assert then["base"] == sum(row.base_counted for row in today.rows)
    now = sorted(f"{finding.code} {finding.cell}" for finding in today.findings)
    assert [finding for finding in then["findings"] if finding.split()[0] not in CHANGES] == now
    assert "older_template None" in then["findings"]


def test_what_was_divided_is_told_and_points_into_the_file(that_day: dict[str, Any]) -> None:
    then = that_day["a divided column"]
    assert then["positions"] == [[7, "Tổ trưởng", "tổ 2"], [8, "Thợ hàn", None]]
    assert then["columns"]["workplace"] == then["columns"]["position"]
    assert {finding.split()[0] for finding in then["findings"]} & CHANGES == {
        "older_template", "column_divided", "column_not_divided",
    }  # fmt: skip
    assert any("phiên bản 1, được đọc sang phiên bản 2" in message for message in then["messages"])


def test_a_version_that_nobody_has_declared_is_refused_by_name(that_day: dict[str, Any]) -> None:
    assert that_day["version 3"] == {"refusal": "template_too_new", "facts": {"version": "3", "known": "2"}}


def test_todays_program_refuses_the_form_of_that_day_by_name(that_day: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        read_workbook(that_day["form"])
    assert (refusal.value.code, refusal.value.facts) == ("template_too_new", {"version": 2, "known": 1})
