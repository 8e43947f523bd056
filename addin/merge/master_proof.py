"""Whether the master holds: its sums, and its detail cell by cell, read as any workbook of a form is read.

Rows are matched by where they first stood (unit, file and row), since a clerk may sort the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from addin.campaign.folder import Campaign
from addin.intake.children import ReadingPool
from addin.intake.reader import read_workbook
from addin.merge.master import MasterCounts, UnreadableMaster, read_back
from addin.merge.master.cell_text import cell_text
from addin.merge.master_sheets import DetailSheet, read_sheets
from addin.merge.problems import Problem
from validation import messages
from validation.errors import Refusal
from validation.fields import ROW_FIELD
from validation.programme import Programme
from validation.submission import Row

Source = tuple[str, str, int]
"""Where a row first stood: code of its unit, sha256 of its first file, number of its row there."""

_READING_SECONDS = 600.0  # a master of thirty million cells
_READING_MEMORY = 16 << 30
_TOO_LARGE = frozenset({"too_big_inside", "reader_out_of_memory"})
_NOT_COMPARED = frozenset({"ordinal", "row_state", "unit_name", "source_file", "source_sheet"})
_SHOWN = 5


def master_problems(campaign: Campaign, counts: MasterCounts, rows: Mapping[Source, Row]) -> Iterator[Problem]:
    """Where the master is not what it should be. ``rows`` are all accepted rows, ``counts`` their sums."""
    if not campaign.master.is_file():
        yield Problem("master_missing")
        return
    try:
        altered = list(differences(campaign, rows))
    except (OSError, Refusal) as problem:
        yield Problem("master_unreadable", {"problem": _said(problem)})
        return
    if altered:
        yield Problem("master_altered", {"places": "; ".join(altered)})
    try:
        stated = read_back(campaign.master)
    except UnreadableMaster as problem:
        if not altered:
            yield Problem("master_unreadable", {"problem": problem.facts["problem"]})
        return
    for what, found, said in (
        ("rows", counts.accepted_rows, stated.accepted_rows),
        ("upper_support", counts.upper_support, stated.upper_support),
        ("base_support", counts.base_support, stated.base_support),
    ):
        if found != said:
            yield Problem("master_differs", {"what": what, "recomputed": found, "stated": said})


def _said(problem: OSError | Refusal) -> str:
    if isinstance(problem, Refusal):
        return messages.text("refusal", problem.code, **problem.facts)
    return problem.strerror or type(problem).__name__


def differences(campaign: Campaign, rows: Mapping[Source, Row]) -> Iterator[str]:
    """What differs between the master's detail and the rows that should stand in it: addresses and rows, a few of many.

    ``rows`` are all accepted rows. Raises Refusal where the master cannot be read at all, and OSError.
    """
    held: set[Source] = set()
    found: list[str] = []
    for sheet in _read(campaign):
        for number, line in sheet.lines:
            values = dict(zip(sheet.columns, line, strict=True))
            if not values.get("source_sha256"):
                if any(value not in (None, "") for value in values.values()):
                    found.append(f"{sheet.sheet}!{number}")
                continue
            unit, sha256 = str(values.get("unit_code")), str(values["source_sha256"])
            source = (unit, sha256, _as_int(values.get("source_row")))
            row = rows.get(source)
            if source in held or row is None:
                found.append(f"{sheet.sheet}!{number}")
            held.add(source)
            for name, expected in shown(row, source, campaign.programme).items() if row is not None else ():
                if name in sheet.columns and _plain(values.get(name)) != _plain(expected):
                    found.append(f"{sheet.sheet}!{sheet.columns[name]}{number}")
    for source, row in rows.items():
        if source not in held:
            found.append(f"{row.unit_code}, {row.registration_code or row.title or row.number}")
    yield from found[:_SHOWN]
    if len(found) > _SHOWN:
        yield f"… (+{len(found) - _SHOWN})"


def _read(campaign: Campaign) -> list[DetailSheet]:
    """The detail, sheet by sheet: the first as any form is read, where it is no larger than a form may be."""
    data = campaign.master.read_bytes()
    with ReadingPool(1, read_workbook, seconds=_READING_SECONDS) as pool:
        reading = next(iter(pool.map([data])))
    if reading.value is not None:
        form = reading.value
        lines = tuple((line.number, tuple(map(line.values.get, form.columns))) for line in form.rows)
        first = [DetailSheet(form.sheet, form.columns, lines)]
    elif reading.refusal is not None and reading.refusal.code in _TOO_LARGE:
        first = []
    else:
        assert reading.refusal is not None
        raise reading.refusal
    task = partial(read_sheets, begin=len(first) + 1)
    with ReadingPool(1, task, seconds=_READING_SECONDS, memory=_READING_MEMORY) as pool:
        others = next(iter(pool.map([data])))
    if others.value is None:
        assert others.refusal is not None
        raise others.refusal
    return [*first, *others.value]


def shown(row: Row, source: Source, programme: Programme) -> dict[str, Any]:
    """The fields of a row as they should stand in the master."""
    answers = {True: programme.answers.yes, False: programme.answers.no, None: None}
    values: dict[str, Any] = {
        name: getattr(row, name) for name, field in ROW_FIELD.items() if field.typed and name not in _NOT_COMPARED
    }
    return values | {
        "is_member": answers[row.is_member],
        "ip_protected": answers[row.ip_protected],
        "co_authors": "; ".join(row.co_authors),
        "phase": row.phase,
        "upper_support": row.upper_support,
        "total_support": row.upper_support + row.base_counted,
        "source_sha256": source[1],
        "source_row": source[2],
    }


def _plain(value: Any) -> object:
    """A value as the cell holds it, whatever its type: nothing and an empty text are the same."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return cell_text(value) or None
    if isinstance(value, date | int | float):
        return value
    return None if value is None else str(value)


def _as_int(value: Any) -> int:
    return int(value) if isinstance(value, int | float) else -1
