"""Paying on real campaigns: closed once, printed again the same, void with a trace, whole after every interruption."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from addin.campaign.backups import list_backups, restore
from addin.errors import CouldNotSave, UsageProblem
from addin.merge.withdrawing import withdraw
from addin.payments.paying import Payments, Printed, pay, reprint, void
from tests.end_to_end.small_campaign import Small, consolidation, read_here, report, row
from validation.payments import Fund

REFUSED = row("SK-1", status="Không hợp lệ", approved_on=None)


@dataclass
class Payer:
    """A merged campaign, and short words for what is done to it."""

    small: Small

    def pay(self, phase: int = 1, **options: Any) -> Payments:
        return pay(self.small.campaign, phase, by="thử@máy", now=self.small.now, **options)

    def reprint(self, which: str) -> Printed:
        return reprint(self.small.campaign, which, by="thử@máy", now=self.small.now)

    def void(self, which: str, reason: str = "sai ngày", name: str = "Hạnh") -> Printed:
        return void(self.small.campaign, which, reason=reason, name=name, by="thử@máy", now=self.small.now)

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted((self.small.folder / "chi").iterdir())}

    def report_again(self, unit: str, *codes: str | dict[str, Any], later: int = 1) -> None:
        self.small.put(f"{unit} {later}.xlsx", report(unit, *codes, day=date(2022, 6, 30) + timedelta(days=later)))
        self.small.merge()


@pytest.fixture
def payer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Payer:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2"))
    small.put("B.xlsx", report("B", "SK-3", row("SK-1")))
    small.put("D.xlsx", report("D", row("SK-4", base_support=None)))
    small.merge()
    return Payer(small)


def keys(payments: Payments) -> list[str]:
    return [one.record.key for one in payments.made]


def test_everything_due_is_paid_once_and_the_master_stays(payer: Payer) -> None:
    master = payer.small.master_sha()
    done = payer.pay()
    assert keys(done) == ["Q-GD1-2022-01", "TP-GD1-2022-01", "A-GD1-2022-01-CS", "B-GD1-2022-01-CS"]
    assert (done.drafts.total(Fund.UPPER), done.drafts.total(Fund.BASE)) == (400_000, 450_000)
    assert sorted(payer.files()) == [
        "cdcs-tu-chi_Q_GD1_2022-01.xlsx", "danh-sach-chi_Q_GD1_2022-01.xlsx", "danh-sach-chi_TP_GD1_2022-01.xlsx",
    ]  # fmt: skip
    again = payer.pay()
    assert (again.made, again.drafts.lists, again.files) == ((), (), ())
    assert [one.record.key for one in again.closed] == keys(done)
    assert payer.small.master_sha() == master
    assert payer.small.problems() == []
    payer.small.merge()
    assert payer.small.master_sha() == master, "a payment is nothing that the master shows"


def test_what_was_agreed_to_is_closed_and_nothing_else(payer: Payer) -> None:
    seen = payer.pay(dry=True).drafts
    payer.report_again("A", "SK-1", "SK-2", "SK-9")
    with pytest.raises(UsageProblem) as problem:
        payer.pay(agreed=seen)
    assert problem.value.error_code == "payments_changed"
    assert (problem.value.facts["upper_agreed"], problem.value.facts["upper_now"]) == ("400.000", "500.000")
    assert payer.files() == {}
    assert not payer.pay(dry=True).closed
    seen = payer.pay(dry=True).drafts
    assert payer.pay(agreed=seen).drafts == seen


def test_lines_that_changed_within_the_same_total_are_not_what_was_agreed_to(payer: Payer) -> None:
    seen = payer.pay(dry=True).drafts
    payer.report_again("A", "SK-1", "SK-8")
    with pytest.raises(UsageProblem) as problem:
        payer.pay(agreed=seen)
    assert problem.value.error_code == "payments_changed"


def test_a_dry_run_changes_nothing(payer: Payer) -> None:
    before = payer.small.sql("SELECT count(*) FROM journal")
    done = payer.pay(dry=True)
    assert (done.drafts.total(Fund.UPPER), done.made, payer.files()) == (400_000, (), {})
    assert payer.small.sql("SELECT count(*) FROM journal") == before


def test_a_rejection_after_payment_is_in_the_next_list(payer: Payer) -> None:
    payer.pay()
    payer.report_again("A", REFUSED, "SK-2", row("SK-5"))
    done = payer.pay()
    (upper,) = (one for one in done.made if one.record.fund is Fund.UPPER)
    assert [(item.registration_code, item.amount, item.refers) for item in upper.items] == [
        ("SK-5", 100_000, None),
        ("SK-1", -100_000, "Q-GD1-2022-01"),
    ]
    assert upper.record.amount == 0
    assert payer.pay().made == ()
    assert payer.small.problems() == []


def test_a_withdrawn_report_is_taken_back_and_paid_again_when_it_counts_again(payer: Payer) -> None:
    payer.pay()
    options: dict[str, Any] = {"reason": "nhầm", "name": "Hạnh", "by": "x", "now": payer.small.now}
    withdraw(payer.small.campaign, "D", **options)
    (back,) = payer.pay().made
    assert (back.record.payer, back.record.amount) == ("TP", -100_000)
    withdraw(payer.small.campaign, "D", undo=True, **options)
    (forth,) = payer.pay().made
    assert (forth.record.amount, forth.items[0].refers) == (100_000, None)


def test_a_consolidation_is_paid_from_like_the_reports_in_it(payer: Payer, tmp_path: Path) -> None:
    bundle = consolidation(tmp_path / "Q", "Q", report("A", "SK-1", "SK-2", "SK-9", day=date(2022, 7, 5)))
    payer.pay()
    payer.small.put("Q.xlsx", bundle)
    payer.small.merge()
    (upper, base) = payer.pay().made
    assert [item.registration_code for item in upper.items] == ["SK-9"]
    assert base.record.payer == "A"


def test_a_district_pays_for_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    small = Small(tmp_path, own="Q")
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    assert keys(Payer(small).pay()) == ["Q-GD1-2022-01", "A-GD1-2022-01-CS"]


def test_each_payment_keeps_a_backup_of_the_ledger(payer: Payer) -> None:
    before = len(list_backups(payer.small.campaign))
    payer.pay()
    newest = list_backups(payer.small.campaign)[0]
    assert len(list_backups(payer.small.campaign)) == before + 1
    assert newest.ledger is not None
    connection = sqlite3.connect(newest.ledger)
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'payment_list'").fetchone() == (0,)
    connection.close()


# -- printing again ----------------------------------------------------------------------------------------------------


def test_a_list_is_printed_again_the_same_whatever_became_of_the_campaign(payer: Payer) -> None:
    payer.pay()
    before = payer.files()
    payer.report_again("A", REFUSED)
    settings = payer.small.folder / "chien-dich.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("CĐCS Công ty A", "Tên mới"), encoding="utf-8")
    for file in (payer.small.folder / "chi").iterdir():
        file.unlink()
    for name in before:
        assert payer.reprint(name).written
    assert payer.files() == before
    assert not payer.reprint("Q-GD1-2022-01").written, "it lies there already"


def test_what_somebody_changed_is_not_overwritten(payer: Payer) -> None:
    payer.pay()
    file = payer.small.folder / "chi" / "danh-sach-chi_Q_GD1_2022-01.xlsx"
    whole = file.read_bytes()
    file.write_bytes(b"written over")
    first, second = payer.reprint("q-gd1-2022-01"), payer.reprint("chi/danh-sach-chi_Q_GD1_2022-01.xlsx")
    assert first.file.name == "danh-sach-chi_Q_GD1_2022-01_in-lai.xlsx"
    assert (second.file, second.written) == (first.file, False)
    assert (file.read_bytes(), first.file.read_bytes()) == (b"written over", whole)


@pytest.mark.parametrize(
    "which",
    ["A-GD1-2022-01-CS", "a-gd1-2022-01-cs", "cdcs-tu-chi_Q_GD1_2022-01", "chi\\cdcs-tu-chi_Q_GD1_2022-01.xlsx"],
)
def test_a_list_is_named_by_its_key_or_its_file(payer: Payer, which: str) -> None:
    payer.pay()
    assert payer.reprint(which).file.name == "cdcs-tu-chi_Q_GD1_2022-01.xlsx"


@pytest.mark.parametrize(
    ("which", "code"), [("9/2022", "no_such_list"), ("01/2022", "list_ambiguous"), ("", "no_such_list")]
)
def test_a_name_that_fits_none_or_many_is_said(payer: Payer, which: str, code: str) -> None:
    payer.pay()
    with pytest.raises(UsageProblem) as problem:
        payer.reprint(which)
    assert problem.value.error_code == code
    assert "Q-GD1-2022-01" in str(problem.value.facts["known"])


def test_a_lost_file_is_named(payer: Payer) -> None:
    payer.pay()
    (payer.small.folder / "chi" / "danh-sach-chi_TP_GD1_2022-01.xlsx").unlink()
    assert [one.record.key for one in payer.pay().missing] == ["TP-GD1-2022-01"]


# -- voiding -----------------------------------------------------------------------------------------------------------


def test_a_void_list_leaves_a_trace_and_its_rows_can_be_paid_again(payer: Payer) -> None:
    payer.pay()
    before = payer.files()
    printed = payer.void("Q-GD1-2022-01")
    assert printed.file.name == "danh-sach-chi_Q_GD1_2022-01_da-huy.xlsx"
    assert {name: content for name, content in payer.files().items() if name in before} == before
    done = payer.pay()
    assert keys(done) == ["Q-GD1-2022-02"]
    assert done.made[0].record.amount == 300_000
    (trace,) = (one.void for one in done.closed if one.void is not None)
    assert (trace.list_key, trace.reason, trace.name) == ("Q-GD1-2022-01", "sai ngày", "Hạnh")
    assert payer.small.problems() == []


def test_a_whole_workbook_of_unions_own_lists_is_voided_by_its_name(payer: Payer) -> None:
    payer.pay()
    printed = payer.void("A-GD1-2022-01-CS")
    assert [one.record.key for one in printed.lists] == ["A-GD1-2022-01-CS"]
    printed = payer.void("cdcs-tu-chi_Q_GD1_2022-01.xlsx")
    assert [one.record.key for one in printed.lists] == ["B-GD1-2022-01-CS"]
    assert printed.file.name == "cdcs-tu-chi_Q_GD1_2022-01_da-huy-2.xlsx"


@pytest.mark.parametrize(("reason", "name"), [("", "Hạnh"), ("  ", "Hạnh"), ("sai", ""), ("sai", " ")])
def test_a_voiding_needs_a_reason_and_a_name(payer: Payer, reason: str, name: str) -> None:
    payer.pay()
    with pytest.raises(UsageProblem) as problem:
        payer.void("Q-GD1-2022-01", reason, name)
    assert problem.value.error_code == "void_reason_needed"


def test_a_list_is_voided_once(payer: Payer) -> None:
    payer.pay()
    payer.void("Q-GD1-2022-01")
    with pytest.raises(UsageProblem) as problem:
        payer.void("Q-GD1-2022-01")
    assert problem.value.error_code == "list_void_already"


# -- what cannot be ----------------------------------------------------------------------------------------------------


def test_days_of_lists_follow_each_other_and_none_lies_ahead(payer: Payer) -> None:
    payer.pay(day=date(2022, 6, 20))
    payer.report_again("A", "SK-1", "SK-2", "SK-7")
    for day, code in ((date(2022, 6, 19), "list_date_before"), (date(2030, 1, 1), "list_date_future")):
        with pytest.raises(UsageProblem) as problem:
            payer.pay(day=day)
        assert problem.value.error_code == code
    assert payer.pay(day=date(2022, 6, 20)).made[0].record.key == "Q-GD1-2022-02"


@pytest.mark.parametrize("phase", [0, 3])
def test_a_phase_that_is_none_is_said(payer: Payer, phase: int) -> None:
    with pytest.raises(UsageProblem) as problem:
        payer.pay(phase)
    assert problem.value.error_code == "phase_not_here"


def test_nothing_merged_yet_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as problem:
        Payer(Small(tmp_path)).pay()
    assert problem.value.error_code == "nothing_merged"


def test_after_an_older_ledger_was_brought_back_nothing_is_paid_twice(payer: Payer) -> None:
    payer.pay()
    restore(payer.small.campaign, "x", payer.small.now())
    with pytest.raises(UsageProblem) as problem:
        payer.pay()
    assert problem.value.error_code == "payment_list_unrecorded"
    for file in (payer.small.folder / "chi").iterdir():
        file.rename(payer.small.folder / file.name)
    assert keys(payer.pay())[0] == "Q-GD1-2022-01"


def test_on_altered_lists_nothing_is_paid_printed_or_voided(payer: Payer) -> None:
    payer.pay()
    payer.small.sql("UPDATE payment_item SET amount = amount - 1 WHERE position = 1 AND list_key = 'Q-GD1-2022-01'")
    for act in (payer.pay, lambda: payer.reprint("Q-GD1-2022-01"), lambda: payer.void("Q-GD1-2022-01")):
        with pytest.raises(CouldNotSave) as problem:
            act()
        assert (problem.value.error_code, problem.value.facts) == ("payments_altered", {"number": "Q-GD1-2022-01"})


# -- interruptions -----------------------------------------------------------------------------------------------------


class Stop(BaseException):
    """The power goes."""


STEPS = ["document_bytes", "_write", "back_up", "store.close", "_name", "flush_folder"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("kind", [Stop, OSError(28, "No space left on device")], ids=["stopped", "disk full"])
def test_stopped_at_any_step_it_is_paid_wholly_or_not_at_all(
    payer: Payer, step: str, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind

    with monkeypatch.context() as patch:
        patch.setattr(f"addin.payments.paying.{step}", fail)
        with pytest.raises((Stop, CouldNotSave)):
            payer.pay()
    lists = [one for one in payer.pay(dry=True).closed if one.void is None]
    closed = step in {"_name", "flush_folder"}
    assert len(lists) == (4 if closed else 0)
    assert not list(payer.small.folder.glob(".*.tmp"))
    assert payer.small.problems() == []
    assert bool(payer.files()) == (step == "flush_folder"), "no list to sign that nobody recorded"
    assert len(payer.pay().made) == (0 if closed else 4)
    for one in lists:
        payer.reprint(one.record.key)
    assert len(payer.files()) == 3


def test_a_file_that_cannot_be_named_is_said_with_the_way_out(payer: Payer, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(CouldNotSave) as problem:
        payer.pay()
    assert problem.value.error_code == "lists_closed_not_written"
    assert problem.value.facts["first"] == "Q-GD1-2022-01"


def test_nobody_pays_while_another_writes(payer: Payer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.campaign.lock._acquire", lambda _: False)  # held by another process
    with pytest.raises(CouldNotSave) as problem:
        payer.pay()
    assert problem.value.error_code == "campaign_busy"
    assert payer.files() == {}
