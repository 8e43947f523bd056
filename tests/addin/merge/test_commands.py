"""``withdraw`` and ``explain`` as commands: exit codes, one JSON document, words for a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from addin import cli
from tests.end_to_end.small_campaign import Small, read_here, report, row


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", row("SK-2", base_support=900_000)))
    small.put("B.xlsx", report("B", "SK-1"))
    small.merge()
    return small.folder


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_withdraw_says_what_is_left(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("withdraw", "A", "--campaign", folder, "--reason", "gửi nhầm", "--name", "Hạnh", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["path"], said["unit"], said["withdrawn"], said["totals"]["rows"]) == ("nhan/A.xlsx", "A", True, 1)
    assert [unit["unit"] for unit in said["units"] if unit["registered"]] == ["B"]
    assert run("merge", "--campaign", folder, "--json") == 0
    files = {Path(one["path"]).name: one for one in json.loads(capsys.readouterr().out)["files"]}
    assert files["A.xlsx"]["outcome"] == "withdrawn"
    assert "Hạnh" in files["A.xlsx"]["reason"]
    assert run("withdraw", "A", "--campaign", folder, "--reason", "đúng tệp", "--undo") == 0
    assert "Đã tính lại “nhan/A.xlsx” (A)." in capsys.readouterr().out
    assert run("verify", "--campaign", folder) == 0


def test_withdraw_refuses_in_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("withdraw", "X", "--campaign", folder, "--reason", "x", "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_such_report"
    assert run("withdraw", "A", "--campaign", folder) == 2, "a reason is asked for"
    assert "--reason" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_explain_lists_rows_for_a_person(folder: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "--campaign", folder, "--unit", "A", "--phase", 1, "--lang", language) == 0
    said = capsys.readouterr().out
    assert "A – CĐCS Công ty A" in said
    assert "SK-1" in said
    assert "SK-2" in said
    assert "None" not in said
    assert "…" not in said.replace("… và", "")


def test_explain_is_one_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "--campaign", folder, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"unit", "phase", "figures", "reports", "rows", "left_out", "changes"}
    assert (said["figures"]["registered"], said["figures"]["upper_support"]) == (1, 100_000)
    assert {one["outcome"] for one in said["left_out"]} == {"rejected", "duplicate"}
    assert all(Path(one["file"]).is_file() for one in said["rows"])
    assert run("explain", "--campaign", folder, "--unit", "X", "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unit_not_here"


def test_an_incidentless_error_for_a_campaign_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = Small(tmp_path)
    for command in (["explain"], ["withdraw", "A", "--reason", "x"]):
        assert run(*command, "--campaign", small.folder, "--json") == 2
        assert json.loads(capsys.readouterr().out)["error"]["code"] == "nothing_merged"
