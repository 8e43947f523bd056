"""What xlwings hands out underneath: `api` and `impl`, which its own classes and host-specific code reach for."""

from pathlib import Path

import pytest
import xlwings as xw


def what_stands_for_excels_own_objects(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    cell = sheet["B2"]
    block = [sheet.api, 1, 1, 1, 1]
    assert app.api.ask("book.facts", book=book.api)["name"] == book.name
    assert app.api.ask("sheet.facts", sheet=sheet.api)["name"] == sheet.name
    assert app.books.api is app.api
    assert book.sheets.api == book.api
    assert sheet.page_setup.api == sheet.api
    cell.add_note("x")
    cell.conditional_formats.add_custom("=TRUE", font_bold=True)
    for thing in (
        cell,
        cell.font,
        cell.borders,
        cell.borders["edge_top"],
        cell.data_validation,
        cell.conditional_formats,
        cell.conditional_formats[0].impl,
        cell.note,
    ):
        assert thing.api == block
    assert 1 in cell.conditional_formats
    assert 2 not in cell.conditional_formats
    assert cell.conditional_formats.impl.parent.wire == block
    assert len(book.names.impl) == 0


def tables_and_borders_underneath(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [["a", "b"], [1, 2]]
    table = sheet.tables.add(sheet["A1:B2"], name="T")
    assert table.api == table.rows.api == table.columns.api == "T"
    assert sheet.tables.api == sheet.api
    assert sheet.tables.impl.parent.number == sheet.api
    assert table.rows.impl.parent.name == table.columns.impl.parent.name == "T"
    assert 1 in table.rows
    assert 2 not in table.rows
    assert "b" in table.columns
    assert "c" not in table.columns
    table.show_totals = False
    with pytest.raises(NotImplementedError, match="show_totals"):
        table.show_totals = True
    borders = sheet["D4:E5"].borders.impl
    borders.line_style = "continuous"
    borders.weight = "medium"
    borders.color = "#010203"
    assert (borders.line_style, borders.weight, borders.color) == ("continuous", "medium", (1, 2, 3))
    borders.clear()
    assert borders.line_style is None


SCRIPTS = (what_stands_for_excels_own_objects, tables_and_borders_underneath)
