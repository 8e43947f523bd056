"""Workbooks as xlwings' Books and Book."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .connection import Connection
from .failures import ClosedError
from .missing import lacking, names_what_is_missing
from .names import Names
from .sheets import Sheets

if TYPE_CHECKING:
    from .app import App

DEFAULT_ENDING = ".xlsx"


@names_what_is_missing
class Books(base_classes.Books):
    """The open workbooks of an office."""

    def __init__(self, app: "App") -> None:
        self.app = app
        self._connection = app.connection

    @property
    def api(self) -> Connection:
        """The connection."""
        return self._connection

    @property
    def active(self) -> "Book":
        """The workbook in front; raises ClosedError where none is open."""
        uid = self._connection.ask("books.active")
        if uid is None:
            raise ClosedError("no workbook is open")
        return Book(self.app, uid)

    def __call__(self, name_or_index: int | str) -> "Book":
        """The open workbook of that name or place (from 1); KeyError."""
        books = list(self)
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(books):
                raise KeyError(name_or_index)
            return books[name_or_index - 1]
        for book in books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._connection.ask("books.list"))

    def __iter__(self) -> Iterator["Book"]:
        for uid in self._connection.ask("books.list"):
            yield Book(self.app, uid)

    def add(self) -> "Book":
        """A new workbook."""
        return Book(self.app, self._connection.ask("books.add"))

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: int | None = None,  # noqa: A002 - xlwings' own name
        password: str | None = None,
        write_res_password: str | None = None,
        ignore_read_only_recommended: bool | None = None,  # noqa: ARG002
        origin: int | None = None,  # noqa: ARG002
        delimiter: str | None = None,
        editable: bool | None = None,  # noqa: ARG002
        notify: bool | None = None,  # noqa: ARG002
        converter: int | None = None,
        add_to_mru: bool | None = None,  # noqa: ARG002
        local: bool | None = None,  # noqa: ARG002
        corrupt_load: int | None = None,  # noqa: ARG002
    ) -> "Book":
        """Open a file. Nothing is asked, its macros do not run. Raises OfficeError where the office cannot read it."""
        for name, value in (("format", format), ("write_res_password", write_res_password), ("converter", converter)):
            if value is not None:
                lacking(f"Books.open({name}=…)")
        uid = self._connection.ask(
            "books.open",
            path=fullname,
            read_only=bool(read_only),
            password=password,
            update_links=bool(update_links),
            delimiter=delimiter,
        )
        return Book(self.app, uid)


@names_what_is_missing
class Book(base_classes.Book):
    """One open workbook."""

    def __init__(self, app: "App", uid: str) -> None:
        self._app = app
        self.uid = uid
        self._connection = app.connection

    @property
    def app(self) -> "App":
        """The office."""
        return self._app

    @property
    def api(self) -> str:
        """The office's number of the workbook, which the bridge's verbs take as `book`."""
        return self.uid

    def _facts(self) -> dict[str, Any]:
        return dict(self._connection.ask("book.facts", book=self.uid))

    @property
    def name(self) -> str:
        """The file's name; before the first saving the office's title, such as Untitled 1."""
        return str(self._facts()["name"])

    @property
    def fullname(self) -> str:
        """The path; before the first saving the name."""
        facts = self._facts()
        return str(facts["path"] or facts["name"])

    @property
    def modified(self) -> bool:
        """Whether it was changed since it was saved. (Not in xlwings: Excel's `api.Saved`.)"""
        return bool(self._facts()["modified"])

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only. (Not in xlwings: Excel's `api.ReadOnly`.)"""
        return bool(self._facts()["read_only"])

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its names: those of the workbook and those of its sheets."""
        return Names(self, None)

    def activate(self) -> None:
        """Bring its window to the front."""
        self._connection.ask("book.activate", book=self.uid)

    def close(self) -> None:
        """Close it without saving and without a question."""
        self._connection.ask("book.close", book=self.uid)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it, over an existing file without a question; the ending chooses the kind of file.

        A workbook that has no file yet is saved into the working folder under its name, as with Excel.
        """
        if path is None and self._facts()["path"] is None:
            path = self.name + DEFAULT_ENDING
        if path is not None and not os.path.splitext(path)[1]:  # noqa: PTH122 - a text from the user, not a Path
            path += DEFAULT_ENDING
        target = None if path is None else os.path.abspath(path)  # noqa: PTH100
        self._connection.ask("book.save", book=self.uid, path=target, password=password)

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print the visible sheets to a PDF file."""
        self._connection.ask("book.export_pdf", book=self.uid, path=path, standard=quality == "standard")

    def undo_step(self, title: str | None) -> None:
        """Begin (with a title) or end (None) what is undone as one step. (Not in xlwings.)"""
        self._connection.ask("book.undo_step", book=self.uid, title=title)

    def undo(self) -> str | None:
        """Undo the last step; its title, or None where there was none. (Not in xlwings.)"""
        title = self._connection.ask("book.undo", book=self.uid)
        return None if title is None else str(title)
