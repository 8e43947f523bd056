import io
import tracemalloc
import warnings
import zipfile
import zlib

import pytest

from addin.intake import guard
from addin.intake.guard import open_package
from tests.addin.intake.workbooks import LIST_PART, WORKBOOK_PART, edited, form, package, parts
from validation.errors import Refusal


def refusal(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        open_package(data)
    return caught.value


def with_twins(first: str, second: str) -> bytes:
    buffer = io.BytesIO(form())
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the very thing we are after
        archive.writestr(first, "<x/>")
        archive.writestr(second, "<x/>")
    return buffer.getvalue()


def test_an_ordinary_form_is_inflated_once_and_by_name() -> None:
    opened = open_package(form())
    assert opened.part("xl/Workbook.xml").startswith(b"<?xml")
    assert "xl/sharedstrings.xml" in opened.parts


def test_junk_after_the_archive_is_borne() -> None:
    assert open_package(form() + b"\0" * 300 + b"-- antivirus: clean --").parts


def test_stored_archives_are_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(form()).items():
            archive.writestr(name, part)
    assert open_package(buffer.getvalue()).parts[WORKBOOK_PART]


def test_a_wrong_checksum_is_damage() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(form()).items():
            archive.writestr(name, part)
    data = bytearray(buffer.getvalue())
    at = data.find("Tên sáng kiến".encode())
    data[at] ^= 1
    assert refusal(bytes(data)).code == "damaged"


def test_every_cut_of_a_file_is_refused() -> None:
    data = form()
    for length in range(5, len(data) - 1, 97):
        assert refusal(data[:length]).code == "damaged"


def test_sizes_are_counted_while_inflating(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = package(parts(form()) | {"xl/media/bomb.xml": b" " * (3 * guard.MEGABYTE)})
    assert open_package(bomb)
    monkeypatch.setattr(guard, "MAX_PART", 2 * guard.MEGABYTE)
    assert refusal(bomb).code == "too_big_inside"
    monkeypatch.setattr(guard, "MAX_PART", 4 * guard.MEGABYTE)
    monkeypatch.setattr(guard, "MAX_TOTAL", 3 * guard.MEGABYTE)
    assert refusal(bomb).code == "too_big_inside"


def test_a_size_that_the_archive_only_claims_is_not_believed() -> None:
    data = bytearray(package(parts(form()) | {"xl/media/a.bin": b"a" * 100_000}))
    claim = (100_000).to_bytes(4, "little")
    central = data.rfind(claim)
    data[central : central + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)).code == "damaged"


def test_too_many_entries_are_refused() -> None:
    assert refusal(package(parts(form()) | {f"xl/x{i}": b"" for i in range(3001)})).code == "too_big_inside"


def test_encrypted_entries_are_a_password() -> None:
    data = bytearray(form())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    assert refusal(bytes(data)).code == "password"


@pytest.mark.parametrize("name", ["../../PWNED.txt", "xl/..\\..\\PWNED.txt", "C:\\PWNED.txt"])
def test_names_that_leave_their_folder_are_unsafe(name: str) -> None:
    assert refusal(package(parts(form()) | {name: b"x"})).code == "unsafe_content"


def test_two_parts_of_one_name_are_refused() -> None:
    assert refusal(with_twins("xl/extra.xml", "xl/extra.xml")).facts == {"name": "xl/extra.xml"}
    assert refusal(with_twins("xl/extra.xml", "XL/Extra.xml")).code == "ambiguous_names"


@pytest.mark.parametrize("part", [WORKBOOK_PART, LIST_PART, "xl/sharedStrings.xml", "docProps/core.xml"])
def test_a_document_type_in_any_part_is_unsafe(part: str) -> None:
    content = parts(form())
    content[part] = content[part].replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaa">]>', 1)
    assert refusal(package(content)).code == "unsafe_content"


def test_parts_in_another_encoding_are_unsafe() -> None:
    content = parts(form())
    utf16 = content[WORKBOOK_PART].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(package(content | {WORKBOOK_PART: utf16})).code == "damaged"
    declared = content[WORKBOOK_PART].replace(b"UTF-8", b"IBM037")
    assert refusal(package(content | {WORKBOOK_PART: declared})).code == "unsafe_content"


def test_a_table_of_strings_that_claims_billions_is_refused() -> None:
    strings = parts(form())["xl/sharedStrings.xml"].decode()
    count = strings.split('uniqueCount="')[1].split('"')[0]
    for claim in ("4294967295", "-1"):
        liar = edited(form(), "xl/sharedStrings.xml", f'uniqueCount="{count}"', f'uniqueCount="{claim}"')
        assert refusal(liar).code == "too_big_inside"


def test_a_missing_part_is_damage() -> None:
    with pytest.raises(Refusal) as caught:
        open_package(form()).part("xl/nothing.xml")
    assert caught.value.facts == {"part": "xl/nothing.xml"}


def test_a_part_whose_stream_has_no_end_is_whole_if_its_content_is() -> None:
    content = parts(form())["xl/workbook.xml"]
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = stream.compress(content) + stream.flush(zlib.Z_SYNC_FLUSH)
    assert open_package(with_packed(packed, content)).parts[WORKBOOK_PART] == content
    assert refusal(with_packed(packed[:-20], content)).code == "damaged"


def test_a_claim_of_gigabytes_costs_none() -> None:
    data = bytearray(package(parts(form()) | {"xl/media/a.bin": b"a" * 100_000}))
    claim = (100_000).to_bytes(4, "little")
    central = data.rfind(claim)
    data[central : central + 4] = (0xFFFFFFF0).to_bytes(4, "little")
    tracemalloc.start()
    try:
        assert refusal(bytes(data)).code == "damaged"
        assert tracemalloc.get_traced_memory()[1] < 20 * guard.MEGABYTE
    finally:
        tracemalloc.stop()


def test_a_part_that_was_inflated_before_is_held_to_the_limits_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package(parts(form()) | {"xl/custom.xml": b" " * 100_000})
    assert open_package(data)
    monkeypatch.setattr(guard, "MAX_PART", 90_000)
    assert refusal(data).code == "too_big_inside"


def test_a_part_that_was_inflated_before_is_damaged_by_one_byte() -> None:
    data = form()
    assert open_package(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/styles.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    assert refusal(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]).code == "damaged"


def with_packed(packed: bytes, content: bytes) -> bytes:
    """A form whose workbook part is packed so."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(form()).items():
            archive.writestr(name, packed if name == WORKBOOK_PART else part)
        entry = archive.getinfo(WORKBOOK_PART)
        entry.compress_type, entry.CRC, entry.file_size = zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content)
    return buffer.getvalue()
