"""The windows that ask the clerk, on a screen of their own, pressed by keys as she would."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from addin.errors import UsageProblem
from addin.hosts.dialogs import WINDOW_CLASS, Change, Dialogs, python_command
from addin.hosts.progress import Cancelled, progress
from addin.hosts.questions import Blank, BlankKind, Listing, Option
from tests.live import pointer
from tests.live.conftest import PICTURES, png_of_xwd, program

PATIENCE = 30.0

CHANGES = [
    Change("Danh sách N7", "Ngày áp dụng", "15/02/2022", "15/02/2022 (kiểu ngày)", "Ngày gõ dạng chữ"),
    Change("Danh sách S9", "CĐCS hỗ trợ (đồng)", "200.000đ", "200.000 (kiểu số)", "Số tiền gõ dạng chữ"),
    Change("Danh sách C12", "Họ và tên tác giả", "NGUYEN VAN A", "Nguyễn Văn A", "Tên viết một kiểu chữ", sure=False),
]


@pytest.fixture
def screen(display: str, framebuffer: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The screen's picture; windows of child processes open on it."""
    pytest.importorskip("tkinter", reason="needs tkinter: sudo apt-get install python3-tk")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("SANGKIEN_DIALOGS", raising=False)
    return framebuffer / "Xvfb_screen0"


@pytest.fixture
def keys(screen: Path, display: str) -> Callable[..., None]:
    """Press keys in the window, once it is there and drawn."""
    program("xdotool", "xdotool")

    def press(*names: str, picture: str = "") -> None:
        shown = pointer.window(display, "--class", f"^{WINDOW_CLASS}$")
        drawn = _still(screen)
        if picture:
            PICTURES.mkdir(parents=True, exist_ok=True)
            (PICTURES / f"window-{picture}.png").write_bytes(png_of_xwd(drawn))
        pointer.focus(display, shown)
        pointer.keys(display, *names)

    return press


def _still(screen: Path) -> bytes:
    """The picture once it no longer changes."""
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    before, same = b"", 0
    while same < 3 and time.monotonic() < end:
        now = screen.read_bytes()
        same = same + 1 if now == before and any(now[4096:]) else 0
        before = now
        pause.wait(0.1)
    return before


def dialogs() -> Dialogs:
    def alert(text: str, title: str, buttons: str) -> str:
        raise AssertionError(f"a box instead of a window: {text}")

    return Dialogs(alert)


@contextmanager
def asked(question: Callable[[], Any]) -> Iterator[list[Any]]:
    """Ask on another thread, as the windows belong to another process anyway; the answer is in the list afterwards."""
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(question()))
    asking.start()
    try:
        yield answers
    finally:
        asking.join(PATIENCE)
        assert not asking.is_alive()


@pytest.mark.live
def test_the_preview_takes_what_is_sure_and_what_the_clerk_adds(keys: Callable[..., None]) -> None:
    with asked(lambda: dialogs().preview(CHANGES)) as answers:
        keys("Return", picture="preview")
    assert answers == [[0, 1]]


@pytest.mark.live
def test_escape_changes_nothing(keys: Callable[..., None]) -> None:
    with asked(lambda: dialogs().preview(CHANGES)) as answers:
        keys("Escape")
    assert answers == [None]


@pytest.mark.live
def test_a_long_text_is_shown_in_columns(keys: Callable[..., None]) -> None:
    text = "Đơn vị phải báo cáo: 4; đã nộp: 2\n\n" + "\n".join(f"CD-{n:03}   CĐCS Công ty {n}" for n in range(40))
    with asked(lambda: dialogs().show("Tình hình nộp và tiến độ", text)) as answers:
        keys("Return", picture="status")
    assert answers == [None]


@pytest.mark.live
def test_a_new_form_is_asked_for(keys: Callable[..., None], tmp_path: Path) -> None:
    forms = {"grassroots": "Báo cáo sáng kiến của công đoàn cơ sở", "city": "Sổ tổng hợp của LĐLĐ thành phố"}
    with asked(lambda: dialogs().new_form(forms, [("CD-001", "CĐCS Công ty A")], tmp_path)) as answers:
        keys("Escape", picture="new-form")
    assert answers == [None]


WAYS = [
    Option("draft", "Tạo thư nháp trong chương trình thư của tôi", "Không cần mật khẩu."),
    Option("smtp", "Gửi ngay bằng hộp thư can-bo@q.example.vn", "mail.q.example.vn"),
]


@pytest.mark.live
@pytest.mark.parametrize(
    ("pressed", "chosen"), [(("Return",), "draft"), (("Down", "Return"), "smtp"), (("Escape",), None)]
)
def test_one_way_of_several_is_chosen_by_keys(
    keys: Callable[..., None], pressed: tuple[str, ...], chosen: str | None
) -> None:
    with asked(lambda: dialogs().choose("Gửi thư bằng cách nào?", "", WAYS)) as answers:
        keys(*pressed, picture="choose")
    assert answers == [chosen]


@pytest.mark.live
@pytest.mark.parametrize(("key", "answer"), [("Return", "go"), ("Escape", None)])
def test_letters_are_looked_through_before_they_go(keys: Callable[..., None], key: str, answer: str | None) -> None:
    rows = [[f"don-vi-{number}@example.vn", f"CD-{number:03}", "Chưa gửi"] for number in range(12)]
    letters = [f"Kính gửi: CĐCS Công ty {number}\n\nHạn nộp: ngày 15/06/2022." for number in range(12)]
    table = Listing([("Tới", 300), ("Đơn vị", 200), ("Tình trạng", 160)], rows, letters)
    option = Option("go", "Gửi 12 thư")
    with asked(
        lambda: dialogs().review("Đôn đốc", "12 thư chưa gửi.", [option], accept="Gửi 12 thư", table=table)
    ) as answers:
        keys("Down", key, picture="letters")
    assert answers == [answer]


