"""Fetching from a real mailbox: only what is new, nothing changed there, everything named."""

from __future__ import annotations

import hashlib
import io
import socket
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from addin.mail.accounts import Account
from addin.mail.collect import Collection, collect
from addin.mail.imap import Mailbox, folder_on_the_wire
from addin.mail.problems import LoginRefused, MailProblem, NotReached
from addin.mail.report import By
from tests.end_to_end.small_campaign import Small
from tests.end_to_end.small_campaign import report as unit_report
from tests.mail.campaigns import address_of, campaign, mail_from
from tests.mail.certificates import Authority
from tests.mail.conftest import QUICK
from tests.mail.mailboxes import Mailboxes

pytestmark = pytest.mark.usefixtures("_reading_here")

BOX = "q@example.vn"
PASSWORD = "hộp thư Quận"
TOKEN = "token-cua-quan"


@pytest.fixture(scope="module")
def token_server() -> Iterator[int]:
    """What a provider of tokens says of one, as Dovecot asks it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
            good = token == TOKEN
            body = b'{"email": "q@example.vn"}' if good else b'{"error": "invalid_token"}'
            self.send_response(200 if good else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def dovecot(authority: Authority, token_server: int) -> Iterator[Mailboxes]:
    with Mailboxes(authority, {BOX: PASSWORD}, token_server_port=token_server) as mailboxes:
        yield mailboxes


@pytest.fixture
def mailboxes(dovecot: Mailboxes) -> Mailboxes:
    """The server with an empty mailbox."""
    with dovecot.looking_into(BOX) as imap:
        _, (count,) = imap.select("INBOX")
        if count != b"0":
            imap.store("1:*", "+FLAGS", "\\Deleted")
            imap.expunge()
    return dovecot


@pytest.fixture
def box(account_at: Callable[..., Account], mailboxes: Mailboxes) -> Account:
    return account_at(imap=mailboxes.imap, address=BOX)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return campaign(tmp_path)


@pytest.fixture
def fetch(small: Small, box: Account, by: By) -> Callable[..., Collection]:
    def one(account: Account = box, password: str = PASSWORD, folder: str | None = None) -> Collection:
        return collect(small.campaign, account, SecretStr(password), by, folder, timeouts=QUICK)

    return one


@pytest.fixture
def send(mailboxes: Mailboxes, by: By) -> Callable[..., None]:
    """A unit's mail lands in the mailbox."""

    def one(unit: str, *files: tuple[str, bytes], identity: str = "", address: str = "") -> None:
        one.number += 1  # type: ignore[attr-defined]
        identity = identity or f"<{one.number}@don-vi.example.vn>"  # type: ignore[attr-defined]
        mailboxes.deliver(BOX, mail_from(address or address_of(unit), *files, identity=identity, by=by))

    one.number = 0  # type: ignore[attr-defined]
    return one


def outcomes(collection: Collection) -> dict[str, str]:
    return {file.name: file.fate.value for message in collection.messages for file in message.files}


def codes(collection: Collection) -> dict[str, str | None]:
    return {
        file.name: file.refusal.code if file.refusal else None
        for message in collection.messages
        for file in message.files
    }


