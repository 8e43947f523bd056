"""The interface of the Add-In as a type library (.rdb), written byte by byte.

Sources: what LibreOffice's own ``unoidl-write`` makes of the same interface (compared in the tests), and the notes on
the format in LibreOffice's source, ``include/unoidl/unoidl.hxx`` and ``unoidl/source/unoidlprovider.cxx``.

A file is the mark ``UNOIDL\\xFF\\0``, the place and length of the map of the outermost names, and the entries. Numbers
are four bytes, least first. A text is its length and its letters, or, where it was written before, the place of that
with the topmost bit set. A map is a list of (place of a name that ends with a zero byte, place of its entry), sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.oxt.functions.declared import Argument, Function

MODULES = ("vn", "sangkien")
INTERFACE = "XFunctions"

_MARK = b"UNOIDL\xff\x00"
_MODULE, _INTERFACE = 0, 5
_IN = 0
_BEFORE = 0x8000_0000
_BASE = "com.sun.star.uno.XInterface"
_ANSWER = "[][]any"
"""Rows of cells, one cell as well: Python inside the office cannot say of a tuple in an ``any`` which kind it is."""
_OPTIONAL = "any"
"""Only arguments of this type may be left out in a formula. A cell comes as its value, an area as rows of cells."""
_REQUIRED = "[][]any"
"""Always rows of cells."""


def type_library(functions: Iterable[Function], note: bytes = b"") -> bytes:
    """The bytes of the .rdb with one method for each function; ``note`` is what a writer may say of itself."""
    return _Writer(note).library(functions)


class _Writer:
    def __init__(self, note: bytes) -> None:
        self._bytes = bytearray(_MARK + bytes(8) + note)
        self._texts: dict[str, int] = {}

    def library(self, functions: Iterable[Function]) -> bytes:
        entry, name = self._interface(functions), INTERFACE
        for module in reversed(MODULES):
            names = self._map(name, entry)
            entry = len(self._bytes)
            self._bytes.append(_MODULE)
            self._number(1)
            self._bytes += names
            name = module
        outermost = self._map(name, entry)
        self._bytes[len(_MARK) : len(_MARK) + 8] = _four(len(self._bytes)) + _four(1)
        return bytes(self._bytes + outermost)

    def _map(self, name: str, entry: int) -> bytes:
        """A map of one entry; only the name is written."""
        place = len(self._bytes)
        self._bytes += name.encode("ascii") + b"\0"
        return _four(place) + _four(entry)

    def _interface(self, functions: Iterable[Function]) -> int:
        place = len(self._bytes)
        self._bytes.append(_INTERFACE)
        self._number(1)
        self._text(_BASE)
        self._number(0)  # optional bases
        self._number(0)  # attributes
        methods = sorted(functions, key=lambda one: one.method)
        self._number(len(methods))
        for method in methods:
            self._method(method.method, method.arguments)
        return place

    def _method(self, name: str, arguments: Sequence[Argument]) -> None:
        self._text(name)
        self._text(_ANSWER)
        self._number(len(arguments))
        for argument in arguments:
            self._bytes.append(_IN)
            self._text(argument.identifier)
            self._text(_OPTIONAL if argument.optional else _REQUIRED)
        self._number(0)  # exceptions

    def _text(self, text: str) -> None:
        before = self._texts.get(text)
        if before is not None:
            self._number(before | _BEFORE)
            return
        self._texts[text] = len(self._bytes)
        self._number(len(text))
        self._bytes += text.encode("ascii")

    def _number(self, number: int) -> None:
        self._bytes += _four(number)


def _four(number: int) -> bytes:
    return number.to_bytes(4, "little")
