"""A campaign beside the portal's list: looked at, kept as evidence, put into the figures where the settings say so."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import openpyxl
import pytest

from addin.adopt.corrections import read_correction
from addin.campaign.archive import archived
from addin.campaign.ledger import open_ledger
from addin.errors import CouldNotSave, UsageProblem
from addin.merge.verify import Verification
from addin.portal import as_json, store
from addin.portal.reconciling import Reconciled, keep, look
from tests.end_to_end.small_campaign import Small, read_here, report, row
from validation.portal import PortalEntry

HEAD = "Mã đăng ký;Tên sáng kiến;Họ và tên;Ngày đăng ký;Trạng thái;Ngày phê duyệt\n"
LINES = {
    "SK-1": "SK-1;Cải tiến SK-1;Nguyễn Thị Hoa;01/03/2022;Hợp lệ;01/05/2022\n",
    "SK-2": "SK-2;Cải tiến SK-2;Nguyễn Thị Hoa;01/03/2022;Không hợp lệ;\n",
    "SK-9": "SK-9;Một sáng kiến khác;Trần Văn Bình;01/03/2022;Hợp lệ;01/05/2022\n",
}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A with SK-1 and SK-2, B with SK-3, all approved; a row without code that the portal has as SK-9."""
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2"))
    other = row(None, title="Một sáng kiến khác", lead_author="Trần Văn Bình", registered_on=None)
    small.put("B.xlsx", report("B", "SK-3", other))
    small.merge()
    return small


def settings(small: Small, **wanted: bool) -> None:
    file = small.folder / "chien-dich.toml"
    text = file.read_text(encoding="utf-8")
    for name, value in wanted.items():
        text = text.replace(f"{name} = {str(not value).lower()}", f"{name} = {str(value).lower()}")
    file.write_text(text, encoding="utf-8")


def listed(small: Small, *codes: str, text: str | None = None) -> Path:
    file = small.folder.parent / "cổng.csv"
    file.write_text(text if text is not None else HEAD + "".join(LINES[code] for code in codes), encoding="utf-8")
    return file


def reconciled(small: Small, file: Path, *maps: str) -> Reconciled:
    told = [read_correction(text) for text in maps]
    looked = look(small.campaign, file, told, by="thử@máy", now=small.now)
    return keep(small.campaign, looked, told, by="thử@máy", now=small.now)


def money(small: Small) -> dict[str, int]:
    """Upper-level support by unit, as a merge says it."""
    units = small.merge().overview.units
    return {unit: one.tally.upper_support for (unit, phase), one in units.items() if phase == 1}


def proved(small: Small) -> Verification:
    result = small.verify()
    assert result.problems == ()
    return result


def test_a_look_changes_nothing(small: Small) -> None:
    before = {file: file.read_bytes() for file in small.folder.rglob("*") if file.is_file()}
    seen, _ = look(small.campaign, listed(small, "SK-1", "SK-2", "SK-9"), by="thử@máy", now=small.now)
    assert {file: file.read_bytes() for file in small.folder.rglob("*") if file.is_file()} == before
    assert seen.record is None
    result = seen.result
    assert [one.row.registration_code for one in result.different] == ["SK-2"]
    assert [one.registration_code for one in result.claimed_only] == ["SK-3"]
    assert [one.entry.registration_code for one in result.portal_only] == ["SK-9"]
    assert [(one.row.unit_code, one.entry.registration_code) for one in result.suggested] == [("B", "SK-9")]


def test_a_list_is_kept_as_evidence_and_its_result_written(small: Small) -> None:
    file = listed(small, "SK-1", "SK-2", "SK-9")
    done = reconciled(small, file)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    assert archived(small.campaign, sha, ".csv").read_bytes() == file.read_bytes()
    assert done.record is not None
    assert (done.record.sha256, done.record.file, done.new) == (sha, "cổng.csv", True)
    assert done.workbook == small.folder / "doi-chieu-2022-07-01.xlsx"
    book = openpyxl.load_workbook(done.workbook)
    assert book.sheetnames == ["Tóm tắt", "Khác nhau", "Chỉ có ở báo cáo", "Chỉ có trên cổng", "Gợi ý ghép", "Chưa rõ"]
    different = list(book["Khác nhau"].values)
    assert "SK-2" in different[4]
    assert any(getattr(value, "year", None) == 2022 for value in different[4]), "days are days"
    assert proved(small).submissions == 2


