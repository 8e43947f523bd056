"""The office's XML for settings (.xcu): nodes in nodes, with typed properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Node:
    """A node; ``replaces`` where it is a new member of a set, as most of an extension's are."""

    name: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    replaces: bool = False


def settings(package: str, component: str, nodes: Iterable[Node]) -> bytes:
    """A file of settings: ``org.openoffice.Office`` and ``Addons``, for one."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"',
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"',
        f' oor:name="{component}" oor:package="{package}">',
    ]
    for node in nodes:
        _write(node, 1, lines)
    return "\n".join([*lines, "</oor:component-data>", ""]).encode()


def _write(node: Node, depth: int, lines: list[str]) -> None:
    indent = " " * depth
    operation = ' oor:op="replace"' if node.replaces else ""
    lines.append(f"{indent}<node oor:name={quoteattr(node.name)}{operation}>")
    for name, value in node.properties.items():
        kind, text = _typed(value)
        # A value without a language holds in every language of the office.
        lines.append(
            f'{indent} <prop oor:name={quoteattr(name)} oor:type="{kind}"><value>{escape(text)}</value></prop>'
        )
    for inner in node.nodes:
        _write(inner, depth + 1, lines)
    lines.append(f"{indent}</node>")


def _typed(value: Value) -> tuple[str, str]:
    if isinstance(value, bool):
        return "xs:boolean", str(value).lower()
    if isinstance(value, int):
        return "xs:int", str(value)
    return "xs:string", value
