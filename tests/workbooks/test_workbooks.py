"""Workbooks as they were saved by LibreOffice, openpyxl and XlsxWriter, read and judged by the product.

Any file may be dropped into ``should_pass`` or ``should_fail``; without an entry in ``expectations.toml`` it must at
least pass, or be refused.
"""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from addin.intake.reader import read_workbook
from addin.merge.reading import judge_alone
from tests.workbooks.cases import LIBRE_OFFICE
from tests.workbooks.make_workbooks import CASES, EXPECTATIONS, HERE, expectations_text, make
from validation.errors import Refusal
from validation.submission import Row, Submission

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((HERE / EXPECTATIONS).read_text(encoding="utf-8"))


def _in(folder: str) -> list[str]:
    return sorted(f"{folder}/{file.name}" for file in (HERE / folder).iterdir() if not file.name.startswith("."))


def _judged(file: Path) -> Submission:
    return judge_alone(read_workbook(file.read_bytes()))


@pytest.mark.parametrize("name", _in("should_pass"))
def test_a_good_workbook_is_read_as_it_was_typed(name: str) -> None:
    submission = _judged(HERE / name)
    if name in EXPECTED:
        assert_as_expected(submission, EXPECTED[name])


@pytest.mark.parametrize("name", _in("should_fail"))
def test_a_bad_workbook_is_refused_for_the_right_reason(name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        _judged(HERE / name)
    if name in EXPECTED:
        assert refusal.value.code == EXPECTED[name]["refusal"]


def assert_as_expected(submission: Submission, expected: dict[str, Any]) -> None:
    assert submission.counts().as_json() == expected["rows"]
    assert sorted({finding.code for finding in submission.findings}) == sorted(expected["findings"])
    assert {f"{finding.cell} {finding.code}" for finding in submission.findings} >= set(expected["places"])
    accepted = [row for row in submission.rows if row.accepted]
    by_phase = [[row for row in accepted if row.phase == phase] for phase in (1, 2)]
    assert [len(rows) for rows in by_phase] == expected["registered"]
    assert [sum(row.status == "Hợp lệ" for row in rows) for rows in by_phase] == expected["approved"]
    assert [sum(row.upper_support for row in rows) for rows in by_phase] == expected["upper"]
    assert [sum(row.base_counted for row in rows) for rows in by_phase] == expected["base"]
    rows = {row.number: row for row in submission.rows}
    for line in expected["reads"]:
        number, name, text = line.split(" ", 2)
        assert _as_text(rows[int(number)], name) == text


def _as_text(row: Row, name: str) -> str:
    value = getattr(row, name)
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def test_the_expectations_are_those_of_the_cases() -> None:
    assert (HERE / EXPECTATIONS).read_text(encoding="utf-8") == expectations_text(CASES)
    assert set(EXPECTED) <= {*_in("should_pass"), *_in("should_fail")}


def test_at_least_twenty_workbooks_were_saved_by_libreoffice() -> None:
    saved = [name for name in _in("should_pass") if EXPECTED.get(name, {}).get("saved_by") == LIBRE_OFFICE]
    assert len(saved) >= 20
    for name in saved:
        with zipfile.ZipFile(HERE / name) as package:
            assert b"<Application>LibreOffice/" in package.read("docProps/app.xml")


def test_the_clerk_still_knows_how_to_work(soffice: str, tmp_path: Path) -> None:
    named = {case.name: case for case in CASES}
    cases = [named["calc_row_inserted_above_the_first"], named["calc_totals_rows"], named["calc_saved_as_ods"]]
    make(cases, tmp_path, soffice=soffice)
    for case in cases[:2]:
        assert_as_expected(_judged(tmp_path / case.path), EXPECTED[case.path])
    with pytest.raises(Refusal):
        _judged(tmp_path / cases[2].path)
