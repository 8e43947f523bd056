"""A clerk types a worksheet function into a cell and asks the function wizard about it, in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from addin import functions
from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office
from tests.live.clicking import extension_office
from tests.live.conftest import program
from tests.live.pointer import focus, keys, type_text, window

FORMULAS = ["=SK_HOTRO(A2,B2,C2)", "=SK_BANGCHU(E2)", "=SK_GIAIDOAN(B2)", "=SK_BANGCHU(C2)"]


@pytest.fixture(scope="module")
def office(soffice: str, display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office with the extension, set up as on a clerk's machine: nothing answers but what is installed."""
    program("xdotool", "xdotool")
    with extension_office(tmp_path_factory.mktemp("wizard"), soffice, display) as started:
        yield started


def test_a_function_is_typed_computed_and_explained(
    office: Office, display: str, screenshot: Callable[[str], Path], tmp_path: Path
) -> None:
    app = activate(office.connect())
    book = app.books.add()
    sheet = book.sheets[0]
    sheet["A1"].value = [
        ["Mã đăng ký", "Ngày đăng ký", "Trạng thái", None, "Kết quả"],
        ["SK-2022-0001", datetime(2022, 1, 15), "Hợp lệ", None, None],
    ]
    sheet["A:C"].column_width = 16
    sheet["E:E"].column_width = 40
    sheet["E2"].select()
    book.save(str(tmp_path / "ham.xlsx"))
    title = "ham.xlsx - LibreOffice Calc"
    office.release()

    focus(display, window(display, "--name", f"^{title}$"))
    keys(display, "Down", "Up")  # out of the selection, in which Enter goes round
    for formula in FORMULAS:
        type_text(display, formula)
        keys(display, "Return")
    screenshot("1-computed")
    keys(display, "Up", "Up", "Up", "Up", "ctrl+F2")
    wizard = window(display, "--name", "^Function Wizard$")
    screenshot("2-wizard")
    focus(display, wizard)
    keys(display, "Escape")

    app = activate(office.connect())
    sheet = app.books["ham.xlsx"].sheets[0]
    assert [line[0] for line in sheet["E2:E5"].impl.texts] == ["100000", "Một trăm nghìn đồng", "1", "#VALUE!"]
    assert functions.SK_HOTRO("SK-2022-0001", datetime(2022, 1, 15), "Hợp lệ") == [[100_000]]
