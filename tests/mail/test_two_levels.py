"""Two levels by mail: five unions send to their upper union, which collects, merges, returns what is faulty, takes the
corrected report and mails its consolidation to the city, which collects and merges. The figures are the oracle's.

Every mail goes the whole way: submitted to Dovecot with a password over STARTTLS, relayed by aiosmtpd, delivered by
LMTP, fetched by IMAP.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from addin import contract
from addin.campaign.ledger import open_ledger
from addin.mail import correspondence, report
from addin.mail.accounts import Account, Server
from addin.mail.collect import Collection, collect
from addin.mail.outbox import Pace
from addin.mail.report import By
from addin.mail.smtp import Handing, SmtpSession
from addin.merge.overview import Overview
from addin.merge.picture import overview_of
from addin.returns.returning import due_day, return_reports
from tests.end_to_end.campaign_maker import UNITS, make_papers, written
from tests.end_to_end.oracle import Expected, Line, Paper, breaks_a_rule, expect
from tests.end_to_end.plans import HAI_PHONG
from tests.end_to_end.small_campaign import Small
from tests.mail.campaigns import mail_from
from tests.mail.certificates import HOST, Authority
from tests.mail.conftest import QUICK
from tests.mail.mailboxes import Mailboxes
from tests.mail.post_office import Mail, PostOffice, into_mailboxes
from validation.units import Level, Unit

pytestmark = pytest.mark.usefixtures("_reading_here")

FIVE = tuple(f"TP-A-{number:03}" for number in range(1, 6))
CITY, UPPER = "TP", "TP-A"
KEYS = ("unit", "phase", "registered", "approved", "counted", "upper_support", "base_support", "member_authors",
        "members", "participation")  # fmt: skip


def address(code: str) -> str:
    return f"{code.lower()}@example.vn"


def password(code: str) -> str:
    return f"mật khẩu của {code}"


@pytest.fixture(scope="module")
def post(authority: Authority) -> Iterator[Mailboxes]:
    """Mailboxes of the five unions, the upper union and the city, between which mail can be sent."""
    deliver: list[Callable[[Mail], None]] = []
    users = {address(code): password(code) for code in (*FIVE, UPPER, CITY)}
    with (
        PostOffice(authority, security="none", login_needed=False, deliver=lambda mail: deliver[0](mail)) as office,
        Mailboxes(authority, users, relay_port=office.port) as mailboxes,
    ):
        deliver.append(into_mailboxes(mailboxes.lmtp))
        yield mailboxes


@pytest.fixture
def account(post: Mailboxes, authority: Authority) -> Callable[[str], Account]:
    def one(code: str) -> Account:
        return Account(
            name=code.lower(), address=address(code), user=address(code), ca_file=authority.ca_file,
            smtp=Server(host=HOST, port=post.submission, security="starttls"), imap=Server(host=HOST, port=post.imap),
        )  # fmt: skip

    return one


@pytest.fixture
def fetch(account: Callable[[str], Account], by: By) -> Callable[[Small, str], Collection]:
    def one(small: Small, code: str) -> Collection:
        return collect(small.campaign, account(code), SecretStr(password(code)), by, timeouts=QUICK)

    return one


@pytest.fixture
def submit(account: Callable[[str], Account], by: By) -> Callable[[Paper], None]:
    """A union mails its report to the upper union."""

    def one(paper: Paper) -> None:
        file = (f"Báo cáo {paper.unit} lần {paper.number}.xlsx", written(paper, HAI_PHONG, "xlsxwriter"))
        to = address(UPPER)
        data = mail_from(address(paper.unit), file, identity=f"<{paper.unit}.{paper.number}@example.vn>", to=to, by=by)
        with SmtpSession(account(paper.unit), SecretStr(password(paper.unit)), QUICK) as session:
            assert session.hand_over(data, [to], lambda _: None)[to].handing is Handing.SENT

    return one


def campaign(folder: Path, own: str) -> Small:
    units = [Unit(code, f"Đơn vị {code}", Level(level), parent, email=address(code)) for code, level, parent in UNITS]
    return Small(folder, units, own)


def papers() -> list[Paper]:
    """One report of each of the five."""
    first: dict[str, Paper] = {}
    for sent in make_papers(HAI_PHONG, 5):
        if sent.paper.unit in FIVE and sent.paper.number == 1:
            first.setdefault(sent.paper.unit, sent.paper)
    return [first[code] for code in FIVE]


def faulty(paper: Paper) -> bool:
    return any(is_faulty(line) for line in paper.lines)


def is_faulty(line: Line) -> bool:
    return line.means is not None and breaks_a_rule(line.means, HAI_PHONG)


def corrected(paper: Paper) -> Paper:
    lines = tuple(line for line in paper.lines if not is_faulty(line))
    return replace(paper, number=paper.number + 1, lines=lines)


def figures(overview: Overview) -> dict[str, Any]:
    totals = contract.totals(overview)
    phases = [{name: value for name, value in phase.items() if name != "name"} for phase in totals["phases"]]
    units = [{key: unit[key] for key in KEYS} for unit in contract.units(overview)]
    return {**totals, "phases": phases, "units": sorted(units, key=lambda unit: (unit["unit"], unit["phase"]))}


def expected(oracle: Expected) -> dict[str, Any]:
    return {**oracle.totals, "units": [{key: unit[key] for key in KEYS} for unit in oracle.units]}


def test_the_figures_of_five_unions_reach_the_city(
    tmp_path: Path, account: Callable[[str], Account], fetch: Callable[[Small, str], Collection],
    submit: Callable[[Paper], None], post: Mailboxes, by: By, pace: Pace,
) -> None:  # fmt: skip
    upper, city = campaign(tmp_path / "quan", UPPER), campaign(tmp_path / "thanh-pho", CITY)
    sent = papers()
    for paper in sent:
        submit(paper)

    # The upper union collects and merges.
    collected = fetch(upper, UPPER)
    assert collected.taken == 5
    assert {message.unit for message in collected.messages} == set(FIVE)
    assert figures(upper.merge().overview) == expected(expect(sent, HAI_PHONG))

    # It returns what is faulty; one union corrects its report and sends it again.
    returned_to = return_by_mail(upper, account(UPPER), by, pace)
    assert returned_to == [paper.unit for paper in sent if faulty(paper)]
    back = next(paper for paper in sent if faulty(paper))
    assert marked_copies_in(post, back.unit) == 1
    sent.append(corrected(back))
    submit(sent[-1])
    assert fetch(upper, UPPER).taken == 1

    # It sends its consolidation to the city, merged anew.
    sending = report.send_by_smtp(
        upper.campaign, report.preflight(upper.campaign, by, workers=1), report.addressees(upper.campaign, ()),
        account(UPPER), lambda: SecretStr(password(UPPER)), by, pace=pace,
    )  # fmt: skip
    assert sending.done
    oracle = expected(expect(sent, HAI_PHONG))
    assert figures(sending.preflight.overview) == oracle

    # The city collects the very bytes and merges: the same figures, and everything is proved at both.
    (message,) = fetch(city, CITY).messages
    (file,) = message.files
    assert message.unit == UPPER
    assert file.sha256 == hashlib.sha256(upper.campaign.master.read_bytes()).hexdigest()
    assert figures(city.merge().overview) == oracle
    assert upper.problems() == []
    assert city.problems() == []


def return_by_mail(small: Small, account: Account, by: By, pace: Pace) -> list[str]:
    """Mail the marked copies; the units they went to."""
    now = by.now()
    with open_ledger(small.campaign, by=by.user, now=now) as ledger:
        overview = overview_of(small.campaign, ledger, by=by.user, now=now)
    due = due_day(small.campaign, now.date())
    returned = return_reports(small.campaign, overview, today=now.date(), due=due)
    plan = correspondence.plan_returns(small.campaign, returned, by, account)
    secret = SecretStr(password(small.campaign.unit.code))
    done = correspondence.send_all(small.campaign, plan, account, lambda: secret, by, pace)
    assert done.everything
    return [code for letter in plan.letters for code in letter.units]


def marked_copies_in(post: Mailboxes, code: str) -> int:
    with post.looking_into(address(code)) as imap:
        imap.select("INBOX", readonly=True)
        _, (found,) = imap.search(None, "FROM", f'"{address(UPPER)}"')
        return len(found.split())