def test_by_default_the_figures_and_the_master_stay_as_they_are(small: Small) -> None:
    before, master = money(small), small.master_sha()
    reconciled(small, listed(small, "SK-1", "SK-2"))
    assert money(small) == before == {"A": 200_000, "B": 100_000}
    assert small.master_sha() == master


def test_the_portals_word_replaces_the_reports_where_the_settings_say_so(small: Small) -> None:
    settings(small, replaces_status=True)
    done = reconciled(small, listed(small, "SK-1", "SK-2"))
    assert not done.waiting
    assert money(small) == {"A": 100_000, "B": 100_000}
    assert proved(small).totals.upper_support == 200_000
    detail = list(openpyxl.load_workbook(small.campaign.master)["Chi tiết"].values)
    assert any("SK-2" in line and "Không hợp lệ" in line for line in detail)


def test_a_second_look_still_compares_with_what_the_reports_say(small: Small) -> None:
    settings(small, replaces_status=True)
    file = listed(small, "SK-1", "SK-2")
    reconciled(small, file)
    assert [one.row.registration_code for one in reconciled(small, file).result.different] == ["SK-2"]


def test_money_waits_for_a_match_where_the_settings_say_so(small: Small) -> None:
    settings(small, money_needs_match=True)
    assert money(small) == {"A": 0, "B": 0}, "no list, no match"
    reconciled(small, listed(small, "SK-1", "SK-2"))
    assert money(small) == {"A": 200_000, "B": 0}
    assert proved(small).totals.upper_support == 200_000


def test_a_setting_changed_afterwards_is_said_by_verify_and_drawn_by_the_next_merge(small: Small) -> None:
    reconciled(small, listed(small, "SK-1", "SK-2"))
    settings(small, replaces_status=True)
    assert "drawn_otherwise" in small.problems()
    assert small.merge().master_written
    assert proved(small).totals.upper_support == 200_000


def test_the_newest_list_counts_and_the_earlier_ones_stay_on_record(small: Small) -> None:
    settings(small, money_needs_match=True)
    reconciled(small, listed(small, "SK-1", "SK-2"))
    reconciled(small, listed(small, "SK-1"))
    assert money(small) == {"A": 100_000, "B": 0}
    with open_ledger(small.campaign, by="thử@máy", now=small.now()) as ledger:
        assert [record.lines for record in store.lists(ledger.connection)] == [2, 1]
    proved(small)


def test_the_same_list_once_more_is_no_new_one(small: Small) -> None:
    file = listed(small, "SK-1")
    assert [reconciled(small, file).new for _ in range(2)] == [True, False]
    assert reconciled(small, file, "Họ và tên=-").new, "read in another way, it is"
    proved(small)


def test_reports_that_wait_for_a_merge_are_not_merged_on_the_way(small: Small) -> None:
    settings(small, replaces_status=True)
    master = small.campaign.master
    master.write_bytes(master.read_bytes() + b"\0")  # somebody saved it
    before = small.master_sha()
    assert reconciled(small, listed(small, "SK-1", "SK-2")).waiting
    assert small.master_sha() == before
    assert money(small) == {"A": 100_000, "B": 100_000}


def test_payment_follows_the_portal(small: Small) -> None:
    from addin.payments.drafting import draft

    settings(small, replaces_status=True)
    reconciled(small, listed(small, "SK-1", "SK-2"))
    overview = small.merge().overview
    items = [item.registration_code for one in draft(overview, [], 1, overview.made_at.date()).lists for item in
             one.items if one.fund == "upper"]  # fmt: skip
    assert sorted(map(str, items)) == ["SK-1", "SK-3"]


