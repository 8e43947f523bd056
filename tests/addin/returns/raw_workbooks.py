"""Workbooks written as raw parts, for what no library writes: prefixes, missing references, shared formulas, notes."""

from __future__ import annotations

from tests.addin.intake.workbooks import package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."

STYLES = (
    '<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/><family val="1"/></font>'
    '<font><b/><sz val="13"/><name val=".VnTime"/><family val="2"/><charset val="0"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5999"/><bgColor indexed="64"/></patternFill>'
    '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<extLst><ext uri="{{A}}"><x14:slicerStyles xmlns:x14="urn:x14"/></ext></extLst></styleSheet>'
)


def raw_workbook(
    *sheets: str,
    main: str = MAIN,
    office: str = OFFICE,
    styles: str | None = STYLES,
    in_workbook: str = "",
    more: dict[str, str] | None = None,
    of_first_sheet: str = "",
    of_workbook: str = "",
    types: str = "",
) -> bytes:
    """A workbook of sheets given as the whole XML of their parts (no prefix in the other parts).

    ``in_workbook`` follows its sheets; ``of_first_sheet`` and ``of_workbook`` are relationships; ``more`` are parts.
    """
    numbers = range(1, len(sheets) + 1)
    parts: dict[str, str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}worksheet+xml"/>' for n in numbers
        )
        + (f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}styles+xml"/>' if styles else "")
        + f"{types}</Types>",
        "_rels/.rels": relationships(
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><bookViews><workbookView activeTab="0"/>'
        "</bookViews><sheets>"
        + "".join(f'<sheet name="Trang {n}" sheetId="{n + 10}" r:id="rId{n}"/>' for n in numbers)
        + f"</sheets>{in_workbook}</workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            "".join(
                f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in numbers
            )
            + (f'<Relationship Id="rIdS" Type="{office}/styles" Target="styles.xml"/>' if styles else "")
            + of_workbook
        ),
    }
    if styles:
        parts["xl/styles.xml"] = styles.format(main=main)
    if of_first_sheet:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(of_first_sheet)
    parts |= {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)}
    return package({name: (_HEAD + part).encode() for name, part in (parts | (more or {})).items()})


def relationships(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def sheet_xml(rows: str, *, before: str = "", after: str = "", main: str = MAIN) -> str:
    return f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def prefixed_sheet(rows: str) -> str:
    """A sheet all of whose names carry a prefix, with a comment and CDATA among its rows."""
    return (
        f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><!-- <x:row r='9'> -->{rows}</x:sheetData>"
        "<x:pageMargins left='0.7' right='0.7' top='0.75' bottom='0.75' header='0.3' footer='0.3'/></x:worksheet>"
    )
