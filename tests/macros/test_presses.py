"""Presses of buttons, through the built macros and xlwings' own: what starts, and what the clerk is told instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from addin.ribbon import BookKind, EnabledWhen, Need, every_button
from macros.build import texts
from macros.ribbon_xml import tag
from tests.macros.excel_double import MAC, PYTHON, SETTINGS, Book, Loaded

Load = Callable[..., Loaded]

ALWAYS = f"on:{','.join(EnabledWhen.ALWAYS.kinds)}|needs:"
ANY_BOOK = f"on:{','.join(EnabledWhen.ANY_WORKBOOK.kinds)}|needs:"
ON_FORMS = f"on:{','.join(EnabledWhen.ANY_FORM.kinds)}|needs:"


def test_a_press_starts_python_with_the_buttons_id(load: Load) -> None:
    addin = load(Book())
    addin.press("check_sheet", ANY_BOOK)
    (command,) = addin.excel.started
    assert "from addin import entry; entry.press('check_sheet')" in command
    assert f'"{PYTHON}"' in command
    assert '--hwnd="4711"' in command
    assert addin.excel.said == []


@pytest.mark.parametrize("button", list(every_button()), ids=lambda button: button.id)
def test_every_button_starts_from_the_workbook_it_is_for(load: Load, button: object) -> None:
    kind = button.enabled_when.kinds[-1]  # type: ignore[attr-defined]
    addin = load(Book(form=kind))
    assert addin.enabled(tag(button))  # type: ignore[arg-type]
    addin.press(button.id, tag(button))  # type: ignore[arg-type, attr-defined]
    assert f"entry.press('{button.id}')" in addin.excel.started[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("when", EnabledWhen)
@pytest.mark.parametrize("kind", BookKind)
def test_a_button_is_enabled_for_its_workbooks_alone(load: Load, when: EnabledWhen, kind: BookKind) -> None:
    book = {BookKind.NONE: None, BookKind.OTHER: Book()}.get(kind, Book(form=kind))
    assert load(book).enabled(f"on:{','.join(when.kinds)}|needs:") is (kind in when.kinds)


def test_the_command_names_no_path_of_the_workbook_and_searches_no_folder_of_it(load: Load) -> None:
    for folder in ("C:\\Hồ sơ & cũ", "https://tochuc.sharepoint.com/sites/Công đoàn"):
        addin = load(Book("Tổng hợp.xlsx", folder))
        addin.press("check_sheet", ANY_BOOK)
        (command,) = addin.excel.started
        assert folder not in command
        assert f'"{PYTHON}" -E -P -B -c "from addin' in command


@pytest.mark.parametrize(
    ("book", "needs", "sentence"),
    [
        (Book(read_only=True), Need.WRITABLE, "read_only"),
        (Book("Book1", ""), Need.SAVED, "never_saved"),
        (Book(folder="https://d.docs.live.net/0a1b/Documents"), Need.LOCAL, "web_address"),
    ],
)
def test_what_a_button_needs_of_the_workbook_is_said(load: Load, book: Book, needs: Need, sentence: str) -> None:
    addin = load(book)
    addin.press("check_sheet", ANY_BOOK + needs)
    assert addin.excel.said == [texts()[sentence]]
    assert addin.excel.started == []
    unconcerned = load(book)
    unconcerned.press("check_sheet", ANY_BOOK)
    assert unconcerned.excel.said == []


def test_without_a_workbook_it_says_to_open_one(load: Load) -> None:
    addin = load()
    addin.press("check_sheet", ANY_BOOK)
    assert addin.excel.said == [texts()["no_workbook"]]


def test_a_button_that_needs_no_workbook_works_without_one(load: Load) -> None:
    addin = load()
    addin.press("new_form", ALWAYS)
    assert len(addin.excel.started) == 1
    assert addin.excel.book is not None, "xlwings finds Excel by the window of a workbook"


def test_in_protected_view_every_button_says_how_to_leave_it(load: Load) -> None:
    for tags in (ALWAYS, ANY_BOOK, ON_FORMS):
        addin = load(protected_view=True)
        assert addin.enabled(tags)
        addin.press("check_sheet", tags)
        assert addin.excel.said == [texts()["protected_view"]]


def test_a_button_pressed_over_the_wrong_workbook_says_so(load: Load) -> None:
    addin = load(Book())
    addin.press("payment_lists", ON_FORMS)
    assert addin.excel.said == [texts()["other_workbook"]]


@pytest.mark.parametrize(
    ("settings", "exists", "sentence"),
    [
        (None, True, "not_installed"),
        ("\r\n\r\n", True, "not_installed"),
        ('"INTERPRETER_WIN","C:\\Users\\Nguyễn\\python.exe"', True, "accents_python"),
        ('"INTERPRETER_WIN","C:\\elsewhere\\python.exe"', True, "python_missing"),
        (SETTINGS, False, "python_missing"),
    ],
)
def test_a_python_that_cannot_be_started_is_said(load: Load, settings: str, exists: bool, sentence: str) -> None:
    addin = load(Book(), settings=settings, python_exists=exists)
    addin.press("check_sheet", ANY_BOOK)
    assert addin.excel.said == [texts()[sentence]]
    assert addin.excel.started == []


def test_a_failing_python_gives_a_sentence_and_its_last_line_but_no_traceback(load: Load) -> None:
    story = (
        'Traceback (most recent call last):\r\n  File "<string>", line 1\r\nModuleNotFoundError: No module named x\r\n'
    )
    addin = load(Book(), python_says=story)
    addin.press("check_sheet", ANY_BOOK)
    (said,) = addin.excel.said
    assert said.startswith(texts()["failed"])
    assert said.endswith("ModuleNotFoundError: No module named x")
    assert "Traceback" not in said


def test_the_status_bar_says_so_while_python_works_and_is_given_back(load: Load) -> None:
    for story in ("", "SystemExit"):
        addin = load(Book(), python_says=story)
        addin.press("check_sheet", ANY_BOOK)
        assert addin.excel.status_bar == [texts()["working"], False]


def test_a_sentence_that_a_button_leaves_in_the_status_bar_stays(load: Load) -> None:
    addin = load(Book(), python_leaves="K12: còn để trống.")
    addin.press("next_finding", ANY_BOOK)
    assert addin.excel.status_bar == [texts()["working"], "K12: còn để trống."]


def test_settings_in_the_workbook_or_beside_it_are_not_read(load: Load) -> None:
    stranger = Book(form="grassroots")
    stranger.sheets = {"sangkien.conf": object()}
    addin = load(stranger)
    addin.press("check_sheet", ANY_BOOK)
    assert PYTHON in addin.excel.started[0]


def test_settings_are_read_once_for_all_cells_and_anew_for_every_press(load: Load) -> None:
    addin = load(Book())
    for _ in range(10):
        addin.vba.run("XLPyCommand")
    assert addin.excel.settings_read == 1
    addin.press("check_sheet", ANY_BOOK)
    assert addin.excel.settings_read == 2


def test_one_server_command_for_all_workbooks(load: Load) -> None:
    commands = {
        str(load(Book(name, folder)).vba.run("XLPyCommand"))
        for name, folder in (
            ("A.xlsx", "C:\\A"),
            ("Tổng hợp.xlsx", "C:\\Hồ sơ"),
            ("B.xlsx", "https://x.sharepoint.com"),
        )
    }
    (command,) = commands
    assert command == f"""cmd.exe  /K ""{PYTHON}" -E -P -B -c "import xlwings; xlwings.serve('$(CLSID)')\"\""""


