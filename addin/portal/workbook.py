"""``doi-chieu-<day>.xlsx``: what differs between the reports and the portal's list, for the people who settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from addin.listing import Cell, Column, Listing, listing_bytes
from addin.merge.master.values import Shape
from addin.portal.reconciling import Reconciled
from validation import messages
from validation.portal import PortalEntry
from validation.submission import Row
from validation.text.amounts import format_amount

_UNIT = (Column("Mã đơn vị", Shape.CODE, 14), Column("Tên đơn vị", Shape.TEXT, 30))
_WHAT = (Column("Tác giả", Shape.TEXT, 24), Column("Tên sáng kiến", Shape.TEXT, 44))
_STATE = (Column("Trạng thái", Shape.WORD, 14), Column("Ngày đăng ký", Shape.DAY, 12),
          Column("Ngày phê duyệt", Shape.DAY, 12))  # fmt: skip
_CODE, _MONEY = Column("Mã đăng ký", Shape.CODE, 16), Column("Cấp trên hỗ trợ (đồng)", Shape.AMOUNT, 16)
_NONE = "Không có dòng nào."
_PLACE = Column("Dòng trong danh sách", Shape.TEXT, 18)


def workbook_bytes(done: Reconciled, made_at: datetime) -> bytes:
    """The workbook of a reconciliation."""
    return listing_bytes(_Sheets(done).all(), title=f"Đối chiếu cổng quốc gia – {done.path.name}", created=made_at)


class _Sheets:
    def __init__(self, done: Reconciled) -> None:
        self._done = done
        self._names = {report.unit_code: report.cover.unit_name or "" for report in done.overview.current}
        self._names |= {unit.code: unit.name for unit in done.overview.tree}

    def all(self) -> Iterator[Listing]:
        yield self._summary()
        yield self._different()
        yield self._claimed()
        yield self._portal_only()
        yield self._suggested()
        yield self._unsure()

    def _summary(self) -> Listing:
        done, result = self._done, self._done.result
        rule = done.rule
        lines = (
            ("Danh sách", done.path.name),
            ("Mã băm SHA-256", done.sha256),
            ("Số dòng trong danh sách", format_amount(len(done.read.entries))),
            ("Khớp mã đăng ký", format_amount(len(result.matched))),
            ("  trong đó khác trạng thái hoặc ngày", format_amount(len(result.different))),
            ("Báo cáo ghi có, danh sách không có", format_amount(len(result.claimed_only))),
            ("Danh sách có, báo cáo không có", format_amount(len(result.portal_only))),
            ("Gợi ý ghép theo tên và tác giả", format_amount(len(result.suggested))),
            ("Trạng thái và ngày theo", "cổng quốc gia" if rule.replaces_status else "báo cáo của đơn vị"),
            ("Cấp trên chỉ hỗ trợ khi có trên danh sách", "có" if rule.money_needs_match else "không"),
        )
        columns = (Column("Nội dung", Shape.TEXT, 46), Column("Giá trị", Shape.TEXT, 70))
        return Listing("Tóm tắt", "ĐỐI CHIẾU VỚI CỔNG QUỐC GIA", (self._unit(),), columns, lines, "")

    def _unit(self) -> str:
        overview = self._done.overview
        return f"{overview.unit.name} – {overview.programme.name}. Lập lúc {overview.made_at:%d/%m/%Y %H:%M}."

    def _different(self) -> Listing:
        columns = (*_UNIT, _CODE, *_WHAT, Column("Khác ở", Shape.TEXT, 24),
                   *_of_both(_STATE), _MONEY, _PLACE)  # fmt: skip
        rows = (
            (*self._of(one.row), one.row.registration_code, one.row.lead_author, one.row.title,
             "; ".join(messages.text("portal_field", name) for name in one.differs), *_said(one.row),
             *_said(one.entry), one.row.upper_support, _place(one.entry))
            for one in self._done.result.different
        )  # fmt: skip
        note = "Cùng mã đăng ký nhưng trạng thái hoặc ngày không giống nhau."
        return Listing("Khác nhau", "BÁO CÁO VÀ CỔNG GHI KHÁC NHAU", (note,), columns, rows, _NONE)

    def _claimed(self) -> Listing:
        columns = (*_UNIT, _CODE, *_WHAT, *_STATE, _MONEY)
        rows = (
            (*self._of(row), row.registration_code, row.lead_author, row.title, *_said(row), row.upper_support)
            for row in self._done.result.claimed_only
        )
        note = "Báo cáo ghi đã đăng ký nhưng danh sách lấy từ cổng không có mã ấy."
        return Listing("Chỉ có ở báo cáo", "BÁO CÁO GHI CÓ, CỔNG KHÔNG CÓ", (note,), columns, rows, _NONE)

    def _portal_only(self) -> Listing:
        columns = (_CODE, *_WHAT, Column("Đơn vị (theo danh sách)", Shape.TEXT, 30), *_STATE,
                   Column("Trong báo cáo", Shape.TEXT, 34), _PLACE)  # fmt: skip
        rows = (
            (one.entry.registration_code, one.entry.lead_author, one.entry.title, one.entry.unit, *_said(one.entry),
             self._left_out(one.left_out), _place(one.entry))
            for one in self._done.result.portal_only
        )  # fmt: skip
        note = "Danh sách lấy từ cổng có nhưng không dòng nào được nhận trong các báo cáo mang mã ấy."
        return Listing("Chỉ có trên cổng", "CỔNG CÓ, BÁO CÁO KHÔNG CÓ", (note,), columns, rows, _NONE)

    def _left_out(self, row: Row | None) -> str | None:
        if row is None:
            return None
        return messages.text("portal", f"left_out_{row.outcome.value}", unit=row.unit_code, row=row.number)

    def _suggested(self) -> Listing:
        columns = (Column("Giống (%)", Shape.ORDINAL, 9), *_UNIT,
                   *_of_both((_CODE, *_WHAT)), _PLACE)  # fmt: skip
        rows = (
            (one.score, *self._of(one.row), one.row.registration_code, one.row.lead_author, one.row.title,
             one.entry.registration_code, one.entry.lead_author, one.entry.title, _place(one.entry))
            for one in self._done.result.suggested
        )  # fmt: skip
        note = "Có thể là cùng một sáng kiến. Chỉ là gợi ý: xin hỏi lại đơn vị rồi sửa mã trong báo cáo."
        return Listing("Gợi ý ghép", "GỢI Ý GHÉP THEO TÊN VÀ TÁC GIẢ", (note,), columns, rows, "Không có gợi ý nào.")

    def _unsure(self) -> Listing:
        columns = (Column("Vì sao", Shape.TEXT, 34), _CODE, *_WHAT, Column("Ghi trên danh sách", Shape.TEXT, 24),
                   *_STATE, _PLACE)  # fmt: skip
        result = self._done.result
        rows = [
            *((messages.text("portal", "why_repeated"), e) for e in result.repeated),
            *((messages.text("portal", "why_unclear"), e) for e in result.unclear),
        ]
        lines = (
            (why, e.registration_code, e.lead_author, e.title, e.status_text, *_said(e), _place(e)) for why, e in rows
        )
        note = "Các dòng này của danh sách không thay được báo cáo."
        return Listing("Chưa rõ", "DÒNG CỦA DANH SÁCH CHƯA RÕ", (note,), columns, lines, _NONE)

    def _of(self, row: Row) -> tuple[Cell, Cell]:
        return row.unit_code, row.unit_name or self._names.get(row.unit_code)


def _of_both(columns: Sequence[Column]) -> Iterator[Column]:
    """The same columns of the report, then of the portal."""
    for side in ("Báo cáo", "Cổng"):
        yield from (Column(f"{side}: {c.header.lower()}", c.shape, c.width) for c in columns)


def _said(one: Row | PortalEntry) -> tuple[Cell, Cell, Cell]:
    return one.status, one.registered_on, one.approved_on


def _place(entry: PortalEntry) -> str:
    return f"{entry.sheet}!{entry.row}"
