"""What else lies in an inbox: files that are no reports, or none that can be taken."""

from __future__ import annotations

import io
import struct
from datetime import date
from random import Random

from addin.demo.campaign import Value
from addin.demo.entries import Entry
from addin.demo.workbooks import form_with
from validation.programme import Programme
from workbook_templates.book import new_book

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM_SECTORS = 8  # 4,096 bytes: shorter streams would live in another table


def strays(programme: Programme, lists: dict[str, list[Entry]]) -> dict[str, tuple[str, bytes]]:
    """File name in the inbox → refusal code and content. ``lists`` holds rows for the two that are real forms."""
    unknown = _cover("HP-Q-HB-099", "CĐCS Công ty TNHH Hải Long", date(2023, 9, 8))
    no_date = _cover("HP-H-AD-006", "CĐCS Trường Mầm non Ánh Dương", None) | {"members": None}
    return {
        "Bao cao sang kien - Cong ty Hai Long.xlsx": (
            "unknown_unit",
            form_with(unknown, lists["unknown"], 20, programme),
        ),
        "BC SK Trường Mầm non Ánh Dương.xlsx": (
            "cover_incomplete",
            form_with(no_date, lists["no_date"], 20, programme),
        ),
        "HP-KKT-010 (có mật khẩu).xlsx": ("password", compound_file("EncryptionInfo", "EncryptedPackage")),
        "HP-N-GD-008.xlsx": ("old_xls", compound_file("Workbook")),
        "ds sang kien phuong Vuon Hoa.xlsx": ("plain_text", _as_csv()),
        "~$HP-H-AD-007.xlsx": ("owner_file", _owner_file("Văn phòng CĐCS")),
        "Báo cáo (bản chép lỗi).xlsx": ("empty_file", b""),
        "Danh sách quà Tết đoàn viên 2023.xlsx": ("not_our_form", _another_workbook()),
    }


def _cover(code: str, name: str, day: date | None) -> dict[str, Value]:
    return {
        "unit_code": code, "unit_name": name, "superior_code": code[:7], "report_date": day, "report_number": 1,
        "members": 36, "workers": 39, "reporter_name": "Nguyễn Thị Hạnh", "reporter_position": "Chủ tịch CĐCS",
    }  # fmt: skip


def _as_csv() -> bytes:
    lines = (
        "STT;Họ và tên;Tên sáng kiến;Ngày công nhận;Số tiền",
        "1;Phạm Thị Hoa;Hộp thư góp ý điện tử của phường;12/04/2022;100.000",
        "2;Lê Văn Sơn;Sổ tay số hoá hộ kinh doanh;20/05/2023;200.000",
    )
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _owner_file(owner: str) -> bytes:
    """What Excel lays beside an open workbook: 165 bytes with the name of who has it."""
    short = owner.encode("ascii", "ignore")[:54]
    wide = owner.encode("utf-16-le")[:108]
    return bytes([len(short)]) + short.ljust(54) + bytes([len(owner), 0]) + wide.ljust(108, b"\x20")


def _another_workbook() -> bytes:
    raw = io.BytesIO()
    book = new_book(raw, title="Quà Tết")
    sheet = book.add_worksheet("Quà Tết")
    rng = Random(0)
    sheet.write_row(0, 0, ("STT", "Họ tên", "Tổ", "Suất quà", "Số tiền"))
    for number, name in enumerate(("Trần Thị Mến", "Vũ Đình Khoa", "Bùi Thị Lụa", "Đỗ Văn Ước"), 1):
        sheet.write_row(number, 0, (number, name, rng.randint(1, 5), 1, 300_000))
    book.close()
    return raw.getvalue()


def compound_file(*streams: str) -> bytes:
    """A small, well-formed OLE container (as of Office 97-2003, or around an encrypted workbook) with these streams."""
    chains = [_END, *_chains(len(streams))]
    fat = [_FAT, *chains]
    directory = b"".join(
        (
            _directory_entry("Root Entry", 5, child=1, first=_END, size=0),
            *(
                _directory_entry(
                    name, 2, first=2 + index * _STREAM_SECTORS, size=_STREAM_SECTORS * _SECTOR,
                    right=index + 2 if index + 1 < len(streams) else _FREE,
                )
                for index, name in enumerate(streams)
            ),
        )
    )  # fmt: skip
    content = b"".join(name.encode().ljust(_STREAM_SECTORS * _SECTOR, b"\x00") for name in streams)
    fat_sector = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    empty = b"\x00" * 64 + struct.pack("<4x3I", _FREE, _FREE, _FREE) + b"\x00" * 48
    directory += empty * (4 - len(directory) // 128)
    return _header() + fat_sector + directory + content


def _chains(streams: int) -> list[int]:
    """The sectors after directory: each stream's run, linked to its end."""
    links = []
    for index in range(streams):
        first = 2 + index * _STREAM_SECTORS
        links += [*range(first + 1, first + _STREAM_SECTORS), _END]
    return links


def _header() -> bytes:
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    versions = struct.pack("<16x5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    tables = struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return (signature + versions + tables + struct.pack("<109I", 0, *[_FREE] * 108)).ljust(_SECTOR, b"\x00")


def _directory_entry(name: str, kind: int, *, first: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    wide = name.encode("utf-16-le") + b"\x00\x00"
    head = wide.ljust(64, b"\x00") + struct.pack("<HBB3I", len(wide), kind, 1, _FREE, right, child)
    return head + b"\x00" * 36 + struct.pack("<IQ", first, size)
