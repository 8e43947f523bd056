"""``sangkien reconcile``: shows how it reads, keeps on ``--yes``, says what differs; JSON alone on standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from addin import cli
from tests.end_to_end.small_campaign import Small, read_here, report

LIST = "Mã đăng ký;Tên sáng kiến;Trạng thái\nSK-1;Cải tiến SK-1;Hợp lệ\nSK-2;Cải tiến SK-2;{status}\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2"))
    small.merge()
    return small


def listed(small: Small, status: str = "Hợp lệ") -> Path:
    file = small.folder.parent / "cổng.csv"
    file.write_text(LIST.format(status=status), encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def test_without_yes_it_shows_how_it_reads_and_keeps_nothing(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "reconcile", listed(small), "--campaign", small.folder)
    assert code == 1
    assert "Được hiểu là" in out
    assert "--yes" in out
    assert list(small.folder.glob("doi-chieu-*")) == []


@pytest.mark.parametrize(("status", "code"), [("Hợp lệ", 0), ("Không hợp lệ", 1), ("Đã chốt", 1)])
def test_with_yes_it_is_zero_where_all_agrees(
    status: str, code: int, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    found, out, _ = run(capsys, "reconcile", listed(small, status), "--campaign", small.folder, "--yes")
    assert found == code
    assert len(list(small.folder.glob("doi-chieu-*.xlsx"))) == 1
    assert "chien-dich.toml" in out


def test_json_stands_alone(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "reconcile", listed(small, "Không hợp lệ"), "--campaign", small.folder, "--json")
    told: dict[str, Any] = json.loads(out)
    assert (told["recorded"], told["counts"]["different"]) == (False, 1)
    _, out, _ = run(capsys, "reconcile", listed(small), "--campaign", small.folder, "--yes", "--json")
    told = json.loads(out)
    assert told["recorded"]
    assert Path(told["workbook"]).is_file()


@pytest.mark.parametrize(
    ("name", "content", "code"), [("rỗng.csv", b"", 1), ("x.xlsx", b"no workbook", 1), ("x.csv", b"a,b\n1,2\n", 2)]
)
def test_a_file_that_is_no_list_is_said_in_a_sentence(
    name: str, content: bytes, code: int, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    file = small.folder.parent / name
    file.write_bytes(content)
    found, out, err = run(capsys, "reconcile", file, "--campaign", small.folder, "--yes", "--json")
    assert found == code
    assert json.loads(out)["error"]["message"] in err


def test_it_speaks_english_too(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("reconcile", listed(small, "Đang xem xét"), "--campaign", small.folder, "--yes", "--lang", "en")
    _, out, _ = run(capsys, *arguments)
    assert "Report and portal differ" in out
    assert "…" not in out.replace("…)", "")


def test_status_says_what_the_list_does(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    file = small.folder / "chien-dich.toml"
    file.write_text(file.read_text("utf-8").replace("replaces_status = false", "replaces_status = true"), "utf-8")
    _, out, _ = run(capsys, "status", "--campaign", small.folder)
    assert "chưa có danh sách nào" in out
    run(capsys, "reconcile", listed(small, "Không hợp lệ"), "--campaign", small.folder, "--yes")
    _, out, _ = run(capsys, "status", "--campaign", small.folder)
    assert "“cổng.csv”" in out
    _, out, _ = run(capsys, "status", "--campaign", small.folder, "--json")
    portal = json.loads(out)["portal"]
    assert (portal["rows_changed"], portal["rows_unmatched"], portal["lines"]) == (1, 0, 2)
