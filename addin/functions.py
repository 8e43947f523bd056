"""Worksheet functions (``SK_…``): ranges in, arrays out, one call for a whole column.

Each is plain Python over the ground floor, under xlwings' decorators. Arguments arrive as lists of rows (ndim=2); a
single cell stands for every row. An argument that cannot be read gives ``Unreadable`` text in its own cell of an array,
and raises FunctionProblem for a single cell; the wrappers in the workbook turn both into an Excel error and keep the
reason for the status bar. Official templates use native formulas; these are a convenience.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlwings as xw

from validation.assess import assess
from validation.fields import COVER_FIELD, ROW_FIELD, Field, Form, row_fields
from validation.messages import reason
from validation.money import people_of, support_of
from validation.normalise import Cleaner
from validation.programme import DEFAULT_PROGRAMME, Programme, load_programme
from validation.reconcile import later_duplicates
from validation.submission import LegacyFont, Outcome, RawCover, RawRow, RawSubmission, Row
from validation.text.legacy import font_encoding, to_unicode
from validation.text.words import amount_in_words

CATEGORY = "Sổ sáng kiến"
UNREADABLE = "#SK! "
"""How a cell of an array begins that stands for an error; the rest is the reason."""

AMOUNT, PHASE = "Số tiền", "Giai đoạn"
"""What arguments are called that may hold any amount, any phase."""

Cell = Any
Grid = Sequence[Sequence[Cell]]


class FunctionProblem(ValueError):  # noqa: N818
    """Why a function gives no value; the text is shown to the clerk."""


def _programme(programme_id: Cell) -> Programme:
    return load_programme(str(programme_id).strip() if programme_id else DEFAULT_PROGRAMME)


def _column(grid: Grid | Cell) -> list[Cell]:
    """The cells of a range row by row; of several columns, one after the other within a row."""
    if not isinstance(grid, Sequence) or isinstance(grid, str):
        return [grid]
    return [cell for row in grid for cell in (row if isinstance(row, Sequence) and not isinstance(row, str) else [row])]


def _lined_up(*grids: Grid | Cell | None) -> list[tuple[Cell, ...]]:
    """Cells side by side; a single cell or an omitted argument stands beside every row."""
    columns = [_column(grid) if grid is not None else [None] for grid in grids]
    height = max(len(column) for column in columns)
    if any(len(column) not in (1, height) for column in columns):
        sizes = ", ".join(str(len(column)) for column in columns)
        raise FunctionProblem(f"các vùng không cùng số ô ({sizes}); xin chọn các vùng có cùng số dòng")
    return list(zip(*(column if len(column) == height else column * height for column in columns), strict=True))


def _answers(rows: Iterable[tuple[Cell, ...]], one: Callable[..., Cell]) -> list[list[Cell]]:
    """One answer per row, as a column; what a row cannot answer says why in its place."""
    answers: list[list[Cell]] = []
    for cells in rows:
        try:
            answers.append([one(*cells)])
        except FunctionProblem as problem:
            answers.append([f"{UNREADABLE}{problem}"])
    if len(answers) == 1 and isinstance(answers[0][0], str) and answers[0][0].startswith(UNREADABLE):
        raise FunctionProblem(answers[0][0].removeprefix(UNREADABLE))
    return answers


class _Reader:
    """Reads cells as the check reads them."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._cleaners: dict[str, Cleaner] = {}

    def __call__(self, name: str, cell: Cell, called: str | None = None) -> Any:
        """The typed value of a field's cell, None where blank; ``called`` in a reason instead of the field's header.

        Raises FunctionProblem.
        """
        field = ROW_FIELD.get(name) or COVER_FIELD[name]
        cleaner = self._cleaners.get(name)
        if cleaner is None:
            cleaner = self._cleaners[name] = Cleaner(field, self.programme)
        cleaned = cleaner(cell)
        if cleaned.unreadable:
            raise FunctionProblem(f"{called or field.header}: không đọc được “{_shown(cell)}”")
        return cleaned.value


def _shown(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime | date) else str(cell)


