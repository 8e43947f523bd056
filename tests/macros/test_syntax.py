"""The macros compile on Windows and on macOS, as far as a parser that did not write them can tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest
from pyopenvba.interpreter import parse_module
from pyopenvba.interpreter._preprocess import strip_directives

from macros.ovba import Module

SYSTEMS: dict[str, Mapping[str, object]] = {
    "64-bit Windows": {"VBA7": True, "Win64": True, "Win32": True, "Mac": False},
    "32-bit Windows": {"VBA7": True, "Win64": False, "Win32": True, "Mac": False},
    "macOS": {"VBA7": True, "Win64": True, "Win32": False, "Mac": True, "MAC_OFFICE_VERSION": 16},
    "Office 2011 for Mac": {"VBA7": False, "Win64": False, "Win32": False, "Mac": True, "MAC_OFFICE_VERSION": 14},
}

OF_VBA = {
    "abs", "activeworkbook", "application", "applescripttask", "array", "ascw", "chr", "cint", "createobject", "cstr",
    "cverr", "dir", "environ", "eof", "getattr", "hex", "instr", "instrrev", "isarray", "lbound", "lcase", "left",
    "len", "macscript", "mid", "replace", "right", "rnd", "split", "strptr", "thisworkbook", "timer", "trim", "ubound",
    "ucase", "val", "vartype",
}  # fmt: skip
"""Names of the language and of Excel that the macros call."""

CALL = re.compile(r"(?<![.\w])([A-Za-z]\w*)\$?\(")
DEFINED = re.compile(r"^\s*(?:Public |Private )?(?:Declare (?:PtrSafe )?)?(?:Function|Sub) (\w+)", flags=re.MULTILINE)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_module_parses(built_modules: Sequence[Module], system: str) -> None:
    for module in built_modules:
        source = strip_directives(module.source, module=module.name, constants=dict(SYSTEMS[system]))
        # This parser knows no events; LibreOffice compiles the class as it stands.
        parse_module(source.replace("Private WithEvents ", "Private "), name=module.name)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_procedure_that_is_called_exists(built_modules: Sequence[Module], system: str) -> None:
    seen = {
        module.name: without_texts(strip_directives(module.source, constants=dict(SYSTEMS[system])))
        for module in built_modules
    }
    defined = {name.lower() for source in seen.values() for name in DEFINED.findall(source)}
    for name, source in seen.items():
        local = {word.lower() for word in re.findall(r"\b(\w+)(?:\(\))?(?: As |\(\) As )", source)}
        called = {word.lower() for word in CALL.findall(source)}
        assert called - defined - OF_VBA - local == set(), name


def without_texts(source: str) -> str:
    """Without quoted texts and comments."""
    return re.sub(r"'.*", "", re.sub(r'"(?:[^"\r\n]|"")*"', '""', source))


def test_no_line_is_longer_than_vba_allows(built_modules: Sequence[Module]) -> None:
    for module in built_modules:
        assert max(map(len, module.source.split("\r\n"))) < 1024, module.name
