"""The first sheet of a marked copy, "Kết quả kiểm tra": the receipt, how to read the marks, and every finding with a
link to its cell. Printed on A4 across; Times New Roman; severity by sign and word, not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.intake.names import column_letters
from addin.returns.fills import solid
from addin.returns.ooxml import Dialect
from addin.returns.receipts import Receipt, report_line, to_do, unit_line
from addin.returns.remarks import Remark
from addin.returns.sheet_part import escaped_text
from addin.returns.spans import attribute_xml, text_xml
from addin.returns.stylesheet import StyleSheet
from addin.returns.workbook_part import NewName
from validation import messages
from validation.findings import Severity
from workbook_templates.text_fit import LINE_HEIGHT, row_height

SHEET_TITLE = "Kết quả kiểm tra"
RESULT_NAME = "_sangkien_result"
"""The defined name by which the sheet is known again."""

MOST_LISTED = 5_000
"""Remarks listed at most: a spreadsheet program takes 65,530 links a sheet, and a clerk reads fewer."""

# STT, severity, sheet, cell, column, value, advice, proposal; in characters. In our forms' font one is 8 pixels wide:
# together they fit on a screen of 1366, LibreOffice's sidebar beside them.
_WIDTHS = (6, 10, 13, 8, 18, 22, 54, 19)
_LAST = len(_WIDTHS)
_LONGEST_CELL = 2_000
_HIGHEST_ROW = 400.0  # points; a spreadsheet program takes 409
_RUN_FONT = '<sz val="11"/><color rgb="FF000000"/><rFont val="Times New Roman"/><family val="1"/>'
_FIGURES = ("seen", "accepted", "rejected", "duplicate", "blank", "upper_support", "base_support")


@dataclass(frozen=True, slots=True)
class _Styles:
    title: int
    bold: int
    plain: int
    legend: int
    small: int
    label: int
    figure: int
    header: int
    cell: int
    centred: int
    link: int
    error: int
    warning: int


@dataclass(frozen=True, slots=True)
class Rich:
    """A cell of two paragraphs, the first in bold."""

    title: str
    body: str


_Content = str | int | Rich


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """The sheet's XML, and the names that it needs (their ``sheet`` is 0: it stands first)."""

    content: bytes
    names: tuple[NewName, ...]


def build_result_sheet(
    receipt: Receipt,
    remarks: Sequence[Remark],
    title: str,
    dialect: Dialect,
    styles: StyleSheet,
    language: messages.Language = "vi",
) -> ResultSheet:
    """Build the sheet under its title in the workbook; the formats it needs are added to ``styles``."""
    writer = _Writer(dialect, _styles(styles), language)
    writer.head(receipt, remarks)
    table = writer.table(remarks)
    quoted = "'" + title.replace("'", "''") + "'"
    names = [NewName(RESULT_NAME, f"{quoted}!$A$1")]
    if table is not None:
        first, last = table
        names.append(NewName("_xlnm.Print_Titles", f"{quoted}!${first}:${first}", hidden=False, sheet=0))
        if last > first:
            names.append(
                NewName("_xlnm._FilterDatabase", f"{quoted}!$A${first}:${column_letters(_LAST)}${last}", sheet=0)
            )
    return ResultSheet(writer.sheet(table), tuple(names))


def severity_word(severity: Severity, language: messages.Language = "vi") -> str:
    """Sign and word: never colour alone."""
    return messages.text("marked", severity.value, language)