def test_after_a_press_the_ribbon_looks_again_at_the_workbook(load: Load) -> None:
    addin = load(Book())
    addin.vba.run("SkRibbonLoad", [addin.excel.ribbon])
    addin.press("check_sheet", ANY_BOOK)
    assert addin.excel.ribbon.invalidated == 1


def test_functions_are_described_when_excel_first_allows_it(load: Load) -> None:
    rows = [["SK_A", "Sáng kiến", "Giai đoạn của ngày", "ngày"], ["SK_B", "Sáng kiến", "Không có tham số"]]
    addin = load(functions=rows, refuses_macro_options=True)
    addin.vba.run("SkDescribeFunctions")
    assert addin.excel.described == {}
    addin.excel.refuses_macro_options = False
    addin.vba.run("SkDescribeFunctions")
    assert addin.excel.described == {"'sangkien.xlam'!SK_A": rows[0][1:], "'sangkien.xlam'!SK_B": rows[1][1:]}


def test_on_a_mac_a_name_with_accents_is_refused_with_a_reason(load: Load) -> None:
    addin = load(Book("Tổng hợp.xlsx"), MAC, settings=None)
    addin.press("check_sheet", ANY_BOOK)
    assert [prompt for _, prompt, _, _ in addin.vba.dialogs] == [texts()["accents_mac"]]
