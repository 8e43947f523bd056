"""The formulas of the list's calculated columns, for one form and programme.

The programme's amounts, dates and lists are read from the facts sheet by name; its *readings* decide which formula is
written at all. Source of the rules: DOMAIN, "The support rule, precisely" and "What becomes of a row".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from validation.fields import Form, Requirement, row_fields, typed_row_fields
from validation.programme import Programme
from workbook_templates.checks import DUPLICATE_WORD, row_checks, row_verdicts
from workbook_templates.layout import CHECK

NOT_DUPLICATE = f'LEFT({{row_state}},{len(DUPLICATE_WORD)})<>"{DUPLICATE_WORD}"'
"""In a cell's formula: this row is no duplicate."""


def row_formulas(form: Form, programme: Programme) -> Mapping[str, str]:
    """Calculated field (and the helper column) → formula with placeholders of ``layout.table_columns``.

    Every formula gives "" for a row in which nothing was typed.
    """
    return {
        CHECK: _check(form, programme),
        "ordinal": _filled("COUNT(INDEX({check:all},1):{check})"),
        "phase": _phase(programme),
        "row_state": _row_state(form, programme),
        "upper_support": _filled(_upper_support(programme)),
        "total_support": _filled(_total_support(programme)),
    }


def typed_runs(form: Form) -> list[str]:
    """The typed cells of a row: each run of neighbours as one range."""
    runs = []
    for typed, run in groupby(row_fields(form), key=lambda field: field.typed):
        names = [field.name for field in run]
        if typed:
            runs.append(f"{{{names[0]}}}:{{{names[-1]}}}" if len(names) > 1 else f"{{{names[0]}}}")
    return runs


def first_true(conditions: Sequence[str], results: Sequence[str], otherwise: str) -> str:
    """Nested IFs: the result of the first condition that holds."""
    formula = otherwise
    for condition, result in zip(reversed(conditions), reversed(results), strict=True):
        formula = f"IF({condition},{result},{formula})"
    return formula


def _filled(formula: str) -> str:
    return f'IF({{check}}="","",{formula})'


def _check(form: Form, programme: Programme) -> str:
    """0, or the number of the first broken check; one more than their number where a cell holds an error value."""
    conditions = [check.condition for check in row_checks(form, programme)]
    conditions.append("+".join(f"SUMPRODUCT(--ISERROR({run}))" for run in typed_runs(form)) + ">0")
    numbers = [str(number) for number in range(1, len(conditions) + 1)]
    broken = f"IFERROR({first_true(conditions, numbers, '0')},{len(conditions)})"
    return f'IF(COUNTA({",".join(typed_runs(form))})=0,"",{broken})'


def _row_state(form: Form, programme: Programme) -> str:
    *conditional, _ = [verdict.condition for verdict in row_verdicts(form, programme)]
    messages = [f"INDEX(verdict_messages,{number})" for number in range(1, len(conditional) + 2)]
    verdict = first_true(conditional, messages[:-1], messages[-1])
    return _filled(f"IF({{check}}>0,INDEX(check_messages,{{check}}),{verdict})")


def _phase(programme: Programme) -> str:
    """The number of the phase that holds the date, once the row may lie in one at all."""
    day = f"INT({{{programme.readings.phase_date}}})"
    needed = [f"ISNUMBER({{{programme.readings.phase_date}}})"]
    if programme.readings.phase_needs_code:
        needed += ['TRIM({registration_code})<>""', 'TRIM({registered_on})<>""']
    inside = f'IF({day}<=LOOKUP({day},phase_first,phase_last),LOOKUP({day},phase_first,phase_number),"")'
    return f'IF({{check}}<>0,"",IF(AND({",".join(needed)}),IFERROR({inside},""),""))'


def _upper_support(programme: Programme) -> str:
    conditions = [
        'TRIM({registration_code})<>""',
        'TRIM({registered_on})<>""',
        "TRIM({status})=status_approved",
        "TRIM({ip_protected})<>answer_yes",
        NOT_DUPLICATE,
    ]
    if not programme.readings.non_members_eligible:
        conditions.append("TRIM({is_member})=answer_yes")
    amount = "upper_amount"
    if programme.readings.support_per == "author":
        amount = f"upper_amount*(1+{_co_authors()})"
    return f'IF({{phase}}="",0,IF(AND({",".join(conditions)}),{amount},0))'


def _co_authors() -> str:
    """How many names stand in the cell: blanks go, separators become blanks, TRIM drops the empty places."""
    names = 'TRIM(SUBSTITUTE(SUBSTITUTE({co_authors}," ",""),";"," "))'
    return f'IF({names}="",0,LEN({names})-LEN(SUBSTITUTE({names}," ",""))+1)'


def counted_base(programme: Programme) -> str:
    """The grassroots union's own support as far as it counts, in a row that lies in a phase."""
    if programme.readings.base_needs_approval:
        return "IF(TRIM({status})=status_approved,N({base_support}),0)"
    return "N({base_support})"


def _total_support(programme: Programme) -> str:
    base = counted_base(programme)
    on_top = programme.readings.base_support_on_top
    total = f"{{upper_support}}+{base}" if on_top else f"MAX({{upper_support}},{base})"
    return f'IF({{phase}}="",0,IF({NOT_DUPLICATE},{total},0))'


def must_be_filled(form: Form) -> tuple[str, ...]:
    """Typed fields that a row needs to be paid but not to be accepted."""
    return tuple(f.name for f in typed_row_fields(form) if f.required is Requirement.TO_BE_PAID)
