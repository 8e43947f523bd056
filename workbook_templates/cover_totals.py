"""The totals of the cover, computed from the list: one column per phase, then their sum.

They count accepted rows only: rows whose verdict is neither an error nor a duplicate. Participation counts the people
named first; Python's figure, which knows the co-authors, decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from validation.fields import Form
from validation.programme import Programme
from workbook_templates.checks import DUPLICATE_WORD
from workbook_templates.layout import CHECK, TableColumn, table_columns

NEAR_SHARE = 0.8
"""From this share of the quota on, the cover says that the quota is near. A matter of showing, not of the rules."""


class Shown(StrEnum):
    """How a line of the totals is shown."""

    DAY = "day"
    COUNT = "count"
    AMOUNT = "amount"
    SHARE = "share"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One line: its key, what it says, one formula per phase, and whether the phases may be added up."""

    key: str
    label: str
    shown: Shown
    formulas: tuple[str, ...]
    summed: bool = False


def total_lines(form: Form, programme: Programme) -> tuple[TotalLine, ...]:
    """The lines from top to bottom. A formula may name an upper line of its column as ``{<key>}``."""
    approved = programme.status.approved
    lines = [
        _line(programme, "first", "Từ ngày", Shown.DAY, "INDEX(phase_first,%d)"),
        _line(programme, "last", "Đến hết ngày", Shown.DAY, "INDEX(phase_last,%d)"),
        *_sums(form, programme, approved),
    ]
    if form is Form.CITY:
        lines += [
            _line(programme, "target", "Chỉ tiêu sáng kiến", Shown.COUNT, "INDEX(phase_target,%d)", summed=True),
            _line(
                programme, "progress", "So với chỉ tiêu sáng kiến", Shown.SHARE, 'IF({target}>0,{counted}/{target},"")'
            ),
        ]
    lines += _participation(form, programme)
    return tuple(lines)


def _line(programme: Programme, key: str, label: str, shown: Shown, pattern: str, *, summed: bool = False) -> TotalLine:
    """The same formula for each phase; ``%d`` in it is the phase's place in the programme's list, from 1."""
    numbers = range(1, len(programme.phases) + 1)
    return TotalLine(key, label, shown, tuple(pattern.replace("%d", str(n)) for n in numbers), summed)


def _sums(form: Form, programme: Programme, approved: str) -> list[TotalLine]:
    of = table_columns(form)
    is_approved = f"TRIM({of['status']:all})=status_approved"
    base_conditions = [is_approved] if programme.readings.base_needs_approval else []
    base = f"IF(ISNUMBER({of['base_support']:all}),{of['base_support']:all},0)"

    def line(key: str, label: str, shown: Shown, conditions: Sequence[str], value: str) -> TotalLine:
        total = f"SUM({_where(form, conditions, value, '0')})"
        return _line(programme, key, label, shown, total, summed=True)

    return [
        line("registered", "Sáng kiến đã đăng ký", Shown.COUNT, [], "1"),
        line("approved", f"Trong đó “{approved}”", Shown.COUNT, [is_approved], "1"),
        line("counted", "Sáng kiến được tính vào chỉ tiêu", Shown.COUNT, _counted(form, programme), "1"),
        line("upper", "Cấp trên hỗ trợ (đồng)", Shown.AMOUNT, [], f"{of['upper_support']:all}"),
        line("base", "CĐCS hỗ trợ (đồng)", Shown.AMOUNT, base_conditions, base),
        line("total", "Tổng hỗ trợ (đồng)", Shown.AMOUNT, [], f"{of['total_support']:all}"),
    ]


def _where(form: Form, conditions: Sequence[str], value: str, otherwise: str) -> str:
    """Nested array IFs over the accepted rows of phase ``%d``: unlike a product they never touch the error values of
    rejected rows."""
    of = table_columns(form)
    accepted = [
        f"{of['phase']:all}=INDEX(phase_number,%d)",
        f'LEFT({of["row_state"]:all},{len(DUPLICATE_WORD)})<>"{DUPLICATE_WORD}"',
    ]
    formula = value
    for condition in reversed([*accepted, *conditions]):
        formula = f"IF({condition},{formula},{otherwise})"
    return formula


def _counted(form: Form, programme: Programme) -> list[str]:
    of = table_columns(form)
    status = f"TRIM({of['status']:all})"
    if programme.readings.counted_needs_approval:
        conditions = [f"{status}=status_approved"]
    else:
        conditions = [f"{status}<>status_refused"]
    if not programme.readings.counts_ip_protected:
        conditions.append(f"TRIM({of['ip_protected']:all})<>answer_yes")
    return conditions


def _participation(form: Form, programme: Programme) -> list[TotalLine]:
    of = table_columns(form)
    rows = f"ROW({of[CHECK]:all})"
    person = _person(of["member_number"], of["lead_author"])
    if form is not Form.GRASSROOTS:
        person = f'{of["unit_code"]:all}&"|"&{person}'
    conditions = [f"TRIM({of['is_member']:all})=answer_yes", *_counted(form, programme)]
    places = _where(form, conditions, f"MATCH({person},{person},0)", '""')
    # LibreOffice's FREQUENCY of no numbers at all is #VALUE!, where Excel's is 0.
    none = f"SUM({_where(form, conditions, '1', '0')})=0"
    authors = f"IF({none},0,SUM(IF(FREQUENCY({places},{rows}-MIN({rows})+1)>0,1,0)))"
    near = f"{NEAR_SHARE}*participation_minimum"
    verdict = (
        f'IF({{participation}}="","Chưa có số đoàn viên",IF({{participation}}>=participation_minimum,"ĐẠT",'
        f'IF({{participation}}>={near},"GẦN ĐẠT","CHƯA ĐẠT")))'
    )
    share = '=IF(N(cover_members)>0,{authors}/cover_members,"")'[1:]
    return [
        _line(programme, "authors", "Đoàn viên có sáng kiến được tính (*)", Shown.COUNT, authors),
        _line(programme, "participation", "Tỷ lệ tham gia (*)", Shown.SHARE, share),
        _line(programme, "quota", "Tỷ lệ tối thiểu của chương trình", Shown.SHARE, "participation_minimum"),
        _line(programme, "verdict", "So với tỷ lệ tối thiểu (*)", Shown.WORDS, verdict),
    ]


def _person(number: TableColumn, name: TableColumn) -> str:
    """A person is the member number where there is one, else the name."""
    return f'IF(TRIM({number:all})<>"","#"&TRIM({number:all}),TRIM({name:all}))'
