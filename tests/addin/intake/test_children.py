import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.intake.children import InProcess, Reading, ReadingPool
from tests.addin.intake.child_tasks import Prepared, act
from tests.addin.intake.workbooks import form, initiative
from validation.submission import RawSubmission

PROJECT = Path(__file__).parents[3]


def codes(readings: Iterator[Reading[object]]) -> list[object]:
    return [r.refusal.code if r.refusal else r.value for r in readings]


def test_files_are_read_in_their_order() -> None:
    files = [b"say %d" % i for i in range(200)]
    with ReadingPool(2, act) as pool:
        readings = list(pool.map(files))
    assert [r.index for r in readings] == list(range(200))
    assert [r.value for r in readings] == [str(i) for i in range(200)]


def test_a_workbook_is_read_by_default() -> None:
    with ReadingPool(1) as pool:
        (reading,) = pool.map([form([initiative()])])
    assert isinstance(reading.value, RawSubmission)
    assert len(reading.value.rows) == 1


def test_a_task_is_prepared_once_before_its_first_file() -> None:
    with ReadingPool(1, Prepared()) as pool:
        assert codes(pool.map([b"x"] * 3)) == [1, 1, 1]


def test_a_death_costs_one_file_and_no_other() -> None:
    files = [b"say a", b"die", b"say b", b"crash", b"die", b"say c", b"say d", b"die"]
    with ReadingPool(1, act) as pool:
        outcomes = codes(pool.map(files))
    dead = "reader_died"
    assert outcomes == ["a", dead, "b", dead, dead, "c", "d", dead]


def test_answers_given_before_a_death_are_kept_whatever_the_timing() -> None:
    files = [b"die" if i % 5 == 3 else b"say %d" % i for i in range(40)]
    with ReadingPool(2, act) as pool:
        assert codes(pool.map(files)) == ["reader_died" if i % 5 == 3 else str(i) for i in range(40)]


def test_a_file_over_its_time_is_refused_and_the_next_are_read() -> None:
    with ReadingPool(1, act, seconds=0.5) as pool:
        readings = list(pool.map([b"say a", b"hang", b"say b"]))
    assert codes(iter(readings)) == ["a", "reader_timed_out", "b"]
    assert readings[1].refusal is not None
    assert readings[1].refusal.facts == {"seconds": 0.5}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system does not limit address space")
def test_memory_is_limited() -> None:
    with ReadingPool(1, act, memory=1 << 30) as pool:
        assert codes(pool.map([b"eat", b"say a"])) == ["reader_out_of_memory", "a"]


def test_exceptions_and_panics_are_refusals_of_their_file() -> None:
    with ReadingPool(1, act) as pool:
        readings = list(pool.map([b"refuse", b"panic", b"fail", b"lambda", b"say a"]))
    assert codes(iter(readings)) == ["password", "reader_died", "reader_failed", "reader_failed", "a"]
    assert readings[2].refusal is not None
    assert readings[2].refusal.facts == {"problem": "ZeroDivisionError: by hand"}


def test_what_a_library_prints_does_not_land_among_the_answers() -> None:
    with ReadingPool(1, act) as pool:
        assert codes(pool.map([b"print x", b"say a"])) == ["x", "a"]


def test_large_files_and_large_answers_do_not_block_each_other() -> None:
    with ReadingPool(1, act) as pool:
        sizes = [len(r.value) for r in pool.map([b"big " + b"y" * 3_000_000] * 6) if isinstance(r.value, bytes)]
    assert sizes == [5_000_000] * 6


def test_files_are_taken_only_a_little_ahead() -> None:
    taken = 0

    def files() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield b"say x"

    with ReadingPool(1, act) as pool:
        readings = pool.map(files())
        next(readings)
        assert taken <= 40
        readings.close()  # type: ignore[attr-defined]


def test_answers_come_by_the_handful() -> None:
    with ReadingPool(1, act) as pool:
        handfuls = list(pool.handfuls([b"say %d" % i for i in range(60)]))
    assert [one.value for handful in handfuls for one in handful] == [str(i) for i in range(60)]
    assert [one.index for handful in handfuls for one in handful] == list(range(60))
    assert len(handfuls) <= 30


