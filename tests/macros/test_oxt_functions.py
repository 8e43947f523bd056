"""Worksheet functions as parts of LibreOffice's extension: derived from addin.functions, and of the right bytes."""

from __future__ import annotations

import ast
import inspect
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

import pytest

from addin import functions
from addin.hosts.libreoffice import function_server
from macros.function_wrappers import FaultyFunctions, function_wrappers
from macros.oxt.functions.declared import Argument, Function, declared_functions
from macros.oxt.functions.parts import COMPONENT, ENTRY_POINT, function_parts, function_table
from macros.oxt.functions.settings import function_settings, job_settings
from macros.oxt.functions.type_library import type_library

NAME = "{http://openoffice.org/2001/registry}name"

NOTE_OF_THE_TOOL = b"\0** Created by LibreOffice 7.4.7.2 unoidl-write **\0"
BY_THE_TOOL = bytes.fromhex(
    "554e4f49444cff000901000001000000002a2a2043726561746564206279204c696272654f666669636520372e342e372e3220756e6f69"
    "646c2d7772697465202a2a0005010000001b000000636f6d2e73756e2e737461722e756e6f2e58496e7465726661636500000000000000"
    "00020000000700000042414e47434855070000005b5d5b5d616e79010000000006000000736f5469656e7e000080000000000800000048"
    "4f54524f5f43537e00008002000000008e0000807e000080000b0000006368756f6e675472696e6803000000616e79000000005846756e"
    "6374696f6e73000001000000d80000004300000073616e676b69656e000001000000f0000000e3000000766e0006010000f9000000"
)
"""What LibreOffice 7.4's own ``unoidl-write`` makes of the interface in the test below."""


@pytest.fixture(scope="module")
def declared() -> Sequence[Function]:
    return declared_functions()


def test_every_function_is_declared_once_and_for_both_programs(declared: Sequence[Function]) -> None:
    names = sorted(name for name in dir(functions) if name.startswith("SK_"))
    assert [one.name for one in declared] == names
    assert [row[0] for row in sorted(map(tuple, function_wrappers().help))] == names


def test_arguments_have_the_functions_own_names_and_order(declared: Sequence[Function]) -> None:
    for function in declared:
        parameters = inspect.signature(getattr(functions, function.name)).parameters
        assert [one.name for one in function.arguments] == list(parameters)
        assert all(one.help for one in function.arguments)
        optional = [one.optional for one in function.arguments]
        assert optional == sorted(optional), "Calc lets only the last arguments be left out"


def test_words_that_do_not_fit_the_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrappers = function_wrappers()
    short = type(wrappers)(wrappers.vba, [row[:-1] for row in wrappers.help])
    monkeypatch.setattr("macros.oxt.functions.declared.function_wrappers", lambda _name: short)
    with pytest.raises(FaultyFunctions, match="arguments"):
        declared_functions()


def test_names_are_such_as_uno_allows(declared: Sequence[Function]) -> None:
    assert Argument("ngay_dang_ky", "", optional=False).identifier == "ngayDangKy"
    for function in declared:
        assert function.method.replace("_", "").isalpha()
        assert function.method.isupper()
        assert all(one.identifier.isalpha() and one.identifier.isascii() for one in function.arguments)


def test_the_type_library_is_byte_by_byte_what_libreoffices_own_tool_writes() -> None:
    money, programme = Argument("so_tien", "", optional=False), Argument("chuong_trinh", "", optional=True)
    some = [Function("SK_BANGCHU", "", (money,)), Function("SK_HOTRO_CS", "", (money, programme))]
    assert type_library(some, NOTE_OF_THE_TOOL) == BY_THE_TOOL


def test_the_same_declaration_gives_the_same_parts() -> None:
    assert function_parts() == function_parts()


def test_settings_name_each_function_for_the_wizard_and_for_excel_files(declared: Sequence[Function]) -> None:
    root = ElementTree.fromstring(function_settings(declared))
    nodes = {node.get(NAME): node for node in root.iter("node")}
    for function in declared:
        words = {prop.get(NAME): prop.findtext("value") for prop in nodes[function.method].findall("prop")}
        assert words["DisplayName"] == words["CompatibilityName"] == function.name
        assert words["Description"] == function.help
    assert nodes["ngayDangKy"].findtext("prop[2]/value") == "Ngày đăng ký trên cổng"


def test_the_job_is_added_to_those_of_others() -> None:
    written = job_settings().decode()
    assert 'oor:name="OnLoad" oor:op="fuse"' in written
    assert 'oor:name="Events">' in written
    assert 'oor:name="Jobs">' in written


def test_the_table_names_what_exists(declared: Sequence[Function]) -> None:
    table: dict[str, object] = {}
    exec(function_table(declared), table)
    assert table["FUNCTIONS"] == {one.method: one.name for one in declared}
    module, _, name = ENTRY_POINT.partition(":")
    assert module == function_server.__name__
    assert callable(getattr(function_server, name))


def test_the_component_is_python_of_the_office() -> None:
    """LibreOffice for Windows may bring Python 3.8."""
    ast.parse(COMPONENT.read_text(encoding="utf-8"), feature_version=(3, 8))
