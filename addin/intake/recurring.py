"""Work that recurs is done once: a form's styles, names, guide and lists are the same bytes in thousands of files.

What is remembered is looked up by the bytes themselves, so it is exact, whichever file they came in first. Only what
went well is remembered, in bounded number and size.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from functools import lru_cache, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar, cast

LARGEST = 64 << 10
"""Bytes of a part that is remembered; larger ones are as a rule nobody else's."""
MOST = 64

_Key = TypeVar("_Key", bound=Hashable)
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
        if len(part) > LARGEST:
            return work(part, *rest, **named)
        for one in rest:
            if isinstance(one, Sized) and len(one) > LARGEST:
                return work(part, *rest, **named)
        return remembered(part, *rest, **named)

    return recalled


class MostRecent(Generic[_Key, _Result]):
    """A table of the entries that were asked for last, at most so many."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._entries: OrderedDict[_Key, _Result] = OrderedDict()

    def get(self, key: _Key) -> _Result | None:
        """The entry of that key, which is asked for hereby."""
        found = self._entries.pop(key, None)
        if found is not None:
            self._entries[key] = found
        return found

    def put(self, key: _Key, value: _Result) -> None:
        """Add or exchange an entry, and forget the one that was not asked for longest."""
        self._entries.pop(key, None)
        self._entries[key] = value
        if len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()


class Inflated:
    """Parts that have been inflated and checked, by what a zip's directory says of them; proven by their packed bytes.

    A name, a sum and two sizes find a part, cheaply; equal packed bytes make it the same part.
    """

    def __init__(self) -> None:
        self._known: MostRecent[Hashable, tuple[bytes, bytes]] = MostRecent()

    def find(self, key: Hashable, packed: bytes) -> bytes | None:
        """The content that these packed bytes have been inflated to."""
        found = self._known.get(key)
        return found[1] if found is not None and found[0] == packed else None

    def keep(self, key: Hashable, packed: bytes, content: bytes) -> None:
        """Remember a part."""
        if len(content) <= LARGEST:
            self._known.put(key, (packed, content))
