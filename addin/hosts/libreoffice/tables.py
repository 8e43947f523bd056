"""Tables as xlwings' Tables, Table, TableRows and TableColumns; the office calls them database ranges."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import Block
from .failures import MissingError
from .missing import lacking, names_what_is_missing

if TYPE_CHECKING:
    from .range import Range
    from .sheets import Sheet


@names_what_is_missing
class Tables(base_classes.Collection, base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet
        self._connection = sheet.book.app.connection

    @property
    def api(self) -> int:
        """The bridge's number of the sheet."""
        return self._sheet.number

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self._sheet

    def _names(self) -> list[str]:
        return list(self._connection.ask("tables.list", sheet=self._sheet.number))

    def __call__(self, key: int | str) -> "Table":
        """The table of that name or place (from 1); MissingError."""
        names = self._names()
        if isinstance(key, int):
            if not 1 <= key <= len(names):
                raise MissingError(f"no table {key}")
            return Table(self._sheet, names[key - 1])
        for name in names:
            if name.lower() == key.lower():
                return Table(self._sheet, name)
        raise MissingError(f"no table {key!r}")

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator["Table"]:
        return (Table(self._sheet, name) for name in self._names())

    def __contains__(self, key: int | str) -> bool:
        try:
            self(key)
        except MissingError:
            return False
        return True

    def add(
        self,
        source_type: str | None = None,
        source: Any = None,
        link_source: bool | None = None,
        has_headers: bool | None = None,
        destination: Any = None,
        table_style_name: str | None = None,  # noqa: ARG002
        name: str | None = None,
    ) -> "Table":
        """Make a table of a range, with filter buttons. The office has no table styles: the look stays as it is."""
        if source_type is not None or link_source is not None or destination is not None:
            lacking("Tables.add(source_type=…, link_source=…, destination=…)")
        made = self._connection.ask("tables.add", at=source.impl.wire, name=name, has_headers=has_headers is not False)
        return Table(self._sheet, made)


@names_what_is_missing
class Table(base_classes.Table):
    """One table."""

    def __init__(self, sheet: "Sheet", name: str) -> None:
        self._sheet = sheet
        self._name = name
        self._connection = sheet.book.app.connection

    def _ask(self, verb: str, **arguments: Any) -> Any:
        return self._connection.ask(verb, book=self._sheet.book.uid, name=self._name, **arguments)

    def _facts(self) -> dict[str, Any]:
        return dict(self._ask("tables.facts"))

    @property
    def api(self) -> str:
        """The table's name in the office."""
        return self._name

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self._sheet

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._ask("tables.rename", to=value)
        self._name = value

    @property
    def display_name(self) -> str:
        """The same as its name."""
        return self._name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def block(self) -> Block:
        """Where it stands."""
        return Block(*self._facts()["at"][1:])

    def _range(self, block: Block) -> "Range":
        from .range import Range

        return Range(self._sheet, block)

    @property
    def range(self) -> "Range":
        """All of it."""
        return self._range(self.block)

    @property
    def header_row_range(self) -> "Range | None":
        """The header row, or None."""
        facts = self._facts()
        b = Block(*facts["at"][1:])
        return self._range(Block(b.top, b.left, b.top, b.right)) if facts["headers"] else None

    @property
    def totals_row_range(self) -> "Range | None":
        """The totals row, or None."""
        facts = self._facts()
        b = Block(*facts["at"][1:])
        return self._range(Block(b.bottom, b.left, b.bottom, b.right)) if facts["totals"] else None

    @property
    def data_body_range(self) -> "Range | None":
        """What stands between header and totals, or None."""
        facts = self._facts()
        b = Block(*facts["at"][1:])
        top, bottom = b.top + facts["headers"], b.bottom - facts["totals"]
        return self._range(Block(top, b.left, bottom, b.right)) if top <= bottom else None

    @property
    def show_autofilter(self) -> bool:
        """Whether the header has filter buttons."""
        return bool(self._facts()["filter"])

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self._ask("tables.set", values={"AutoFilter": bool(value)})

    @property
    def show_headers(self) -> bool:
        """Whether the first row is a header."""
        return bool(self._facts()["headers"])

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self._ask("tables.set", values={"ContainsHeader": bool(value)})

    @property
    def show_totals(self) -> bool:
        """Whether the last row holds totals."""
        return bool(self._facts()["totals"])

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if bool(value) != self.show_totals:
            lacking("Table.show_totals = …")

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' own name
        """Let it stand over other cells."""
        self._ask("tables.resize", at=range.impl.wire)

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort its body by columns, counted from 1."""
        body = self.data_body_range
        if body is not None:
            body.sort(keys, ascending, has_headers=False)

    @property
    def rows(self) -> "TableRows":
        """The rows of its body."""
        return TableRows(self)

    @property
    def columns(self) -> "TableColumns":
        """Its columns."""
        return TableColumns(self)


@names_what_is_missing
class TableRows(base_classes.TableRows):
    """The rows of a table's body."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def parent(self) -> Table:
        """The table."""
        return self._table

    @property
    def api(self) -> str:
        """The table's name in the office."""
        return self._table.name

    @property
    def column_count(self) -> int:
        """Columns of the table."""
        return self._table.block.columns

    def _cells(self) -> "list[Range]":
        body = self._table.data_body_range
        return [] if body is None else body.rows

    def __len__(self) -> int:
        return len(self._cells())

    def __call__(self, key: int) -> "TableRow":
        """The row at a place, from 1."""
        if not 1 <= key <= len(self):
            raise IndexError(key)
        return TableRow(self._table, key)

    def __iter__(self) -> Iterator["TableRow"]:
        return (TableRow(self._table, number) for number in range(1, len(self) + 1))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def add(self, values: list[Any] | None, index: int | None) -> "TableRow":
        """A new row at a place from 1, or at the end."""
        count = len(self)
        number = count + 1 if index is None else index
        facts = self._table._facts()
        b = Block(*facts["at"][1:])
        row = b.top + facts["headers"] + number - 1
        line = self._table._range(Block(row, b.left, row, b.right))
        line.insert("down")
        if number > count:  # a row inserted behind the last one lies outside until the table grows
            grown = self._table._range(Block(b.top, b.left, b.bottom + 1, b.right))
            self._table._ask("tables.resize", at=grown.wire)
        if values is not None:
            line.raw_value = [values]
        return TableRow(self._table, number)