def test_a_master_that_is_open_is_left_alone_and_the_list_not_kept(small: Small) -> None:
    settings(small, replaces_status=True)
    (small.folder / "~$tong-hop.xlsx").write_bytes(b"")
    with pytest.raises(CouldNotSave):
        reconciled(small, listed(small, "SK-1"))
    (small.folder / "~$tong-hop.xlsx").unlink()
    small.merge()
    proved(small)
    with open_ledger(small.campaign, by="thử@máy", now=small.now()) as ledger:
        assert store.lists(ledger.connection) == []


def test_before_anything_was_merged_it_is_said(tmp_path: Path) -> None:
    small = Small(tmp_path)
    with pytest.raises(UsageProblem) as problem:
        look(small.campaign, listed(small, "SK-1"), by="thử@máy", now=small.now)
    assert problem.value.error_code == "nothing_merged"


def test_the_result_is_skipped_when_the_whole_folder_is_merged(small: Small) -> None:
    done = reconciled(small, listed(small, "SK-1"))
    assert done.workbook is not None
    assert small.outcomes(done.workbook) == {done.workbook.name: "skipped"}


def test_json_says_everything(small: Small) -> None:
    told = as_json.reconciled(reconciled(small, listed(small, "SK-1", "SK-2", "SK-9")))
    assert told["recorded"] is True
    assert told["counts"] | {"lines": 3, "matched": 2, "different": 1, "claimed_only": 1} == told["counts"]
    (different,) = told["different"]
    assert different["fields"] == ["status"]
    assert (different["report"]["status"], different["portal"]["status"]) == ("Hợp lệ", "Không hợp lệ")
    assert [one["field"] for one in told["columns"]][:2] == ["registration_code", "title"]


# -- proof -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: file.write_bytes(b"x")], ids=["gone", "altered"])
def test_damaged_evidence_is_found_and_mended_by_the_same_list(small: Small, harm: object) -> None:
    file = listed(small, "SK-1")
    done = reconciled(small, file)
    harm(archived(small.campaign, done.sha256, ".csv"))  # type: ignore[operator]
    assert small.problems() in (["portal_file_missing"], ["portal_file_altered"])
    reconciled(small, file)
    proved(small)


def _columns(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


CELLS = [
    *((store.LISTS, name) for name in _columns(store.PortalList)),
    *((store.ENTRIES, name) for name in ("list", *_columns(PortalEntry))),
]


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_any_altered_value_of_a_list_is_found(small: Small, table: str, column: str) -> None:
    reconciled(small, listed(small, "SK-1", "SK-2"))
    whole = column in {"seq", "list", "lines", "position", "row"}
    other = f'"{column}" + 7' if whole else f"coalesce(\"{column}\", '') || 'x'"
    place = "seq = 1" if table == store.LISTS else "position = 2"
    small.sql(f'UPDATE {table} SET "{column}" = {other} WHERE {place}')
    assert set(small.problems()) & {"portal_differs", "sqlite_check"}


def test_lines_gone_or_slipped_in_are_found(small: Small) -> None:
    reconciled(small, listed(small, "SK-1", "SK-2"))
    small.sql(f"DELETE FROM {store.ENTRIES} WHERE position = 2")
    assert "portal_differs" in small.problems()
    small.sql(f"INSERT INTO {store.ENTRIES} (list, position, sheet, \"row\") VALUES (1, 9, 'CSV', 9)")
    assert "portal_differs" in small.problems()
    small.sql(f"DELETE FROM {store.ENTRIES}")
    small.sql(f"DELETE FROM {store.LISTS}")
    assert "portal_differs" in small.problems()


def test_a_list_forged_in_ledger_and_journal_alike_is_found_by_the_evidence(small: Small) -> None:
    settings(small, money_needs_match=True)
    reconciled(small, listed(small, "SK-1"))
    with open_ledger(small.campaign, by="x", now=small.now()) as ledger, ledger.transaction():
        record = store.lists(ledger.connection)[0]
        forged = dataclasses.replace(record, seq=2, lines=2)
        lines = [PortalEntry(1, "CSV", 2, "SK-1"), PortalEntry(2, "CSV", 3, "SK-3")]
        store.take(ledger, small.now(), forged, lines)
    small.merge()
    assert {"portal_read_otherwise", "totals_differ"} <= set(small.problems())
