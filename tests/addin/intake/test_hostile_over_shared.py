"""Odd real files and hostile ones: each ends as a submission or a refusal, none hangs, the batch goes on."""

import csv
import importlib.util
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from addin.intake.arrivals import Arrival, arrivals
from addin.intake.children import Reading, ReadingPool
from addin.intake.refusals import REASONS
from tests.addin.intake.workbooks import LIST_PART, form, initiative, package, parts
from tests.conftest import SHARED
from validation.errors import Refusal
from validation.submission import RawSubmission


def read_all(folder: Path) -> dict[str, Refusal | RawSubmission]:
    met: list[Arrival] = []

    def contents() -> object:
        for arrival in arrivals([folder]):
            met.append(arrival.without_data())
            if arrival.data is not None:
                yield arrival.data

    with ReadingPool(2, seconds=20) as pool:
        read = iter(list(pool.map(contents())))  # type: ignore[arg-type]
    outcomes: dict[str, Refusal | RawSubmission] = {}
    for arrival in met:
        outcome = arrival.refusal or _outcome(next(read))
        outcomes[arrival.path.relative_to(folder).as_posix()] = outcome
    return outcomes


def _outcome(reading: Reading[RawSubmission]) -> Refusal | RawSubmission:
    outcome = reading.refusal or reading.value
    assert outcome is not None
    return outcome


def hostile_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile", SHARED / "hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOSTILE = hostile_module()


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(SHARED / "hostile.py"), str(folder)], check=True, timeout=120)
    return folder


def test_the_hostile_inbox_is_gone_through_in_a_minute(hostile_folder: Path) -> None:
    begin = time.monotonic()
    outcomes = read_all(hostile_folder)
    assert time.monotonic() - begin < 60
    with (hostile_folder / "MANIFEST.tsv").open(encoding="utf-8") as manifest:
        expected = {row["file"]: row["expected"] for row in csv.DictReader(manifest, delimiter="\t")}
    assert expected.keys() <= outcomes.keys()
    for name, outcome in outcomes.items():
        assert isinstance(outcome, Refusal), name  # none of them is a form of ours
        assert outcome.code in REASONS
        assert outcome.code not in ("reader_died", "reader_timed_out", "reader_failed", "reader_out_of_memory"), name


def test_every_file_of_the_corpus_ends_as_a_refusal_or_a_submission() -> None:
    corpus = SHARED / "corpus"
    outcomes = read_all(corpus)
    assert outcomes.keys() == {path.name for path in corpus.iterdir()}
    for name, outcome in outcomes.items():
        if isinstance(outcome, Refusal):
            assert outcome.code in REASONS, name
            assert outcome.code not in ("reader_died", "reader_timed_out", "reader_failed"), (name, outcome)


def _hostile_lists() -> dict[str, tuple[bytes, str]]:
    """The list sheets of the hostile workbooks, each put into a form of ours: the guard must stop them there too."""
    lists: dict[str, tuple[bytes, str]] = {}
    for name, (build, expected, extension) in HOSTILE.CASES.items():
        if extension != "xlsx" or "zip" in name or name.startswith(("xml_billion", "xml_quadratic", "sst")):
            continue
        try:
            sheet = parts(build()).get("xl/worksheets/sheet1.xml")
        except Exception:
            continue
        if sheet is not None:
            lists[name] = (package(parts(form([initiative()])) | {LIST_PART: sheet}), expected)
    return lists


LISTS = _hostile_lists()


@pytest.mark.parametrize("name", LISTS)
def test_hostile_sheets_in_a_form_of_ours(name: str) -> None:
    data, expected = LISTS[name]
    with ReadingPool(1, seconds=20) as pool:
        (reading,) = pool.map([data])
    refusal = reading.refusal
    if refusal is not None:
        assert refusal.code not in ("reader_died", "reader_timed_out", "reader_failed", "reader_out_of_memory")
    of_its_sheet = name not in ("zero_sheets", "sheet_target_traversal", "xml_xxe_http_param")
    if expected == "REFUSE" and of_its_sheet:
        assert refusal is not None
    elif expected == "READ":
        assert refusal is None, refusal
