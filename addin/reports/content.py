"""What a progress report says: the figures of a campaign in administrative prose. Pure but for drawing its charts.

Collection, targets, participation, money, difficulties, next steps (DOMAIN, "Paper" and "Reports"). Targets and
participation are independent of each other and never derived from one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from addin.merge.master.directory import Directory
from addin.merge.master.figures import Standing, payments, phase_at, roll_ups, standing, standings, top_units
from addin.merge.master.units_sheet import percent
from addin.merge.overview import FileOutcome, Overview
from addin.merge.pace import PlanMonth, against_plan, in_words, paces
from addin.reports.blocks import Block, Figures, Heading, Paragraph, Picture
from addin.reports.pictures import plan_picture, targets_picture
from addin.status import Status
from validation import messages
from validation.findings import Finding, Severity
from validation.money import Tally
from validation.programme import Phase
from validation.submission import Outcome
from validation.text.amounts import format_amount
from validation.text.words import amount_in_words

_MOST = 5
_FINDINGS = 8


@dataclass(frozen=True, slots=True)
class Scope:
    """What the report is about: the campaign's standing, and the phases that are told of."""

    status: Status
    phases: tuple[Phase, ...]

    @property
    def overview(self) -> Overview:
        """The campaign."""
        return self.status.overview

    @property
    def day(self) -> date:
        """The day to which the figures go."""
        return self.overview.made_at.date()

    def tally(self, phase: Phase) -> Tally:
        """A phase's figures."""
        return self.overview.phases.get(phase.number, Tally())

    def total(self) -> Tally:
        """The figures of all phases told of."""
        total = Tally()
        for phase in self.phases:
            total.merge(self.tally(phase))
        return total

    @property
    def shown(self) -> Phase:
        """The phase whose participation is told in detail."""
        today = phase_at(self.overview)
        return today if today in self.phases else self.phases[-1]


