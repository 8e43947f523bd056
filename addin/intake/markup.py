"""The XML of a package's parts, from strangers: no DOCTYPE, UTF-8 only, bounded depth and attributes.

expat is the exact reader here; who only needs to look at ordinary parts quickly does so with bytes and expressions
(``scan``), after ``refuse_unsafe_bytes``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from addin.intake.refusals import refuse

MAX_DEPTH = 64
MAX_ATTRIBUTES = 512
MAX_TREE = 16 << 20
"""Bytes of a part that is read as a tree: a tree takes some ten times as many."""

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]

_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_UTF8_NAMES = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_FORBIDDEN_CHARACTERS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_BOM = b"\xef\xbb\xbf"


def has_doctype(part: bytes) -> bool:
    """Whether a part declares a document type, in any ASCII-compatible encoding."""
    return b"!" in part and b"<!DOCTYPE" in part  # one byte is found far faster than a word


def refuse_unsafe_bytes(name: str, part: bytes) -> None:
    """Refuse a part with a document type or in another encoding than UTF-8.

    The rest is left to the readers: tags, bad UTF-8 and bad character references, which all of them refuse, and
    control characters, which calamine would take (``refuse_control_characters``). Raises ``unsafe_content`` and
    ``damaged``.
    """
    head = part[:256].removeprefix(_BOM).lstrip()
    if not head.startswith(b"<"):
        raise refuse("damaged", part=name)
    declared = _DECLARED_ENCODING.match(head)
    if declared and declared.group(1).lower() not in _UTF8_NAMES:
        raise refuse("unsafe_content", part=name)
    if has_doctype(part):
        raise refuse("unsafe_content", part=name)


def refuse_control_characters(name: str, part: bytes) -> None:
    """Refuse what no XML text may hold, NUL above all. Raises ``damaged``."""
    if len(part.translate(None, _FORBIDDEN_CHARACTERS)) != len(part):
        raise refuse("damaged", part=name)


def local(name: str) -> str:
    """An element's or attribute's name without its namespace (``walk`` puts ``uri}`` before it)."""
    return name.rpartition("}")[2]


def tree(name: str, part: bytes) -> ElementTree.Element:
    """A small part as a tree, read exactly and, having no callbacks, several times as fast as by ``walk``. Names stand
    as ``{namespace}local``. Raises as ``walk``; the caller has seen that the part is no larger than ``MAX_TREE``.
    """
    if has_doctype(part):
        raise refuse("unsafe_content", part=name)
    parser = ElementTree.XMLParser(encoding="utf-8")
    try:
        parser.feed(part)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError) as problem:
        raise refuse("damaged", part=name) from problem
    level, depth = [root], 1
    while level:
        if depth > MAX_DEPTH or any(len(element.attrib) > MAX_ATTRIBUTES for element in level):
            raise refuse("unsafe_content", part=name)
        level, depth = [child for element in level for child in element], depth + 1
    return root


def named(root: ElementTree.Element, *names: str) -> Iterator[ElementTree.Element]:
    """The elements of those local names, whatever their namespace, in the order of the document."""
    endings = tuple(f"}}{name}" for name in names)
    return (element for element in root.iter() if element.tag.endswith(endings) or element.tag in names)


def walk(name: str, part: bytes, start: OnStart, end: OnEnd | None = None, text: OnText | None = None) -> None:
    """Read a part exactly, calling back with names as ``namespace}local`` (attributes too, where they have one).

    Raises ``damaged`` where the part is not well-formed, ``unsafe_content`` for a DOCTYPE, more than ``MAX_DEPTH``
    levels or ``MAX_ATTRIBUTES`` attributes. What the callbacks raise passes through.
    """
    parser = expat.ParserCreate("utf-8", namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise refuse("unsafe_content", part=name)
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag)

    def doctype(*_: object) -> None:
        raise refuse("unsafe_content", part=name)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = doctype
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as problem:
        raise refuse("damaged", part=name) from problem
