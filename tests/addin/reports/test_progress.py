"""The progress report: the campaign's figures in prose and tables, in the layout of an official document."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from addin.merge.overview import Overview
from addin.reports.blocks import Figures, Heading, Paragraph, Picture
from addin.reports.content import Scope, body, in_date_words
from addin.reports.progress import report_document
from addin.status import Late, Status
from tests.addin.merge.master_campaign import campaign, overview_of, unit_tree
from validation.programme import load_programme
from validation.text.amounts import format_amount
from validation.text.words import amount_in_words

PROGRAMME = load_programme()


def scope(overview: Overview, *numbers: int) -> Scope:
    phases = tuple(phase for phase in overview.programme.phases if not numbers or phase.number in numbers)
    expected = len(overview.current) + len(overview.missing())
    late = (Late("CS001", 1, date(2022, 7, 1), date(2022, 6, 15)),)
    return Scope(Status(overview, expected, late, {}), phases)


@pytest.fixture(scope="module")
def overview() -> Overview:
    return campaign()


@pytest.fixture(scope="module")
def written(overview: Overview) -> docx.document.Document:
    out = io.BytesIO()
    report_document(scope(overview)).save(out)
    out.seek(0)
    return docx.Document(out)


def said(one: Scope) -> str:
    return "\n".join(block.text for block in body(one) if isinstance(block, Paragraph | Heading))


def table(one: Scope, caption: str) -> Figures:
    return next(block for block in body(one) if isinstance(block, Figures) and block.caption.startswith(caption))


def test_the_body_says_what_the_campaign_holds(overview: Overview) -> None:
    text = said(scope(overview))
    registered, approved, counted, upper, base = (
        sum(getattr(tally, name) for tally in overview.phases.values())
        for name in ("registered", "approved", "counted", "upper_support", "base_support")
    )
    for figure in (registered, approved, counted, upper, base, upper + base):
        assert re.search(rf" {re.escape(format_amount(figure))}[ ,.;]", text)
    words = amount_in_words(upper + base)
    assert f"({words[0].lower()}{words[1:]})" in text
    assert "Số công đoàn cơ sở phải báo cáo là 15; đã báo cáo 12 (đạt 80 %), chưa báo cáo 3." in text
    assert "1 đơn vị nộp sau hạn" in text


def test_tables_add_up(overview: Overview) -> None:
    targets = table(scope(overview), "Tiến độ")
    assert [line[0] for line in targets.lines] == ["Giai đoạn 1", "Giai đoạn 2", "Cộng"]
    for column in range(1, 5):
        *parts, whole = (int(line[column].replace(".", "")) for line in targets.lines)
        assert sum(parts) == whole
    money = table(scope(overview), "Công đoàn cấp trên hỗ trợ")
    *payers, total = ([int(cell.replace(".", "")) for cell in line[1:]] for line in money.lines)
    assert [sum(column) for column in zip(*payers, strict=True)] == total
    assert total[-1] == sum(tally.upper_support for tally in overview.phases.values())


def test_numbers_have_dots_and_decimals_a_comma(overview: Overview) -> None:
    blocks = body(scope(overview))
    text = said(scope(overview)) + "\n".join(
        cell for block in blocks if isinstance(block, Figures) for line in block.lines for cell in line
    )
    assert not re.search(r"\d,\d{3}\b|\d\.\d %|\b\d{5,}\b", text)
    assert re.search(r"\d,\d %", text)


def test_a_report_on_one_phase_speaks_of_that_phase(overview: Overview) -> None:
    one = scope(overview, 1)
    text = said(one)
    assert "Giai đoạn 2" not in text
    assert f" {format_amount(overview.phases[1].upper_support)} đồng" in text
    assert table(one, "Tỷ lệ tham gia giai đoạn 1").lines
    assert len(table(one, "Tiến độ").lines) == 1


def test_there_are_two_pictures_that_say_what_they_show(overview: Overview) -> None:
    pictures = [block for block in body(scope(overview)) if isinstance(block, Picture)]
    assert len(pictures) == 2
    assert all(picture.png.startswith(b"\x89PNG") for picture in pictures)
    assert all(re.search(r"\d", picture.description) for picture in pictures)


def test_pictures_are_the_same_each_time(overview: Overview) -> None:
    first, second = ([b.png for b in body(scope(overview)) if isinstance(b, Picture)] for _ in range(2))
    assert first == second


def test_a_campaign_of_nothing_has_its_report() -> None:
    overview = replace(overview_of(PROGRAMME, unit_tree(), []), made_at=datetime(2021, 9, 2, 8, 0))
    text = said(scope(overview))
    assert "đã báo cáo 0 (đạt 0 %)" in text
    assert "không đồng" in text
    assert "None" not in text
    assert report_document(scope(overview)).tables


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 2, 5), "ngày 05 tháng 02 năm 2022"),
        (date(2022, 11, 24), "ngày 24 tháng 11 năm 2022"),
        (date(2022, 3, 10), "ngày 10 tháng 3 năm 2022"),
    ],
)
def test_dates_are_in_words_as_the_decree_has_them(day: date, words: str) -> None:
    assert in_date_words(day) == words


def test_paper_is_that_of_the_decree(written: docx.document.Document) -> None:
    section = written.sections[0]
    sides = (section.page_width, section.page_height)
    assert [round(side.mm) for side in sides if side is not None] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 20]
    normal = written.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(14))
    assert section.different_first_page_header_footer


def test_head_and_end_have_their_blocks(written: docx.document.Document, overview: Overview) -> None:
    left, right = (cell.text for cell in written.tables[0].rows[0].cells)
    assert left.splitlines()[:2] == ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ HẢI PHÒNG"]
    assert "Số:" in left
    assert right.splitlines()[0] == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert right.splitlines()[-1] == "Hải Phòng, ngày 20 tháng 9 năm 2022"
    to, signed = (cell.text for cell in written.tables[-1].rows[0].cells)
    assert to.startswith("Nơi nhận:")
    assert "Lưu: VT." in to
    assert signed.splitlines()[0] == "TM. BAN THƯỜNG VỤ"


def test_tables_repeat_their_header_and_no_row_is_parted(written: docx.document.Document) -> None:
    for one in written.tables[1:-1]:
        assert one.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in one.rows)


def test_pictures_have_alternative_text(written: docx.document.Document) -> None:
    described = [shape._inline.docPr.get("descr", "") for shape in written.inline_shapes]
    assert len(described) == 2
    assert all(text.startswith("Biểu đồ ") for text in described)


def test_running_text_is_justified(written: docx.document.Document) -> None:
    longest = max(written.paragraphs, key=lambda paragraph: len(paragraph.text))
    assert longest.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
