"""Defined names as xlwings' Names and Name."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import Block, quoted
from .failures import MissingError
from .missing import names_what_is_missing

if TYPE_CHECKING:
    from .books import Book
    from .range import Range
    from .sheets import Sheet


@names_what_is_missing
class Names(base_classes.Names):
    """The names of a workbook (its sheets' included) or, with a sheet, of that sheet alone."""

    def __init__(self, book: "Book", sheet: "Sheet | None") -> None:
        self._book = book
        self._sheet = sheet
        self._connection = book.app.connection

    @property
    def api(self) -> str:
        """The office's number of the workbook."""
        return self._book.uid

    def _all(self) -> list["Name"]:
        listed = self._connection.ask("names.list", book=self._book.uid)
        wanted = None if self._sheet is None else self._sheet.number
        return [Name(self._book, *item) for item in listed if wanted is None or item[0] == wanted]

    def __call__(self, name_or_index: int | str) -> "Name":
        """The name of that text or place (from 1); MissingError."""
        found = self._all()
        if isinstance(name_or_index, int):
            return found[name_or_index - 1]
        wanted = name_or_index.lower()
        for name in found:
            if name.name.lower() == wanted or (self._sheet is not None and name.bare.lower() == wanted):
                return name
        raise MissingError(f"no name {name_or_index!r}")

    def snapshot(self) -> list[tuple[str, "Name"]]:
        """Every name with its text, read in one request."""
        return [(name.name, name) for name in self._all()]

    def contains(self, name_or_index: int | str) -> bool:
        """Whether there is such a name."""
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(self)
        try:
            self(name_or_index)
        except MissingError:
            return False
        return True

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator["Name"]:
        return iter(self._all())

    def add(self, name: str, refers_to: str) -> "Name":
        """Define a name, in the workbook or in this sheet; an existing one then means this."""
        scope, _, bare = name.rpartition("!")
        sheet = self._book.sheets(scope.strip("'").replace("''", "'")) if scope else self._sheet
        number = None if sheet is None else sheet.number
        self._connection.ask("names.add", book=self._book.uid, name=bare, refers_to=refers_to, sheet=number)
        return Name(self._book, number, None if sheet is None else sheet.name, bare)

    def referred(self, name: str, sheet: "Sheet") -> "Range":
        """The cells that a name stands for, seen from a sheet, whose own names come first; MissingError."""
        for scope in (sheet, None):
            names = Names(self._book, scope)
            if names.contains(name):
                return names(name).refers_to_range
        raise MissingError(f"no cells, and no name: {name!r}")


@names_what_is_missing
class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: "Book", number: int | None, sheet_name: str | None, bare: str) -> None:
        self._book = book
        self._connection = book.app.connection
        self._number = number
        self._sheet_name = sheet_name
        self.bare = bare

    @property
    def api(self) -> str:
        """The name without its sheet."""
        return self.bare

    def _ask(self, verb: str, **arguments: Any) -> Any:
        return self._connection.ask(verb, book=self._book.uid, sheet=self._number, name=self.bare, **arguments)

    @property
    def name(self) -> str:
        """The name; with its sheet where it belongs to one."""
        return self.bare if self._sheet_name is None else f"{quoted(self._sheet_name)}!{self.bare}"

    @name.setter
    def name(self, value: str) -> None:
        bare = value.rpartition("!")[2]
        self._ask("names.rename", to=bare)
        self.bare = bare

    @property
    def refers_to(self) -> str:
        """What it stands for, as a formula."""
        return str(self._ask("names.refers_to"))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._ask("names.set_refers_to", refers_to=value)

    def block_on_wire(self) -> list[int] | None:
        """The block it stands for, or None where it stands for something else."""
        found = self._ask("names.range")
        return None if found is None else list(found)

    @property
    def refers_to_range(self) -> "Range":
        """The cells it stands for; MissingError where it stands for something else."""
        from .range import Range
        from .sheets import Sheet

        at = self.block_on_wire()
        if at is None:
            raise MissingError(f"{self.name} stands for no cells")
        return Range(Sheet(self._book, at[0]), Block(*at[1:]))

    def delete(self) -> None:
        """Delete it."""
        self._ask("names.delete")
