"""Where the elements of an XML part stand in its bytes, and changes to some of those bytes that leave all others.

A part is never parsed and written again: what a spreadsheet program wrote stays as it wrote it, byte for byte, except
for the stretches that are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from addin.intake.markup import MAX_ATTRIBUTES, MAX_DEPTH, Attributes, local, refuse_unsafe_bytes
from addin.intake.refusals import refuse

_START_TAG = re.compile(rb"<[^\s/>]++(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_NAME = re.compile(rb"<([^\s/>]++)")
_ATTRIBUTE = re.compile(rb"\s([^\s=/>\"']++)\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)')")
# What no XML text may hold; the tab and line breaks may stay.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_QUOTES = {'"': "&quot;", "'": "&apos;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}

WayBack = list[tuple[int, int, bytes]]
"""How a change is undone: place in the new part, length there, the old bytes."""
StartAt = Callable[[str, Attributes, int], None]
EndAt = Callable[[str, int], None]


@dataclass(slots=True)
class Element:
    """One element: ``start`` of its tag, ``inner`` behind the tag, ``end_inner`` before the end tag, ``end`` behind it.

    ``name`` is ``namespace}local``; an empty-element tag has ``inner == end_inner == end``.
    """

    name: str
    attributes: Attributes
    start: int
    inner: int
    end_inner: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return local(self.name)

    @property
    def namespace(self) -> str:
        """The namespace, empty where there is none."""
        return self.name.rpartition("}")[0]

    def child(self, name: str) -> Element | None:
        """The first child of that local name in the element's own namespace."""
        return next(self.named(name), None)

    def named(self, name: str) -> Iterator[Element]:
        """The children of that local name in the element's own namespace."""
        full = f"{self.namespace}}}{name}" if self.namespace else name
        return (child for child in self.children if child.name == full)


def walk_places(name: str, part: bytes, start: StartAt, end: EndAt) -> None:
    """Call back with each element's place: that of its start tag, and that of its end tag (for an empty-element tag:
    the byte behind it). Raises ``damaged`` and ``unsafe_content``."""
    refuse_unsafe_bytes(name, part)
    parser = expat.ParserCreate("utf-8", namespace_separator="}")
    depth = 0

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise refuse("unsafe_content", part=name)
        start(tag, attributes, parser.CurrentByteIndex)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag, parser.CurrentByteIndex)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as problem:
        raise refuse("damaged", part=name) from problem


def tag_end(part: bytes, start: int) -> int:
    """The byte behind the start tag that begins at ``start``."""
    found = _START_TAG.match(part, start)
    if found is None:  # not after expat has read the part
        raise ValueError(f"no tag at {start}")
    return found.end()


def element_end(part: bytes, behind_start_tag: int, at_end: int) -> tuple[int, int]:
    """Where the content and where the element ends, by what ``walk_places`` says of its end."""
    if part[behind_start_tag - 2 : behind_start_tag] == b"/>":
        return behind_start_tag, behind_start_tag
    return at_end, part.index(b">", at_end) + 1


def parse(name: str, part: bytes) -> Element:
    """The tree of a part; for parts of moderate size. Raises ``damaged`` and ``unsafe_content``."""
    stack: list[Element] = []
    roots: list[Element] = []

    def start(tag: str, attributes: Attributes, at: int) -> None:
        element = Element(tag, attributes, at, tag_end(part, at))
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def end(_: str, at: int) -> None:
        element = stack.pop()
        element.end_inner, element.end = element_end(part, element.inner, at)

    walk_places(name, part, start, end)
    return roots[0]


def raw_name(part: bytes, start: int) -> str:
    """The name of the tag at ``start`` as it is written, prefix included."""
    found = _NAME.match(part, start)
    return found[1].decode() if found else ""


def prefix_of(part: bytes, start: int) -> str:
    """The prefix of the tag at ``start`` with its colon; empty where it has none."""
    before, colon, _ = raw_name(part, start).rpartition(":")
    return f"{before}{colon}"


