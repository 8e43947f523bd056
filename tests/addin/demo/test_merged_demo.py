"""The demo merged by the command: its totals against an oracle that knows only what was put into the files.

The rules stand here a second time on purpose, in the plainest form (DOMAIN: the support rule, what becomes of a row).
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.cli import main
from addin.demo import DemoCampaign, DemoRow, build_demo
from validation.submission import Outcome

PHASES = {1: (date(2021, 9, 1), date(2022, 5, 31)), 2: (date(2022, 6, 1), date(2023, 9, 1))}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoCampaign:
    return build_demo(tmp_path_factory.mktemp("merged") / "demo")


def merged(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["merge", "--campaign", str(folder), "--json"]) == 1  # some files are refused, some rows have findings
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def counting_rows(demo: DemoCampaign) -> Iterator[tuple[str, DemoRow]]:
    """Accepted rows of the newest reports, of each registration code the first only."""
    rows = [(one.unit, row) for one in demo.counting for row in one.rows if row.fate is Outcome.ACCEPTED]
    rows.sort(key=lambda pair: (pair[1].meant.get("registered_on", date.max), pair[0], pair[1].number))
    seen = set()
    for unit, row in rows:
        code = row.meant.get("registration_code")
        if code is None or code not in seen:
            seen.add(code)
            yield unit, row


def expected_figures(rows: Iterator[tuple[str, DemoRow]]) -> dict[tuple[str, int], Counter[str]]:
    figures: dict[tuple[str, int], Counter[str]] = {}
    for unit, row in rows:
        cells = row.meant
        day = cells.get("registered_on")
        if not isinstance(day, date) or "registration_code" not in cells:
            continue
        phase = next(number for number, (first, last) in PHASES.items() if first <= day <= last)
        approved, protected = cells["status"] == "Hợp lệ", cells["ip_protected"] == "Có"
        base = cells.get("base_support", 0)
        assert isinstance(base, int)
        figures.setdefault((unit, phase), Counter()).update(
            registered=1,
            approved=int(approved),
            counted=int(cells["status"] != "Không hợp lệ" and not protected),
            upper_support=100_000 if approved and not protected else 0,
            base_support=base,
        )
    return figures


def test_totals_are_those_of_what_was_put_in(demo: DemoCampaign, capsys: pytest.CaptureFixture[str]) -> None:
    result = merged(demo.folder, capsys)
    by_unit = expected_figures(counting_rows(demo))
    names = ("registered", "approved", "counted", "upper_support", "base_support")
    assert result["totals"]["rows"] == sum(1 for _ in counting_rows(demo))
    found = {(u["unit"], u["phase"]): {name: u[name] for name in names} for u in result["units"]}
    nothing: Counter[str] = Counter()
    assert found == {key: {name: by_unit.get(key, nothing)[name] for name in names} for key in found}
    assert set(by_unit) <= set(found)
    assert {u["unit"]: u["members"] for u in result["units"]} == {one.unit: one.members for one in demo.counting}
    for phase in result["totals"]["phases"]:
        of_phase = [figures for (_, number), figures in by_unit.items() if number == phase["phase"]]
        assert {name: phase[name] for name in names} == {name: sum(f[name] for f in of_phase) for name in names}
    total = sum(figures["base_support"] for figures in by_unit.values())
    assert result["totals"]["base_support"] == total


def test_every_file_has_the_outcome_that_was_meant_and_a_second_run_changes_nothing(
    demo: DemoCampaign, capsys: pytest.CaptureFixture[str]
) -> None:
    merged(demo.folder, capsys)
    again = merged(demo.folder, capsys)
    outcomes = {Path(file["path"]).relative_to(demo.folder): file["outcome"] for file in again["files"]}
    expected = {one.path: "superseded" if one.superseded else "unchanged" for one in demo.submissions}
    expected |= dict.fromkeys(demo.copies, "unchanged")
    expected |= {path: "skipped" if code == "owner_file" else "quarantined" for path, code in demo.refused.items()}
    assert outcomes == expected


def test_what_was_merged_can_be_proved(demo: DemoCampaign, capsys: pytest.CaptureFixture[str]) -> None:
    merged(demo.folder, capsys)
    assert main(["verify", "--campaign", str(demo.folder)]) == 0
