"""Sums of parts that end alike: always what zlib says, whatever they are compared with."""

import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.intake import checksums
from addin.intake.checksums import Checksums

PARTS = st.tuples(st.binary(max_size=70), st.integers(0, 160), st.integers(0, 255))


@given(st.lists(PARTS, max_size=12))
@settings(max_examples=300)
def test_a_sum_is_that_of_zlib(parts: list[tuple[bytes, int, int]]) -> None:
    common = random.Random(1).randbytes(160)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_STEP": 8, "_LEAST": 24, "_MOST": 200, "_ENDING": 2}.items():
            patch.setattr(checksums, name, value)
        checksums._step_tables.cache_clear()
        sums = Checksums()
        for head, begin, flipped in parts:
            tail = bytearray(common[begin:])
            if flipped < len(tail):
                tail[flipped] ^= 1
            part = head + bytes(tail)
            assert sums.of(part) == zlib.crc32(part)
    checksums._step_tables.cache_clear()


def test_parts_of_real_size_that_share_their_end_are_summed_beside_each_other() -> None:
    common = random.Random(1).randbytes(600_000)
    sums = Checksums()
    for begin in (0, 1, 300_000, 99_999, 0):
        for head in (b"", b"x", b"y" * 200_000):
            part = head + common[begin:]
            assert sums.of(part) == zlib.crc32(part)
    assert len(sums._known) == 1


def test_a_byte_changed_anywhere_in_the_shared_end_is_seen() -> None:
    common = random.Random(1).randbytes(300_000)
    sums = Checksums()
    assert sums.of(common) == zlib.crc32(common)
    for place in (0, 1, 65_535, 65_536, 150_000, 299_934, 299_999):
        changed = common[:place] + bytes([common[place] ^ 0x40]) + common[place + 1 :]
        assert sums.of(changed) == zlib.crc32(changed) != zlib.crc32(common)


def test_what_is_kept_is_bounded() -> None:
    sums = Checksums()
    for number in range(3 * checksums._KEPT):
        sums.of(bytes([number]) * checksums._LEAST)
    sums.of(bytes(checksums._MOST + 1))
    assert len(sums._known) == checksums._KEPT
