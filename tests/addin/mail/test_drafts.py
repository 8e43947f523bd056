"""Drafts: files that a mail program opens as letters yet to be sent; Outlook by a few lines that stand for it."""

# ruff: noqa: N802 - the names are Outlook's

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from addin.mail.compose import Attachment, Letter, message_id
from addin.mail.drafts import DraftFiles, OutlookDrafts, clerks_own

LETTER = Letter(
    ("tp@x.vn", "tc@x.vn"), "Tổng hợp – quận", "Kính gửi\n",
    (Attachment("Tổng hợp.xlsx", b"PK1"), Attachment("Tổng hợp.xlsx", b"PK2")),
)  # fmt: skip


class Outlook:
    """What is used of Outlook's object model; it copies an attachment when it is added, as Outlook does."""

    def __init__(self) -> None:
        self.saved: list[Any] = []

    def CreateItem(self, kind: int) -> Any:
        assert kind == 0

        class Attachments:
            def __init__(self) -> None:
                self.files: list[tuple[str, bytes]] = []

            def Add(self, path: str, kind: int) -> None:
                assert kind == 1
                self.files.append((Path(path).name, Path(path).read_bytes()))

        class Item:
            To = Subject = Body = ""

            def __init__(self) -> None:
                self.Attachments = Attachments()

            def Save(item) -> None:  # noqa: N805
                self.saved.append(item)

        return Item()


def test_outlook_gets_the_letter_with_its_attachments() -> None:
    outlook = Outlook()
    assert OutlookDrafts(outlook).lay(LETTER, "x") is None
    (item,) = outlook.saved
    assert (item.To, item.Subject, item.Body) == ("tp@x.vn; tc@x.vn", "Tổng hợp – quận", "Kính gửi\n")
    assert item.Attachments.files == [("Tổng hợp.xlsx", b"PK1"), ("Tổng hợp.xlsx", b"PK2")]


def test_without_outlook_a_file_is_written(tmp_path: Path) -> None:
    def none() -> Any:
        raise RuntimeError("com_error")

    drafts = clerks_own(tmp_path / "thu-di", outlook=none)
    assert isinstance(drafts, DraftFiles)
    assert isinstance(clerks_own(tmp_path, outlook=Outlook), OutlookDrafts)
    file = drafts.lay(LETTER, "01/07: Tổng hợp")
    assert file.parent == tmp_path / "thu-di"
    assert file.name == "01-07_ Tổng hợp.eml"
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Tổng hợp – quận"
    assert [part.get_filename() for part in message.iter_attachments()] == ["Tổng hợp.xlsx"] * 2
    assert list(tmp_path.rglob("*.tmp")) == []


def test_a_messages_id_is_the_same_for_the_same_and_another_for_anything_else() -> None:
    same = message_id("c", "report", "abc", 1, "x.vn")
    assert same == message_id("c", "report", "abc", 1, "x.vn")
    others = [message_id("d", "report", "abc", 1, "x.vn"), message_id("c", "return", "abc", 1, "x.vn"),
              message_id("c", "report", "abd", 1, "x.vn"), message_id("c", "report", "abc", 2, "x.vn")]  # fmt: skip
    assert len({same, *others}) == 5
