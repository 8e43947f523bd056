"""Synthetic campaigns for the tests of the master: units at unequal depth, good rows, bad rows, files of every fate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from addin.merge.overview import DuplicatePair, FileOutcome, Overview, RefusedFile, Report, SourcedRow, draw
from validation.fields import Form
from validation.findings import Finding, Severity
from validation.money import support_of
from validation.programme import Programme, load_programme
from validation.submission import Cover, Outcome, Row, RowCounts
from validation.units import Level, Unit, UnitTree

MADE_AT = datetime(2022, 9, 20, 16, 45)
SUPERIORS = (
    ("HP-Q-HB", "LĐLĐ quận Hồng Bàng"),
    ("HP-H-TN", "LĐLĐ huyện Thuỷ Nguyên"),
    ("HP-KKT", "Công đoàn Khu kinh tế"),
)
TITLES = (
    "Cải tiến đồ gá hàn thân vỏ tàu để giảm thời gian căn chỉnh",
    "Ứng dụng mã QR trong quản lý hồ sơ bệnh án điện tử tại khoa Khám bệnh",
    "Tái sử dụng nước làm mát trong dây chuyền sản xuất",
    "Biện pháp nâng cao chất lượng dạy học môn Toán lớp 4",
    "Thiết kế giá đỡ di động phục vụ bốc xếp tại kho 3",
)
AUTHORS = ("Nguyễn Văn Hoà", "Trần Thị Thuỷ", "Phạm Quốc Khánh", "Lê Thị Quỳnh", "Đặng Hữu Phước", "Vũ Minh Châu")


def unit_tree(units: int = 12) -> UnitTree:
    """A city, three upper unions, a group; ``units`` grassroots unions under them in turn, and three that stay away."""
    city = Unit("HP", "Liên đoàn Lao động thành phố Hải Phòng", Level.CITY, "TLD")
    group = Unit("HP-CSTT", "CĐCS trực thuộc thành phố (nhóm)", Level.GROUP, "HP")
    uppers = [Unit(code, name, Level.UPPER, "HP") for code, name in SUPERIORS]
    parents = [*(upper.code for upper in uppers), "HP-CSTT"]
    grassroots = [
        Unit(f"CS{n:03}", f"CĐCS Công ty Cổ phần số {n}", Level.GRASSROOTS, parents[n % 4], members=100 + n)
        for n in range(1, units + 1)
    ]
    away = [
        Unit(f"VANG{n}", f"CĐCS Trường Tiểu học {n}", Level.GRASSROOTS, parents[n], members=40, email=f"th{n}@vd.vn")
        for n in range(3)
    ]
    return UnitTree([city, group, *uppers, *grassroots, *away])


def made_row(programme: Programme, unit: str, number: int, **changes: object) -> Row:
    """A row as it is judged; its money follows the programme's rule."""
    days = programme.phases[-1].last - programme.phases[0].first
    seed = int(sha256(f"{unit}{number}".encode()).hexdigest()[:8], 16)
    registered = programme.phases[0].first + timedelta(days=seed % (days.days // 2))
    states = programme.status
    status = (states.approved, states.approved, states.under_review, states.refused)[seed % 4]
    row = Row(
        number=number,
        unit_code=unit,
        outcome=Outcome.ACCEPTED,
        registration_code=f"0{unit}-{number:04}",
        lead_author=f"{AUTHORS[seed % 6]} {number}",
        member_number=f"00{seed % 99999}",
        is_member=seed % 5 > 0,
        position="Tổ trưởng, Phân xưởng 2",
        co_authors=("Bùi Thị Lan", "Hoàng Anh Tú") if seed % 7 == 0 else (),
        title=TITLES[seed % 5],
        solution_kind=programme.lists.solution_kind[seed % 4],
        activity_field=programme.lists.activity_field[seed % 4],
        effect="Giảm 20 % thời gian thao tác, mỗi năm tiết kiệm hàng chục triệu đồng; an toàn hơn cho người lao động.",
        benefit_value=seed % 90_000_000,
        recognised_on=registered - timedelta(days=9),
        applied_on=registered - timedelta(days=30),
        ip_protected=seed % 23 == 0,
        registered_on=registered,
        status=status,
        approved_on=registered + timedelta(days=20) if status == states.approved else None,
        base_support=(None, 100_000, 200_000)[seed % 3],
    )
    return settled(row._replace(**changes), programme)  # type: ignore[arg-type]


def settled(row: Row, programme: Programme) -> Row:
    """The row with phase and money as the programme has it, none of it for rows that are not accepted."""
    support = support_of(
        programme,
        registration_code=row.registration_code,
        registered_on=row.registered_on,
        approved_on=row.approved_on,
        status=row.status,
        ip_protected=row.ip_protected,
        is_member=row.is_member,
        authors=1 + len(row.co_authors),
        base_support=row.base_support,
    )
    if not row.accepted:
        return row._replace(phase=support.phase)
    return row._replace(
        phase=support.phase, upper_support=support.upper, base_counted=support.base, counted=support.counted
    )


def made_report(
    number: int,
    unit: str,
    rows: Sequence[Row],
    *,
    findings: Sequence[Finding] = (),
    current: bool = True,
    members: int = 60,
    path: str | None = None,
    reason: str | None = None,
) -> Report:
    """A report with those rows, two blank ones, and counts that add up."""
    path = path or f"nhan/Báo cáo {unit} lần {number}.xlsx"

    def count(outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in rows)

    return Report(
        id=number,
        path=path,
        sha256=sha256(path.encode("utf-8", "replace")).hexdigest(),
        form=Form.GRASSROOTS,
        template_version=1,
        sheet="Danh sách",
        cover=Cover(unit, date(2022, 9, 1), members, members + 25, report_number=number),
        received_at=datetime(2022, 9, 2, 8, 30) + timedelta(minutes=number),
        current=current,
        counts=RowCounts(count(Outcome.ACCEPTED), count(Outcome.REJECTED), count(Outcome.DUPLICATE), blank=2),
        rows=tuple(rows),
        findings=tuple(findings),
        reason=reason,
    )


def campaign(programme: Programme | None = None, *, units: int = 12, rows_each: int = 25) -> Overview:
    """About ``units`` × ``rows_each`` rows: some rejected, some twice, some warned of; files refused and replaced."""
    programme = programme or load_programme()
    reports: list[Report] = []
    for index in range(1, units + 1):
        unit = f"CS{index:03}"
        rows = [made_row(programme, unit, 6 + n) for n in range(rows_each)]
        findings = [_warning(rows[0]), _report_warning()]
        rows[1] = settled(rows[1]._replace(outcome=Outcome.REJECTED, base_support=900_000), programme)
        findings += _errors(rows[1])
        if index > 1:
            code = reports[0].rows[_kept(index, rows_each)].registration_code
            rows[2] = settled(rows[2]._replace(registration_code=code, outcome=Outcome.DUPLICATE), programme)
        rows[3] = made_row(
            programme, unit, rows[3].number, registration_code=None, registered_on=None, status="Đang xem xét"
        )
        reports.append(
            made_report(index, unit, rows, findings=findings, members=(5 + 14 * index) * rows_each // 10 or 1)
        )
    pairs = [
        DuplicatePair(
            SourcedRow(report, report.rows[2]), SourcedRow(reports[0], reports[0].rows[_kept(index, rows_each)])
        )
        for index, report in enumerate(reports[1:], 2)
    ]
    reports.append(
        made_report(0, "CS001", reports[0].rows[:5], current=False, reason="Đã có báo cáo lần thứ 1 ngày 01/09/2022.")
    )
    return overview_of(programme, unit_tree(units), reports, refused_files(), pairs)


def _kept(index: int, rows_each: int) -> int:
    """Which row of the first report has the code that the report of that number repeats."""
    return 4 + index % (rows_each - 4)


def overview_of(
    programme: Programme,
    tree: UnitTree,
    reports: Sequence[Report],
    refused: Sequence[RefusedFile] = (),
    pairs: Sequence[DuplicatePair] = (),
) -> Overview:
    """The city's picture of these reports."""
    return draw(
        programme=programme,
        tree=tree,
        unit=tree["HP"],
        made_at=MADE_AT,
        made_by="Nguyễn Thị Hạnh",
        reports=reports,
        refused=refused,
        pairs=pairs,
    )


def refused_files() -> list[RefusedFile]:
    """One file that could not be taken, one that was passed over."""
    return [
        RefusedFile(
            "nhan/bao cao quy 3.xls", "ab" * 32, FileOutcome.QUARANTINED, "old_excel",
            "Tệp ở dạng Excel cũ (.xls). Xin mở bằng Excel, chọn Lưu thành, kiểu .xlsx, rồi gửi lại.", MADE_AT,
        ),
        RefusedFile("nhan/~$tam.xlsx", None, FileOutcome.SKIPPED, "lock_file", "Tệp tạm của Excel đang mở.", MADE_AT),
    ]  # fmt: skip


def _warning(row: Row) -> Finding:
    facts = {"day": row.registered_on}
    cell = f"Q{row.number}"
    return Finding(
        "date_as_text", Severity.WARNING, "Danh sách", row.number, cell, "registered_on", "3/2/22", facts, "x"
    )


def _report_warning() -> Finding:
    return Finding("hidden_rows", Severity.WARNING, "Danh sách", facts={"count": 3, "rows": "8, 9, 10"})


def _errors(row: Row) -> list[Finding]:
    return [
        Finding("missing_required", Severity.ERROR, "Danh sách", row.number, f"H{row.number}", "title"),
        Finding(
            "base_over_cap", Severity.ERROR, "Danh sách", row.number, f"S{row.number}", "base_support", "900.000",
            {"cap": 200_000},
        ),
    ]  # fmt: skip
