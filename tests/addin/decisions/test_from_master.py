"""Decisions entered in the master, as a clerk enters them: taken by the next merge, and never lost silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin import cli
from addin.decisions.deciding import By, revoke, waive
from addin.merge.run import MergeResult
from addin.merge.withdrawing import withdraw
from addin.portal.reconciling import keep as keep_list
from addin.portal.reconciling import look
from tests.end_to_end.small_campaign import Small, read_here, report, row
from validation.decisions import State, content_of

EARLY = row("SK-2", applied_on=date(2020, 1, 1))
HEADER = 4
HANH = {"Lý do quyết định": "Hội đồng đã xem", "Người quyết định": "Trần Thị Hạnh"}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", EARLY, row("SK-3", base_support=900_000), row("SK-4", title="XX")))
    small.put("B.xlsx", report("B", "SK-1"))
    small.put("D.xlsx", report("D", "SK-1"))
    small.merge()
    return small


def edit(small: Small, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(small.campaign.master)
    change(book)
    book.save(small.campaign.master)


def lines(small: Small, sheet: str) -> list[dict[str, Any]]:
    headers, *rows = openpyxl.load_workbook(small.campaign.master)[sheet].iter_rows(min_row=HEADER, values_only=True)
    return [dict(zip(headers, one, strict=True)) for one in rows]


def fill(small: Small, sheet: str, line: int, **values: str | None) -> None:
    """Write into a line's cells by header; ``line`` counts from 0."""

    def change(book: Any) -> None:
        columns = {cell.value: cell.column for cell in book[sheet][HEADER]}
        for header, value in values.items():
            book[sheet].cell(HEADER + 1 + line, columns[header]).value = value

    edit(small, change)


def accept(small: Small, line: int = 0, sheet: str = "Bị loại", **values: str | None) -> None:
    fill(small, sheet, line, **({"Chấp nhận": "Có"} | HANH | values))


def keep(small: Small, line: int, **values: str | None) -> None:
    fill(small, "Trùng lặp", line, **({"Giữ dòng này": "Có"} | HANH | values))


def refused(result: MergeResult) -> list[str]:
    return [one.code for one in result.overview.entries]


def states(result: MergeResult) -> list[State]:
    return [one.state for one in result.overview.decisions]


def test_a_rejected_row_accepted_in_the_master_counts_after_the_next_merge(small: Small) -> None:
    accept(small)
    assert small.problems() == [], "an entry alters nothing that is proved"
    result = small.merge()
    (made,) = result.decided
    assert (made.reason, made.name, made.code) == ("Hội đồng đã xem", "Trần Thị Hạnh", "applied_outside_window")
    assert made.source.startswith("master:")
    assert states(result) == [State.IN_FORCE]
    assert result.overview.accepted_rows() == 3
    assert small.problems() == []
    assert [one["Mã đăng ký"] for one in lines(small, "Bị loại")] == ["SK-3"]
    (shown,) = lines(small, "Quyết định")
    assert (shown["Tình trạng"], shown["Nơi ghi"]) == ("Có hiệu lực", "bản tổng hợp")
    state = next(one["Kiểm tra"] for one in lines(small, "Chi tiết") if one["Mã đăng ký"] == "SK-2")
    assert "Đã chấp nhận (quyết định số 1): Ngày áp dụng ngoài thời gian của chương trình." in state
    assert small.merge().decided == (), "decided once"


def test_a_duplicate_kept_in_the_master_counts_after_the_next_merge(small: Small) -> None:
    units = [one["Đơn vị (không tính)"][:1] for one in lines(small, "Trùng lặp")]
    keep(small, units.index("D"))
    result = small.merge()
    assert {one.unit_code: one.counts.accepted for one in result.overview.current} == {"A": 1, "B": 0, "D": 1}
    assert {pair.kept.row.unit_code for pair in result.overview.pairs} == {"D"}
    assert small.problems() == []


