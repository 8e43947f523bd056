"""What the workbook itself can say of a row, declared once: each a condition in formula language and a message.

The helper column, the verdict, the colours of faulty cells and every amount are derived from here. The same rules in
Python are in ``validation/rules``; they decide. A placeholder ``{field}`` is the field's cell in this row,
``{field:all}`` its whole column (see ``layout``). Everything else in a condition is a native function of Excel 2010 or
a name of the facts sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from validation.fields import ROW_FIELD, Field, Form, Kind, Requirement, typed_row_fields
from validation.programme import Programme

ERROR_WORD = "LỖI"
DUPLICATE_WORD = "TRÙNG"
NOTICE_WORD = "LƯU Ý"
PASSED_WORD = "ĐẠT"


@dataclass(frozen=True, slots=True)
class Check:
    """``condition`` is true where the row is at fault; ``field`` is the cell to mend; ``message`` says how."""

    field: str
    condition: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row without error is told: the first verdict whose ``condition`` holds."""

    condition: str
    message: str


def row_checks(form: Form, programme: Programme) -> tuple[Check, ...]:
    """The error rules of a form in the order of its columns; the first that a row breaks is shown."""
    checks: list[Check] = []
    for field in typed_row_fields(form):
        condition, message = _special(field, programme) or _general(field)
        if condition:
            checks.append(Check(field.name, condition, f"{ERROR_WORD}: {message}"))
        if field.name == "approved_on":
            checks.append(_approved_before_registered())
    return tuple(checks)


def _general(field: Field) -> tuple[str, str]:
    """The check of a field that its kind and requirement ask for; an empty condition asks for none."""
    cell, shown = f"{{{field.name}}}", f"“{field.header}”"
    required = field.required is Requirement.ALWAYS
    if field.kind is Kind.CHOICE:
        unknown = f"SUMPRODUCT(--(list_{field.choices}=TRIM({cell})))=0"
        if required:
            return unknown, f"chọn {shown} trong danh sách."
        return f'AND(TRIM({cell})<>"",{unknown})', f"{shown} không có trong danh sách; chọn lại hoặc để trống."
    if field.kind is Kind.DATE:
        return f"NOT(ISNUMBER({cell}))", f"{shown} trống hoặc chưa đúng; gõ dạng ngày/tháng/năm."
    if field.kind is Kind.AMOUNT:
        wrong = _not_whole(cell, "")
        return wrong, f"{shown} phải là số nguyên, không âm."
    if required:
        return f'TRIM({cell})=""', f"{shown} còn trống."
    return "", ""


def _special(field: Field, programme: Programme) -> tuple[str, str] | None:
    """The checks that the programme's dates, cap and states ask for."""
    cell, shown = f"{{{field.name}}}", f"“{field.header}”"
    if field.name == "applied_on":
        window = programme.application_window
        outside = f"OR(INT({cell})<application_first,INT({cell})>application_last)"
        return (
            f"IF(ISNUMBER({cell}),{outside},TRUE)",
            f"{shown} phải là ngày từ {shown_day(window.first)} đến {shown_day(window.last)}.",
        )
    if field.name == "registered_on":
        outside = f"SUMPRODUCT((phase_first<=INT({cell}))*(phase_last>=INT({cell})))=0"
        return (
            f'IF(ISNUMBER({cell}),{outside},TRIM({cell})<>"")',
            f"{shown} phải là ngày trong một giai đoạn.",
        )
    if field.name == "approved_on":
        return (
            f'AND(NOT(ISNUMBER({cell})),OR(TRIM({cell})<>"",TRIM({{status}})=status_approved))',
            f"{shown} trống hoặc chưa đúng; bắt buộc khi “{programme.status.approved}”.",
        )
    if field.name == "base_support":
        cap = f"{programme.support.base_cap:,}".replace(",", ".")
        return _not_whole(cell, f"{cell}>base_cap"), f"{shown} phải là số nguyên từ 0 đến {cap}."
    return None


def _not_whole(cell: str, more: str) -> str:
    wrong = ",".join(part for part in (f"{cell}<0", f"{cell}<>INT({cell})", more) if part)
    return f'IF(ISNUMBER({cell}),OR({wrong}),TRIM({cell})<>"")'