def in_date_words(day: date) -> str:
    """“ngày 05 tháng 02 năm 2022”: days below 10 and the months 1 and 2 carry a zero (Nghị định 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def body(scope: Scope) -> list[Block]:
    """The whole body, in order."""
    directory = Directory(scope.overview)
    sections = (
        ("Tình hình thu nhận báo cáo", _collection(scope, directory)),
        ("Kết quả đăng ký, phê duyệt so với chỉ tiêu", _targets(scope)),
        ("Tỷ lệ tham gia của đoàn viên", _participation(scope, directory)),
        ("Kinh phí hỗ trợ", _money(scope, directory)),
        ("Chất lượng báo cáo, khó khăn và hạn chế", _quality(scope, directory)),
        ("Nhiệm vụ thời gian tới", _next_steps(scope)),
    )
    blocks: list[Block] = [Paragraph(_opening(scope))]
    for number, (name, parts) in enumerate(sections, 1):
        blocks += [Heading(f"{number}. {name}"), *parts]
    return blocks


def _opening(scope: Scope) -> str:
    overview = scope.overview
    name = overview.programme.name
    return (
        f"Thực hiện {name[:1].lower()}{name[1:]}, {overview.unit.name} báo cáo kết quả đến "
        f"{in_date_words(scope.day)} như sau:"
    )


def _n(value: int) -> str:
    return format_amount(value)


# -- collection ------------------------------------------------------------------------------------------------------


def _collection(scope: Scope, directory: Directory) -> Iterator[Block]:
    overview = scope.overview
    missing, reporting = overview.missing(), len(overview.current)
    received = scope.status.expected - len(missing)
    share = f" (đạt {percent(received / scope.status.expected)})" if scope.status.expected else ""
    yield Paragraph(
        f"Số công đoàn cơ sở phải báo cáo là {_n(scope.status.expected)}; đã báo cáo {_n(received)}{share}, "
        f"chưa báo cáo {_n(len(missing))}. Tổng số báo cáo đang được tính là {_n(reporting)}, của đơn vị có "
        f"{_n(overview.members())} đoàn viên và {_n(overview.workers())} công nhân, viên chức, lao động."
    )
    outcomes = Counter(refused.outcome for refused in overview.refused)
    text = f"Đã đọc được {_n(len(overview.files))} tệp"
    if outcomes[FileOutcome.QUARANTINED]:
        text += f"; {_n(outcomes[FileOutcome.QUARANTINED])} tệp chưa nhận được vì hỏng, có mật khẩu hoặc sai biểu mẫu"
    numbers = {phase.number for phase in scope.phases}
    late = {one.unit for one in scope.status.late if one.phase in numbers}
    yield Paragraph(text + (f"; {_n(len(late))} đơn vị nộp sau hạn." if late else "."))
    if missing:
        by_superior = Counter(directory.roll_up(unit.code) for unit in missing)
        names = "; ".join(
            f"{directory.roll_up_name(code)} ({_n(count)})" for code, count in by_superior.most_common(_MOST)
        )
        yield Paragraph(f"Nơi còn nhiều đơn vị chưa báo cáo: {names}.")


# -- targets -----------------------------------------------------------------------------------------------------------


def _targets(scope: Scope) -> Iterator[Block]:
    total = scope.total()
    target = sum(phase.target for phase in scope.phases)
    against = f", đạt {percent(total.counted / target)} chỉ tiêu {_n(target)} sáng kiến" if target else ""
    yield Paragraph(
        f"Đến nay có {_n(total.registered)} sáng kiến đã đăng ký trên cổng của chương trình, trong đó "
        f"{_n(total.approved)} sáng kiến được phê duyệt hợp lệ; số được tính là {_n(total.counted)}{against}."
    )
    chosen = [pace for pace, phase in zip(paces(scope.overview), scope.overview.programme.phases, strict=True)
              if phase in scope.phases]  # fmt: skip
    for pace in chosen:
        yield Paragraph(f"- {in_words(pace)}", item=True)
    lines = [_target_line(phase.name, phase.target, scope.tally(phase)) for phase in scope.phases]
    summed = len(lines) > 1
    if summed:
        lines.append(_target_line("Cộng", target, total))
    yield Figures(
        "Tiến độ so với chỉ tiêu",
        ("Giai đoạn", "Chỉ tiêu", "Đăng ký", "Hợp lệ", "Được tính", "So với chỉ tiêu"),
        tuple(lines), (3.6, 2.4, 2.4, 2.4, 2.6, 2.6), summed=summed,
    )  # fmt: skip
    about = "; ".join(f"{p.name}: {_n(p.counted)} trên {_n(p.target)}" for p in chosen)
    yield Picture(
        targets_picture(chosen), "Sáng kiến được tính so với chỉ tiêu",
        f"Biểu đồ cột: sáng kiến được tính so với chỉ tiêu. {about}.",
    )  # fmt: skip
    months = _months_of(scope)
    now = next((month for month in reversed(months) if month.counted is not None), None)
    if now is not None:
        yield Picture(
            plan_picture(months), "Luỹ kế theo tháng so với kế hoạch",
            f"Biểu đồ đường: luỹ kế đăng ký và được tính so với đường kế hoạch. Đến tháng {now.first:%m/%Y}: "
            f"được tính {_n(now.counted or 0)}, kế hoạch {_n(now.plan)}.",
        )  # fmt: skip


def _months_of(scope: Scope) -> list[PlanMonth]:
    """Of the whole programme: a phase's registrations only mean something on top of those before."""
    last = scope.phases[-1].last
    return [month for month in against_plan(scope.overview) if month.first <= last]


def _target_line(name: str, target: int, tally: Tally) -> tuple[str, ...]:
    share = percent(tally.counted / target) if target else "–"
    return (name, _n(target), _n(tally.registered), _n(tally.approved), _n(tally.counted), share)


# -- participation -----------------------------------------------------------------------------------------------------