def _styles(styles: StyleSheet) -> _Styles:
    def font(inner: str = "", size: int = 11, colour: str = "FF000000") -> int:
        name = '<name val="Times New Roman"/><family val="1"/>'
        return styles.add("fonts", f'<font>{inner}<sz val="{size}"/><color rgb="{colour}"/>{name}</font>')

    def edge(name: str) -> str:
        return f'<{name} style="thin"><color rgb="FFA6A6A6"/></{name}>'

    line = styles.add(
        "borders", f"<border>{''.join(map(edge, ('left', 'right', 'top', 'bottom')))}<diagonal/></border>"
    )
    no_line = styles.add("borders", "<border><left/><right/><top/><bottom/><diagonal/></border>")
    no_fill = styles.add("fills", '<fill><patternFill patternType="none"/></fill>')
    thousands = 3  # #,##0, built in

    def xf(font_id: int, align: str, *, border: int = line, fill: int = no_fill, number: int = 0) -> int:
        return styles.add(
            "cellXfs",
            f'<xf numFmtId="{number}" fontId="{font_id}" fillId="{fill}" borderId="{border}" xfId="0" '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f"<alignment {align}/></xf>",
        )

    plain, bold = font(), font("<b/>")
    top = 'vertical="top" wrapText="1"'
    pale = styles.add("fills", solid("DDE6F3"))
    centre = f'horizontal="center" {top}'
    middle = 'horizontal="center" vertical="center" wrapText="1"'
    return _Styles(
        title=xf(font("<b/>", 16), 'vertical="center"', border=no_line),
        bold=xf(font("<b/>", 12), 'vertical="center" wrapText="1"', border=no_line),
        plain=xf(plain, top, border=no_line),
        legend=xf(plain, 'horizontal="left" vertical="center" indent="1"', border=no_line),
        small=xf(font("<i/>", 9, "FF595959"), 'vertical="center"', border=no_line),
        label=xf(bold, 'horizontal="left" vertical="center" indent="1"', fill=pale),
        figure=xf(bold, 'horizontal="right" vertical="center" indent="1"', number=thousands),
        header=xf(bold, middle, fill=pale),
        cell=xf(plain, f'horizontal="left" {top} indent="1"'),
        centred=xf(plain, centre),
        link=xf(font("<u/>", colour="FF0563C1"), centre),
        error=xf(font("<b/>", colour="FF9C0006"), centre, fill=styles.add("fills", solid("FBD5D0"))),
        warning=xf(font("<b/>", colour="FF6B4E00"), centre, fill=styles.add("fills", solid("FDEBB0"))),
    )


