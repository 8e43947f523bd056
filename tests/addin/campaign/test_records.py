"""Rows and findings go into the ledger's tables and come back the same, whatever they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.campaign.journal import canonical
from addin.campaign.records import ROW_COLUMNS, Rows, finding_of, finding_record, lines_json, plain_facts, row_records
from validation.findings import Finding, Severity
from validation.submission import Outcome, Row

TEXTS = st.none() | st.sampled_from(("", "Hợp lệ", "1", "[]", "Nguyễn Thị Hoà"))
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
FLAGS = st.none() | st.booleans()
AMOUNTS = st.none() | st.integers(0, 10**15)
OF_TYPE = {
    "str | None": TEXTS, "str": st.sampled_from(("A", "B")), "date | None": DAYS, "bool | None": FLAGS,
    "bool": st.booleans(), "int | None": AMOUNTS, "int": st.integers(0, 2_000_000), "Outcome": st.sampled_from(Outcome),
    "tuple[str, ...]": st.lists(st.sampled_from(("Bùi Lan", "Vũ; An", "")), max_size=3).map(tuple),
}  # fmt: skip


def rows() -> st.SearchStrategy[Row]:
    types = {name: hint.__forward_arg__ for name, hint in Row.__annotations__.items()}
    return st.fixed_dictionaries({name: OF_TYPE[hint] for name, hint in types.items()}).map(lambda v: Row(**v))


def test_records_are_in_the_order_of_a_rows_fields() -> None:
    assert Row._fields == ROW_COLUMNS


@given(st.lists(rows(), max_size=6))
def test_rows_come_back_the_same(given_rows: list[Row]) -> None:
    back = Rows()
    records = row_records(given_rows)
    assert records == tuple(row_records([row])[0] for row in given_rows)
    for some in (given_rows, given_rows[:1]) if given_rows else ():
        again = back.of(zip(*records[: len(some)], strict=True))
        assert again == some
        assert [[*map(type, row)] for row in again] == [[*map(type, row)] for row in some]


def test_what_many_rows_hold_is_held_once() -> None:
    row = Row(5, "A", Outcome.ACCEPTED, status="Hợp lệ", registered_on=date(2022, 3, 1), co_authors=("An", "Bình"))
    back = Rows()
    ((first,), (second,)) = (back.of([[_copy(value)] for value in row_records([row])[0]]) for _ in range(2))
    for name in ("unit_code", "status", "registered_on", "co_authors"):
        assert getattr(first, name) is getattr(second, name)


def _copy(value: Any) -> Any:
    return "".join(list(value)) if isinstance(value, str) else value


def test_what_no_row_can_hold_is_said() -> None:
    record = list(row_records([Row(5, "A", Outcome.ACCEPTED)])[0])
    record[ROW_COLUMNS.index("outcome")] = "perhaps"
    with pytest.raises(ValueError, match="perhaps"):
        Rows().of([[value] for value in record])
    record = list(row_records([Row(5, "A", Outcome.ACCEPTED)])[0])
    record[ROW_COLUMNS.index("applied_on")] = "31/02/2022"
    with pytest.raises(ValueError, match="31/02/2022"):
        Rows().of([[value] for value in record])


def test_findings_come_back_the_same() -> None:
    facts = {"day": date(2022, 3, 1), "count": 3, "other": "tệp.xlsx"}
    for finding in (
        Finding("missing_required", Severity.ERROR, "Danh sách", 7, "H7", "title"),
        Finding("hidden_rows", Severity.WARNING, facts=facts),
    ):
        position, *record = finding_record(4, finding)
        assert position == 4
        assert record[7] == canonical(plain_facts(finding.facts))
        assert finding_of(record) == finding


def test_the_lines_of_a_submission_are_compact_json_side_by_side() -> None:
    assert lines_json([(1, "đ", None)], [], ([True, 2], (3,))) == '[[1,"đ",null]],[],[[true,2],[3]]'
    assert lines_json((), (), ()) == "[],[],[]"
