"""Names of a workbook are read once for equal parts, and hold for each file by itself."""

from addin.intake.form import locate
from addin.intake.guard import open_package
from addin.intake.names import read_names
from tests.addin.intake.workbooks import COVER, LIST_PART, WORKBOOK_PART, edited, form, initiative, package, parts
from validation.fields import Form


def test_names_and_layout_of_equal_parts_are_worked_out_once() -> None:
    first, second = (read_names(open_package(form([initiative(title=title)]))) for title in ("Một", "Hai"))
    assert first is second
    assert locate(first, Form.GRASSROOTS) is locate(second, Form.GRASSROOTS)


def test_a_name_that_points_elsewhere_is_another() -> None:
    ours = read_names(open_package(form()))
    moved = read_names(open_package(edited(form(), WORKBOOK_PART, f"'{COVER}'!$B$2", f"'{COVER}'!$C$2")))
    assert ours.areas["cover_unit_name"].column == "B"
    assert moved.areas["cover_unit_name"].column == "C"
    assert locate(moved, Form.GRASSROOTS).cover["unit_name"].column == "C"


def test_a_sheet_whose_part_is_missing_is_missing_in_that_file_only() -> None:
    whole, content = form(), parts(form())
    del content[LIST_PART]
    found = [read_names(open_package(data)).sheets[0].part for data in (whole, package(content), whole)]
    assert found == [LIST_PART, None, LIST_PART]
