import os
import shutil
import socket
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from addin.intake import arrivals as module
from addin.intake.arrivals import Arrival, Found, Patience, arrivals, display, read_arrival, walk

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
IMPATIENT = Patience(attempts=3, wait=lambda _: None)


def by_name(*sources: Path) -> dict[str, Arrival]:
    return {arrival.path.name: arrival for arrival in arrivals(sources, IMPATIENT)}


def code(arrival: Arrival) -> str | None:
    return arrival.refusal.code if arrival.refusal else None


def settled(path: Path, content: bytes) -> Path:
    """A file that was written long ago."""
    path.write_bytes(content)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


def test_a_file_is_read_once_with_its_hash(tmp_path: Path) -> None:
    settled(tmp_path / "a.xlsx", b"content")
    (arrival,) = arrivals([tmp_path])
    assert arrival.data == b"content"
    assert arrival.sha256 == sha256(b"content").hexdigest()
    assert (arrival.size, arrival.refusal) == (7, None)
    assert arrival.without_data() == Arrival(
        arrival.path, arrival.display, 7, arrival.modified, arrival.sha256, None, None
    )


def test_folders_are_walked_in_one_order_and_each_path_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.xlsx", "b/Ä.xlsx", "a.xlsx", "C.xlsx"):
        settled(tmp_path / name, b"x")
    met = [found.path.relative_to(tmp_path).as_posix() for found in walk([tmp_path, tmp_path / "a.xlsx"])]
    assert met == ["a.xlsx", "b/z.xlsx", "b/Ä.xlsx", "C.xlsx"]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    (arrival,) = arrivals([tmp_path / "nowhere"])
    assert code(arrival) == "not_found"


@posix
def test_links_are_never_followed(tmp_path: Path) -> None:
    settled(tmp_path / "real.xlsx", b"x")
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    (inbox / "link.xlsx").symlink_to(tmp_path / "real.xlsx")
    (inbox / "dangling.xlsx").symlink_to(tmp_path / "nothing")
    (inbox / "loop").symlink_to(inbox)
    met = by_name(inbox)
    assert met.keys() == {"link.xlsx", "dangling.xlsx", "loop"}
    assert {code(arrival) for arrival in met.values()} == {"link"}
    assert code(by_name(inbox / "link.xlsx")["link.xlsx"]) == "link"


@posix
def test_a_link_put_in_a_files_place_after_the_walk_is_not_followed(tmp_path: Path) -> None:
    settled(tmp_path / "secret", b"x")
    path = tmp_path / "a.xlsx"
    path.symlink_to(tmp_path / "secret")
    assert code(read_arrival(Found(path))) == "link"


@posix
def test_special_files_are_skipped_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.xlsx")
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)  # socket paths are short
        listener.bind("s.xlsx")
        met = by_name(tmp_path)
    assert {code(a) for a in met.values()} == {"special_file"}
    assert code(read_arrival(Found(tmp_path / "fifo.xlsx"))) == "special_file"
    assert code(read_arrival(Found(Path("/dev/null")))) == "special_file"


@pytest.fixture(autouse=True)
def _same_folder() -> Iterator[None]:
    before = Path.cwd()
    yield
    os.chdir(before)


def test_a_folder_called_like_a_workbook_is_named_and_walked(tmp_path: Path) -> None:
    folder = tmp_path / "thang-9.XLSX"
    folder.mkdir()
    settled(folder / "a.xlsx", b"x")
    met = by_name(tmp_path)
    assert code(met["thang-9.XLSX"]) == "folder_named_as_workbook"
    assert met["a.xlsx"].data == b"x"


def test_lock_and_system_files_are_skipped_by_name(tmp_path: Path) -> None:
    owners = dict.fromkeys(["~$a.xlsx", ".~lock.a.xlsx#"], "owner_file")
    names = owners | dict.fromkeys([".DS_Store", "Thumbs.db", "desktop.ini", "._a.xlsx"], "system_file")
    for name in names:
        settled(tmp_path / name, b"x")
    (tmp_path / ".hidden").mkdir()
    settled(tmp_path / ".hidden" / "a.xlsx", b"x")
    met = by_name(tmp_path)
    assert {name: code(a) for name, a in met.items()} == names | {".hidden": "system_file"}
    assert all(a.data is None for a in met.values())


