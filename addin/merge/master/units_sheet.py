"""“Theo đơn vị” and “Theo cấp trên”: figures per unit or superior and phase, with how they stand to the quota."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.figures import RollUp, Standing, missing_by_superior, roll_ups, standing
from addin.merge.master.placing import SHEET as DETAIL
from addin.merge.master.placing import Placing
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Shape, Value
from validation.money import Tally
from validation.text.amounts import format_amount
from workbook_templates.cover_totals import NEAR_SHARE
from workbook_templates.styles import ERROR, NOTICE, PASSED

SHEET = "Theo đơn vị"
SUPERIORS_SHEET = "Theo cấp trên"

TONES = {
    Standing.REACHED.value: PASSED,
    Standing.NEAR.value: NOTICE,
    Standing.BELOW.value: ERROR,
    Standing.UNKNOWN.value: NOTICE,
}

_SUMS = ("Đăng ký", "Hợp lệ", "Được tính", "Cấp trên hỗ trợ (đồng)", "CĐCS hỗ trợ (đồng)", "Tổng hỗ trợ (đồng)")
_ROWS = Column(f"Dòng ở {DETAIL}", Shape.WORD, 15)
"""Leads to the rows behind the line's figures."""
_FIGURES = (
    Column("Đăng ký", Shape.COUNT, 9),
    Column("Hợp lệ", Shape.COUNT, 9),
    Column("Được tính", Shape.COUNT, 9),
    Column("Cấp trên hỗ trợ (đồng)", Shape.AMOUNT, 15),
    Column("CĐCS hỗ trợ (đồng)", Shape.AMOUNT, 15),
    Column("Tổng hỗ trợ (đồng)", Shape.AMOUNT, 15),
    Column("Đoàn viên có sáng kiến", Shape.COUNT, 10),
    Column("Đoàn viên", Shape.COUNT, 10),
    Column("Tỷ lệ tham gia", Shape.SHARE, 9),
)
_UNIT_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã đơn vị", Shape.CODE, 15),
    Column("Tên đơn vị", Shape.TEXT, 36),
    Column("Cấp trên trực tiếp", Shape.TEXT, 30),
    Column("Giai đoạn", Shape.WORD, 13),
    _ROWS,
    *_FIGURES,
    Column("Người có sáng kiến", Shape.COUNT, 10),
    Column("CNVCLĐ", Shape.COUNT, 10),
    Column("Tỷ lệ trên CNVCLĐ", Shape.SHARE, 10),
    Column("Đánh giá", Shape.WORD, 14),
)
_SUPERIOR_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã cấp trên", Shape.CODE, 15),
    Column("Công đoàn cấp trên", Shape.TEXT, 42),
    Column("Giai đoạn", Shape.WORD, 13),
    Column("Đơn vị đã báo cáo", Shape.COUNT, 10),
    Column("Đơn vị chưa nộp", Shape.COUNT, 10),
    _ROWS,
    *_FIGURES,
    Column("Đánh giá", Shape.WORD, 14),
)


def quota_note(master: MasterBook) -> str:
    """How the verdict in words is reached."""
    minimum = master.overview.programme.participation.minimum
    return (
        f"Tỷ lệ tham gia = đoàn viên có sáng kiến được tính ÷ đoàn viên. “Đạt”: từ {percent(minimum)} trở lên; "
        f"“Gần đạt”: còn thiếu không quá {percent(1 - NEAR_SHARE)} của mức ấy (từ {percent(NEAR_SHARE * minimum)}); "
        "“Chưa đạt”: thấp hơn nữa."
    )


def _note(master: MasterBook) -> str:
    return f"{quota_note(master)}\nBấm vào “{_ROWS.header}” để xem các dòng tạo nên con số."


def percent(share: float) -> str:
    """As a clerk writes it: 15 %, 61,7 %."""
    number = f"{100 * share:.1f}".removesuffix(".0")
    whole, _, decimals = number.partition(".")
    return f"{format_amount(int(whole))}{',' if decimals else ''}{decimals} %"


