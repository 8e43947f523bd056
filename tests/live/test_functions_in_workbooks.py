"""A workbook with ``SK_…`` travels between Excel and Calc: what each writes, and what the office makes of it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.formula import ArrayFormula

from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office
from macros.build import PACKAGED_EXTENSION
from tests.live.programs import PROGRAMS, answer_functions, formulas_in, is_new, program_of

pytestmark = pytest.mark.live

WORDS = "Năm nghìn đồng"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(scope="module", params=PROGRAMS)
def calc(request: pytest.FixtureRequest, soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with the extension."""
    program = program_of(request.param, soffice)
    folder = tmp_path_factory.mktemp("workbooks")
    with Office(folder, program=program, extension=PACKAGED_EXTENSION) as office:
        answer_functions(office)
        activate(office.connect()).books.add()  # an office without a workbook ends
        yield office


@pytest.fixture
def opened(calc: Office) -> Iterator[Callable[[Path], xw.Sheet]]:
    """Open a workbook as a clerk does: afterwards the office is at leisure for a moment. Its first sheet."""
    books = []

    def do(file: Path) -> xw.Sheet:
        app = activate(calc.connect())
        book = app.books.open(str(file))
        books.append(book)
        calc.connect().ask("office.repaint")
        app.calculate()
        return book.sheets[0]

    yield do
    for book in books:
        book.close()


def written(file: Path, formulas: dict[str, str | ArrayFormula]) -> Path:
    """A workbook as a program writes it that knows the functions by name, with 5000 in A1."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = 5000, 7000
    for address, formula in formulas.items():
        sheet[address] = formula
    book.save(file)
    return file


def as_excel_links(file: Path) -> Path:
    """The same with what Excel adds for a function of an add-in: `[1]!` and an external link to the add-in's file."""
    out = file.with_name(f"excel-{file.name}")
    part = "xl/externalLinks/externalLink1.xml"
    added = {
        part: f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_LINK}" r:id="rId1"><definedNames>'
        '<definedName name="SK_BANGCHU"/></definedNames></externalBook></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
        f'2006/relationships"><Relationship Id="rId1" Type="{_LINK}/externalLinkPath" TargetMode="External" '
        'Target="file:///C:\\Users\\lan\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\sangkien.xlam"/></Relationships>',
    }
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    changes = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdX" Type="{_LINK}/externalLink" Target="/{part}"/></Relationships>',
        ),
        "xl/workbook.xml": (
            "</sheets>",
            f'</sheets><externalReferences><externalReference xmlns:r="{_LINK}" r:id="rIdX"/></externalReferences>',
        ),
        "xl/worksheets/sheet1.xml": ("SK_BANGCHU(", "[1]!SK_BANGCHU("),
    }
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name in changes:
                old, new = changes[name]
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
        for name, text in added.items():
            after.writestr(name, text)
    return out


@pytest.mark.parametrize("excel", [False, True], ids=["plain names", "as Excel links them"])
def test_a_workbook_from_excel_is_calculated(
    excel: bool, calc: Office, opened: Callable[[Path], xw.Sheet], tmp_path: Path
) -> None:
    file = written(
        tmp_path / f"{tmp_path.name}.xlsx",
        {
            "B1": "=SK_BANGCHU(A1)",
            "B2": '=IF(A1>1,"sk_bangchu(1): "&SK_BANGCHU(A1),0)',
            "B3": "=SUM(A1,1)",
            "C1": ArrayFormula("C1:C2", "=SK_BANGCHU(A1:A2)"),
        },
    )
    sheet = opened(as_excel_links(file) if excel else file)
    assert sheet["B1:B3"].value == [WORDS, f"sk_bangchu(1): {WORDS}", 5001]
    assert sheet["C1:C2"].value == [WORDS, "Bảy nghìn đồng"]
    assert sheet["B1"].formula == "=SK_BANGCHU(A1)"
    assert not sheet.book.impl.modified, "opening is no change"

    saved = tmp_path / "saved.xlsx"
    shutil.copy(file, saved)
    sheet.book.save(str(saved))
    name = "SK_BANGCHU" if is_new(calc) else "SK.BANGCHU"
    assert f"{name}(A1)" in formulas_in(saved)
    assert f"{name}(A1:A2)" in formulas_in(saved)


def test_what_an_older_office_has_saved_is_calculated(opened: Callable[[Path], xw.Sheet], tmp_path: Path) -> None:
    sheet = opened(written(tmp_path / f"{tmp_path.name}.xlsx", {"B1": "=SK.BANGCHU(A1)"}))
    assert sheet["B1"].value == WORDS
    assert sheet["B1"].formula == "=SK_BANGCHU(A1)"


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_what_calc_saves_it_opens_again(
    ending: str, calc: Office, opened: Callable[[Path], xw.Sheet], tmp_path: Path
) -> None:
    app = activate(calc.connect())
    book = app.books.add()
    sheet = book.sheets[0]
    sheet["A1"].value = 5000
    sheet["B1"].formula = "=SK_BANGCHU(A1)"
    file = tmp_path / f"{tmp_path.name}.{ending}"
    book.save(str(file))
    book.close()
    again = opened(file)
    assert again["B1"].formula == "=SK_BANGCHU(A1)"
    assert again["B1"].value == WORDS


def test_a_protected_sheet_keeps_its_formulas_and_the_workbook_opens(
    opened: Callable[[Path], xw.Sheet], tmp_path: Path
) -> None:
    file = written(tmp_path / f"{tmp_path.name}.xlsx", {"B1": "=SK_BANGCHU(A1)", "B2": "=A1*2"})
    book = openpyxl.load_workbook(file)
    book.active.protection.sheet = True
    book.save(file)
    sheet = opened(as_excel_links(file))
    assert sheet["B2"].value == 10_000
    assert sheet["A1"].value == 5000


def test_2000_formulas_of_excel_are_mended_in_seconds(opened: Callable[[Path], xw.Sheet], tmp_path: Path) -> None:
    formulas: dict[str, str | ArrayFormula] = {f"B{row}": f"=SK_BANGCHU({row}000)" for row in range(1, 2001)}
    sheet = opened(as_excel_links(written(tmp_path / f"{tmp_path.name}.xlsx", formulas)))
    assert sheet["B5"].value == WORDS
    assert all(sheet["B1:B2000"].value)
