"""What a clerk is told while a mail account is tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.hosts import dialogs
from addin.hosts import progress as progress_of
from addin.hosts.dialogs import Dialogs
from addin.live.mail_accounts import try_login
from addin.live.session import Session
from addin.mail import accounts, actions


def test_logging_in_says_that_it_may_take_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "answers.json"
    script.write_text("[]")
    monkeypatch.setenv(dialogs.SCRIPT, str(script))
    stages: list[str] = []
    monkeypatch.setattr(progress_of._Window, "show", lambda _, stage, *__: stages.append(stage))
    monkeypatch.setattr(actions, "try_account", lambda _: ["mail.q.example.vn:465"])
    app: Any = None
    account = accounts.from_preset("zimbra", "q", "can-bo@q.example.vn", "mail.q.example.vn")
    assert try_login(Session(app, "settings", app, Dialogs(lambda *_: "ok")), account)
    assert stages == ["Đang đăng nhập, có thể mất tới nửa phút"]