@names_what_is_missing
class TableRow(base_classes.TableRow):
    """One row of a table's body."""

    def __init__(self, table: Table, index: int) -> None:
        self._table = table
        self._index = index

    @property
    def index(self) -> int:
        """Its place in the body, from 1."""
        return self._index

    @property
    def range(self) -> "Range":
        """Its cells."""
        body = self._table.data_body_range
        if body is None or self._index > body.block.rows:
            raise MissingError(f"no row {self._index}")
        return body.rows[self._index - 1]

    def delete(self) -> None:
        """Delete it."""
        self.range.delete("up")


@names_what_is_missing
class TableColumns(base_classes.Collection, base_classes.TableColumns):
    """The columns of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def api(self) -> str:
        """The table's name in the office."""
        return self._table.name

    @property
    def parent(self) -> Table:
        """The table."""
        return self._table

    def __len__(self) -> int:
        return self._table.block.columns

    def __iter__(self) -> Iterator["TableColumn"]:
        return (TableColumn(self._table, number) for number in range(1, len(self) + 1))

    def __call__(self, key: int | str) -> "TableColumn":
        """The column of that header or place (from 1); MissingError."""
        for column in self:
            if key == column.index or (isinstance(key, str) and column.name.lower() == key.lower()):
                return column
        raise MissingError(f"no column {key!r}")

    def __contains__(self, key: object) -> bool:
        return any(key in (column.index, column.name) for column in self)


@names_what_is_missing
class TableColumn(base_classes.TableColumn):
    """One column of a table."""

    def __init__(self, table: Table, index: int) -> None:
        self._table = table
        self._index = index

    @property
    def index(self) -> int:
        """Its place, from 1."""
        return self._index

    @property
    def name(self) -> str:
        """What its header says; `Column1` … without a header."""
        header = self._table.header_row_range
        text = None if header is None else header(1, self._index).raw_value
        return f"Column{self._index}" if text is None else str(text)

    @property
    def range(self) -> "Range":
        """Its cells, header included."""
        return self._table.range.columns[self._index - 1]

    @property
    def data_body_range(self) -> "Range | None":
        """Its cells between header and totals."""
        body = self._table.data_body_range
        return None if body is None else body.columns[self._index - 1]
