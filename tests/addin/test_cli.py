"""The command line: exit codes, one JSON document, what is said where and in which language."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin import cli
from addin.campaign.filesystem import Untrusted
from tests.end_to_end.command import command, environment
from tests.end_to_end.small_campaign import Small, report, row

UNITS = """\
code,name,level,parent,valid_from,valid_to,members,email,ghi chú
TP,LĐLĐ thành phố,city,TLD,,,,,
Q,LĐLĐ quận,upper,TP,,30/06/2025,,q@example.vn,bỏ qua
A,CĐCS Công ty A,grassroots,Q,2021-01-01,,120,a@example.vn,
"""


class Said:
    """What a command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in out + err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """Code of the error; nothing else may stand in the document."""
        assert set(self.json) == {"error"}
        assert set(self.json["error"]) == {"code", "message"}
        assert self.json["error"]["message"] in self.err
        return str(self.json["error"]["code"])


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command in the folder ``tmp_path``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))

    def run(*arguments: object) -> Said:
        code = cli.main([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def units(tmp_path: Path) -> Path:
    file = tmp_path / "don-vi.csv"
    file.write_text(UNITS, encoding="utf-8")
    return file


# -- usage ---------------------------------------------------------------------------------------------------------


def test_no_command_shows_the_help_and_is_no_success(run: Any) -> None:
    said = run()
    assert said.code == 2
    assert said.out == ""
    assert all(
        name in said.err for name in ("init", "merge", "status", "verify", "restore", "check", "template", "demo")
    )


def test_the_version_is_said(run: Any) -> None:
    said = run("--version")
    assert (said.code, said.out.split()[0]) == (0, "sangkien")


@pytest.mark.parametrize(
    "arguments",
    [
        ("tong-hop",),
        ("merge",),
        ("merge", "--campaign"),
        ("merge", "--campaign", "x", "--phase", "1"),
        ("check",),
        ("init", "x"),
        ("template", "grassroots"),
        ("template", "grassroots", "--out", "a.xlsx", "--rows", "nhiều"),
        ("status",),
        ("verify",),
        ("demo", "a", "b"),
        ("merge", "--campaign", "x", "--lang", "fr"),
    ],
)
def test_a_wrong_command_line_is_two_and_one_json_document(arguments: tuple[str, ...], run: Any) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert "Câu lệnh chưa đúng" in said.err
    assert run(*arguments, "--json").error == "usage"
    assert not re.search("argument|required|expected|invalid|usage", run(*arguments).err)
    assert "Wrong usage" in run(*arguments, "--lang", "en").err or "fr" in arguments


@pytest.mark.parametrize("name", ["merge", "status", "verify", "restore"])
@pytest.mark.parametrize("place", ["không có", "trống", "tệp"])
def test_a_folder_that_is_no_campaign_is_said(name: str, place: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    (tmp_path / "tệp").write_text("x")
    said = run(name, "--campaign", place, "--json")
    assert said.code == 2
    assert said.error in {"no_campaign", "broken_settings"}
    assert place in said.err


def test_nothing_merged_yet_is_said(run: Any, units: Path) -> None:
    run("init", "cd", "--unit", "TP", "--units", units)
    assert (run("status", "--campaign", "cd", "--json").error, run("status", "--campaign", "cd").code) == (
        "nothing_merged",
        2,
    )
    assert run("verify", "--campaign", "cd", "--json").error == "nothing_merged"
    assert run("restore", "--campaign", "cd", "--json").error == "no_backup"


def test_a_failure_nobody_foresaw_has_a_number_and_a_log_and_no_traceback(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.actions.campaign_status", lambda _: 1 / 0)
    said = run("status", "--campaign", "x", "--json")
    assert said.code == 4
    assert said.error == "unexpected"
    (log,) = (tmp_path / "log").rglob("*.log")
    story = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in story
    number = story.split()[1]
    assert number in said.err
    assert str(log) in said.err


def test_ctrl_c_is_three(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("addin.actions.campaign_status", stop)
    said = run("status", "--campaign", "x", "--json")
    assert (said.code, said.error) == (3, "interrupted")


# -- template ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["grassroots", "upper", "city"])
def test_a_form_is_made_with_what_is_known_of_the_unit(form: str, run: Any, units: Path) -> None:
    said = run("template", form, "--out", "mới/mẫu.xlsx", "--unit", "A", "--units", units, "--rows", 7, "--json")
    assert said.code == 0
    assert said.json == {"form": form, "file": str(Path("mới/mẫu.xlsx")), "unit": "A"}
    book = openpyxl.load_workbook("mới/mẫu.xlsx")
    sheet, _, cell = book.defined_names["cover_unit_name"].attr_text.rpartition("!")
    assert book[sheet.strip("'")][cell.replace("$", "")].value == "CĐCS Công ty A"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("quận", "--out", "a.xlsx"), "unknown_form"),
        (("grassroots", "--out", "a.xlsx", "--rows", 0), "rows_out_of_range"),
        (("grassroots", "--out", "a.xlsx", "--rows", 10**6), "rows_out_of_range"),
        (("grassroots", "--out", "."), "out_is_folder"),
        (("grassroots", "--out", "a.xlsx", "--programme", "x"), "unknown_programme"),
        (("grassroots", "--out", "a.xlsx", "--units", "don-vi.csv", "--unit", "Z"), "own_unit_unknown"),
        (("grassroots", "--out", "a.pdf"), "out_no_workbook"),
        (("grassroots", "--out", "a.xlsx", "--units", "không có.csv"), "units_unreadable"),
        (("grassroots", "--out", "a.xlsx", "--campaign", "x"), "no_campaign"),
    ],
)
def test_a_form_that_cannot_be_made_is_said(arguments: tuple[object, ...], code: str, run: Any, units: Path) -> None:
    said = run("template", *arguments, "--json")
    assert (said.code, said.error) == (2, code)
    assert not Path("a.xlsx").exists()


# -- init ----------------------------------------------------------------------------------------------------------


def test_a_campaign_is_made_and_says_what_to_do_next(run: Any, units: Path) -> None:
    said = run("init", "cd", "--unit", "TP", "--units", units, "--json")
    assert said.code == 0
    assert said.json == {
        "campaign": "cd", "unit": "TP", "level": "city", "programme": "hai-phong-2021-2023", "units": 3,
    }  # fmt: skip
    assert {path.name for path in Path("cd").iterdir()} == {
        "chien-dich.toml", "nhan", "luu-tru", "tra-lai", "chi", "sao-luu",
    }  # fmt: skip
    told = run("init", "cd 2", "--unit", "Q", "--units", units)
    assert "LĐLĐ quận" in told.out
    assert "sangkien merge --campaign cd 2" in told.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--unit", "TP"), "units_needed"),
        (("--unit", "Z", "--units", "don-vi.csv"), "own_unit_unknown"),
        (("--unit", "A", "--units", "don-vi.csv"), "unit_runs_no_campaign"),
        (("--unit", "TP", "--units", "."), "units_unreadable"),
        (("--unit", "TP", "--units", "don-vi.csv", "--programme", "x"), "unknown_programme"),
        (("--unit", "TP", "--units", "don-vi.csv", "--programme", "không có.toml"), "broken_settings"),
        (("--unit", "TP", "--units", "don-vi.csv", "--programme", "don-vi.toml"), "settings_value"),
    ],
)
def test_a_campaign_that_cannot_be_made_leaves_nothing(
    arguments: tuple[str, ...], code: str, run: Any, units: Path, tmp_path: Path
) -> None:
    (tmp_path / "don-vi.toml").write_text("id = 5", encoding="utf-8")
    said = run("init", "cd", *arguments, "--json")
    assert (said.code, said.error) == (2, code)
    assert not Path("cd").exists()


