"""The demo campaign: what was put into it is what the product must find."""

import shutil
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from addin.campaign.folder import open_campaign
from addin.campaign.units_csv import read_units
from addin.demo import DemoCampaign, build_demo
from addin.demo.build import MARKER, READ_ME, UNITS_CSV
from addin.errors import UsageProblem
from addin.intake.reader import read_workbook
from validation.assess import assess
from validation.errors import Refusal
from validation.fields import ROW_FIELD
from validation.programme import load_programme
from validation.submission import Outcome, Submission
from validation.units import Level, UnitTree


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoCampaign:
    return build_demo(tmp_path_factory.mktemp("demo") / "thu")


@pytest.fixture(scope="module")
def read(demo: DemoCampaign) -> dict[Path, Submission]:
    tree = UnitTree(demo.units)
    programme = load_programme()
    files = (submission.path for submission in demo.submissions)
    return {path: assess(read_workbook((demo.folder / path).read_bytes()), programme, tree) for path in files}


def test_the_folder_is_a_campaign_of_sixty_units(demo: DemoCampaign) -> None:
    campaign = open_campaign(demo.folder)
    levels = Counter(unit.level for unit in campaign.tree)
    directly = [u for u in campaign.tree if u.level is Level.GRASSROOTS and u.parent == campaign.unit.code]
    assert levels == {Level.CITY: 1, Level.UPPER: 5, Level.GRASSROOTS: 60}
    assert len(directly) == 9
    assert tuple(read_units(demo.folder / UNITS_CSV)) == demo.units


def test_some_units_never_report_and_the_others_bring_about_fifteen_hundred_rows(demo: DemoCampaign) -> None:
    sizes = [sum(bool(row.meant) for row in submission.rows) for submission in demo.counting]
    assert len(sizes) == 56
    assert 1_400 <= sum(sizes) <= 1_600
    assert min(sizes) == 3
    assert max(sizes) > 80


def test_the_inbox_holds_what_is_listed_and_nothing_else(demo: DemoCampaign) -> None:
    inbox = {path.relative_to(demo.folder) for path in (demo.folder / "nhan").rglob("*") if path.is_file()}
    assert inbox == {s.path for s in demo.submissions} | set(demo.refused) | set(demo.copies)
    for copy, original in demo.copies.items():
        assert (demo.folder / copy).read_bytes() == (demo.folder / original).read_bytes()


def test_every_report_is_read_with_the_cover_that_was_typed(demo: DemoCampaign, read: dict[Path, Submission]) -> None:
    for submission in demo.submissions:
        cover = read[submission.path].cover
        found = (cover.unit_code, cover.report_date, cover.report_number, cover.members, cover.workers)
        typed = (
            submission.unit,
            submission.report_date,
            submission.report_number,
            submission.members,
            submission.workers,
        )
        assert found == typed, submission.path


def test_every_row_ends_where_it_was_meant_to(demo: DemoCampaign, read: dict[Path, Submission]) -> None:
    for submission in demo.submissions:
        judged = {row.number: row for row in read[submission.path].rows}
        meant = {row.number: row.fate for row in submission.rows if row.fate is not Outcome.BLANK}
        assert {number: row.outcome for number, row in judged.items()} == meant, submission.path
        assert read[submission.path].blank_rows == submission.count(Outcome.BLANK), submission.path


def test_every_cell_is_read_as_it_was_meant(demo: DemoCampaign, read: dict[Path, Submission]) -> None:
    answers = load_programme().answers
    for submission in demo.submissions:
        meant = {row.number: row.meant for row in submission.rows}
        for row in read[submission.path].rows:
            for name, field in ROW_FIELD.items():
                if not field.typed or name in {"unit_code", "unit_name"} or name.startswith("source_"):
                    continue
                found = getattr(row, name)
                if name == "co_authors":
                    found = "; ".join(found) or None
                if isinstance(found, bool):
                    found = answers.yes if found else answers.no
                assert found == meant[row.number].get(name), (submission.path, row.number, name)


def test_what_is_wrong_is_found_and_nothing_else_is(demo: DemoCampaign, read: dict[Path, Submission]) -> None:
    for submission in demo.submissions:
        found: dict[int | None, set[str]] = {}
        for finding in read[submission.path].findings:
            found.setdefault(finding.row, set()).add(finding.code)
        expected: dict[int | None, set[str]] = {row.number: set(row.findings) for row in submission.rows}
        expected[None] = set(submission.findings)
        assert found == {place: codes for place, codes in expected.items() if codes}, submission.path


def test_most_reports_are_clean(demo: DemoCampaign) -> None:
    faulty = [s for s in demo.counting if s.findings or any(row.findings for row in s.rows)]
    rejected = sum(submission.count(Outcome.REJECTED) for submission in demo.counting)
    assert 14 <= len(faulty) <= 35
    assert 20 <= rejected <= 60


def test_every_kind_of_trouble_occurs(demo: DemoCampaign) -> None:
    found = {code for submission in demo.submissions for row in submission.rows for code in row.findings}
    found |= {code for submission in demo.submissions for code in submission.findings}
    assert found >= {
        "amount_as_text", "applied_outside_window", "approved_before_registered", "base_over_cap",
        "base_without_approval", "choice_untidy", "cover_untidy",
        "date_as_text", "duplicate_code", "hidden_rows", "invisible_characters", "ip_protected", "legacy_font",
        "missing_approval_date", "missing_required",
        "not_nfc", "not_registered", "number_in_text", "people_separator", "registered_before_portal",
        "registered_outside_phases", "stray_spaces",
        "suspiciously_small_amount", "unit_code_untidy", "unknown_choice", "unreadable_amount", "unreadable_date",
    }  # fmt: skip


