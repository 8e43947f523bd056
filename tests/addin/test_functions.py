"""The worksheet functions against the merge's own judgement, on rows as clerks type them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from addin import functions as sk
from tests.workbook_templates.generated_rows import generated_rows
from validation.assess import assess
from validation.fields import Form, row_fields
from validation.programme import Programme, load_programme, programme_ids
from validation.submission import Outcome, RawCover, RawRow, RawSubmission, Row, Submission

FIELDS = row_fields(Form.GRASSROOTS)
ROWS = 1000
VECTORS = Path(__file__).parent.parent / "validation" / "text" / "number_words.tsv"


def judged(rows: list[dict[str, Any]], programme: Programme) -> Submission:
    cover = RawCover(
        {"unit_code": "X", "report_date": programme.phases[-1].report_deadline, "members": 1, "workers": 1}, {}
    )
    raw_rows = tuple(RawRow(number, row) for number, row in enumerate(rows, 1))
    return assess(
        RawSubmission(Form.GRASSROOTS, 1, programme.id, cover, "", {f.name: f.name for f in FIELDS}, raw_rows),
        programme,
    )


def rows_of(programme: Programme) -> list[dict[str, Any]]:
    rows = generated_rows(programme, ROWS, seed=9, units=False)
    return [{name: value for name, value in row.items() if not str(value).startswith("#")} for row in rows]


def column(rows: list[dict[str, Any]], name: str) -> list[list[Any]]:
    return [[row.get(name)] for row in rows]


@pytest.mark.parametrize("programme_id", programme_ids())
def test_support_and_phase_of_every_accepted_row_are_those_of_the_merge(programme_id: str) -> None:
    programme = load_programme(programme_id)
    everything = rows_of(programme)
    accepted: list[Row] = [row for row in judged(everything, programme).rows if row.outcome is not Outcome.REJECTED]
    rows = [everything[row.number - 1] for row in accepted]
    assert len(rows) >= 500

    support = sk.SK_HOTRO(
        column(rows, "registration_code"), column(rows, "registered_on"), column(rows, "status"),
        column(rows, "ip_protected"), column(rows, "is_member"), programme_id,
    )  # fmt: skip
    phases = sk.SK_GIAIDOAN(column(rows, "registered_on"), programme_id)

    assert [value for (value,) in support] == [row.upper_support for row in accepted]
    in_a_phase = [(phase, row.phase) for (phase,), row in zip(phases, accepted, strict=True) if row.registration_code]
    assert all(shown == (phase or "") for shown, phase in in_a_phase)
    totals = sk.SK_TONG(support, [[row.phase] for row in accepted], None, programme_id)
    by_phase = [sum(r.upper_support for r in accepted if r.phase == p.number) for p in programme.phases]
    assert [value for (value,) in totals] == by_phase
    assert sk.SK_TONG(support, [[row.phase] for row in accepted], 2.0, programme_id) == [[by_phase[1]]]


@pytest.mark.parametrize("programme_id", programme_ids())
def test_the_verdict_on_a_row_begins_with_the_word_of_its_outcome(programme_id: str) -> None:
    programme = load_programme(programme_id)
    rows = rows_of(programme)
    grid = [[row.get(field.name) for field in FIELDS] for row in rows]
    verdicts = [value for (value,) in sk.SK_KIEMTRA(grid, None, programme_id)]
    submission = judged(rows, programme)
    words = {row.number: row.outcome for row in submission.rows}
    warned = {finding.row for finding in submission.findings}
    for number, verdict in enumerate(verdicts, 1):
        match words.get(number):
            case None:
                assert verdict == ""
            case Outcome.REJECTED:
                assert verdict.startswith("LỖI: ")
            case Outcome.DUPLICATE:
                assert verdict.startswith("TRÙNG: ")
            case _:
                assert verdict.startswith("LƯU Ý: ") if number in warned else verdict == "ĐẠT"


def test_participation_counts_distinct_members_with_their_co_authors() -> None:
    names = [["Nguyễn Văn An"], ["Lê Thị Bình"], ["nguyễn  văn an"], ["Trần Cường"], ["Vũ Dung"]]
    numbers = [[None], ["001"], [None], [None], [None]]
    members = [["Có"], ["Có"], ["Có"], ["Không"], ["Có"]]
    counted = [[1], [1.0], [2], [1], [""]]
    others = [["Đỗ Hoà; Đỗ Hòa"], [None], [None], ["Mai Lan"], [None]]
    assert sk.SK_TYLE(names, numbers, members, counted, 20.0, others) == 3 / 20
    assert sk.SK_TYLE(names, numbers, members, counted, 20) == 2 / 20
    with pytest.raises(sk.FunctionProblem, match="số đoàn viên"):
        sk.SK_TYLE(names, numbers, members, counted, 0)


def test_amounts_in_words_are_the_checked_ones() -> None:
    lines = [line.split("\t") for line in VECTORS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    vectors = {int(line[0]): line[1] for line in lines if abs(int(line[0])) < 10**15}
    assert len(vectors) > 50
    words = sk.SK_BANGCHU([[amount] for amount in vectors])
    assert [word for (word,) in words] == [f"{text[0].upper()}{text[1:]} đồng" for text in vectors.values()]
    assert sk.SK_BANGCHU([[None], ["200.000 đồng"]]) == [[""], ["Hai trăm nghìn đồng"]]


def test_grassroots_support_over_the_cap_is_an_error_and_never_cut() -> None:
    answers = sk.SK_HOTRO_CS([[200_000], [None], [200_001], ["abc"], [-1]])
    assert answers[:2] == [[200_000], [0]]
    assert all(str(value).startswith(sk.UNREADABLE) for (value,) in answers[2:])
    with pytest.raises(sk.FunctionProblem, match=r"200\.001"):
        sk.SK_HOTRO_CS([[200_001]])


def test_a_total_is_an_error_rather_than_too_small() -> None:
    with pytest.raises(sk.FunctionProblem, match="không đọc được"):
        sk.SK_TONG([[100], ["năm trăm"]], [[1], [1]])
    with pytest.raises(sk.FunctionProblem, match="không có giai đoạn"):
        sk.SK_TONG([[100]], [[7]])
    with pytest.raises(sk.FunctionProblem, match="cùng số dòng"):
        sk.SK_TONG([[1], [2], [3]], [[1], [1]])


def test_dates_come_as_excel_gives_them() -> None:
    days = [[datetime(2022, 5, 31)], [datetime(2022, 6, 1, 23, 59)], [date(2021, 8, 31)], ["31/5/2022"], [None], [""]]
    assert sk.SK_GIAIDOAN(days) == [[1], [2], [""], [1], [""], [""]]


def test_legacy_text_is_converted_by_its_named_font_and_unicode_is_kept() -> None:
    assert sk.SK_UNICODE([["NguyÔn ThÞ Hoa"], ["Đoàn viên"], [None], [7]], ".VnTime") == [
        ["Nguyễn Thị Hoa"], ["Đoàn viên"], [None], [7],
    ]  # fmt: skip
    with pytest.raises(sk.FunctionProblem, match="không biết kiểu chữ"):
        sk.SK_UNICODE([["x"]], "Arial")


def test_a_block_of_the_wrong_width_says_what_to_select() -> None:
    with pytest.raises(sk.FunctionProblem, match="STT"):
        sk.SK_KIEMTRA([["a", "b"]])