def test_a_warning_accepted_in_the_master_is_listed_no_more(small: Small) -> None:
    titles = [one["Cảnh báo"] for one in lines(small, "Cảnh báo")]
    accept(small, titles.index("Tên sáng kiến quá ngắn"), "Cảnh báo")
    small.merge()
    assert "Tên sáng kiến quá ngắn" not in [one["Cảnh báo"] for one in lines(small, "Cảnh báo")]
    assert small.problems() == []


def test_a_sorted_list_is_read_by_its_keys(small: Small) -> None:
    def turn_round(book: Any) -> None:
        sheet = book["Bị loại"]
        first, second = ([cell.value for cell in sheet[HEADER + n]] for n in (1, 2))
        for values, number in ((second, 1), (first, 2)):
            for cell, value in zip(sheet[HEADER + number], values, strict=True):
                cell.value = value

    edit(small, turn_round)
    accept(small, 1)
    assert [one.code for one in small.merge().decided] == ["applied_outside_window"]


def test_a_column_inserted_by_the_clerk_moves_nothing(small: Small) -> None:
    """By a spreadsheet program, which moves the names along."""
    accept(small)

    def insert(book: Any) -> None:
        book["Bị loại"].insert_cols(1)
        for name, defined in book.defined_names.items():
            if name.startswith("decide_rejected_"):
                sheet, _, area = defined.attr_text.rpartition("!")
                corners = [openpyxl.utils.cell.coordinate_from_string(one.replace("$", "")) for one in area.split(":")]
                moved = (
                    openpyxl.utils.get_column_letter(openpyxl.utils.column_index_from_string(c) + 1) for c, _ in corners
                )
                moved_area = ":".join(f"${letters}${corner[1]}" for letters, corner in zip(moved, corners, strict=True))
                defined.attr_text = f"{sheet}!{moved_area}"

    edit(small, insert)
    assert len(small.merge().decided) == 1


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ({"Lý do quyết định": None}, "entry_without_reason"),
        ({"Lý do quyết định": "   "}, "entry_without_reason"),
        ({"Người quyết định": None}, "entry_without_name"),
        ({"Chấp nhận": None}, "entry_not_confirmed"),
        ({"Chấp nhận": "x"}, "entry_unclear"),
        ({"Lý do quyết định": "dài " * 200}, "entry_too_long"),
        ({"Khoá": None}, "entry_without_key"),
        ({"Khoá": "abc"}, "entry_of_unknown_row"),
        ({"Khoá": '["row","A","0"]'}, "decided_row_changed"),
        ({"Khoá": '["row","XX","0"]'}, "unit_without_report"),
    ],
)
def test_an_entry_that_cannot_be_taken_is_said_and_stays(
    small: Small, entered: dict[str, str | None], code: str
) -> None:
    accept(small, **entered)
    result = small.merge()
    assert (result.decided, refused(result), result.faultless) == ((), [code], False)
    (shown,) = lines(small, "Quyết định")
    assert shown["Tình trạng"] == "Chưa nhận"
    assert shown["Giải thích"]
    assert "ô M5" in shown["Dòng"]
    left = small.master_sha()
    again = small.merge()
    assert refused(again) == [code], "said until somebody mends or clears it"
    assert small.master_sha() == left
    small.put("B 2.xlsx", report("B", "SK-1", "SK-7", number=2))
    assert refused(small.merge()) == [code], "and kept by a master that is written anew"
    assert small.problems() == []


def test_an_entry_mended_on_its_own_line_is_taken(small: Small) -> None:
    accept(small, **{"Lý do quyết định": None})
    small.merge()
    line = lines(small, "Bị loại")[0]
    assert (line["Chấp nhận"], line["Lý do quyết định"], line["Người quyết định"]) == ("Có", None, "Trần Thị Hạnh")
    fill(small, "Bị loại", 0, **{"Lý do quyết định": "đã xem"})
    result = small.merge()
    assert (len(result.decided), refused(result)) == (1, [])