def test_units_under_a_superior_that_is_not_listed_are_refused(run: Any, units: Path) -> None:
    with units.open("a", encoding="utf-8") as file:
        file.write("B,CĐCS Lạc,grassroots,QQ,,\n")
    said = run("init", "cd", "--unit", "TP", "--units", units, "--json")
    assert (said.code, said.error) == (2, "units_parent")
    assert "B → QQ" in said.err
    assert not Path("cd").exists()


def test_a_campaign_is_not_made_over_another(run: Any, units: Path) -> None:
    run("init", "cd", "--unit", "TP", "--units", units)
    settings = Path("cd/chien-dich.toml").read_text(encoding="utf-8")
    assert run("init", "cd", "--unit", "Q", "--units", units, "--json").error == "campaign_exists"
    assert Path("cd/chien-dich.toml").read_text(encoding="utf-8") == settings


def test_a_programme_of_its_own_goes_with_the_campaign(run: Any, units: Path, tmp_path: Path) -> None:
    from importlib import resources

    text = (resources.files("validation") / "programmes" / "vi-du-ba-giai-doan.toml").read_text(encoding="utf-8")
    own = tmp_path / "chương trình quận.toml"
    own.write_text(text.replace("upper_amount = 150_000", "upper_amount = 70_000"), encoding="utf-8-sig")
    assert run("init", "cd", "--unit", "Q", "--units", units, "--programme", own).code == 0
    own.unlink()
    assert run("merge", "--campaign", "cd").code == 0
    assert len(run("status", "--campaign", "cd", "--json").json["totals"]["phases"]) == 3


