"""Wrappers of worksheet functions, and what they answer in a cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyopenvba.interpreter import VBAArray
from pyopenvba.interpreter._values import VBAErrorValue

from macros.build import texts
from macros.function_wrappers import FUNCTIONS, FaultyFunctions, Wrappers, function_wrappers
from tests.macros.excel_double import Book, Loaded

GOOD = '''
import xlwings as xw

@xw.func(category="Sổ sáng kiến")
@xw.arg("so_tien", doc="Số tiền")
@xw.ret(doc="Gấp đôi số tiền")
def SK_DOI(so_tien, lan=2):
    """Twice."""
    return so_tien * lan
'''


def made(tmp_path: Path, text: str) -> Wrappers:
    """The wrappers of a module with this text."""
    (tmp_path / "some_functions.py").write_text(text, encoding="utf-8")
    return function_wrappers("some_functions", tmp_path)


def test_a_function_becomes_a_wrapper_and_a_row_of_help(tmp_path: Path) -> None:
    wrappers = made(tmp_path, GOOD)
    assert "Function SK_DOI(so_tien, Optional lan)" in wrappers.vba
    call = 'SkAnswer(XLPy.CallUDF("some_functions", "SK_DOI", Array(so_tien, lan), Nothing, Application.Caller))'
    assert call in wrappers.vba
    assert "SK_DOI = SkFunctionFailed(Err.Description)" in wrappers.vba
    assert '#Const App = "Microsoft Excel"\n' in wrappers.vba
    assert wrappers.help == [
        ["SK_DOI", "Sổ sáng kiến", "Gấp đôi số tiền", "Số tiền", "Positional argument 2"],
    ]


def test_without_a_module_of_functions_there_are_no_wrappers() -> None:
    wrappers = function_wrappers("addin.no_such_module")
    assert wrappers.help == ()
    assert "End Function" not in wrappers.vba


def test_a_module_that_cannot_be_imported_fails_the_build(tmp_path: Path) -> None:
    with pytest.raises(FaultyFunctions, match="ZeroDivisionError"):
        made(tmp_path, "1 / 0")


@pytest.mark.parametrize("doc", ["", "x" * 256])
def test_a_description_that_excel_cannot_show_fails_the_build(tmp_path: Path, doc: str) -> None:
    with pytest.raises(FaultyFunctions, match="SK_DOI: a description"):
        made(tmp_path, GOOD.replace("Số tiền", doc, 1).replace('doc=""', 'doc=" "'))


def test_the_products_functions_are_all_wrapped_and_described_in_vietnamese(wrappers: Wrappers) -> None:
    assert wrappers == function_wrappers(FUNCTIONS), "made twice it is the same"
    assert {row[0] for row in wrappers.help} >= {"SK_GIAIDOAN", "SK_HOTRO", "SK_BANGCHU"}
    for name, category, *words in wrappers.help:
        assert f"Function {name}(" in wrappers.vba
        assert category == "Sổ sáng kiến"
        for word in words:
            assert not word.isascii(), f"{name}: {word}"


def test_an_answer_with_a_reason_becomes_an_error_of_excels(load: Callable[..., Loaded]) -> None:
    addin = load(Book())
    assert addin.vba.run("SkAnswer", ["Một trăm nghìn đồng"]) == "Một trăm nghìn đồng"
    answer = addin.vba.run("SkAnswer", ["#SK! ngày không đọc được"])
    assert isinstance(answer, VBAErrorValue)
    assert addin.excel.status_bar == ["ngày không đọc được"]


def test_in_a_column_of_answers_only_the_faulty_cell_becomes_an_error(load: Callable[..., Loaded]) -> None:
    addin = load(Book())
    addin.vba.add_module(
        'Function Column()\nDim a(1, 0)\na(0, 0) = "tốt"\na(1, 0) = "#SK! xấu"\nColumn = SkAnswer(a)\nEnd Function\n'
        'Function Across()\nAcross = SkAnswer(Array("#SK! xấu", 5))\nEnd Function\n',
        name="Probe",
    )
    column, line = addin.vba.run("Column"), addin.vba.run("Across")
    assert isinstance(column, VBAArray)
    assert isinstance(line, VBAArray)
    assert column.get([0, 0]) == "tốt"
    assert isinstance(column.get([1, 0]), VBAErrorValue)
    assert isinstance(line.get([0]), VBAErrorValue)


def test_a_problem_that_python_raised_gives_its_reason_and_no_traceback(load: Callable[..., Loaded]) -> None:
    addin = load(Book())
    reason = "các vùng không cùng số ô"
    story = f"Unexpected Python Error: Traceback\r\n  File x\r\naddin.functions.FunctionProblem: {reason}\r\n"
    assert isinstance(addin.vba.run("SkFunctionFailed", [story]), VBAErrorValue)
    assert isinstance(addin.vba.run("SkFunctionFailed", ["Could not load xlwings64.dll"]), VBAErrorValue)
    assert addin.excel.status_bar == [reason, texts()["function_failed"]]
