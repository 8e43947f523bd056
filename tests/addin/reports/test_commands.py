"""``report`` and ``export`` as commands: exit codes, one JSON document, words for a person."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import pytest

from addin import cli
from tests.end_to_end.small_campaign import Small, read_here, report, row


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", row("SK-2", base_support=900_000)))
    small.put("B.xlsx", report("B", "SK-1", "SK-3"))
    small.merge()
    return small.folder


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_export_holds_what_merge_says(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--campaign", folder, "--out", tmp_path / "x", "--csv", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert all(Path(file).is_file() for file in said["files"])
    run("merge", "--campaign", folder, "--json")
    merged = json.loads(capsys.readouterr().out)
    assert said["totals"] == {key: merged["totals"][key] for key in ("rows", "upper_support", "base_support")}
    with (tmp_path / "x" / "unit_phase.csv").open(encoding="utf-8-sig", newline="") as file:
        by_unit = [(li["unit_code"], int(li["phase"]), int(li["upper_support"])) for li in csv.DictReader(file)]
    assert by_unit == [(unit["unit"], unit["phase"], unit["upper_support"]) for unit in merged["units"]]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_say_where_the_result_is(
    folder: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "--campaign", folder, "--out", tmp_path / "x", "--parquet", "--lang", language) == 0
    assert run("report", "--campaign", folder, "--out", tmp_path / "bc.docx", "--lang", language) == 0
    said = capsys.readouterr().out
    assert "du-lieu.md" in said
    assert "bc.docx" in said
    assert "…" not in said


def test_report_of_a_phase(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "moi" / "bc.docx"
    assert run("report", "--campaign", folder, "--out", out, "--phase", 1, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(out), "phase": 1}
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "Giai đoạn 1 (01/09/2021 – 31/05/2022)" in text
    assert "Giai đoạn 2:" not in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--out", "bc.docx", "--phase", 7], "phase_not_here"),
        (["--out", "bc.doc"], "report_is_docx"),
        (["--out", "."], "out_is_folder"),
    ],
)
def test_report_refuses_in_one_sentence(
    folder: Path, arguments: list[object], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run("report", "--campaign", folder, *arguments, "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def test_export_asks_for_a_kind(folder: Path, tmp_path: Path) -> None:
    assert run("export", "--campaign", folder, "--out", tmp_path / "x") == 2
    assert run("export", "--campaign", folder, "--out", tmp_path / "x", "--csv", "--parquet") == 2