@xw.func(category=CATEGORY)
@xw.arg("ngay", ndim=2, doc="Ngày đăng ký trên cổng: một ô hoặc cả cột")
@xw.arg("chuong_trinh", doc="Mã chương trình; bỏ trống: chương trình mặc định")
@xw.ret(doc="Giai đoạn của chương trình mà ngày thuộc về; ô trống nếu ngày nằm ngoài mọi giai đoạn.")
def SK_GIAIDOAN(ngay: Grid, chuong_trinh: Cell = None) -> list[list[Cell]]:  # noqa: N802 - its name in Excel
    """Phase of a date, end days included; blank outside every phase."""
    programme = _programme(chuong_trinh)
    read = _Reader(programme)

    def one(cell: Cell) -> Cell:
        phase = programme.phase_of(read("registered_on", cell))
        return phase.number if phase else ""

    return _answers(_lined_up(ngay), one)


@xw.func(category=CATEGORY)
@xw.arg("ma_dang_ky", ndim=2, doc="Mã đăng ký trên cổng")
@xw.arg("ngay_dang_ky", ndim=2, doc="Ngày đăng ký trên cổng")
@xw.arg("trang_thai", ndim=2, doc="Trạng thái trên cổng")
@xw.arg("dang_bao_ho", ndim=2, doc="Đang được bảo hộ sở hữu trí tuệ: Có hoặc Không; bỏ trống: Không")
@xw.arg("la_doan_vien", ndim=2, doc="Tác giả là đoàn viên: Có hoặc Không; bỏ trống: Có")
@xw.arg("chuong_trinh", doc="Mã chương trình; bỏ trống: chương trình mặc định")
@xw.ret(doc="Tiền cấp trên hỗ trợ (đồng) cho từng dòng; mã trùng chỉ được tính ở dòng đăng ký sớm nhất.")
def SK_HOTRO(  # noqa: N802
    ma_dang_ky: Grid,
    ngay_dang_ky: Grid,
    trang_thai: Grid,
    dang_bao_ho: Grid | None = None,
    la_doan_vien: Grid | None = None,
    chuong_trinh: Cell = None,
) -> list[list[Cell]]:
    """Upper-level support of each row, in đồng; of a repeated code the earliest registered row has it."""
    programme = _programme(chuong_trinh)
    read = _Reader(programme)
    lines = _lined_up(ma_dang_ky, ngay_dang_ky, trang_thai, dang_bao_ho, la_doan_vien)
    rows: dict[int, Row] = {}

    def one(index: int, code: Cell, day: Cell, status: Cell, protected: Cell, member: Cell) -> Cell:
        registered_on = read("registered_on", day)
        support = support_of(
            programme,
            registration_code=read("registration_code", code),
            registered_on=registered_on,
            approved_on=registered_on,
            status=read("status", status),
            ip_protected=bool(read("ip_protected", protected)),
            is_member=read("is_member", member) is not False,
            authors=1,
            base_support=None,
        )
        rows[index] = Row(index, "", Outcome.ACCEPTED, registration_code=read("registration_code", code),
                          registered_on=registered_on)  # fmt: skip
        return support.upper

    answers = _answers(((index, *line) for index, line in enumerate(lines)), one)
    for index in later_duplicates(rows.items()):
        answers[index] = [0]
    return answers


@xw.func(category=CATEGORY)
@xw.arg("so_tien", ndim=2, doc="Số tiền công đoàn cơ sở hỗ trợ (đồng)")
@xw.arg("chuong_trinh", doc="Mã chương trình; bỏ trống: chương trình mặc định")
@xw.ret(doc="Số tiền công đoàn cơ sở hỗ trợ nếu đúng mức (0 đến mức tối đa); báo lỗi nếu vượt mức hoặc không đọc được.")
def SK_HOTRO_CS(so_tien: Grid, chuong_trinh: Cell = None) -> list[list[Cell]]:  # noqa: N802
    """The grassroots union's support, blank = 0; over the cap or below 0 is an error, never cut."""
    programme = _programme(chuong_trinh)
    read = _Reader(programme)
    cap = programme.support.base_cap

    def one(cell: Cell) -> Cell:
        amount: int = read("base_support", cell) or 0
        if not 0 <= amount <= cap:
            raise FunctionProblem(f"số tiền {amount:,} đồng ngoài mức 0 – {cap:,} đồng".replace(",", "."))
        return amount

    return _answers(_lined_up(so_tien), one)


