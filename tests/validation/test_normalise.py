"""One cell: what stands there → typed value and notes."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from validation.fields import COVER_FIELD, ROW_FIELD
from validation.normalise import BLANK, Cleaned, Cleaner, as_shown
from validation.programme import Programme
from validation.submission import CellValue, LegacyFont, Oddity

FIELDS = ROW_FIELD | {f"cover_{name}": field for name, field in COVER_FIELD.items()}


def clean(name: str, value: CellValue, programme: Programme, odd: Oddity | None = None) -> Cleaned:
    return Cleaner(FIELDS[name], programme)(value, odd)


def told(cleaned: Cleaned) -> list[tuple[str, str | None]]:
    return [(note.code, note.after) for note in cleaned.notes]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0\u200b\n"])
def test_a_blank_cell_is_no_value_and_no_fault(name: str, value: str | None, first_programme: Programme) -> None:
    assert clean(name, value, first_programme) == BLANK


@pytest.mark.parametrize(
    ("name", "value", "typed"),
    [
        ("title", "Cải tiến máy", "Cải tiến máy"),
        ("title", 12, "12"),
        ("title", 12.0, "12"),
        ("title", 1.5, "1.5"),
        ("title", True, "TRUE"),
        ("position", date(2022, 3, 1), "01/03/2022"),
        ("effect", "một\nhai", "một\nhai"),
        ("registration_code", "SK-1", "SK-1"),
        ("registration_code", "0417", "0417"),
        ("is_member", "Có", True),
        ("is_member", "Không", False),
        ("status", "Hợp lệ", "Hợp lệ"),
        ("co_authors", "Trần Văn Nam; Lê Thị Mai", ("Trần Văn Nam", "Lê Thị Mai")),
        ("co_authors", "Không", None),
        ("co_authors", "-, -", None),
        ("applied_on", date(2022, 3, 1), date(2022, 3, 1)),
        ("applied_on", datetime(2022, 3, 1, 23, 59), date(2022, 3, 1)),
        ("base_support", 200_000, 200_000),
        ("base_support", 200_000.0, 200_000),
        ("base_support", -5, -5),
        ("source_row", 17.0, 17),
    ],
)
def test_a_tidy_cell_gives_its_value_without_a_word(
    name: str, value: CellValue, typed: object, first_programme: Programme
) -> None:
    assert clean(name, value, first_programme) == Cleaned(typed)


@pytest.mark.parametrize(
    ("name", "value", "typed", "notes"),
    [
        ("title", " Cải  tiến ", "Cải tiến", [("stray_spaces", "Cải tiến")]),
        ("title", "Ca\u0309i \u200btie\u0302\u0301n ", "Cải tiến",
         [("invisible_characters", "Cải tiến"), ("not_nfc", "Cải tiến"), ("stray_spaces", "Cải tiến")]),
        ("registration_code", 417, "417", [("number_in_text", None)]),
        ("registration_code", date(2022, 3, 1), "01/03/2022", [("number_in_text", None)]),
        ("member_number", 12345.0, "12345", [("number_in_text", None)]),
        ("is_member", "CÓ ", True, [("choice_untidy", "Có")]),
        ("status", "Hợp lệ ", "Hợp lệ", [("stray_spaces", "Hợp lệ")]),
        ("applied_on", " 1/3/2022", date(2022, 3, 1), [("date_as_text", "01/03/2022")]),
        ("applied_on", 44621, date(2022, 3, 1), [("date_as_number", "01/03/2022")]),
        ("base_support", " 200.000\u00a0đ", 200_000, [("amount_as_text", "200000")]),
        ("source_row", "17", 17, [("count_as_text", "17")]),
        ("co_authors", "1. Trần Văn Nam,  2. Lê Mai", ("Trần Văn Nam", "Lê Mai"),
         [("people_separator", "Trần Văn Nam; Lê Mai")]),
        ("co_authors", "Trần  Văn Nam", ("Trần Văn Nam",), [("stray_spaces", "Trần Văn Nam")]),
    ],
)  # fmt: skip
def test_an_untidy_cell_gives_its_value_and_one_way_to_repair_it(
    name: str, value: CellValue, typed: object, notes: list[tuple[str, str | None]], first_programme: Programme
) -> None:
    cleaned = clean(name, value, first_programme)
    assert cleaned.value == typed
    assert told(cleaned) == notes
    assert not cleaned.unreadable
    assert len({after for _, after in told(cleaned)}) == 1, "two proposals for one cell would undo each other"


@pytest.mark.parametrize("name", ["title", "status", "applied_on", "base_support", "co_authors", "registration_code"])
def test_a_repaired_cell_is_tidy(name: str, first_programme: Programme) -> None:
    untidy: dict[str, CellValue] = {
        "title": "  Cải  tiến\u200b",
        "status": "HỢP LỆ",
        "applied_on": "1.3.22",
        "base_support": "200.000 đồng",
        "co_authors": "A Nam, B Mai",
        "registration_code": "SK 1 ",
    }
    first = clean(name, untidy[name], first_programme)
    again = clean(name, first.notes[-1].after, first_programme)
    assert again.value == first.value


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("applied_on", "31/02/2022", "unreadable_date"),
        ("applied_on", 2022, "unreadable_date"),
        ("applied_on", True, "unreadable_date"),
        ("applied_on", float("nan"), "unreadable_date"),
        ("applied_on", 10**400, "unreadable_date"),
        ("applied_on", time(8, 30), "unreadable_date"),
        ("applied_on", timedelta(days=44621), "unreadable_date"),
        ("base_support", "hai trăm", "unreadable_amount"),
        ("base_support", 0.5, "unreadable_amount"),
        ("base_support", True, "unreadable_amount"),
        ("base_support", float("inf"), "unreadable_amount"),
        ("base_support", 10**16, "unreadable_amount"),
        pytest.param("base_support", 10**5000, "unreadable_amount", id="a number too long to be written"),
        ("base_support", date(2022, 3, 1), "unreadable_amount"),
        ("source_row", -1, "unreadable_count"),
        ("source_row", "x", "unreadable_count"),
        ("cover_members", "-5", "unreadable_count"),
        ("status", "gần hợp lệ", "unknown_choice"),
        ("is_member", 5, "unknown_choice"),
    ],
)
def test_an_unreadable_cell_gives_no_value_and_says_so(
    name: str, value: CellValue, code: str, first_programme: Programme
) -> None:
    cleaned = clean(name, value, first_programme)
    assert (cleaned.value, [note.code for note in cleaned.notes], cleaned.unreadable) == (None, [code], True)


def test_a_near_list_value_is_proposed(first_programme: Programme) -> None:
    cleaned = clean("is_member", True, first_programme)
    assert told(cleaned) == [("unknown_choice", "Có")]


def test_too_long_a_text_is_kept_and_named(first_programme: Programme) -> None:
    cleaned = clean("title", "a" * 1001, first_programme)
    assert cleaned.value == "a" * 1001
    assert dict(cleaned.notes[0].facts) == {"length": 1001, "maximum": 1000}
    assert clean("title", "a" * 1000, first_programme).notes == ()


# Odd cells


@pytest.mark.parametrize("name", ROW_FIELD)
def test_an_error_is_no_value_whatever_stands_beside_it(name: str, first_programme: Programme) -> None:
    odd = Oddity(error="#REF!", formula="A1", font=LegacyFont.VNI)
    cleaned = clean(name, "x", first_programme, odd)
    assert (cleaned.value, told(cleaned), cleaned.unreadable) == (None, [("error_value", None)], True)


def test_a_formula_without_a_stored_value_is_no_value(first_programme: Programme) -> None:
    cleaned = clean("title", None, first_programme, Oddity(formula="A1", uncached=True))
    assert (cleaned.value, told(cleaned)) == (None, [("formula_without_value", None)])


def test_a_formula_with_a_value_is_taken_with_a_warning(first_programme: Programme) -> None:
    cleaned = clean("applied_on", date(2022, 3, 1), first_programme, Oddity(formula="TODAY()"))
    assert (cleaned.value, told(cleaned)) == (date(2022, 3, 1), [("formula_in_typed_cell", "01/03/2022")])


def test_a_formula_that_shows_nothing_is_blank(first_programme: Programme) -> None:
    for value in (None, "", " "):
        assert clean("base_support", value, first_programme, Oddity(formula='""')) == BLANK


@pytest.mark.parametrize(
    ("formula", "value", "taken"),
    [
        ("100000+50000", 150_000, True),
        ("100000*1.1", 110_000.0, True),
        ("100000+50000", 200_000, False),
        ("A1", 150_000, False),
        ("1e999", 150_000, False),
    ],
)
def test_money_from_a_formula_is_taken_only_where_it_can_be_worked_out(
    formula: str, value: Any, taken: bool, first_programme: Programme
) -> None:
    cleaned = clean("base_support", value, first_programme, Oddity(formula=formula))
    assert cleaned.value == (value if taken else None)
    assert [n.code for n in cleaned.notes] == ["formula_in_typed_cell" if taken else "formula_for_money"]


@pytest.mark.parametrize(
    ("typed", "font"),
    [
        ("NguyÔn ThÞ Hoa", LegacyFont.TCVN3),
        ("Nguyeãn Thò Hoa", LegacyFont.VNI),
    ],
)
def test_a_legacy_font_decides_how_its_text_is_read(typed: str, font: LegacyFont, first_programme: Programme) -> None:
    cleaned = clean("lead_author", typed, first_programme, Oddity(font=font))
    assert (cleaned.value, told(cleaned)) == ("Nguyễn Thị Hoa", [("legacy_font", "Nguyễn Thị Hoa")])
    assert dict(cleaned.notes[0].facts) == {"encoding": font.value}


def test_a_formula_in_a_legacy_font_is_converted_too(first_programme: Programme) -> None:
    cleaned = clean("lead_author", "NguyÔn ThÞ Hoa", first_programme, Oddity(formula="A1", font=LegacyFont.TCVN3))
    assert cleaned.value == "Nguyễn Thị Hoa"
    assert [n.code for n in cleaned.notes] == ["formula_in_typed_cell", "legacy_font"]


def test_text_without_legacy_letters_is_not_touched_by_the_font(first_programme: Programme) -> None:
    for value in ("SK-2022", 417, None):
        cleaned = clean("title", value, first_programme, Oddity(font=LegacyFont.VNI))
        assert cleaned == clean("title", value, first_programme)


def test_what_was_remembered_of_a_cell_is_never_told_of_another(first_programme: Programme) -> None:
    cleaner = Cleaner(ROW_FIELD["base_support"], first_programme)
    assert cleaner(1).value == 1
    assert cleaner(True).unreadable
    assert cleaner(1.0).value == 1
    assert cleaner(True).unreadable
    code = Cleaner(ROW_FIELD["registration_code"], first_programme)
    assert [code(value).value for value in (10**16, 1e16, 10**16)] == [
        "10000000000000000",
        "1e+16",
        "10000000000000000",
    ]


def test_the_memory_of_cells_has_a_bound(first_programme: Programme) -> None:
    cleaner = Cleaner(ROW_FIELD["title"], first_programme)
    for number in range(10_000):
        assert cleaner(f"Cải tiến {number}").value == f"Cải tiến {number}"
    assert len(cleaner._memo) <= 4_096


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("a", "a"),
        ("\ud800x", "\ufffdx"),
        (True, "TRUE"),
        (False, "FALSE"),
        (5, "5"),
        (5.0, "5"),
        (-0.0, "0"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        pytest.param(10**5000, "#####", id="a number too long to be written"),
        pytest.param(-(10**5000), "#####", id="a negative number too long to be written"),
        (date(1, 2, 3), "03/02/0001"),
        (date.max, "31/12/9999"),
        (datetime(2022, 3, 1), "01/03/2022"),
        (datetime(2022, 3, 1, 8, 5), "01/03/2022 08:05"),
        (datetime.min, "01/01/0001"),
        (time(8, 30), "08:30:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_every_value_is_shown_as_a_clerk_reads_it(value: CellValue, shown: str) -> None:
    assert as_shown(value) == shown
