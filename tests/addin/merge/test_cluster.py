"""A merge read over an executor or a Dask cluster ends in the same ledger, the same totals, the same master."""

from __future__ import annotations

import json
import logging
import multiprocessing
import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from addin import actions, cli
from addin.campaign.folder import open_campaign
from addin.errors import UsageProblem
from addin.intake.executors import OverExecutor
from addin.merge import cluster
from addin.merge.run import MergeResult, Readers, merge
from tests.end_to_end.small_campaign import Small, consolidation, figures, report, row

LATER = date(2022, 7, 15)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with an empty ledger, and what arrives: sound, faulty, twice, newer, through a district, no report."""
    folder = tmp_path_factory.mktemp("started")
    small = Small(folder)
    small.merge()
    small.put("A.xlsx", report("A", "SK-1", "SK-2", row("SK-3", base_support=900_000)))
    small.put("A mới.xlsx", report("A", "SK-1", "SK-2", row("SK-4", applied_on="20/02/2022"), day=LATER))
    small.put("A mới chép.xlsx", report("A", "SK-1", "SK-2", row("SK-4", applied_on="20/02/2022"), day=LATER))
    small.put("D.xlsx", report("D", "SK-2", *(f"SK-D{number}" for number in range(30))))
    small.put("E.xlsx", report("E", "SK-9"))
    small.put("cũ.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    small.put("không phải.xlsx", b"PK nothing of the kind")
    small.put("quận.xlsx", consolidation(folder / "Q", "Q", report("B", "SK-5", "SK-1")))
    return small.folder


def merged(inbox: Path, folder: Path, readers: Readers | None = None) -> tuple[MergeResult, dict[str, Any], bytes]:
    """A merge of a copy of the campaign; every table of its ledger, and the master."""
    shutil.copytree(inbox, folder / "chien-dich")
    small = Small.__new__(Small)
    small.folder = folder / "chien-dich"
    clock = iter(datetime(2022, 8, 1, 8).astimezone() + timedelta(minutes=minute) for minute in range(1_000))
    result = merge(
        open_campaign(small.folder), (), by="thử@máy", now=clock.__next__, workers=2, readers=readers,
    )  # fmt: skip
    tables = [name for (name,) in small.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    held = {name: small.sql(f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables}
    return result, held, small.campaign.master.read_bytes()


@contextmanager
def over(executor: Executor) -> Iterator[Readers]:
    """The executor's readers, with parcels so small that several are under way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.intake.executors._FILES", 2)
        yield lambda task: OverExecutor(executor, task.for_elsewhere(), cluster.program_edition)


@pytest.fixture(scope="module")
def by_default(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[MergeResult, dict[str, Any], bytes]:
    return merged(inbox, tmp_path_factory.mktemp("default"))


def local_cluster(workers: int) -> Any:
    """A cluster with workers in processes of their own, on the loopback alone, without a dashboard."""
    distributed = pytest.importorskip("distributed")
    here = "127.0.0.1:0"
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=here,
        worker_dashboard_address=here, silence_logs=logging.CRITICAL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    with local_cluster(2) as running:
        yield running


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_executors_give_the_same_ledger_totals_and_master(
    kind: Any, inbox: Path, tmp_path: Path, by_default: tuple[MergeResult, dict[str, Any], bytes]
) -> None:
    options = {"mp_context": multiprocessing.get_context("spawn")} if kind is ProcessPoolExecutor else {}
    with kind(2, **options) as executor, over(executor) as readers:
        same(merged(inbox, tmp_path, readers), by_default)


def test_a_dask_cluster_gives_the_same_ledger_totals_and_master(
    dask: Any, inbox: Path, tmp_path: Path, by_default: tuple[MergeResult, dict[str, Any], bytes]
) -> None:
    with cluster.over_cluster(dask.scheduler_address) as readers:
        same(merged(inbox, tmp_path, readers), by_default)
    assert readers.read_here == 0
    assert {one.outcome.value for one in by_default[0].files} >= {"accepted", "superseded", "quarantined", "replaced"}


def same(found: tuple[MergeResult, dict[str, Any], bytes], expected: tuple[MergeResult, dict[str, Any], bytes]) -> None:
    assert figures(found[0]) == figures(expected[0])
    assert found[1].keys() == expected[1].keys()
    for table, lines in expected[1].items():
        assert found[1][table] == lines, table
    assert found[2] == expected[2]


def test_the_command_takes_the_address(
    dask: Any, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(inbox, tmp_path / "c")
    assert cli.main(["merge", "--campaign", str(tmp_path / "c"), "--cluster", dask.scheduler_address, "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["totals"]["rows"] > 30
    assert cli.main(["verify", "--campaign", str(tmp_path / "c")]) == 0


def test_workers_that_are_lost_cost_no_file(
    inbox: Path, tmp_path: Path, by_default: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    with local_cluster(1) as running, cluster.over_cluster(running.scheduler_address) as readers:
        running.close()
        same(merged(inbox, tmp_path, readers), by_default)
    assert readers.read_here > 0


def test_another_program_in_the_cluster_is_refused_before_anything_is_done(
    dask: Any, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(inbox, tmp_path / "c")
    before = (tmp_path / "c" / "so-cai.sqlite").read_bytes()
    monkeypatch.setattr("addin.merge.reading.RULES_EDITION", 99)
    with pytest.raises(UsageProblem) as problem:
        actions.merge_campaign(tmp_path / "c", cluster=dask.scheduler_address)
    assert problem.value.error_code == "cluster_differs"
    assert "/99" in str(problem.value.facts["expected"])
    assert (tmp_path / "c" / "so-cai.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    ("address", "code"),
    [("may-chu", "cluster_address"), ("http://a:1", "cluster_address"), ("tcp://127.0.0.1:9", "cluster_unreachable")],
)
def test_an_address_that_is_none_is_said(
    address: str, code: str, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    assert cli.main(["merge", "--campaign", str(inbox), "--cluster", address, "--json"]) == 2
    shown = capsys.readouterr()
    assert json.loads(shown.out)["error"]["code"] == code
    assert address in shown.err


def test_without_dask_it_is_said_how_to_get_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    assert cli.main(["merge", "--campaign", str(inbox), "--cluster", "tcp://127.0.0.1:9"]) == 2
    assert "sangkien[cluster]" in capsys.readouterr().err


def test_a_cluster_without_workers_is_said(inbox: Path) -> None:
    with local_cluster(0) as running, pytest.raises(UsageProblem) as problem:
        actions.merge_campaign(inbox, cluster=running.scheduler_address)
    assert problem.value.error_code == "cluster_empty"