class _Writer:
    """Writes row after row."""

    def __init__(self, dialect: Dialect, styles: _Styles, language: messages.Language) -> None:
        self._dialect, self._styles, self._language = dialect, styles, language
        self._rows: list[str] = []
        self._number = 0
        self._merges: list[str] = []
        self._links: list[str] = []

    def _word(self, key: str, **facts: object) -> str:
        return messages.text("marked", key, self._language, **facts)

    def head(self, receipt: Receipt, remarks: Sequence[Remark]) -> None:
        """The receipt, and beside its figures how to read the marks."""
        s = self._styles
        self._row([(1, self._word("title"), s.title)], height=28)
        for line, style in (
            (unit_line(receipt, self._language), s.bold),
            (report_line(receipt, self._language), s.plain),
        ):
            if line:
                self._across(line, style, 18)
        self._across(to_do(receipt, self._language), s.bold if receipt.errors or receipt.refusal else s.plain, None)
        self._row([])
        self._figures_and_legend(receipt, bool(remarks))
        for key in ("file", "sha256"):
            value = getattr(receipt, key)
            if value:
                self._row([(1, self._word(key, **{key: value}), s.small)])
        self._row([])

    def _figures_and_legend(self, receipt: Receipt, marked: bool) -> None:
        s = self._styles
        figures: list[tuple[str, int]] = []
        if receipt.counts is not None:
            known = receipt.counts.as_json() | {
                "upper_support": receipt.upper_support, "base_support": receipt.base_support,
            }  # fmt: skip
            figures = [(self._word(key), known[key]) for key in _FIGURES]
        legend = self._legend(receipt) if marked else []
        for index in range(max(len(figures), len(legend))):
            cells: list[tuple[int, _Content, int]] = []
            number = self._number + 1
            if index < len(figures):
                label, figure = figures[index]
                cells += [
                    (1, label, s.label),
                    (2, "", s.label),
                    (3, "", s.label),
                    (4, figure, s.figure),
                    (5, "", s.figure),
                ]
                self._merges += [f"A{number}:C{number}", f"D{number}:E{number}"]
            if index < len(legend):
                sign, style, explanation = legend[index]
                cells += [(6, sign, style)] if sign else []
                cells.append((7, explanation, s.legend))
            self._row(cells, height=18)

    def _legend(self, receipt: Receipt) -> list[tuple[str, int, str]]:
        s = self._styles
        error = "legend_error" if receipt.refusal is None else "legend_refused"
        lines = [(self._word("error"), s.error, self._word(error))]
        if receipt.refusal is None:
            lines.append((self._word("warning"), s.warning, self._word("legend_warning")))
        return [*lines, *(("", s.centred, self._word(key)) for key in ("legend_note", "legend_link"))]

    def table(self, remarks: Sequence[Remark]) -> tuple[int, int] | None:
        """The list of remarks; returns its header's row and its last one, None where there are none."""
        if not remarks:
            self._across(self._word("nothing"), self._styles.plain, 18)
            return None
        s = self._styles
        keys = ("number", "level", "place_sheet", "place_cell", "column", "value", "what", "proposal")
        self._row([(i, self._word(key), s.header) for i, key in enumerate(keys, 1)], height=32)
        first = self._number
        for number, remark in enumerate(remarks[:MOST_LISTED], 1):
            self._remark(number, remark)
        last = self._number
        if len(remarks) > MOST_LISTED:
            self._across(self._word("more", count=len(remarks) - MOST_LISTED), s.plain, 18)
        return first, last

    def _remark(self, number: int, remark: Remark) -> None:
        s = self._styles
        level = s.error if remark.severity is Severity.ERROR else s.warning
        target = _link_target(remark)
        place = remark.cell or self._word("whole_file")
        if remark.row is not None:
            place = self._word("row", row=remark.row)
        texts = (
            remark.sheet or "",
            place,
            remark.column,
            remark.value,
            f"{remark.title}\n{remark.advice}",
            remark.proposal,
        )
        height = row_height(zip(map(_shortened, texts), _WIDTHS[2:], strict=True))
        self._row([
            (1, number, s.centred),
            (2, severity_word(remark.severity, self._language), level),
            (3, texts[0], s.cell),
            (4, place, s.link if target else s.centred),
            (5, remark.column, s.cell),
            (6, remark.value, s.cell),
            (7, Rich(remark.title, remark.advice), s.cell),
            (8, remark.proposal, s.cell),
        ], height=min(height + 3, _HIGHEST_ROW))  # fmt: skip
        if target:
            reference = f"D{self._number}"
            self._links.append(
                f"<hyperlink{attribute_xml('ref', reference)}{attribute_xml('location', target)}"
                f"{attribute_xml('display', place)}/>"
            )

    def sheet(self, table: tuple[int, int] | None) -> bytes:
        """The whole part."""
        columns = "".join(
            f'<col min="{i}" max="{i}" width="{width}.7109375" customWidth="1"/>' for i, width in enumerate(_WIDTHS, 1)
        )
        last = column_letters(_LAST)
        filtered = f'<autoFilter ref="A{table[0]}:{last}{table[1]}"/>' if table and table[1] > table[0] else ""
        merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merges)
        merged = f'<mergeCells count="{len(self._merges)}">{merges}</mergeCells>' if merges else ""
        links = f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""
        footer = text_xml(
            f'&L&"Times New Roman,Regular"&9{SHEET_TITLE}&R&"Times New Roman,Regular"&9{self._word("footer")}'
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{self._dialect.main}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/>'
            f'</sheetPr><dimension ref="A1:{last}{self._number}"/><sheetViews><sheetView showGridLines="0" '
            'tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"<cols>{columns}</cols><sheetData>{''.join(self._rows)}</sheetData>{filtered}{merged}{links}"
            '<pageMargins left="0.5" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter></worksheet>"
        ).encode()

    def _across(self, text: str, style: int, height: float | None) -> None:
        """A line over the whole width; a merged cell does not grow by itself, so its height is worked out."""
        number = self._number + 1
        self._merges.append(f"A{number}:{column_letters(_LAST)}{number}")
        self._row([(1, text, style)], height=height or row_height([(text, sum(_WIDTHS) * 0.85)]) + LINE_HEIGHT / 2)

    def _row(self, cells: Sequence[tuple[int, _Content, int]], height: float | None = None) -> None:
        self._number += 1
        tall = f' ht="{height:g}" customHeight="1"' if height is not None else ""
        written = "".join(self._cell(column, content, style) for column, content, style in cells)
        self._rows.append(f'<row r="{self._number}"{tall}>{written}</row>')

    def _cell(self, column: int, content: _Content, style: int) -> str:
        head = f'<c r="{column_letters(column)}{self._number}" s="{style}"'
        if isinstance(content, int):
            return f"{head}><v>{content}</v></c>"
        if isinstance(content, Rich):
            runs = f"<r><rPr><b/>{_RUN_FONT}</rPr>{_text(content.title)}</r>"
            runs += f"<r><rPr>{_RUN_FONT}</rPr>{_text(chr(10) + content.body)}</r>"
            return f'{head} t="inlineStr"><is>{runs}</is></c>'
        return f'{head} t="inlineStr"><is>{_text(content)}</is></c>' if content else f"{head}/>"


def _text(content: str) -> str:
    return f'<t xml:space="preserve">{text_xml(escaped_text(_shortened(content)))}</t>'


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _link_target(remark: Remark) -> str | None:
    """Where a remark's link leads, as a link inside a workbook says it; None for what concerns the whole file."""
    if remark.sheet is None or remark.cell is None:
        return None
    quoted = "'" + remark.sheet.replace("'", "''") + "'"
    return f"{quoted}!{remark.cell}"
