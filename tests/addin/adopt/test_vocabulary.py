"""What headers mean, and how sure that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.adopt.headers import header_text
from addin.adopt.vocabulary import OTHER, PROPOSED, SURE, Reason, vocabulary
from validation.fields import ROW_FIELDS, Form, row_fields

WORDS = vocabulary()


@pytest.mark.parametrize("field", row_fields(Form.GRASSROOTS), ids=lambda field: field.name)
def test_the_forms_own_headers_mean_their_fields(field) -> None:  # type: ignore[no-untyped-def]
    match = WORDS.match(field.header)
    assert match is not None
    assert (match.target, match.score, match.reason) == (field.name, 100, Reason.SAME)
    shouted = WORDS.match(field.header.upper())
    assert shouted is not None
    assert shouted.target == field.name


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Họ & tên", "lead_author"),
        ("HỌ TÊN TÁC GIẢ", "lead_author"),
        ("ho va ten tac gia", "lead_author"),
        ("Tên SK", "title"),
        ("Ten de tai, sang kien", "title"),
        ("Nội dung sáng kiến", "title"),
        ("QĐ công nhận", "combined.decision"),
        ("Số, ngày QĐ công nhận", "combined.decision"),
        ("Ngày QĐ", "recognised_on"),
        ("Số tiền làm lợi (triệu đồng)", "benefit_value"),
        ("Số tiền làm lợi triệu đồng", "benefit_value"),
        ("Tác giả - Đơn vị", "combined.author_and_place"),
        ("Tác giả (nhóm tác giả)", "combined.authors"),
        ("Thời gian Công nhận", "recognised_on"),
        ("Thời gian Áp dụng", "applied_on"),
        ("Mã đăng ký trên Cổng", "registration_code"),
        ("Đồng tác giả (nếu có)", "co_authors"),
        ("TT", "ordinal"),
        ("Đơn vị", "unit_name"),
        ("Năm sinh", OTHER),
        ("Ký nhận", OTHER),
        ("Họ và tên\u00a0 tác  giả", "lead_author"),
    ],
)
def test_offices_words_are_known(header: str, target: str) -> None:
    match = WORDS.header(header, header)
    assert match is not None
    assert match.target == target


@pytest.mark.parametrize("header", ["Mã đoàn viên", "Số thẻ ĐV"])
def test_a_members_number_is_not_membership(header: str) -> None:
    match = WORDS.match(header)
    assert match is not None
    assert match.target == "member_number"


@pytest.mark.parametrize(
    ("header", "target", "reason"),
    [
        ("Tên sáng kiến đề nghị công nhận", "title", Reason.BEGINS),
        ("Ngày áp dung sáng kiến", "applied_on", Reason.BEGINS),
        ("Tóm tắt hiệu quà", "effect", Reason.BARE),
        ("Ngày công nhậnn", "recognised_on", Reason.NEAR),
        ("Áp dụng", "applied_on", Reason.WEAK),
    ],
)
def test_what_is_only_like_a_name_is_proposed_and_not_sure(header: str, target: str, reason: Reason) -> None:
    match = WORDS.match(header)
    assert match is not None
    assert (match.target, match.reason) == (target, reason)
    assert PROPOSED <= match.score <= SURE
    assert (match.score == SURE) == (reason is Reason.BARE)


@pytest.mark.parametrize("header", ["", "–", "Cột 1", "Diện tích", "Ngày", "Số", "x", "Người nhận hàng", "Biển số xe"])
def test_what_is_like_nothing_is_nothing(header: str) -> None:
    assert WORDS.header(header, header) is None


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("Làm lợi (triệu đồng)", 1_000_000),
        ("Làm lợi (tr.đ)", 1_000_000),
        ("Làm lợi (Trđ)", 1_000_000),
        ("Làm lợi (1.000đ)", 1_000),
        ("Làm lợi (nghìn đồng)", 1_000),
        ("Làm lợi (tỷ đồng)", 1_000_000_000),
        ("Làm lợi (đồng)", 1),
        ("Làm lợi", 1),
        ("Làm lợi (USD)", None),
    ],
)
def test_a_header_says_what_its_amounts_are_counted_in(header: str, scale: int | None) -> None:
    assert WORDS.scale(header) == scale


def test_no_name_stands_for_two_fields() -> None:
    seen: dict[str, str] = {}
    for name, words in WORDS.words.field.items():
        for text in words.names:
            assert seen.setdefault(WORDS.key(text), name) == name, text
    for field in ROW_FIELDS:
        assert seen.setdefault(WORDS.key(field.header), field.name) == field.name, field.header


@given(st.text(max_size=80))
def test_any_text_may_stand_in_a_header(text: str) -> None:
    match = WORDS.header(text, text)
    assert match is None or PROPOSED - 3 <= match.score <= 100
    WORDS.scale(text)
    WORDS.is_signature(text)


@pytest.mark.parametrize(
    ("text", "is_signature"),
    [("NGƯỜI LẬP BIỂU", True), ("TM. BAN CHẤP HÀNH", True), ("T/M BAN CHẤP HÀNH CĐCS", True), ("Kế toán", True),
     ("Kế hoạch sản xuất", False), ("Nguyễn Văn A", False)],
)  # fmt: skip
def test_the_words_over_signatures_are_known(text: str, is_signature: bool) -> None:
    assert WORDS.is_signature(text) is is_signature


def test_a_header_of_several_lines_is_one_text() -> None:
    from addin.adopt.foreign import ForeignSheet

    sheet = ForeignSheet("S", False, (("Họ và\n tên", 5),), {}, ())
    assert header_text(sheet, 1, 1) == "Họ và tên"
    assert header_text(sheet, 1, 2) == ""