def test_an_entry_cleared_on_its_own_line_is_gone(small: Small) -> None:
    accept(small, **{"Lý do quyết định": None})
    small.merge()
    accept(small, **{"Chấp nhận": None, "Lý do quyết định": None, "Người quyết định": None})
    result = small.merge()
    assert (result.decided, refused(result)) == ((), [])
    assert lines(small, "Quyết định")[0]["Số"] == "Chưa có quyết định nào."


def test_an_entry_whose_line_is_gone_is_kept_until_it_is_cleared(small: Small) -> None:
    accept(small, **{"Lý do quyết định": None})
    small.put("A 2.xlsx", report("A", "SK-1", number=2))
    assert refused(small.merge()) == ["entry_without_reason"]
    assert lines(small, "Bị loại")[0]["STT"] == "Không có dòng nào bị loại."
    small.put("B 2.xlsx", report("B", "SK-1", number=2, members=51))
    assert refused(small.merge()) == ["entry_without_reason"]
    fill(small, "Quyết định", 0, **{"Lý do quyết định": "đã xem"})
    assert refused(small.merge()) == ["decided_row_changed"], "the row is not there any more"
    fill(small, "Quyết định", 0, **{"Đã ghi": None, "Lý do quyết định": None, "Người quyết định": None})
    assert refused(small.merge()) == []


def test_a_row_that_must_be_mended_cannot_be_accepted(small: Small) -> None:
    lists = lines(small, "Bị loại")
    place = next(n for n, one in enumerate(lists) if one["Mã đăng ký"] == "SK-3")
    assert lists[place]["Chấp nhận"] == "Phải sửa"
    assert lists[place]["Khoá"] is None
    accept(small, place)
    result = small.merge()
    assert (result.decided, refused(result)) == ((), ["entry_without_key"])


def test_a_key_of_a_row_that_must_be_mended_does_not_help(small: Small) -> None:
    (of_a,) = (one for one in small.merge().overview.current if one.unit_code == "A")
    content = content_of(next(one for one in of_a.rows if one.registration_code == "SK-3"))
    accept(small, 1, Khoá=json.dumps(["row", "A", content]))
    assert refused(small.merge()) == ["not_waivable"]


def test_two_rows_of_one_code_kept_at_once_are_refused_both(small: Small) -> None:
    keep(small, 0)
    keep(small, 1)
    result = small.merge()
    assert (result.decided, refused(result)) == ((), ["two_choices", "two_choices"])
    keep(small, 1, **{"Giữ dòng này": "Không"})
    result = small.merge()
    assert (len(result.decided), refused(result)) == (1, [])


def test_a_line_typed_below_the_list_is_not_lost(small: Small) -> None:
    def add(book: Any) -> None:
        book["Bị loại"].cell(HEADER + 9, 13).value = "Có"

    edit(small, add)
    assert refused(small.merge()) == ["entry_without_reason"]


def test_the_key_column_may_be_deleted_but_nothing_is_lost(small: Small) -> None:
    accept(small)

    def drop(book: Any) -> None:
        del book.defined_names["decide_rejected_key"]

    edit(small, drop)
    assert refused(small.merge()) == ["entry_without_key"]


def test_entries_are_judged_by_what_the_master_shows_and_lapse_by_what_comes_with_them(small: Small) -> None:
    accept(small)
    small.put("A 2.xlsx", report("A", "SK-1", EARLY | {"title": "Tên khác"}, number=2))
    result = small.merge()
    assert (len(result.decided), states(result), refused(result)) == (1, [State.LAPSED], [])
    assert small.problems() == []


