"""Merging again and again: newer reports, older ones, the same ones, corrected ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.campaign.archive import archived
from addin.campaign.ledger import Ledger
from addin.errors import CouldNotSave, UsageProblem
from addin.intake.children import Reading
from addin.merge.overview import FileOutcome
from addin.merge.run import MergeResult, merge
from tests.end_to_end.small_campaign import UNITS, Here, Small, figures, read_here, report, row
from validation.fields import Form

NEXT = date(2022, 7, 31)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    return Small(tmp_path)


def test_a_newer_report_replaces_and_the_earlier_one_stays_on_record(small: Small) -> None:
    small.put("A1.xlsx", report("A", "SK-1"))
    assert small.outcomes() == {"A1.xlsx": "accepted"}
    small.put("A2.xlsx", report("A", "SK-1", "SK-2", day=NEXT))
    assert small.outcomes() == {"A1.xlsx": "superseded", "A2.xlsx": "replaced"}
    again = small.merge()
    assert [one.outcome.value for one in again.files] == ["superseded", "unchanged"]
    assert again.overview.accepted_rows() == 2
    assert [report.current for report in again.overview.reports] == [False, True]
    assert small.problems() == []


def test_the_number_decides_where_the_days_are_equal(small: Small) -> None:
    small.put("a.xlsx", report("A", "SK-1", number=10))
    small.put("b.xlsx", report("A", "SK-1", "SK-2", number=9))
    assert small.outcomes() == {"a.xlsx": "replaced", "b.xlsx": "superseded"}


def test_an_older_report_that_arrives_later_is_superseded_at_once(small: Small) -> None:
    small.put("moi.xlsx", report("A", "SK-1", "SK-2", day=NEXT))
    small.merge()
    before = small.master_sha()
    small.put("cu.xlsx", report("A", "SK-1", "SK-3", "SK-4"))
    result = small.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {
        "moi.xlsx": "unchanged", "cu.xlsx": "superseded",
    }  # fmt: skip
    late = next(one for one in result.files if one.outcome is FileOutcome.SUPERSEDED)
    assert "31/07/2022" in (late.reason() or "")
    assert "moi.xlsx" in (late.reason() or "")
    assert result.overview.accepted_rows() == 2
    assert small.master_sha() != before, "the list of received files shows it"


def test_of_two_with_the_same_day_and_number_the_later_arrival_counts_with_a_warning(small: Small) -> None:
    small.put("z.xlsx", report("A", "SK-1"))
    small.merge()
    small.put("a.xlsx", report("A", "SK-1", "SK-2"))
    result = small.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {
        "a.xlsx": "replaced", "z.xlsx": "superseded",
    }  # fmt: skip
    (current,) = result.overview.current
    assert [finding.code for finding in current.findings] == ["same_report_number"]
    assert not result.faultless
    assert small.problems() == []


def test_rows_that_a_newer_report_drops_silently_are_listed(small: Small) -> None:
    small.put("A1.xlsx", report("A", "SK-1", "SK-2", "SK-3"))
    small.merge()
    small.put("A2.xlsx", report("A", "SK-1", day=NEXT))
    (current,) = small.merge().overview.current
    finding = next(finding for finding in current.findings if finding.code == "rows_gone")
    assert finding.facts["count"] == 2
    assert "Cải tiến SK-2" in str(finding.facts["titles"])


def test_a_corrected_file_over_the_old_one_counts_and_the_old_one_can_still_be_proved(small: Small) -> None:
    first = report("A", "SK-1")
    file = small.put("A.xlsx", first)
    first_sha = small.merge().files[0].sha256
    file.write_bytes(report("A", "SK-1", "SK-2"))
    assert small.problems()[0] == "inbox_altered"
    assert small.outcomes() == {"A.xlsx": "replaced"}
    assert first_sha is not None
    assert archived(small.campaign, first_sha).read_bytes() == first
    assert small.problems() == []


def test_the_first_content_put_back_over_the_correction_is_the_later_arrival(small: Small) -> None:
    file = small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    file.write_bytes(report("A", "SK-1", "SK-2"))
    assert small.merge().overview.accepted_rows() == 2
    file.write_bytes(report("A", "SK-1"))
    result = small.merge()
    assert result.overview.accepted_rows() == 1
    assert small.problems() == []
    assert small.outcomes() == {"A.xlsx": "unchanged"}


def test_identical_content_under_two_names_counts_once_and_both_are_named(small: Small) -> None:
    content = report("A", "SK-1")
    small.put("A.xlsx", content)
    small.put("thư mục con/bản sao.xlsx", content)
    result = small.merge()
    assert [(one.path.name, one.outcome.value) for one in result.files] == [
        ("A.xlsx", "accepted"), ("bản sao.xlsx", "unchanged"),
    ]  # fmt: skip
    assert "A.xlsx" in (result.files[1].reason() or "")
    assert len(result.overview.reports) == 1
    assert small.problems() == []


def test_identical_content_that_is_refused_is_refused_under_both_names(small: Small) -> None:
    small.put("1.xlsx", report("KHONG-CO"))
    small.put("2.xlsx", report("KHONG-CO"))
    assert small.outcomes() == {"1.xlsx": "quarantined", "2.xlsx": "quarantined"}
    assert small.outcomes() == {"1.xlsx": "quarantined", "2.xlsx": "quarantined"}


def test_files_from_elsewhere_are_copied_by_content_and_never_over_another(small: Small, tmp_path: Path) -> None:
    for folder, unit in (("mail 1", "A"), ("mail 2", "B")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "báo cáo.xlsx").write_bytes(report(unit, f"SK-{unit}"))
    outcomes = [one.outcome.value for one in small.merge(tmp_path / "mail 1", tmp_path / "mail 2").files]
    assert outcomes == ["accepted", "accepted"]
    inbox = sorted(file.name for file in small.campaign.inbox.iterdir())
    assert len(inbox) == 2
    assert inbox[1] == "báo cáo.xlsx"
    assert inbox[0].startswith("báo cáo-")
    again = small.merge(tmp_path / "mail 1", tmp_path / "mail 2")
    assert [one.outcome.value for one in again.files] == ["unchanged", "unchanged"]
    assert sorted(file.name for file in small.campaign.inbox.iterdir()) == inbox
    assert small.problems() == []


def test_a_clash_of_names_that_a_link_holds_is_no_reason_to_write_through_it(small: Small, tmp_path: Path) -> None:
    elsewhere = tmp_path / "quý giá.xlsx"
    elsewhere.write_bytes(b"not ours")
    (small.campaign.inbox / "a.xlsx").symlink_to(elsewhere)
    (tmp_path / "a.xlsx").write_bytes(report("A", "SK-1"))
    assert small.outcomes(tmp_path / "a.xlsx") == {"a.xlsx": "accepted"}
    assert elsewhere.read_bytes() == b"not ours"
    assert len(list(small.campaign.inbox.iterdir())) == 2


def test_the_order_in_one_inbox_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    contents = [
        report("A", "SK-1", "SK-2"),
        report("B", "SK-2", row("SK-3", registered_on=date(2022, 6, 5), approved_on=None, status="Đang xem xét")),
        report("A", "SK-1", "SK-4", day=NEXT),
    ]
    results = []
    for number, names in enumerate((("1", "2", "3"), ("3", "1", "2"), ("2", "3", "1"))):
        small = Small(tmp_path / str(number))
        for name, content in zip(names, contents, strict=True):
            small.put(f"{name}.xlsx", content)
        results.append(figures(small.merge()))
    assert results[0] == results[1] == results[2]
    assert results[0]["rows"] == 4


def test_a_duplicate_across_units_stays_with_the_earliest_registration(small: Small) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("B.xlsx", report("B", row("SK-1", registered_on=date(2022, 2, 28))))
    result = small.merge()
    assert {one.unit: one.counts.duplicate for one in result.files} == {"A": 1, "B": 0}
    (pair,) = result.overview.pairs
    assert (pair.duplicate.report.unit_code, pair.kept.report.unit_code) == ("A", "B")
    small.put("B2.xlsx", report("B", "SK-9", day=NEXT))
    assert small.merge().overview.pairs == (), "the report that held the first one no longer counts"
    assert small.problems() == []


def test_a_report_of_no_rows_is_a_report(small: Small) -> None:
    small.put("A.xlsx", report("A"))
    result = small.merge()
    assert result.files[0].outcome is FileOutcome.ACCEPTED
    assert "A" not in {unit.code for unit in result.overview.missing()}
    assert small.problems() == []


def test_unchanged_files_are_not_read_again(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("sai.xlsx", report("KHONG-CO"))
    small.merge()
    monkeypatch.setattr("addin.intake.reader.read_workbook", lambda _: pytest.fail("read again"))
    assert small.outcomes() == {"A.xlsx": "unchanged", "sai.xlsx": "quarantined"}


class Together(Here):
    """Reads whatever there is in one handful."""

    def handfuls(self, files: Iterable[bytes]) -> Iterator[list[Reading[Any]]]:
        yield [one for handful in super().handfuls(files) for one in handful]


def merge_together(small: Small) -> MergeResult:
    return merge(small.campaign, [], by="thử@máy", now=small.now, readers=lambda task: Together(1, task))


def test_what_is_read_together_comes_to_the_same(small: Small) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("A2.xlsx", report("A", "SK-1", "SK-2", day=NEXT))
    small.put("C sai.xlsx", report("Z", "SK-3"))
    small.put("D.xlsx", report("D", "SK-4"))
    small.put("D bản sao.xlsx", report("D", "SK-4"))
    result = merge_together(small)
    apart = Small(small.folder.parent / "từng tệp")
    for file in small.campaign.inbox.iterdir():
        apart.put(file.name, file.read_bytes())
    assert [(one.path.name, one.outcome) for one in result.files] == [
        (one.path.name, one.outcome) for one in apart.merge().files
    ]
    assert small.sql("SELECT id, path, unit FROM submission") == apart.sql("SELECT id, path, unit FROM submission")
    assert small.problems() == []


def test_where_one_of_a_handful_cannot_be_stored_none_of_it_is(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    small.put("B.xlsx", report("B", "SK-2"))
    small.put("D.xlsx", report("D", "SK-3"))
    store = Ledger.store

    def refuse_d(self: Ledger, sha256: str, path: str, *others: Any) -> int:
        if path.endswith("D.xlsx"):
            raise sqlite3.OperationalError("database or disk is full")
        return store(self, sha256, path, *others)

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "store", refuse_d)
        with pytest.raises(CouldNotSave):
            merge_together(small)
    assert small.sql("SELECT unit FROM submission") == [("A",)]
    assert {one.path.name: one.outcome.value for one in merge_together(small).files} == {
        "A.xlsx": "unchanged", "B.xlsx": "accepted", "D.xlsx": "accepted",
    }  # fmt: skip
    assert small.problems() == []


def test_a_run_that_changes_nothing_leaves_the_master_and_makes_no_backup(small: Small) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    master, backups = small.master_sha(), sorted(small.campaign.backups.iterdir())
    assert small.merge().master_written is False
    assert (small.master_sha(), sorted(small.campaign.backups.iterdir())) == (master, backups)


@pytest.mark.parametrize("harm", ["gone", "altered", "renamed sheet"])
def test_a_master_that_was_lost_or_altered_is_rebuilt(small: Small, harm: str) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    master = small.campaign.master
    if harm == "gone":
        master.unlink()
    else:
        master.write_bytes(master.read_bytes() + b"x")
    assert small.merge().master_written
    assert small.problems() == []


def test_when_the_list_of_units_changes_reports_are_judged_again_wherever_their_files_are(small: Small) -> None:
    file = small.put("A.xlsx", report("A", "SK-1"))
    small.put("B.xlsx", report("B", "SK-2"))
    small.merge()
    file.write_bytes(report("A", "SK-1", "SK-3", day=NEXT))
    small.merge()
    settings = small.folder / "chien-dich.toml"
    settings.write_text(settings.read_text().replace("CĐCS Công ty B", "CĐCS Công ty Bê"), encoding="utf-8")
    assert small.problems() == ["judged_otherwise"]
    result = small.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {"A.xlsx": "unchanged", "B.xlsx": "unchanged"}
    assert "xét lại" in (result.files[0].reason() or "")
    assert result.overview.accepted_rows() == 3
    assert small.problems() == [], "the superseded report was judged again too, from the archive"


def test_a_unit_that_leaves_the_list_takes_its_report_out_of_every_total(small: Small) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("B.xlsx", report("B", "SK-2"))
    small.merge()
    settings = small.folder / "chien-dich.toml"
    whole = settings.read_text()
    settings.write_text(whole.replace('code = "B"', 'code = "BB"'), encoding="utf-8")
    result = small.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {
        "A.xlsx": "unchanged",
        "B.xlsx": "quarantined",
    }
    assert result.overview.accepted_rows() == 1
    assert small.problems() == []
    settings.write_text(whole, encoding="utf-8")
    result = small.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {"A.xlsx": "unchanged", "B.xlsx": "accepted"}
    assert result.overview.accepted_rows() == 2
    assert small.problems() == []


def test_a_report_that_is_not_admissible_any_more_leaves_though_its_file_is_gone(small: Small) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    file = small.put("B.xlsx", report("B", "SK-2"))
    small.merge()
    file.unlink()
    settings = small.folder / "chien-dich.toml"
    settings.write_text(settings.read_text().replace('code = "B"', 'code = "BB"'), encoding="utf-8")
    assert small.merge().overview.accepted_rows() == 1
    assert small.problems() == []


def test_a_refused_file_that_was_put_right_or_taken_away_is_no_longer_open(small: Small) -> None:
    wrong, other = small.put("sai.xlsx", report("KHONG-CO")), small.put("khác.txt", b"ghi chu")
    assert len(small.merge().overview.refused) == 2
    wrong.write_bytes(report("A", "SK-1"))
    other.unlink()
    assert small.merge().overview.refused == ()
    assert small.problems() == []


def test_a_district_accepts_its_own_unions_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    small = Small(tmp_path, UNITS, own="Q")
    for unit in "ABCD":
        small.put(f"{unit}.xlsx", report(unit, f"SK-{unit}"))
    result = small.merge()
    assert {one.unit: (one.outcome.value, one.code) for one in result.files} == {
        "A": ("accepted", None),
        "B": ("accepted", None),
        "C": ("quarantined", "unit_not_below"),
        "D": ("quarantined", "unit_not_below"),
    }
    assert result.overview.form is Form.UPPER
    assert small.problems() == []


def test_merging_the_campaign_folder_itself_takes_the_inbox_and_leaves_the_rest_alone(small: Small) -> None:
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    result = small.merge(small.folder)
    taken = [one.path.name for one in result.files if one.code is None]
    assert taken == ["A.xlsx"]
    assert {one.code for one in result.files if one.code} <= {"campaign_file", "system_file"}
    assert result.overview.refused == ()


def test_no_source_that_can_be_opened_is_a_problem_of_usage(small: Small) -> None:
    with pytest.raises(UsageProblem) as problem:
        small.merge(small.folder / "không có", small.folder / "cũng không")
    assert problem.value.error_code == "no_source"
    result = small.merge(small.folder / "không có", small.put("A.xlsx", report("A", "SK-1")))
    assert [one.code for one in result.files] == ["not_found", None]


def test_an_inbox_that_is_gone_is_said(small: Small) -> None:
    small.campaign.inbox.rmdir()
    with pytest.raises(UsageProblem) as problem:
        small.merge()
    assert problem.value.error_code == "no_source"
