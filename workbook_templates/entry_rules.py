"""Data validation of a typed cell: dropdown, input message, and what is refused at the keyboard.

Only typing is guarded: what is pasted passes, which is why the row's own checks exist.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from validation.fields import Field, Kind, Requirement

_EARLIEST = date(1990, 1, 1)
_LATEST = date(2199, 12, 31)
_TITLE_LIMIT = 32
_MESSAGE_LIMIT = 255


def entry_rule(field: Field) -> dict[str, Any]:
    """XlsxWriter's options for the cells of a typed field of the list or the cover."""
    rule: dict[str, Any] = {"ignore_blank": True, **_allowed(field)}
    rule["input_title"] = field.header[:_TITLE_LIMIT]
    rule["input_message"] = _hint(field)
    rule["error_title"] = "Nội dung chưa đúng"
    rule["error_message"] = _refusal(field)
    return rule


def _hint(field: Field) -> str:
    hint = field.hint or f"Điền {field.header}."
    if field.required is Requirement.ALWAYS and len(hint) + 11 <= _MESSAGE_LIMIT:
        hint = f"{hint} Bắt buộc."
    return hint[:_MESSAGE_LIMIT]


def _allowed(field: Field) -> dict[str, Any]:
    if field.kind is Kind.CHOICE:
        return {"validate": "list", "source": f"=list_{field.choices}"}
    if field.kind is Kind.DATE:
        if field.name == "applied_on":
            window = {"minimum": "=application_first", "maximum": "=application_last"}
            return {"validate": "date", "criteria": "between", **window}
        if field.name == "registered_on":
            window = {"minimum": "=MIN(phase_first)", "maximum": "=MAX(phase_last)"}
            return {"validate": "date", "criteria": "between", **window}
        return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
    if field.name == "base_support":
        return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": "=base_cap"}
    if field.kind in (Kind.AMOUNT, Kind.COUNT):
        return {"validate": "integer", "criteria": ">=", "value": 0}
    return {"validate": "length", "criteria": "<=", "value": field.maximum}


def _refusal(field: Field) -> str:
    shown = f"“{field.header}”"
    if field.kind is Kind.CHOICE:
        return f"{shown}: xin chọn một giá trị trong danh sách thả xuống."
    if field.kind is Kind.DATE:
        return f"{shown}: xin gõ một ngày có thật, dạng ngày/tháng/năm, trong thời gian cho phép."
    if field.name == "base_support":
        return f"{shown}: xin gõ số nguyên từ 0 đến mức tối đa của chương trình, không kèm chữ."
    if field.kind in (Kind.AMOUNT, Kind.COUNT):
        return f"{shown}: xin gõ số nguyên không âm, không kèm chữ, không kèm dấu phân cách."
    return f"{shown}: nội dung dài quá {field.maximum} ký tự; xin rút gọn."