def _participation(scope: Scope, directory: Directory) -> Iterator[Block]:
    overview = scope.overview
    minimum = overview.programme.participation.minimum
    yield Paragraph(
        f"Mức phải đạt ở mỗi đơn vị, trong mỗi giai đoạn là {percent(minimum)} đoàn viên có sáng kiến được tính."
    )
    for phase in scope.phases:
        stand = standings(overview, phase.number)
        unknown = stand[Standing.UNKNOWN]
        tail = f", {_n(unknown)} đơn vị chưa có số đoàn viên" if unknown else ""
        yield Paragraph(
            f"- {phase.name}: {_n(stand[Standing.REACHED])} đơn vị đạt, {_n(stand[Standing.NEAR])} đơn vị gần đạt, "
            f"{_n(stand[Standing.BELOW])} đơn vị chưa đạt{tail}.",
            item=True,
        )
    shown = scope.shown
    sums = [one for one in roll_ups(overview, directory) if one.phase == shown.number]
    lines = tuple(
        (
            directory.roll_up_name(one.superior), _n(len(one.units)), _n(one.member_authors),
            _n(one.members or one.own_members), percent(one.participation) if one.participation is not None else "–",
            standing(one.participation, minimum).value,
        )
        for one in sums
    )  # fmt: skip
    if lines:
        yield Figures(
            f"Tỷ lệ tham gia {shown.name.lower()} theo công đoàn cấp trên trực tiếp",
            ("Công đoàn cấp trên", "Đơn vị báo cáo", "Đoàn viên có sáng kiến", "Đoàn viên", "Tỷ lệ", "Đánh giá"),
            lines, (5.4, 1.9, 2.4, 2.2, 1.8, 2.3),
        )  # fmt: skip
    best = top_units(overview, _MOST)
    if best and len(scope.phases) == len(overview.programme.phases):
        names = "; ".join(f"{directory.name(unit)} ({_n(count)})" for unit, count in best)
        yield Paragraph(f"Đơn vị có nhiều sáng kiến được tính nhất: {names}.")


# -- money -------------------------------------------------------------------------------------------------------------


def _money(scope: Scope, directory: Directory) -> Iterator[Block]:
    total = scope.total()
    support = scope.overview.programme.support
    yield Paragraph(
        f"Mỗi sáng kiến đã đăng ký thành công và được phê duyệt được công đoàn cấp trên trực tiếp hỗ trợ "
        f"{_n(support.upper_amount)} đồng; công đoàn cơ sở hỗ trợ thêm không quá {_n(support.base_cap)} đồng."
    )
    yield Paragraph(
        f"Tổng kinh phí hỗ trợ đến nay là {_n(total.total_support)} đồng ({_words(total.total_support)}), gồm: "
        f"công đoàn cấp trên hỗ trợ {_n(total.upper_support)} đồng; công đoàn cơ sở hỗ trợ "
        f"{_n(total.base_support)} đồng."
    )
    paid = payments(scope.overview, directory)
    numbers = [phase.number for phase in scope.phases]
    rows = [(directory.name(code) if code else "(không rõ cấp trên)", [amounts.get(n, 0) for n in numbers])
            for code, amounts in paid.items()]  # fmt: skip
    rows = [(name, amounts) for name, amounts in rows if any(amounts)]
    if not rows:
        return
    several = len(numbers) > 1
    sums = [sum(amounts[i] for _, amounts in rows) for i in range(len(numbers))]
    lines = [_paid(name, amounts, several=several) for name, amounts in [*rows, ("Cộng", sums)]]
    width = 9.8 / (len(numbers) + several)
    yield Figures(
        "Công đoàn cấp trên hỗ trợ theo đơn vị chi (đồng)",
        ("Đơn vị chi", *(phase.name for phase in scope.phases), *(("Cộng",) if several else ())),
        tuple(lines), (6.2, *([width] * (len(numbers) + several))), summed=True,
    )  # fmt: skip


def _paid(name: str, amounts: Sequence[int], *, several: bool) -> tuple[str, ...]:
    return (name, *(_n(amount) for amount in amounts), *((_n(sum(amounts)),) if several else ()))


def _words(amount: int) -> str:
    words = amount_in_words(amount)
    return words[0].lower() + words[1:]


