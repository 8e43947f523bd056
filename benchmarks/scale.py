"""How time and memory grow with the number of files: ``python -m benchmarks.scale 250 600 2300 9200``.

Each size is merged once, by the command, in a folder of its own; besides the seconds it is measured how much memory the
command, its largest reading child and all of them together held at most. With ``--workers N`` the reading is done by a
Dask cluster of N workers on this machine, whose memory is not counted. docs/scale.md holds what came out.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import make_corpus

PROJECT = Path(__file__).parent.parent
SANGKIEN = [sys.executable, "-m", "addin.cli"]
_BETWEEN_LOOKS = 0.05


def main() -> None:
    """Measure the sizes asked for, one line each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("files", nargs="*", type=int, default=[250, 600, 2300])
    parser.add_argument("--folder", type=Path, default=PROJECT / ".cache" / "benchmark", help="where the corpora lie")
    parser.add_argument("--workers", type=int, default=0, help="read over a Dask cluster of so many workers here")
    parser.add_argument("--again", action="store_true", help="merge a second time, and verify")
    options = parser.parse_args()
    with local_cluster(options.workers) as cluster:
        _measure(options, cluster)


@contextlib.contextmanager
def local_cluster(workers: int) -> Iterator[list[str]]:
    """The options that lead a merge to a cluster on the loopback; none for no workers."""
    if not workers:
        yield []
        return
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0", silence_logs=logging.ERROR,
    ) as running:  # fmt: skip
        yield ["--cluster", str(running.scheduler_address)]


def _measure(options: argparse.Namespace, cluster: list[str]) -> None:
    print("| files | run | s | ms a file | MB command | MB largest child | MB together |")  # noqa: T201
    print("|--:|---|--:|--:|--:|--:|--:|")  # noqa: T201
    for files in options.files:
        corpus = make_corpus(options.folder, files)
        with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
            campaign = Path(scratch) / "c"
            units = str(corpus / "don-vi.csv")
            subprocess.run(
                [*SANGKIEN, "init", str(campaign), "--unit", "HP", "--units", units], check=True, cwd=PROJECT
            )
            shutil.copytree(corpus / "nhan", campaign / "nhan", dirs_exist_ok=True)
            for label, command in _runs(["merge", *cluster], again=options.again):
                _line(files, label, [*SANGKIEN, *command, "--campaign", str(campaign)])


def _runs(merge: list[str], *, again: bool) -> Iterator[tuple[str, list[str]]]:
    yield "merge", merge
    if again:
        yield "merge again", merge
        yield "verify", ["verify"]


def _line(files: int, label: str, command: list[str]) -> None:
    seconds, own, child, together = measured(command)
    ms = 1000 * seconds / files
    print(  # noqa: T201
        f"| {files:,} | {label} | {seconds:.1f} | {ms:.2f} | {own:.0f} | {child:.0f} | {together:.0f} |", flush=True
    )


def measured(command: list[str]) -> tuple[float, float, float, float]:
    """Seconds of a command, and the most memory in MB of it, of its largest child, of all together."""
    start = time.perf_counter()
    running = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    own = child = together = 0.0
    while running.poll() is None:
        held = dict(_resident(running.pid))
        own = max(own, held.pop(running.pid, 0.0))
        child = max(child, max(held.values(), default=0.0))
        together = max(together, own_now(running.pid) + sum(held.values()))
        time.sleep(_BETWEEN_LOOKS)
    seconds = time.perf_counter() - start
    if running.returncode not in (0, 1):
        raise SystemExit(f"{command}: exit {running.returncode}\n{running.stderr.read() if running.stderr else ''}")
    return seconds, own, child, together


def own_now(pid: int) -> float:
    """Resident megabytes of one process; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def _resident(pid: int) -> Iterator[tuple[int, float]]:
    """The process and all below it, with resident megabytes."""
    yield pid, own_now(pid)
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from _resident(int(child))


if __name__ == "__main__":
    main()
