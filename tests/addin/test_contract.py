"""The JSON that others rely on: exact keys and types, in the shapes of DESIGN's "Commands"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin import contract
from addin.actions import check_files
from addin.freezing.freezing import freeze
from addin.status import status_of
from tests.end_to_end.small_campaign import Here, Small, read_here, report, row

ROWS = {"seen": int, "accepted": int, "rejected": int, "duplicate": int, "blank": int}
FINDING = {
    "code": str, "severity": str, "sheet": str | None, "row": int | None, "cell": str | None, "field": str | None,
    "value": str | None, "message": str, "fix": str | None,
}  # fmt: skip
CHECKED = {
    "file": str, "sha256": str, "form": str, "template_version": int, "unit": str, "rows": ROWS, "findings": [FINDING],
}  # fmt: skip
REFUSED = {"file": str, "sha256": str | None, "error": {"code": str, "message": str}}
FILE = {
    "path": str, "sha256": str | None, "unit": str | None, "outcome": str, "reason": str | None, "code": str | None,
    "rows": ROWS,
}  # fmt: skip
PHASE = {
    "phase": int, "name": str, "registered": int, "approved": int, "counted": int, "upper_support": int,
    "base_support": int, "target": int,
}  # fmt: skip
TOTALS = {"rows": int, "upper_support": int, "base_support": int, "phases": [PHASE]}
UNIT = {
    "unit": str, "phase": int, "registered": int, "approved": int, "counted": int, "upper_support": int,
    "base_support": int, "member_authors": int, "members": int, "participation": float | None,
}  # fmt: skip
MERGED = {"files": [FILE], "totals": TOTALS, "units": [UNIT]}
MISSING = {"unit": str, "name": str, "superior": str | None, "email": str | None}
STATUS = {
    "unit": str, "programme": str, "expected": int, "received": int, "missing": [MISSING],
    "late": [MISSING | {"phase": int, "report_date": str, "deadline": str}],
    "refused": [{"path": str, "outcome": str, "code": str, "reason": str}],
    "participation": {"minimum": float, "phases": [{"phase": int, "reached": int, "units": int}]},
    "totals": TOTALS, "units": [UNIT],
    "deadlines": {"1": str, "2": str},
    "collection": [
        {
            "unit": str, "name": str, "state": str, "report_date": str | None, "received_at": str | None,
            "days_late": int, "refused": list,
            "phases": [{"phase": int, "deadline": str, "days_late": int, "first_report": str | None}],
        },
    ],
    "trend": {"since": str, "files": int, "units": int, "rows": int, "upper_support": int, "base_support": int},
    "portal": {
        "list": str | None, "sha256": str | None, "taken_at": str | None, "lines": int, "replaces_status": bool,
        "money_needs_match": bool, "rows_changed": int, "rows_unmatched": int,
    },
    "frozen": {
        "number": int, "name": str, "at": str, "by": str, "rows": int, "reports": int, "expected": int,
        "registered": int, "approved": int, "counted": int, "upper_support": int, "base_support": int,
        "changes": [
            {
                "scope": str, "unit": str, "name": str, "phase": int | None, "figure": str, "before": int,
                "after": int, "change": int,
            },
        ],
    },
}  # fmt: skip
VERIFICATION = {
    "holds": bool, "submissions": int, "journal_entries": int, "rows": int, "upper_support": int, "base_support": int,
    "problems": [{"code": str, "message": str}],
}  # fmt: skip
OUTCOMES = {"accepted", "replaced", "unchanged", "superseded", "quarantined", "skipped"}


def assert_shape(data: Any, shape: Any, place: str = "$") -> None:
    if isinstance(shape, dict):
        assert set(data) == set(shape), place
        for key, part in shape.items():
            assert_shape(data[key], part, f"{place}.{key}")
    elif isinstance(shape, list):
        assert data, f"{place}: the example has none"
        for number, one in enumerate(data):
            assert_shape(one, shape[0], f"{place}[{number}]")
    else:
        assert isinstance(data, shape), (place, data)
        assert not isinstance(data, bool) or shape is bool, place


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    monkeypatch.setattr("addin.actions.ReadingPool", Here)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", row("SK-2", base_support=900_000), row(None, registered_on=None)))
    small.put("B.xlsx", report("B", "SK-1"))
    small.put("sai.xlsx", b"no workbook")
    return small


def test_merge(small: Small) -> None:
    result = small.merge()
    merged = contract.merged(result.files, result.overview, "vi")
    assert_shape(merged, MERGED)
    assert {one["outcome"] for one in merged["files"]} <= OUTCOMES
    for one in merged["files"]:
        rows = one["rows"]
        assert rows["seen"] == rows["accepted"] + rows["rejected"] + rows["duplicate"] + rows["blank"]
    totals = merged["totals"]
    for name in ("upper_support", "base_support"):
        assert (
            totals[name] == sum(phase[name] for phase in totals["phases"]) == sum(one[name] for one in merged["units"])
        )
    assert totals["rows"] == sum(one["rows"]["accepted"] for one in merged["files"])


def test_check(small: Small) -> None:
    checked = [contract.checked(one, "vi") for one in check_files([small.campaign.inbox])]
    readable = [one for one in checked if "error" not in one]
    assert_shape(readable[:1], [CHECKED])
    assert_shape([one for one in checked if "error" in one], [REFUSED])
    assert {finding["severity"] for one in readable for finding in one["findings"]} == {"error", "warning"}
    error = next(finding for finding in readable[0]["findings"] if finding["severity"] == "error")
    assert error["cell"] == "S7"
    assert (error["sheet"], error["row"], error["field"]) == ("Danh sách", 7, "base_support")
    assert error["message"].startswith("Ô S7")


def test_status(small: Small) -> None:
    small.merge()
    freeze(small.campaign, "Quý II", by="thử@máy", now=small.now)
    small.put("D.xlsx", report("D", "SK-7"))
    result = small.merge()
    assert_shape(contract.status(status_of(small.campaign, result.overview), "vi"), STATUS)


def test_verification(small: Small) -> None:
    small.merge()
    small.campaign.master.unlink()
    assert_shape(contract.verification(small.verify(), "vi"), VERIFICATION)


def test_participation_of_a_unit_without_members_is_null(small: Small) -> None:
    small.put("D.xlsx", report("D", "SK-9", members=0))
    result = small.merge()
    units = contract.units(result.overview)
    assert [one["participation"] for one in units if one["unit"] == "D"] == [None, None]