@xw.func(category=CATEGORY)
@xw.arg("so_tien", ndim=2, doc="Cột số tiền (đồng)")
@xw.arg("giai_doan", ndim=2, doc="Cột giai đoạn")
@xw.arg("so_giai_doan", doc="Giai đoạn cần cộng; bỏ trống: mọi giai đoạn, mỗi giai đoạn một dòng")
@xw.arg("chuong_trinh", doc="Mã chương trình; bỏ trống: chương trình mặc định")
@xw.ret(doc="Tổng số tiền của các dòng thuộc giai đoạn.")
def SK_TONG(  # noqa: N802
    so_tien: Grid, giai_doan: Grid, so_giai_doan: Cell = None, chuong_trinh: Cell = None
) -> list[list[Cell]]:
    """Totals by phase in đồng; a row whose amount cannot be read makes the total an error, never a smaller total."""
    programme = _programme(chuong_trinh)
    read = _Reader(programme)
    totals = dict.fromkeys((phase.number for phase in programme.phases), 0)
    for cell, phase_cell in _lined_up(so_tien, giai_doan):
        if phase_cell in (None, ""):
            continue
        number = read("source_row", phase_cell, PHASE)
        if number not in totals:
            raise FunctionProblem(f"không có giai đoạn {_shown(phase_cell)} trong chương trình")
        totals[number] += read("benefit_value", cell, AMOUNT) or 0
    if so_giai_doan in (None, ""):
        return [[total] for total in totals.values()]
    wanted = read("source_row", so_giai_doan, PHASE)
    if wanted not in totals:
        raise FunctionProblem(f"không có giai đoạn {_shown(so_giai_doan)} trong chương trình")
    return [[totals[wanted]]]


@xw.func(category=CATEGORY)
@xw.arg("ho_ten", ndim=2, doc="Cột họ và tên tác giả")
@xw.arg("ma_so_doan_vien", ndim=2, doc="Cột mã số đoàn viên")
@xw.arg("la_doan_vien", ndim=2, doc="Cột Là đoàn viên: Có hoặc Không")
@xw.arg("duoc_tinh", ndim=2, doc="Cột cho biết dòng được tính: giai đoạn, 1 hoặc TRUE; ô trống hoặc 0: không tính")
@xw.arg("so_doan_vien", doc="Số đoàn viên của đơn vị")
@xw.arg("dong_tac_gia", ndim=2, doc="Cột đồng tác giả, cách nhau bằng dấu chấm phẩy; có thể bỏ trống")
@xw.ret(doc="Tỷ lệ tham gia: số đoàn viên khác nhau có sáng kiến được tính, chia cho số đoàn viên.")
def SK_TYLE(  # noqa: N802
    ho_ten: Grid,
    ma_so_doan_vien: Grid,
    la_doan_vien: Grid,
    duoc_tinh: Grid,
    so_doan_vien: Cell,
    dong_tac_gia: Grid | None = None,
) -> float:
    """Participation as a fraction: distinct member authors, co-authors of a member's row included, over members."""
    read = _Reader(_programme(None))
    members = read("members", so_doan_vien)
    if not members or members < 0:
        raise FunctionProblem("số đoàn viên phải lớn hơn 0")
    people: set[str] = set()
    for name, number, member, counts, others in _lined_up(
        ho_ten, ma_so_doan_vien, la_doan_vien, duoc_tinh, dong_tac_gia
    ):
        if counts in (None, "", 0, False) or not read("is_member", member):
            continue
        row = Row(
            0, "", Outcome.ACCEPTED, lead_author=read("lead_author", name), member_number=read("member_number", number),
            co_authors=read("co_authors", others) or (),
        )  # fmt: skip
        people.update(people_of(row))
    return len(people - {""}) / int(members)


