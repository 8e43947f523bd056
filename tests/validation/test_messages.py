"""The catalogue: whole in both languages, amounts with dots, days as dd/mm/yyyy, and nothing breaks a sentence."""

import re
from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Any

import pytest

from validation.findings import Finding, Severity
from validation.messages import LANGUAGES, catalogue, explain, reason, shown, text, title


def finding(code: str, value: str | None = "x", field: str | None = "title", **facts: Any) -> Finding:
    return Finding(code, Severity.WARNING, "DS", 12, "H12", field, value, facts, "y")


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


def test_both_languages_say_the_same_things() -> None:
    vietnamese, english = (catalogue(language) for language in LANGUAGES)
    assert set(vietnamese) == set(english)
    for table in ("rule", "severity", "outcome", "where"):
        assert set(vietnamese[table]) == set(english[table]), table


@pytest.mark.parametrize(
    ("cell", "row", "said"),
    [("H12", 12, "Ô H12 (cột “Tên sáng kiến”): "), ("C5", None, "Ô C5 (“Tên sáng kiến”, trang DS): "),
     (None, 12, "Dòng 12: "), (None, None, "Tệp: ")],
)  # fmt: skip
def test_a_message_says_where_first(cell: str | None, row: int | None, said: str) -> None:
    one = Finding("missing_required", Severity.ERROR, "DS", row, cell, "title")
    assert explain(one).startswith(f"{said}còn để trống. ")


def test_a_message_has_where_what_why_and_what_to_do() -> None:
    assert explain(finding("base_over_cap", field="base_support", amount=250_000, cap=200_000)) == (
        "Ô H12 (cột “CĐCS hỗ trợ (đồng)”): số tiền 250.000 đồng vượt mức 200.000 đồng cho một sáng kiến. "
        "Công đoàn cơ sở được chi tối đa 200.000 đồng cho mỗi sáng kiến. Xin sửa lại số tiền không quá 200.000 đồng, "
        "hoặc chi phần vượt từ nguồn khác và không ghi vào báo cáo này."
    )


def test_a_reason_is_one_line_without_the_place() -> None:
    one = finding("base_over_cap", field="base_support", amount=250_000, cap=200_000)
    assert reason(one) == "CĐCS hỗ trợ (đồng): số tiền 250.000 đồng vượt mức 200.000 đồng cho một sáng kiến."
    assert title(one) == "CĐCS hỗ trợ quá mức"
    assert reason(Finding("macros_present", Severity.WARNING)) == "tệp có chứa macro."


def test_days_are_shown_as_the_domain_writes_them() -> None:
    assert shown(date(2022, 3, 1)) == "01/03/2022"
    assert shown(date(987, 3, 1)) == "01/03/0987"
    message = explain(finding("approved_before_registered", day=date(2022, 3, 1), registered=date(2022, 3, 2)))
    assert "ngày phê duyệt 01/03/2022 trước ngày đăng ký 02/03/2022" in message


@pytest.mark.parametrize(
    ("value", "marked"),
    [
        ("  Nguyễn  Thị Hoa ", "“··Nguyễn··Thị Hoa·”"),
        ("Nguyễn\u00a0Thị Hoa", "“Nguyễn·Thị Hoa”"),
        ("Nguyễn\tThị\u2800Hoa", "“Nguyễn·Thị·Hoa”"),
        ("Nguyễn Thị Hoa\r\n", "“Nguyễn Thị Hoa↵”"),
        ("Nguyễn \nThị Hoa", "“Nguyễn·↵Thị Hoa”"),
    ],
)
def test_stray_spaces_are_shown_where_they_stand(value: str, marked: str) -> None:
    assert marked in explain(finding("stray_spaces", value))


def test_a_long_value_is_cut_and_line_breaks_are_flattened() -> None:
    message = explain(finding("choice_untidy", "a\nb " + "x" * 5_000))
    assert "“a b xxx" in message
    assert len(message) < 500


def test_a_long_fact_is_cut_too() -> None:
    assert len(explain(finding("formula_for_money", formula="A" * 8_000))) < 1_200


def test_text_of_the_clerks_with_braces_stays_as_it_is() -> None:
    message = explain(finding("unknown_choice", "{value} {0} {", proposal="{x}", allowed="{y}"))
    assert "“{value} {0} {” không có trong danh mục. Có phải là “{x}” không?" in message


def test_no_proposal_is_no_question() -> None:
    message = explain(finding("unknown_choice", "a", proposal=None, allowed="b"))
    assert "không có trong danh mục. Cột này" in message


def test_a_missing_fact_does_not_break_the_sentence() -> None:
    assert "…" in explain(finding("base_over_cap"))


def test_sentences_outside_the_rules_are_filled_alike() -> None:
    filled = text("refusal", "cover_incomplete", cells="“Số đoàn viên” (Bìa!C7)")
    assert filled.startswith("Trang bìa còn thiếu hoặc không đọc được: “Số đoàn viên” (Bìa!C7).")
    with pytest.raises(KeyError):
        text("refusal", "no such code")


def test_vietnamese_texts_are_in_one_unicode_form_and_without_slips() -> None:
    for code, entry in catalogue("vi")["rule"].items():
        for part, sentence in entry.items():
            assert not re.search(r"  | [,.;:](?!\w)|[\u0300-\u036f]|\.\.", sentence), (code, part)
            assert sentence.count("“") == sentence.count("”"), (code, part)
        assert entry["title"][0].isupper(), code
        assert entry["do"].startswith(("Xin ", "Lần sau xin ")), code


def test_only_the_beginning_of_a_message_names_the_place() -> None:
    for language in LANGUAGES:
        for code, entry in catalogue(language)["rule"].items():
            for part in ("what", "why", "do"):
                assert not placeholders(entry[part]) & {"cell", "row", "sheet"}, (code, part)
    there = replace(finding("number_in_text"), row=13, cell="K13", sheet="DS (2)")
    here, elsewhere = explain(finding("number_in_text")), explain(there)
    assert elsewhere == here.replace("H12", "K13") != here
