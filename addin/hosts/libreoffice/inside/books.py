"""Workbooks: which are open, opening, saving, closing."""

from __future__ import annotations

import contextlib
import os
from typing import Any

import uno  # type: ignore[import-not-found]

from .failures import RequestError
from .questions import CancelEverything
from .session import SPREADSHEET, Session, properties, struct, supports
from .verbs import verb

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
"""The office's writers by file ending."""

CSV_OPTIONS = "44,34,76,1,,0,false,true,false"
"""Comma, double quotes, UTF-8, as shown."""

NEVER_RUN_MACROS = 0
NO_LINK_UPDATES, FULL_LINK_UPDATES = 0, 3


def url_of(path: str) -> str:
    """A path as the office's address."""
    return str(uno.systemPathToFileUrl(os.path.abspath(path)))  # noqa: PTH100


@verb("books.list")
def listed(session: Session) -> list[str]:
    """The numbers of the open workbooks, in the order in which they were opened."""
    return sorted((book.RuntimeUID for book in session.books()), key=lambda uid: (len(uid), uid))


@verb("books.active")
def active(session: Session) -> str | None:
    """The workbook in front, or the last opened; None where none is open."""
    document = session.desktop.CurrentComponent
    if document is not None and supports(document, SPREADSHEET):
        return str(document.RuntimeUID)
    known = listed(session)
    return known[-1] if known else None


@verb("books.add")
def add(session: Session) -> str:
    """A new workbook."""
    document = session.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    return str(document.RuntimeUID)


@verb("books.open")
def open_book(
    session: Session,
    path: str,
    read_only: bool = False,
    password: str | None = None,
    update_links: bool = False,
    delimiter: str | None = None,
) -> str:
    """Open a file without any question being asked and without its macros being run.

    RequestError("refused") where the office cannot read it or the password is wrong.
    """
    options = None
    if delimiter is not None:
        options = f"{ord(delimiter)},34,76,1,,0,false,true,false"
    arguments = properties(
        ReadOnly=read_only,
        Password=password,
        UpdateDocMode=FULL_LINK_UPDATES if update_links else NO_LINK_UPDATES,
        MacroExecutionMode=NEVER_RUN_MACROS,
        FilterName=FILTERS[".csv"] if options else None,
        FilterOptions=options,
        InteractionHandler=CancelEverything(),
    )
    try:
        document = session.desktop.loadComponentFromURL(url_of(path), "_blank", 0, arguments)
    except Exception as error:
        raise RequestError("refused", f"the office cannot open the file: {path}") from error
    if document is None:
        raise RequestError("refused", f"the office cannot open the file: {path}")
    if not supports(document, SPREADSHEET):
        document.close(True)
        raise RequestError("refused", f"not a workbook: {path}")
    return str(document.RuntimeUID)


@verb("book.facts")
def facts(session: Session, book: str) -> dict[str, Any]:
    """Name, path (None before the first saving), whether it was changed since, whether it may be written."""
    document = session.book(book)
    url = document.getURL()
    path = uno.fileUrlToSystemPath(url) if url.startswith("file:") else (url or None)
    name = os.path.basename(path) if path else document.Title  # noqa: PTH119
    return {
        "name": name,
        "path": path,
        "modified": bool(document.isModified()),
        "read_only": bool(document.isReadonly()),
    }


@verb("book.save")
def save(session: Session, book: str, path: str | None = None, password: str | None = None) -> None:
    """Save under its own name or another, without questions; RequestError("refused") where that fails."""
    document = session.book(book)
    if path is None and password is None:
        if not document.hasLocation():
            raise RequestError("value", "the workbook has no file yet")
        try:
            document.storeSelf(properties(InteractionHandler=CancelEverything()))
        except Exception as error:
            raise RequestError("refused", f"the office cannot save the file: {document.getURL()}") from error
        return
    target = path or uno.fileUrlToSystemPath(document.getURL())
    ending = os.path.splitext(target)[1].lower()  # noqa: PTH122
    if ending not in FILTERS:
        raise RequestError("unsupported", "the office does not write %s files" % (ending or "nameless"))
    options = CSV_OPTIONS if ending == ".csv" else None
    arguments = properties(
        FilterName=FILTERS[ending],
        FilterOptions=options,
        Overwrite=True,
        InteractionHandler=CancelEverything(),
        **encryption(ending, password),
    )
    try:
        document.storeAsURL(url_of(target), arguments)
    except Exception as error:
        raise RequestError("refused", f"the office cannot save the file: {target}") from error


def encryption(ending: str, password: str | None) -> dict[str, Any]:
    """The arguments with which a file of that kind is saved under a password."""
    if password is None:
        return {}
    if ending in (".xlsx", ".xlsm", ".xltx"):
        given = {"OOXPassword": password, "CryptoType": "Standard"}
        secret = tuple(struct("beans.NamedValue", *item) for item in given.items())
        return {"EncryptionData": uno.Any("[]com.sun.star.beans.NamedValue", secret)}
    return {"Password": password}


@verb("book.export_pdf")
def export_pdf(session: Session, book: str, path: str, at: list[int] | None = None, standard: bool = True) -> None:
    """Print to a PDF file: the visible sheets, or one block."""
    document = session.book(book)
    data = properties(
        Selection=None if at is None else session.range(at),
        Quality=90 if standard else 60,
        ReduceImageResolution=not standard,
    )
    filter_data = uno.Any("[]com.sun.star.beans.PropertyValue", data)
    arguments = properties(FilterName="calc_pdf_Export", FilterData=filter_data, Overwrite=True)
    document.storeToURL(url_of(path), arguments)


@verb("book.close")
def close(session: Session, book: str) -> None:
    """Close a workbook without saving and without a question."""
    document = session.book(book)
    document.setModified(False)
    session.forget(book)
    document.close(True)
    _wake_front(session)


def _wake_front(session: Session) -> None:
    """Make the workbook in front the one that clicks go to. The one that was closed may have been that, and where the
    desktop's window manager does not pass the focus on, links and the formula bar of the other stay dead."""
    frame = session.desktop.CurrentFrame
    if frame is not None:
        with contextlib.suppress(Exception):  # it is being closed, too
            frame.ComponentWindow.setFocus()


@verb("book.activate")
def activate(session: Session, book: str) -> None:
    """Bring a workbook's window to the front, and have it drawn: a window of the child's may come up above it next."""
    frame = session.book(book).CurrentController.Frame
    window = frame.ContainerWindow
    window.setVisible(True)
    frame.activate()
    window.toFront()
    session.service("com.sun.star.awt.Toolkit").processEventsToIdle()


@verb("book.undo_step")
def undo_step(session: Session, book: str, title: str | None) -> None:
    """Begin (with a title) or end (None) what the person at the screen undoes as one step."""
    document = session.book(book)
    undo = document.getUndoManager()
    name = "undo " + book
    if title is None:
        session.done(name)
        undo.leaveUndoContext()
        return
    undo.enterUndoContext(title)
    session.at_close(name, undo.leaveUndoContext)


@verb("book.undo")
def undo(session: Session, book: str) -> str | None:
    """Undo the last step; its title, or None where there was none."""
    manager = session.book(book).getUndoManager()
    if not manager.isUndoPossible():
        return None
    title = str(manager.getCurrentUndoActionTitle())
    manager.undo()
    return title
