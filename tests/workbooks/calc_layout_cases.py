"""What clerks did in LibreOffice Calc to the form itself: rows, columns, sheets, names, the way of saving."""

from __future__ import annotations

from tests.workbooks.cases import (
    FIVE,
    FOUR,
    ONE,
    PLAIN,
    SIX,
    THREE,
    TWO,
    Case,
    Expected,
    changed,
    formula,
    plain,
)

LAYOUT = (
    Case("calc_plain_on_the_form_of_300_rows", plain(), PLAIN, form="built"),
    Case("calc_report_of_nothing", Expected()),
    Case(
        "calc_row_inserted_above_the_first",
        plain(
            accepted=6,
            registered=(3, 3),
            approved=(2, 2),
            upper=(200_000, 200_000),
            base=(300_000, 150_000),
            findings=("formulas_missing",),
        ),
        PLAIN,
        steps=(["insert_rows", 6, 1], ["type", 6, SIX]),
        form="built",
    ),
    Case(
        "calc_rows_inserted_in_the_middle",
        plain(
            accepted=6,
            blank=1,
            registered=(3, 3),
            approved=(2, 2),
            upper=(200_000, 200_000),
            base=(300_000, 150_000),
            findings=("formulas_missing",),
        ),
        PLAIN,
        steps=(["insert_rows", 8, 2], ["type", 8, SIX]),
    ),
    Case("calc_second_row_deleted", plain(accepted=4, registered=(1, 3)), PLAIN, steps=(["delete_rows", 7, 1],)),
    Case(
        "calc_first_row_deleted",
        plain(accepted=4, registered=(1, 3), approved=(0, 2), upper=(0, 200_000), base=(0, 150_000)),
        PLAIN,
        steps=(["delete_rows", 6, 1],),
    ),
    Case(
        "calc_sorted_by_author",
        plain(rejected=1, findings=("base_over_cap",), places=("S6 base_over_cap",)),
        (*PLAIN, changed(SIX, lead_author="An Thị Ánh", base_support=250_000)),
        steps=(["sort", "lead_author", 6, 11],),
    ),
    Case("calc_rows_hidden", plain(findings=("hidden_rows",)), PLAIN, steps=(["hide_rows", 7, 2],)),
    Case(
        "calc_filter_left_on",
        plain(findings=("hidden_rows",)),
        PLAIN,
        steps=(["filter", "status", "Hợp lệ"],),
        form="built",
    ),
    Case(
        "calc_rows_pasted_below_the_table",
        plain(blank=17),
        (ONE, TWO, THREE),
        steps=(["type", 26, FOUR], ["type", 27, FIVE]),
    ),
    Case(
        "calc_title_merged_over_two_rows",
        plain(
            accepted=4,
            rejected=1,
            registered=(2, 2),
            findings=("merged_cells", "missing_required"),
            places=("H9 missing_required",),
        ),
        (ONE, TWO, THREE, changed(FOUR, title=None), FIVE),
        steps=(["merge", "title", 8, 9],),
    ),
    Case(
        "calc_sheets_renamed_and_moved",
        plain(findings=("sheets_changed",)),
        PLAIN,
        steps=(
            ["rename_sheet", "Danh sách", "DS sáng kiến 2023"],
            ["rename_sheet", "Bìa", "Trang bia"],
            ["move_sheet", "DS sáng kiến 2023", 0],
        ),
        form="built",
    ),
    Case(
        "calc_column_inserted",
        plain(findings=("outside_columns",)),
        PLAIN,
        steps=(["insert_column", "title"], ["put", "H5", "Tổ"], ["put", "H6", "Tổ tiện"], ["put", "H8", "Tổ phay"]),
    ),
    Case(
        "calc_totals_rows",
        plain(blank=3, findings=("totals_row_inside",)),
        (ONE, TWO, {}, THREE, FOUR, FIVE),
        steps=(
            ["type", 8, {"lead_author": "Cộng giai đoạn 1", "base_support": formula("=SUM(S6:S7)")}],
            ["type", 13, {"lead_author": "TỔNG CỘNG", "base_support": formula("=SUM(S6:S11)")}],
        ),
    ),
    Case("calc_blank_rows_in_the_middle", plain(blank=5), (ONE, {}, {}, TWO, THREE, {}, {}, {}, FOUR, FIVE)),
    Case("calc_header_repeated", plain(blank=1), (ONE, TWO, {}, THREE, FOUR, FIVE), steps=(["copy_row", 5, 8],)),
    Case("calc_first_row_cut_and_pasted_down", plain(blank=5), PLAIN, steps=(["move_row", 6, 15],)),
    Case(
        "calc_list_sheet_copied",
        plain(findings=("unread_list_copy",)),
        PLAIN,
        steps=(["copy_sheet", "Danh sách", "Danh sách (2)"],),
    ),
    Case(
        "calc_optional_column_deleted",
        plain(findings=("optional_column_missing",)),
        PLAIN,
        steps=(["delete_column", "position"],),
    ),
    Case(
        "calc_name_of_an_optional_column_deleted",
        plain(findings=("optional_column_missing", "outside_columns")),
        PLAIN,
        steps=(["delete_name", "row_activity_field"],),
    ),
    Case(
        "calc_formulas_overwritten",
        plain(findings=("formulas_overwritten",)),
        PLAIN,
        steps=(
            [
                "type",
                6,
                {"ordinal": 1, "phase": 2, "upper_support": 500_000, "total_support": 700_000, "row_state": "ok"},
            ],
            ["type", 7, {"ordinal": "II", "phase": "GĐ1", "upper_support": "100.000"}],
        ),
    ),
    Case("calc_dates_counted_from_1904", plain(), PLAIN, steps=(["count_days_from_1904"], ["fill_again"])),
    Case(
        "calc_column_cut_and_pasted_at_the_end",
        plain(reads=("8 title Máng trượt gom phoi nhôm về một thùng",)),
        PLAIN,
        steps=(["move_column", "title", 26],),
    ),
    Case("calc_saved_with_macros_allowed", plain(), PLAIN, suffix=".xlsm", format="xlsm"),
    Case(
        "calc_cover_typed_untidily",
        plain(
            findings=("cover_untidy",),
            places=("B9 cover_untidy", "B12 cover_untidy", "B14 cover_untidy"),
        ),
        PLAIN,
        cover={"unit_code": " HP-Q-HB-010 ", "report_date": "8/9/2023", "members": "168"},
    ),
)

