"""The product's own windows and boxes, come up at a click in the office, answered by pointer and keyboard."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from addin.campaign.folder import create_campaign
from tests.end_to_end.small_campaign import report
from tests.live.pressing import sound
from tests.live.screen_clerk import ScreenClerk
from tests.mail.campaigns import with_addresses

MARGIN, BUTTON_HEIGHT, FIRST_ROW, LAST_BUTTON = 14, 30, 88, 110
"""Pixels of a window: around it, of its buttons, down to the first row of its table, its last button with the gap."""


@pytest.fixture(scope="module")
def scripted() -> bool:
    return False


def flawed(clerk: ScreenClerk) -> None:
    clerk.form([sound(1, applied_on="15/02/2022"), sound(2, base_support="200.000đ"), sound(3, effect=None)])


def test_a_form_is_made_where_the_clerk_types(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.folder.mkdir()
    path = clerk.folder.parent / "bao-cao.xlsx"  # xdotool types no accents
    with clerk.pressing("new_form"), clerk.window("window"):
        clerk.key_here("Tab", "Tab")
        clerk.type_here("CD-001")
        clerk.key_here("Tab")
        clerk.type_here(str(path))
        clerk.picture("filled")
        clerk.key_here("Return")
    clerk.picture("form")
    assert Path(clerk.book.fullname) == path
    assert clerk.book.names["cover_unit_code"].refers_to_range.value == "CD-001"


def test_what_checking_has_found_is_told_in_a_box(clerk: ScreenClerk) -> None:
    flawed(clerk)
    with clerk.pressing("check_sheet"):
        said = clerk.box("OK")
    assert said.startswith("Đã kiểm tra 3 dòng: 1 lỗi, 2 lưu ý.")


def test_repairs_are_accepted_by_a_click(clerk: ScreenClerk) -> None:
    flawed(clerk)
    with clerk.pressing("fix_with_preview"):
        with clerk.window("window") as (left, top, width, height):
            # The last button is “no”, the one before it “yes”.
            clerk.click_at(left + width - MARGIN - LAST_BUTTON - 40, top + height - MARGIN - BUTTON_HEIGHT // 2)
        said = clerk.box("OK")
    assert said.startswith("Đã sửa 2 ô.")
    assert clerk.cell(clerk.book, "applied_on", 1).value == datetime(2022, 2, 15)
    assert clerk.cell(clerk.book, "base_support", 2).value == 200_000


def test_a_repair_that_is_clicked_away_is_not_made(clerk: ScreenClerk) -> None:
    flawed(clerk)
    with clerk.pressing("fix_with_preview"):
        with clerk.window("window") as (left, top, _, _):
            clerk.click_at(left + 40, top + FIRST_ROW + MARGIN)
            clerk.picture("one")
            clerk.key_here("Return")
        said = clerk.box("OK")
    assert said.startswith("Đã sửa 1 ô.")
    assert clerk.cell(clerk.book, "applied_on", 1).value == "15/02/2022"
    assert clerk.cell(clerk.book, "base_support", 2).value == 200_000


def test_escape_declines_the_preview(clerk: ScreenClerk) -> None:
    flawed(clerk)
    with clerk.pressing("fix_with_preview"), clerk.window("window"):
        clerk.key_here("Escape")
    assert clerk.cell(clerk.book, "applied_on", 1).value == "15/02/2022"


def test_the_standing_is_read_and_closed(clerk: ScreenClerk) -> None:
    folder = clerk.folder / "Chiến dịch"
    create_campaign(folder, "TP", with_addresses())
    (folder / "nhan" / "A.xlsx").write_bytes(report("A", "A-1"))
    clerk.open(folder / "nhan" / "A.xlsx")
    with clerk.pressing("merge_campaign"):
        assert "1 đã nhận" in clerk.box("OK")
    with clerk.pressing("status"), clerk.window("window"):
        clerk.key_here("Return")
    with clerk.pressing("remind"):
        with clerk.window("letters"):
            clerk.key_here("Escape")
        clerk.box("OK")
    with clerk.pressing("payment_lists"), clerk.window("payments"):
        clerk.key_here("Escape")
    with clerk.pressing("send_upward"), clerk.window("upward"):
        clerk.key_here("Escape")


def test_settings_are_closed_by_a_click(clerk: ScreenClerk) -> None:
    clerk.open()
    with clerk.pressing("settings"), clerk.window("window") as (left, top, width, height):
        clerk.click_at(left + width - MARGIN - 40, top + height - MARGIN - BUTTON_HEIGHT // 2)


def test_about_is_told_in_a_box(clerk: ScreenClerk) -> None:
    clerk.open()
    with clerk.pressing("about"):
        said = clerk.box("No")  # the doctor has found something: nothing is installed on this machine
    assert "LibreOffice" in said
