"""A child that dies, hangs, floods or talks nonsense costs its time limit and no more."""

import os
import signal
import sys
import time

import pytest

from addin.hosts.libreoffice.inside.child_process import WAITING_REPLIES, Child, ChildError, child_environment
from addin.hosts.libreoffice.inside.settings import Settings, SettingsError, settings_from

PATIENCE = 20.0


def python(code: str) -> Child:
    return Child([sys.executable, "-X", "utf8", "-c", code])


def soon() -> float:
    return time.monotonic() + PATIENCE


def test_lines_pass_both_ways_in_utf_8() -> None:
    child = python("import sys; print(sys.stdin.readline().strip() + ' là sáng kiến', flush=True)")
    child.send("Đây\n".encode())
    assert child.next_line(soon()) == "Đây là sáng kiến\n".encode()
    assert child.next_line(soon()) is None
    assert child.end(PATIENCE) == 0


def test_a_silent_child_is_given_up_at_its_limit_and_ended_by_its_number() -> None:
    child = python("import time; time.sleep(600)")
    start = time.monotonic()
    with pytest.raises(ChildError, match="silent"):
        child.next_line(time.monotonic() + 0.3)
    assert child.end(0.1) != 0
    assert time.monotonic() - start < PATIENCE


def test_a_dead_child_is_noticed_though_a_grandchild_holds_its_pipe() -> None:
    code = (
        "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)']); "
        "print(child.pid, flush=True)"
    )
    child = python(code)
    line = child.next_line(soon())
    assert line is not None
    try:
        start = time.monotonic()
        assert child.next_line(soon()) is None
        assert time.monotonic() - start < 10
        child.end(PATIENCE)
    finally:
        os.kill(int(line), signal.SIGKILL)


def test_a_child_that_reads_nothing_does_not_hold_the_office() -> None:
    child = python("import time; time.sleep(600)")
    start = time.monotonic()
    for _ in range(WAITING_REPLIES):
        child.send(b"x" * 1_000_000 + b"\n")
    with pytest.raises(ChildError, match="unread"):
        send_twice(child)
    child.end(0.1)
    assert time.monotonic() - start < PATIENCE


def send_twice(child: Child) -> None:
    """One reply may have gone into the pipe's own buffer in the meantime."""
    for _ in range(2):
        child.send(b"x" * 1_000_000 + b"\n")


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(ChildError, match="start"):
        Child(["/khong/co/python"])


def test_nothing_that_bends_another_python_reaches_the_child() -> None:
    environment = {"PYTHONHOME": "/x", "PYTHONPATH": "/y", "PythonUtf8": "1", "PATH": "/bin", "HOME": "/h"}
    assert child_environment(environment) == {"PATH": "/bin", "HOME": "/h"}


def test_settings_are_read() -> None:
    settings = settings_from({"command": ["python", "-m", "x"], "silence": 5})
    assert settings == Settings(command=("python", "-m", "x"), silence=5)


@pytest.mark.parametrize(
    "members",
    [{}, {"command": []}, {"command": "python"}, {"command": ["x"], "silence": 0}, {"command": ["x"], "slience": 1}],
)
def test_bad_settings_are_refused(members: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        settings_from(members)