REFUSED = (
    Case("calc_required_column_deleted", Expected(refusal="missing_names"), PLAIN, steps=(["delete_column", "title"],)),
    Case(
        "calc_name_of_a_required_column_deleted",
        Expected(refusal="missing_names"),
        PLAIN,
        steps=(["delete_name", "row_status"],),
    ),
    Case("calc_list_sheet_deleted", Expected(refusal="missing_names"), PLAIN, steps=(["delete_sheet", "Danh sách"],)),
    Case("calc_hidden_sheet_deleted", Expected(refusal="not_our_form"), PLAIN, steps=(["delete_sheet", "Dữ kiện"],)),
    Case(
        "calc_form_of_a_later_version",
        Expected(refusal="template_too_new"),
        PLAIN,
        steps=(["put_named", "meta_template_version", 2],),
    ),
    Case(
        "calc_cover_without_date_and_members",
        Expected(refusal="cover_incomplete"),
        PLAIN,
        cover={"report_date": None, "members": None},
    ),
    Case("calc_with_password", Expected(refusal="password"), PLAIN, password="matkhau"),
    Case("calc_saved_as_ods", Expected(refusal="ods"), PLAIN, suffix=".ods", format="ods"),
    Case("calc_ods_renamed", Expected(refusal="ods"), PLAIN, format="ods"),
    Case("calc_saved_as_xls", Expected(refusal="old_xls"), PLAIN, suffix=".xls", format="xls"),
    Case("calc_xls_renamed", Expected(refusal="old_xls"), PLAIN, format="xls"),
    Case(
        "calc_csv_renamed", Expected(refusal="plain_text"), PLAIN, steps=(["move_sheet", "Danh sách", 0],), format="csv"
    ),
    Case("calc_web_page_renamed", Expected(refusal="web_page"), PLAIN, suffix=".xls", format="html"),
)
