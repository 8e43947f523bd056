"""Worksheet functions in Calc: the values are those of Python, errors are errors, and nothing hangs."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin import functions
from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office
from macros.build import PACKAGED_EXTENSION
from tests.live.programs import PROGRAMS, answer_functions, program_of
from tests.workbook_templates.generated_rows import generated_rows
from validation.fields import Form, row_fields
from validation.programme import load_programme

pytestmark = pytest.mark.live

ROWS = 520
PROGRAMME = load_programme()
FIELDS = row_fields(Form.GRASSROOTS)


@pytest.fixture(scope="module", params=PROGRAMS)
def calc(request: pytest.FixtureRequest, soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with the extension."""
    program = program_of(request.param, soffice)
    folder = tmp_path_factory.mktemp("functions")
    with Office(folder, program=program, extension=PACKAGED_EXTENSION) as office:
        answer_functions(office)
        yield office


@pytest.fixture
def sheet(calc: Office, fresh_book: Callable[[xw.App], None]) -> xw.Sheet:
    """The first sheet of a new workbook."""
    app = activate(calc.connect())
    fresh_book(app)
    return app.books.active.sheets[0]


def texts(area: xw.Range) -> list[list[str]]:
    """What the cells show."""
    shown: list[list[str]] = area.impl.texts
    return shown


def said(function: Callable[..., Any], *arguments: Any) -> Any:
    """What Python answers, as rows; #VALUE! where there is no answer, as in Excel."""
    try:
        rows = function(*arguments)
    except functions.FunctionProblem:
        return [["#VALUE!"]]
    rows = rows if isinstance(rows, list) else [[rows]]
    return [["#VALUE!" if str(cell).startswith(functions.UNREADABLE) else cell for cell in row] for row in rows]


def column(area: xw.Range) -> list[Any]:
    """Values of a column; an error as what it shows."""
    values = area.options(ndim=2).value
    return [
        text[0] if text[0].startswith("#") else "" if value[0] is None else value[0]
        for value, text in zip(values, texts(area), strict=True)
    ]


CELLS: Sequence[tuple[str, Any]] = [
    ("SK_BANGCHU(A1)", "Hai trăm nghìn đồng"),
    ('SK_BANGCHU("1.250.000")', "Một triệu hai trăm năm mươi nghìn đồng"),
    ("SK_BANGCHU(A2)", "#VALUE!"),
    ("SK_GIAIDOAN(C1)", 1.0),
    ("SK_GIAIDOAN(C2)", ""),
    ("SK_GIAIDOAN(Z9)", ""),
    ('SK_HOTRO(B1,C1,"Hợp lệ")', 100_000.0),
    ('SK_HOTRO(B1,C1,"Hợp lệ",Z9,Z9)', 100_000.0),
    ('SK_HOTRO(B1,C1,"Hợp lệ","Có")', 0.0),
    ('SK_HOTRO(B1,C1,"Hợp lệ",,"Không")', 100_000.0),
    ('SK_HOTRO(B1,C1,"đã duyệt")', "#VALUE!"),
    ("SK_HOTRO_CS(A1)", 200_000.0),
    ("SK_HOTRO_CS(Z9)", 0.0),
    ("SK_HOTRO_CS(900000)", "#VALUE!"),
    ("SK_TONG(A1:A1,D1:D1,1)", 200_000.0),
    ('SK_TYLE(B1,B1,"Có",1,40)', 0.025),
    ('SK_UNICODE("ThÝ dô",".VnTime")', "Thí dụ"),
    ('SK_UNICODE("x","?")', "#VALUE!"),
    ('"Bằng chữ: "&SK_BANGCHU(SK_HOTRO(B1,C1,"Hợp lệ"))', "Bằng chữ: Một trăm nghìn đồng"),
    ('IFERROR(SK_BANGCHU(A2),"không đọc được")', "không đọc được"),
]


def test_every_function_answers_in_a_cell(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[200_000, "DK-1", datetime(2022, 1, 15), 1], ["abc", None, datetime(2031, 1, 1), None]]
    sheet["F1"].formula = [[f"={formula}"] for formula, _ in CELLS]
    shown = column(sheet["F1"].resize(len(CELLS)))
    assert dict(zip([formula for formula, _ in CELLS], shown, strict=True)) == dict(CELLS)
    used = {name for name in dir(functions) if name.startswith("SK_") and any(name in one for one, _ in CELLS)}
    assert used | {"SK_KIEMTRA"} == {name for name in dir(functions) if name.startswith("SK_")}


