import errno
import gc
import io
import zipfile
from pathlib import Path

import pytest

from addin.merge.master import write_master
from addin.merge.master.package import Package
from tests.addin.merge.master_campaign import campaign


def test_parts_follow_one_another_and_hold_what_was_written() -> None:
    stream = io.BytesIO()
    with Package(stream) as package:
        for number in range(5):
            part = package.part(f"phần {number}.xml")
            for _ in range(40_000):
                part.write("ăâ")
            part.write_encoded("mã hoá".encode())
            part.write("<end/>")
    with zipfile.ZipFile(stream) as read:
        assert read.namelist() == [f"phần {number}.xml" for number in range(5)]
        assert {read.read(name).decode() for name in read.namelist()} == {"ăâ" * 40_000 + "mã hoá<end/>"}
        assert read.testzip() is None


class FullDisk(io.BytesIO):
    """Takes so many bytes, and no more."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: object) -> int:
        assert isinstance(data, bytes)
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("room", [0, 10, 1_000, 20_000, 60_000])
def test_a_disk_that_is_full_says_so(room: int) -> None:
    with pytest.raises(OSError, match="No space left"):
        write_master(campaign(units=5), FullDisk(room))
    gc.collect()  # what is left open would complain now


def test_the_file_is_closed_where_what_is_written_fails(tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    package = Package(str(path))
    with pytest.raises(ZeroDivisionError):
        _break_off(package)
    path.unlink()  # Windows would refuse it of a file that is open
    assert list(tmp_path.iterdir()) == []


def _break_off(package: Package) -> None:
    with package:
        package.part("a.xml").write("x" * 1_000_000)
        raise ZeroDivisionError
