"""What a person reads in the terminal: tables in Vietnamese, and progress on standard error where it is a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from addin.actions import Checked
from addin.merge.overview import FileOutcome, Overview
from addin.merge.results import FileResult
from addin.merge.run import Progress as Report
from addin.merge.run import silent
from addin.merge.verify import Verification
from addin.status import Status
from validation import messages
from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Finding, Severity
from validation.submission import RowCounts
from validation.text.amounts import format_amount

_PLAIN_WIDTH = 140
_STYLE = {
    FileOutcome.ACCEPTED: "green",
    FileOutcome.REPLACED: "green",
    FileOutcome.UNCHANGED: "",
    FileOutcome.SUPERSEDED: "dim",
    FileOutcome.QUARANTINED: "bold red",
    FileOutcome.SKIPPED: "yellow",
}
_STAGES = {
    "making": "Đang tạo số liệu mẫu",
    "reading": "Đang đọc báo cáo",
    "saving": "Đang ghi bản tổng hợp",
    "verifying": "Đang tính lại từ tệp gốc",
}


def console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for a table where it is none."""
    return Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH, highlight=False, soft_wrap=False)


@contextlib.contextmanager
def progress_bar() -> Iterator[Report]:
    """A progress function; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(_STAGES.get(stage, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


def number(value: int) -> str:
    """A number with dots between thousands."""
    return format_amount(value)


def percent(value: float | None) -> str:
    """A fraction as a percentage with a decimal comma; a dash where there is none."""
    return "–" if value is None else f"{value * 100:.1f} %".replace(".", ",")


def counts_sentence(counts: RowCounts) -> str:
    """Where the rows went."""
    return (
        f"{counts.seen} dòng: {counts.accepted} nhận, {counts.rejected} loại, "
        f"{counts.duplicate} trùng, {counts.blank} trống"
    )


def show_checked(files: Sequence[Checked], out: Console, language: messages.Language) -> None:
    """The result of a check: one heading per file, and a table of what was found."""
    for one in files:
        out.print()
        out.print(Text(one.path.name, style="bold"), Text(str(one.path.parent), style="dim"))
        if one.refusal is not None:
            sentence = messages.text("refusal", one.refusal.code, language, **one.refusal.facts)
            out.print(Text(f"  ✗ {sentence}", style="bold red"))
            continue
        submission = one.submission
        assert submission is not None
        cover = submission.cover
        name = f" – {cover.unit_name}" if cover.unit_name else ""
        out.print(Text(f"  Đơn vị {cover.unit_code}{name}, báo cáo ngày {cover.report_date:%d/%m/%Y}"))
        out.print(Text(f"  {counts_sentence(submission.counts())}"))
        if not submission.findings:
            out.print(Text("  ✓ Không có lỗi hay lưu ý nào.", style="green"))
            continue
        out.print(_findings_table(submission.findings, language))
    readable = [one.submission for one in files if one.submission is not None]
    errors = sum(f.severity is Severity.ERROR for s in readable for f in s.findings)
    warnings = sum(len(s.findings) for s in readable) - errors
    refused = len(files) - len(readable)
    out.print()
    out.print(f"Đã kiểm tra {len(files)} tệp: {errors} lỗi, {warnings} lưu ý, {refused} tệp chưa đọc được.")


def _findings_table(findings: Sequence[Finding], language: messages.Language) -> Table:
    table = Table(show_lines=False, expand=False, padding=(0, 1))
    table.add_column("Mức", no_wrap=True)
    table.add_column("Ô", no_wrap=True)
    table.add_column("Cột", max_width=22)
    table.add_column("Nội dung và cách xử lý", overflow="fold")
    for one in findings:
        is_error = one.severity is Severity.ERROR
        field = ROW_FIELD.get(one.field or "") or COVER_FIELD.get(one.field or "")
        place = one.cell or (f"dòng {one.row}" if one.row else "tệp")
        table.add_row(
            Text("✗ Lỗi" if is_error else "! Lưu ý", style="bold red" if is_error else "yellow"),
            Text(place),
            Text(field.header if field else ""),
            Text(messages.advice(one, language)),
        )
    return table


def show_merged(files: Sequence[FileResult], overview: Overview, out: Console, most: int = 40) -> None:
    """The result of a merge: what became of the files, and the totals. Lists at most ``most`` files, troubled first."""
    tally = dict.fromkeys(FileOutcome, 0)
    for one in files:
        tally[one.outcome] += 1
    words = messages.catalogue("vi")["outcome"]
    parts = [f"{count} {words[outcome.value].lower()}" for outcome, count in tally.items() if count]
    out.print(f"{len(files)} tệp: {', '.join(parts) or 'không có tệp nào'}.")
    listed = [one for one in files if one.code is not None or one.outcome in _WORTH_A_LINE]
    if listed:
        table = Table(padding=(0, 1))
        table.add_column("Tệp", overflow="fold", max_width=44)
        table.add_column("Kết quả", no_wrap=True)
        table.add_column("Lý do", overflow="fold")
        for one in listed[:most]:
            style = _STYLE[one.outcome]
            table.add_row(Text(one.path.name), Text(words[one.outcome.value], style=style), Text(one.reason or ""))
        out.print(table)
        if len(listed) > most:
            out.print(f"… và {len(listed) - most} tệp nữa; xem trang “Tệp đã nhận” của bản tổng hợp.")
    show_totals(overview, out)


_WORTH_A_LINE = frozenset({FileOutcome.REPLACED, FileOutcome.SUPERSEDED})


def show_totals(overview: Overview, out: Console) -> None:
    """Figures by phase."""
    table = Table(padding=(0, 1))
    for title in ("Giai đoạn", "Đã đăng ký", "Hợp lệ", "Được tính", "Chỉ tiêu", "Đạt", "Cấp trên hỗ trợ (đ)",
                  "CĐCS hỗ trợ (đ)"):  # fmt: skip
        table.add_column(title, justify="left" if title == "Giai đoạn" else "right", no_wrap=True)
    for phase in overview.programme.phases:
        one = overview.phases[phase.number]
        reached = one.counted / phase.target if phase.target else None
        table.add_row(
            phase.name, number(one.registered), number(one.approved), number(one.counted), number(phase.target),
            percent(reached), number(one.upper_support), number(one.base_support),
        )  # fmt: skip
    out.print(table)
    out.print(f"{number(overview.accepted_rows())} sáng kiến được nhận từ {len(overview.current)} đơn vị.")


def show_what_to_look_at(folder: Path, out: Console) -> None:
    """Where a demo's master is, and what is worth a look in it."""
    out.print(
        f"\nBản tổng hợp: {folder / 'tong-hop.xlsx'}\n"
        "Mở bằng Excel hoặc LibreOffice và xem:\n"
        "  • “Tổng quan”: đang ở đâu so với chỉ tiêu, tỷ lệ tham gia, tiền hỗ trợ, biểu đồ\n"
        "  • “Chi tiết”: từng sáng kiến, kèm tệp, trang và dòng gốc\n"
        "  • “Bị loại”, “Trùng lặp”, “Cảnh báo”: dòng nào không được tính và vì sao\n"
        "  • “Chưa nộp”, “Tệp đã nhận”: ai chưa gửi, tệp nào chưa nhận được\n"
        f"Chứng minh lại từ tệp gốc: sangkien verify --campaign {folder}"
    )


