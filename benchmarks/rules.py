"""How fast the rules are, and how many planted near-duplicates are found: ``python -m benchmarks.rules [--write]``.

Measures what a city costs: 45,000 rows through all row and cross-row rules (tidy ones, and ones of which every cell is
untidy), the search for near titles among them, and ``sangkien check`` on a workbook of 500 rows, start included.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from benchmarks.corpus import make_rows, unit_code
from benchmarks.titles import CHANGES, planted_titles
from validation.assess import assess
from validation.fields import Form, row_fields
from validation.near_duplicates import near_duplicates
from validation.programme import load_programme
from validation.rules.registry import all_rules
from validation.submission import CellValue, RawCover, RawRow, RawSubmission
from workbook_templates.book import column_letters, new_book
from workbook_templates.forms import add_form_sheets

PROJECT = Path(__file__).parent.parent
ROWS, CHECKED_ROWS, CORES = 45_000, 500, 2
_FIRST_ROW = 6


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/benchmarks-rules.md")
    options = parser.parse_args(arguments)
    text = "\n".join(report(options.runs))
    print(text)  # noqa: T201
    if options.write:
        (PROJECT / "docs" / "benchmarks-rules.md").write_text(text + "\n", encoding="utf-8")


def report(runs: int) -> list[str]:
    """The figures as Markdown."""
    about = (
        f"`python -m benchmarks.rules`: {len(all_rules())} rules, {runs} runs, medians of processor seconds (others "
        f"use the machine too); of the command, of seconds by the clock. {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}."
    )
    lines = ["# Benchmark of the rules", "", about, "", "| what | measured | must |", "|---|--:|--:|"]
    with ProcessPoolExecutor(CORES) as pool:
        for label, untidy in (("tidy", False), ("every cell untidy", True)):
            parts = [(part, untidy, runs) for part in range(CORES)]
            measured = list(pool.map(_judge_part, parts))
            rows, seconds = sum(rows for rows, _ in measured), [one for _, one in measured]
            each = sum(seconds) / rows * 1e6
            lines.append(
                f"| {rows:,} rows, {label}, {CORES} processes | {max(seconds):.1f} s; {each:.0f} µs a row | ≤ 8 s |"
            )
    lines.append(f"| `sangkien check`, {CHECKED_ROWS} rows, start included | {_checked(runs):.2f} s | ≤ 1 s |")
    return [*lines, *_near_titles(runs)]


def _judge_part(task: tuple[int, bool, int]) -> tuple[int, float]:
    """One process's part: its rows, and the seconds that judging them takes."""
    part, untidy, runs = task
    reports = make_reports(ROWS, untidy=untidy)[part::CORES]
    return sum(len(one.rows) for one in reports), _median(runs, lambda: judge(reports), time.process_time)


def judge(reports: Sequence[RawSubmission]) -> int:
    """All rules on all reports; the number of findings."""
    programme = load_programme()
    return sum(len(assess(one, programme).findings) for one in reports)


def make_reports(rows: int, *, untidy: bool) -> list[RawSubmission]:
    """Reports as readers deliver them, of 18.7 rows on average, in all at least so many rows."""
    reports: list[RawSubmission] = []
    while rows > 0:
        index = len(reports)
        rng = random.Random(index)
        count = max(1, min(120, int(rng.expovariate(1 / 18.7)) + 1))
        reports.append(_report(index, [*make_rows(rng, index, count)], untidy=untidy))
        rows -= count
    return reports


def _report(index: int, rows: Sequence[dict[str, CellValue]], *, untidy: bool) -> RawSubmission:
    programme = load_programme()
    cover: dict[str, CellValue] = {
        "unit_code": unit_code(index), "report_date": date(2023, 9, 5), "members": 500, "workers": 600,
    }  # fmt: skip
    return RawSubmission(
        form=Form.GRASSROOTS,
        template_version=1,
        programme_id=programme.id,
        cover=RawCover(cover, dict.fromkeys(cover, ("Bìa", "C5"))),
        sheet="Danh sách",
        columns={field.name: column_letters(column) for column, field in enumerate(row_fields(Form.GRASSROOTS))},
        rows=tuple(
            RawRow(_FIRST_ROW + number, {"ordinal": number + 1} | {k: v for k, v in _typed(row, untidy).items() if v})
            for number, row in enumerate(rows)
        ),
    )


def _typed(row: dict[str, CellValue], untidy: bool) -> dict[str, CellValue]:
    if not untidy:
        return row
    changed: dict[str, CellValue] = {}
    for name, value in row.items():
        match value:
            case date():
                changed[name] = f"{value.day}.{value.month}.{value.year}"
            case int():
                changed[name] = f"{value:,} đồng".replace(",", ".")
            case str() if name in ("lead_author", "status"):
                changed[name] = f" {value.upper()}"
            case str():
                changed[name] = f"{value}\u00a0 "
            case _:
                changed[name] = value
    return changed


def _median(runs: int, work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    seconds = []
    for _ in range(runs):
        start = clock()
        work()
        seconds.append(clock() - start)
    return statistics.median(seconds)


def _checked(runs: int) -> float:
    """Seconds of the command on a workbook of 500 rows."""
    raw = io.BytesIO()
    book = new_book(raw, title="Báo cáo")
    sheets = add_form_sheets(book, Form.GRASSROOTS, load_programme(), rows=CHECKED_ROWS)
    sheets.fill_cover({"unit_code": "A", "report_date": date(2023, 9, 5), "members": 2_000, "workers": 2_000})
    for number, row in enumerate(make_rows(random.Random(1), 1, CHECKED_ROWS)):
        sheets.fill_row(number, row)
    book.close()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bao-cao.xlsx"
        file.write_bytes(raw.getvalue())
        command = [sys.executable, "-m", "addin.cli", "check", str(file), "--json"]
        subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, timeout=60)  # the interpreter's caches
        return _median(runs, lambda: subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, timeout=60))


def _near_titles(runs: int) -> list[str]:
    titles, planted = planted_titles(random.Random(7), 42_000, 100)
    rows = [(f"U{place % 2_300}" if place < 42_000 else f"V{place}", title) for place, title in enumerate(titles)]
    seconds = _median(runs, lambda: near_duplicates(rows), time.process_time)
    pairs = near_duplicates(rows)
    partners: dict[int, set[str]] = {}
    for pair in pairs:
        partners.setdefault(pair.second, set()).add(titles[pair.first])
    about = (
        f"## Near titles\n\n{len(rows):,} titles, {seconds:.1f} s; {len(pairs):,} pairs. Of 100 pairs planted by each "
        "change, found:"
    )
    lines = ["", about, "", "| change | found |", "|---|--:|"]
    for change in CHANGES:
        copies = (copy for copy, (original, how) in planted.items() if how == change)
        hits = sum(titles[planted[copy][0]] in partners.get(copy, ()) for copy in copies)
        lines.append(f"| {change} | {hits} |")
    return lines


if __name__ == "__main__":
    main()