@pytest.mark.parametrize("name", ["OneDrive - LĐLĐ thành phố", "Dropbox", "Google Drive", "OneDrive/a/b"])
def test_a_synchronised_folder_is_refused_at_init(name: str, run: Any, units: Path) -> None:
    said = run("init", f"{name}/cd", "--unit", "TP", "--units", units, "--json")
    assert (said.code, said.error) == (2, "untrusted_folder_synchronised")
    assert name.split("/")[0] in said.err
    assert not Path(name).exists()


def test_a_network_share_is_refused_at_init_and_after_a_move(
    run: Any, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "cd", "--unit", "TP", "--units", units)
    monkeypatch.setattr("addin.campaign.folder.untrusted", lambda _: Untrusted("network", "cifs"))
    said = run("init", "cd2", "--unit", "TP", "--units", units, "--json")
    assert (said.code, said.error) == (2, "untrusted_folder_network")
    assert not Path("cd2").exists()
    said = run("merge", "--campaign", "cd", "--json")
    assert (said.code, said.error) == (4, "untrusted_folder_network")


# -- settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ('unit = "TP"', "unit = TP", "dòng 4"),
        ('level = "city"', 'level = "tỉnh"', "level"),
        ('unit = "TP"', 'unit = "ZZ"', "ZZ"),
        ("[deadlines]", "[deadlines]\nmot = 2022-01-01", "deadlines"),
        ("[deadlines]", "[hạn]", "dòng 8"),
        ('code = "A"', 'mã = "A"', "dòng"),
        ('parent = "TP"', 'parent = "A"', "→"),
        ("version = 1", "version = 2", "version"),
        ('programme = "hai-phong-2021-2023"', 'programme = "khác"', "khác"),
    ],
)
def test_settings_broken_by_hand_are_said_with_the_place(
    before: str, after: str, word: str, run: Any, units: Path
) -> None:
    run("init", "cd", "--unit", "TP", "--units", units)
    file = Path("cd/chien-dich.toml")
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    said = run("merge", "--campaign", "cd", "--json")
    assert said.code == 2
    assert said.error in {
        "settings_syntax",
        "settings_value",
        "broken_settings",
        "own_unit_unknown",
        "unknown_programme",
    }
    assert word in said.err


def test_settings_saved_by_notepad_are_read(run: Any, units: Path) -> None:
    run("init", "cd", "--unit", "TP", "--units", units)
    file = Path("cd/chien-dich.toml")
    text = file.read_text(encoding="utf-8")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert run("merge", "--campaign", "cd").code == 0
    file.write_bytes(text.encode("utf-16"))
    assert run("merge", "--campaign", "cd", "--json").error == "broken_settings"