def write_units(master: MasterBook, directory: Directory, placing: Placing) -> None:
    """Add the sheet: one line per reporting unit and phase."""
    overview = master.overview
    sheet = master.list_sheet(SHEET, "THEO ĐƠN VỊ VÀ GIAI ĐOẠN", _note(master))
    figures = [overview.units[key] for key in sorted(overview.units)]
    totals = _totals([f.tally for f in figures])
    draw(
        master,
        sheet,
        List(
            "TheoDonVi", _UNIT_COLUMNS, len(figures), _unit_lines(master, directory, placing),
            "Chưa có đơn vị nào báo cáo.",
            totals=totals, frozen_columns=3, header_height=48,
        ),
    )  # fmt: skip
    colour_words(master, sheet, len(_UNIT_COLUMNS) - 1, len(figures), TONES)


def _unit_lines(master: MasterBook, directory: Directory, placing: Placing) -> Iterator[list[Value]]:
    overview = master.overview
    programme = overview.programme
    for number, key in enumerate(sorted(overview.units), 1):
        figures = overview.units[key]
        superior = directory.superior(figures.unit)
        yield [
            number,
            figures.unit,
            directory.name(figures.unit),
            superior.name if superior else "(không rõ)",
            programme.phase(figures.phase).name,
            placing.named("unit", figures.unit, figures.phase),
            *_money(figures.tally),
            figures.member_authors,
            figures.members,
            figures.participation,
            figures.authors,
            figures.workers,
            figures.worker_participation,
            standing(figures.participation, programme.participation.minimum).value,
        ]


def write_superiors(master: MasterBook, directory: Directory, placing: Placing) -> None:
    """Add the sheet: one line per directly superior union and phase."""
    title = "THEO CÔNG ĐOÀN CẤP TRÊN TRỰC TIẾP VÀ GIAI ĐOẠN"
    sheet = master.list_sheet(SUPERIORS_SHEET, title, _note(master))
    sums = roll_ups(master.overview, directory)
    draw(
        master,
        sheet,
        List(
            "TheoCapTren", _SUPERIOR_COLUMNS, len(sums), _superior_lines(master, directory, sums, placing),
            "Chưa có đơn vị nào báo cáo.", totals=_totals([s.tally for s in sums]), frozen_columns=3, header_height=48,
        ),
    )  # fmt: skip
    colour_words(master, sheet, len(_SUPERIOR_COLUMNS) - 1, len(sums), TONES)


def _superior_lines(
    master: MasterBook, directory: Directory, sums: Sequence[RollUp], placing: Placing
) -> Iterator[list[Value]]:
    programme = master.overview.programme
    missing = missing_by_superior(master.overview, directory)
    for number, roll_up in enumerate(sums, 1):
        participation = roll_up.participation
        yield [
            number,
            roll_up.superior,
            directory.roll_up_name(roll_up.superior),
            programme.phase(roll_up.phase).name,
            len(roll_up.units),
            missing[roll_up.superior],
            placing.named("superior", roll_up.superior, roll_up.phase),
            *_money(roll_up.tally),
            roll_up.member_authors,
            roll_up.members or roll_up.own_members,
            participation,
            standing(participation, programme.participation.minimum).value,
        ]


def _money(tally: Tally) -> list[Value]:
    return [
        tally.registered,
        tally.approved,
        tally.counted,
        tally.upper_support,
        tally.base_support,
        tally.total_support,
    ]


def _totals(tallies: Sequence[Tally]) -> dict[str, int]:
    total = Tally()
    for tally in tallies:
        total.merge(tally)
    values = (
        total.registered,
        total.approved,
        total.counted,
        total.upper_support,
        total.base_support,
        total.total_support,
    )
    return dict(zip(_SUMS, values, strict=True))
