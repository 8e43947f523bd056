"""Reading over a Dask cluster: ``sangkien merge --cluster tcp://HOST:8786`` (docs/decisions/0016, docs/scale.md).

Dask is an optional extra, ``sangkien[cluster]``, imported only here and only then. What travels is personal data, and
whoever reaches a scheduler can have it run anything: a cluster belongs on a network of its own, or behind ``tls://``.
"""

from __future__ import annotations

import contextlib
import importlib
import re
from collections.abc import Iterator
from typing import Any

from addin.campaign.records import ReportRecord
from addin.errors import UsageProblem
from addin.intake.executors import OtherEdition, OverExecutor, close_children
from addin.merge.reading import ReadForLedger, program_edition

_ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/]+:\d+")
_CONNECT_SECONDS = 10
_CLOSE_SECONDS = 2
_PARCELS_PER_THREAD = 3
"""One that is read, and two on their way."""


class ClusterReaders:
    """The ``readers`` of a merge over a cluster. ``read_here``: files to which the cluster had no answer."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._threads = sum(client.nthreads().values())
        self.read_here = 0

    @contextlib.contextmanager
    def __call__(self, task: ReadForLedger) -> Iterator[OverExecutor[ReportRecord]]:
        """The cluster as who reads, for one run. Raises UsageProblem ``cluster_differs``."""
        executor = self._client.get_executor(pure=False)
        at_once = _PARCELS_PER_THREAD * max(self._threads, 1)
        over = OverExecutor(executor, task.for_elsewhere(), program_edition, at_once=at_once)
        try:
            with over:
                yield over
        except OtherEdition as problem:
            raise UsageProblem("cluster_differs", found=problem.found, expected=problem.expected) from problem
        finally:
            self.read_here = over.read_here
            if self._client.status == "running":
                with contextlib.suppress(Exception):  # a worker that is gone has no children left
                    self._client.run(close_children, over.terms.run)


@contextlib.contextmanager
def over_cluster(address: str) -> Iterator[ClusterReaders]:
    """Connect to a cluster for the time of a merge.

    Raises UsageProblem: ``cluster_not_installed``, ``cluster_address``, ``cluster_unreachable``, ``cluster_empty``
    (nobody works there), ``cluster_differs`` (another program there than here).
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageProblem("cluster_address", address=address)
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as problem:
        raise UsageProblem("cluster_not_installed") from problem
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="sangkien")
    except (OSError, ValueError) as problem:
        raise UsageProblem("cluster_unreachable", address=address, problem=problem) from problem
    try:
        refuse_other_editions(client, address)
        yield ClusterReaders(client)
    finally:
        with contextlib.suppress(Exception):
            client.close(_CLOSE_SECONDS)


def refuse_other_editions(client: Any, address: str) -> None:
    """Raise UsageProblem where scheduler or a worker has another program than here, or where nobody works."""
    expected = program_edition()
    found = client.run(program_edition, on_error="return")
    if not found:
        raise UsageProblem("cluster_empty", address=address)
    try:
        found["scheduler"] = client.run_on_scheduler(program_edition)
    except Exception as problem:  # it cannot even import ours
        found["scheduler"] = problem
    for edition in found.values():
        if edition != expected:
            raise UsageProblem("cluster_differs", found=str(edition) or type(edition).__name__, expected=expected)
