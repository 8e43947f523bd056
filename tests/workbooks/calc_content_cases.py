"""What clerks typed in LibreOffice Calc into the cells of the list."""

from __future__ import annotations

import unicodedata

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
    day,
    formula,
    in_font,
    plain,
)

CONTENT = (
    Case(
        "calc_line_breaks_and_times",
        plain(reads=("6 co_authors Lê Đức Anh; Vũ Thị Lan", "6 registered_on 2022-03-15")),
        (
            changed(ONE, co_authors="Lê Đức Anh\nVũ Thị Lan", registered_on={"day": "2022-03-15 10:30"}),
            TWO,
            THREE,
            FOUR,
            FIVE,
        ),
    ),
    Case(
        "calc_formulas_in_typed_cells",
        Expected(
            accepted=3,
            rejected=2,
            registered=(1, 2),
            approved=(1, 1),
            upper=(100_000, 100_000),
            base=(150_000, 0),
            findings=("error_value", "formula_for_money", "formula_in_typed_cell"),
            places=(
                "S6 formula_in_typed_cell",
                "K7 error_value",
                "H8 formula_in_typed_cell",
                "M9 formula_in_typed_cell",
                "S10 formula_for_money",
            ),
            reads=("8 title Máng trượt gom phoi",),
        ),
        (
            changed(ONE, base_support=formula("=100000+50000")),
            changed(TWO, effect=formula("=1/0")),
            changed(THREE, title=formula('=CONCATENATE("Máng trượt ";"gom phoi")')),
            changed(FOUR, recognised_on=formula("=M6+400")),
            changed(FIVE, base_support=formula("=S6")),
        ),
    ),
    Case(
        "calc_dates_as_text",
        plain(
            accepted=4,
            rejected=1,
            registered=(2, 2),
            approved=(1, 1),
            upper=(100_000, 100_000),
            findings=("date_as_text", "unreadable_date"),
            places=("P6 date_as_text", "P8 unreadable_date"),
            reads=(
                "6 registered_on 2022-03-15",
                "6 approved_on 2022-04-20",
                "6 applied_on 2021-12-06",
                "6 recognised_on 2022-02-18",
            ),
        ),
        (
            changed(
                ONE,
                registered_on="15/3/2022",
                approved_on="20.4.22",
                applied_on="6-12-2021",
                recognised_on="ngày 18 tháng 2 năm 2022",
            ),
            TWO,
            changed(THREE, registered_on="31/02/2022"),
            FOUR,
            FIVE,
        ),
    ),
    Case(
        "calc_amounts_as_text",
        plain(
            accepted=4,
            rejected=1,
            registered=(2, 2),
            findings=("amount_as_text", "unreadable_amount"),
            places=("S6 amount_as_text", "L9 unreadable_amount"),
            reads=("6 benefit_value 24000000", "10 base_support 150000"),
        ),
        (
            changed(ONE, base_support="200.000đ", benefit_value="24.000.000 VNĐ"),
            TWO,
            THREE,
            changed(FOUR, benefit_value="15,5 triệu"),
            changed(FIVE, base_support="150 000 đồng"),
        ),
    ),
    Case(
        "calc_fonts_of_before_unicode",
        plain(
            findings=("legacy_font", "name_in_one_case"),
            places=("C6 legacy_font", "H6 legacy_font", "C7 legacy_font", "H8 legacy_font", "H10 legacy_font"),
            reads=(
                "6 lead_author Nguyễn Văn Hùng",
                "6 title Cải tiến đồ gá kẹp phôi cho máy tiện T616",
                "7 lead_author PHẠM THỊ HOA",
                "8 title Máng trượt gom phoi nhôm về một thùng",
                "10 title Phục hồi trục vít me bằng phương pháp hàn đắp",
            ),
        ),
        (
            changed(
                ONE,
                lead_author=in_font("NguyÔn V¨n Hïng", ".VnTime"),
                title=in_font("C¶i tiÕn ®å g¸ kÑp ph«i cho m¸y tiÖn T616", ".VnTime"),
            ),
            changed(TWO, lead_author=in_font("ph¹m thÞ hoa", ".VnTimeH")),
            changed(THREE, title=in_font("M¸ng tr\u00adît gom phoi nh«m vÒ mét thïng", ".VnArial")),
            changed(FOUR, title=in_font("Ứng dụng mã QR tra cứu bản vẽ tại máy", ".VnTime")),
            changed(FIVE, title=in_font("Phuïc hoài truïc vít me baèng phöông phaùp haøn ñaép", "VNI-Times")),
        ),
    ),
    Case(
        "calc_spaces_marks_and_invisible_characters",
        plain(
            findings=("invisible_characters", "not_nfc", "stray_spaces"),
            places=("B6 invisible_characters", "C7 stray_spaces", "H8 not_nfc"),
            reads=(
                "6 registration_code SK-2022-000101",
                "7 lead_author Phạm Thị Hoa",
                "8 title Máng trượt gom phoi nhôm về một thùng",
            ),
        ),
        (
            changed(ONE, registration_code="SK-2022-\u200b000101"),
            changed(TWO, lead_author=" Phạm\u00a0Thị  Hoa "),
            changed(THREE, title=unicodedata.normalize("NFD", "Máng trượt gom phoi nhôm về một thùng")),
            FOUR,
            FIVE,
        ),
    ),
    Case(
        "calc_dates_without_their_format",
        plain(findings=("date_as_number",), places=("P6 date_as_number",), reads=("6 registered_on 2022-03-15",)),
        PLAIN,
        steps=(["plain_number_format", "registered_on", 6, 8],),
    ),
    Case(
        "calc_codes_typed_as_numbers",
        plain(
            findings=("number_in_text",),
            places=("D6 number_in_text", "B9 number_in_text"),
            reads=("6 member_number 31200457", "9 registration_code 304"),
        ),
        (changed(ONE, member_number=31200457), TWO, THREE, changed(FOUR, registration_code=304), FIVE),
    ),
    Case(
        "calc_lists_typed_by_hand",
        plain(
            accepted=3,
            rejected=2,
            registered=(2, 1),
            approved=(1, 1),
            upper=(100_000, 100_000),
            base=(200_000, 0),
            findings=("choice_untidy", "unknown_choice"),
            places=(
                "Q6 choice_untidy",
                "I7 choice_untidy",
                "I9 unknown_choice",
                "E10 unknown_choice",
            ),
            reads=("6 status Hợp lệ",),
        ),
        (
            changed(ONE, status="HỢP LỆ"),
            changed(TWO, solution_kind="giải  pháp quản lý"),
            THREE,
            changed(FOUR, solution_kind="Giải pháp kĩ thuật"),
            changed(FIVE, is_member="x"),
        ),
    ),
    Case(
        "calc_same_code_again",
        plain(
            duplicate=2,
            base=(200_000, 50_000),
            findings=("duplicate_code",),
            places=("B10 duplicate_code", "B11 duplicate_code"),
        ),
        (
            *PLAIN,
            changed(ONE, lead_author="Lê Đức Anh"),
            changed(FIVE, registered_on=day("2023-06-01"), base_support=50_000),
        ),
    ),
    Case(
        "calc_rows_that_break_rules",
        plain(
            rejected=7,
            findings=(
                "applied_outside_window",
                "approved_before_registered",
                "base_over_cap",
                "missing_approval_date",
                "missing_required",
                "negative_amount",
                "registered_outside_phases",
            ),
            places=(
                "S11 base_over_cap",
                "R12 approved_before_registered",
                "K13 missing_required",
                "P14 registered_outside_phases",
                "N15 applied_outside_window",
                "R16 missing_approval_date",
                "L17 negative_amount",
            ),
        ),
        (
            *PLAIN,
            changed(SIX, registration_code="SK-2022-000111", base_support=200_001),
            changed(SIX, registration_code="SK-2022-000112", approved_on=day("2022-02-28")),
            changed(SIX, registration_code="SK-2022-000113", effect=None),
            changed(SIX, registration_code="SK-2021-000114", registered_on=day("2021-08-31")),
            changed(SIX, registration_code="SK-2022-000115", applied_on=day("2021-06-30")),
            changed(SIX, registration_code="SK-2022-000116", approved_on=None),
            changed(SIX, registration_code="SK-2022-000117", benefit_value=-1_000_000),
        ),
    ),
    Case(
        "calc_rows_accepted_with_a_warning",
        plain(
            accepted=10,
            registered=(4, 5),
            approved=(3, 3),
            upper=(200_000, 300_000),
            base=(300_100, 200_000),
            findings=(
                "approval_date_without_approval",
                "base_without_approval",
                "ip_protected",
                "not_registered",
                "people_separator",
                "registered_before_portal",
                "same_person_and_title",
                "suspiciously_small_amount",
            ),
            reads=("11 co_authors Lê Đức Anh; Vũ Thị Lan",),
        ),
        (
            *PLAIN,
            # Phase 1, approved, registered before the portal opened, 100 đ, co-authors with a comma: 100,000 đ.
            changed(
                SIX,
                registration_code="SK-2022-000121",
                registered_on=day("2022-01-07"),
                base_support=100,
                co_authors="Lê Đức Anh, Vũ Thị Lan",
            ),
            # Phase 1, approved, protected: nothing from above; what the grassroots union paid counts.
            changed(SIX, registration_code="SK-2022-000122", ip_protected="Có"),
            # Neither code nor day: in no phase, and its base support in no total.
            changed(
                SIX,
                registration_code=None,
                registered_on=None,
                approved_on=None,
                status="Đang xem xét",
                base_support=None,
            ),
            # Phase 2, under review, paid already, and a day of approval.
            changed(FOUR, registration_code="SK-2023-000124", base_support=50_000, approved_on=day("2023-08-01")),
            # The last day of phase 2, approved a day before the report.
            changed(
                FIVE,
                registration_code="SK-2023-000125",
                registered_on=day("2023-09-01"),
                approved_on=day("2023-09-07"),
                base_support=None,
            ),
        ),
    ),
)
