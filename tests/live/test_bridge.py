"""The bridge in a live office: buttons start the product's own Python; a bad child never holds the office."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.failures import OfficeGoneError
from addin.hosts.libreoffice.launch import Office
from addin.hosts.libreoffice.profile import SCRIPTS, script_address, write_settings
from tests.live.pointer import focus, keys, window

PROJECT = Path(__file__).parents[2]

BUTTON = script_address("connect")

TITLE = "Sổ sáng kiến"

GRACE = 15.0
"""Seconds beyond a limit within which the office must be free again, on a busy machine."""


@pytest.fixture
def idle(app: xw.App, office: Office) -> Iterator[Office]:
    """The office with a workbook, going about its own business."""
    app.books.active.sheets[0]["A1"].value = "còn đây"
    office.release()
    yield office
    activate(office.connect())


def contents(office: Office) -> object:
    value = activate(office.connect()).books.active.sheets[0]["A1"].value
    office.release()
    return value


def test_a_button_runs_the_products_own_python(idle: Office, tmp_path: Path) -> None:
    (tmp_path / "viec.py").write_text(
        "import os, sys, xlwings as xw\n"
        "def check():\n"
        "    print('in ra không làm hỏng đường ống')\n"
        "    sheet = xw.books.active.sheets.active\n"
        "    sheet['A1'].value = ['Đã kiểm tra', sys.executable]\n"
        "    sheet['A2'].value = [[name] for name in os.environ if name.startswith('PYTHON')] or 'sạch'\n",
        encoding="utf-8",
    )
    paths = f"import sys; sys.path[:0] = [{str(PROJECT)!r}, {str(tmp_path)!r}]; "
    start = paths + "from addin.hosts.libreoffice.child import main; sys.exit(main(['viec:check']))"
    write_settings(idle.profile, [sys.executable, "-c", start], log=idle.log, show_failures=False)
    idle.open(BUTTON)
    assert "in ra không làm hỏng" in idle.log.read_text(encoding="utf-8")
    sheet = activate(idle.connect()).books.active.sheets[0]
    assert sheet["A1:B1"].value == ["Đã kiểm tra", sys.executable]
    assert sheet["A2"].value == "sạch"


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(600)",
        "import os; os.kill(os.getpid(), 9)",
        "raise SystemExit(3)",
        "print('không phải JSON', flush=True); import time; time.sleep(600)",
        "print('{\"id\": 1}', flush=True); import time; time.sleep(600)",
        'import sys\nwhile True: sys.stdout.write(\'{"id": 1, "do": []}\\n\')',
    ],
    ids=["hangs", "dies", "fails", "nonsense", "half-a-request", "never-reads"],
)
def test_a_bad_child_never_holds_the_office(idle: Office, code: str) -> None:
    write_settings(idle.profile, [sys.executable, "-c", code], silence=1.0, total=3.0, show_failures=False)
    start = time.monotonic()
    idle.open(BUTTON)
    assert time.monotonic() - start < GRACE
    assert contents(idle) == "còn đây"


def test_a_missing_program_and_missing_settings(idle: Office) -> None:
    path = write_settings(idle.profile, ["/khong/co/python"], show_failures=False)
    idle.open(BUTTON)
    assert contents(idle) == "còn đây"
    assert path.exists()


def test_what_a_dead_child_left_behind_is_given_back(idle: Office, tmp_path: Path) -> None:
    code = (
        f"import sys, os; sys.path.insert(0, {str(PROJECT)!r})\n"
        "from addin.hosts.libreoffice.child import pipes\n"
        "from addin.hosts.libreoffice.connection import Connection\n"
        "c = Connection(*pipes())\n"
        "book = c.ask('books.active')\n"
        "c.ask_all([('office.lock_screen', {'locked': True}), ('office.status', {'text': 'dở dang'}),"
        " ('book.undo_step', {'book': book, 'title': 'dở dang'})])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    write_settings(idle.profile, [sys.executable, "-c", code], log=idle.log, show_failures=False)
    idle.open(BUTTON)
    app = activate(idle.connect())
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = "tiếp tục"
    assert app.books.active.impl.undo() == "Insert", "the step that the child left open would take everything with it"
    assert sheet["A1"].value == "còn đây"


def test_the_clerk_is_told_that_a_child_failed(idle: Office, screenshot: Callable[[str], Path]) -> None:
    write_settings(idle.profile, [sys.executable, "-c", "raise SystemExit(3)"])
    idle.run_script("connect")
    window = typed_when_shown(idle, TITLE, "Return", lambda: screenshot("box"))
    assert window
    assert contents(idle) == "còn đây"


def test_questions_are_asked_and_answered(app: xw.App, office: Office) -> None:
    for buttons, key, answer in (("ok", "Return", "ok"), ("yes_no", "alt+n", "no"), ("ok_cancel", "Escape", "cancel")):
        clerk = threading.Thread(target=typed_when_shown, args=(office, TITLE, key))
        clerk.start()
        try:
            assert app.alert("Gộp 12 báo cáo vào sổ tổng hợp?", TITLE, buttons, "info") == answer
        finally:
            clerk.join()


def typed_when_shown(office: Office, title: str, key: str, then: Callable[[], object] = lambda: None) -> str:
    """Wait until a window of that title shows, do something, then type a key into it; its number."""
    display = office.environment["DISPLAY"]
    number = window(display, "--name", f"^{title}$")
    then()
    focus(display, number)
    keys(display, key)
    return number


def test_an_order_that_comes_late_starts_nothing(app: xw.App, office: Office, tmp_path: Path) -> None:
    started = tmp_path / "started"
    office.release()
    write_settings(office.profile, [sys.executable, "-c", f"open({str(started)!r}, 'w')"], orders=False)
    office.run_script("connect")
    assert activate(office.connect()).books, "the office goes on"
    assert not started.exists()


def test_macros_run(app: xw.App, office: Office) -> None:
    script = office.profile / SCRIPTS / "tinh.py"
    script.write_text("def cong(a, b):\n    return a + b\n", encoding="utf-8")
    address = "vnd.sun.star.script:tinh.py$cong?language=Python&location=user"
    assert app.macro(address)(1.5, 2) == 3.5


def test_many_requests_go_in_one_message(app: xw.App) -> None:
    sheet = app.books.active.sheets[0]
    at = sheet["A1"].impl.wire
    steps = [("cells.write", {"at": at, "rows": [[5.0]]}), ("cells.read", {"at": at}), ("format.number", {"at": at})]
    assert app.api.ask_all(steps)[1:] == [{"rows": [[5.0]]}, "General"]


def test_the_screen_shows_what_was_written(app: xw.App, screenshot: Callable[[str], Path]) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [["STT", "Tên sáng kiến", "Giá trị làm lợi (đồng)", "Ngày công nhận"]]
    sheet["A2"].value = [[1, "Cải tiến đồ gá hàn khung xe", 125_000_000, "=DATE(2022,3,15)"]]
    sheet["A1:D1"].font.bold = True
    sheet["A1:D1"].color = "#dbe5f1"
    sheet["A1:D2"].borders.set("all", line_style="continuous", weight="thin")
    sheet["C2"].number_format = "#,##0"
    sheet["D2"].number_format = "dd/mm/yyyy"
    sheet["A1:D2"].autofit()
    picture = screenshot("sheet").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000


def test_an_office_of_ones_own_can_be_left_and_killed(soffice: str, display: str, tmp_path: Path) -> None:
    for end in ("quit", "kill"):
        with Office(tmp_path / end, program=soffice, headless=False, display=display, patience=60) as own:
            app = activate(own.connect())
            app.books.add()
            getattr(app, end)()
            if end == "kill":
                with pytest.raises(OfficeGoneError):
                    app.books.add()
            own.release()
            assert own.ended(30)
