"""The blank forms: names, table, entry rules and print set-up, read back by a library that did not write them."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openxml_audit import FileFormat, OpenXmlValidator

from validation.fields import COVER_FIELDS, FORM_TITLES, META_KEYS, TEMPLATE_VERSION, Form, Kind, row_fields
from validation.messages import catalogue
from validation.programme import load_programme, programme_ids
from validation.units import Level, Unit
from workbook_templates.forms import MAXIMUM_ROWS, build_form, form_bytes
from workbook_templates.guide_sheet import COMMON_FAULTS

EVERY_FORM = list(itertools.product(Form, programme_ids()))
UNIT = Unit("HB-017", "CĐCS Công ty TNHH May Hồng Bàng", Level.GRASSROOTS, parent="HP-Q-HB", members=412)
SUPERIOR = Unit("HP-Q-HB", "LĐLĐ quận Hồng Bàng", Level.UPPER, parent="HP")

LONGEST_FORMULA = 8192
"""Excel's limit in characters."""
BEYOND_EXCEL_2010 = ("LET(", "LAMBDA(", "XLOOKUP(", "FILTER(", "UNIQUE(", "TEXTJOIN(", "IFS(_", "_xlfn", "_xlws", "SK.")


def opened(form: Form, programme: str = "hai-phong-2021-2023", **options: object) -> Workbook:
    content = form_bytes(form, load_programme(programme), **options)  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(content))


def destination(book: Workbook, name: str) -> tuple[str, str]:
    (place,) = book.defined_names[name].destinations
    return place


def value(book: Workbook, name: str) -> object:
    sheet, cell = destination(book, name)
    return book[sheet][cell.replace("$", "")].value


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize(("form", "programme"), EVERY_FORM)
def test_the_auditor_finds_nothing(form: Form, programme: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    build_form(form, load_programme(programme), path, unit=UNIT, superior=SUPERIOR, rows=20)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2010, max_errors=0).validate(path)
    assert result.errors == []


@pytest.mark.parametrize(("form", "programme"), EVERY_FORM)
def test_every_name_of_the_contract_is_there_and_plain(form: Form, programme: str) -> None:
    book = opened(form, programme, rows=7)
    names = {f"cover_{f.name}" for f in COVER_FIELDS} | {f"meta_{k}" for k in META_KEYS} | {"meta_header"}
    names |= {f"row_{field.name}" for field in row_fields(form)}
    contract = {name for name in book.defined_names if name.startswith(("cover_", "row_", "meta_"))}
    assert contract == names
    for name in names:
        plain = r"'?[^'!]+'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?"
        assert re.fullmatch(plain, book.defined_names[name].attr_text), name


@pytest.mark.parametrize("form", Form)
def test_the_columns_stand_in_order_under_their_headers_over_the_same_rows(form: Form) -> None:
    book = opened(form, rows=7)
    sheet, header = destination(book, "meta_header")
    left, header_row, right, _ = range_boundaries(header)
    headers = [cell.value for cell in book[sheet][header_row][left - 1 : right]]
    assert headers == [field.header for field in row_fields(form)]
    for column, field in enumerate(row_fields(form), left):
        place, reference = destination(book, f"row_{field.name}")
        assert (place, range_boundaries(reference)) == (sheet, (column, header_row + 1, column, header_row + 7))
    assert book[sheet].max_row == header_row + 7, "nothing stands below the body"


@pytest.mark.parametrize("form", Form)
def test_the_hidden_sheet_says_which_form_it_is(form: Form) -> None:
    book = opened(form, "vi-du-ba-giai-doan", rows=3)
    facts = (value(book, "meta_form"), value(book, "meta_template_version"), value(book, "meta_programme"))
    assert facts == (form.value, TEMPLATE_VERSION, "vi-du-ba-giai-doan")
    assert book[destination(book, "meta_form")[0]].sheet_state == "hidden"
    assert book.properties.title == FORM_TITLES[form]


def test_the_cover_is_filled_for_the_unit() -> None:
    book = opened(Form.GRASSROOTS, unit=UNIT, superior=SUPERIOR, rows=3)
    known = {name: value(book, f"cover_{name}") for name in ("unit_code", "unit_name", "superior_code", "members")}
    assert known == {"unit_code": "HB-017", "unit_name": UNIT.name, "superior_code": "HP-Q-HB", "members": 412}
    assert book["Bìa"]["A1"].value == "LĐLĐ QUẬN HỒNG BÀNG"
    assert value(book, "cover_report_date") is None


