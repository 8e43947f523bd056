"""The product's end of the worksheet functions in Calc: one process answers the calls of all open workbooks.

The office starts it as it starts a button, over the same pipes, and it lives until the office ends. Here the office has
the work: the child asks for the next call and brings the answer to the one before (see ``inside/functions_child.py``).

    child   functions.next {"answer": null | answer}     office  {"name": "SK_HOTRO", "arguments": [...]}
    answer  {"value": [[cell, ...], ...]}                cell: number, text, null (blank), or [reason] for an error
            {"problem": reason}                          the arguments cannot be answered
            {"failed": "KeyError: ..."}                  a fault of ours
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import xlwings as xw

from addin import functions
from validation.fields import Form, Kind, row_fields

from .failures import OfficeGoneError

PREFIX = "SK_"

ZERO_COUNTS = frozenset({"so_tien"})
"""Arguments in which a lone 0 is 0. Calc gives 0 for a single blank cell; to all other arguments 0 means nothing."""

ROWS_OF_A_LIST = "dong"
"""The argument that holds whole rows of a list, dates among them. Calc gives a date as its number."""

_DAY_ZERO = datetime(1899, 12, 30)
_DAYS = range(1, 2_958_466)  # up to 31/12/9999

Call = Callable[..., Any]


def serve() -> None:
    """Answer calls until the office closes the connection."""
    app = xw.apps.active
    connection = app.api if app is not None else None
    assert connection is not None, "started by child.py, which connects"
    answer: dict[str, Any] | None = None
    while True:
        try:
            call = connection.ask("functions.next", answer=answer)
        except OfficeGoneError:
            return
        answer = answer_to(call["name"], call["arguments"])


def answer_to(name: str, arguments: Sequence[Any]) -> dict[str, Any]:
    """The answer to one call: ``arguments`` as Calc gives them, in order, None for one that is left out."""
    try:
        function, names, grids = _known(name)
        given = [_argument(one, grid, value) for one, grid, value in zip(names, grids, arguments, strict=True)]
        return {"value": _rows(function(*given))}
    except functions.FunctionProblem as problem:
        return {"problem": str(problem)}
    except Exception as fault:  # whatever it is, the cell must not take down the others
        return {"failed": f"{type(fault).__name__}: {fault}"}


@cache
def _known(name: str) -> tuple[Call, tuple[str, ...], tuple[bool, ...]]:
    """The function, the names of its arguments, and which of them are areas. KeyError for what is no function."""
    if not name.startswith(PREFIX) or not hasattr(functions, name):
        raise KeyError(name)
    function = getattr(functions, name)
    parameters = inspect.signature(function).parameters.values()
    return function, tuple(one.name for one in parameters), tuple("Grid" in str(one.annotation) for one in parameters)


def _argument(name: str, grid: bool, value: Any) -> Any:
    rows = value if isinstance(value, list) else None if value is None else [[value]]
    if rows is None:
        return None
    alone = len(rows) == 1 and len(rows[0]) == 1
    if alone and name not in ZERO_COUNTS and rows[0][0] == 0:
        rows = [[None]]
    cells = [[None if cell == "" else cell for cell in row] for row in rows]
    if name == ROWS_OF_A_LIST:
        cells = [_with_days(row) for row in cells]
    if grid:
        return cells
    return cells[0][0] if alone else cells


def _with_days(row: Sequence[Any]) -> list[Any]:
    """A row of a list with the numbers in columns of dates as the days that they are."""
    kinds = [field.kind for field in row_fields(Form.GRASSROOTS)]
    if len(row) != len(kinds):
        return list(row)  # the function says what is wrong
    return [
        _DAY_ZERO + timedelta(days=cell)
        if kind is Kind.DATE and isinstance(cell, float) and int(cell) in _DAYS
        else cell
        for kind, cell in zip(kinds, row, strict=True)
    ]


def _rows(value: Any) -> list[list[Any]]:
    rows = value if isinstance(value, list) else [[value]]
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(functions.UNREADABLE):
        return [cell.removeprefix(functions.UNREADABLE)]
    if isinstance(cell, date):
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
        return (moment - _DAY_ZERO) / timedelta(days=1)
    return cell
