"""The .xlam around the VBA project: XlsxWriter's parts, made an add-in with a ribbon.

Parts are stored uncompressed with one fixed date, so that equal content is equal bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import quoteattr

import xlsxwriter  # type: ignore[import-untyped]

WORKBOOK_NAME, TEXT_SHEET, FUNCTION_SHEET = "ThisWorkbook", "SkTextSheet", "SkFunctionSheet"
"""Code names: in the XML of workbook and sheets, and as document modules in the VBA project."""

RIBBON_PART = "customUI/customUI14.xml"
ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"

_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_RIBBON_KIND = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_IMAGE_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say
_CREATED = datetime(2022, 1, 8)


def addin_package(
    *,
    vba: bytes,
    ribbon: str,
    pictures: Mapping[str, bytes],
    texts: Sequence[Sequence[str]],
    functions: Sequence[Sequence[str]],
    title: str,
    description: str,
    versions: Mapping[str, str],
) -> bytes:
    """The bytes of an .xlam. ``pictures`` are PNGs by the name that the ribbon uses; ``texts`` and ``functions`` become
    the two sheets; title and description are what Excel's list of add-ins shows; ``versions`` are kept as properties
    of the file (docProps/custom.xml), for whoever must tell whether it fits what is installed.
    """
    parts = _workbook_parts(vba, texts, functions, title, description, versions)
    _replace_once(parts, "[Content_Types].xml", _WORKBOOK_TYPE, ADDIN_TYPE)
    _replace_once(
        parts,
        "_rels/.rels",
        "</Relationships>",
        f'<Relationship Id="ribbon" Type="{_RIBBON_KIND}" Target="{RIBBON_PART}"/></Relationships>',
    )
    parts[RIBBON_PART] = ribbon.encode("utf-8")
    if pictures:
        _replace_once(
            parts, "[Content_Types].xml", "<Override ", '<Default Extension="png" ContentType="image/png"/><Override '
        )
        parts["customUI/_rels/customUI14.xml.rels"] = _picture_relationships(sorted(pictures))
        parts |= {f"customUI/images/{name}.png": pictures[name] for name in sorted(pictures)}
    return stored(parts)


def _workbook_parts(
    vba: bytes,
    texts: Sequence[Sequence[str]],
    functions: Sequence[Sequence[str]],
    title: str,
    description: str,
    versions: Mapping[str, str],
) -> dict[str, bytes]:
    """A workbook with macros and two sheets, part by part."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_vba_name(WORKBOOK_NAME)
        for name, code_name, rows in (("Texts", TEXT_SHEET, texts), ("Functions", FUNCTION_SHEET, functions)):
            sheet = book.add_worksheet(name)
            sheet.set_vba_name(code_name)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
        book.add_vba_project(io.BytesIO(vba), is_stream=True)
        book.set_properties({"title": title, "comments": description, "author": title, "created": _CREATED})
        for name, version in versions.items():
            book.set_custom_property(name, version, "text")
    with zipfile.ZipFile(written) as package:
        return {name: package.read(name) for name in package.namelist()}


def _replace_once(parts: dict[str, bytes], part: str, old: str, new: str) -> None:
    """Replace the first ``old`` of a part. Raises ValueError where there is none: XlsxWriter writes otherwise now."""
    text = parts[part].decode("utf-8")
    if old not in text:
        raise ValueError(f"{part} has no {old!r}")
    parts[part] = text.replace(old, new, 1).encode("utf-8")


def _picture_relationships(names: Sequence[str]) -> bytes:
    listed = "".join(
        f'<Relationship Id={quoteattr(name)} Type="{_IMAGE_KIND}" Target="images/{name}.png"/>' for name in names
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{_RELATIONSHIPS}">{listed}</Relationships>'.encode()


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip of parts: uncompressed, one date, one order, so that equal parts are equal bytes."""
    whole = io.BytesIO()
    # The list of types comes first: some readers look for it there.
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as package:
        for name in names:
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.create_system = 0  # else it says on what system it was built
            package.writestr(entry, parts[name])
    return whole.getvalue()
