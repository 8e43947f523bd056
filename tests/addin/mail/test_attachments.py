"""Messages taken apart: whatever they bring, nothing breaks, nothing grows without end, everything has a name."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.mail import attachments
from addin.mail.attachments import Brought, take_apart
from tests.end_to_end.small_campaign import report as unit_report

_BUDGET = attachments._Budget


def message(*files: tuple[str, bytes], maintype: str = "application", **headers: str) -> EmailMessage:
    one = EmailMessage(policy=SMTP)
    one["From"], one["Subject"] = "Công đoàn A <A@Don-Vi.example.vn>", "Báo cáo"
    for name, value in headers.items():
        one[name.replace("_", "-")] = value
    one.set_content("Kính gửi.\n")
    for name, data in files:
        one.add_attachment(data, maintype=maintype, subtype="octet-stream", filename=name)
    return one


def brought(*files: tuple[str, bytes]) -> tuple[Brought, ...]:
    return take_apart(message(*files).as_bytes()).files


def codes(*files: tuple[str, bytes]) -> list[str | None]:
    return [one.refusal.code if one.refusal else None for one in brought(*files)]


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_who_wrote_when_and_what() -> None:
    one = take_apart(message(Message_ID="<x@a.vn>", Date="Fri, 01 Jul 2022 08:00:00 +0700").as_bytes())
    assert (one.sender, one.message_id, one.subject) == ("a@don-vi.example.vn", "<x@a.vn>", "Báo cáo")
    assert one.sent_at == "2022-07-01T08:00:00+07:00"
    assert one.files == ()


def test_a_workbook_is_one_whatever_it_is_called() -> None:
    data = unit_report("A", "SK-1")
    assert [one.data for one in brought(("x.dat", data), ("", data))] == [data, data]


def test_a_bomb_does_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_BYTES", 1_000_000)
    bomb = zipped(("0.xlsx", b"PK\3\4" + b"\0" * 30_000_000))
    assert len(bomb) < 100_000
    assert codes(("bom.zip", bomb)) == ["too_large"]


def test_many_files_end_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_Budget", lambda: _BUDGET(files=3))
    data = unit_report("A", "SK-1")
    found = codes(("nhieu.zip", zipped(*((f"{n}.xlsx", data) for n in range(9)))))
    assert found == [None, None, None, "mail_too_much"]


def test_all_files_together_end_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = unit_report("A", "SK-1")
    monkeypatch.setattr(attachments, "_Budget", lambda: _BUDGET(bytes=len(data) * 2))
    assert codes(*((f"{n}.xlsx", data) for n in range(3))) == [None, None, "mail_too_much"]


def test_zips_that_cannot_be_opened_say_why() -> None:
    protected = bytearray(zipped(("a.xlsx", b"PK\3\4x")))
    protected[6] |= 1  # the flag of a password, in the entry and in the directory
    protected[protected.index(b"PK\1\2") + 8] |= 1
    nothing = zipped(("__MACOSX/x", b"x"), (".DS_Store", b"x"))
    assert codes(("a.zip", bytes(protected))) == ["mail_zip_password"]
    assert codes(("b.zip", nothing)) == ["mail_zip_empty"]
    assert codes(("c.zip", zipped(("d.zip", zipped(("e.xlsx", b"x")))))) == ["mail_zip_in_zip"]
    assert codes(("f.xlsx", unit_report("A", "SK-1")[:-200])) == ["damaged"]


def test_a_name_in_a_zip_that_did_not_say_utf8_is_read_all_the_same() -> None:
    data = unit_report("A", "SK-1")
    packed = zipped(("Bao cao quy ii.xlsx", data)).replace(
        b"Bao cao quy ii", "Bá cáo uý ii".encode()[:14].ljust(14, b"x")
    )
    (one,) = brought(("a.zip", packed))
    assert one.name.startswith("a.zip/Bá cáo")


def test_other_documents_are_named() -> None:
    word = zipped(("[Content_Types].xml", b"x"), ("word/document.xml", b"x"))
    sheet = zipped(("mimetype", b"x"), ("content.xml", b"x"))
    assert codes(("a.docx", word), ("b.ods", sheet), ("c.rar", b"Rar!\x1a\x07"), ("d", b"")) == [
        "word_document", "ods", "archive", "empty_file",
    ]  # fmt: skip


def test_a_picture_in_the_letter_is_decoration() -> None:
    one = message()
    one.add_related(b"\x89PNG\r\n", maintype="image", subtype="png", cid="<logo>")
    one.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="chup man hinh.png")
    assert [file.decoration for file in take_apart(one.as_bytes()).files] == [True, False]


def test_letters_within_letters_end_somewhere() -> None:
    one = message(("A.xlsx", unit_report("A", "SK-1")))
    for _ in range(3):
        outer = message()
        outer.add_attachment(one)
        one = outer
    assert [file.name for file in take_apart(one.as_bytes()).files] == ["A.xlsx"]
    for _ in range(5):
        outer = message()
        outer.add_attachment(one)
        one = outer
    assert take_apart(one.as_bytes()).files == ()


SOUND = message(
    ("Báo cáo.xlsx", b"PK\3\4 not quite"), Message_ID="<1@x>", Date="Fri, 01 Jul 2022 08:00:00 +0700"
).as_bytes()


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_of_some_sort(data: bytes) -> None:
    take_apart(data)


@given(st.data())
def test_a_message_damaged_anywhere_is_taken_apart(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SOUND)))
    end = data.draw(st.integers(start, min(len(SOUND), start + 40)))
    take_apart(SOUND[:start] + data.draw(st.binary(max_size=30)) + SOUND[end:])


@given(st.binary(max_size=300))
def test_any_zip_is_named_or_opened(data: bytes) -> None:
    assert all(one.data is not None or one.refusal is not None for one in brought(("a.zip", b"PK\3\4" + data)))


@pytest.mark.parametrize(
    "header",
    ["From: =?utf-8?q?=00=ff?= <", "Date: nonsense", "Subject: =?x?b?!!!?=", "Message-ID: <", "From: a@b@c, <d>"],
)
def test_headers_that_mean_nothing_do_no_harm(header: str) -> None:
    one = take_apart(f"{header}\r\n\r\nx".encode())
    assert one.files == ()
    assert one.subject.isprintable()
