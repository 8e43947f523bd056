"""Odd real workbooks: none breaks the reading of lists, and where a list is found no cell is lost."""

import pytest

from addin.adopt.foreign import read_foreign
from addin.adopt.proposal import propose, unaccounted
from addin.errors import UsageProblem
from addin.intake.children import ReadingPool
from tests.conftest import SHARED

FILES = sorted(path for path in (SHARED / "corpus").rglob("*") if path.is_file())


@pytest.mark.shared
def test_odd_workbooks_hold_no_list_or_one_that_is_read_whole() -> None:
    with ReadingPool(2, read_foreign) as pool:
        for path, reading in zip(FILES, pool.map(path.read_bytes() for path in FILES), strict=True):
            if reading.value is None:
                assert reading.refusal is not None
                assert reading.refusal.code not in ("reader_failed", "reader_timed_out"), path
                continue
            try:
                proposal = propose(reading.value)
            except UsageProblem as problem:
                proposal, code = None, problem.error_code
            if proposal is None:
                assert code in ("adopt_nothing", "adopt_our_form")
            else:
                assert unaccounted(reading.value, proposal) == []
