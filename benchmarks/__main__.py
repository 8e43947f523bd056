"""Runs product and rivals in turn, several times, and prints medians and ratios; ``--write`` keeps them in docs/.

python -m benchmarks [--files 2300] [--runs 3] [--no-openpyxl] [--write]
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.corpus import make_corpus

PROJECT = Path(__file__).parent.parent
SANGKIEN = [sys.executable, "-m", "addin.cli"]
CHANGED = 10


@dataclass
class Measured:
    """One thing that is measured: seconds and peak kilobytes of each run."""

    label: str
    seconds: list[float] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median seconds."""
        return statistics.median(self.seconds)


def timed(command: list[str], measured: Measured, accepted: tuple[int, ...] = (0,)) -> None:
    """Run a command to its end; raises where it fails."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    measured.seconds.append(time.perf_counter() - start)
    measured.peak.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    if done.returncode not in accepted:
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--files", type=int, default=2300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-openpyxl", action="store_true", help="leave out the slowest rival")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/benchmarks.md")
    options = parser.parse_args()
    corpus = make_corpus(PROJECT / ".cache" / "benchmark", options.files)
    with tempfile.TemporaryDirectory(dir=PROJECT / ".cache") as scratch:
        lines = measure(corpus, Path(scratch), options)
    text = "\n".join(lines)
    print(text)  # noqa: T201
    if options.write:
        (PROJECT / "docs" / "benchmarks.md").write_text(text + "\n", encoding="utf-8")


def measure(corpus: Path, scratch: Path, options: argparse.Namespace) -> list[str]:
    """All measurements, product and rivals in turn within each round; the lines of the report."""
    first, again, ten = Measured("merge"), Measured("merge again, nothing changed"), Measured("merge again, 10 changed")
    start, pages = Measured("start (--version)"), Measured("write a payment list of 200 pages")
    pay = Measured("pay --phase 1, every payer")
    rivals = {name: Measured(name) for name in ("user_openpyxl", "user_calamine", "floor")}
    if options.no_openpyxl:
        del rivals["user_openpyxl"]
    inbox = corpus / "nhan"
    for round_number in range(options.runs):
        for name, measured in rivals.items():
            timed([sys.executable, "-m", "benchmarks.rivals", name, str(inbox), str(scratch / "out.xlsx")], measured)
        campaign = scratch / f"c{round_number}"
        init = [*SANGKIEN, "init", str(campaign), "--unit", "HP", "--units", str(corpus / "don-vi.csv")]
        timed(init, Measured("init"))
        shutil.copytree(inbox, campaign / "nhan", dirs_exist_ok=True)
        merge = [*SANGKIEN, "merge", "--campaign", str(campaign)]
        timed(merge, first, (0, 1))
        timed(merge, again, (0, 1))
        timed([*SANGKIEN, "pay", "--campaign", str(campaign), "--phase", "1"], pay)
        timed([sys.executable, "-m", "benchmarks.payment_list", str(scratch / "chi.xlsx")], pages)
        _change(campaign / "nhan")
        timed(merge, ten, (0, 1))
        timed([*SANGKIEN, "--version"], start)
        # The campaign stays until all is measured: where thousands of files have just been deleted, ext4 looks long for
        # a place for each new one, a tenth of a merge. No clerk deletes a campaign before she merges another.
    return report(first, again, ten, (start, pay, pages), rivals, options)


def _change(inbox: Path) -> None:
    """Ten other files: trailing bytes behind the archive change the content, not the report."""
    for file in sorted(inbox.glob("*.xlsx"))[:CHANGED]:
        file.write_bytes(file.read_bytes() + b"\0")


def report(
    first: Measured, again: Measured, ten: Measured, alone: Sequence[Measured], rivals: dict[str, Measured],
    options: argparse.Namespace,
) -> list[str]:  # fmt: skip
    """The figures as Markdown."""
    floor = rivals["floor"].median
    rows: list[tuple[str, str, str, str, str]] = []

    def at_least(label: str, value: float, must: float, aim: float) -> None:
        reached = "aim" if value >= aim else "must" if value >= must else "no"
        rows.append((label, f"{value:.2f}", f"≥ {must:g}", f"≥ {aim:g}", reached))

    def at_most(label: str, value: float, must: float, aim: float) -> None:
        reached = "aim" if value <= aim else "must" if value <= must else "no"
        rows.append((label, f"{value:.2f}", f"≤ {must:g}", f"≤ {aim:g}", reached))

    if "user_openpyxl" in rivals:
        at_least("user's openpyxl script ÷ merge", rivals["user_openpyxl"].median / first.median, 10, 20)
    at_least("user's calamine script ÷ merge", rivals["user_calamine"].median / first.median, 3.5, 6)
    at_most("merge ÷ calamine reading the cells", first.median / floor, 4, 2)
    at_most("merge again with 10 changed files ÷ merge", ten.median / first.median, 0.5, 0.2)
    at_most("merge again with nothing changed ÷ merge", again.median / first.median, 0.2, 0.05)
    at_most("seconds to start a command that reads nothing", alone[0].median, 0.5, 0.2)
    every: list[Measured] = [*rivals.values(), first, again, ten, *alone]
    return [
        "# Benchmarks",
        "",
        _conditions(options),
        "",
        "| ratio | measured | must | aim | reached |",
        "|---|--:|--:|--:|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
        "| what | median s | min s | max s |",
        "|---|--:|--:|--:|",
        *(f"| {one.label} | {one.median:.2f} | {min(one.seconds):.2f} | {max(one.seconds):.2f} |" for one in every),
        "",
        *_COMPARED,
    ]


_COMPARED = (
    "The reports are the grassroots form as it is delivered, 100 prepared rows with their formulas, 18.7",
    "of them filled on average. A user's script reads the list of each file with pandas, puts the lists",
    "together, drops codes that occur twice and writes one sheet with openpyxl, which pandas takes where",
    "no other writer is installed; it looks at no cover, rule, error or formula. The floor is calamine",
    "reading the cells of every sheet and keeping none. A merge guards and scans each file, judges every",
    "row by ninety rules, archives the file, fills the ledger with its journal, finds near titles and",
    "writes a master of some eighteen sheets with charts, which it then reads back. How memory and time",
    "grow with the number of files stands in [scale.md](scale.md).",
)


def _conditions(options: argparse.Namespace) -> str:
    return (
        f"`make bench`: {options.files} files, {options.runs} rounds, product and rivals in turn, medians. "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"sangkien {version('sangkien')}, python-calamine {version('python-calamine')}."
    )


if __name__ == "__main__":
    main()
