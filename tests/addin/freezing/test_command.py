"""``sangkien freeze``: one thing at a time, in words and in JSON; what was kept aside is said by ``merge``."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from addin import cli
from tests.end_to_end.small_campaign import Small, read_here, report


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2"))
    small.merge()
    return small


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_state_is_kept_listed_shown_and_printed(
    language: str, small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ("--campaign", small.folder, "--lang", language)
    code, out, _ = run(capsys, "freeze", *here, "--list")
    assert (code, len(out.splitlines())) == (0, 1)
    code, out, _ = run(capsys, "freeze", *here, "--name", "Quý II")
    assert code == 0
    assert "Quý II" in out
    small.put("B.xlsx", report("B", "SK-3"))
    small.merge()
    code, out, _ = run(capsys, "freeze", *here, "--show", "quý ii")
    assert code == 0
    assert "+100" in out
    code, out, _ = run(capsys, "freeze", *here, "--reprint", "Quý II", "--out", tmp_path / "in lại.xlsx")
    assert code == 0
    assert (tmp_path / "in lại.xlsx").is_file()
    assert "…" not in out


def test_json_stands_alone(small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ("--campaign", small.folder, "--json")
    told = json.loads(run(capsys, "freeze", *here, "--name", "Quý II")[1])
    assert told["frozen"]["name"] == "Quý II"
    told = json.loads(run(capsys, "freeze", *here, "--show", "Quý II")[1])
    assert (told["state"]["rows"], told["changes"]) == (2, [])
    told = json.loads(run(capsys, "freeze", *here, "--reprint", "Quý II", "--out", tmp_path / "x.xlsx")[1])
    assert Path(told["file"]).is_file()
    status = json.loads(run(capsys, "status", *here)[1])
    assert (status["frozen"]["name"], status["frozen"]["changes"]) == ("Quý II", [])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), "usage"),
        (("--name", "a", "--list"), "usage"),
        (("--name", " "), "freeze_name_needed"),
        (("--show", "a"), "no_such_freeze"),
        (("--reprint", "a"), "freeze_out_needed"),
        (("--list", "--out", "a.xlsx"), "freeze_out_alone"),
    ],
)
def test_what_cannot_be_done_is_two_and_one_sentence(
    arguments: tuple[str, ...], error: str, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "freeze", "--campaign", small.folder, "--json", *arguments)
    assert code == 2
    assert json.loads(out)["error"]["code"] == error
    assert "…" not in err.replace("[-h]", "")


def test_merge_says_what_it_kept_of_a_master_that_somebody_worked_in(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    def work_in() -> None:
        book = openpyxl.load_workbook(small.campaign.master)
        book.create_sheet("Của tôi")
        book.save(small.campaign.master)

    work_in()
    told = json.loads(run(capsys, "merge", "--campaign", small.folder, "--json")[1])
    assert told["set_aside"]["sheets"] == ["Của tôi"]
    assert (small.folder / told["set_aside"]["file"]).is_file()
    work_in()
    _, out, _ = run(capsys, "merge", "--campaign", small.folder)
    assert "“Của tôi”" in out
    assert "tong-hop-sua-tay-" in out
    assert "set_aside" not in json.loads(run(capsys, "merge", "--campaign", small.folder, "--json")[1])