def test_without_a_known_superior_the_parent_code_is_written() -> None:
    assert value(opened(Form.GRASSROOTS, unit=UNIT, rows=3), "cover_superior_code") == "HP-Q-HB"


def test_the_list_is_an_unprotected_table_whose_formulas_fill_themselves_in() -> None:
    book = opened(Form.GRASSROOTS, rows=5)
    sheet = book["Danh sách"]
    table = sheet.tables["DanhSach"]
    assert not sheet.protection.sheet
    assert table.autoFilter is not None
    calculated = {c.name: c.calculatedColumnFormula.attr_text for c in table.tableColumns if c.calculatedColumnFormula}
    by_header = {field.header: field for field in row_fields(Form.GRASSROOTS) if not field.typed}
    assert set(by_header) < set(calculated)
    for header, field in by_header.items():
        _, reference = destination(book, f"row_{field.name}")
        column, first, _, last = range_boundaries(reference)
        cells = {sheet.cell(row, column).value for row in range(first, last + 1)}
        assert cells == {f"={calculated[header]}"}


@pytest.mark.parametrize(("form", "programme"), EVERY_FORM)
def test_formulas_are_native_and_short_enough(form: Form, programme: str) -> None:
    for name, text in parts(form_bytes(form, load_programme(programme), rows=2)).items():
        for formula in re.findall(r"<(?:f|formula|formula1|calculatedColumnFormula)\b[^>]*>([^<]*)<", text):
            assert len(formula) < LONGEST_FORMULA, name
            assert not [word for word in BEYOND_EXCEL_2010 if word in formula], formula


def test_amounts_and_dates_of_the_programme_stand_on_the_hidden_sheet_only() -> None:
    content = parts(form_bytes(Form.GRASSROOTS, load_programme(), rows=2))
    formulas = " ".join(re.findall(r"<f\b[^>]*>([^<]*)</f>", "".join(content.values())))
    assert not re.search(r"\b(100000|200000|0\.15|44440|44712)\b", formulas)
    assert {"upper_amount", "base_cap", "phase_first", "application_last"} <= set(re.findall(r"[a-z_]+", formulas))


def test_formulas_of_blank_rows_store_an_empty_text() -> None:
    sheet = parts(form_bytes(Form.GRASSROOTS, load_programme(), rows=2))["xl/worksheets/sheet2.xml"]
    blank_rows = re.findall(r'<row r="[67]".*?</row>', sheet)
    cells = re.findall(r"<c [^>]*>", "".join(blank_rows))
    calculated = sum(not field.typed for field in row_fields(Form.GRASSROOTS))
    assert len(cells) == 2 * (calculated + 1), "only calculated cells are written"
    assert all('t="str"' in cell for cell in cells)


@pytest.mark.parametrize("form", Form)
def test_rows_below_the_table_are_formatted_and_guarded_too(form: Form) -> None:
    book = opened(form, rows=5)
    sheet = book["Danh sách"]
    for field in row_fields(form):
        _, reference = destination(book, f"row_{field.name}")
        column, _, _, last = range_boundaries(reference)
        below = sheet.cell(last + 1000, column).coordinate
        rules = [rule for rule in sheet.data_validations.dataValidation if below in rule.sqref]
        assert len(rules) == (1 if field.typed else 0), field.name
        formats = [d.number_format for d in sheet.column_dimensions.values() if d.min <= column <= d.max]
        if field.kind in (Kind.CODE, Kind.DATE, Kind.AMOUNT):
            assert formats == [{Kind.CODE: "@", Kind.DATE: "dd/mm/yyyy", Kind.AMOUNT: "#,##0"}[field.kind]]


