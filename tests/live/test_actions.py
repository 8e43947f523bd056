"""The buttons on a workbook in a live LibreOffice."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlwings as xw

from addin.errors import UsageProblem
from addin.hosts.libreoffice.launch import Office
from addin.intake.reader import read_workbook
from addin.live.copies import copies_folder, momentary
from addin.live.host import host_of
from addin.live.reading import read_live
from addin.returns.marks import clear_marks
from tests.live.pressing import LIST, Clerk, sound
from validation.fields import ROW_FIELD
from validation.submission import Oddity, RawRow

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
RESULT = "Kết quả kiểm tra"
ERROR_FILL, NO_FILL = (0xFC, 0xD3, 0xCB), None

Screenshot = Callable[[str], Path]


@pytest.fixture
def clerk(app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return Clerk(app, tmp_path, monkeypatch)


def test_a_new_form_whose_name_is_typed_alone_lies_in_the_clerks_own_folder(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    clerk.answers(new_form={"form": "grassroots", "unit": "CD-001", "path": "báo cáo quý"})
    clerk.press("new_form")
    assert (tmp_path / "báo cáo quý.xlsx").is_file()
    assert clerk.app.books.active.name == "báo cáo quý.xlsx"


def test_from_a_new_form_to_a_faultless_report(clerk: Clerk, screenshot: Screenshot) -> None:
    book = clerk.new_form()
    clerk.type_rows(
        book,
        [
            sound(1),
            sound(2, applied_on="15/02/2022"),
            sound(3, effect=None),
            sound(4, base_support="200.000đ"),
            sound(5, base_support=250_000),
        ],
    )
    book.sheets[LIST].activate()
    book.sheets[LIST].range("D8").select()

    clerk.press("check_sheet")
    screenshot("1-checked")
    assert clerk.told().startswith("Đã kiểm tra 5 dòng: 2 lỗi, 2 lưu ý.")
    assert (book.sheets.active.name, clerk.app.selection.address) == (LIST, "$D$8")
    assert clerk.cell(book, "effect", 3).color == ERROR_FILL
    assert "Thiếu nội dung bắt buộc" in clerk.cell(book, "effect", 3).note.text
    assert book.sheets[0].name == RESULT
    book.sheets[RESULT].activate()
    screenshot("2-list")
    book.sheets[LIST].activate()

    visited = []
    for _ in range(5):
        clerk.press("next_finding")
        visited.append(clerk.app.selection.address)
    screenshot("3-next-finding")
    assert visited[:2] == [clerk.cell(book, field, row).address for field, row in (("effect", 3), ("base_support", 5))]
    assert visited[4] == visited[0], "behind the last comes the first"

    clerk.answers(preview=[0, 1])
    clerk.press("fix_with_preview")
    (preview,) = [one for one in clerk.asked() if one["kind"] == "preview"]
    assert [(one["before"], one["after"]) for one in preview["changes"]] == [
        ("15/02/2022", "15/02/2022 (kiểu ngày)"),
        ("200.000đ", "200.000 (kiểu số)"),
    ]
    assert clerk.cell(book, "applied_on", 2).value == datetime(2022, 2, 15)
    assert clerk.cell(book, "base_support", 4).value == 200_000
    assert clerk.cell(book, "base_support", 4).color == NO_FILL, "marks follow what was repaired"
    screenshot("4-fixed")

    clerk.press("undo_last_repair")
    assert clerk.told() == "Đã trả lại 2 ô như trước khi sửa."
    assert clerk.cell(book, "applied_on", 2).value == "15/02/2022"
    assert clerk.cell(book, "base_support", 4).value == "200.000đ"
    with pytest.raises(UsageProblem) as nothing:
        clerk.press("undo_last_repair")
    assert nothing.value.error_code == "nothing_to_undo"

    clerk.press("clear_marks")
    screenshot("5-cleared")
    assert RESULT not in book.sheet_names
    assert clerk.cell(book, "effect", 3).color == NO_FILL
    assert clerk.cell(book, "effect", 3).note is None
    assert not [name.name for name in book.names if name.name.startswith("_sangkien")]


# Each for what might be lost on the way: types, places, fonts, formulas, hidden rows, names, notices.
OPENED = (
    "calc_codes_typed_as_numbers", "calc_column_cut_and_pasted_at_the_end", "calc_cover_typed_untidily",
    "calc_dates_as_text", "calc_dates_counted_from_1904", "calc_dates_without_their_format", "calc_filter_left_on",
    "calc_fonts_of_before_unicode", "calc_formulas_in_typed_cells", "calc_formulas_overwritten",
    "calc_line_breaks_and_times", "calc_list_sheet_copied", "calc_optional_column_deleted", "calc_rows_hidden",
    "calc_rows_pasted_below_the_table", "calc_sheets_renamed_and_moved", "calc_spaces_marks_and_invisible_characters",
    "calc_title_merged_over_two_rows", "openpyxl_hidden_rows_text_dates_and_font",
)  # fmt: skip


@pytest.mark.parametrize("name", OPENED)
def test_the_open_form_reads_as_its_file_does(clerk: Clerk, name: str) -> None:
    file = WORKBOOKS / "should_pass" / f"{name}.xlsx"
    book = clerk.app.books.open(str(file))
    with momentary(host_of(clerk.app), book) as copy:
        assert copy is not None
        live, read = read_live(book, copy), read_workbook(file.read_bytes())
    assert (live.form, live.template_version, live.programme_id) == (
        read.form,
        read.template_version,
        read.programme_id,
    )
    assert (live.sheet, live.columns) == (read.sheet, read.columns)
    assert (live.cover.values, live.cover.places) == (read.cover.values, read.cover.places)
    assert [_typed(row) for row in live.rows] == [_typed(row) for row in read.rows]
    assert live.notices == read.notices


def _typed(row: RawRow) -> tuple[object, ...]:
    """A row without what the office has calculated anew."""
    values = {name: value for name, value in row.values.items() if ROW_FIELD[name].typed}
    return row.number, values, {name: _odd(one) for name, one in row.odd.items()}, row.hidden, row.outside


def _odd(one: Oddity) -> tuple[object, ...]:
    return one.error, one.formula is not None, one.font


@pytest.mark.parametrize(
    "name", ["calc_formulas_in_typed_cells", "calc_dates_as_text", "calc_rows_inserted_in_the_middle"]
)
def test_without_a_copy_the_cells_are_read_all_the_same(clerk: Clerk, name: str) -> None:
    """As on macOS, where no copy is to be had."""
    file = WORKBOOKS / "should_pass" / f"{name}.xlsx"
    live, read = read_live(clerk.app.books.open(str(file)), None), read_workbook(file.read_bytes())
    assert [_typed(row) for row in live.rows] == [_typed(row) for row in read.rows]
    assert (live.cover.values, live.columns) == (read.cover.values, read.columns)


def test_what_is_not_saved_is_checked_and_set_aside(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(1, title=None)])
    clerk.press("check_sheet")
    assert "1 lỗi" in clerk.told()
    (copy,) = copies_folder().rglob("*.xlsx")
    assert read_workbook(copy.read_bytes()).rows[0].values["registration_code"] == "SK-2022-0001"


def test_a_workbook_that_was_never_saved_can_be_checked_but_not_repaired(clerk: Clerk, tmp_path: Path) -> None:
    made = clerk.new_form()
    clerk.type_rows(made, [sound(1, applied_on="15/02/2022")])
    template = tmp_path / "bao-cao.xltx"
    made.save(template)
    made.close()
    book = clerk.app.books.open(str(template))  # a template opens as a new workbook
    book.activate()
    assert host_of(clerk.app).location(book) is None
    clerk.press("check_sheet")
    assert clerk.told().startswith("Đã kiểm tra 1 dòng")
    with pytest.raises(UsageProblem) as problem:
        clerk.press("fix_with_preview")
    assert problem.value.error_code == "never_saved"


def test_a_protected_sheet_is_left_alone(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(1, title=None)])
    book.sheets[LIST].impl.protect("mat-khau")
    with pytest.raises(UsageProblem) as problem:
        clerk.press("check_sheet")
    assert (problem.value.error_code, problem.value.facts["sheet"]) == ("protected_sheet", LIST)
    assert RESULT not in book.sheet_names
    assert clerk.app.screen_updating
    assert clerk.app.status_bar is False
    book.sheets[LIST].impl.unprotect("mat-khau")


def test_a_workbook_of_another_kind_is_refused_in_words(clerk: Clerk) -> None:
    clerk.app.books.active.sheets[0].range("A1").value = "Danh sách thi đua"
    for button, code in (("check_sheet", "cannot_read_live"), ("fix_with_preview", "other_workbook")):
        with pytest.raises(UsageProblem) as problem:
            clerk.press(button)
        assert problem.value.error_code == code


def test_a_workbook_opened_for_reading_only_is_refused_in_words(clerk: Clerk) -> None:
    file = WORKBOOKS / "should_pass" / "calc_rows_that_break_rules.xlsx"
    clerk.app.books.open(str(file), read_only=True).activate()
    for button in ("check_sheet", "fix_with_preview", "clear_marks", "undo_last_repair"):
        with pytest.raises(UsageProblem) as problem:
            clerk.press(button)
        assert problem.value.error_code == "read_only"


def test_without_a_workbook_it_says_to_open_one(clerk: Clerk) -> None:
    for book in clerk.app.books:
        book.close()
    for button in ("check_sheet", "next_finding", "fix_with_preview", "clear_marks", "undo_last_repair"):
        with pytest.raises(UsageProblem) as problem:
            clerk.press(button)
        assert problem.value.error_code == "no_workbook"
    clerk.press("about")
    assert "LibreOffice" in clerk.asked()[0]["text"], "what the doctor finds here may be asked about"


def test_next_finding_needs_a_list(clerk: Clerk) -> None:
    clerk.new_form()
    with pytest.raises(UsageProblem) as problem:
        clerk.press("next_finding")
    assert problem.value.error_code == "not_checked_yet"


def test_a_report_that_is_refused_is_marked_on_its_cover(clerk: Clerk) -> None:
    book = clerk.new_form()
    book.names["cover_members"].refers_to_range.value = None
    clerk.type_rows(book, [sound(1)])
    clerk.press("check_sheet")
    assert "chưa nhận được" in clerk.told()
    assert book.names["cover_members"].refers_to_range.color == ERROR_FILL
    clerk.press("clear_marks")
    assert book.names["cover_members"].refers_to_range.color != ERROR_FILL


def test_the_clerks_own_fills_and_notes_come_back_even_after_rows_moved(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(number, title=None if number in (2, 3) else f"Việc {number}") for number in (1, 2, 3)])
    own = (200, 230, 255)
    clerk.cell(book, "title", 2).color = own
    clerk.cell(book, "title", 2).add_note("Hỏi lại anh Minh")
    clerk.press("check_sheet")
    shades = [clerk.cell(book, "title", row).color for row in (2, 3)]
    assert own not in shades
    assert shades[0] != shades[1], "each shade stands for one fill that was there before"
    assert clerk.cell(book, "title", 2).note.text.startswith("Hỏi lại anh Minh\n")
    first = clerk.cell(book, "title", 1)
    row, column = first.row, first.column
    book.sheets[LIST].range(f"{row}:{row}").insert("down")
    clerk.press("clear_marks")
    fills = [book.sheets[LIST].range((row + step, column)).color for step in range(4)]
    assert fills[1:] == [NO_FILL, own, NO_FILL]
    assert [note.text for note in book.sheets[LIST].notes] == ["Hỏi lại anh Minh"]


def test_marks_saved_by_the_office_come_off_by_command_and_marks_of_the_command_by_the_button(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(1, title=None)])
    clerk.press("check_sheet")
    book.save()
    file = Path(book.fullname)
    book.close()
    file.write_bytes(clear_marks(file.read_bytes()))
    again = clerk.app.books.open(str(file))
    assert RESULT not in again.sheet_names
    assert clerk.cell(again, "title", 1).color == NO_FILL
    assert clerk.cell(again, "title", 1).note is None


def test_checking_twice_marks_once(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(1, title=None)])
    clerk.press("check_sheet")
    first = clerk.cell(book, "title", 1).note.text
    clerk.press("check_sheet")
    assert book.sheet_names.count(RESULT) == 1
    assert clerk.cell(book, "title", 1).note.text == first
    clerk.press("clear_marks")
    assert clerk.cell(book, "title", 1).color == NO_FILL


def test_only_what_was_accepted_is_repaired(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(1, applied_on="15/02/2022"), sound(2, applied_on="16/02/2022")])
    clerk.answers(preview=[1])
    clerk.press("fix_with_preview")
    assert clerk.told().startswith("Đã sửa 1 ô.")
    assert clerk.cell(book, "applied_on", 1).value == "15/02/2022"
    assert clerk.cell(book, "applied_on", 2).value == datetime(2022, 2, 16)
    clerk.cell(book, "applied_on", 2).value = datetime(2022, 2, 17)
    clerk.press("undo_last_repair")
    assert "1 ô để nguyên vì đã được gõ lại" in clerk.told()
    assert clerk.cell(book, "applied_on", 2).value == datetime(2022, 2, 17)


def test_declining_the_preview_changes_nothing(clerk: Clerk) -> None:
    book = clerk.new_form()
    clerk.type_rows(book, [sound(1, applied_on="15/02/2022")])
    clerk.press("fix_with_preview")
    assert clerk.cell(book, "applied_on", 1).value == "15/02/2022"
    assert not list(copies_folder().rglob("*.json"))


def test_texts_of_before_unicode_are_repaired_and_given_back_with_their_font(clerk: Clerk, tmp_path: Path) -> None:
    source = WORKBOOKS / "should_pass" / "calc_fonts_of_before_unicode.xlsx"
    file = tmp_path / "phông cũ.xlsx"
    file.write_bytes(source.read_bytes())
    book = clerk.app.books.open(str(file))
    book.activate()
    clerk.answers(preview=list(range(200)))
    clerk.press("fix_with_preview")
    (preview,) = [one for one in clerk.asked() if one["kind"] == "preview"]
    legacy = [one["place"].rpartition(" ") for one in preview["changes"] if "phông" in one["why"].lower()]
    assert legacy
    title, _, cell = legacy[0]
    assert not book.sheets[title].range(cell).font.name.startswith((".Vn", "VNI"))
    clerk.press("undo_last_repair")
    assert book.sheets[title].range(cell).font.name.startswith((".Vn", "VNI"))


def test_calls_do_not_grow_with_the_rows(clerk: Clerk, office: Office) -> None:
    counted = {rows: _calls_of_each_button(clerk, office, rows) for rows in (50, 2_000)}
    assert counted[50] == counted[2_000]


def _calls_of_each_button(clerk: Clerk, office: Office, rows: int) -> dict[str, int]:
    """All rows have a date as text, five lack something."""
    book = clerk.new_form(f"{rows}.xlsx")
    clerk.app.calculation = "manual"
    clerk.type_rows(
        book,
        [
            sound(n, applied_on="15/02/2022", effect=None if n in (3, 9, 10, 20, 41) else "Tốt")
            for n in range(1, rows + 1)
        ],
    )
    counted = {}
    for button in ("fix_with_preview", "undo_last_repair", "check_sheet", "next_finding", "clear_marks"):
        if button == "check_sheet":  # its marks are at cells with findings: a few, however many rows there are
            clerk.cell(book, "applied_on", 1).resize(rows, 1).value = [[datetime(2022, 2, 15)]] * rows
        clerk.answers(preview=list(range(rows)))
        counted[button] = _calls(office, lambda button=button: clerk.press(button))
    clerk.app.calculation = "automatic"
    book.close()
    return counted


def _calls(office: Office, work: Callable[[], None]) -> int:
    connection = office.connected
    assert connection is not None
    asked, count = connection.ask_all, [0]

    def counting(steps: object) -> object:
        count[0] += 1
        return asked(steps)  # type: ignore[arg-type]

    connection.ask_all = counting  # type: ignore[method-assign, assignment]
    try:
        work()
    finally:
        connection.ask_all = asked  # type: ignore[method-assign]
    return count[0]