def attribute_span(part: bytes, start: int, name: str) -> tuple[int, int] | None:
    """The stretch of an attribute's value in the tag at ``start``; ``name`` as written, prefix included."""
    wanted = name.encode()
    for found in _ATTRIBUTE.finditer(part, start, tag_end(part, start)):
        if found[1] == wanted:
            return found.span(2) if found[2] is not None else found.span(3)
    return None


def attribute_raw(part: bytes, start: int, name: str) -> str | None:
    """An attribute's value as it is written."""
    span = attribute_span(part, start, name)
    return part[span[0] : span[1]].decode() if span else None


def text_xml(text: str) -> str:
    """Text as it stands between tags; what XML cannot hold becomes U+FFFD."""
    return escape(_UNWRITABLE.sub("\ufffd", text))


def attribute_xml(name: str, value: str) -> str:
    """`` name="value"``."""
    return f' {name}="{attribute_text(value)}"'


def attribute_text(value: str) -> str:
    """An attribute's value as it stands between quotes of either kind."""
    return escape(_UNWRITABLE.sub("\ufffd", value), _IN_QUOTES)


class Splices:
    """Changes to one part, all by the places of its old bytes."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self._all: list[tuple[int, int, bytes]] = []

    def __bool__(self) -> bool:
        return bool(self._all)

    def replace(self, start: int, end: int, new: bytes | str) -> None:
        """Put ``new`` in the place of the bytes from ``start`` to ``end``."""
        self._all.append((start, end, new.encode() if isinstance(new, str) else new))

    def insert(self, at: int, new: bytes | str) -> None:
        """Put ``new`` before the byte at ``at``; what is inserted at one place keeps its order."""
        self.replace(at, at, new)

    def remove(self, start: int, end: int) -> None:
        """Take the bytes from ``start`` to ``end`` out."""
        self.replace(start, end, b"")

    def set_attribute(self, start: int, name: str, value: str | None) -> None:
        """Set an attribute of the tag at ``start``; None takes it away. ``name`` as written."""
        span = attribute_span(self.part, start, name)
        if span is None:
            if value is not None:
                behind_name = start + 1 + len(raw_name(self.part, start).encode())
                self.insert(behind_name, attribute_xml(name, value))
        elif value is None:
            begin = self.part.rindex(name.encode(), start, span[0]) - 1
            self.remove(begin, span[1] + 1)
        else:
            self.replace(span[0], span[1], attribute_text(value))

    def append_child(self, element: Element, new: str) -> None:
        """Put ``new`` behind the last child of an element, which may be an empty-element tag."""
        self.insert_inside(element, element.end_inner, new)

    def prepend_child(self, element: Element, new: str) -> None:
        """Put ``new`` before the first child of an element, which may be an empty-element tag."""
        self.insert_inside(element, element.inner, new)

    def insert_inside(self, element: Element, at: int, new: str) -> None:
        """Put ``new`` at a place inside an element; an empty-element tag is opened."""
        if element.end == element.inner:
            name = raw_name(self.part, element.start)
            self.replace(element.inner - 2, element.inner, f">{new}</{name}>")
        else:
            self.insert(at, new)

    def apply(self) -> bytes:
        """The new part. Raises ValueError where two changes overlap."""
        return self.result()[0]

    def result(self) -> tuple[bytes, WayBack]:
        """The new part, and how to come back."""
        pieces: list[bytes] = []
        back: WayBack = []
        position = length = 0
        for start, end, new in sorted(self._all, key=lambda splice: splice[:2]):
            if start < position:
                raise ValueError(f"changes overlap at byte {start}")
            pieces += (self.part[position:start], new)
            length += start - position
            back.append((length, len(new), self.part[start:end]))
            length += len(new)
            position = end
        pieces.append(self.part[position:])
        return b"".join(pieces), back


def go_back(part: bytes, way_back: WayBack) -> bytes:
    """Undo a change."""
    splices = Splices(part)
    for start, length, old in way_back:
        splices.replace(start, start + length, old)
    return splices.apply()