def test_entry_rules_say_what_to_type_and_what_was_wrong() -> None:
    book = opened(Form.CITY, rows=5)
    rules = [r for s in ("Bìa", "Danh sách") for r in book[s].data_validations.dataValidation]
    assert len(rules) == len(COVER_FIELDS) + sum(f.typed for f in row_fields(Form.CITY))
    for rule in rules:
        assert rule.promptTitle
        assert rule.prompt
        assert len(rule.prompt) <= 255
        assert rule.error
        assert rule.showErrorMessage
    assert {r.formula1 for r in rules if r.type == "list"} == {
        "list_yes_no", "list_status", "list_solution_kind", "list_activity_field",
    }  # fmt: skip


def test_the_cover_and_the_list_print_on_a4() -> None:
    book = opened(Form.GRASSROOTS, rows=5)
    cover, listing = book["Bìa"], book["Danh sách"]
    assert (cover.page_setup.paperSize, cover.page_setup.orientation) == (9, "portrait")
    assert (listing.page_setup.paperSize, listing.page_setup.orientation) == (9, "landscape")
    assert (listing.page_setup.fitToWidth, listing.page_setup.fitToHeight) == (2, 0)
    assert listing.print_title_rows == "$5:$5"
    assert listing.freeze_panes == "D6"
    assert "&P/&N" in listing.oddFooter.right.text


@pytest.mark.parametrize("form", Form)
def test_every_letter_is_in_times_new_roman(form: Form) -> None:
    styles = parts(form_bytes(form, load_programme(), rows=2))["xl/styles.xml"]
    assert set(re.findall(r'<name val="([^"]*)"', styles)) == {"Times New Roman"}
    assert "<scheme" not in styles, "a theme's own font would win over the cell's"


def test_the_guide_names_every_field_and_every_allowed_value() -> None:
    programme = load_programme("vi-du-ba-giai-doan")
    book = opened(Form.UPPER, programme.id, rows=2)
    texts = [str(cell.value) for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value]
    for field in [*COVER_FIELDS, *(f for f in row_fields(Form.UPPER) if f.typed)]:
        assert field.header in texts
        assert field.hint in texts
    assert "; ".join(programme.lists.solution_kind) in texts


def test_the_guide_says_what_to_do_about_the_usual_faults_in_the_rules_own_words() -> None:
    book = opened(Form.GRASSROOTS, rows=2)
    texts = {cell.value for row in book["Hướng dẫn"].iter_rows() for cell in row}
    rules = catalogue("vi")["rule"]
    for code in COMMON_FAULTS:
        assert {rules[code]["title"], rules[code]["do"]} <= texts
        assert "{" not in rules[code]["title"] + rules[code]["do"], code


def test_the_city_form_compares_with_the_target() -> None:
    assert "totals_target" in opened(Form.CITY, rows=2).defined_names
    assert "totals_target" not in opened(Form.GRASSROOTS, rows=2).defined_names


@pytest.mark.parametrize("rows", [0, MAXIMUM_ROWS + 1])
def test_a_form_of_no_or_too_many_rows_is_refused(rows: int) -> None:
    with pytest.raises(ValueError, match="rows"):
        form_bytes(Form.GRASSROOTS, load_programme(), rows=rows)


def test_a_form_is_written_to_a_path_or_a_stream(tmp_path: Path) -> None:
    stream, path = io.BytesIO(), tmp_path / "biểu.xlsx"
    build_form(Form.GRASSROOTS, load_programme(), stream, rows=2)
    build_form(Form.GRASSROOTS, load_programme(), path, rows=2)
    assert path.read_bytes() == stream.getvalue()


def test_filled_cells_keep_text_as_text() -> None:
    from workbook_templates.book import new_book
    from workbook_templates.forms import add_form_sheets

    raw = io.BytesIO()
    book = new_book(raw, title="thử")
    sheets = add_form_sheets(book, Form.GRASSROOTS, load_programme(), rows=2, with_formulas=False)
    sheets.fill_row(0, {"title": "=1+1", "registration_code": "0007", "registered_on": date(2022, 1, 8), "phase": 1})
    book.close()
    filled = openpyxl.load_workbook(raw)
    row = {f.name: filled["Danh sách"].cell(6, c) for c, f in enumerate(row_fields(Form.GRASSROOTS), 1)}
    assert (row["title"].data_type, row["title"].value) == ("s", "=1+1")
    assert (row["registration_code"].value, row["phase"].value) == ("0007", 1)
    assert row["registered_on"].value.date() == date(2022, 1, 8)
    assert row["total_support"].value is None