def test_a_slow_file_does_not_hold_back_the_answers_before_it() -> None:
    with ReadingPool(1, act) as pool:
        handfuls = pool.handfuls([b"say a", b"say b", b"hang"])
        assert [one.value for one in next(handfuls)] == ["a", "b"]


def test_a_few_small_files_are_read_by_one_child() -> None:
    with ReadingPool(4, act) as pool:
        assert len({r.value for r in pool.map([b"pid"] * 20)}) == 1


def test_many_files_or_large_ones_are_read_by_several() -> None:
    with ReadingPool(2, act) as pool:
        assert len({r.value for r in pool.map([b"pid"] * 400)}) == 2
    with ReadingPool(2, act) as pool:
        assert len({r.value for r in pool.map([b"pid" + b" " * 600_000] * 40)}) == 2


def test_another_child_helps_where_nothing_moves() -> None:
    with ReadingPool(2, act, seconds=2) as pool:
        outcomes = codes(pool.map([b"hang", *[b"say %d" % i for i in range(20)]]))
        assert len(pool._workers) == 2
    assert outcomes == ["reader_timed_out", *map(str, range(20))]


def test_a_pool_reads_one_batch_after_the_other() -> None:
    with ReadingPool(2, act) as pool:
        assert codes(pool.map([b"say a"])) == ["a"]
        assert codes(pool.map([])) == []
        assert codes(pool.map([b"say b", b"say c"])) == ["b", "c"]


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_child_that_dies_while_idle_is_no_files_fault() -> None:
    with ReadingPool(1, act) as pool:
        (reading,) = pool.map([b"pid"])
        assert isinstance(reading.value, int)
        os.kill(reading.value, signal.SIGKILL)
        assert gone(reading.value, within=5)
        assert codes(pool.map([b"say a"])) == ["a"]


def test_a_machine_that_can_start_no_child_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with ReadingPool(1, act) as pool, pytest.raises(RuntimeError, match="no reading child"):
        list(pool.map([b"say a"]))


def test_a_task_that_no_child_can_import_is_said_at_once() -> None:
    with ReadingPool(1, _task_of_main) as pool, pytest.raises(RuntimeError, match="reading failed"):
        list(pool.map([b"x"]))


def _task_of_main(data: bytes) -> bytes:
    return data


_task_of_main.__module__ = "__main__"


def test_in_process_reading_gives_the_same() -> None:
    files = [b"say a", b"refuse", b"panic", b"fail"]
    with ReadingPool(1, act) as pool:
        assert codes(pool.map(files)) == codes(InProcess(act).map(files))


def test_every_child_is_gone_after_the_pool() -> None:
    with ReadingPool(2, act) as pool:
        pids = {r.value for r in pool.map([b"pid"] * 20)}
    assert pids
    for pid in pids:
        assert isinstance(pid, int)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


SCRIPT = """
import sys
from addin.intake.children import ReadingPool
from tests.addin.intake.child_tasks import Prepared, act
with ReadingPool(1, act) as pool:
    for reading in pool.map([b"pid", *[b"hang"] * 3]):
        print(reading.value, flush=True)
"""


def run_script() -> subprocess.Popen[str]:
    """A script without a main guard, as somebody's own script would be."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def gone(pid: int, within: float) -> bool:
    """Whether a process ends in so many seconds; a zombie that nobody has waited for yet has ended."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
    return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_children_end_with_their_parent_however_it_ends(how: signal.Signals) -> None:
    with run_script() as script:
        assert script.stdout is not None
        child = int(script.stdout.readline())
        begin = time.monotonic()
        script.send_signal(how)
        script.communicate(timeout=10)
        assert time.monotonic() - begin < 2
    assert gone(child, within=2)


def test_reading_one_file_starts_quickly() -> None:
    begin = time.monotonic()
    with ReadingPool() as pool:
        (reading,) = pool.map([form([initiative()])])
    assert reading.refusal is None
    assert time.monotonic() - begin < 2  # a sixth of a second on an idle machine