def test_an_empty_file_is_refused_with_its_hash(tmp_path: Path) -> None:
    settled(tmp_path / "a.xlsx", b"")
    (arrival,) = arrivals([tmp_path])
    assert code(arrival) == "empty_file"
    assert arrival.sha256 == sha256(b"").hexdigest()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(module.MAX_BYTES + 1)
    (arrival,) = arrivals([tmp_path], IMPATIENT)
    assert arrival.refusal is not None
    assert arrival.refusal.facts == {"megabytes": 51, "limit": 50}


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() != 0, reason="needs root to become somebody else")
def test_what_may_not_be_read_is_named_so_as_somebody_else(tmp_path: Path) -> None:
    inbox = Path(tempfile.mkdtemp())  # tmp_path lies in a folder that is closed to others
    inbox.chmod(0o755)
    try:
        settled(inbox / "a.xlsx", b"x").chmod(0)
        (inbox / "closed").mkdir(mode=0)
        os.seteuid(65534)
        try:
            met = {name: code(arrival) for name, arrival in by_name(inbox).items()}
        finally:
            os.seteuid(0)
        assert met == {"a.xlsx": "no_permission", "closed": "folder_unreadable"}
    finally:
        shutil.rmtree(inbox)


def test_a_file_that_vanishes_after_the_walk_is_named(tmp_path: Path) -> None:
    assert code(read_arrival(Found(tmp_path / "gone.xlsx"))) == "vanished"


def growing(path: Path, times: int) -> Patience:
    """While the reader waits, the writer goes on, ``times`` times."""
    left = [times]

    def write_on(_: float) -> None:
        if left[0]:
            left[0] -= 1
            with path.open("ab") as file:
                file.write(b"more" if left[0] else b"PK\x05\x06" + b"\0" * 18)

    return Patience(attempts=3, wait=write_on)


def test_a_zip_without_its_end_is_waited_for_while_it_is_fresh(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 half")
    (arrival,) = arrivals([tmp_path], growing(path, 2))
    assert arrival.data is not None
    assert arrival.data.endswith(b"PK\x05\x06" + b"\0" * 18)


def test_a_zip_without_its_end_that_is_old_is_taken_as_it_is(tmp_path: Path) -> None:
    waited: list[float] = []
    settled(tmp_path / "a.xlsx", b"PK\x03\x04 half")
    (arrival,) = arrivals([tmp_path], Patience(wait=waited.append))
    assert arrival.data == b"PK\x03\x04 half"
    assert waited == []


def test_a_file_that_changes_under_every_reading_is_still_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 10)
    before = os.fstat

    def writer_is_faster(descriptor: int) -> os.stat_result:
        with path.open("ab") as file:
            file.write(b"x")
        return before(descriptor)

    monkeypatch.setattr(module.os, "fstat", writer_is_faster)
    waited: list[float] = []
    (arrival,) = arrivals([tmp_path], Patience(wait=waited.append))
    assert code(arrival) == "still_being_written"
    assert waited == [2.0, 2.0]


@posix
@pytest.mark.parametrize(
    "name",
    [
        "BÁO CÁO tháng 9 – “Hoà Bình”.xlsx",
        "a\nb.xlsx",
        "=cmd.xlsx",
        "\u202excod.xlsx",
        "-rf.xlsx",
        "'\".xlsx",
        "x" * 250,
        unicodedata.normalize("NFD", "Hòa.xlsx"),
    ],
)
def test_any_name_opens_as_given_and_is_shown_safely(tmp_path: Path, name: str) -> None:
    settled(tmp_path / name, b"x")
    (arrival,) = arrivals([tmp_path])
    assert arrival.path.name == name
    assert arrival.path.read_bytes() == arrival.data
    assert arrival.display.isprintable()
    assert unicodedata.is_normalized("NFC", arrival.display)


@posix
def test_twins_of_one_name_are_two_files(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        settled(tmp_path / unicodedata.normalize(form, "Hòa.xlsx"), form.encode())  # type: ignore[arg-type]
    assert {arrival.data for arrival in arrivals([tmp_path])} == {b"NFC", b"NFD"}


@posix
def test_a_name_that_is_no_text_is_read_and_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xd0\xcf.xlsx"
    with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"x")
    (arrival,) = arrivals([tmp_path])
    assert arrival.data == b"x"
    assert arrival.display.endswith("/\\udcd0\\udccf.xlsx")
    assert display(Path("a\u200bb")) == "a\\u200bb"