# -- quality and next steps ------------------------------------------------------------------------------------------


def _quality(scope: Scope, directory: Directory) -> Iterator[Block]:
    overview = scope.overview
    findings = [(report, finding) for report in overview.current for finding in report.findings]
    errors = sum(finding.severity is Severity.ERROR for _, finding in findings)
    rejected = sum(1 for _ in overview.rows(Outcome.REJECTED))
    doubled = sum(1 for _ in overview.rows(Outcome.DUPLICATE))
    faulty = {report.unit_code for report, finding in findings if finding.severity is Severity.ERROR}
    yield Paragraph(
        f"Trong các báo cáo đang được tính có {_n(overview.accepted_rows())} dòng được nhận, {_n(rejected)} dòng bị "
        f"loại vì có lỗi (ở {_n(len(faulty))} đơn vị) và {_n(doubled)} dòng trùng. Phần mềm ghi nhận {_n(errors)} lỗi "
        f"và {_n(len(findings) - errors)} cảnh báo."
    )
    if findings:
        yield _kinds_of(finding for _, finding in findings)
    worst = Counter(report.unit_code for report, finding in findings if finding.severity is Severity.ERROR)
    if worst:
        names = "; ".join(f"{directory.name(code)} ({_n(count)})" for code, count in worst.most_common(_MOST))
        yield Paragraph(f"Đơn vị có nhiều lỗi nhất: {names}.")
    yield Paragraph("[Khó khăn, hạn chế khác và nguyên nhân: …]")


def _kinds_of(findings: Iterator[Finding]) -> Figures:
    by_kind: Counter[str] = Counter()
    title: dict[str, tuple[str, Severity]] = {}
    for finding in findings:
        by_kind[finding.code] += 1
        title[finding.code] = (messages.title(finding), finding.severity)
    ordered = sorted(by_kind, key=lambda code: (title[code][1] is not Severity.ERROR, -by_kind[code], code))[:_FINDINGS]
    words = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo"}
    lines = tuple((title[code][0], words[title[code][1]], _n(by_kind[code])) for code in ordered)
    return Figures("Lỗi và cảnh báo thường gặp", ("Nội dung", "Mức", "Số lượt"), lines, (10.6, 2.8, 2.6), texts=2)


def _next_steps(scope: Scope) -> Iterator[Block]:
    overview = scope.overview
    running = [pace for pace in paces(overview) if not pace.is_over and pace.lacking]
    steps = []
    missing = len(overview.missing())
    if missing:
        steps.append(f"Đôn đốc {_n(missing)} công đoàn cơ sở chưa báo cáo gửi báo cáo đúng biểu mẫu.")
    rejected = sum(1 for _ in overview.rows(Outcome.REJECTED))
    if rejected:
        steps.append(f"Trả lại, hướng dẫn các đơn vị sửa {_n(rejected)} dòng bị loại và gửi lại báo cáo.")
    stand = standings(overview, scope.shown.number)
    below = stand[Standing.NEAR] + stand[Standing.BELOW]
    if below:
        minimum = percent(overview.programme.participation.minimum)
        steps.append(f"Vận động đoàn viên ở {_n(below)} đơn vị chưa đạt tỷ lệ tham gia {minimum} ({scope.shown.name}).")
    steps += [
        f"Tiếp tục đăng ký sáng kiến trên cổng để {pace.name.lower()} đạt chỉ tiêu đến {pace.last:%d/%m/%Y}."
        for pace in running
    ]
    waiting = scope.total().registered - scope.total().approved
    if waiting:
        steps.append(f"Theo dõi kết quả phê duyệt của {_n(waiting)} sáng kiến đã đăng ký, chưa hợp lệ.")
    steps.append("Chi hỗ trợ kịp thời, đúng đối tượng các sáng kiến đã được phê duyệt.")
    steps.append("[Nhiệm vụ, kiến nghị khác: …]")
    for step in steps:
        yield Paragraph(f"- {step}", item=True)
    yield Paragraph(f"Trên đây là báo cáo kết quả thực hiện của {overview.unit.name}./.")
