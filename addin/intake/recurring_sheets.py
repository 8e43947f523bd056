"""Sheets that are the same in thousands of forms, the hidden facts above all: what is in them is worked out once.

A sheet's texts stand elsewhere, in the table of shared strings. So equal sheets are half of it only: the table must
begin alike too, as far as this sheet points into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from addin.intake.recurring import LARGEST, MostRecent

Found = TypeVar("Found")

_HEAD = re.compile(rb"(?:<\?xml[^>]*+>\s*+)?+<sst [^>]*+(?<!/)>")
_PLAIN_STRINGS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?+>[^<]*+</t></si>)*+')
_END_OF_STRING = b"</si>"
_CELL = re.compile(rb"<c ([^>]*+)>(?:<v>([0-9]{1,6}+)</v>)?+")
_PLAIN_CELL = re.compile(rb'r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+(?: t="([a-zA-Z]++)")?+ ?/?')


class RecurringSheets(Generic[Found]):
    """What was found in sheets, by their bytes and what else it depends on; remembered from the second time on.

    ``weigh`` tells how many bytes a finding takes, roughly; heavy ones are not remembered.
    """

    def __init__(self, weigh: Callable[[Found], int]) -> None:
        self._weigh = weigh
        self._met: MostRecent[Hashable, bool] = MostRecent()
        self._known: MostRecent[Hashable, tuple[bytes, Found]] = MostRecent()

    def find(self, key: Hashable, strings: bytes | None) -> Found | None:
        """What was found in the sheet of that key, if the strings that it uses are the same here."""
        known = self._known.get(key)
        if known is None:
            return None
        used, found = known
        if used and not (strings and (head := _HEAD.match(strings)) and strings.startswith(used, head.end())):
            return None
        return found

    def keep(self, key: Hashable, sheet: bytes, strings: bytes | None, found: Found) -> None:
        """Remember what was found in a canonical sheet; at the first time only that the sheet was met."""
        if not self._met.get(key):
            self._met.put(key, True)
        elif self._known.get(key) is None and self._weigh(found) <= LARGEST:
            used = strings_used(sheet, strings)
            if used is not None and len(used) <= LARGEST:
                self._known.put(key, (used, found))


def strings_used(sheet: bytes, strings: bytes | None) -> bytes | None:
    """The table of strings as far as a canonical sheet points into it; None where it cannot be told so simply."""
    last = -1
    for attributes, value in _CELL.findall(sheet):
        plain = _PLAIN_CELL.fullmatch(attributes)
        if plain is None or (plain[1] == b"s" and not value):
            return None
        if plain[1] == b"s":
            last = max(last, int(value))
    head = _HEAD.match(strings) if strings is not None else None
    if last < 0 or strings is None or head is None:
        return b"" if last < 0 else None
    end = head.end()
    for _ in range(last + 1):
        end = strings.find(_END_OF_STRING, end) + len(_END_OF_STRING)
        if end < len(_END_OF_STRING):
            return None
    used = strings[head.end() : end]
    return used if _PLAIN_STRINGS.fullmatch(used) else None
