"""``sangkien install``, ``uninstall`` and ``doctor``: what is printed, JSON, exit codes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from addin import cli
from addin.hosts.excel.host import ExcelHost
from addin.hosts.excel.payload import packaged
from tests.addin.hosts.excel.fake_machines import FakeMachine, windows


@pytest.fixture
def pc(monkeypatch: pytest.MonkeyPatch) -> FakeMachine:
    """The Windows PC on which the commands run."""
    machine = windows()
    host = ExcelHost(machine, packaged())
    monkeypatch.setattr("addin.hosts.installing.hosts", lambda: (host,))
    return machine


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command; its exit code and what it printed."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        return code, *capsys.readouterr()

    return run


def test_install_then_doctor_then_uninstall(pc: FakeMachine, run: Any) -> None:
    before = pc.content()
    assert run("doctor")[0] == 1
    code, out, _ = run("install")
    assert code == 0
    assert "Đã ghi: " in out
    assert out.endswith("thẻ «Sáng kiến» có trên dải lệnh.\n")
    assert "đã được cài đúng" in run("install")[1]
    code, out, _ = run("doctor")
    assert (code, "Không thấy điều gì cản trở" in out) == (0, True)
    assert "Đã xoá: " in run("uninstall")[1]
    assert "không có gì để gỡ" in run("uninstall")[1]
    assert pc.content() == before


def test_a_dry_run_says_that_it_was_one(pc: FakeMachine, run: Any) -> None:
    code, out, _ = run("install", "--dry-run")
    assert code == 0
    assert "Sẽ ghi: " in out
    assert "chạy thử" in out
    assert pc.changes == 0


def test_steps_as_json(pc: FakeMachine, run: Any) -> None:
    code, out, err = run("install", "--dry-run", "--json")
    document = json.loads(out)
    assert (code, err, document["dry_run"]) == (0, "", True)
    assert [(step["host"], step["step"]) for step in document["steps"]] == [("excel", "write"), ("excel", "write")]
    assert document["steps"][1]["path"].endswith("XLSTART\\sangkien.xlam")


def test_findings_as_json(pc: FakeMachine, run: Any) -> None:
    code, out, _ = run("doctor", "--json")
    document = json.loads(out)
    assert (code, document["hosts"], document["version"]) == (1, ["excel"], packaged().sangkien)
    assert [one["code"] for one in document["findings"]] == ["addin_missing", "settings_missing"]
    assert set(document["findings"][0]) == {"host", "code", "severity", "what", "remedy"}
    assert "sangkien install" in document["findings"][0]["remedy"]


def test_notes_alone_are_no_findings(pc: FakeMachine, run: Any) -> None:
    run("install")
    pc.programs.add("excel.exe")
    code, out, _ = run("doctor")
    assert code == 0
    assert "· Ghi chú [excel_running]: Excel đang mở.\n    → " in out


def test_an_open_excel_is_a_sentence_and_a_usage_problem(pc: FakeMachine, run: Any) -> None:
    run("install")
    pc.programs.add("excel.exe")
    code, out, err = run("uninstall", "--json")
    assert code == 2
    assert json.loads(out)["error"]["code"] == "excel_open"
    assert "đóng hết cửa sổ Excel" in err


def test_no_rights_leave_exit_code_four(pc: FakeMachine, run: Any) -> None:
    pc.fail_at, pc.failure = 1, lambda: PermissionError(13, "Permission denied")
    code, out, err = run("install")
    assert (code, out) == (4, "")
    assert "Không được phép ghi" in err


def test_where_no_program_is_the_commands_say_so(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.hosts.installing.hosts", tuple)
    assert run("install")[0] == 2
    assert run("uninstall", "--lang", "en")[2].startswith("sangkien: This machine has no spreadsheet program")
    code, out, _ = run("doctor")
    assert (code, "không có Excel" in out) == (0, True)
