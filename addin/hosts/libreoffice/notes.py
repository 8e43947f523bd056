"""Notes on cells as xlwings' Note."""

from typing import TYPE_CHECKING

from xlwings import base_classes

from .failures import MissingError
from .missing import names_what_is_missing

if TYPE_CHECKING:
    from .range import Range


@names_what_is_missing
class Note(base_classes.Note):
    """The note on one cell."""

    def __init__(self, cell: "Range") -> None:
        self._cell = cell

    @property
    def api(self) -> list[int]:
        """The cell on the wire."""
        return self._cell.wire

    def _facts(self) -> dict[str, str]:
        facts = self._cell.connection.ask("notes.get", at=self._cell.wire)
        if facts is None:
            raise MissingError("the note was deleted")
        return dict(facts)

    @property
    def text(self) -> str:
        """What it says."""
        return self._facts()["text"]

    @text.setter
    def text(self, value: str) -> None:
        self._cell.connection.ask("notes.set", at=self._cell.wire, text=value)

    @property
    def author(self) -> str:
        """Who wrote it, as the office's user settings say; often nobody."""
        return self._facts()["author"]

    @property
    def location(self) -> "Range":
        """Its cell."""
        return self._cell

    def delete(self) -> None:
        """Delete it."""
        self._cell.connection.ask("notes.delete", at=self._cell.wire)
