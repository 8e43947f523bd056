"""A union's clerk at her form: every button of checking, clicked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from addin.intake.reader import read_workbook
from addin.live.guards import kind_of
from addin.ribbon import BookKind, button_of
from tests.live.pressing import LIST, sound
from tests.live.screen_clerk import ScreenClerk

RESULT = "Kết quả kiểm tra"
ERROR_FILL, NO_FILL = (0xFC, 0xD3, 0xCB), None
FIRST_LISTED = "K8"


def flawed() -> list[dict[str, object]]:
    """Five rows: two lack something, two are typed as texts."""
    return [
        sound(1),
        sound(2, applied_on="15/02/2022"),
        sound(3, effect=None),
        sound(4, base_support="200.000đ"),
        sound(5, base_support=250_000),
    ]


def test_a_new_form_is_made_and_opened(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.folder.mkdir()
    path = clerk.folder / "Báo cáo quý II.xlsx"
    clerk.answers(new_form={"form": "grassroots", "unit": "CD-001", "path": str(path)})
    clerk.press("new_form")
    clerk.picture("form")
    assert Path(clerk.book.fullname) == path
    assert kind_of(clerk.book) is BookKind.GRASSROOTS
    assert clerk.book.names["cover_unit_code"].refers_to_range.value == "CD-001"


def test_a_row_typed_on_the_keyboard_is_read_as_it_was_meant(clerk: ScreenClerk) -> None:
    book = clerk.form([])
    clerk.click_cell(clerk.cell(book, "registration_code", 1))
    # xdotool loses letters that its keyboard has no keys for.
    clerk.type("SK-2022-0001\tLe Van An\t\t\tQuan doc phan xuong 2")
    clerk.keys("Return")
    clerk.until(lambda: clerk.cell(clerk.book, "position", 1).value is not None, "nothing was typed")
    clerk.picture("typed")
    fields = ("registration_code", "lead_author", "position")
    typed = [clerk.cell(clerk.book, field, 1).value for field in fields]
    assert typed == ["SK-2022-0001", "Le Van An", "Quan doc phan xuong 2"]
    clerk.press("check_sheet")
    assert clerk.told().startswith("Đã kiểm tra 1 dòng")


def test_checking_marks_the_cells_and_lists_what_is_wrong(clerk: ScreenClerk) -> None:
    clerk.form(flawed())
    clerk.press("check_sheet")
    clerk.picture("marks")
    assert clerk.told().startswith("Đã kiểm tra 5 dòng: 2 lỗi, 2 lưu ý.")
    assert clerk.selected() == (LIST, "$B$6"), "she is where she was"
    assert clerk.cell(clerk.book, "effect", 3).color == ERROR_FILL
    assert "Thiếu nội dung bắt buộc" in clerk.cell(clerk.book, "effect", 3).note.text
    assert clerk.book.sheets[0].name == RESULT
    clerk.book.sheets[RESULT].activate()
    clerk.picture("list")


def test_a_faultless_form_is_said_to_be_so(clerk: ScreenClerk) -> None:
    clerk.form([sound(1), sound(2)])
    clerk.press("check_sheet")
    clerk.picture("list")
    assert "2 dòng" in clerk.told()
    assert clerk.cell(clerk.book, "effect", 1).color == NO_FILL


def test_a_click_on_a_link_of_the_list_lands_on_its_cell(clerk: ScreenClerk) -> None:
    clerk.form(flawed())
    clerk.press("check_sheet")
    listed = clerk.book.sheets[RESULT]
    listed.activate()
    links = [cell for cell in listed.range("D1:D40") if cell.value == FIRST_LISTED]
    clerk.click_cell(links[0], on_its_text=True)
    clerk.until_at(LIST, "$K$8")
    clerk.picture("landed")


def test_next_finding_goes_from_cell_to_cell_and_begins_again(clerk: ScreenClerk) -> None:
    clerk.form(flawed())
    clerk.press("check_sheet")
    visited = []
    for _ in range(5):
        clerk.press("next_finding")
        visited.append(clerk.selected()[1])
    clerk.picture("finding")
    assert sorted(visited[:4]) == ["$K$8", "$N$7", "$S$10", "$S$9"], "each once, from where she is"
    assert visited[4] == visited[0], "behind the last comes the first"


def test_what_is_accepted_in_the_preview_is_repaired_and_given_back_by_undo(clerk: ScreenClerk) -> None:
    clerk.form(flawed())
    clerk.answers(preview=[0, 1])
    clerk.press("fix_with_preview")
    clerk.picture("fixed")
    (preview,) = [one for one in clerk.asked() if one["kind"] == "preview"]
    assert [one["before"] for one in preview["changes"]] == ["15/02/2022", "200.000đ"]
    assert clerk.cell(clerk.book, "applied_on", 2).value == datetime(2022, 2, 15)
    assert clerk.cell(clerk.book, "base_support", 4).value == 200_000
    clerk.press("undo_last_repair")
    clerk.picture("undone")
    assert clerk.told() == "Đã trả lại 2 ô như trước khi sửa."
    assert clerk.cell(clerk.book, "applied_on", 2).value == "15/02/2022"
    assert clerk.cell(clerk.book, "base_support", 4).value == "200.000đ"


def test_a_preview_that_is_declined_changes_nothing(clerk: ScreenClerk) -> None:
    clerk.form(flawed())
    clerk.press("fix_with_preview")
    assert [one["kind"] for one in clerk.asked()] == ["preview"]
    assert clerk.cell(clerk.book, "applied_on", 2).value == "15/02/2022"


def test_undo_without_a_repair_is_a_sentence(clerk: ScreenClerk) -> None:
    clerk.form([sound(1)])
    with clerk.pressing("undo_last_repair"):
        said = clerk.box("OK")
    assert said == "Không có lần sửa nào của sổ này để hoàn tác."


def test_next_finding_without_a_check_is_a_sentence(clerk: ScreenClerk) -> None:
    clerk.form([sound(1)])
    with clerk.pressing("next_finding"):
        said = clerk.box("OK")
    assert "Kiểm tra" in said


def test_marks_are_taken_off_and_nothing_of_them_stays(clerk: ScreenClerk) -> None:
    clerk.form(flawed())
    clerk.press("check_sheet")
    clerk.press("clear_marks")
    clerk.picture("cleared")
    assert RESULT not in clerk.book.sheet_names
    assert clerk.cell(clerk.book, "effect", 3).color == NO_FILL
    assert clerk.cell(clerk.book, "effect", 3).note is None
    assert not [name.name for name in clerk.book.names if name.name.startswith("_sangkien")]


def test_a_marked_form_saved_by_the_keyboard_is_still_a_report(clerk: ScreenClerk) -> None:
    file = Path(clerk.form(flawed()).fullname)
    before = file.read_bytes()
    clerk.press("check_sheet")
    clerk.keys("ctrl+s")
    clerk.until(lambda: not clerk.book.impl.modified, "it was not saved")
    clerk.picture("saved")
    assert file.read_bytes() != before
    rows = read_workbook(file.read_bytes()).rows
    assert [row.values["registration_code"] for row in rows] == [f"SK-2022-000{number}" for number in range(1, 6)]


def test_a_protected_sheet_is_left_alone_and_said(clerk: ScreenClerk) -> None:
    book = clerk.form(flawed())
    book.sheets[LIST].impl.protect("mat-khau")
    with clerk.pressing("check_sheet"):
        said = clerk.box("OK")
    assert f"“{LIST}”" in said
    assert RESULT not in clerk.book.sheet_names
    assert clerk.app.screen_updating


def test_a_form_opened_for_reading_only_is_said(clerk: ScreenClerk) -> None:
    file = Path(clerk.form(flawed()).fullname)
    clerk.open(file, read_only=True)
    with clerk.pressing("check_sheet"):
        said = clerk.box("OK")
    assert "chỉ" in said
    assert RESULT not in clerk.book.sheet_names


def test_a_form_never_saved_can_be_checked_but_not_repaired(clerk: ScreenClerk) -> None:
    made = clerk.form(flawed())
    template = clerk.folder / "báo cáo.xltx"
    made.save(template)
    clerk.open(template)  # a template opens as a new workbook
    clerk.press("check_sheet")
    assert clerk.told().startswith("Đã kiểm tra 5 dòng")
    with clerk.pressing("fix_with_preview"):
        said = clerk.box("OK")
    assert "lưu" in said


def test_a_strange_workbook_leaves_the_buttons_of_forms_grey_and_is_refused_in_words(clerk: ScreenClerk) -> None:
    clerk.open().sheets[0].range("A1").value = "Danh sách thi đua"
    assert {button_of(one).label for one in ("next_finding", "fix_with_preview", "clear_marks")} <= clerk.greyed()
    with clerk.pressing("check_sheet"):
        said = clerk.box("OK")
    assert "không phải biểu mẫu của Sổ sáng kiến" in said
    assert f"“{button_of('new_form').label}”" in said, "the button it names is there"
