"""The list of units as a CSV file: ``code,name,level,parent,valid_from,valid_to`` and optionally ``members,email``.

Unknown columns are ignored. As Excel saves it: UTF-8 with or without BOM, or the Windows page; comma, semicolon or tab.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from addin.errors import UsageProblem
from validation.text.amounts import read_amount
from validation.text.dates import read_date
from validation.text.forms import clean_text
from validation.units import Level, Unit, fold_code

_REQUIRED = ("code", "name", "level")
_SEPARATOR_LINE = re.compile(r"\A\s*\"?sep=.\"?[^\S\r\n]*(?:\r\n?|\n)", re.IGNORECASE)
"""What some programs write first, for Excel alone: ``sep=;``."""


def read_units(file: Path) -> list[Unit]:
    """All units of the file, in its order.

    A unit that moved stands in it once for each of its places, with periods that do not overlap. Raises UsageProblem
    ``units_unreadable``, ``units_columns``, and ``units_line``, ``units_period``, ``units_twice`` or ``units_alike``
    with the line.
    """
    try:
        text = _decoded(file.read_bytes())
    except OSError as problem:
        raise UsageProblem("units_unreadable", file=file, problem=problem.strerror or problem) from problem
    text = _SEPARATOR_LINE.sub("", text)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or ()]
        missing = [name for name in _REQUIRED if name not in reader.fieldnames]
        if missing:
            raise UsageProblem("units_columns", file=file, missing=", ".join(missing))
        return list(_units(reader, file))
    except csv.Error as problem:
        raise UsageProblem("units_unreadable", file=file, problem=f"{problem} ({reader.line_num})") from problem


def _units(reader: csv.DictReader[str], file: Path) -> Iterator[Unit]:
    seen: dict[str, list[Unit]] = {}
    spelled: dict[str, str] = {}
    for record in reader:
        values = {k: clean_text(v).text for k, v in record.items() if isinstance(k, str) and isinstance(v, str) and v}
        if any(values.values()):
            unit = _unit(values, file, reader.line_num)
            if any(unit.overlaps(other) for other in seen.setdefault(unit.code, [])):
                raise UsageProblem("units_twice", file=file, line=reader.line_num, unit=unit.code)
            alike = spelled.setdefault(fold_code(unit.code), unit.code)
            if alike != unit.code:
                raise UsageProblem("units_alike", file=file, line=reader.line_num, unit=unit.code, other=alike)
            seen[unit.code].append(unit)
            yield unit


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")


def _unit(values: dict[str, str], file: Path, line: int) -> Unit:
    def problem(column: str) -> UsageProblem:
        return UsageProblem("units_line", file=file, line=line, column=column, value=values.get(column, ""))

    for column in _REQUIRED:
        if not values.get(column):
            raise problem(column)
    try:
        level = Level(values["level"].casefold())
    except ValueError:
        raise problem("level") from None
    members = None
    if values.get("members"):
        members = read_amount(values["members"])
        if members is None or members < 0:
            raise problem("members")
    first = _day(values.get("valid_from"), problem("valid_from"))
    last = _day(values.get("valid_to"), problem("valid_to"))
    if first is not None and last is not None and last < first:
        raise UsageProblem("units_period", file=file, line=line, first=first, last=last)
    return Unit(
        code=values["code"],
        name=values["name"],
        level=level,
        parent=values.get("parent") or None,
        valid_from=first,
        valid_to=last,
        members=members,
        email=values.get("email") or None,
    )


def _day(text: str | None, problem: UsageProblem) -> date | None:
    if not text:
        return None
    read = read_date(text)
    if read is None:
        raise problem
    return read.day
