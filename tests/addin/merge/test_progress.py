"""Counted progress: every path of a run is one step of a known number, whatever becomes of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from addin.terminal import Pace
from tests.end_to_end.small_campaign import Small, read_here, report


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A report, its copy, one that is refused, one that is no workbook."""
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("A bản sao.xlsx", report("A", "SK-1"))
    small.put("sai.xlsx", report("KHONG-CO"))
    small.put("ghi chú.txt", b"x")
    return small


def steps(small: Small, *sources: Path) -> list[tuple[int, int | None]]:
    told: list[tuple[int, int | None]] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        if stage == "reading":
            told.append((done, total))

    small.merge(*sources, progress=progress)
    return told


def test_every_path_is_a_step_whether_read_refused_or_known(small: Small) -> None:
    assert steps(small) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    small.put("B.xlsx", report("B", "SK-2"))
    assert steps(small) == [(number, 5) for number in range(1, 6)]


def test_reports_that_are_judged_again_from_the_archive_are_steps_too(small: Small) -> None:
    steps(small)
    small.sql("UPDATE submission SET judged_by = 'earlier rules'")
    elsewhere = small.folder.parent / "B.xlsx"
    elsewhere.write_bytes(report("B", "SK-2"))
    told: list[tuple[int, int | None]] = []
    small.merge(
        elsewhere, progress=lambda stage, done, total: told.append((done, total)) if stage == "reading" else None
    )
    assert told[-1] == (2, 2)


@pytest.mark.parametrize(("language", "said"), [("vi", "10/giây, còn khoảng 0:06"), ("en", "10/s, about 0:06 left")])
def test_the_bar_says_rate_and_time_left(language: str, said: str) -> None:
    now = [0.0]
    bar = Progress(Pace(language), console=Console(file=io.StringIO()), get_time=lambda: now[0])  # type: ignore[arg-type]
    task = bar.add_task("x", total=100)
    for number in range(1, 41):
        now[0] = number / 10
        bar.update(task, completed=number)
    text = Pace(language).render(bar.tasks[0]).plain  # type: ignore[arg-type]
    assert text == said


def test_nothing_is_said_before_anything_is_known() -> None:
    bar = Progress(console=Console(file=io.StringIO()))
    bar.add_task("x", total=None)
    assert Pace("vi").render(bar.tasks[0]).plain == ""
