import re
import sys
import zipfile
from pathlib import Path

import pytest

from addin.errors import ConservationBroken
from addin.merge.master import MasterCounts, UnreadableMaster, read_back, write_master
from addin.merge.master.body import BodyWriter, stream_body, write_body
from addin.merge.master.streamed import counted
from tests.addin.merge.master_campaign import campaign

DETAIL = "xl/worksheets/sheet4.xml"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "tong-hop.xlsx"
    write_master(campaign(units=3, rows_each=8), path)
    return path


def altered(path: Path, part: str, old: str, new: str) -> Path:
    """A copy in which one text of one part is another."""
    target = path.with_name("khac.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            copy.writestr(name, data)
    return target


def test_a_row_below_the_named_body_is_counted_too(master: Path) -> None:
    counted = read_back(master)
    row = '<row r="900"><c r="W900"><v>5</v></c><c r="X900"><v>7</v></c></row>'
    more = read_back(altered(master, DETAIL, "</sheetData>", f"{row}</sheetData>"))
    assert more.accepted_rows == counted.accepted_rows + 1
    assert more.upper_support == counted.upper_support + 5
    assert more.base_support == counted.base_support + 2


def test_one_changed_amount_shows(master: Path) -> None:
    cell, blank = _first_upper_amount(master)
    changed = read_back(altered(master, DETAIL, cell, blank.replace("/>", "><v>777</v></c>")))
    assert changed.upper_support != read_back(master).upper_support


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", 'name="row_total_support"', 'name="khac"'),
        ("xl/workbook.xml", "'Chi tiết'!$E$5", "'Bìa'!$E$5"),
        ("xl/workbook.xml", "</workbook>", ""),
    ],
)
def test_a_damaged_master_proves_nothing(master: Path, part: str, old: str, new: str) -> None:
    with pytest.raises(UnreadableMaster):
        read_back(altered(master, part, old, new))


def test_a_row_without_its_amount_proves_nothing(master: Path) -> None:
    with pytest.raises(UnreadableMaster):
        read_back(altered(master, DETAIL, *_first_upper_amount(master)))


def _first_upper_amount(master: Path) -> tuple[str, str]:
    with zipfile.ZipFile(master) as package:
        (cell, start) = re.findall(r'((<c r="W5" s="\d+")><v>\d+</v></c>)', package.read(DETAIL).decode())[0]
    return cell, f"{start}/>"


@pytest.mark.parametrize("content", [b"", b"khong phai so tinh"])
def test_what_is_no_workbook_is_told_as_such(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(content)
    with pytest.raises(ConservationBroken):
        read_back(path)


def test_a_file_that_is_gone_proves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMaster):
        read_back(tmp_path / "khong-co.xlsx")


def counted_by_both(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[MasterCounts, MasterCounts]:
    """By the bytes of its sheet, and by another library."""
    plain = read_back(path)
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules[read_back.__module__], "counted", lambda *_: None)
        return plain, read_back(path)


@pytest.mark.parametrize("writer", [stream_body, write_body])
@pytest.mark.parametrize("piece", [700, 1 << 20])
def test_counted_in_its_bytes_and_by_another_library_it_is_the_same(
    writer: BodyWriter, piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.merge.master.streamed._PIECE", piece)
    path = tmp_path / "tong-hop.xlsx"
    written = write_master(campaign(units=9, rows_each=30), path, body_writer=writer)
    assert counted_by_both(path, monkeypatch) == (written, written)
    with zipfile.ZipFile(path) as package:
        assert counted(package, DETAIL, 4, "W", "X") == written, "by its bytes, not left to the other"


def test_a_sheet_of_another_shape_is_left_to_the_other(master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell, blank = _first_upper_amount(master)
    for shown in ("<v>1e5</v>", "<f>1+1</f><v>2</v>", "<v>100000.0</v>"):
        path = altered(master, DETAIL, cell, blank.replace("/>", f">{shown}</c>"))
        with zipfile.ZipFile(path) as package:
            assert counted(package, DETAIL, 4, "W", "X") is None
        plain, other = counted_by_both(path, monkeypatch)
        assert plain == other


def test_a_damaged_part_proves_nothing(master: Path) -> None:
    data = bytearray(master.read_bytes())
    with zipfile.ZipFile(master) as package:
        info = package.getinfo(DETAIL)
    data[info.header_offset + 200] ^= 0xFF
    master.write_bytes(data)
    with pytest.raises(UnreadableMaster):
        read_back(master)
