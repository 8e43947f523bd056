"""What stands on the screen, at the widths that clerks have."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from addin.actions import Checked
from addin.merge.master import MasterCounts
from addin.merge.overview import FileOutcome, draw
from addin.merge.problems import Problem
from addin.merge.results import FileResult, Remark
from addin.merge.verify import Verification
from addin.status import Status
from addin.terminal import Screen, show_checked, show_merged, show_status, show_verification
from tests.end_to_end.small_campaign import UNITS, report, row
from validation.assess import assess
from validation.errors import Refusal
from validation.money import Tally
from validation.programme import load_programme
from validation.submission import RowCounts
from validation.units import UnitTree

PROGRAMME = load_programme()
WIDTHS = (80, 100, 140)


def screen(width: int, language: str = "vi") -> tuple[Screen, io.StringIO]:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    return Screen(language, console), out  # type: ignore[arg-type]


def big_overview():  # type: ignore[no-untyped-def]
    overview = draw(
        programme=PROGRAMME, tree=UnitTree(UNITS), unit=UNITS[0], made_at=datetime(2022, 7, 1), made_by="x",
        reports=(), refused=(), pairs=(),
    )  # fmt: skip
    overview.phases[1] = Tally(20_471, 19_998, 20_112, 1_999_800_000, 3_987_450_000)
    overview.phases[2] = Tally(25_000, 24_000, 24_999, 2_400_000_000, 4_900_000_000)
    return overview


def check(codes: int) -> Checked:
    from addin.intake.reader import read_workbook

    rows = [row(f"SK-{n}", base_support=900_000, effect="x" * 4100) for n in range(codes)]
    raw = read_workbook(report("A", *rows))
    return Checked(Path("thư mục/báo cáo.xlsx"), "0" * 64, assess(raw, PROGRAMME), None)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_of_findings_fits_and_cuts_nothing(width: int) -> None:
    out_screen, out = screen(width)
    show_checked([check(3)], out_screen)
    text = out.getvalue()
    table = [line for line in text.splitlines() if "│" in line or line.startswith(" ")]
    assert max(map(len, table)) <= width
    assert "…" not in text
    assert text.count("✗ Lỗi") == 3
    for word in ("S6", "S7", "S8", "CĐCS hỗ trợ", "900.000", "200.000"):
        assert word in text, word


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_large_figures_stand_whole_in_the_totals(width: int, language: str) -> None:
    out_screen, out = screen(width, language)
    show_merged((), big_overview(), out_screen)
    text = out.getvalue()
    for number in (20_471, 25_000, 1_999_800_000, 4_900_000_000):
        assert out_screen.number(number) in text
    assert out_screen.percent(20_112 / 20_000) in text
    assert "…" not in text
    assert max(len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_name_from_outside_does_nothing_to_the_screen(width: int) -> None:
    files = [
        FileResult(
            Path(f"nhan/[red]{mark}đỏ[bold] :smile:.xlsx"), None, None, FileOutcome.QUARANTINED,
            Remark("refusal", "unknown_unit", {"unit": f"A{mark}\x1b[2J", "cell": "Bìa!B9"}), RowCounts(),
            "unknown_unit",
        )
        for mark in ("\x1b[31m", "\u202e", "\r", "\x07")
    ]  # fmt: skip
    out_screen, out = screen(width)
    show_merged(files, big_overview(), out_screen)
    text = out.getvalue()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    assert "[red]" in re.sub(r"\s+", "", text)
    assert "4 tệp: 4 " in text


def test_of_many_files_the_first_are_listed_and_the_rest_counted() -> None:
    one = FileResult(
        Path("a.xlsx"), None, None, FileOutcome.QUARANTINED, Remark("refusal", "hollow"), RowCounts(), "hollow"
    )
    out_screen, out = screen(140)
    show_merged([one] * 55, big_overview(), out_screen)
    assert out.getvalue().count("a.xlsx") == 40
    assert "15 tệp nữa" in out.getvalue()


def test_a_file_that_cannot_be_read_is_said_in_a_sentence() -> None:
    out_screen, out = screen(80)
    show_checked([Checked(Path("a.xlsx"), None, None, Refusal("password"))], out_screen)
    assert "mật khẩu" in out.getvalue()
    assert "1 tệp chưa đọc được" in out.getvalue()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_status_names_who_has_not_reported(language: str) -> None:
    out_screen, out = screen(100, language)
    show_status(Status(big_overview(), 5, (), {1: 0, 2: 0}), out_screen)
    for unit in UNITS:
        if unit.level == "grassroots":
            assert unit.name in out.getvalue()
    assert ("Đơn vị phải báo cáo: 5" if language == "vi" else "Units expected: 5") in out.getvalue()


def test_a_verification_says_what_holds_or_what_does_not() -> None:
    out_screen, out = screen(80)
    show_verification(Verification((), 3, 9, MasterCounts(4, 300_000, 150_000)), out_screen)
    assert "300.000" in out.getvalue()
    show_verification(Verification((Problem("master_missing"),), 3, 9, MasterCounts(4, 1, 2)), out_screen)
    assert "1 điều không khớp" in out.getvalue()
    assert "tong-hop.xlsx" in out.getvalue()
