"""Payment lists as they come out of the printer: LibreOffice prints them, the pages are read and kept as pictures."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from addin.payments.drafting import BANK, SIGN
from addin.payments.paper import Column, list_columns
from addin.payments.store import ClosedList, PaymentItem
from addin.payments.workbook import document_bytes
from tests.addin.payments.payment_campaign import Book, overview_of_rows, paid_row
from validation.submission import Row
from validation.text.amounts import format_amount
from validation.text.words import amount_in_words

PICTURES = Path(__file__).parents[3] / "artifacts" / "payments"
NAMES = (
    "Nguyễn Thị Quỳnh Hương", "Đặng Hữu Phước", "Ưng Thị Ngọc Ánh", "Phạm Thuỷ Tiên", "Vũ Đình Khoẻ", "Lê Ỷ Lan",
    "Trần Nguyễn Hoàng Bảo Trân", "Hoàng Thị Tuyết Nhung", "Bùi Xuân Trường", "Nghiêm Quý Đôn",
)  # fmt: skip
TITLES = (
    "Cải tiến đồ gá hàn thân vỏ tàu để giảm thời gian căn chỉnh", "Tái sử dụng nước làm mát",
    "ỨNG DỤNG MÃ QR TRONG QUẢN LÝ HỒ SƠ BỆNH ÁN ĐIỆN TỬ TẠI KHOA KHÁM BỆNH, KHOA CẤP CỨU VÀ CÁC PHÒNG CHỨC NĂNG",
    "Biện pháp nâng cao chất lượng dạy học môn Toán lớp 4 theo hướng phát huy tính tích cực, chủ động của học sinh",
)  # fmt: skip
PLACES = (
    "Tổ trưởng, Phân xưởng Điện – Nước",
    "Giáo viên chủ nhiệm khối 2",
    None,
    "Phó Chủ tịch UBND phường Trại Chuối",
)


def rows(count: int, prefix: str, **changes: object) -> list[Row]:
    return [
        paid_row(
            f"SK-2022-{prefix}{number:05}", lead_author=NAMES[number % 10], title=TITLES[number % 4],
            position=PLACES[number % 4], co_authors=NAMES[3:6] if number % 9 == 0 else (), **changes,
        )
        for number in range(count)
    ]  # fmt: skip


def documents() -> dict[str, list[ClosedList]]:
    """Lists of every look: short and long, to sign and for the bank, with adjustments, void."""
    long, short = rows(60, "1"), rows(3, "2")
    book = Book()
    made = book.pay(overview_of_rows({"A": long, "B": short, "D": rows(1, "3")}))
    later = book.pay(overview_of_rows({"A": [*long[4:], *rows(2, "4")], "B": []}))
    bank = Book().pay(overview_of_rows({"A": rows(14, "5")}), layout=BANK)
    book.void("Q-GD1-2022-01")

    def of(lists: list[ClosedList], file: str) -> list[ClosedList]:
        return [one for one in lists if one.record.file == f"chi/{file}.xlsx"]

    return {
        "to-sign": of(made, "danh-sach-chi_Q_GD1_2022-01"),
        "unions-own": of(made, "cdcs-tu-chi_Q_GD1_2022-01"),
        "adjusted": of(later, "danh-sach-chi_Q_GD1_2022-02"),
        "bank": of(bank, "danh-sach-chi_Q_GD1_2022-01"),
        "void": of(book.lists, "danh-sach-chi_Q_GD1_2022-01"),
    }


DOCUMENTS = documents()


_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>|<(page) ', re.DOTALL
)
_PAGE_WIDTH, _LINE, _GAP = 841.9, 5.0, 1.2
"""Points: of a page; how far words of a line may be from it, since letters of a second font stand differently (the free
font for Times New Roman has no ệ); what is less than a space."""


def column_texts(bbox: str, columns: Sequence[Column]) -> list[str]:
    """What stands in each column, all pages one after the other: a word belongs where its middle is."""
    widths = [(column.width * 7.33 + 5) * 0.75 for column in columns]
    left = (_PAGE_WIDTH - sum(widths)) / 2
    edges = [left + sum(widths[:number]) for number in range(len(widths) + 1)]
    found: list[list[_Word]] = [[] for _ in columns]
    page = 0
    for x_min, y_min, x_max, y_max, text, begins in _WORD.findall(bbox):
        page += bool(begins)
        if begins:
            continue
        first, last = float(x_min), float(x_max)
        number = bisect(edges, (first + last) / 2) - 1
        if 0 <= number < len(columns):
            middle = (float(y_min) + float(y_max)) / 2
            found[number].append(_Word(page, middle, first, last, unicodedata.normalize("NFC", unescape(text))))
    return [" ".join(_lines(sorted(words))) for words in found]


class _Word(NamedTuple):
    """A piece of text of one font: its page, the height of its middle, where it begins and ends."""

    page: int
    y: float
    first: float
    last: float
    text: str


def _lines(words: Iterable[_Word]) -> Iterator[str]:
    """The lines of a column; pieces without a gap between them are one word."""
    line: list[_Word] = []
    for word in words:
        if line and (word.page != line[0].page or word.y - line[0].y > _LINE):
            yield _joined(line)
            line = []
        line.append(word)
    yield _joined(line)


def _joined(line: Iterable[_Word]) -> str:
    text, end = "", 0.0
    for word in sorted(line, key=lambda word: word.first):
        text += word.text if not text or word.first - end < _GAP else f" {word.text}"
        end = word.last
    return text


@dataclass
class Paper:
    """A printed document: its lists, the text of its pages and of its columns, and how many pages it should have."""

    lists: list[ClosedList]
    pages: list[str]
    columns: dict[str, str]
    expected_pages: int

    @property
    def text(self) -> str:
        """All text on one line, composed."""
        return " ".join(unicodedata.normalize("NFC", "\n".join(self.pages)).split())

    def items(self) -> list[PaymentItem]:
        return [item for one in self.lists for item in one.items]


def _read(pdf: Path, way: str) -> str:
    """The text of a printed document."""
    return subprocess.run(["pdftotext", way, pdf, "-"], check=True, capture_output=True, timeout=60).stdout.decode()


def _pages_meant(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return sum(1 + len(sheet.row_breaks) for sheet in book)


@pytest.fixture(scope="module")
def printed(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """Every document printed by LibreOffice, read by pdftotext; pictures of the pages in artifacts/payments."""
    folder = tmp_path_factory.mktemp("giay")
    contents = {name: document_bytes(lists) for name, lists in DOCUMENTS.items()}
    for name, content in contents.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    files = sorted(folder.glob("*.xlsx"))
    subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=180)
    PICTURES.mkdir(parents=True, exist_ok=True)
    papers = {}
    for name, lists in DOCUMENTS.items():
        pdf = folder / f"{name}.pdf"
        for old in PICTURES.glob(f"{name}-*.png"):
            old.unlink()
        shutil.copy(pdf, PICTURES)
        pictures = ["pdftoppm", "-r", "70", "-png", "-l", "8", pdf, PICTURES / name]
        subprocess.run(pictures, check=True, capture_output=True, timeout=120)
        columns = list_columns(lists[0].record.layout)
        texts = dict(zip((column.key for column in columns), column_texts(_read(pdf, "-bbox"), columns), strict=True))
        papers[name] = Paper(lists, _read(pdf, "-layout").split("\f")[:-1], texts, _pages_meant(contents[name]))
    return papers


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_name_and_title_is_whole(printed: dict[str, Paper], name: str) -> None:
    paper = printed[name]
    for item in paper.items():
        authors, titles = paper.columns["author"], paper.columns["title"]
        assert item.lead_author in authors
        assert not item.co_authors or f"(cùng {item.co_authors})" in authors
        assert item.title in titles
        assert not item.reason or f"– Lý do: {item.reason}" in titles
        assert not item.reference or item.reference in paper.columns["workplace"]
        assert item.refers or (item.workplace or item.unit_name) in paper.columns["workplace"]
        assert (item.registration_code or "") in paper.columns["code"].replace(" ", "")
        assert format_amount(item.amount) in paper.columns["amount"]
        assert paper.lists[0].record.layout == SIGN or item.lead_author in paper.columns["recipient"]
    assert "###" not in paper.text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_amounts_and_words_are_those_of_the_ledger(printed: dict[str, Paper], name: str) -> None:
    paper = printed[name]
    for one in paper.lists:
        units: dict[str, int] = {}
        for item in one.items:
            units[item.unit] = units.get(item.unit, 0) + item.amount
        for amount in (*units.values(), one.record.amount):
            assert format_amount(amount) in paper.text
            assert f"Số tiền bằng chữ: {amount_in_words(amount)}." in paper.text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_column_is_cut_and_every_page_has_header_and_number(printed: dict[str, Paper], name: str) -> None:
    paper = printed[name]
    assert len(paper.pages) == paper.expected_pages, "a column that is cut off makes pages of its own"
    last = "Người nhận" if paper.lists[0].record.layout == BANK else "Ký nhận"
    for number, page in enumerate(paper.pages, 1):
        assert page.count("STT") >= 1
        assert f"Trang {number}/{len(paper.pages)}" in page
        assert paper.lists[0].record.phase_name in page or "Mã danh sách" in page
        if name != "unions-own":
            assert last in page or "Điều chỉnh" in page or number == 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_signatures_stand_together_under_the_sum(printed: dict[str, Paper], name: str) -> None:
    signed = [page for page in printed[name].pages if "Ký, ghi rõ họ tên" in page]
    assert len(signed) >= 2
    for page in signed:
        assert re.search(r"Số tiền bằng chữ", page)
        assert "Cộng" in page
        assert page.count("(Ký, ghi rõ họ tên)") in (2, 3)


def test_adjustments_and_voids_are_said_on_paper(printed: dict[str, Paper]) -> None:
    assert "II. Điều chỉnh các danh sách trước" in printed["adjusted"].text
    assert "-100.000" in printed["adjusted"].text
    assert "DANH SÁCH ĐÃ HỦY ngày 01/07/2022 – nhầm (Hạnh)" in printed["void"].text
