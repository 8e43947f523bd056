"""What one button's run knows of the office: its desktop, the books and sheets handed out, what to give back.

Books are known by the office's own RuntimeUID. A sheet gets a number when it is first handed out and keeps it when it
is renamed or moved, because the office's sheet objects do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import uno  # type: ignore[import-not-found]

from .failures import RequestError

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"

At = Sequence[int]
"""A block of cells on the wire: sheet number, top, left, bottom, right; counted from 0, ends included."""


class Session:
    """Lives from the start of a child to its end; see `close`."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self._books: dict[str, Any] = {}
        self._sheets: list[Any] = []
        self._current: dict[int, Any] = {}
        self._sheet_books: list[str] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._caches: dict[tuple[str, str], Any] = {}
        self.indicator: Any = None
        self._closing: dict[str, Callable[[], None]] = {}

    def service(self, name: str) -> Any:
        """A service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def books(self) -> Iterator[Any]:
        """The open workbooks that have a window, or the place for one."""
        components = self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if supports(document, SPREADSHEET):
                self._books[document.RuntimeUID] = document
                yield document

    def book(self, uid: str) -> Any:
        """The workbook of that number; RequestError("gone") where it was closed."""
        document = self._books.get(uid)
        if document is not None and alive(document):
            return document
        self._books.pop(uid, None)
        for document in self.books():
            if uid == document.RuntimeUID:
                return document
        raise RequestError("gone", "the workbook is no longer open")

    def sheet_number(self, document: Any, sheet: Any) -> int:
        """The number a sheet is handed out under."""
        uid, name = document.RuntimeUID, sheet.Name
        number = self._numbers.get((uid, name))
        if number is not None and self._is(number, name):
            return number
        for number, owner in enumerate(self._sheet_books):  # renamed since, or another took its name
            if owner == uid and self._is(number, name):
                break
        else:
            number = len(self._sheets)
            self._sheets.append(sheet)
            self._sheet_books.append(uid)
        self._numbers[uid, name] = number
        return number

    def _is(self, number: int, name: str) -> bool:
        kept = self._sheets[number]
        return kept is not None and alive(kept) and kept.Name == name

    def sheet(self, number: int) -> Any:
        """The sheet handed out under that number; RequestError("gone") where it was deleted or its workbook closed.

        The object is asked for anew after every request that may move cells: one that is kept follows its name and
        place, but its own area shrinks when cells are deleted.
        """
        if number in self._current:
            return self._current[number]
        kept = self._sheets[number]
        if kept is None or not alive(kept):
            raise RequestError("gone", "the sheet is no longer there")
        fresh = self.book_of(number).Sheets.getByName(kept.Name)
        self._sheets[number] = self._current[number] = fresh
        return fresh

    def sheets_may_have_changed(self) -> None:
        """Called after every request but the harmless ones."""
        self._current.clear()

    def drop_sheet(self, number: int) -> None:
        """A sheet is about to be deleted: its number must never lead to the one that takes its place."""
        self._sheets[number] = None

    def book_of(self, number: int) -> Any:
        """The workbook of a sheet."""
        return self.book(self._sheet_books[number])

    def range(self, at: At) -> Any:
        """The office's cell range for a block."""
        number, top, left, bottom, right = at
        return self.sheet(number).getCellRangeByPosition(left, top, right, bottom)

    def cached(self, document: Any, what: str, make: Callable[[], Any]) -> Any:
        """Something made once per workbook, such as its formula parser."""
        key = (document.RuntimeUID, what)
        if key not in self._caches:
            self._caches[key] = make()
        return self._caches[key]

    def forget(self, uid: str) -> None:
        """Drop what is known of a closed workbook."""
        self._books.pop(uid, None)
        for key in [key for key in self._caches if key[0] == uid]:
            del self._caches[key]

    def at_close(self, name: str, action: Callable[[], None]) -> None:
        """Have something undone when the session ends; the same name replaces, see `done`."""
        self._closing[name] = action

    def done(self, name: str) -> None:
        """What `at_close` promised is no longer needed."""
        self._closing.pop(name, None)

    def close(self) -> None:
        """Give back what a child that died half-way left behind: locked windows, open undo steps, the status bar."""
        for action in reversed(list(self._closing.values())):
            with contextlib.suppress(Exception):
                action()
        self._closing.clear()


def supports(thing: Any, service: str) -> bool:
    """Whether a UNO object is of that kind; False for what cannot be asked."""
    try:
        return bool(thing.supportsService(service))
    except AttributeError:
        return False


def alive(thing: Any) -> bool:
    """Whether a document or sheet still stands. The office keeps the object of a deleted one, empty."""
    try:
        if thing.supportsService(SPREADSHEET):
            return thing.Sheets is not None
        return bool(thing.Name)
    except Exception:
        return False


def struct(name: str, *values: Any, **members: Any) -> Any:
    """A UNO structure by its name below com.sun.star."""
    made = uno.createUnoStruct("com.sun.star." + name, *values)
    for member, value in members.items():
        setattr(made, member, value)
    return made


def enum(kind: str, value: str) -> Any:
    """A UNO enumeration value by its kind below com.sun.star."""
    return uno.Enum("com.sun.star." + kind, value)


def properties(**named: Any) -> tuple[Any, ...]:
    """Named arguments as the office takes them; None leaves one out."""
    return tuple(
        struct("beans.PropertyValue", Name=name, Value=value) for name, value in named.items() if value is not None
    )
