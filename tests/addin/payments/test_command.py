"""The command ``pay``: its JSON, its exit codes, what a person reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from addin import cli
from tests.end_to_end.small_campaign import Small, read_here, report, row
from validation.messages import LANGUAGES


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run ``pay`` on a merged campaign; returns exit code, standard output and standard error."""
    read_here(monkeypatch)
    monkeypatch.setattr("addin.actions.user_name", lambda: "thử@máy")
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2"))
    small.put("D.xlsx", report("D", row("SK-4", base_support=None)))
    small.merge()

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["pay", "--campaign", str(small.folder), *map(str, arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, *said

    run.small = small  # type: ignore[attr-defined]
    return run


def answer(run: Any, *arguments: object) -> Any:
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_the_json_is_as_promised(run: Any) -> None:
    planned = answer(run, "--phase", 1, "--dry-run")
    assert planned["lists"] == []
    done = answer(run, "--phase", 1, "--date", "01/07/2022")
    assert planned["total"] == done["total"] == 300_000
    assert [(one["unit"], one["amount"], one["rows"]) for one in done["payers"]] == [
        ("Q", 200_000, 2),
        ("TP", 100_000, 1),
    ]
    assert done["base"]["total"] == 300_000
    assert len(done["lists"]) == 3
    assert all(Path(file).is_file() for file in done["lists"])
    assert [one["number"] for one in done["numbers"]] == ["Q-GD1-2022-01", "TP-GD1-2022-01", "A-GD1-2022-01-CS"]
    again = answer(run, "--phase", 1)
    assert (again["total"], again["payers"], again["lists"]) == (0, [], [])
    assert [one["void"] for one in again["closed"]] == [None, None, None]


def test_a_list_is_voided_and_printed_again_by_command(run: Any) -> None:
    answer(run, "--phase", 1, "--date", "2022-07-01")
    void = answer(run, "--void", "Q-GD1-2022-01", "--reason", "sai ngày", "--name", "Hạnh")
    assert void["numbers"][0]["void"]["reason"] == "sai ngày"
    assert Path(void["file"]).is_file()
    assert not answer(run, "--reprint", "TP-GD1-2022-01")["written"]
    assert answer(run, "--phase", 1)["total"] == 200_000


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "phase_needed"),
        (("--phase", 7), "phase_not_here"),
        (("--phase", 1, "--date", "32/13/2022"), "unreadable_day"),
        (("--phase", 1, "--reason", "vì"), "void_option_alone"),
        (("--reprint", "x"), "no_such_list"),
        (("--void", "x"), "void_reason_needed"),
        (("--void", "x", "--reprint", "x"), "usage"),
    ],
)
def test_what_cannot_be_is_two_and_one_document(run: Any, arguments: tuple[object, ...], code: str) -> None:
    exit_code, out, err = run(*arguments, "--json")
    assert exit_code == 2
    assert json.loads(out)["error"]["code"] == code
    assert json.loads(out)["error"]["message"] in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_reads_payers_amounts_and_what_to_do(run: Any, language: str) -> None:
    dot = "." if language == "vi" else ","
    for arguments in (("--dry-run",), ("--date", "01/07/2022"), ("--dry-run",)):
        code, out, err = run("--phase", 1, "--lang", language, *arguments)
        assert (code, err) == (0, "")
        assert "…" not in out
    assert "Q-GD1-2022-01" in out, "the lists that there are"
    run.small.put("A2.xlsx", report("A", "SK-1", number=2))
    run.small.merge()
    (run.small.folder / "chi" / "danh-sach-chi_TP_GD1_2022-01.xlsx").unlink()
    _, out, _ = run("--phase", 1, "--lang", language)
    assert f"-100{dot}000" in out
    assert "--reprint TP-GD1-2022-01" in out
    for options in (("--reprint",), ("--reason", "x", "--name", "y", "--void")):
        code, out, _ = run("--lang", language, *options, "Q-GD1-2022-01")
        assert code == 0
        assert "Q-GD1-2022-01" in out


def test_bank_columns_are_an_option(run: Any) -> None:
    import openpyxl

    done = answer(run, "--phase", 1, "--bank")
    book = openpyxl.load_workbook(done["lists"][0])
    assert "Số tài khoản" in [cell.value for line in book["A"].iter_rows() for cell in line]
