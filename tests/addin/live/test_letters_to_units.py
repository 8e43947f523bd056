"""What a clerk sees of letters to many units before they go out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from addin.errors import UsageProblem
from addin.hosts import dialogs
from addin.hosts.dialogs import Dialogs
from addin.live import letters_to_units
from addin.live.session import Session
from addin.live.ways import Way
from addin.mail import accounts
from addin.mail.compose import Letter
from addin.mail.correspondence import Plan, Planned
from addin.mail.store import Kind

BY_MAIL = Way(accounts.from_preset("zimbra", "q", "can-bo@q.example.vn", "mail.q.example.vn"))
DRAFTS = Way()


def look_through(letters: int, way: Way, shown: list[str]) -> None:
    """Look through a plan of so many letters, and agree to nothing; ``shown``: what the program's box shows."""

    def no(text: str, _title: str, buttons: str) -> str:
        shown.append(text)
        return "no" if buttons == "yes_no" else "ok"

    plan = Plan(
        tuple(
            Planned(Kind.REMINDER, str(number), (f"A{number}",), Letter((f"a{number}@example.vn",), "Nhắc", "Xin gửi."))
            for number in range(letters)
        ),
        (),
    )
    app: Any = None
    session = Session(app, "remind", app, Dialogs(no))
    letters_to_units._mail(session, app, plan, way, "reminders", "")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Windows open, and nobody answers; what they ask is in this file."""
    script = tmp_path / "answers.json"
    script.write_text("[]")
    monkeypatch.setenv(dialogs.SCRIPT, str(script))
    return tmp_path / "answers.json.asked"


@pytest.fixture
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(dialogs.SCRIPT, raising=False)
    monkeypatch.setattr(dialogs, "python_command", lambda _: ["/nonexistent/python"])


@pytest.mark.parametrize(("letters", "minutes"), [(1, 1), (60, 1), (61, 2), (900, 15)])
def test_how_long_sending_takes_is_said_before(asked: Path, letters: int, minutes: int) -> None:
    look_through(letters, BY_MAIL, [])
    text = json.loads(asked.read_text(encoding="utf-8"))[0]["text"]
    assert f"Gửi {letters} thư mất khoảng {minutes} phút: mỗi thư cách nhau 1 giây" in text


def test_drafts_are_made_at_once(asked: Path) -> None:
    look_through(900, DRAFTS, [])
    assert "phút" not in json.loads(asked.read_text(encoding="utf-8"))[0]["text"]


@pytest.mark.usefixtures("_no_window")
def test_letters_are_not_sent_unseen() -> None:
    shown: list[str] = []
    with pytest.raises(UsageProblem) as problem:
        look_through(30, BY_MAIL, shown)
    assert problem.value.error_code == "no_window_for_list"
    assert shown == []


@pytest.mark.usefixtures("_no_window")
def test_drafts_are_read_one_by_one_anyway() -> None:
    shown: list[str] = []
    look_through(30, DRAFTS, shown)
    assert "dòng nữa" in shown[0]
    assert "Tạo 30 thư nháp?" in shown[0]
    assert shown[1] == "Chưa gửi thư nào."
