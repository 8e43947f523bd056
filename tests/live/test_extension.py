"""The extension in a live office: its menu and toolbar are there, follow the workbook in front, and do something."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from addin.actions import make_template
from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office
from addin.hosts.libreoffice.profile import write_settings
from addin.live.guards import kind_of
from addin.ribbon import TAB_LABEL, BookKind, button_of, every_button, shown_groups
from tests.live.clicking import (
    BUTTON,
    MENU,
    MENU_ENTRY,
    Place,
    click,
    extension_office,
    places_shown,
    pressed,
)
from tests.live.conftest import program
from tests.live.pointer import focus, keys, window
from tests.live.programs import PROGRAMS, program_of
from tests.live.test_bridge import TITLE, typed_when_shown
from validation.fields import Form

LABELS = [button.label for group in shown_groups() for button in group.buttons]


@pytest.fixture(scope="module")
def office(soffice: str, display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office with the extension; what it asks is answered by nobody, what it tells is written down."""
    program("xdotool", "xdotool")
    folder = tmp_path_factory.mktemp("extension")
    with extension_office(folder, soffice, display) as started:
        started.environment |= {
            "XDG_STATE_HOME": str(folder / "state"),
            "SANGKIEN_DIALOGS": str(folder / "answers.json"),
        }
        (folder / "answers.json").write_text("[]", encoding="utf-8")
        yield started


@pytest.fixture
def a_form(tmp_path: Path) -> Path:
    """A grassroots form on disk, of a name of its own: the office may still have the last one open."""
    return make_template(Form.GRASSROOTS, tmp_path / f"{tmp_path.name}.xlsx", unit="CD-001")


def open_only(office: Office, file: Path | None) -> None:
    """One workbook, the file or a new one; every other is closed."""
    app = activate(office.connect())
    before = list(app.books)
    _ = app.books.add() if file is None else app.books.open(str(file))
    for book in before:
        book.close()


def of_role(places: list[Place], role: int) -> list[Place]:
    return [one for one in places if one.role == role]


def test_menu_and_toolbar_show_every_button_in_its_order(office: Office, screenshot: Callable[[str], Path]) -> None:
    open_only(office, None)
    places = places_shown(office)
    entries = [one.name for one in of_role(places, MENU_ENTRY)]
    start = entries.index(LABELS[0])
    assert entries[start : start + len(LABELS)] == LABELS
    buttons = [one.name for one in of_role(places, BUTTON)]
    start = buttons.index(LABELS[0])
    assert buttons[start : start + len(LABELS)] == LABELS
    assert [one.name for one in of_role(places, MENU)].count(TAB_LABEL) == 1
    screenshot("calc")


@pytest.mark.parametrize("which", PROGRAMS[-1:])
def test_the_newest_office_at_hand_shows_the_same(which: str, soffice: str, display: str, tmp_path: Path) -> None:
    with extension_office(tmp_path / which, program_of(which, soffice), display) as newer:
        open_only(newer, None)
        places = places_shown(newer)
        for role in (MENU_ENTRY, BUTTON):
            names = [one.name for one in of_role(places, role) if one.name in LABELS]
            assert names[-len(LABELS) :] == LABELS
        shown = {one.name: one.enabled for one in of_role(places, BUTTON) if one.name in LABELS and one.width}
        assert {shown[button_of(name).label] for name in ("new_form", "check_sheet")} == {True}
        assert not shown[button_of("next_finding").label]


@pytest.mark.parametrize("kind", [BookKind.OTHER, BookKind.GRASSROOTS])
def test_what_can_be_pressed_follows_the_workbook(
    office: Office, a_form: Path, kind: BookKind, screenshot: Callable[[str], Path]
) -> None:
    open_only(office, a_form if kind is BookKind.GRASSROOTS else None)
    wanted = {button.label: kind in button.enabled_when.kinds for button in every_button() if button.label in LABELS}
    shown = {one.name: one.enabled for one in of_role(places_shown(office), BUTTON) if one.name in wanted and one.width}
    assert len(shown) > 8
    assert shown == {name: wanted[name] for name in shown}
    screenshot(kind.value)


def test_a_click_on_the_toolbar_checks_the_workbook(
    office: Office, display: str, a_form: Path, screenshot: Callable[[str], Path]
) -> None:
    open_only(office, a_form)
    (check,) = [one for one in of_role(places_shown(office), BUTTON) if one.name == button_of("check_sheet").label]
    sheets = activate(office.connect()).books.active.sheet_names
    with pressed(office) as press:
        click(display, check)
    press.done()
    book = activate(office.connect()).books.active
    assert set(book.sheet_names) - set(sheets), "the list of findings"
    screenshot("checked")


def test_a_menu_entry_is_opened_by_a_click_and_chosen(
    office: Office, display: str, screenshot: Callable[[str], Path]
) -> None:
    open_only(office, None)
    (menu,) = [one for one in of_role(places_shown(office), MENU) if one.name == TAB_LABEL]
    with pressed(office) as press:
        click(display, menu)
        screenshot("open")
        keys(display, "Up", "Return")  # the last entry: what this program is
    press.done()
    activate(office.connect())
    asked = json.loads((office.folder / "answers.json.asked").read_text(encoding="utf-8"))
    assert "LibreOffice" in asked[-1]["text"]


def test_a_form_is_made_from_the_start_center_where_no_workbook_is_open(
    soffice: str, display: str, tmp_path: Path
) -> None:
    program("xdotool", "xdotool")
    answer = {"form": "grassroots", "unit": "CD-001", "path": str(tmp_path / "moi.xlsx")}
    script = tmp_path / "answers.json"
    script.write_text(json.dumps([{"kind": "new_form", "answer": answer}]), encoding="utf-8")
    with extension_office(tmp_path / "office", soffice, display) as own:
        own.environment |= {"XDG_STATE_HOME": str(tmp_path / "state"), "SANGKIEN_DIALOGS": str(script)}
        own.open()
        focus(display, window(display, "--name", "^LibreOffice$"))
        own.connect()
        (menu,) = [one for one in of_role(places_shown(own), MENU) if one.name == TAB_LABEL]
        entries = [one.name for one in of_role(places_shown(own), MENU_ENTRY) if one.name in LABELS]
        alone = [one.label for one in every_button() if BookKind.NONE in one.enabled_when.kinds and one.label in LABELS]
        assert entries == alone, "what needs no workbook"
        with pressed(own) as press:
            click(display, menu)
            keys(display, "Down", "Return")  # the first entry
        press.done()
        app = activate(own.connect())
        assert [book.name for book in app.books] == ["moi.xlsx"]
        assert kind_of(app.books.active) is BookKind.GRASSROOTS


def test_a_python_that_is_gone_is_a_sentence_and_the_office_goes_on(
    office: Office, display: str, screenshot: Callable[[str], Path]
) -> None:
    open_only(office, None)
    (menu,) = [one for one in of_role(places_shown(office), MENU) if one.name == TAB_LABEL]
    office.release()
    write_settings(office.profile, ["/khong/con/python"])
    click(display, menu)
    screenshot("open")
    keys(display, "Up", "Return")
    assert typed_when_shown(office, TITLE, "Return", lambda: screenshot("box"))
    assert len(activate(office.connect()).books) == 1