def test_a_deadline_of_the_campaigns_own_decides_who_is_late(run: Any, units: Path) -> None:
    run("init", "cd", "--unit", "TP", "--units", units)
    Path("cd/nhan/A.xlsx").write_bytes(report("A", "SK-1"))
    run("merge", "--campaign", "cd")
    assert [late["phase"] for late in run("status", "--campaign", "cd", "--json").json["late"]] == [1]
    file = Path("cd/chien-dich.toml")
    file.write_text(
        file.read_text(encoding="utf-8").replace("[deadlines]", "[deadlines]\n1 = 2022-07-15"), encoding="utf-8"
    )
    assert run("status", "--campaign", "cd", "--json").json["late"] == []


# -- merge, check, status ------------------------------------------------------------------------------------------


def test_exit_zero_is_for_a_merge_with_nothing_to_look_at(run: Any, tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("Thumbs.db", b"x")
    assert run("merge", "--campaign", small.folder).code == 0
    small.put("B.xlsx", report("B", row("SK-2", status="Đang xem xét", approved_on=None)))
    assert run("merge", "--campaign", small.folder).code == 1


def test_sources_may_be_files_and_folders_and_at_least_one_must_be_there(run: Any, tmp_path: Path) -> None:
    small = Small(tmp_path)
    Path("thư").mkdir()
    Path("thư/A.xlsx").write_bytes(report("A", "SK-1"))
    Path("B.xlsx").write_bytes(report("B", "SK-2"))
    said = run("merge", "thư", "B.xlsx", "không có.xlsx", "--campaign", small.folder, "--json")
    assert said.code == 1
    assert [(one["path"], one["outcome"]) for one in said.json["files"]] == [
        (str(Path("thư/A.xlsx")), "accepted"), ("B.xlsx", "accepted"), ("không có.xlsx", "quarantined"),
    ]  # fmt: skip
    said = run("merge", "không có.xlsx", "--campaign", small.folder, "--json")
    assert (said.code, said.error) == (2, "no_source")


def test_a_check_is_zero_one_or_two(run: Any, tmp_path: Path) -> None:
    Path("tốt.xlsx").write_bytes(report("A", "SK-1"))
    Path("lỗi.xlsx").write_bytes(report("A", row("SK-2", base_support=900_000)))
    Path("hỏng.xlsx").write_bytes(b"PK\x03\x04")
    assert run("check", "tốt.xlsx").code == 0
    assert run("check", "lỗi.xlsx").code == 1
    assert run("check", "hỏng.xlsx").code == 1
    assert run("check", "không có.xlsx").code == 2
    assert run("check", "tốt.xlsx", "không có.xlsx").code == 1
    assert run("check", "không có.xlsx", "--json").error == "no_source"


def test_a_check_by_a_campaigns_rules_knows_its_units(run: Any, tmp_path: Path) -> None:
    small = Small(tmp_path)
    Path("lạ.xlsx").write_bytes(report("KHONG-CO", "SK-1"))
    assert run("check", "lạ.xlsx").code == 0
    (one,) = run("check", "lạ.xlsx", "--campaign", small.folder, "--json").json
    assert one["error"]["code"] == "unknown_unit"


def test_a_check_of_a_folder_names_every_file_in_it(run: Any) -> None:
    Path("thư/con").mkdir(parents=True)
    Path("thư/A.xlsx").write_bytes(report("A", "SK-1"))
    Path("thư/con/B.xlsx").write_bytes(report("B", "SK-2"))
    Path("thư/ghi chú.txt").write_text("x")
    files = [one["file"] for one in run("check", "thư", "--json").json]
    assert files == [str(Path("thư/A.xlsx")), str(Path("thư/con/B.xlsx")), str(Path("thư/ghi chú.txt"))]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_person_reads_counts_cells_and_what_to_do(language: str, run: Any) -> None:
    Path("lỗi.xlsx").write_bytes(report("A", row("SK-2", base_support=900_000), row(None, registered_on=None)))
    said = run("check", "lỗi.xlsx", "--lang", language)
    words = {
        "vi": ("2 dòng: 1 nhận, 1 loại", "✗ Lỗi", "Lưu ý"),
        "en": ("2 rows: 1 accepted, 1 rejected", "✗ Error", "Warning"),
    }
    for word in (*words[language], "S6", "200"):
        assert word in said.out
    assert said.err == ""


@pytest.mark.parametrize("arguments", [("merge",), ("status",), ("verify",), ("merge", "--json"), ("status", "--json")])
def test_every_command_speaks_english_too(arguments: tuple[str, ...], run: Any, tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("B.xlsx", b"no workbook")
    small.merge()
    said = run(*arguments, "--campaign", small.folder, "--lang", "en")
    assert "Xin " not in said.out + said.err
    assert "đơn vị" not in said.out


def test_restore_brings_the_state_before_the_last_merge_back(run: Any, tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    run("merge", "--campaign", small.folder)
    first = small.master_sha()
    small.put("B.xlsx", report("B", "SK-2"))
    run("merge", "--campaign", small.folder)
    said = run("restore", "--campaign", small.folder, "--json")
    assert said.code == 0
    assert said.json["master"] is True
    assert small.master_sha() == first
    assert run("restore", "19990101-000000", "--campaign", small.folder, "--json").error == "no_backup"


def test_verify_is_zero_where_all_holds_and_one_where_something_was_altered(run: Any, tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    run("merge", "--campaign", small.folder)
    assert run("verify", "--campaign", small.folder).code == 0
    small.sql("UPDATE initiative SET base_counted = 1")
    said = run("verify", "--campaign", small.folder, "--json")
    assert said.code == 1
    assert said.json["holds"] is False
    assert {problem["code"] for problem in said.json["problems"]} >= {"digest_differs", "rows_differ", "totals_differ"}
    assert said.err == ""


# -- streams -------------------------------------------------------------------------------------------------------


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(report("A", *(row(f"SK-{n}", base_support=900_000) for n in range(400))))
    process = subprocess.Popen(
        command("check", tmp_path / "a.xlsx", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) in (0, 1)
    assert err == b""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_json_stays_alone_on_standard_output(tmp_path: Path) -> None:
    small = Small(tmp_path)
    for unit in "ABCD":
        small.put(f"{unit}.xlsx", report(unit, f"SK-{unit}"))
    terminal, end = os.openpty()
    process = subprocess.Popen(
        command("merge", "--campaign", small.folder, "--json"),
        stdout=subprocess.PIPE, stderr=end, env=environment(TERM="xterm", COLUMNS="100"),
    )  # fmt: skip
    os.close(end)
    shown = io.BytesIO()
    try:
        while chunk := os.read(terminal, 65536):
            shown.write(chunk)
    except OSError:  # Linux says so at the end of a terminal
        pass
    os.close(terminal)
    out, _ = process.communicate(timeout=60)
    assert len(json.loads(out)["files"]) == 4
    assert "Đang đọc báo cáo" in shown.getvalue().decode()


def test_a_console_that_knows_no_vietnamese_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(report("A", "SK-1"))
    done = subprocess.run(
        command("check", tmp_path / "a.xlsx"), capture_output=True, timeout=60, check=False,
        env=environment(LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Đơn vị A" in done.stdout.decode("utf-8")


def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        return  # only Linux has a device that is always full
    with full.open("w") as out:
        done = subprocess.run(
            [sys.executable, "-m", "addin.cli", "--version"], stdout=out, stderr=subprocess.PIPE, text=True, timeout=60,
            check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_several_copies_need_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    out = tmp_path / "mot-tep.xlsx"
    assert cli.main(["check", str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx"), "--annotate", str(out)]) == 2
    assert not out.exists()
    assert "mot-tep.xlsx" in capsys.readouterr().err
