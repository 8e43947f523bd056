"""What stands in the way of a button, said in a sentence before anything starts.

What a button needs is declared in ``addin.ribbon``. Excel's macros ask the same before they start Python; here it is
asked again, for LibreOffice, and because a workbook may have changed in between.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import xlwings

from addin.errors import UsageProblem
from addin.live.host import Host
from addin.ribbon import BookKind, Need, button_of

FORM_NAME = "meta_form"


def front_book(app: xlwings.App, host: Host, button_id: str) -> xlwings.Book | None:
    """The workbook in front, fit for a button; None where none is open and the button needs none.

    Raises UsageProblem: ``protected_view``, ``no_workbook``, ``other_workbook``, ``read_only``, ``never_saved``,
    ``web_address``, ``accents_mac``.
    """
    button = button_of(button_id)
    book = open_book(app)
    if book is None:
        if host.protected_view(app):
            raise UsageProblem("protected_view")
        if BookKind.NONE in button.enabled_when.kinds:
            return None
        raise UsageProblem("no_workbook")
    kinds = button.enabled_when.kinds
    if BookKind.OTHER not in kinds and kind_of(book) not in kinds:
        raise UsageProblem("other_workbook", book=book.name)
    _refuse_place(host, book, button.needs)
    return book


def needed_book(app: xlwings.App, host: Host, button_id: str) -> xlwings.Book:
    """The same for a button that needs a workbook."""
    book = front_book(app, host, button_id)
    if book is None:
        raise UsageProblem("no_workbook")
    return book


def open_book(app: xlwings.App) -> xlwings.Book | None:
    """The workbook in front, or None."""
    if len(app.books) == 0:
        return None
    book: xlwings.Book | None = app.books.active
    return book


def kind_of(book: xlwings.Book) -> BookKind:
    """The form that a workbook is, by its hidden name."""
    forms = {kind.value: kind for kind in BookKind}
    if FORM_NAME not in [name.name for name in book.names]:
        return BookKind.OTHER
    try:
        value = book.names[FORM_NAME].refers_to_range.value
    except Exception:  # it stands for no cell: each program says so by another error
        return BookKind.OTHER
    return forms.get(str(value), BookKind.OTHER)


def refuse_protected(host: Host, book: xlwings.Book, sheets: Iterable[xlwings.Sheet]) -> None:
    """Raise UsageProblem ``protected_sheet`` or ``protected_structure``: marks and repairs could not be written."""
    for sheet in sheets:
        if host.protected(sheet):
            raise UsageProblem("protected_sheet", sheet=sheet.name)
    if host.structure_protected(book):
        raise UsageProblem("protected_structure", book=book.name)


def _refuse_place(host: Host, book: xlwings.Book, needs: Iterable[Need]) -> None:
    if Need.WRITABLE in needs and host.read_only(book):
        raise UsageProblem("read_only", book=book.name)
    location = host.location(book)
    if Need.SAVED in needs and location is None:
        raise UsageProblem("never_saved", book=book.name)
    if Need.LOCAL in needs and location is not None and "://" in location:
        raise UsageProblem("web_address", book=book.name)
    if sys.platform == "darwin" and not book.name.isascii():
        raise UsageProblem("accents_mac")