def test_a_run_that_was_stopped_after_taking_them_does_not_decide_twice(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(small)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("addin.merge.run.project_master", stop)
        with pytest.raises(KeyboardInterrupt):
            small.merge()
    revoke(small.campaign, 1, by=By("nhầm", "Hạnh", "x"), now=small.now)
    result = small.merge()
    assert (result.decided, states(result)) == ((), [State.REVOKED]), "not even after it was revoked"


def test_what_a_command_decided_meanwhile_is_not_decided_again(small: Small) -> None:
    accept(small)
    waive(small.campaign, "A", 7, code=None, field=None, by=By("x", "y", "z"), now=small.now)
    result = small.merge()
    assert (result.decided, refused(result), len(result.overview.decisions)) == ((), [], 1)


def test_withdrawing_a_report_takes_the_entries_too(small: Small) -> None:
    accept(small)
    done = withdraw(small.campaign, "D", reason="nhầm", name="Hạnh", by="thử@máy", now=small.now)
    assert [one.code for one in done.decided] == ["applied_outside_window"]
    result = small.merge()
    assert states(result) == [State.IN_FORCE]
    assert small.problems() == []


def test_a_master_that_cannot_be_read_is_said_and_kept_aside(small: Small) -> None:
    broken = small.campaign.master.read_bytes()[:3_000]
    small.campaign.master.write_bytes(broken)
    result = small.merge()
    assert refused(result) == ["master_entries_unread"]
    assert any(file.read_bytes() == broken for file in small.campaign.backups.glob("*.xlsx"))
    (shown,) = lines(small, "Quyết định")
    assert "sao-luu" in shown["Giải thích"]
    assert refused(small.merge()) == [], "said once: nothing is left to mend"


def test_text_is_taken_as_text(small: Small) -> None:
    accept(small, **{"Lý do quyết định": "'=1+1 <b>&\u200b  x", "Người quyết định": "Hạnh"})
    small.merge()
    assert lines(small, "Quyết định")[0]["Lý do quyết định"] == "'=1+1 <b>& x"


def test_the_command_says_what_was_taken_and_what_was_not(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    accept(small)
    keep(small, 0, **{"Người quyết định": None})
    assert cli.main(["merge", "--campaign", str(small.folder), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)["decisions"]
    assert [(one["id"], one["state"]) for one in said["taken"]] == [(1, "in_force")]
    assert [(one["code"], one["sheet"], one["cell"]) for one in said["refused"]] == [
        ("entry_without_name", "Trùng lặp", "O5")
    ]
    assert cli.main(["merge", "--campaign", str(small.folder)]) == 1
    assert "Chưa nhận quyết định ghi ở trang “Trùng lặp”, ô O5" in capsys.readouterr().out


def test_nothing_is_read_from_a_master_that_nobody_touched(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("addin.decisions.from_master.ReadingPool", never)
    assert small.merge().decided == ()


def test_a_real_child_reads_the_entries(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", EARLY))
    small.merge()
    accept(small)
    assert len(small.merge().decided) == 1


def test_where_the_portals_word_replaces_the_reports_decisions_are_still_about_what_the_reports_say(
    small: Small,
) -> None:
    file = small.folder / "chien-dich.toml"
    text = file.read_text(encoding="utf-8").replace("replaces_status = false", "replaces_status = true")
    file.write_text(text, encoding="utf-8")
    portal = small.folder.parent / "cổng.csv"
    portal.write_text(
        "Mã đăng ký;Tên sáng kiến;Trạng thái\nSK-1;x;Không hợp lệ\nSK-4;x;Không hợp lệ\n", encoding="utf-8"
    )
    keep_list(small.campaign, look(small.campaign, portal, [], by="x", now=small.now), [], by="x", now=small.now)
    small.merge()
    units = [one["Đơn vị (không tính)"][:1] for one in lines(small, "Trùng lặp")]
    keep(small, units.index("D"))
    titles = [one["Cảnh báo"] for one in lines(small, "Cảnh báo")]
    accept(small, titles.index("Tên sáng kiến quá ngắn"), "Cảnh báo")
    result = small.merge()
    assert (len(result.decided), refused(result), set(states(result))) == (2, [], {State.IN_FORCE})
    assert {one.unit_code: one.counts.accepted for one in result.overview.current} == {"A": 1, "B": 0, "D": 1}
    assert small.problems() == []
