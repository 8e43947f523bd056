"""The VBA project writer against readers that did not write it."""

from __future__ import annotations

import io
import re

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba.vba import decompress

from macros.ovba import Base, Module, class_module, compressed, document_module, standard_module, vba_project

TEXTS = st.one_of(
    st.text(st.sampled_from("ab \r\n"), max_size=9000),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=3000),
    st.builds(
        lambda text, times: text * times, st.text(st.characters(max_codepoint=127), max_size=40), st.integers(1, 400)
    ),
)


@settings(max_examples=150)
@given(TEXTS)
def test_what_is_compressed_can_be_read_by_another(text: str) -> None:
    assert decompress(compressed(text.encode("ascii"))) == text.encode("ascii")


def test_a_full_chunk_that_cannot_be_compressed_is_stored() -> None:
    noise = bytes((number * number * 7919 >> 5) & 255 for number in range(4096))
    assert decompress(compressed(noise)) == noise


@pytest.mark.parametrize(
    ("text", "packed"),
    [
        (b"abcdefghijklmnopqrstuv.", "0119B000616263646566676800696A6B6C6D6E6F70007172737475762E"),
        (b"a" * 73, "0103B002614500"),
    ],
)
def test_examples_of_the_specification_come_out_as_they_stand_there(text: bytes, packed: str) -> None:
    assert compressed(text) == bytes.fromhex(packed)


def test_a_letter_beyond_ascii_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match="SkSay, line 2"):
        standard_module('Attribute VB_Name = "SkSay"\nx = "Kiểm tra"\n')


def test_a_line_that_ends_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="CR LF"):
        Module("M", Base.STANDARD, 'Attribute VB_Name = "M"\n')


def test_a_class_loses_the_head_that_only_files_have() -> None:
    head = "VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  'True\nEND\n"
    attributes = 'Attribute VB_Name = "C"\nAttribute VB_Exposed = False\n'
    module = class_module(f"{head}{attributes}Option Explicit\n")
    assert module.source.split("\r\n") == [
        'Attribute VB_Name = "C"', 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"',
        "Attribute VB_Exposed = False", "Attribute VB_TemplateDerived = False", "Attribute VB_Customizable = False",
        "Option Explicit", "",
    ]  # fmt: skip


def test_the_project_is_unlocked_visible_and_without_compiled_code() -> None:
    modules = [document_module("ThisWorkbook", Base.WORKBOOK), standard_module('Attribute VB_Name = "M"\n')]
    with olefile.OleFileIO(io.BytesIO(vba_project(modules))) as ole:
        project = ole.openstream("PROJECT").read().decode("ascii")
        assert ole.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000000")
        assert {"/".join(path) for path in ole.listdir()} == {
            "PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir", "VBA/M", "VBA/ThisWorkbook",
        }  # fmt: skip
    identity = re.search(r'ID="(.*?)"', project)
    assert identity is not None
    for key, content in (("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")):
        found = re.search(rf'{key}="(\w+)"', project)
        assert found is not None
        assert unscrambled(bytes.fromhex(found[1]), identity[1]) == content


def unscrambled(data: bytes, identity: str) -> bytes:
    """Data decryption as the specification words it (MS-OVBA 2.4.3.3)."""
    seed, version, key = data[0], data[1] ^ data[0], data[2] ^ data[0]
    assert version == 2
    assert key == sum(identity.encode()) & 0xFF
    plain_before, byte_before, byte_before_that = key, data[2], data[1]
    plain = bytearray()
    for byte in data[3:]:
        plain_before = byte ^ ((byte_before_that + plain_before) & 0xFF)
        byte_before_that, byte_before = byte_before, byte
        plain.append(plain_before)
    ignored = (seed & 6) // 2
    length = int.from_bytes(plain[ignored : ignored + 4], "little")
    content = bytes(plain[ignored + 4 :])
    assert len(content) == length
    return content
