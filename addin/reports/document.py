"""The document's look: Nghị định 30/2020/NĐ-CP (Phụ lục I) as union offices keep it. Knows nothing of campaigns.

A4; margins top and bottom 20 mm, left 30 mm, right 20 mm; Times New Roman 14, tables 12; the page's number in the
middle of the upper margin from the second page on.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as Para

from addin.merge.master.cell_text import cell_text
from addin.reports.blocks import Block, Figures, Heading, Paragraph, Picture

FONT = "Times New Roman"
_BODY, _TABLE = Pt(14), Pt(12)
_TEXT_WIDTH = Mm(160)
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


def new_document(title: str, author: str) -> Doc:
    """An empty document with page, font and page numbers set up."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, _BODY
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, author, "Sổ sáng kiến"
    properties.language = "vi-VN"
    _number_pages(section.header.paragraphs[0])
    return document


def _number_pages(place: Para) -> None:
    place.alignment = CENTRE
    run = place.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def write(place: Para, text: str, *, size: Length | None = None, bold: bool = False, italic: bool = False) -> Para:
    """Add text to a paragraph; returns the paragraph."""
    # A figure and its sign of per cent stay on one line.
    run = place.add_run(cell_text(text).replace(" %", "\u00a0%"))
    run.bold, run.italic, run.font.size = bold, italic, size
    return place


def shape(
    place: Para, align: WD_ALIGN_PARAGRAPH, *, before: float = 0, after: float = 0, together: bool = False
) -> Para:
    """Alignment and the space around a paragraph, in points; ``together``: not parted from what follows."""
    layout = place.paragraph_format
    place.alignment, layout.space_before, layout.space_after = align, Pt(before), Pt(after)
    layout.line_spacing, layout.keep_with_next = 1.0, together
    return place


def underline(place: Para, inches: float) -> None:
    """A line below a paragraph, as long as a third to a half of its text, in the middle of its column."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    place._p.get_or_add_pPr().append(borders)
    layout = place.paragraph_format
    layout.left_indent = layout.right_indent = Cm(inches)
    layout.space_before, layout.line_spacing = Pt(3), Pt(6)


def two_columns(document: Doc, left: float, right: float) -> tuple[_Cell, _Cell]:
    """Two columns without borders, widths in centimetres: the head of the document, and its end."""
    table = document.add_table(1, 2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, (left, right))
    _keep_whole(table.rows[0])
    return table.cell(0, 0), table.cell(0, 1)


def next_line(cell: _Cell) -> Para:
    """The next paragraph of a cell: its own first one, while it is empty."""
    first = cell.paragraphs[0]
    place: Para = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    return place


def add_blocks(document: Doc, blocks: list[Block]) -> None:
    """The body, in order."""
    for block in blocks:
        if isinstance(block, Heading):
            write(shape(_indented(document), LEFT, before=8, after=4, together=True), block.text, bold=True)
        elif isinstance(block, Paragraph):
            write(shape(_indented(document), JUSTIFIED, after=3 if block.item else 6), block.text)
        elif isinstance(block, Figures):
            _add_figures(document, block)
        else:
            _add_picture(document, block)


def _indented(document: Doc) -> Para:
    place = document.add_paragraph()
    place.paragraph_format.first_line_indent = Cm(1.27)
    return place


def _add_figures(document: Doc, block: Figures) -> None:
    caption = shape(document.add_paragraph(), CENTRE, before=6, after=3, together=True)
    write(caption, block.caption, size=Pt(13), bold=True)
    table = document.add_table(1 + len(block.lines), len(block.headers))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, block.widths)
    _describe_table(table, block.caption)
    for number, (row, line) in enumerate(zip(table.rows, (block.headers, *block.lines), strict=True)):
        _keep_whole(row)
        strong = number == 0 or (block.summed and number == len(block.lines))
        for column, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            align = CENTRE if number == 0 else LEFT if column < block.texts else RIGHT
            near_the_next = number in (0, len(block.lines) - 1)
            write(shape(cell.paragraphs[0], align, before=2, after=2, together=near_the_next), text, size=_TABLE,
                  bold=strong)  # fmt: skip
    _repeat(table.rows[0])
    shape(document.add_paragraph(), LEFT).paragraph_format.line_spacing = Pt(8)


def _set_widths(table: Table, widths: tuple[float, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _describe_table(table: Table, text: str) -> None:
    part = OxmlElement("w:tblCaption")
    part.set(qn("w:val"), text)
    table._tbl.tblPr.append(part)


def _keep_whole(row: _Row) -> None:
    """No page ends within a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: _Row) -> None:
    """The header stands on every page of the table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_picture(document: Doc, block: Picture) -> None:
    place = shape(document.add_paragraph(), CENTRE, before=6, together=True)
    picture = place.add_run().add_picture(io.BytesIO(block.png), width=_TEXT_WIDTH)
    picture._inline.docPr.set("descr", cell_text(block.description))
    caption = shape(document.add_paragraph(), CENTRE, after=8)
    write(caption, f"Biểu đồ: {block.caption}", size=Pt(13), italic=True)