def test_files_that_are_no_reports_are_refused_as_intended(demo: DemoCampaign) -> None:
    tree, programme = UnitTree(demo.units), load_programme()
    at_the_door = {"owner_file"}
    for path, code in demo.refused.items():
        if code in at_the_door:
            continue
        with pytest.raises(Refusal) as refusal:
            assess(read_workbook((demo.folder / path).read_bytes()), programme, tree)
        assert refusal.value.code == code, path


def test_second_reports_replace_first_ones(demo: DemoCampaign) -> None:
    newest = {submission.unit: submission for submission in demo.counting}
    earlier = [submission for submission in demo.submissions if submission.superseded]
    assert len(earlier) == 3
    for submission in earlier:
        codes = {row.meant["registration_code"] for row in submission.rows}
        later = {row.meant.get("registration_code") for row in newest[submission.unit].rows}
        assert submission.report_date < newest[submission.unit].report_date
        assert codes - later == set(newest[submission.unit].gone)


def test_registration_codes_are_shared_on_purpose_only(demo: DemoCampaign) -> None:
    owners: dict[object, set[str]] = {}
    for submission in demo.counting:
        for row in submission.rows:
            owners.setdefault(row.meant.get("registration_code"), set()).add(submission.unit)
    owners.pop(None)
    assert {code for code, units in owners.items() if len(units) > 1} == set(demo.shared_codes)
    assert len(demo.shared_codes) == 4


def test_titles_do_not_resemble_each_other_except_on_purpose(demo: DemoCampaign) -> None:
    for submission in demo.counting:
        titles = {str(r.meant["title"]) for r in submission.rows if r.fate is Outcome.ACCEPTED and r.meant.get("title")}
        ordered = sorted(titles)
        scores = process.cdist(ordered, ordered, scorer=fuzz.ratio, score_cutoff=90)
        alike = [(a, b) for i, a in enumerate(ordered) for j, b in enumerate(ordered) if i < j and scores[i][j]]
        assert all(b == f"{a} của đơn vị" for a, b in alike), submission.path


def test_days_follow_each_other_and_lie_before_the_report(demo: DemoCampaign) -> None:
    for submission in demo.submissions:
        for row in submission.rows:
            if row.findings or not row.meant or row.fate is not Outcome.ACCEPTED:
                continue
            names = ("applied_on", "recognised_on", "registered_on", "approved_on")
            days = [day for name in names if isinstance(day := row.meant.get(name), date)]
            assert days == sorted(days)
            assert days[-1] <= submission.report_date


@pytest.fixture
def a_copy(demo: DemoCampaign, tmp_path: Path) -> Path:
    """A demo folder to do something to."""
    return Path(shutil.copytree(demo.folder, tmp_path / "demo"))


def test_another_seed_gives_another_content_and_progress_counts_every_file(demo: DemoCampaign, tmp_path: Path) -> None:
    calls: list[tuple[str, int, int | None]] = []
    other = build_demo(tmp_path, seed=7, progress=lambda stage, done, total: calls.append((stage, done, total)))
    assert other.submissions != demo.submissions
    total = len(other.submissions) + len(other.refused) + len(other.copies)
    assert [done for _, done, _ in calls] == list(range(1, total + 1))
    assert {total_said for _, _, total_said in calls} == {total}


def test_an_earlier_demo_is_built_anew_with_the_same_content(demo: DemoCampaign, a_copy: Path) -> None:
    (a_copy / "tong-hop.xlsx").write_bytes(b"an old master")
    (a_copy / "so-cai.sqlite").write_bytes(b"an old ledger")
    (a_copy / "sao-luu" / "old").write_bytes(b"")
    (a_copy / demo.submissions[0].path).unlink()
    again = build_demo(a_copy)
    assert again.submissions == demo.submissions
    assert again.refused == demo.refused
    assert not (a_copy / "tong-hop.xlsx").exists()
    assert not (a_copy / "so-cai.sqlite").exists()
    assert not list((a_copy / "sao-luu").iterdir())


def test_an_interrupted_demo_is_built_anew(tmp_path: Path) -> None:
    class Interrupted(Exception):  # noqa: N818
        pass

    def interrupt(stage: str, done: int, total: int | None) -> None:
        if done == 5:
            raise Interrupted

    with pytest.raises(Interrupted):
        build_demo(tmp_path, progress=interrupt)
    assert len(build_demo(tmp_path).counting) == 56


@pytest.mark.parametrize("name", ["bai-viet.docx", "nhan/bao-cao-that.xlsx", "luu-y/ghi-chu.txt"])
def test_a_folder_with_something_of_ones_own_is_left_alone(a_copy: Path, name: str) -> None:
    own = a_copy / name
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(b"mine")
    with pytest.raises(UsageProblem) as problem:
        build_demo(a_copy)
    assert problem.value.error_code == "demo_not_empty"
    assert own.read_bytes() == b"mine"


def test_a_real_campaign_is_left_alone(demo: DemoCampaign, a_copy: Path) -> None:
    (a_copy / MARKER).unlink()
    with pytest.raises(UsageProblem):
        build_demo(a_copy)
    assert (a_copy / demo.submissions[0].path).exists()


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(UsageProblem):
        build_demo(tmp_path / "demo")


def test_the_folder_says_what_is_in_it(demo: DemoCampaign) -> None:
    text = (demo.folder / READ_ME).read_text(encoding="utf-8-sig")
    assert "bịa" in text
    assert all(f"{name}" in text for name in ("nhan", "tong-hop.xlsx", UNITS_CSV))
    assert unicodedata.is_normalized("NFC", text)