@xw.func(category=CATEGORY)
@xw.arg("so_tien", ndim=2, doc="Số tiền (đồng)")
@xw.ret(doc="Số tiền viết bằng chữ tiếng Việt, ví dụ: Hai trăm nghìn đồng.")
def SK_BANGCHU(so_tien: Grid) -> list[list[Cell]]:  # noqa: N802
    """An amount in words; blank stays blank."""
    read = _Reader(_programme(None))

    def one(cell: Cell) -> Cell:
        amount = read("benefit_value", cell, AMOUNT)
        return "" if amount is None else amount_in_words(amount)

    return _answers(_lined_up(so_tien), one)


_ENCODINGS = {"tcvn3": LegacyFont.TCVN3, "abc": LegacyFont.TCVN3, "vni": LegacyFont.VNI}


@xw.func(category=CATEGORY)
@xw.arg("van_ban", ndim=2, doc="Chữ gõ bằng phông cũ")
@xw.arg("kieu", doc="TCVN3, VNI hoặc tên phông, ví dụ .VnTime")
@xw.ret(doc="Chữ chuyển sang Unicode; chữ đã là Unicode được giữ nguyên.")
def SK_UNICODE(van_ban: Grid, kieu: Cell) -> list[list[Cell]]:  # noqa: N802
    """Legacy text as Unicode; the encoding is named, never guessed."""
    name = str(kieu or "").strip()
    encoding = _ENCODINGS.get(name.casefold()) or font_encoding(name)
    if encoding is None:
        raise FunctionProblem(f"không biết kiểu chữ “{name}”; xin ghi TCVN3, VNI hoặc tên phông")
    return [[to_unicode(cell, encoding) if isinstance(cell, str) else cell] for cell in _column(van_ban)]


@xw.func(category=CATEGORY)
@xw.arg("dong", ndim=2, doc="Các dòng của danh sách, từ cột STT đến cột Ghi chú, không kể dòng tiêu đề")
@xw.arg("ngay_bao_cao", doc="Ngày lập báo cáo; bỏ trống: ngày cuối chương trình")
@xw.arg("chuong_trinh", doc="Mã chương trình; bỏ trống: chương trình mặc định")
@xw.ret(doc="Kết quả kiểm tra từng dòng: ĐẠT, LƯU Ý, TRÙNG hoặc LỖI và lý do đầu tiên.")
def SK_KIEMTRA(dong: Grid, ngay_bao_cao: Cell = None, chuong_trinh: Cell = None) -> list[list[Cell]]:  # noqa: N802
    """The verdict on each row of a list, by the rules of the check."""
    programme = _programme(chuong_trinh)
    fields = row_fields(Form.GRASSROOTS)
    if any(len(line) != len(fields) for line in dong):
        raise FunctionProblem(f"mỗi dòng phải có {len(fields)} cột, từ “{fields[0].header}” đến “{fields[-1].header}”")
    report_date = _Reader(programme)("report_date", ngay_bao_cao) or programme.phases[-1].report_deadline
    submission = assess(_as_report(dong, fields, report_date, programme), programme)
    first_reason: dict[int, str] = {}
    for finding in sorted(submission.findings, key=lambda one: one.severity.value):
        if finding.row is not None:
            first_reason.setdefault(finding.row, reason(finding))
    rows = {row.number: row for row in submission.rows}
    return [[_verdict(rows.get(number), first_reason.get(number))] for number in range(1, len(dong) + 1)]


def _as_report(lines: Grid, fields: Sequence[Field], report_date: date, programme: Programme) -> RawSubmission:
    raw_rows = tuple(
        RawRow(number, {f.name: cell for f, cell in zip(fields, line, strict=True) if cell not in (None, "")})
        for number, line in enumerate(lines, 1)
    )
    cover = RawCover({"unit_code": "-", "report_date": report_date, "members": 1, "workers": 1}, {})
    return RawSubmission(Form.GRASSROOTS, 1, programme.id, cover, "", {f.name: f.name for f in fields}, raw_rows)


def _verdict(row: Row | None, why: str | None) -> str:
    if row is None:
        return ""
    word = {Outcome.REJECTED: "LỖI", Outcome.DUPLICATE: "TRÙNG"}.get(row.outcome, "LƯU Ý" if why else "ĐẠT")
    return f"{word}: {why}" if why else word
