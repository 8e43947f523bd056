"""Work that recurs is done once: a form's styles, names, guide and lists are the same bytes in thousands of files.

What is remembered is looked up by the bytes themselves, so it is exact, whichever file they came in first. Only what
went well is remembered, in bounded number and size.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

LARGEST = 256 << 10
"""Bytes of a part that is remembered; larger ones are as a rule nobody else's."""
MOST = 64

_Rest = ParamSpec("_Rest")
_Result = TypeVar("_Result")


def once_for_equal_bytes(
    work: Callable[Concatenate[bytes, _Rest], _Result],
) -> Callable[Concatenate[bytes, _Rest], _Result]:
    """Do ``work`` once for equal arguments, of which none is longer than ``LARGEST``; the first is a part's bytes.

    ``work`` must depend on nothing but its arguments, and nobody may change what it gives.
    """
    remembered = cast("Callable[Concatenate[bytes, _Rest], _Result]", lru_cache(maxsize=MOST)(work))

    @wraps(work)
    def recalled(part: bytes, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Result:
        if any(isinstance(one, Sized) and len(one) > LARGEST for one in (part, *rest)):
            return work(part, *rest, **named)
        return remembered(part, *rest, **named)

    return recalled


class Inflated:
    """Parts that have been inflated and checked, by what a zip's directory says of them; proven by their packed bytes.

    A sum and two sizes find a part, cheaply; equal packed bytes make it the same part.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int, int], tuple[bytes, bytes]] = {}

    def find(self, key: tuple[int, int, int, int], packed: bytes) -> bytes | None:
        """The content that these packed bytes have been inflated to."""
        found = self._known.get(key)
        if found is None or found[0] != packed:
            return None
        self._known[key] = self._known.pop(key, found)  # the last to be forgotten
        return found[1]

    def keep(self, key: tuple[int, int, int, int], packed: bytes, content: bytes) -> None:
        """Remember a part, and forget those that have not been asked for longest."""
        if len(content) > LARGEST:
            return
        self._known[key] = (packed, content)
        if len(self._known) > MOST:
            self._known.pop(next(iter(self._known)), None)
