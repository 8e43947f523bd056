"""Lists of units as offices save them."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from addin.campaign.units_csv import read_units
from addin.errors import UsageProblem
from validation.units import Level, Unit

HEADER = "code,name,level,parent,valid_from,valid_to,members,email"
LINES = (
    "TP,LĐLĐ thành phố Hải Phòng,city,TLD,,,,",
    "A,CĐCS Công ty Hoà Bình,grassroots,TP,2021-09-01,30/06/2025,1.200,a@example.vn",
)
EXPECTED = [
    Unit("TP", "LĐLĐ thành phố Hải Phòng", Level.CITY, "TLD"),
    Unit(
        "A", "CĐCS Công ty Hoà Bình", Level.GRASSROOTS, "TP", date(2021, 9, 1), date(2025, 6, 30), 1200, "a@example.vn"
    ),
]
TEXT = "\n".join((HEADER, *LINES)) + "\n"


def cp1258(text: str) -> bytes:
    """As Windows writes Vietnamese in its old page: base letters and marks apart."""
    data = b""
    for character in text:
        try:
            data += character.encode("cp1258")
        except UnicodeEncodeError:
            whole = unicodedata.normalize("NFD", character)
            base = unicodedata.normalize("NFC", "".join(c for c in whole if c not in "\u0300\u0301\u0303\u0309\u0323"))
            data += base.encode("cp1258")
            data += "".join(c for c in whole if c in "\u0300\u0301\u0303\u0309\u0323").encode("cp1258")
    return data


def save(tmp_path: Path, content: bytes | str) -> Path:
    file = tmp_path / "đơn vị.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        cp1258(TEXT),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.upper().replace("CITY", "City").split("\n")[0].encode() + b"\n" + "\n".join(LINES).encode(),
        TEXT.replace("code,", " Code ,").encode(),
        b"sep=,\r\n" + TEXT.encode(),
        b"\xef\xbb\xbfsep=;\r\n" + TEXT.replace(",", ";").encode(),
        (TEXT + "\n,,,,,,,\n").encode(),
        TEXT.replace(HEADER, HEADER + ",ghi chú").replace("a@example.vn", 'a@example.vn,"nhiều\ndòng"').encode(),
    ],
    ids=[
        "UTF-8", "BOM", "UTF-16", "cp1258", "CRLF", "CR", "semicolon", "tab", "capitals", "spaces", "separator told",
        "separator told after a BOM", "blank lines",
        "unknown column",
    ],
)  # fmt: skip
def test_a_list_is_read_as_any_program_saves_it(content: bytes, tmp_path: Path) -> None:
    assert read_units(save(tmp_path, content)) == EXPECTED


def test_only_code_name_and_level_are_needed(tmp_path: Path) -> None:
    (unit,) = read_units(save(tmp_path, "level,name,code\ncity,Thành phố,TP\n"))
    assert unit == Unit("TP", "Thành phố", Level.CITY)


@pytest.mark.parametrize(
    ("content", "code", "facts"),
    [
        ("", "units_columns", {"missing": "code, name, level"}),
        ("mã,tên\nTP,Thành phố\n", "units_columns", {"missing": "code, name, level"}),
        (TEXT.replace("level", "cấp"), "units_columns", {"missing": "level"}),
        (TEXT.replace("city", "tỉnh"), "units_line", {"line": 2, "column": "level", "value": "tỉnh"}),
        (TEXT.replace("2021-09-01", "hôm qua"), "units_line", {"line": 3, "column": "valid_from", "value": "hôm qua"}),
        (TEXT.replace("30/06/2025", "31/06/2025"), "units_line", {"line": 3, "column": "valid_to"}),
        (TEXT.replace("1.200", "nhiều"), "units_line", {"line": 3, "column": "members", "value": "nhiều"}),
        (TEXT.replace("1.200", "-5"), "units_line", {"line": 3, "column": "members", "value": "-5"}),
        (TEXT.replace("A,", ","), "units_line", {"line": 3, "column": "code", "value": ""}),
        (TEXT.replace("LĐLĐ thành phố Hải Phòng", " "), "units_line", {"line": 2, "column": "name", "value": ""}),
        (TEXT + "A,Tên khác,grassroots,TP,,,,\n", "units_twice", {"line": 4, "unit": "A"}),
        (TEXT + "a,Tên khác,grassroots,TP,,,,\n", "units_alike", {"line": 4, "unit": "a", "other": "A"}),
        (TEXT.replace("2021-09-01", "2025-07-01"), "units_period", {"line": 3}),
        (TEXT + f"B,{'x' * 200_000},grassroots,TP,,,,\n", "units_unreadable", {}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(content: str, code: str, facts: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as problem:
        read_units(save(tmp_path, content))
    assert problem.value.error_code == code
    assert {name: problem.value.facts[name] for name in facts} == facts


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"PK\x03\x04" + bytes(200), b"\xff\xfe\x00"])
def test_what_is_no_list_is_said(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        read_units(save(tmp_path, content))
