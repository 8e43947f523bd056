"""CRC-32 of large parts that end alike: thousands of forms end with the same half megabyte of prepared rows.

Comparing bytes is several times as fast as summing them. So the ends of a part are summed once, and of the next part
only what stands before the end that it shares. A sum is linear: that of two pieces together is the sum of the first,
moved on by the length of the second, combined with the sum of the second. The result is exact, whatever is compared.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

from addin.intake.recurring import MostRecent

_STEP = 1 << 16
_LEAST, _MOST = 1 << 17, 1 << 20
"""Bytes of a part for which it is worth comparing, and of one that is kept for it."""
_KEPT = 8
_ENDING = 64


@dataclass(frozen=True, slots=True)
class _Ends:
    """A part, and the sums of its last step, its last two steps, and so on (of none at index 0)."""

    part: bytes
    sums: tuple[int, ...]


class Checksums:
    """Sums parts, each beside the last one with the same few bytes at its end."""

    def __init__(self) -> None:
        self._known: MostRecent[bytes, _Ends] = MostRecent(_KEPT)

    def of(self, part: bytes) -> int:
        """The CRC-32 of a part, as ``zlib.crc32`` gives it."""
        if not _LEAST <= len(part) <= _MOST:
            return zlib.crc32(part)
        ending = part[-_ENDING:]
        known = self._known.get(ending)
        steps = _steps_alike(known, part) if known is not None else 0
        if known is None or not steps:
            self._known.put(ending, _ends_of(part))
            return zlib.crc32(part)
        before = zlib.crc32(memoryview(part)[: len(part) - steps * _STEP])
        return _moved_on(before, steps) ^ known.sums[steps]


def _steps_alike(known: _Ends, part: bytes) -> int:
    """How many whole steps at their ends are the same."""
    ours, length = memoryview(known.part), len(known.part)
    low, high = 0, min(len(part), length) // _STEP
    while low < high:
        middle = (low + high + 1) // 2
        unproved = ours[length - middle * _STEP : length - low * _STEP]
        if part.startswith(unproved, len(part) - middle * _STEP):
            low = middle
        else:
            high = middle - 1
    return low


def _ends_of(part: bytes) -> _Ends:
    sums, view = [0], memoryview(part)
    for end in range(len(part), _STEP - 1, -_STEP):
        sums.append(_moved_on(zlib.crc32(view[end - _STEP : end]), len(sums) - 1) ^ sums[-1])
    return _Ends(part, tuple(sums))


def _moved_on(crc: int, steps: int) -> int:
    """What a sum contributes to that of a longer piece, with so many steps following."""
    first, second, third, fourth = _step_tables()
    for _ in range(steps):
        crc = first[crc & 255] ^ second[crc >> 8 & 255] ^ third[crc >> 16 & 255] ^ fourth[crc >> 24]
    return crc


@cache
def _step_tables() -> tuple[tuple[int, ...], ...]:
    """What each value of a sum's four bytes, the lowest first, becomes by a step."""
    zeros = bytes(_STEP)
    of_bit = [zlib.crc32(zeros, 1 << bit) ^ zlib.crc32(zeros) for bit in range(32)]
    tables = []
    for byte in range(4):
        table = [0]
        for moved in of_bit[8 * byte : 8 * byte + 8]:
            table += [moved ^ other for other in table]
        tables.append(tuple(table))
    return tuple(tables)
