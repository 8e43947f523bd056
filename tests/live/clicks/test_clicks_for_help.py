"""Help, settings, and what goes wrong with the program itself: clicked in the menu."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from addin.hosts.libreoffice.profile import SETTINGS
from addin.live import helping
from addin.ribbon import BookKind, button_of, every_button
from tests.live.clicking import BUTTON, MENU_ENTRY, click, places_shown
from tests.live.pressing import sound
from tests.live.screen_clerk import ScreenClerk


@contextmanager
def broken(clerk: ScreenClerk, settings: str) -> Iterator[str]:
    """Check is clicked where the bridge's settings are these; what the box said. The office goes on afterwards."""
    (check,) = [
        one for one in places_shown(clerk.office) if (one.role, one.name) == (BUTTON, button_of("check_sheet").label)
    ]
    clerk.office.release()
    (clerk.office.profile / SETTINGS).write_text(settings, encoding="utf-8")
    click(clerk.display, check)
    said = clerk.box("OK")
    clerk.look_again()
    yield said


def test_the_guide_is_opened(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.press("guide")
    assert clerk.asked() == [{"kind": "open", "path": str(helping.GUIDE)}]


def test_settings_show_their_menu_and_keep_the_clerks_unit(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.script(("choose", "unit"), ("form", {"unit": "CD-001"}))
    clerk.press("settings")
    first, _, again = clerk.asked()
    assert "CD-001" not in str(first["options"])
    assert "CD-001" in str(again["options"])


def test_about_names_the_program(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.press("about")
    assert "LibreOffice" in clerk.asked()[0]["text"]


def test_without_a_workbook_the_menu_has_what_needs_none(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.keys("ctrl+w")
    clerk.until(lambda: len(clerk.app.books) == 0, "the workbook stays")
    places = places_shown(clerk.office)
    labels = {button.label for button in every_button()}
    alone = [one.label for one in every_button() if BookKind.NONE in one.enabled_when.kinds]
    assert [one.name for one in places if one.role == MENU_ENTRY and one.name in labels] == alone
    clerk.office.release()
    clerk.open_menu(places)
    clerk.picture("menu")
    clerk.key_here("Escape", "Escape")
    clerk.look_again()
    clerk.press("guide")
    assert clerk.asked() == [{"kind": "open", "path": str(helping.GUIDE)}]


def test_a_python_that_is_gone_is_said_and_the_next_press_works(clerk: ScreenClerk) -> None:
    clerk.form([sound(1)])
    with broken(clerk, '{"command": ["/khong/con/python"]}') as said:
        assert "Không tìm thấy chương trình Sổ sáng kiến trên máy này" in said
    clerk.press("check_sheet")
    assert clerk.told().startswith("Đã kiểm tra 1 dòng")


def test_settings_that_cannot_be_read_are_said(clerk: ScreenClerk) -> None:
    clerk.form([sound(1)])
    with broken(clerk, "{") as said:
        assert "Tiện ích chưa được cài đủ" in said
    assert clerk.book.name == "báo cáo.xlsx"


def test_a_program_that_breaks_off_is_said(clerk: ScreenClerk) -> None:
    clerk.form([sound(1)])
    with broken(clerk, '{"command": ["/bin/false"]}') as said:
        assert "dừng giữa chừng" in said
    assert clerk.app.screen_updating
