"""An oracle for edited packages, written apart from the editor: parses both with the standard library and compares.

Parts that must not change are held to their bytes; in those that may, everything but the intended edits is held equal.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable
from xml.etree import ElementTree

from tests.addin.intake.workbooks import parts

Element = ElementTree.Element
Cells = dict[str, tuple[dict[str, str], str, str]]


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def canonical(element: Element) -> str:
    copy = ElementTree.fromstring(ElementTree.tostring(element))
    copy.tail = None
    return ElementTree.canonicalize(ElementTree.tostring(copy, encoding="unicode"))


def children(root: Element, name: str) -> list[Element]:
    return [child for parent in root if local(parent) == name for child in parent]


def cells_of(part: bytes) -> Cells:
    """Address → attributes without address and format, content, format."""
    cells: Cells = {}
    row_number = 0
    for row in children(ElementTree.fromstring(part), "sheetData"):
        row_number = int(row.get("r", row_number + 1))
        column = 0
        for cell in row:
            if local(cell) != "c":
                continue
            address = cell.get("r")
            column = column + 1 if address is None else _number(re.sub(r"\d", "", address))
            attributes = {k: v for k, v in cell.attrib.items() if k not in ("r", "s")}
            content = "".join(canonical(child) for child in cell) + (cell.text or "").strip()
            cells[f"{_letters(column)}{row_number}"] = (attributes, content, cell.get("s", "0"))
    return cells


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def assert_only_marked(before: bytes, after: bytes, marked: dict[str, Collection[str]]) -> None:
    """``marked``: sheet part → addresses that may show otherwise. No content may change anywhere."""
    old, new = parts(before), parts(after)
    assert set(old) <= set(new)
    for name, content in old.items():
        if content == new[name]:
            continue
        if "/worksheets/" in name and name.endswith(".xml"):
            assert_same_sheet(content, new[name], marked.get(name, ()))
        elif "/chartsheets/" in name or "/dialogsheets/" in name:
            assert content.replace(b' tabSelected="1"', b"") == new[name]
        elif name.endswith("styles.xml"):
            assert_only_added_styles(content, new[name])
        elif name.endswith(".rels") or name == "[Content_Types].xml":
            assert _list(content) <= _list(new[name]), name
        elif name.endswith(".vml"):
            assert new[name].endswith(content[content.rfind(b"</xml>") :])
            assert all(shape in new[name] for shape in re.findall(rb"<v:shape .*?</v:shape>", content, re.DOTALL))
        elif "comments" in posixpath.basename(name).lower():
            assert_comments_kept(content, new[name])
        else:
            assert posixpath.basename(name) == "workbook.xml", f"{name} changed"
            assert_only_sheet_inserted(content, new[name])


def _list(part: bytes) -> set[str]:
    return {canonical(child) for child in ElementTree.fromstring(part)}


def assert_same_sheet(old: bytes, new: bytes, marked: Collection[str]) -> None:
    cells, cells_new = cells_of(old), cells_of(new)
    for address, (attributes, content, style) in cells.items():
        attributes_new, content_new, style_new = cells_new[address]
        assert (attributes, content) == (attributes_new, content_new), address
        assert style == style_new or address in marked, f"{address} shows otherwise"
    added = cells_new.keys() - cells.keys()
    assert added <= set(marked)
    assert all(cells_new[address][:2] == ({}, "") for address in added), "new cells are empty"
    ignored = {"sheetData", "dimension", "legacyDrawing", "sheetViews"}
    roots = [ElementTree.fromstring(part) for part in (old, new)]
    others = [[canonical(child) for child in root if local(child) not in ignored] for root in roots]
    assert others[0] == others[1]
    assert _rows(roots[0]).items() <= _rows(roots[1]).items()
    for root in roots:
        for view in children(root, "sheetViews"):
            view.attrib.pop("tabSelected", None)
    assert [canonical(v) for v in children(roots[0], "sheetViews")] == [
        canonical(v) for v in children(roots[1], "sheetViews")
    ]


def _rows(root: Element) -> dict[int, str]:
    rows, number = {}, 0
    for row in children(root, "sheetData"):
        number = int(row.get("r", number + 1))
        rows[number] = str(sorted((k, v) for k, v in row.attrib.items() if k not in ("r", "spans")))
    return rows


def assert_only_added_styles(old: bytes, new: bytes) -> None:
    roots = [ElementTree.fromstring(part) for part in (old, new)]
    for kept in roots[0]:
        there = next(child for child in roots[1] if child.tag == kept.tag)
        before, now = [canonical(c) for c in kept], [canonical(c) for c in there]
        grows = local(kept) in {"numFmts", "fonts", "fills", "borders", "cellXfs"}
        assert now[: len(before)] == before, f"{local(kept)} changed"
        assert grows or len(now) == len(before)
        if grows and "count" in there.attrib and now != before:
            assert there.get("count") == str(len(now))


def assert_comments_kept(old: bytes, new: bytes) -> None:
    roots = [ElementTree.fromstring(part) for part in (old, new)]
    authors = [["".join(a.itertext()) for a in children(root, "authors")] for root in roots]
    assert authors[1][: len(authors[0])] == authors[0]
    said = [{c.get("ref"): "".join(c.itertext()) for c in children(root, "commentList")} for root in roots]
    for address, text in said[0].items():
        assert said[1][address].startswith(text), f"the note on {address} is no longer the clerk's"


def assert_only_sheet_inserted(old: bytes, new: bytes) -> None:
    roots = [ElementTree.fromstring(part) for part in (old, new)]
    sheets = [[canonical(s) for s in children(root, "sheets")] for root in roots]
    assert sheets[1][1:] == sheets[0]
    names = [_names(children(root, "definedNames"), shift) for root, shift in zip(roots, (1, 0), strict=True)]
    ours = {name for name in names[1] if "sangkien" in name or ("'0'" in name and "_xlnm" in name)}
    assert names[1] - ours == names[0]
    ignored = {"sheets", "definedNames", "bookViews"}
    others = [[canonical(child) for child in root if local(child) not in ignored] for root in roots]
    assert others[0] == others[1]


def _names(elements: Iterable[Element], shift: int) -> set[str]:
    shown = set()
    for element in elements:
        attributes = dict(element.attrib)
        if "localSheetId" in attributes:
            attributes["localSheetId"] = str(int(attributes["localSheetId"]) + shift)
        shown.add(f"{sorted(attributes.items())} {element.text}")
    return shown