def test_500_rows_get_the_support_the_phase_and_the_words_that_python_gives_them(sheet: xw.Sheet) -> None:
    rows = [row for row in generated_rows(PROGRAMME, ROWS, seed=7, units=False) if "#N/A" not in row.values()]
    names = ("registration_code", "registered_on", "status", "ip_protected", "is_member", "base_support")
    lines = [[row.get(name) for name in names] for row in rows]
    sheet["A1"].resize(len(lines)).number_format = "@"
    sheet["A1"].resize(len(lines), len(names)).value = [[_apostrophe(cell) for cell in line] for line in lines]
    last = len(lines)
    areas = [f"{letter}1:{letter}{last}" for letter in "ABCDEF"]
    answers = {
        "H": ("SK_HOTRO({},{},{},{},{})", functions.SK_HOTRO, (0, 1, 2, 3, 4)),
        "I": ("SK_GIAIDOAN({})", functions.SK_GIAIDOAN, (1,)),
        "J": ("SK_HOTRO_CS({})", functions.SK_HOTRO_CS, (5,)),
        "K": ("SK_BANGCHU({})", functions.SK_BANGCHU, (5,)),
    }
    for letter, (formula, function, columns) in answers.items():
        sheet[f"{letter}1:{letter}{last}"].formula_array = "=" + formula.format(*(areas[one] for one in columns))
        wanted = [one for (one,) in said(function, *([[line[one]] for line in lines] for one in columns))]
        assert column(sheet[f"{letter}1:{letter}{last}"]) == wanted
        assert len(set(map(str, wanted))) > 2


def test_500_rows_are_judged_as_python_judges_them(sheet: xw.Sheet) -> None:
    rows = [row for row in generated_rows(PROGRAMME, ROWS, seed=8, units=False) if "#N/A" not in row.values()]
    lines = [[row.get(field.name) for field in FIELDS] for row in rows]
    place = next(number for number, field in enumerate(FIELDS) if field.name == "registration_code")
    sheet.cells(1, place + 1).resize(len(lines)).number_format = "@"
    sheet["A1"].resize(len(lines), len(FIELDS)).value = [[_apostrophe(cell) for cell in line] for line in lines]
    beside = sheet.cells(1, len(FIELDS) + 2).resize(len(lines))
    beside.formula_array = f"=SK_KIEMTRA({sheet['A1'].resize(len(lines), len(FIELDS)).address})"
    wanted = [one for (one,) in said(functions.SK_KIEMTRA, lines)]
    shown = column(beside)
    wrong = [(line, one, other) for line, one, other in zip(lines, wanted, shown, strict=True) if one != other]
    assert not wrong, wrong[:3]
    assert {one.split(":")[0] for one in wanted} >= {"ĐẠT", "LƯU Ý", "TRÙNG", "LỖI"}


def test_10_000_cells_are_calculated_in_seconds_and_again_at_once(
    sheet: xw.Sheet, record_property: Callable[[str, object], None]
) -> None:
    sheet["A1:A10000"].value = [[float(1_000 * number)] for number in range(10_000)]
    started = time.monotonic()
    sheet["B1:B10000"].formula = "=SK_BANGCHU(A1)"
    first = time.monotonic() - started
    assert sheet["B10000"].value == "Chín triệu chín trăm chín mươi chín nghìn đồng"
    started = time.monotonic()
    sheet.book.app.calculate()
    again = time.monotonic() - started
    record_property("seconds", {"first": first, "again": again})
    print(f"10,000 cells: {first:.2f} s, again {again:.2f} s")
    assert first < 20
    assert again < 5


def test_a_child_that_is_gone_is_started_again(calc: Office, sheet: xw.Sheet) -> None:
    sheet["A1"].formula = "=SK_BANGCHU(1)"
    for number in _children_of(calc):
        os.kill(number, signal.SIGKILL)
    sheet["A2"].formula = "=SK_BANGCHU(2)"
    assert sheet["A1:A2"].value == ["Một đồng", "Hai đồng"]


@pytest.mark.parametrize(
    "command",
    [
        ("/no/such/program",),
        (sys.executable, "-c", "import sys; sys.exit(3)"),
        (sys.executable, "-c", "print('hello')"),
    ],
    ids=["missing", "ends at once", "speaks nonsense"],
)
def test_without_the_product_cells_show_not_available_and_nothing_waits(
    command: tuple[str, ...], soffice: str, tmp_path: Path
) -> None:
    with Office(tmp_path, program=soffice, extension=PACKAGED_EXTENSION) as office:
        answer_functions(office, *command)
        app = activate(office.connect())
        sheet = app.books.add().sheets[0]
        started = time.monotonic()
        sheet["B1:B10000"].formula = "=SK_BANGCHU(A1)"
        assert texts(sheet["B9999:B10000"]) == [["#N/A"], ["#N/A"]]
        assert time.monotonic() - started < 10


def _apostrophe(cell: Any) -> Any:
    """A text as a clerk types it so that it stays one."""
    return "'" + cell if isinstance(cell, str) else cell


def _children_of(office: Office) -> list[int]:
    """The process numbers of what answers functions for this office."""
    pid = office.connect().office["pid"]
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                line = (entry / "cmdline").read_bytes()
            except (OSError, IndexError):
                continue
            if parent == pid and b"function_server" in line:
                found.append(int(entry.name))
    assert found
    return found


def test_days_count_as_days(sheet: xw.Sheet) -> None:
    phase = PROGRAMME.phases[0]
    days = [phase.first, phase.last, date.fromordinal(phase.first.toordinal() - 1), date(2040, 1, 1)]
    sheet["A1:A4"].value = [[day] for day in days]
    sheet["B1:B4"].formula = "=SK_GIAIDOAN(A1)"
    assert column(sheet["B1:B4"]) == [one for (one,) in said(functions.SK_GIAIDOAN, [[day] for day in days])]
