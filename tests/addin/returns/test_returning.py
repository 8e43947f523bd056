"""A small campaign whose faulty reports go back; and the commands on single files."""

import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.campaign.archive import archived
from addin.campaign.folder import open_campaign
from addin.cli import main
from addin.returns.result_sheet import SHEET_TITLE
from addin.returns.returning import due_day
from tests.addin.intake.workbooks import form, initiative, parts

UNITS = "code,name,level,parent\nTP,LĐLĐ thành phố,city,\n" + "".join(
    f"CS-{n},CĐCS Trường số {n},grassroots,TP\n" for n in range(1, 6)
)
Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A command's exit code and its JSON."""

    def running(*arguments: str | Path) -> tuple[int, Any]:
        code = main([*map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return running


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports (faultless, with errors, with warnings, with an incomplete cover) and a file that is no workbook."""
    tmp_path = tmp_path_factory.mktemp("returning")
    units = tmp_path / "don-vi.csv"
    units.write_text(UNITS, encoding="utf-8")
    folder = tmp_path / "chien-dich"
    main(["init", str(folder), "--unit", "TP", "--units", str(units)])
    inbox = folder / "nhan"
    good, bad = initiative(), initiative(registration_code="HP-0002", title=None)
    (inbox / "CS-1.xlsx").write_bytes(form([good], cover={"unit_code": "CS-1"}))
    (inbox / "báo cáo của trường.xlsx").write_bytes(form([bad], cover={"unit_code": "CS-2"}))
    text_date = initiative(registration_code="HP-0003", applied_on="15/02/2022")
    (inbox / "CS-3.xlsx").write_bytes(form([text_date], cover={"unit_code": "CS-3"}))
    (inbox / "CS-4.xlsx").write_bytes(form([], cover={"unit_code": "CS-4", "members": None}))
    (inbox / "ghi chú.xlsx").write_bytes(b"khong phai so Excel")
    main(["merge", "--campaign", str(folder)])
    return folder


@pytest.fixture
def campaign(merged: Path, tmp_path: Path) -> Path:
    """A copy of the campaign to work on."""
    return shutil.copytree(merged, tmp_path / "chien-dich")


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "tra-lai").iterdir()}


def test_faulty_reports_go_back_marked_with_a_receipt(campaign: Path, run: Run) -> None:
    code, result = run("return", "--campaign", campaign, "--by", "10/06/2022")
    assert code == 1, "one file cannot be marked"
    assert [(one["unit"], one["code"], one["errors"]) for one in result["files"]] == [
        ("CS-2", None, 1), ("CS-4", "cover_incomplete", 0),
    ]  # fmt: skip
    note = str(campaign / "nhan" / "ghi chú.xlsx")
    assert [(one["path"], one["code"]) for one in result["not_returned"]] == [(note, "plain_text")]
    first = result["files"][0]
    assert re.fullmatch(r"CS-2 báo cáo của trường_tra-lai_\d{8}\.xlsx", Path(first["copy"]).name)
    book = openpyxl.load_workbook(io.BytesIO(Path(first["copy"]).read_bytes()))
    assert book.sheetnames[0] == SHEET_TITLE
    head = "\n".join(str(cell.value) for row in book[SHEET_TITLE].iter_rows(max_row=16) for cell in row if cell.value)
    for words in ("CĐCS Trường số 2", "báo cáo của trường.xlsx", first["sha256"], "10/06/2022"):
        assert words in head
        assert words in Path(first["receipt"]).read_text(encoding="utf-8")
    assert Path(first["copy"]).name in Path(first["receipt"]).read_text(encoding="utf-8")


def test_returning_again_changes_nothing(campaign: Path, run: Run) -> None:
    run("return", "--campaign", campaign)
    before = files_of(campaign)
    _, result = run("return", "--campaign", campaign)
    assert files_of(campaign) == before
    assert not any(one["written"] for one in result["files"])


def test_a_copy_is_never_overwritten(campaign: Path, run: Run) -> None:
    run("return", "--campaign", campaign, "--by", "10/06/2022")
    before = files_of(campaign)
    _, result = run("return", "--campaign", campaign, "--by", "11/06/2022")
    after = files_of(campaign)
    assert before.items() <= after.items()
    assert Path(result["files"][0]["copy"]).stem.endswith("-2")


def test_a_report_whose_archived_copy_is_gone_is_named(campaign: Path, run: Run) -> None:
    sha256 = next(one["sha256"] for one in run("return", "--campaign", campaign)[1]["files"] if one["unit"] == "CS-2")
    archived(open_campaign(campaign), sha256).unlink()
    _, result = run("return", "--campaign", campaign)
    assert ("archive_missing", "CS-2") in [(one["code"], one["unit"]) for one in result["not_returned"]]


def test_nothing_can_go_back_before_the_first_merge(tmp_path: Path, run: Run) -> None:
    units = tmp_path / "don-vi.csv"
    units.write_text(UNITS, encoding="utf-8")
    run("init", tmp_path / "moi", "--unit", "TP", "--units", units)
    code, result = run("return", "--campaign", tmp_path / "moi")
    assert (code, result["error"]["code"]) == (2, "nothing_merged")


def test_a_day_that_cannot_be_read_is_refused(campaign: Path, run: Run) -> None:
    code, result = run("return", "--campaign", campaign, "--by", "mai")
    assert (code, result["error"]["code"]) == (2, "unreadable_day")


def test_the_day_is_the_next_deadline(campaign: Path) -> None:
    opened = open_campaign(campaign)
    first, last = sorted(opened.deadline(phase.number) for phase in opened.programme.phases)
    assert due_day(opened, date(2022, 1, 1)).day == first
    assert due_day(opened, first).day == first
    late = due_day(opened, date(2030, 1, 1))
    assert (late.day, late.passed) == (last, True)
    assert due_day(opened, date(2030, 1, 1), date(2030, 2, 1)).passed is False


def test_one_file_is_checked_marked_and_repaired(campaign: Path, tmp_path: Path, run: Run) -> None:
    source, marked, fixed = campaign / "nhan" / "CS-3.xlsx", tmp_path / "a" / "m.xlsx", tmp_path / "f.xlsx"
    original = source.read_bytes()
    code, (one,) = run("check", source, "--annotate", marked, "--fix", fixed)
    assert code == 1
    assert (one["annotated"], one["fixed"]) == (str(marked), str(fixed))
    repairs = [(r["code"], r["field"], r["before"], r["after"]) for r in one["repairs"]]
    assert repairs == [("date_as_text", "applied_on", "15/02/2022", "15/02/2022")]
    assert {r["cell"] for r in one["repairs"]} == {f["cell"] for f in one["findings"] if f["cell"]}
    assert [f for f in run("check", fixed)[1][0]["findings"] if f["cell"]] == []
    assert run("check", marked)[1][0]["findings"] == one["findings"]
    assert source.read_bytes() == original


def test_several_files_are_marked_into_a_folder(campaign: Path, tmp_path: Path, run: Run) -> None:
    (campaign / "nhan" / "sau").mkdir()
    (campaign / "nhan" / "sau" / "CS-3.xlsx").write_bytes((campaign / "nhan" / "CS-3.xlsx").read_bytes())
    _, result = run("check", campaign / "nhan", "--annotate", tmp_path / "ra")
    names = sorted(Path(one["annotated"]).name for one in result if "annotated" in one)
    assert names == ["CS-1.xlsx", "CS-3-2.xlsx", "CS-3.xlsx", "CS-4.xlsx", "báo cáo của trường.xlsx"]
    incomplete = next(one for one in result if one["file"].endswith("CS-4.xlsx"))
    assert incomplete["error"]["code"] == "cover_incomplete"
    assert SHEET_TITLE.encode() in parts(Path(incomplete["annotated"]).read_bytes())["xl/workbook.xml"]


@pytest.mark.parametrize("option", ["--annotate", "--fix"])
def test_the_file_that_is_checked_is_never_overwritten(campaign: Path, option: str, run: Run) -> None:
    source = campaign / "nhan" / "CS-3.xlsx"
    original = source.read_bytes()
    for target in (source, source.parent):
        code, result = run("check", source, option, target)
        assert (code, result["error"]["code"]) == (2, "out_is_source")
    code, result = run("check", campaign / "nhan", option, source)
    assert (code, result["error"]["code"]) == (2, "out_is_file")
    assert source.read_bytes() == original


def test_the_terminal_says_what_was_made(campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(
        [
            "check",
            str(campaign / "nhan" / "CS-3.xlsx"),
            "--annotate",
            str(tmp_path / "m.xlsx"),
            "--fix",
            str(tmp_path / "f.xlsx"),
        ]
    )
    said = capsys.readouterr().out
    assert "Bản đánh dấu:" in said
    assert "Bản đã sửa 1 ô:" in said
    main(["return", "--campaign", str(campaign)])
    said = capsys.readouterr().out
    assert "Trả lại 2 báo cáo" in said
    assert "1 tệp không đánh dấu được" in said
