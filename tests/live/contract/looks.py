"""What xlwings documents about looks: colours, fonts, borders, alignment, sizes, number formats, merged cells."""

from pathlib import Path

import xlwings as xw


def colors(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    rng = sheet["A1:B2"]
    assert rng.color is None
    rng.color = (255, 0, 128)
    assert rng.color == (255, 0, 128)
    rng.color = "#efefef"
    assert rng.color == (239, 239, 239)
    sheet["A1"].color = None
    assert sheet["A1"].color is None
    assert rng.color is None, "cells that differ have no common colour"
    rng.set_colors([[(1, 2, 3), None], [..., "#0000ff"]])
    assert [cell.color for cell in rng] == [(1, 2, 3), None, (239, 239, 239), (0, 0, 255)]


def fonts(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    font = sheet["A1:B1"].font
    font.bold = True
    font.italic = True
    font.size = 13
    font.color = (255, 0, 0)
    font.name = "Times New Roman"
    assert (font.bold, font.italic, font.size, font.color, font.name) == (
        True,
        True,
        13,
        (255, 0, 0),
        "Times New Roman",
    )
    font.set(bold=False, italic=False)
    sheet["A1"].font.bold = True
    assert font.bold is None
    assert sheet["B1"].font.bold is False
    assert sheet["B1"].font.italic is False


def borders(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    box = sheet["B2:D4"].borders
    assert box.line_style is None
    box.set("all", line_style="continuous", weight="thin", color=(0, 0, 255))
    assert (box.line_style, box.weight, box.color) == ("continuous", "thin", (0, 0, 255))
    box["edge_bottom"].line_style = "double"
    assert box["edge_bottom"].line_style == "double"
    assert box["edge_bottom"].color == (0, 0, 255)
    box["edge_top"].weight = "medium"
    assert box["edge_top"].weight == "medium"
    box["edge_top"].color = "#ff0000"
    assert box["edge_top"].color == (255, 0, 0)
    assert box.line_style is None, "sides that differ have no common style"
    assert box["inside_vertical"].line_style == "continuous"
    box.clear()
    assert box.line_style is None
    assert box["edge_left"].weight is None
    box.line_style = "dash"
    assert sheet["C3"].borders["edge_left"].line_style == "dash"
    box.weight = "thick"
    box.color = (1, 2, 3)
    assert (box.weight, box.color) == ("thick", (1, 2, 3))


def alignment(app: xw.App, _: Path) -> None:
    rng = app.books.active.sheets[0]["A1:B1"]
    assert rng.horizontal_alignment == "general"
    assert rng.vertical_alignment == "bottom"
    rng.horizontal_alignment = "center"
    rng.vertical_alignment = "top"
    rng.wrap_text = True
    assert (rng.horizontal_alignment, rng.vertical_alignment, rng.wrap_text) == ("center", "top", True)
    rng.wrap_text = False
    assert rng.wrap_text is False
    rng.adjust_indent(1)


def sizes(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1:B1"].column_width = 15
    assert abs(sheet["A1"].column_width - 15) < 0.1
    sheet["A1:A2"].row_height = 30
    assert abs(sheet["A1"].row_height - 30) < 0.1
    assert abs(sheet["A1:A2"].height - 60) < 0.2
    assert abs(sheet["B1"].left - sheet["A1"].width) < 0.1
    assert abs(sheet["A2"].top - 30) < 0.1
    sheet["A1"].column_width = 3
    assert sheet["A1:B1"].column_width is None
    assert sheet["A1:A9"].row_height is None
    sheet["A1"].value = "một dòng chữ dài hơn cột"
    sheet["A1"].columns.autofit()
    assert sheet["A1"].column_width > 15
    sheet["A1"].rows.autofit()
    assert sheet["A1"].row_height < 30
    sheet["A1:B2"].autofit()
    sheet.autofit()
    sheet.autofit("c")


def number_formats(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    cell = sheet["A1"]
    assert cell.number_format == "General"
    for code in ("0.00%", "#,##0", "dd/mm/yyyy", "@", '#,##0 "đồng"', "[h]:mm", "General", "dd/mm/yyyy hh:mm"):
        cell.number_format = code
        assert cell.number_format == code
    cell.number_format = "0.0"
    assert sheet["A1:B1"].number_format is None


def merged_cells(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    rng = sheet["A1:B2"]
    assert rng.merge_cells is False
    rng.merge()
    assert rng.merge_cells is True
    assert sheet["A1"].merge_area.address == "$A$1:$B$2"
    rng.unmerge()
    assert sheet["A1"].merge_area.address == "$A$1"
    rng.merge(across=True)
    assert sheet["A2"].merge_area.address == "$A$2:$B$2"


SCRIPTS = (colors, fonts, borders, alignment, sizes, number_formats, merged_cells)
