"""The settings that the macros read: lines of ``"KEY","value"``, ASCII, without a blank line.

A blank line makes xlwings hang for minutes (ours would not), and a byte-order mark hides the first key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.hosts.excel.system import Kind

INTERPRETER = {Kind.WINDOWS: "INTERPRETER_WIN", Kind.MAC: "INTERPRETER_MAC"}
"""The key that says where Python is."""

_LINE = re.compile(r'"([^"]+)","([^"]*)"')


def parsed(data: bytes) -> Mapping[str, str]:
    """The settings of a file, keys in capitals. What is no setting is left out."""
    text = data.decode("utf-8", errors="replace")
    lines = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return {found[1].upper(): found[2] for found in lines if found}


def is_tidy(data: bytes) -> bool:
    """Whether the macros read every line of the file as it was meant."""
    return data.isascii() and all(_LINE.fullmatch(line) for line in data.decode("ascii").splitlines())


def with_python(earlier: bytes | None, kind: Kind, python: str) -> bytes:
    """The file with ``python`` as its interpreter. Other settings that a person put there stay."""
    kept = {key: value for key, value in parsed(earlier or b"").items() if value.isascii() and key.isascii()}
    settings = {INTERPRETER[kind]: python} | {key: kept[key] for key in kept if key != INTERPRETER[kind]}
    end = "\r\n" if kind is Kind.WINDOWS else "\n"
    return "".join(f'"{key}","{value}"{end}' for key, value in settings.items()).encode("ascii")