@pytest.mark.live
def test_return_on_the_button_that_cancels_cancels(keys: Callable[..., None]) -> None:
    """In these windows Return elsewhere means yes: here it would send, pay, repair."""
    option = Option("go", "Gửi ngay")
    with asked(lambda: dialogs().review("Thư gửi cấp trên", "Kính gửi: …", [option], accept="Gửi ngay")) as answers:
        keys("Tab", "Return")
    blank = Blank("address", "Địa chỉ thư", "a@b.vn")
    with asked(lambda: dialogs().form("Thêm hộp thư", "", [blank], accept="Tiếp tục")) as filled:
        keys("Tab", "Return")
    with asked(lambda: dialogs().preview(CHANGES)) as chosen:
        keys("shift+Tab", "Return")
    assert (answers, filled, chosen) == ([None], [None], [None])


@pytest.mark.live
def test_a_text_without_ways_is_only_read(keys: Callable[..., None]) -> None:
    with asked(lambda: dialogs().review("Chẩn đoán", "1. Lỗi: …\n→ Xin …")) as answers:
        keys("Return", picture="review")
    assert answers == [None]


@pytest.mark.live
def test_blanks_are_filled_in_and_what_is_needed_is_asked_for(keys: Callable[..., None]) -> None:
    blanks = [
        Blank("address", "Địa chỉ thư", needed=True, hint="Ví dụ: a@b.vn"),
        Blank("signature", "Người liên hệ", kind=BlankKind.LONG),
        Blank("password", "Mật khẩu", kind=BlankKind.SECRET),
        Blank("security", "Bảo mật", "tls", BlankKind.CHOICE, options=(Option("tls", "TLS"), Option("no", "Không"))),
    ]
    with asked(lambda: dialogs().form("Thêm hộp thư", "", blanks, accept="Tiếp tục")) as answers:
        # Return first: the address is missing, so the window stays and the cursor goes there.
        keys("Return", "a", "Tab", "b", "Return", "c", "Tab", "x", "space", "y", "Return", picture="form")
    assert answers == [{"address": "a", "signature": "b\nc", "password": "x y", "security": "tls"}]


@pytest.mark.live
def test_cancel_stops_the_work_at_its_next_step(keys: Callable[..., None]) -> None:
    def work() -> str:
        pause = threading.Event()
        try:
            with progress("Tổng hợp các báo cáo", lambda _: None) as report:
                for _ in range(int(PATIENCE * 20)):
                    report("reading", 120, 600)
                    pause.wait(0.05)
        except Cancelled as stopped:
            return stopped.error_code
        return "ran to its end"

    with asked(work) as outcomes:
        keys("Tab", "space", picture="progress")
    assert outcomes == ["interrupted"]


def test_without_a_screen_the_programs_own_box_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.delenv("SANGKIEN_DIALOGS", raising=False)
    boxes: list[tuple[str, str]] = []

    def alert(text: str, title: str, buttons: str) -> str:
        boxes.append((text, buttons))
        return "yes"

    assert Dialogs(alert).preview(CHANGES) == [0, 1]
    ((text, buttons),) = boxes
    assert "200.000đ → 200.000" in text
    assert "NGUYEN VAN A" not in text, "what is not sure cannot be accepted unseen among others"
    assert buttons == "yes_no"


def test_without_a_screen_a_yes_or_no_still_decides_and_more_is_said_to_be_impossible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.delenv("SANGKIEN_DIALOGS", raising=False)
    boxes: list[str] = []

    def alert(text: str, title: str, buttons: str) -> str:
        boxes.append(text)
        return "yes" if buttons == "yes_no" else "ok"

    boxed = Dialogs(alert)
    assert boxed.choose("Gửi thư bằng cách nào?", "", WAYS[:1]) == "draft"
    table = Listing([("Tới", 300)], [[f"don-vi-{number}@example.vn"] for number in range(40)])
    assert boxed.review("Đôn đốc", "40 thư.", WAYS, accept="Gửi", table=table) == "draft"
    assert "don-vi-3@example.vn" in boxes[-1]
    assert "don-vi-39" not in boxes[-1], "a box is no longer than the screen"
    assert boxed.review("Chẩn đoán", "1. Lỗi") is None
    for impossible in (
        lambda: boxed.choose("Gửi thư bằng cách nào?", "", WAYS),
        lambda: boxed.form("Mật khẩu", "", [Blank("p", "Mật khẩu")], accept="Lưu"),
    ):
        with pytest.raises(UsageProblem) as problem:
            impossible()
        assert problem.value.error_code == "no_window"


def test_the_windows_process_takes_no_code_from_the_folder_it_is_started_in(tmp_path: Path) -> None:
    (tmp_path / "addin.py").write_text("raise SystemExit(99)")
    started = subprocess.run(
        python_command("addin.hosts.window"), input=json.dumps({"kind": "show", "heading": "", "text": ""}).encode(),
        cwd=tmp_path, env={"PYTHONPATH": ":".join(part for part in sys.path if part), "PATH": "/usr/bin"},
        capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert started.returncode != 99
    assert shutil.which(sys.executable)
