"""Reminders and returned copies to many units: looked through once, sent at a measured pace, each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from addin.campaign.ledger import open_ledger
from addin.mail import actions, correspondence
from addin.mail.accounts import Account
from addin.mail.correspondence import Done, Plan
from addin.mail.drafts import DraftFiles
from addin.mail.outbox import Pace
from addin.mail.problems import LoginRefused
from addin.mail.report import By
from addin.merge.picture import overview_of
from addin.returns.returning import Returned, due_day, return_reports
from tests.end_to_end.small_campaign import Small, row
from tests.end_to_end.small_campaign import report as unit_report
from tests.mail.campaigns import address_of, campaign
from tests.mail.conftest import PASSWORD, Clock
from tests.mail.post_office import PostOffice

pytestmark = pytest.mark.usefixtures("_reading_here")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A city of four unions: A reports, B reports with an error, C and D are silent."""
    one = campaign(tmp_path, "TP")
    one.put("A.xlsx", unit_report("A", "SK-1"))
    one.put("B.xlsx", unit_report("B", row("SK-2", base_support=300_000)))
    one.merge()
    return one


@pytest.fixture
def send(small: Small, account: Account, by: By, pace: Pace) -> Callable[..., Done]:
    def one(plan: Plan, password: str = PASSWORD) -> Done:
        return correspondence.send_all(small.campaign, plan, account, lambda: SecretStr(password), by, pace)

    return one


def returned(small: Small, by: By) -> Returned:
    now = by.now()
    with open_ledger(small.campaign, by=by.user, now=now) as ledger:
        overview = overview_of(small.campaign, ledger, by=by.user, now=now)
    due = due_day(small.campaign, now.date())
    return return_reports(small.campaign, overview, today=now.date(), due=due)


def test_those_that_have_not_sent_are_reminded(
    small: Small, send: Callable[..., Done], by: By, post_office: PostOffice
) -> None:
    plan = correspondence.plan_reminders(small.campaign, by)
    assert [(one.address, one.units) for one in plan.letters] == [(address_of("C"), ("C",)), (address_of("D"), ("D",))]
    assert send(plan).everything
    assert sorted(mail.recipients[0] for mail in post_office.taken) == [address_of("C"), address_of("D")]
    body = post_office.taken[0].message.get_body()
    assert body is not None
    text = body.get_content()
    assert "CĐCS Trường C (C)" in text
    assert "LĐLĐ thành phố chưa nhận được báo cáo" in text
    assert "Hạn nộp" in text
    assert small.problems() == []


def test_whoever_has_sent_meanwhile_is_not_reminded(small: Small, by: By) -> None:
    small.put("C.xlsx", unit_report("C", "SK-3"))
    plan = actions.plan_reminders(small.folder, here=actions.Surroundings(by=by, workers=1))
    assert [one.units for one in plan.letters] == [("D",)]


def test_a_plan_alone_sends_nothing(small: Small, by: By, post_office: PostOffice) -> None:
    correspondence.plan_reminders(small.campaign, by)
    assert not post_office.commands
    assert small.sql("SELECT name FROM sqlite_schema WHERE name LIKE 'mail%'") == []


def test_nobody_is_reminded_twice_on_one_day(
    small: Small, send: Callable[..., Done], by: By, clock: Clock, post_office: PostOffice
) -> None:
    send(correspondence.plan_reminders(small.campaign, by))
    again = correspondence.plan_reminders(small.campaign, by)
    assert again.open == ()
    assert [one.earlier for one in again.letters] == ["sent", "sent"]
    send(again)
    assert len(post_office.taken) == 2
    clock.moment += timedelta(days=1)
    assert len(correspondence.plan_reminders(small.campaign, by).open) == 2


def test_one_person_for_several_units_gets_one_letter(tmp_path: Path, by: By) -> None:
    small = campaign(tmp_path, "TP")
    settings = small.folder / "chien-dich.toml"
    settings.write_text(settings.read_text().replace(address_of("C"), address_of("D")))
    small.put("A.xlsx", unit_report("A", "SK-1"))
    small.put("B.xlsx", unit_report("B", "SK-2"))
    small.merge()
    (letter,) = correspondence.plan_reminders(small.campaign, by).letters
    assert set(letter.units) == {"C", "D"}
    assert "CĐCS Trường C (C)" in letter.letter.body
    assert "CĐCS Bệnh viện D (D)" in letter.letter.body


def test_units_without_an_address_are_listed(tmp_path: Path, by: By) -> None:
    small = campaign(tmp_path, "TP", but=("C", "D"))
    small.put("A.xlsx", unit_report("A", "SK-1"))
    small.put("B.xlsx", unit_report("B", "SK-2"))
    small.merge()
    plan = correspondence.plan_reminders(small.campaign, by)
    assert plan.letters == ()
    assert {left.unit for left in plan.without_address} == {"C", "D"}


def test_letters_go_out_at_a_measured_pace_over_one_connection(
    small: Small, send: Callable[..., Done], by: By, clock: Clock, post_office: PostOffice
) -> None:
    send(correspondence.plan_reminders(small.campaign, by))
    assert clock.waits == [1.0]
    assert len(post_office.logins) == 1


def test_one_refused_address_stops_nobody_else(
    small: Small, send: Callable[..., Done], by: By, post_office: PostOffice
) -> None:
    post_office.moods.answers = {address_of("D"): "550 5.1.1 No such user"}
    done = send(correspondence.plan_reminders(small.campaign, by))
    assert not done.everything
    assert {r.address: r.state for item in done.items for r in item.recipients} == {
        address_of("D"): "refused",
        address_of("C"): "sent",
    }


