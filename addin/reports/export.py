"""Tidy tables as files for the analyst: CSV or parquet, a data dictionary, and pivots."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from addin.campaign.saving import could_not_save, replace_whole
from addin.errors import ConservationBroken, UsageProblem
from addin.merge.overview import Overview
from addin.reports.pivots import write_pivots
from addin.reports.tables import Cell, Tidy, Type, tidy_tables

DICTIONARY = "du-lieu.md"
PIVOTS = "bang-nhieu-chieu.xlsx"
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


class FileKind(StrEnum):
    """How the tables are written."""

    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and the sums of it: rows accepted, đồng."""

    folder: Path
    files: tuple[Path, ...]
    tables: dict[str, int]
    rows: int
    upper_support: int
    base_support: int


def export(overview: Overview, folder: Path, kind: FileKind) -> Exported:
    """Write every table, the dictionary and the pivots into ``folder``, over what an earlier export left there.

    Raises UsageProblem ``pyarrow_missing`` and ``out_is_file``, ConservationBroken where the tables do not add up to
    the overview's totals (nothing is written then), and CouldNotSave.
    """
    if kind is FileKind.PARQUET and importlib.util.find_spec("pyarrow") is None:
        raise UsageProblem("pyarrow_missing")
    if folder.exists() and not folder.is_dir():
        raise UsageProblem("out_is_file", path=folder)
    tables = tidy_tables(overview)
    by_name = {table.name: table for table in tables}
    sums = _prove(by_name, overview)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, folder) from problem
    write: Callable[[Tidy, Path], None] = _write_csv if kind is FileKind.CSV else _write_parquet
    files = []
    for table in tables:
        files.append(folder / f"{table.name}.{kind.value}")
        replace_whole(files[-1], partial(write, table))
    files += [folder / DICTIONARY, folder / PIVOTS]
    text = dictionary(tables, kind)
    replace_whole(files[-2], lambda file: _write_text(file, text))
    replace_whole(files[-1], lambda file: write_pivots(by_name, file))
    return Exported(folder, tuple(files), {table.name: len(table.lines) for table in tables}, *sums)


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _prove(tables: dict[str, Tidy], overview: Overview) -> tuple[int, int, int]:
    """Rows and money, added up from the initiatives and from units by phase, against the overview's."""
    table = tables["initiatives"]
    outcome, upper, base = (table.names.index(name) for name in ("outcome", "upper_support", "base_counted"))
    rows = sum(line[outcome] == "accepted" for line in table.lines)
    found = (rows, _sum(table.lines, upper), _sum(table.lines, base))
    totals = overview.phases.values()
    stated = (
        overview.accepted_rows(), sum(one.upper_support for one in totals), sum(one.base_support for one in totals),
    )  # fmt: skip
    by_unit = tables["unit_phase"]
    again = tuple(_sum(by_unit.lines, by_unit.names.index(name)) for name in ("upper_support", "base_support"))
    if found != stated or again != stated[1:]:
        raise ConservationBroken("conservation", problem=f"{found}, {again} ≠ {stated}")
    return found


def _sum(lines: Sequence[Sequence[Cell]], column: int) -> int:
    return sum(value for line in lines if isinstance(value := line[column], int))


def _write_csv(table: Tidy, file: Path) -> None:
    """UTF-8 with a byte order mark, so that Excel reads Vietnamese; a comma between; blank is no value."""
    with file.open("w", encoding="utf-8-sig", newline="", errors="replace") as out:
        writer = csv.writer(out)
        writer.writerow(table.names)
        writer.writerows([_csv_cell(value) for value in line] for line in table.lines)


def _csv_cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    # What a stranger typed must not become a formula when Excel opens the file.
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTIVE) else value


def _write_parquet(table: Tidy, file: Path) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    types = {
        Type.TEXT: pa.string(), Type.INTEGER: pa.int64(), Type.FRACTION: pa.float64(), Type.DAY: pa.date32(),
        Type.MOMENT: pa.timestamp("us", tz="UTC"), Type.TRUTH: pa.bool_(),
    }  # fmt: skip
    arrays = [
        pa.array([_storable(line[number]) for line in table.lines], type=types[held])
        for number, (_, held, _) in enumerate(table.columns)
    ]
    pq.write_table(pa.Table.from_arrays(arrays, names=list(table.names)), file)


def _storable(value: Cell) -> Cell:
    """Lone surrogates are no text; a moment without an offset is this machine's."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value.astimezone() if isinstance(value, datetime) else value


def dictionary(tables: Sequence[Tidy], kind: FileKind) -> str:
    """What every table and column is, as markdown, from the declarations."""
    lines = ["# Dữ liệu xuất ra", ""]
    lines += [
        "Tiền là số nguyên, đơn vị đồng. Ngày dạng năm-tháng-ngày. Ô trống là không có giá trị, khác với 0.",
        "Tổng `upper_support` và `base_counted` của `initiatives` bằng tổng số trong `sangkien merge --json`.",
        f"Bảng nhiều chiều (đơn vị × giai đoạn, loại × lĩnh vực, theo tháng) ở tệp `{PIVOTS}`.",
    ]
    if kind is FileKind.CSV:
        lines.append(
            "CSV: UTF-8 có BOM, cách nhau bằng dấu phẩy; nội dung bắt đầu bằng `=`, `+`, `-`, `@` có thêm dấu `'` ở "
            "trước để Excel không coi là công thức."
        )
    for table in tables:
        lines += ["", f"## {table.name}.{kind.value}", "", f"{table.about[0].upper()}{table.about[1:]}.", ""]
        lines += ["| cột | kiểu | ý nghĩa |", "|---|---|---|"]
        lines += [f"| `{name}` | {held.value} | {about} |" for name, held, about in table.columns]
    return "\n".join(lines) + "\n"
