"""Notes on cells: the comments part, and the drawing in VML by which programs of every age show them.

A note of ours is known by its author and by the line it ends with (LibreOffice forgets authors). Where the clerk has a
note on the cell already, ours is put behind its text; where a conversation (threaded comment) is, the cell gets none,
since its note only stands in for the conversation.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from addin.intake.names import column_letters
from addin.intake.sheet_facts import Place
from addin.returns.ooxml import COMMENTS_TYPE, VML_TYPE, Dialect
from addin.returns.package import EditablePackage, new_part
from addin.returns.sheet_part import SheetPart, escaped_text, parse_address
from addin.returns.spans import Element, Splices, parse, prefix_of, text_xml

AUTHOR = "Sổ sáng kiến"
SEPARATOR = "――― Sổ sáng kiến ―――"
"""The line between the clerk's own note and ours."""
SIGNATURE = "― Sổ sáng kiến ―"
"""The line with which our notes end; what a clerk writes behind it is the clerk's."""

_SHAPES_PER_BLOCK = 1_024
_SHAPE = re.compile(rb"<v:shape[\s>].*?</v:shape>\s*", re.DOTALL)
_SHAPE_NUMBER = re.compile(rb'"_x0000_s([0-9]{1,9})"')
_BLOCKS = re.compile(rb'<o:idmap\b[^>]*?\bdata="([^"]*)"')
_DECLARED = (b"xmlns:v=", b"xmlns:o=", b"xmlns:x=")
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_START = re.compile("^<v:shape(?:type)?(?= )")
_FONT = '<sz val="10"/><rFont val="Times New Roman"/><family val="1"/>'
_BOX_WIDTH, _LINE_HEIGHT = 300, 17  # pixels; a line holds about 46 characters
_CHARACTERS_PER_LINE = 46
_LONGEST = 8_000
_MOST_STEPS = 300


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a note."""

    text: str
    bold: bool = False


Note = tuple[Paragraph, ...]


def add_notes(
    package: EditablePackage, dialect: Dialect, sheet_name: str, sheet: SheetPart, notes: Mapping[Place, Note]
) -> None:
    """Put notes on cells of a sheet, which is not yet written; it may have to refer to a new drawing."""
    conversations = _conversations(package, sheet_name)
    notes = {
        place: (*note, Paragraph(SIGNATURE))
        for place, note in sorted(notes.items())
        if note and place not in conversations
    }
    if not notes:
        return
    comments = package.target(sheet_name, "comments")
    if comments is None or comments not in package:
        comments = package.free_name("xl/comments{}.xml")
        package.write(comments, new_part(f'<comments xmlns="{dialect.main}"><authors/><commentList/></comments>'))
        package.declare_part(comments, COMMENTS_TYPE)
        package.relate(sheet_name, dialect.relationship("comments"), comments)
    new = _write_comments(package, comments, notes)
    if new:
        _write_shapes(package, dialect, sheet_name, sheet, {place: notes[place] for place in new})


def remove_notes(package: EditablePackage, sheet_name: str) -> set[Place]:
    """Take our notes off a sheet; returns the places of those whose cell has none any more.

    Comments and drawing parts stay, be they empty; see ``drop_if_empty``.
    """
    comments = package.target(sheet_name, "comments")
    if comments is None or comments not in package:
        return set()
    gone = _strip_comments(package, comments)
    drawing = package.target(sheet_name, "vmlDrawing")
    if gone and drawing is not None and drawing in package:
        _strip_shapes(package, drawing, gone)
    return gone


def has_own_notes(package: EditablePackage, sheet_name: str) -> bool:
    """Whether a note of ours is on a sheet."""
    comments = package.target(sheet_name, "comments")
    return comments is not None and comments in package and AUTHOR.encode() in package.read(comments)


def drop_if_empty(package: EditablePackage, sheet_name: str) -> bool:
    """Take out a comments part without comments and a drawing without shapes; returns whether the sheet must no
    longer refer to its drawing."""
    dropped = False
    for relationship in package.relationships(sheet_name):
        if relationship.external or relationship.target not in package:
            continue
        if relationship.kind == "comments":
            root = parse(relationship.target, package.read(relationship.target))
            holder = root.child("commentList")
            empty = holder is None or not holder.children
        elif relationship.kind == "vmlDrawing":
            content = package.read(relationship.target)
            empty = b"<v:shape " not in content and b"<v:group" not in content
            dropped = dropped or empty
        else:
            continue
        if empty:
            package.unrelate(sheet_name, relationship.id)
            package.drop_part(relationship.target)
    return dropped


# -- comments ----------------------------------------------------------------------------------------------------------


def _conversations(package: EditablePackage, sheet_name: str) -> set[Place]:
    """The places with a threaded comment."""
    found: set[Place] = set()
    for relationship in package.relationships(sheet_name):
        if relationship.kind == "threadedComment" and relationship.target in package:
            root = parse(relationship.target, package.read(relationship.target))
            found.update(p for c in root.children if (p := parse_address(c.attributes.get("ref", ""))))
    return found


def _write_comments(package: EditablePackage, comments: str, notes: Mapping[Place, Note]) -> list[Place]:
    """Returns the places that had no note before."""
    content = package.read(comments)
    root = parse(comments, content)
    splices = Splices(content)
    prefix = prefix_of(content, root.start)
    there = {parse_address(c.attributes.get("ref", "")): c for c in _comments(root)}
    author = _author(root, content, splices, prefix)
    written: list[str] = []
    new: list[Place] = []
    for place, note in notes.items():
        element = there.get(place)
        text = element.child("text") if element is not None else None
        if text is not None:
            _append_to_text(splices, text, note, prefix)
            continue
        new.append(place)
        reference = f"{column_letters(place[1])}{place[0]}"
        written.append(
            f'<{prefix}comment ref="{reference}" authorId="{author}"><{prefix}text>{_runs(note, prefix)}'
            f"</{prefix}text></{prefix}comment>"
        )
    holder = root.child("commentList")
    if written and holder is not None:
        splices.append_child(holder, "".join(written))
    elif written:
        splices.append_child(root, f"<{prefix}commentList>{''.join(written)}</{prefix}commentList>")
    package.splice(comments, splices)
    return new


def _comments(root: Element) -> Iterable[Element]:
    holder = root.child("commentList")
    return holder.named("comment") if holder is not None else ()


def _authors(root: Element, content: bytes) -> list[str]:
    holder = root.child("authors")
    names = holder.named("author") if holder is not None else ()
    return [html.unescape(content[one.inner : one.end_inner].decode()) for one in names]


def _author(root: Element, content: bytes, splices: Splices, prefix: str) -> int:
    authors = _authors(root, content)
    if AUTHOR in authors:
        return authors.index(AUTHOR)
    holder = root.child("authors")
    written = f"<{prefix}author>{text_xml(AUTHOR)}</{prefix}author>"
    if holder is not None:
        splices.append_child(holder, written)
    else:
        splices.prepend_child(root, f"<{prefix}authors>{written}</{prefix}authors>")
    return len(authors)


def _append_to_text(splices: Splices, text: Element, note: Note, prefix: str) -> None:
    """A text may be one plain ``t``, which then becomes the first run."""
    ours = _runs((Paragraph(""), Paragraph(SEPARATOR), *note), prefix)
    plain = text.child("t")
    if plain is not None:
        splices.insert(plain.start, f"<{prefix}r>")
        splices.insert(plain.end, f"</{prefix}r>{ours}")
        return
    last = next((child for child in reversed(text.children) if child.local == "r"), None)
    if last is not None:
        splices.insert(last.end, ours)
    else:
        splices.prepend_child(text, ours)


def _runs(note: Note, prefix: str) -> str:
    runs = []
    for index, paragraph in enumerate(note):
        end = "" if index == len(note) - 1 else "\n"
        bold = "<b/>" if paragraph.bold else ""
        properties = re.sub(r"<(?=[a-zA-Z])", f"<{prefix}", f"<rPr>{bold}{_FONT}")
        text = text_xml(escaped_text(paragraph.text[:_LONGEST]))
        runs.append(
            f'<{prefix}r>{properties}</{prefix}rPr><{prefix}t xml:space="preserve">{text}{end}</{prefix}t></{prefix}r>'
        )
    return "".join(runs)


def _strip_comments(package: EditablePackage, comments: str) -> set[Place]:
    content = package.read(comments)
    root = parse(comments, content)
    authors = _authors(root, content)
    splices = Splices(content)
    prefix = prefix_of(content, root.start)
    gone: set[Place] = set()
    for comment in _comments(root):
        number = comment.attributes.get("authorId", "")
        ours = number.isdecimal() and int(number) < len(authors) and authors[int(number)] == AUTHOR
        pieces = _pieces(content, comment)
        kept = _theirs("".join(text for _, text in pieces), ours=ours)
        if kept is None:
            continue
        place = parse_address(comment.attributes.get("ref", ""))
        if not any(kept) and place is not None:
            splices.remove(comment.start, comment.end)
            gone.add(place)
        else:
            _keep(splices, comment, pieces, kept, prefix)
    package.splice(comments, splices)
    return gone


def _theirs(text: str, *, ours: bool) -> tuple[str, str] | None:
    """What the clerk wrote before and behind our note; None where there is no note of ours."""
    head, separator, rest = text.partition(SEPARATOR)
    if not separator:
        if not ours and SIGNATURE not in text:
            return None
        head, rest = "", text
    return head.rstrip(), rest.partition(SIGNATURE)[2].strip()


def _pieces(content: bytes, comment: Element) -> list[tuple[Element, str]]:
    """The runs of a comment's text, or its one plain text, each with what it says."""
    text = comment.child("text")
    holders = [child for child in text.children if child.local in ("r", "t")] if text is not None else []
    return [(holder, _text_of(content, holder)) for holder in holders]