def zip_of(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_report_comes_into_the_inbox_with_its_provenance(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    data = unit_report("A", "SK-1")
    send("A", ("Báo cáo sáng kiến quý II – Công đoàn Công ty A.xlsx", data), identity="<bao-cao@a.vn>")
    collection = fetch()
    (message,) = collection.messages
    assert (message.sender, message.unit, message.message_id) == (address_of("A"), "A", "<bao-cao@a.vn>")
    (file,) = message.files
    assert file.path == "nhan/Báo cáo sáng kiến quý II – Công đoàn Công ty A.xlsx"
    assert (small.folder / file.path).read_bytes() == data
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert small.sql("SELECT sender, message_id, unit FROM mail_collected") == [
        (address_of("A"), "<bao-cao@a.vn>", "A")
    ]
    assert not message.needs_attention
    assert small.outcomes() == {"Báo cáo sáng kiến quý II – Công đoàn Công ty A.xlsx": "accepted"}
    assert small.problems() == []


def test_the_mailbox_is_left_as_it_was(
    mailboxes: Mailboxes, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    send("A", ("A.xlsx", unit_report("A", "SK-1")))
    send("B", ("B.xlsx", unit_report("B", "SK-2")))
    fetch()
    assert all(b"\\Seen" not in line for line in mailboxes.flags(BOX))
    assert len(mailboxes.flags(BOX)) == 2


def test_only_what_is_new_is_fetched(send: Callable[..., None], fetch: Callable[..., Collection]) -> None:
    send("A", ("A.xlsx", unit_report("A", "SK-1")))
    assert fetch().taken == 1
    assert fetch().messages == ()
    send("B", ("B.xlsx", unit_report("B", "SK-2")))
    assert outcomes(fetch()) == {"B.xlsx": "taken"}


def test_private_letters_are_neither_fetched_nor_on_record(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection], monkeypatch: pytest.MonkeyPatch
) -> None:
    send("A")
    fetched: list[int] = []
    whole = Mailbox.fetch
    monkeypatch.setattr(Mailbox, "fetch", lambda self, uid: fetched.append(uid) or whole(self, uid))
    assert fetch().messages == ()
    assert fetched == []
    assert [table for (table,) in small.sql("SELECT name FROM sqlite_schema WHERE name LIKE 'mail%'")] == [
        "mail_folder"
    ]
    assert fetch().messages == ()


def test_a_run_that_is_stopped_goes_on_with_the_next_message(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection], monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in ("A", "B", "C"):
        send(unit, (f"{unit}.xlsx", unit_report(unit, f"SK-{unit}")))
    whole, met = Mailbox.fetch, []

    def dropped(self: Mailbox, uid: int) -> bytes | None:
        met.append(uid)
        if len(met) == 2:
            self._imap.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
        return whole(self, uid)

    monkeypatch.setattr(Mailbox, "fetch", dropped)
    with pytest.raises(NotReached):
        fetch()
    monkeypatch.setattr(Mailbox, "fetch", whole)
    assert sorted(file.name for file in (small.folder / "nhan").iterdir()) == ["A.xlsx"]
    assert outcomes(fetch()) == {"B.xlsx": "taken", "C.xlsx": "taken"}


def test_a_mailbox_numbered_anew_brings_nothing_twice(
    small: Small, mailboxes: Mailboxes, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    send("A", ("A.xlsx", unit_report("A", "SK-1")))
    fetch()
    mailboxes.forget_numbers(BOX)
    assert outcomes(fetch()) == {"A.xlsx": "known"}
    assert [file.name for file in (small.folder / "nhan").iterdir()] == ["A.xlsx"]
    assert small.sql("SELECT count(DISTINCT uidvalidity) FROM mail_folder") == [(2,)]


def test_the_same_report_mailed_twice_lies_there_once(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    data = unit_report("A", "SK-1")
    send("A", ("A.xlsx", data), identity="<1@a.vn>")
    send("A", ("Bao cao (1).xlsx", data), identity="<1@a.vn>")
    assert outcomes(fetch()) == {"A.xlsx": "taken", "Bao cao (1).xlsx": "known"}
    assert [file.name for file in (small.folder / "nhan").iterdir()] == ["A.xlsx"]


def test_two_units_that_call_their_reports_alike_keep_both(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    for unit in ("A", "B"):
        send(unit, ("bao cao.xlsx", unit_report(unit, f"SK-{unit}")))
    assert fetch().taken == 2
    assert len(list((small.folder / "nhan").iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../evil.xlsx", "evil.xlsx"),
        ("C:\\Users\\x\\báo cáo.xlsx", "báo cáo.xlsx"),
        ("/etc/passwd", "passwd.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("tep.dat", "tep.dat.xlsx"),
        ("Bao cao\u202e xslx.exe", "Bao cao_ xslx.exe.xlsx"),
    ],
)
def test_a_file_name_leads_nowhere_else(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection], name: str, kept: str
) -> None:
    send("A", (name, unit_report("A", "SK-1")))
    fetch()
    assert [file.name for file in (small.folder / "nhan").iterdir()] == [kept]
    assert not (small.folder.parent / "evil.xlsx").exists()


def test_a_stranger_is_marked(small: Small, send: Callable[..., None], fetch: Callable[..., Collection]) -> None:
    send("A", ("A.xlsx", unit_report("A", "SK-1")), address="nguoi-la@example.com")
    collection = fetch()
    (message,) = collection.messages
    assert message.unit is None
    assert message.needs_attention
    assert collection.taken == 1
    assert small.sql("SELECT sender, unit FROM mail_collected") == [("nguoi-la@example.com", None)]


def test_a_strangers_report_does_not_vouch_for_the_next(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection], tmp_path: Path
) -> None:
    """The address on the cover of a report that a stranger sent stays a stranger's."""
    address = "nguoi-la@example.com"
    send("A", ("A.xlsx", unit_report("A", "SK-1")), address=address)
    fetch()
    small.merge()
    small.sql("UPDATE submission SET cover = json_set(cover, '$.reporter_email', ?)", (address,))
    send("A", ("A2.xlsx", unit_report("A", "SK-1", "SK-2", number=2)), address=address)
    (message,) = fetch().messages
    assert message.unit is None


def test_a_zip_is_opened_and_its_files_named(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    inner = zip_of(("x.txt", b"x"))
    data = zip_of(
        ("Công đoàn A/Báo cáo A.xlsx", unit_report("A", "SK-1")),
        ("../../B.xlsx", unit_report("B", "SK-2")),
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")),
        ("trong.zip", inner),
        ("__MACOSX/._A.xlsx", b"x"),
    )
    send("A", ("tat ca.zip", data))
    collection = fetch()
    assert codes(collection) == {
        "tat ca.zip/Báo cáo A.xlsx": None,
        "tat ca.zip/B.xlsx": None,
        "tat ca.zip/cu.xls": "old_xls",
        "tat ca.zip/trong.zip": "mail_zip_in_zip",
    }
    assert {file.name for file in (small.folder / "nhan").iterdir()} == {"Báo cáo A.xlsx", "B.xlsx"}
    assert collection.messages[0].needs_attention


def test_what_is_no_workbook_is_named_with_its_reason(
    send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    send("A", ("winmail.dat", b"\x78\x9f\x3e\x22" + b"\0" * 100))
    send("B", ("bao cao.pdf", b"%PDF-1.4 ..."), ("hong.xlsx", unit_report("B", "SK-1")[:500]), ("rong.zip", zip_of()))
    collection = fetch()
    assert codes(collection) == {
        "winmail.dat": "mail_winmail", "bao cao.pdf": "pdf", "hong.xlsx": "damaged", "rong.zip": "damaged",
    }  # fmt: skip
    assert set(outcomes(collection).values()) == {"refused"}
    assert "winmail.dat" in (collection.messages[0].files[0].reason() or "")


def test_a_paper_beside_the_workbook_is_left_without_fuss(
    small: Small, send: Callable[..., None], fetch: Callable[..., Collection]
) -> None:
    send("A", ("A.xlsx", unit_report("A", "SK-1")), ("A ban ky.pdf", b"%PDF-1.4 ..."))
    collection = fetch()
    assert outcomes(collection) == {"A.xlsx": "taken", "A ban ky.pdf": "left"}
    assert not collection.messages[0].needs_attention


def test_a_forwarded_letters_workbook_is_found(mailboxes: Mailboxes, fetch: Callable[..., Collection], by: By) -> None:
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"], outer["Subject"] = address_of("A"), BOX, "Fwd: báo cáo"
    outer["Message-ID"] = "<ngoai@a.vn>"
    outer.set_content("Chuyển tiếp.\n")
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["Subject"] = "khac@example.com", "báo cáo"
    inner.set_content("Kính gửi.\n")
    inner.add_attachment(unit_report("A", "SK-1"), maintype="application", subtype="octet-stream", filename="A.xlsx")
    outer.add_attachment(inner)
    mailboxes.deliver(BOX, outer.as_bytes())
    (message,) = fetch().messages
    assert message.unit == "A"
    assert [(file.name, file.fate.value) for file in message.files] == [("A.xlsx", "taken")]


def test_a_folder_with_a_vietnamese_name_can_be_looked_into(
    mailboxes: Mailboxes, fetch: Callable[..., Collection], by: By
) -> None:
    name = 'Báo cáo "sáng kiến" & đề tài'
    wire = '"' + folder_on_the_wire(name).replace('"', '\\"') + '"'
    with mailboxes.looking_into(BOX) as imap:
        imap.create(wire)
        imap.append(wire, "", None, mail_from(address_of("A"), ("A.xlsx", unit_report("A", "SK-1")), by=by))  # type: ignore[arg-type]
    assert outcomes(fetch(folder=name)) == {"A.xlsx": "taken"}
    assert fetch().messages == ()


def test_starttls_and_a_token_open_the_mailbox_too(
    mailboxes: Mailboxes,
    account_at: Callable[..., Account],
    send: Callable[..., None],
    fetch: Callable[..., Collection],
) -> None:
    send("A", ("A.xlsx", unit_report("A", "SK-1")))
    account = account_at(imap=mailboxes.imap_starttls, address=BOX, security="starttls", method="xoauth2")
    with pytest.raises(LoginRefused):
        fetch(account, "sai")
    assert fetch(account, TOKEN).taken == 1


def test_a_wrong_password_is_said_and_nothing_is_noted(small: Small, fetch: Callable[..., Collection]) -> None:
    with pytest.raises(LoginRefused) as caught:
        fetch(password="sai")
    assert caught.value.error_code == "mail_login_refused"
    assert small.sql("SELECT name FROM sqlite_schema WHERE name LIKE 'mail%'") == []


def test_an_untrusted_certificate_and_an_unknown_folder_are_said(
    mailboxes: Mailboxes, account_at: Callable[..., Account], fetch: Callable[..., Collection]
) -> None:
    with pytest.raises(MailProblem) as caught:
        fetch(account_at(imap=mailboxes.imap, address=BOX, ca_file=None))
    assert caught.value.error_code == "mail_certificate"
    with pytest.raises(MailProblem) as caught:
        fetch(folder="không có")
    assert caught.value.error_code == "mail_no_folder"


def test_nothing_older_than_the_programme_is_looked_at(
    mailboxes: Mailboxes, fetch: Callable[..., Collection], by: By
) -> None:
    old = mail_from(address_of("A"), ("A.xlsx", unit_report("A", "SK-1")), by=by)
    with mailboxes.looking_into(BOX) as imap:
        imap.append("INBOX", "", '"01-Jan-2020 08:00:00 +0700"', old)
    assert fetch().messages == ()