def test_a_wrong_password_loses_no_letter(
    small: Small, send: Callable[..., Done], by: By, post_office: PostOffice
) -> None:
    plan = correspondence.plan_reminders(small.campaign, by)
    with pytest.raises(LoginRefused):
        send(plan, "sai")
    assert post_office.logins == [("PLAIN", False)]
    assert small.sql("SELECT state FROM mail_recipient") == [("queued",), ("queued",)]
    assert send(correspondence.plan_reminders(small.campaign, by)).everything
    assert len(post_office.taken) == 2


def test_a_mailing_that_was_stopped_goes_on_with_those_left(
    small: Small, account: Account, send: Callable[..., Done], by: By, pace: Pace, post_office: PostOffice
) -> None:
    def stopped(_: float) -> None:
        raise KeyboardInterrupt

    plan = correspondence.plan_reminders(small.campaign, by)
    with pytest.raises(KeyboardInterrupt):
        correspondence.send_all(
            small.campaign, plan, account, lambda: SecretStr(PASSWORD), by, Pace(wait=stopped, timeouts=pace.timeouts)
        )
    assert len(post_office.taken) == 1
    assert send(correspondence.plan_reminders(small.campaign, by)).everything
    assert sorted(mail.recipients[0] for mail in post_office.taken) == [address_of("C"), address_of("D")]


def test_a_letter_that_went_out_while_the_plan_was_looked_through_does_not_go_twice(
    small: Small, send: Callable[..., Done], by: By, post_office: PostOffice
) -> None:
    mine, anothers = (correspondence.plan_reminders(small.campaign, by) for _ in range(2))
    assert send(anothers).everything
    assert send(mine).everything
    assert len(post_office.taken) == 2
    drafts = DraftFiles(small.folder / "nháp")
    assert correspondence.draft_all(small.campaign, mine, drafts, by).everything
    assert not (small.folder / "nháp").exists()


def test_what_waits_for_another_account_goes_out_in_the_name_of_the_one_that_sends(
    small: Small, account: Account, send: Callable[..., Done], by: By, pace: Pace, post_office: PostOffice
) -> None:
    with pytest.raises(LoginRefused):
        send(correspondence.plan_reminders(small.campaign, by), "sai")
    other = account.model_copy(update={"name": "khac", "address": "khac@q.example.vn"})
    plan = correspondence.plan_reminders(small.campaign, by, other)
    correspondence.send_all(small.campaign, plan, other, lambda: SecretStr(PASSWORD), by, pace)
    assert [mail.message["From"] for mail in post_office.taken] == [other.address] * 2
    assert correspondence.plan_reminders(small.campaign, by).open == ()


def test_two_letters_to_a_unit_on_one_day_are_two_drafts(small: Small, by: By) -> None:
    small.put("B lần 2.xlsx", unit_report("B", row("SK-2", base_support=300_000), members=None))
    small.merge()
    plan = correspondence.plan_returns(small.campaign, returned(small, by), by)
    assert [one.address for one in plan.letters] == [address_of("B")] * 2
    done = correspondence.draft_all(small.campaign, plan, DraftFiles(small.folder / "thu-di"), by)
    assert len({item.outgoing.file for item in done.items}) == 2
    assert len(list((small.folder / "thu-di").glob("*.eml"))) == 2


def test_drafts_are_laid_for_all(small: Small, by: By) -> None:
    plan = correspondence.plan_reminders(small.campaign, by)
    done = correspondence.draft_all(small.campaign, plan, DraftFiles(small.folder / "thu-di"), by)
    assert done.everything
    drafts = sorted((small.folder / "thu-di").glob("*.eml"))
    assert len(drafts) == 2
    assert all(b"X-Unsent: 1" in draft.read_bytes() for draft in drafts)


def test_a_marked_copy_goes_back_with_its_receipt_once(
    small: Small, send: Callable[..., Done], by: By, post_office: PostOffice
) -> None:
    plan = correspondence.plan_returns(small.campaign, returned(small, by), by)
    assert [(one.address, one.units) for one in plan.letters] == [(address_of("B"), ("B",))]
    assert send(plan).everything
    (mail,) = post_office.taken
    (attachment,) = mail.message.iter_attachments()
    (copy,) = (small.folder / "tra-lai").glob("*.xlsx")
    assert attachment.get_filename() == copy.name
    assert attachment.get_content() == copy.read_bytes()
    body = mail.message.get_body()
    assert body is not None
    assert "PHIẾU KẾT QUẢ KIỂM TRA" in body.get_content()
    again = correspondence.plan_returns(small.campaign, returned(small, by), by)
    assert again.open == ()


def test_the_sender_is_answered_where_no_address_is_known(tmp_path: Path, by: By) -> None:
    small = campaign(tmp_path, "TP", but=("B",))
    file = small.put("B.xlsx", unit_report("B", row("SK-2", base_support=300_000)))
    small.merge()
    assert correspondence.plan_returns(small.campaign, returned(small, by), by).letters == ()
    _note_sender(small, file, "ke-toan@example.com", by)
    (letter,) = correspondence.plan_returns(small.campaign, returned(small, by), by).letters
    assert letter.address == "ke-toan@example.com"
    assert not letter.vouched_for


def _note_sender(small: Small, file: Path, sender: str, by: By) -> None:
    import hashlib

    from addin.mail import store

    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    key = ("q@127.0.0.1", "INBOX", 1, 7)
    with open_ledger(small.campaign, by=by.user, now=by.now()) as ledger, ledger.transaction():
        store.put(
            ledger, by.now(),
            store.Collected(*key, "<1@x>", sender, None, "Báo cáo", None, "fetched", None, "2022-07-01"),
            store.CollectedFile(*key, 1, "B.xlsx", "taken", sha256, "nhan/B.xlsx", None, "{}"),
        )  # fmt: skip
