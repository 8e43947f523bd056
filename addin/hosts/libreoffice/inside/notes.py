"""Notes on cells, and links in them."""

from __future__ import annotations

import contextlib
from typing import Any

from .protection import require_content, require_formatting
from .session import At, Session
from .verbs import verb

_SHORT = 60
"""Characters; a longer note gets a wider box."""

_WIDE, _LOW = 8_000, 500
"""Hundredths of a millimetre; it grows as high as its text."""


def position(session: Session, at: At) -> Any:
    """The office's address of the first cell."""
    return session.range(at).getCellByPosition(0, 0).CellAddress


@verb("notes.list")
def listed(session: Session, sheet: int) -> list[list[int]]:
    """Row and column of every note of a sheet."""
    notes = session.sheet(sheet).Annotations
    cells = [notes.getByIndex(index).Position for index in range(notes.Count)]
    return sorted([cell.Row, cell.Column] for cell in cells)


@verb("notes.get")
def get(session: Session, at: At) -> dict[str, str] | None:
    """Text and author of the note of a cell, or null."""
    cell = position(session, at)
    note = session.range(at).getCellByPosition(0, 0).Annotation
    found = note.String
    if not found and [cell.Row, cell.Column] not in listed(session, at[0]):
        return None
    return {"text": found, "author": note.Author}


@verb("notes.set")
def put(session: Session, at: At, text: str) -> None:
    """Write a note, in place of one that is there."""
    require_formatting(session, at)
    remove(session, at)
    session.sheet(at[0]).Annotations.insertNew(position(session, at), text)
    if len(text) > _SHORT:
        _widen(session.range(at).getCellByPosition(0, 0).Annotation)


def _widen(note: Any) -> None:
    """Make room for a long text: the office's own box is 3 cm wide, and so as high as the screen."""
    with contextlib.suppress(Exception):  # how it looks is no reason to lose it
        shape = note.getAnnotationShape()
        size = shape.getSize()
        size.Width, size.Height = _WIDE, _LOW
        shape.setSize(size)


@verb("notes.delete")
def delete(session: Session, at: At) -> None:
    """Delete the note of a cell, where it has one."""
    require_formatting(session, at)
    remove(session, at)


def remove(session: Session, at: At) -> None:
    """Take the note of a cell away, where it has one."""
    cell = position(session, at)
    notes = session.sheet(at[0]).Annotations
    for index in range(notes.Count):
        place = notes.getByIndex(index).Position
        if (place.Row, place.Column) == (cell.Row, cell.Column):
            notes.removeByIndex(index)
            return


@verb("link.get")
def link(session: Session, at: At) -> str | None:
    """The address of the first link in a cell, or null."""
    fields = session.range(at).getCellByPosition(0, 0).TextFields
    if fields is None or not fields.Count:
        return None
    return str(fields.getByIndex(0).URL)


@verb("link.set")
def set_link(session: Session, at: At, address: str, text: str) -> None:
    """Put a link into a cell, in place of its contents."""
    require_content(session, at)
    cell = session.range(at).getCellByPosition(0, 0)
    cell.setString("")
    field = session.book_of(at[0]).createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = address, text
    words = cell.getText()
    words.insertTextContent(words.createTextCursor(), field, False)
