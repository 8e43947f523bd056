from datetime import date

from addin.returns.receipts import Due, Receipt, receipt_of, receipt_of_refusal, receipt_text, to_do
from tests.addin.intake.workbooks import form, initiative
from tests.addin.returns.test_annotate import judged
from validation.findings import Finding, Severity
from validation.submission import Submission

ERROR = Finding("missing_required", Severity.ERROR, "Danh sách", 7, "H7", "title")
WARNING = Finding("not_registered", Severity.WARNING, "Danh sách", 8, "B8", "registration_code")


def report() -> Submission:
    return judged(form([initiative(), initiative(registration_code="HP-0002", title=None)]))


def test_a_receipt_names_the_file_and_its_figures() -> None:
    receipt = receipt_of(report()).of_file("bao-cao.xlsx", "ab" * 32, Due(date(2022, 6, 10)))
    text = receipt_text(receipt, "bao-cao_tra-lai.xlsx")
    for words in (
        "CĐCS Trường Mầm non Hoa Sen (mã CĐCS-001)", "ngày 20/05/2022, lần thứ 2", "Tệp: bao-cao.xlsx", "ab" * 32,
        "Số dòng đã đọc: 2", "được nhận: 1", "bị loại vì có lỗi: 1", "công đoàn cấp trên hỗ trợ: 100.000 đồng",
        "CĐCS hỗ trợ: 150.000 đồng", "Có 1 lỗi", "Hạn gửi lại: ngày 10/06/2022", "“bao-cao_tra-lai.xlsx”",
        "Tên sáng kiến",
    ):  # fmt: skip
        assert words in text
    assert text.endswith("\n")


def test_money_is_that_of_accepted_rows_only() -> None:
    receipt = receipt_of(report())
    assert (receipt.upper_support, receipt.base_support) == (100_000, 150_000)
    assert (receipt.errors, receipt.counts is not None and receipt.counts.rejected) == (1, 1)


def test_what_to_do_depends_on_what_was_found() -> None:
    assert "Không phải làm gì" in to_do(Receipt())
    assert "để nguyên" in to_do(Receipt(findings=(WARNING,)))
    assert "tăng số" in to_do(Receipt(findings=(ERROR, WARNING)))
    assert "Có 1 lỗi và 1 điều cần lưu ý" in to_do(Receipt(findings=(ERROR, WARNING)))
    assert "quá" not in to_do(Receipt(findings=(ERROR,), due=Due(date(2022, 6, 10))))
    assert "đã qua" in to_do(Receipt(findings=(ERROR,), due=Due(date(2022, 6, 10), passed=True)))
    assert "Please" in to_do(Receipt(findings=(ERROR,)), "en")


def test_the_receipt_of_a_refused_file_says_why() -> None:
    text = receipt_text(receipt_of_refusal("Trang bìa còn thiếu ngày.", "A1").of_file("x.xlsx", None), "y.xlsx")
    assert "Trang bìa còn thiếu ngày." in text
    assert "Đơn vị mã A1" in text
    assert "chính tệp đã gửi" in text
    assert "Số dòng" not in text


def test_a_long_list_of_errors_is_cut_in_the_text() -> None:
    text = receipt_text(Receipt(findings=(ERROR,) * 40))
    assert text.count("Ô H7") == 30
    assert "và 10 lỗi nữa" in text
