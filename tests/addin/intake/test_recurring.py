"""What recurs is worked out once, and only for what is the same to the last byte."""

import pytest

from addin.intake import recurring
from addin.intake.recurring import Inflated, once_for_equal_bytes
from addin.intake.refusals import refuse
from validation.errors import Refusal


def test_work_is_done_once_for_equal_bytes() -> None:
    done: list[bytes] = []

    @once_for_equal_bytes
    def length(part: bytes, more: int) -> int:
        done.append(part)
        return len(part) + more

    assert [length(bytes([1, 2]), 1), length(bytes([1, 2]), 1), length(bytes([1, 3]), 1)] == [3, 3, 3]
    assert length(bytes([1, 2]), 2) == 4
    assert done == [b"\1\2", b"\1\3", b"\1\2"]


def test_what_is_refused_is_looked_at_again() -> None:
    looked = 0

    @once_for_equal_bytes
    def check(part: bytes) -> None:
        nonlocal looked
        looked += 1
        raise refuse("damaged", part="x")

    for _ in range(2):
        with pytest.raises(Refusal):
            check(b"x")
    assert looked == 2


@pytest.mark.parametrize("large", [(b"x" * (recurring.LARGEST + 1), ""), (b"x", "x" * (recurring.LARGEST + 1))])
def test_nothing_large_is_remembered(large: tuple[bytes, str]) -> None:
    done = 0

    @once_for_equal_bytes
    def work(part: bytes, title: str) -> None:
        nonlocal done
        done += 1

    work(*large)
    work(*large)
    assert done == 2


KEY = (8, 0xCAFE, 2, 5)


def test_equal_sums_and_sizes_do_not_make_another_part_the_same() -> None:
    inflated = Inflated()
    inflated.keep(KEY, b"ab", b"first")
    assert inflated.find(KEY, b"ab") == b"first"
    assert inflated.find(KEY, b"ac") is None
    assert inflated.find((*KEY[:3], 6), b"ab") is None


def test_large_parts_and_those_not_asked_for_are_forgotten() -> None:
    inflated = Inflated()
    inflated.keep(KEY, b"ab", b"x" * (recurring.LARGEST + 1))
    assert inflated.find(KEY, b"ab") is None
    inflated.keep(KEY, b"ab", b"first")
    for number in range(recurring.MOST * 2):
        inflated.keep((0, number, 2, 5), b"ab", b"other")
        assert inflated.find(KEY, b"ab") == b"first"
    assert inflated.find((0, 0, 2, 5), b"ab") is None
