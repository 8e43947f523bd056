"""Tidy tables as files: nothing is lost, money is whole, nothing a stranger typed becomes a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from addin.errors import ConservationBroken, UsageProblem
from addin.merge.overview import Overview
from addin.reports.export import DICTIONARY, PIVOTS, Exported, FileKind, export
from addin.reports.tables import tidy_tables
from tests.addin.merge.master_campaign import campaign, made_report, made_row, overview_of, unit_tree
from validation.fields import ROW_FIELDS
from validation.programme import load_programme
from validation.submission import Outcome

PROGRAMME = load_programme()
NAMES = ("initiatives", "units", "unit_phase", "reports", "findings", "refused")


@pytest.fixture(scope="module")
def overview() -> Overview:
    return campaign(units=6, rows_each=12)


@pytest.fixture(scope="module")
def as_csv(overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(overview, tmp_path_factory.mktemp("csv") / "moi" / "du-lieu", FileKind.CSV)


@pytest.fixture(scope="module")
def as_parquet(overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(overview, tmp_path_factory.mktemp("parquet"), FileKind.PARQUET)


def lines(done: Exported, name: str) -> list[dict[str, str]]:
    with (done.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_written_with_a_dictionary_and_pivots(as_csv: Exported) -> None:
    assert {file.name for file in as_csv.folder.iterdir()} == {*(f"{name}.csv" for name in NAMES), DICTIONARY, PIVOTS}
    assert set(as_csv.files) == set(as_csv.folder.iterdir())
    assert all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in as_csv.folder.glob("*.csv"))


def test_sums_are_those_of_the_campaign(as_csv: Exported, overview: Overview) -> None:
    upper = sum(tally.upper_support for tally in overview.phases.values())
    base = sum(tally.base_support for tally in overview.phases.values())
    assert (as_csv.rows, as_csv.upper_support, as_csv.base_support) == (overview.accepted_rows(), upper, base)
    initiatives = lines(as_csv, "initiatives")
    assert sum(int(line["upper_support"]) for line in initiatives) == upper
    assert sum(int(line["base_counted"]) for line in initiatives) == base
    assert sum(int(line["upper_support"]) for line in lines(as_csv, "unit_phase")) == upper
    assert sum(line["outcome"] == "accepted" for line in initiatives) == overview.accepted_rows()


def test_rows_that_do_not_count_are_there_without_money(as_csv: Exported, overview: Overview) -> None:
    for outcome in (Outcome.REJECTED, Outcome.DUPLICATE):
        left_out = [line for line in lines(as_csv, "initiatives") if line["outcome"] == outcome.value]
        assert len(left_out) == sum(1 for _ in overview.rows(outcome)) > 0
        assert {(line["upper_support"], line["base_counted"], line["counted"]) for line in left_out} == {
            ("0", "0", "false")
        }


def test_every_row_leads_back_to_its_cell(as_csv: Exported, overview: Overview) -> None:
    origins = {
        (s.origin.sha256, s.origin.sheet, str(s.origin.row)) for outcome in Outcome for s in overview.rows(outcome)
    }
    found = [(li["source_sha256"], li["source_sheet"], li["source_row"]) for li in lines(as_csv, "initiatives")]
    assert set(found) == origins
    assert len(found) == len(origins)


def test_blank_is_not_nought_and_days_are_days(as_csv: Exported) -> None:
    for line in lines(as_csv, "initiatives"):
        assert line["base_support"] in ("", "100000", "200000", "900000")
        assert not line["registered_on"] or date.fromisoformat(line["registered_on"])


def test_parquet_holds_types(as_parquet: Exported, overview: Overview) -> None:
    table = pq.read_table(as_parquet.folder / "initiatives.parquet")
    assert table.schema.field("upper_support").type == pa.int64()
    assert table.schema.field("registered_on").type == pa.date32()
    assert table.schema.field("member_number").type == pa.string()
    assert sum(table["upper_support"].to_pylist()) == as_parquet.upper_support
    assert len(pq.read_table(as_parquet.folder / "units.parquet")) == len(overview.tree)


def test_csv_and_parquet_hold_the_same(as_csv: Exported, as_parquet: Exported) -> None:
    for name in NAMES:
        table = pq.read_table(as_parquet.folder / f"{name}.parquet")
        assert table.column_names == list(lines(as_csv, name)[0])
        assert len(table) == len(lines(as_csv, name))


def test_the_dictionary_names_every_column_once(as_csv: Exported, overview: Overview) -> None:
    text = (as_csv.folder / DICTIONARY).read_text(encoding="utf-8")
    for table in tidy_tables(overview):
        part = text.split(f"## {table.name}.csv")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")] == list(table.names)
    of_the_row = [f for f in ROW_FIELDS if f.typed and not f.name.startswith(("unit_", "source_"))]
    assert [field.header for field in of_the_row if f"“{field.header}”" not in text] == []


def test_pivots_add_up(as_csv: Exported, overview: Overview) -> None:
    book = openpyxl.load_workbook(as_csv.folder / PIVOTS)
    assert book.sheetnames == ["Đơn vị × giai đoạn", "Loại × lĩnh vực", "Theo tháng"]
    total = next(row for row in book["Đơn vị × giai đoạn"].iter_rows(values_only=True) if row[0] == "Cộng")[2:]
    by_phase = [overview.phases[phase.number] for phase in overview.programme.phases]
    assert list(total[:2]) == [tally.registered for tally in by_phase]
    assert list(total[6:8]) == [tally.upper_support for tally in by_phase]
    months = next(row for row in book["Theo tháng"].iter_rows(values_only=True) if row[0] == "Cộng")
    assert months[1:] == (
        sum(t.registered for t in by_phase), sum(t.counted for t in by_phase), sum(t.upper_support for t in by_phase),
        sum(t.base_support for t in by_phase),
    )  # fmt: skip
    kinds = list(book["Loại × lĩnh vực"].iter_rows(min_row=2, values_only=True))
    assert sum(kinds[-1][1:]) == sum(t.registered for t in by_phase)
    assert all(isinstance(value, int) for value in total)


def test_what_a_stranger_typed_is_no_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    row = made_row(PROGRAMME, "CS001", 6, title=evil, note="- gạch đầu dòng, có “phẩy”\nvà dòng hai")
    done = export(overview_of(PROGRAMME, unit_tree(), [made_report(1, "CS001", [row])]), tmp_path, FileKind.CSV)
    (line,) = lines(done, "initiatives")
    assert line["title"] == f"'{evil}"
    assert line["note"] == "'- gạch đầu dòng, có “phẩy”\nvà dòng hai"
    formulas = [c for s in openpyxl.load_workbook(tmp_path / PIVOTS) for r in s.iter_rows() for c in r
                if c.data_type == "f"]  # fmt: skip
    assert formulas == []


def test_a_campaign_of_nothing_is_exported_all_the_same(tmp_path: Path) -> None:
    for kind in FileKind:
        done = export(overview_of(PROGRAMME, unit_tree(), []), tmp_path / kind, kind)
        assert done.tables | {"units": 0} == dict.fromkeys(NAMES, 0)


def test_figures_that_do_not_add_up_write_nothing(overview: Overview, tmp_path: Path) -> None:
    phases = {
        number: replace(tally, upper_support=tally.upper_support + 1) for number, tally in overview.phases.items()
    }
    with pytest.raises(ConservationBroken):
        export(replace(overview, phases=phases), tmp_path / "x", FileKind.CSV)
    assert not (tmp_path / "x").exists()


def test_parquet_without_pyarrow_is_one_sentence(
    overview: Overview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(UsageProblem) as problem:
        export(overview, tmp_path / "x", FileKind.PARQUET)
    assert problem.value.error_code == "pyarrow_missing"
    assert not (tmp_path / "x").exists()


def test_a_file_in_the_way_is_left_alone(overview: Overview, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("cũ")
    with pytest.raises(UsageProblem, match="unexpected") as problem:
        export(overview, tmp_path / "x", FileKind.CSV)
    assert problem.value.error_code == "out_is_file"
    assert (tmp_path / "x").read_text() == "cũ"
