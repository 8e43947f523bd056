"""Lists as Excel tables: header, streamed body, totals that follow the filter, a sentence where nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from addin.merge.master.body import Block, Body, BodySheet, in_blocks
from addin.merge.master.book import FIRST_ROW, HEADER_ROW, MasterBook
from addin.merge.master.cell_text import cell_text
from addin.merge.master.values import Linked, Shape, Value
from workbook_templates.book import Format
from workbook_templates.styles import SECTION, Tone
from workbook_templates.text_fit import lines_needed

STYLE = "Table Style Light 1"
_TOTAL_WORD, _TOTAL_WORD_COLUMN = "Cộng", 1
_LETTERS = 1.1
"""A column's width is given in digits of 11 points; the lists are written with 10."""
_LINE_HEIGHT, _PADDING, _HIGHEST = 13.0, 3.0, 409.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. ``width`` in characters; ``header_tone`` and ``tone`` (of the cells) where the colour says
    something. ``hidden``: not for people."""

    header: str
    shape: Shape
    width: float
    header_tone: Tone = SECTION
    tone: Tone | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """What a list sheet shows. ``name`` is the Excel table's, plain ASCII; ``totals`` by header; ``empty`` is said
    where there are no rows; ``row_height`` in points fits the text where it is None. A long list gives its rows in
    ``blocks``, column by column."""

    name: str
    columns: Sequence[Column]
    count: int
    rows: Iterable[Sequence[Value]]
    empty: str
    totals: Mapping[str, int] = field(default_factory=dict)
    row_height: float | None = None
    frozen_columns: int = 0
    header_height: float = 32
    blocks: Iterable[Block] | None = None


class RowHeight:
    """How high rows must be for their wrapped texts, in points: Excel would find out itself, LibreOffice does not."""

    def __init__(self, columns: Sequence[Column]) -> None:
        wrapped = (Shape.TEXT, Shape.CODE, Shape.WORD)
        self._widths = [(i, c.width * _LETTERS - 2) for i, c in enumerate(columns) if c.shape in wrapped]

    def __call__(self, block: Block) -> list[float]:
        """The heights for the cells of these rows."""
        most = [1] * len(block[0])
        for column, width in self._widths:
            known: dict[str, int] = {}
            for place, value in enumerate(block[column]):
                text = value.text if isinstance(value, Linked) else value
                if isinstance(text, str) and (len(text) > width or "\n" in text):
                    lines = known.get(text) or known.setdefault(text, lines_needed(text, width))
                    if lines > most[place]:
                        most[place] = lines
        return [min(_PADDING + lines * _LINE_HEIGHT, _HIGHEST) for lines in most]


def draw(master: MasterBook, sheet: BodySheet, listed: List) -> None:
    """Write the list on the sheet, from ``HEADER_ROW`` on, and set up how it prints. An empty list has no table: one
    row under its header says so."""
    for number, column in enumerate(listed.columns):
        sheet.set_column(number, number, column.width, None, {"hidden": True} if column.hidden else {})
    sheet.set_row(HEADER_ROW, listed.header_height)
    sheet.freeze_panes(FIRST_ROW, listed.frozen_columns)
    master.set_up_page(sheet, header_row=HEADER_ROW)
    # Nothing that reaches beyond the last column may shrink the page.
    last_row = FIRST_ROW + max(listed.count, 1) - 1 + (1 if listed.totals else 0)
    shown = sum(not column.hidden for column in listed.columns)  # hidden ones stand last
    sheet.print_area(0, 0, last_row, shown - 1)
    if listed.count:
        _table(master, sheet, listed)
    else:
        _nothing(master, sheet, listed)


def _header_format(master: MasterBook, column: Column) -> Format:
    return master.head(**column.header_tone.properties())


def _table(master: MasterBook, sheet: BodySheet, listed: List) -> None:
    formats = tuple(
        master.cell(column.shape, **(column.tone.properties() if column.tone else {})) for column in listed.columns
    )
    height = listed.row_height if listed.row_height is not None else RowHeight(listed.columns)
    blocks = listed.blocks if listed.blocks is not None else in_blocks(listed.rows)
    body = Body(FIRST_ROW, listed.count, blocks, formats, master.link(), height)
    last = body.last_row + (1 if listed.totals else 0)
    columns: list[dict[str, Any]] = [
        {
            "header": column.header,
            "header_format": _header_format(master, column),
            **_total(listed, number),
        }
        for number, column in enumerate(listed.columns)
    ]
    options = {
        "name": listed.name,
        "style": STYLE,
        "banded_rows": False,
        "columns": columns,
        "total_row": bool(listed.totals),
    }
    sheet.add_long_table(HEADER_ROW, last, len(columns) - 1, options)
    if listed.totals:
        _totals(master, sheet, listed, last)
    master.body_writer(sheet, body)


def _total(listed: List, number: int) -> dict[str, str]:
    """What the table itself must know of a cell in its totals row: the same as what is written there."""
    if listed.columns[number].header in listed.totals:
        return {"total_function": "sum"}
    return {"total_string": _TOTAL_WORD} if listed.totals and number == _TOTAL_WORD_COLUMN else {}


def _totals(master: MasterBook, sheet: BodySheet, listed: List, row: int) -> None:
    """The table's own totals row: SUBTOTAL leaves out what a filter hides."""
    look: dict[str, Any] = {"bold": True, **SECTION.properties()}
    for number, column in enumerate(listed.columns):
        total = listed.totals.get(column.header)
        if total is not None:
            formula = f"=SUBTOTAL(109,{listed.name}[{column.header}])"
            sheet.write_formula(row, number, formula, master.cell(column.shape, **look), total)
        else:
            label = _TOTAL_WORD if number == _TOTAL_WORD_COLUMN else None
            master.write(sheet, row, number, label, Shape.TEXT, **look)


def _nothing(master: MasterBook, sheet: BodySheet, listed: List) -> None:
    for number, column in enumerate(listed.columns):
        sheet.write_string(HEADER_ROW, number, column.header, _header_format(master, column))
    last = len(listed.columns) - 1
    look = master.cell(Shape.TEXT, italic=True, font_size=11, align="left", indent=1)
    sheet.set_row(FIRST_ROW, 30)
    sheet.merge_range(FIRST_ROW, 0, FIRST_ROW, last, cell_text(listed.empty), look)


def colour_words(
    master: MasterBook, sheet: BodySheet, column: int, count: int, tones: Mapping[str, Tone], *, bold: bool = True
) -> None:
    """Colour the cells of a list's column by the word that they begin with. The word stays the message: the sheet may
    be printed in grey."""
    if not count:
        return
    for word, tone in tones.items():
        rule = {
            "type": "text",
            "criteria": "begins with",
            "value": word,
            "format": master.styles.format(tone, bold=bold),
        }
        sheet.conditional_format(FIRST_ROW, column, FIRST_ROW + count - 1, column, rule)
