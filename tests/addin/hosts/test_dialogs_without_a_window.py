"""Where no window can open there is only the program's own box: it shows less, and no more is agreed to than that."""

from __future__ import annotations

import pytest

from addin.errors import UsageProblem
from addin.hosts import dialogs
from addin.hosts.dialogs import Dialogs
from addin.hosts.questions import Listing, Option
from addin.live.problems import sentence

GO = [Option("go", "Gửi")]


class Box:
    """A program's box whose every question is answered with yes."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def __call__(self, text: str, _title: str, buttons: str) -> str:
        self.shown.append(text)
        return "yes" if buttons == "yes_no" else "ok"


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(dialogs.SCRIPT, raising=False)
    monkeypatch.setattr(dialogs, "python_command", lambda _: ["/nonexistent/python"])


def table(rows: int) -> Listing:
    return Listing([("Tới", 300)], [[f"don-vi-{number}@example.vn"] for number in range(rows)])


def test_what_fits_into_the_box_can_be_agreed_to() -> None:
    box = Box()
    assert Dialogs(box).review("Thư", "20 thư", GO, table=table(20), whole=True) == "go"
    assert "don-vi-19@example.vn" in box.shown[0]


def test_what_does_not_fit_is_not_agreed_to_where_all_must_be_seen() -> None:
    box = Box()
    with pytest.raises(UsageProblem) as problem:
        Dialogs(box).review("Thư", "40 thư", GO, table=table(40), whole=True)
    assert problem.value.error_code == "no_window_for_list"
    assert "24 trong 41 dòng" in sentence(problem.value)
    assert "chưa gửi gì" in sentence(problem.value)
    assert box.shown == []


def test_what_does_not_fit_elsewhere_says_how_much_more_there_is() -> None:
    box = Box()
    assert Dialogs(box).review("Danh sách chi", "40 danh sách", GO, table=table(40)) == "go"
    assert "… và 17 dòng nữa" in box.shown[0]
    Dialogs(box).show("Tình hình", "một dòng\n" * 25)
    assert "… và 1 dòng nữa" in box.shown[1]