def _approved_before_registered() -> Check:
    approved, registered = ROW_FIELD["approved_on"].header, ROW_FIELD["registered_on"].header
    return Check(
        "approved_on",
        "AND(ISNUMBER({approved_on}),N({approved_on})<INT(N({registered_on})))",
        f"{ERROR_WORD}: “{approved}” trước “{registered}”; xem lại.",
    )


def shown_day(day: date) -> str:
    """As a clerk writes it: 01/09/2021."""
    return f"{day:%d/%m/}{day.year:04}"


def duplicate_condition(form: Form) -> str:
    """Whether an earlier row has this row's registration code: first registered (no date: last), then in a
    consolidation the unit's code, then the upper row.

    COUNTIF looks first because it is fast; it takes 001 for 1 and a for A, so EXACT decides among what it finds. A
    faulty row may hold error values, which would spoil a plain sum: the reciprocal turns them, and what is no
    duplicate, into errors that ISNUMBER leaves out.
    """
    same = "EXACT(TRIM({registration_code:all}),TRIM({registration_code}))*({check:all}=0)"
    upper = "(ROW({check:all})<ROW())"
    if form is not Form.GRASSROOTS:
        upper = f"(({{unit_code:all}}<{{unit_code}})+({{unit_code:all}}={{unit_code}})*{upper})"
    dated = '({registered_on:all}<>"")'
    own_day = 'IF({registered_on}="",9E6,INT({registered_on}))'
    earlier = f"{dated}*({{registered_on:all}}<{own_day})"
    same_day = f"{dated}*({{registered_on:all}}<{own_day}+1)*{upper}"
    both_undated = f'({{registered_on:all}}="")*({{registered_on}}="")*{upper}'
    first = f"SUMPRODUCT(--ISNUMBER(1/({same}*({earlier}+{same_day}+{both_undated}))))>0"
    return f'IF(TRIM({{registration_code}})="",FALSE,IF({_same_code_count()}<2,FALSE,{first}))'


def _same_code_count() -> str:
    """At least as many rows as have this code: as it is, with blanks after it, with blanks before it."""
    code = 'SUBSTITUTE(TRIM({registration_code}),"~","~~")'
    patterns = (f'"="&{code}', f'{code}&" *"', f'" *"&{code}')
    return "+".join(f"COUNTIF({{registration_code:all}},{pattern})" for pattern in patterns)


def row_verdicts(form: Form, programme: Programme) -> tuple[Verdict, ...]:
    """What is said of a row that breaks no error rule, first match first; the last one always holds."""
    states, readings = programme.status, programme.readings
    approved = "TRIM({status})=status_approved"
    verdicts = [
        Verdict(
            duplicate_condition(form),
            f"{DUPLICATE_WORD}: mã đăng ký đã có ở dòng đăng ký trước.",
        ),
        Verdict(
            'OR(TRIM({registration_code})="",{registered_on}="")',
            f"{NOTICE_WORD}: thiếu mã hoặc ngày đăng ký, chưa tính hỗ trợ.",
        ),
        Verdict(
            "TRIM({ip_protected})=answer_yes",
            f"{NOTICE_WORD}: đang được bảo hộ SHTT, không được hỗ trợ.",
        ),
        Verdict("TRIM({status})=status_refused", f"{NOTICE_WORD}: “{states.refused}”, cấp trên không hỗ trợ."),
        Verdict(
            f"AND(N({{base_support}})>0,NOT({approved}))",
            f"{NOTICE_WORD}: CĐCS đã chi nhưng chưa “{states.approved}”.",
        ),
    ]
    if not readings.non_members_eligible:
        verdicts.append(
            Verdict(
                "TRIM({is_member})<>answer_yes",
                f"{NOTICE_WORD}: không là đoàn viên, cấp trên không hỗ trợ.",
            )
        )
    verdicts.append(Verdict(f"NOT({approved})", f"{PASSED_WORD}: “{states.under_review}”, chưa tính tiền cấp trên."))
    if readings.phase_date == "approved_on":
        verdicts.append(Verdict('{phase}=""', f"{NOTICE_WORD}: ngày phê duyệt ngoài mọi giai đoạn."))
    verdicts.append(Verdict("TRUE", PASSED_WORD))
    return tuple(verdicts)
