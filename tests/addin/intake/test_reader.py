from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.intake import book
from addin.intake.reader import read_workbook
from tests.addin.intake.workbooks import (
    COVER,
    FIRST_ROW,
    LIST,
    LIST_PART,
    WORKBOOK_PART,
    cell_xml,
    column_of,
    edited,
    form,
    initiative,
    package,
    parts,
    text_cell,
    with_rows,
)
from validation.errors import Refusal
from validation.fields import COVER_FIELDS, Form
from validation.submission import LegacyFont, Oddity, RawSubmission

PROJECT = Path(__file__).parents[3]


def refusal(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_workbook(data)
    return caught.value


def notices(submission: RawSubmission) -> dict[str, dict[str, object]]:
    return {notice.code: dict(notice.facts) for notice in submission.notices}


def test_a_filled_form_is_read_with_its_real_rows_and_places() -> None:
    read = read_workbook(form([initiative(), initiative(registration_code="HP-0002", base_support=None)]))
    assert (read.form, read.template_version, read.programme_id) == (Form.GRASSROOTS, 1, "hai-phong-2021-2023")
    assert [row.number for row in read.rows] == [FIRST_ROW, FIRST_ROW + 1]
    assert read.rows[0].values["title"] == "Cải tiến quy trình giao nhận trẻ"
    assert read.rows[0].values["registered_on"] == date(2022, 3, 1)
    assert read.rows[0].values["base_support"] == 150_000
    assert isinstance(read.rows[0].values["base_support"], int)
    assert "base_support" not in read.rows[1].values
    assert read.address("title", 8) == f"{column_of('title')}8"
    assert read.cover.values["members"] == 120
    assert read.cover.places["unit_code"] == (COVER, "B1")
    assert read.notices == ()


def test_a_form_without_rows_is_a_submission_without_rows() -> None:
    assert read_workbook(form()).rows == ()


def test_rows_below_the_named_body_are_read() -> None:
    rows = [initiative(registration_code=f"HP-{i}") for i in range(30)]
    assert len(read_workbook(form(rows, capacity=5)).rows) == 30


def test_rows_inserted_above_the_body_move_it_with_its_header() -> None:
    moved = form([initiative()])
    names = parts(moved)[WORKBOOK_PART].decode()
    shifted = names.replace("$7:", "$8:").replace("$A$6:$Z$6", "$A$7:$Z$7")
    sheet = parts(moved)[LIST_PART].decode()
    for number in range(40, 5, -1):
        sheet = sheet.replace(f'<row r="{number}"', f'<row r="{number + 1}"')
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            sheet = sheet.replace(f'r="{letter}{number}"', f'r="{letter}{number + 1}"')
    data = package(parts(moved) | {WORKBOOK_PART: shifted.encode(), LIST_PART: sheet.encode()})
    assert [row.number for row in read_workbook(data).rows] == [FIRST_ROW + 1]


def test_a_first_row_above_the_named_one_is_read_because_the_header_says_where_the_body_begins() -> None:
    data = form([initiative(), initiative(registration_code="HP-2")])
    names = parts(data)[WORKBOOK_PART].decode().replace("$7:", "$8:")  # what deleting the first row and typing leaves
    assert len(read_workbook(package(parts(data) | {WORKBOOK_PART: names.encode()})).rows) == 2


def test_without_the_header_name_the_body_begins_where_most_columns_do() -> None:
    data = form([initiative()], without=["meta_header"])
    shifted = edited(data, WORKBOOK_PART, f"${column_of('note')}$7", f"${column_of('note')}$3")
    assert [row.number for row in read_workbook(shifted).rows] == [FIRST_ROW]


def test_empty_rows_in_the_middle_are_delivered_and_trailing_ones_are_not() -> None:
    read = read_workbook(form([initiative(), {}, {}, initiative(), {}, {}]))
    assert [bool(row.values.get("title")) for row in read.rows] == [True, False, False, True]


def test_a_cell_filled_by_mistake_far_below_does_not_make_a_million_rows() -> None:
    far = with_rows(form([initiative()]), f'<row r="1000000">{text_cell("B1000000", "x")}</row>')
    assert [row.number for row in read_workbook(far).rows] == [FIRST_ROW, 1_000_000]
    near = with_rows(form([initiative()]), f'<row r="9000">{text_cell("B9000", "x")}</row>')
    assert len(read_workbook(near).rows) == 9000 - FIRST_ROW + 1


def test_long_lists_are_delivered_whole() -> None:
    rows = "".join(f'<row r="{n}">{text_cell(f"B{n}", "x")}</row>' for n in range(30, 15_000) if n % 7)
    read = read_workbook(with_rows(form([initiative()]), rows))
    assert [row.number for row in read.rows] == list(range(FIRST_ROW, 15_000))


def test_spaces_alone_do_not_make_a_row_the_last() -> None:
    assert len(read_workbook(form([initiative(), {"note": "  "}])).rows) == 1


def test_a_text_typed_over_a_calculated_column_is_a_row() -> None:
    read = read_workbook(form([initiative(), {}, {"ordinal": "Cộng"}]))
    assert read.rows[-1].number == FIRST_ROW + 2
    assert read.rows[-1].values == {"ordinal": "Cộng"}


def test_formulas_of_calculated_columns_are_neither_odd_nor_rows() -> None:
    def results(book_: object, sheet: object) -> None:
        for row in range(10):
            sheet.write_formula(6 + row, 22, '=IF(1,"Thiếu tên","")', None, "Thiếu tên")  # type: ignore[attr-defined]

    read = read_workbook(form([initiative()], extend=results))
    assert len(read.rows) == 1
    assert read.rows[0].odd == {}
    assert read.rows[0].values["row_state"] == "Thiếu tên"


def test_values_keep_their_kind() -> None:
    read = read_workbook(
        form(
            [
                initiative(
                    member_number="001234",
                    is_member=True,
                    base_support=0,
                    benefit_value=1234.5,
                    applied_on=44_600,
                    recognised_on=datetime(2022, 2, 10, 13, 30),
                    note=" giữ  nguyên ",
                )
            ]
        )
    )
    values = read.rows[0].values
    assert values["member_number"] == "001234"
    assert values["is_member"] is True
    assert values["base_support"] == 0
    assert values["benefit_value"] == 1234.5
    assert values["applied_on"] == 44_600  # a number in a cell that is no date stays a number
    assert values["recognised_on"] == datetime(2022, 2, 10, 13, 30)
    assert values["note"] == " giữ  nguyên "


def test_numbers_beyond_exact_integers_stay_floats() -> None:
    value = read_workbook(form([initiative(benefit_value=1e16)])).rows[0].values["benefit_value"]
    assert isinstance(value, float)


def test_dates_of_the_1904_system_are_right() -> None:
    read = read_workbook(form([initiative()], options={"date_1904": True}))
    assert read.rows[0].values["registered_on"] == date(2022, 3, 1)
    assert read.cover.values["report_date"] == date(2022, 5, 20)


def test_a_formula_in_a_typed_cell_is_odd_and_keeps_its_text() -> None:
    row = read_workbook(form([initiative(base_support='=IF(A1<>"",100000,0)')])).rows[0]
    assert row.odd == {"base_support": Oddity(formula='IF(A1<>"",100000,0)')}
    assert row.values["base_support"] == 7


def test_a_formula_without_a_stored_value_is_told_from_a_blank() -> None:
    data = form([initiative(note="=A1")])
    data = edited(data, LIST_PART, "<f>A1</f><v>7</v>", "<f>A1</f>")
    row = read_workbook(data).rows[0]
    assert row.odd["note"] == Oddity(formula="A1", uncached=True)
    assert "note" not in row.values


def test_a_formula_without_a_stored_value_alone_makes_a_row() -> None:
    data = edited(form([{}, {"note": "=A1"}]), LIST_PART, "<f>A1</f><v>7</v>", "<f>A1</f><v></v>")
    read = read_workbook(data)
    assert read.rows[-1].number == FIRST_ROW + 1
    assert read.rows[-1].odd["note"].uncached


def test_a_formula_whose_stored_result_is_empty_text_is_a_blank_cell() -> None:
    data = form([initiative(note="=A1")])
    old = cell_xml(data, f"{column_of('note')}{FIRST_ROW}")
    new = old.replace("><f>", ' t="str"><f>').replace("<v>7</v>", "<v></v>")
    row = read_workbook(edited(data, LIST_PART, old, new)).rows[0]
    assert row.odd == {}
    assert "note" not in row.values


def test_error_cells_are_told_from_blanks() -> None:
    data = form([initiative(effect="=A1")])
    old = cell_xml(data, f"{column_of('effect')}{FIRST_ROW}")
    new = old.replace("><f>", ' t="e"><f>').replace("<v>7</v>", "<v>#REF!</v>")
    row = read_workbook(edited(data, LIST_PART, old, new)).rows[0]
    assert row.odd["effect"] == Oddity(error="#REF!", formula="A1")
    assert "effect" not in row.values


def test_followers_of_a_shared_formula_are_formulas() -> None:
    at = column_of("note")
    shared = (
        f'<row r="8"><c r="{at}8"><f t="shared" ref="{at}8:{at}9" si="0">A1+1</f><v>1</v></c></row>'
        f'<row r="9"><c r="{at}9"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    read = read_workbook(with_rows(form([initiative()], capacity=1), shared))
    assert [row.odd["note"] for row in read.rows[1:]] == [Oddity(formula="A1+1"), Oddity(formula="")]


@pytest.mark.parametrize(
    ("font", "encoding"),
    [(".VnTime", LegacyFont.TCVN3), (".VnTimeH", LegacyFont.TCVN3_UPPER), ("VNI-Times", LegacyFont.VNI)],
)
def test_text_in_a_legacy_font_is_marked(font: str, encoding: LegacyFont) -> None:
    def legacy(workbook: object, sheet: object) -> None:
        style = workbook.add_format({"font_name": font})  # type: ignore[attr-defined]
        sheet.write_string(6, 7, "C¶i tiÕn", style)  # type: ignore[attr-defined]
        sheet.write_number(6, 18, 5, style)  # type: ignore[attr-defined]

    row = read_workbook(form([initiative()], extend=legacy)).rows[0]
    assert row.odd == {"title": Oddity(font=encoding)}
    assert row.values["title"] == "C¶i tiÕn"


def test_rich_text_wholly_in_a_legacy_font_is_marked_and_mixed_text_is_not() -> None:
    def rich(workbook: object, sheet: object) -> None:
        old = workbook.add_format({"font_name": ".VnTime"})  # type: ignore[attr-defined]
        bold = workbook.add_format({"font_name": ".VnTime", "bold": True})  # type: ignore[attr-defined]
        new = workbook.add_format({"font_name": "Arial"})  # type: ignore[attr-defined]
        sheet.write_rich_string(6, 7, old, "C¶i ", bold, "tiÕn")  # type: ignore[attr-defined]
        sheet.write_rich_string(6, 10, old, "C¶i ", new, "tiến")  # type: ignore[attr-defined]

    assert read_workbook(form([initiative()], extend=rich)).rows[0].odd == {"title": Oddity(font=LegacyFont.TCVN3)}


def test_hidden_rows_are_read_marked_and_noticed() -> None:
    def hide(_: object, sheet: object) -> None:
        for row in (7, 8, 10):
            sheet.set_row(row, None, None, {"hidden": True})  # type: ignore[attr-defined]

    read = read_workbook(form([initiative()] * 3 + [{}] + [initiative()], extend=hide))
    assert [row.number for row in read.rows if row.hidden] == [8, 9, 11]
    assert notices(read)["hidden_rows"] == {"count": 3, "rows": "8–9, 11"}


def test_texts_outside_the_forms_columns_are_kept_apart() -> None:
    def outside(_: object, sheet: object) -> None:
        sheet.write(6, 30, "ghi riêng")  # type: ignore[attr-defined]
        sheet.write(6, 31, 5)  # type: ignore[attr-defined]
        sheet.write_formula(6, 32, "=A1", None, "kết quả")  # type: ignore[attr-defined]
        sheet.write(40, 30, "xa bên dưới")  # type: ignore[attr-defined]

    read = read_workbook(form([initiative()], extend=outside))
    assert read.rows[0].outside == ("ghi riêng",)
    assert len(read.rows) == 1
    assert notices(read)["outside_columns"] == {"count": 1, "rows": "7"}


def test_a_missing_optional_column_is_noticed_and_a_needed_one_refused() -> None:
    read = read_workbook(form([initiative(note="x")], without=["row_note", "cover_reporter_email", "row_phase"]))
    assert notices(read)["optional_column_missing"] == {"columns": "Ghi chú, Thư điện tử"}
    assert "note" not in read.columns
    assert read.rows[0].outside == ("x",)
    refused = refusal(form([initiative()], without=["row_title", "cover_members", "row_registration_code"]))
    assert refused.code == "missing_names"
    assert refused.facts == {"columns": "“Mã đăng ký”, “Tên sáng kiến”, “Số đoàn viên”"}


def test_a_deleted_column_leaves_a_name_without_a_place() -> None:
    data = form([initiative()])
    names = parts(data)[WORKBOOK_PART].decode()
    at = column_of("status")
    broken = names.replace(f"'{LIST}'!${at}$7:${at}$26", "#REF!")
    assert broken != names
    assert refusal(package(parts(data) | {WORKBOOK_PART: broken.encode()})).code == "missing_names"


def test_two_fields_in_one_column_are_refused() -> None:
    data = form([initiative()])
    title, effect = column_of("title"), column_of("effect")
    mixed = edited(data, WORKBOOK_PART, f"${effect}$7:${effect}$26", f"${title}$7:${title}$26")
    assert refusal(mixed).facts["columns"] == "“Tên sáng kiến”, “Tóm tắt hiệu quả”"


def test_moved_columns_are_found_by_name() -> None:
    data = form([initiative(note="vào đây")])
    note, position = column_of("note"), column_of("position")
    names = parts(data)[WORKBOOK_PART].decode()
    names = names.replace(f"${note}$7:${note}$26", "@").replace(
        f"${position}$7:${position}$26", f"${note}$7:${note}$26"
    )
    names = names.replace("@", f"${position}$7:${position}$26")
    read = read_workbook(package(parts(data) | {WORKBOOK_PART: names.encode()}))
    assert read.rows[0].values["position"] == "vào đây"
    assert read.columns["position"] == note


def test_a_renamed_sheet_with_quotes_is_found() -> None:
    read = read_workbook(form([initiative()], sheet="It's 'my' list"))
    assert read.sheet == "It's 'my' list"
    assert len(read.rows) == 1


def test_a_copied_list_sheet_is_noticed_and_not_read() -> None:
    def copy(workbook: object, _: object) -> None:
        workbook.add_worksheet("Danh sách (2)").write(6, 7, "dòng sao")  # type: ignore[attr-defined]
        workbook.define_name("'Danh sách (2)'!row_title", "='Danh sách (2)'!$H$7:$H$26")  # type: ignore[attr-defined]

    read = read_workbook(form([initiative()], extend=copy))
    assert notices(read) == {"unread_list_copy": {"sheets": "Danh sách (2)"}}
    assert len(read.rows) == 1


def test_merged_cells_of_the_body_are_counted() -> None:
    def merge(_: object, sheet: object) -> None:
        sheet.merge_range("A1:F1", "tiêu đề")  # type: ignore[attr-defined]
        sheet.merge_range("H7:H8", "gộp")  # type: ignore[attr-defined]
        sheet.merge_range("H30:H31", "dưới cùng")  # type: ignore[attr-defined]

    assert notices(read_workbook(form([initiative()], extend=merge)))["merged_cells"] == {"count": 2}


def test_macros_and_links_to_other_files_are_noticed() -> None:
    content = parts(form([initiative()]))
    content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    content["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    assert notices(read_workbook(package(content))) == {"macros_present": {}, "external_links": {"count": 1}}


def test_odd_cells_of_the_cover_are_told() -> None:
    read = read_workbook(form(cover={"members": "=100+20"}))
    assert read.cover.odd == {"members": Oddity(formula="100+20")}


@pytest.mark.parametrize("missing", ["meta_form", "meta_template_version", "meta_programme"])
def test_a_workbook_without_hidden_facts_is_not_our_form(missing: str) -> None:
    assert refusal(form(without=[missing])).code in ("not_our_form", "template_unknown_version")


def test_hidden_facts_may_be_constants_of_a_name() -> None:
    data = edited(form(), WORKBOOK_PART, "'Dữ kiện'!$B$1<", '"grassroots"<')
    assert read_workbook(data).form is Form.GRASSROOTS


@pytest.mark.parametrize(
    ("meta", "code"),
    [
        ({"form": "invoice"}, "not_our_form"),
        ({"programme": "  "}, "not_our_form"),
        ({"template_version": 2}, "template_too_new"),
        ({"template_version": "hai"}, "template_unknown_version"),
        ({"template_version": 0}, "template_unknown_version"),
        ({"template_version": 1.5}, "template_unknown_version"),
    ],
)
def test_unknown_forms_are_refused(meta: dict[str, object], code: str) -> None:
    assert refusal(form(meta=meta)).code == code


def test_every_form_is_read() -> None:
    for which in Form:
        row = initiative(unit_code="CĐCS-9", source_row=12) if which is not Form.GRASSROOTS else initiative()
        read = read_workbook(form([row], which=which))
        assert read.form is which
        assert len(read.rows) == 1


def test_cells_that_one_reader_would_lose_are_refused() -> None:
    data = with_rows(form([initiative()]), '<row r="40"><c r="H40"><v><![CDATA[5]]></v></c></row>')
    refused = refusal(data)
    assert refused.code == "readers_disagree"
    assert refused.facts == {"sheet": LIST, "cell": "H40"}


def test_a_cell_that_occurs_twice_is_refused() -> None:
    twice = f"<row r='40'>{text_cell('H40', 'một')}{text_cell('H40', 'hai')}</row>"
    assert refusal(with_rows(form(), twice)).facts == {"sheet": LIST, "cell": "H40"}
    assert refusal(with_rows(form(), twice.replace("'", '"'))).code == "readers_disagree"


def test_an_empty_shared_string_is_no_disagreement() -> None:
    def empty(_: object, sheet: object) -> None:
        sheet.write_string(6, 23, "@@", None)  # type: ignore[attr-defined]

    data = edited(form([initiative()], extend=empty), "xl/sharedStrings.xml", "<t>@@</t>", "<t></t>")
    assert "note" not in read_workbook(data).rows[0].values


def test_a_numbered_string_that_is_not_there_is_refused() -> None:
    assert refusal(with_rows(form(), '<row r="40"><c r="H40" t="s"><v>9999</v></c></row>')).code == "damaged"


def test_rows_in_any_order_are_read_in_theirs() -> None:
    rows = "".join(f'<row r="{n}">{text_cell(f"H{n}", str(n))}</row>' for n in (42, 40, 41))
    read = read_workbook(with_rows(form([initiative()]), rows))
    assert [row.values["title"] for row in read.rows[-3:]] == ["40", "41", "42"]


def test_a_byte_changed_anywhere_is_refused_or_changes_nothing() -> None:
    data = form([initiative(), initiative(registration_code="HP-2")])
    expected = read_workbook(data)
    for at in range(0, len(data), 61):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        try:
            assert read_workbook(bytes(changed)) == expected
        except Refusal:
            continue


BUILT = sorted((PROJECT / "workbook_templates" / "built").glob("*.xlsx"))


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)
def test_the_official_forms_are_read_by_the_fast_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("an official form took the slow way")

    monkeypatch.setattr(book, "exact_scan", never)
    monkeypatch.setattr("addin.intake.scan.exact_scan", never)
    read = read_workbook(path.read_bytes())
    assert read.form.value == path.stem
    assert read.rows == ()
    assert read.notices == ()
    assert set(read.cover.places) == {field.name for field in COVER_FIELDS}


PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.text(PRINTABLE, min_size=1, max_size=40),
                "base_support": st.integers(0, 10**12),
                "benefit_value": st.floats(0, 1e12, allow_nan=False, allow_subnormal=False),
                "recognised_on": st.dates(date(1901, 1, 1), date(2100, 1, 1)),
                "is_member": st.booleans(),
            },
        ),
        max_size=12,
    )
)
def test_what_was_written_is_what_is_read(rows: list[dict[str, object]]) -> None:
    rows = [{k: v for k, v in row.items() if not (isinstance(v, str) and v.startswith("="))} for row in rows]
    read = read_workbook(form(rows))
    for written, row in zip(rows, read.rows, strict=False):
        got = {name: value for name, value in row.values.items() if name in written}
        assert got == pytest.approx(written) if any(isinstance(v, float) for v in got.values()) else got == written
    assert len(read.rows) >= max((i + 1 for i, row in enumerate(rows) if _holds_something(row)), default=0)


def _holds_something(row: dict[str, object]) -> bool:
    return any(not (isinstance(value, str) and not value.strip()) for value in row.values())