def show_status(status: Status, out: Console) -> None:
    """Collection, progress and participation."""
    overview = status.overview
    missing = overview.missing()
    quarantined = [r for r in overview.refused if r.outcome is FileOutcome.QUARANTINED]
    out.print(Text(f"{overview.unit.name} – {overview.programme.name}", style="bold"))
    out.print(
        f"Đơn vị phải báo cáo: {status.expected}; đã nộp: {len(overview.current)}; "
        f"nộp muộn: {len({late.unit for late in status.late})}; chưa nộp: {len(missing)}; "
        f"tệp chưa nhận được: {len(quarantined)}."
    )
    show_totals(overview, out)
    quota = percent(overview.programme.participation.minimum)
    for phase in overview.programme.phases:
        reached = status.reached[phase.number]
        out.print(f"{phase.name}: {reached}/{len(overview.current)} đơn vị đạt tỷ lệ tham gia từ {quota} trở lên.")
    if missing:
        table = Table(title="Đơn vị chưa nộp", padding=(0, 1), title_justify="left")
        for title in ("Mã", "Tên", "Cấp trên trực tiếp", "Thư điện tử"):
            table.add_column(title, overflow="fold")
        for unit in missing:
            superior = overview.superior_of(unit.code)
            table.add_row(unit.code, unit.name, superior.name if superior else "", unit.email or "")
        out.print(table)
    if overview.refused:
        table = Table(title="Tệp chưa nhận được hoặc bỏ qua", padding=(0, 1), title_justify="left")
        for title in ("Tệp", "Kết quả", "Lý do"):
            table.add_column(title, overflow="fold")
        words = messages.catalogue("vi")["outcome"]
        for refused in overview.refused:
            table.add_row(Text(refused.path), words[refused.outcome.value], Text(refused.reason))
        out.print(table)


def show_verification(result: Verification, out: Console) -> None:
    """What was proved, or what does not hold."""
    if result.holds:
        out.print(
            Text("✓ Mọi con số đều khớp khi tính lại từ tệp gốc.", style="green"),
            f"{result.submissions} báo cáo, {number(result.totals.accepted_rows)} sáng kiến, cấp trên hỗ trợ "
            f"{number(result.totals.upper_support)} đ, CĐCS hỗ trợ {number(result.totals.base_support)} đ; "
            f"nhật ký {result.entries} mục liền mạch.",
            sep="\n",
        )
        return
    out.print(Text(f"✗ Có {len(result.problems)} điều không khớp:", style="bold red"))
    for problem in result.problems:
        out.print(Text(f"  • {problem.sentence()}"))
