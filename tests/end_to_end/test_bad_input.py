"""All that may lie in an inbox and is no report: the others are merged, each path is named once, with a reason."""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.end_to_end.command import Answer, sangkien, without_root_rights
from tests.end_to_end.small_campaign import UNITS, Small, report
from validation.fields import Form

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="FIFOs and file rights of Unix")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def with_meta(content: bytes, key: str, value: object) -> bytes:
    """The form with another hidden fact."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, _, cell = book.defined_names[f"meta_{key}"].attr_text.rpartition("!")
    book[sheet.strip("'")][cell.replace("$", "")].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_workbook_part(content: bytes, pattern: str, replacement: str) -> bytes:
    """The package with its workbook part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "xl/workbook.xml":
                data = re.sub(pattern, replacement, data.decode(), flags=re.DOTALL).encode()
            new.writestr(info, data)
    return out.getvalue()


def bad_files() -> Iterator[tuple[str, bytes, str]]:
    """Name in the inbox, content, and the code of the refusal."""
    good = report("A", "SK-9", day=UNREPORTED)
    yield "đơn vị lạ.xlsx", report("KHÔNG-CÓ", "SK-9"), "unknown_unit"
    yield "mẫu cấp trên.xlsx", report("A", form=Form.UPPER), "wrong_form"
    yield "của chính mình.xlsx", report("Q", form=Form.UPPER), "own_unit"
    yield "mẫu thành phố.xlsx", report("TP", form=Form.CITY), "wrong_form"
    yield "ngoài quận.xlsx", report("D", "SK-9"), "unit_not_below"
    yield "của nhóm.xlsx", report("NHÓM", "SK-9"), "unit_is_group"
    yield "thiếu bìa.xlsx", report("A", "SK-9", members=None), "cover_incomplete"
    yield "mẫu mới hơn.xlsx", with_meta(good, "template_version", 99), "template_too_new"
    yield "mẫu cũ hơn.xlsx", with_meta(good, "template_version", 0), "template_unknown_version"
    yield "mẫu lạ.xlsx", with_meta(good, "template_version", "bản nháp"), "template_unknown_version"
    yield "mẫu khác.xlsx", with_meta(good, "form", "payroll"), "not_our_form"
    yield (
        "mất tên cột.xlsx",
        with_workbook_part(good, r'<definedName name="row_title".*?</definedName>', ""),
        "missing_names",
    )
    yield (
        "mất tên bìa.xlsx",
        with_workbook_part(good, r'<definedName name="cover_members".*?</definedName>', ""),
        "missing_names",
    )
    yield "không có tên.xlsx", with_workbook_part(good, r"<definedNames>.*</definedNames>", ""), "not_our_form"
    yield "không có trang.xlsx", with_workbook_part(good, r"<sheets>.*</sheets>", "<sheets></sheets>"), "no_sheets"
    yield "mật khẩu.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"
    yield "đổi tên từ xls.xlsx", OLE + bytes(600) + "Workbook".encode("utf-16-le"), "old_xls"
    yield "đổi tên từ html.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "web_page"
    yield "đổi tên từ csv.xlsx", "Mã;Tên;Số tiền\nSK-1;Hoa;200000\n".encode(), "plain_text"
    yield "bị cắt cụt.xlsx", good[: len(good) // 2], "damaged"
    yield "rỗng.xlsx", b"", "empty_file"
    yield "toàn số không.xlsx", bytes(5000), "hollow"
    yield "~$báo cáo.xlsx", b"\x03Mai".ljust(165), "owner_file"
    yield "Thumbs.db", b"x", "system_file"
    yield "ảnh.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "picture"
    yield "con/ghi chú.txt", "Nhớ gọi lại cho chị Mai".encode(), "plain_text"


UNREPORTED = date(2022, 8, 31)
STRANGE_NAMES = (
    unicodedata.normalize("NFD", "Báo cáo của đơn vị đã ký.xlsx"),
    "hai\ndòng.xlsx",
    "đổi \x1b[31mmàu.xlsx",
    "\u202exslx.cáo báo.xlsx",
    "[bold]đậm[/bold] :smile: 100%.xlsx",
    "tên rất dài " + "ư" * 110 + ".xlsx",
    os.fsdecode(b"b\xe1o c\xe1o TCVN3.xlsx"),
    "'=1+1.xlsx",
)


@dataclass(frozen=True)
class Run:
    folder: Path
    expected: dict[str, str]
    answer: Answer


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A district's inbox with three good reports (one under many strange names) among all that is bad."""
    units = [replace(unit, code="NHÓM", parent="Q") if unit.code == "NHOM" else unit for unit in UNITS]
    units = [replace(unit, parent="NHÓM") if unit.code == "C" else unit for unit in units]
    small = Small(tmp_path_factory.mktemp("bad"), units, own="Q")
    inbox = small.campaign.inbox
    expected = {}
    for name, content, code in bad_files():
        expected[str(small.put(name, content))] = code
    for unit in "AB":
        expected[str(small.put(f"tốt {unit}.xlsx", report(unit, f"SK-{unit}")))] = ""
    for name in STRANGE_NAMES:
        expected[str(small.put(name, report("C", "SK-C", "SK-A")))] = ""
    (inbox / "liên kết.xlsx").symlink_to(inbox / "tốt A.xlsx")
    (inbox / "liên kết hỏng.xlsx").symlink_to(inbox / "không có.xlsx")
    (inbox / "liên kết thư mục").symlink_to(inbox, target_is_directory=True)
    os.mkfifo(inbox / "ống.xlsx")
    (inbox / "thư mục.xlsx").mkdir()
    expected[str(small.put("thư mục.xlsx/bên trong.xlsx", report("B", "SK-B", day=UNREPORTED)))] = ""
    locked = small.put("khoá quyền.xlsx", report("A", "SK-8", day=UNREPORTED))
    locked.chmod(0)
    expected |= {
        str(inbox / "liên kết.xlsx"): "link",
        str(inbox / "liên kết hỏng.xlsx"): "link",
        str(inbox / "liên kết thư mục"): "link",
        str(inbox / "ống.xlsx"): "special_file",
        str(inbox / "thư mục.xlsx"): "folder_named_as_workbook",
        str(locked): "no_permission",
    }
    answer = sangkien("merge", "--campaign", small.folder, "--json", before=without_root_rights())
    return Run(small.folder, expected, answer)


def test_each_path_is_named_exactly_once_with_what_became_of_it(run: Run) -> None:
    named = Counter(one["path"] for one in run.answer.json["files"])
    assert set(named) == set(run.expected)
    assert set(named.values()) == {1}
    found = {one["path"]: one["code"] or "" for one in run.answer.json["files"]}
    assert found == run.expected


def test_the_exit_code_says_that_there_is_something_to_look_at(run: Run) -> None:
    assert run.answer.code == 1
    assert run.answer.err == ""


def test_every_refusal_has_a_vietnamese_sentence_that_asks_for_something(run: Run) -> None:
    for one in run.answer.json["files"]:
        if one["code"]:
            assert one["outcome"] == ("skipped" if one["code"] in SKIPPED else "quarantined"), one
            assert re.search("[ăâđêôơưạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởợụủứừửựỳỵ]", one["reason"]), one
            assert "…" not in one["reason"].replace(" …)", ""), one
            assert one["reason"].endswith(".")
            assert "xin" in one["reason"].lower() or one["outcome"] == "skipped" or one["code"] == "unit_is_group", one
            assert one["rows"] == dict.fromkeys(("seen", "accepted", "rejected", "duplicate", "blank"), 0)


SKIPPED = {"link", "special_file", "owner_file", "system_file", "folder_named_as_workbook"}


def test_the_good_reports_are_merged_all_the_same(run: Run) -> None:
    outcomes = {Path(one["path"]).name: one["outcome"] for one in run.answer.json["files"] if not one["code"]}
    assert Counter(outcomes.values()) == {
        "accepted": 2,
        "replaced": 1,
        "superseded": 1,
        "unchanged": len(STRANGE_NAMES) - 1,
    }
    assert run.answer.json["totals"]["rows"] == 3
    assert sangkien("verify", "--campaign", run.folder).code == 0


def test_every_path_in_the_json_opens_the_file(run: Run) -> None:
    for one in run.answer.json["files"]:
        assert os.path.lexists(one["path"]), one


def test_the_same_is_told_on_a_screen_that_no_name_can_steer(run: Run) -> None:
    answer = sangkien("merge", "--campaign", run.folder, before=without_root_rights())
    text = answer.out.decode("utf-8")
    assert answer.code == 1
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "nạp" not in text
    for word in ("đơn vị lạ.xlsx", "mẫu cũ hơn.xlsx", "mật khẩu.xlsx", "ống.xlsx"):
        assert word in text


def test_the_second_run_says_the_same_of_every_file(run: Run) -> None:
    again = sangkien("merge", "--campaign", run.folder, "--json", before=without_root_rights())
    assert {one["path"]: one["code"] or "" for one in again.json["files"]} == run.expected
    assert again.json["totals"] == run.answer.json["totals"]
    status = sangkien("status", "--campaign", run.folder, "--json").json
    refused = {one["path"] for one in status["refused"]}
    assert len(refused) == sum(code != "" for code in run.expected.values())


def test_reasons_follow_the_language(run: Run) -> None:
    english = sangkien("merge", "--campaign", run.folder, "--json", "--lang", "en", before=without_root_rights()).json
    vietnamese = {one["path"]: one["reason"] for one in run.answer.json["files"]}
    for one in english["files"]:
        if one["reason"]:
            assert one["reason"] != vietnamese[one["path"]]
            assert "Xin " not in one["reason"]


def test_check_says_the_same_of_the_same_files(run: Run) -> None:
    checked: list[dict[str, Any]] = sangkien(
        "check", run.folder / "nhan", "--campaign", run.folder, "--json", before=without_root_rights()
    ).json
    assert {one["file"]: one.get("error", {}).get("code", "") for one in checked} == run.expected