def _keep(
    splices: Splices, comment: Element, pieces: list[tuple[Element, str]], kept: tuple[str, str], prefix: str
) -> None:
    """Cut a comment down to what the clerk wrote; the runs before our note stay as they are."""
    left = len(kept[0])
    for element, text in pieces:
        if left <= 0:
            splices.remove(element.start, element.end)
        elif left < len(text):
            t = element if element.local == "t" else element.child("t")
            if t is not None:
                splices.replace(t.inner, t.end_inner, text_xml(escaped_text(text[:left])))
        left -= len(text)
    holder = comment.child("text")
    if kept[1] and holder is not None:
        line_break = "\n" if kept[0] else ""
        tail = text_xml(escaped_text(line_break + kept[1]))
        splices.insert(holder.end_inner, f'<{prefix}r><{prefix}t xml:space="preserve">{tail}</{prefix}t></{prefix}r>')


def _text_of(content: bytes, element: Element) -> str:
    t = element if element.local == "t" else element.child("t")
    return html.unescape(content[t.inner : t.end_inner].decode()) if t is not None else ""


# -- the drawing -------------------------------------------------------------------------------------------------------


def _write_shapes(
    package: EditablePackage, dialect: Dialect, sheet_name: str, sheet: SheetPart, notes: Mapping[Place, Note]
) -> None:
    drawing = package.target(sheet_name, "vmlDrawing")
    if drawing is not None and drawing in package and sheet.top_element("legacyDrawing") is not None:
        content = package.read(drawing)
    else:
        drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
        content = _EMPTY_DRAWING
        package.write(drawing, content)
        package.declare_extension("vml", VML_TYPE)
        identity = package.relate(sheet_name, dialect.relationship("vmlDrawing"), drawing)
        sheet.refer_to_drawing(identity, dialect.relationships)
    end = content.rfind(b"</xml>")
    if end < 0:
        return  # a drawing that we do not understand: the notes stand in the comments part all the same
    blocks = _new_blocks(package, len(notes))
    splices = Splices(content)
    declared = _BLOCKS.search(content)
    if declared is not None:
        numbers = ",".join(map(str, blocks))
        splices.insert(declared.end(1), f",{numbers}" if declared[1].strip() else numbers)
    shapes = [] if b'id="_x0000_t202"' in content else [_SHAPE_TYPE]
    for index, (place, note) in enumerate(notes.items()):
        number = blocks[index // (_SHAPES_PER_BLOCK - 1)] * _SHAPES_PER_BLOCK + 1 + index % (_SHAPES_PER_BLOCK - 1)
        shapes.append(_shape(number, place, _anchor(sheet, place, note)))
    # Libraries write other prefixes ("ns0:"): there each shape says itself what its own mean.
    declare = not all(prefix in content for prefix in _DECLARED)
    drawn = "".join(_SHAPE_START.sub(rf"\g<0> {_NAMESPACES}", shape) if declare else shape for shape in shapes)
    splices.insert(end, drawn)
    package.splice(drawing, splices)


def _new_blocks(package: EditablePackage, shapes: int) -> list[int]:
    """Blocks of shape numbers that no drawing of the workbook uses."""
    taken = {0}
    for name in package.names():
        if name.lower().endswith(".vml"):
            content = package.read(name)
            for declared in _BLOCKS.findall(content):
                taken.update(int(n) for n in declared.split(b",") if n.strip().isdigit())
            taken.update(int(n) // _SHAPES_PER_BLOCK for n in _SHAPE_NUMBER.findall(content))
    needed = -(-shapes // (_SHAPES_PER_BLOCK - 1))
    return [max(taken) + 1 + index for index in range(needed)]


def _shape(number: int, place: Place, anchor: str) -> str:
    row, column = place
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
        'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _anchor(sheet: SheetPart, place: Place, note: Note) -> str:
    """From where to where the box reaches: column, pixels into it, row, pixels into it; twice."""
    lines = sum(1 + len(paragraph.text) // _CHARACTERS_PER_LINE for paragraph in note)
    row, column = place
    first_column, first_row = column, max(row - 2, 0)  # counted from 0: the column to the right, a row above
    last_column, right = _after(_widths(sheet), first_column, 12, _BOX_WIDTH)
    last_row, bottom = _after(_heights(sheet), first_row, 4, min(lines, 30) * _LINE_HEIGHT + 14)
    return f"{first_column}, 12, {first_row}, 4, {last_column}, {right}, {last_row}, {bottom}"


def _after(length: Callable[[int], int], index: int, offset: int, pixels: int) -> tuple[int, int]:
    """Where one gets by going so many pixels from an offset into a column or row; indices count from 0."""
    left = offset + pixels
    farthest = index + _MOST_STEPS  # a sheet may hide all its columns to the end
    while left >= (one := length(index)) and index < farthest:
        left -= one
        index += 1
    return index, left


def _widths(sheet: SheetPart) -> Callable[[int], int]:
    properties = sheet.top_element("sheetFormatPr")
    default = _pixels_wide(properties.attributes.get("defaultColWidth") if properties else None, 64)

    def width(index: int) -> int:
        for column in sheet.columns:
            first, last = column.get("min", ""), column.get("max", "")
            if first.isdecimal() and last.isdecimal() and int(first) <= index + 1 <= int(last):
                hidden = column.get("hidden") in ("1", "true")
                return 0 if hidden else _pixels_wide(column.get("width"), default)
        return default

    return width


def _heights(sheet: SheetPart) -> Callable[[int], int]:
    properties = sheet.top_element("sheetFormatPr")
    default = _pixels_high(properties.attributes.get("defaultRowHeight") if properties else None, 20)

    def height(index: int) -> int:
        written = sheet.row_height(index + 1)
        return default if written is None else round(written * 4 / 3)

    return height


def _pixels_wide(width: str | None, default: int) -> int:
    try:
        return round(float(width) * 7 + 5) if width is not None else default
    except (ValueError, OverflowError):
        return default


def _pixels_high(height: str | None, default: int) -> int:
    try:
        return max(round(float(height) * 4 / 3), 1) if height is not None else default
    except (ValueError, OverflowError):
        return default


def _strip_shapes(package: EditablePackage, drawing: str, places: set[Place]) -> None:
    content = package.read(drawing)
    splices = Splices(content)
    for found in _SHAPE.finditer(content):
        shape = found[0]
        if b'ObjectType="Note"' not in shape:
            continue
        row, column = (re.search(rb"<x:%s>\s*([0-9]{1,7})\s*<" % name, shape) for name in (b"Row", b"Column"))
        if row is not None and column is not None and (int(row[1]) + 1, int(column[1]) + 1) in places:
            splices.remove(*found.span())
    package.splice(drawing, splices)


_EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/>'
    b"</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
