"""What a message brings: workbooks told by their content, also out of a zip; everything else named, with the reason.

Pure: bytes in, bytes out. Names are as they came; they are made safe where a file is written.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from addin.intake import sniff
from addin.intake.arrivals import MAX_BYTES
from addin.intake.guard import MEGABYTE
from validation.errors import Refusal

MAX_FILES = 200
"""Files in one message, those in zips included."""
MAX_TOTAL = 200 * MEGABYTE
"""Bytes of all files of one message, inflated."""
_DEEPEST = 4  # letters forwarded within letters
_TNEF = b"\x78\x9f\x3e\x22"
_DECORATION = frozenset({"image"})  # logos in signatures
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Brought:
    """One file: a workbook's ``data``, or the ``refusal`` that names what it is instead. ``decoration``: a picture of
    the letter itself, which nobody meant as a report."""

    name: str
    data: bytes | None = None
    refusal: Refusal | None = None
    decoration: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """A message taken apart. ``sender`` is the address as the letter states it: anyone can write any there."""

    message_id: str
    sender: str
    subject: str
    sent_at: str | None
    files: tuple[Brought, ...]


def take_apart(data: bytes) -> Received:
    """Take a message apart; never raises for what is wrong with it."""
    message = message_from_bytes(data, policy=default)
    budget = _Budget()
    return Received(
        message_id=_header(message, "Message-ID"),
        sender=parseaddr(_header(message, "From"))[1].strip().casefold(),
        subject=_header(message, "Subject"),
        sent_at=_sent_at(message),
        files=tuple(_brought(message, budget, 0)),
    )


@dataclass(slots=True)
class _Budget:
    """What one message may still bring."""

    files: int = MAX_FILES
    bytes: int = MAX_TOTAL
    spent: bool = field(default=False)

    def take(self, size: int) -> bool:
        """Whether a file of that size may come."""
        self.files -= 1
        self.bytes -= size
        self.spent = self.spent or self.files < 0 or self.bytes < 0
        return not self.spent


def _brought(message: Message, budget: _Budget, depth: int) -> Iterator[Brought]:
    for part in _leaves(message):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, Message) and depth < _DEEPEST:
                yield from _brought(inner, budget, depth + 1)
            continue
        name = _file_name(part)
        if name is None and part.get_content_maintype() == "text":
            continue
        try:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
        except (ValueError, LookupError, AssertionError):
            data = b""
        decoration = part.get_content_maintype() in _DECORATION and part.get_content_disposition() != "attachment"
        yield from _one(name or "", data, budget, decoration=decoration)


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something, letters within the letter as one."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            inner = part.get_payload()
            waiting.extend(
                reversed([one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else [])
            )
        else:
            yield part


def _one(name: str, data: bytes, budget: _Budget, *, decoration: bool) -> Iterator[Brought]:
    if data.startswith(_TNEF):
        yield Brought(name or "winmail.dat", refusal=Refusal("mail_winmail"))
        return
    if not data.startswith(sniff.ZIP):
        yield Brought(name, refusal=_not_a_workbook(data), decoration=decoration)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if _is_workbook(names):
                yield _workbook(name, data, budget)
            elif _is_document(names):
                yield Brought(name, refusal=_other_container(names))
            else:
                yield from _unpacked(name, archive, budget)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        # A workbook that was cut short on its way: named here, where its sender is known.
        yield Brought(name, refusal=Refusal("damaged", part="zip"))


def _unpacked(outer: str, archive: zipfile.ZipFile, budget: _Budget) -> Iterator[Brought]:
    found = 0
    for entry in archive.infolist():
        name = _entry_name(entry)
        base = name.replace("\\", "/").rsplit("/", 1)[-1]
        if entry.is_dir() or base.startswith((".", "~$")) or "__MACOSX" in name:
            continue
        found += 1
        if budget.spent or budget.files <= 0:
            yield Brought(outer, refusal=_too_much())
            return
        yield _entry(f"{outer}/{base}", entry, archive, budget)
    if not found:
        yield Brought(outer, refusal=Refusal("mail_zip_empty"))


def _entry(name: str, entry: zipfile.ZipInfo, archive: zipfile.ZipFile, budget: _Budget) -> Brought:
    if entry.flag_bits & 0x1:
        return Brought(name, refusal=Refusal("mail_zip_password"))
    try:
        with archive.open(entry) as stream:
            data = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error, struct.error):
        return Brought(name, refusal=Refusal("damaged", part="zip"))
    if not budget.take(len(data)):
        return Brought(name, refusal=_too_much())
    if len(data) <= MAX_BYTES and data.startswith(sniff.ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as inner:
                names = [one.filename for one in inner.infolist()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
            return Brought(name, refusal=Refusal("damaged", part="zip"))
        if not _is_workbook(names):
            # A zip within a zip is not opened: bombs are built that way.
            return Brought(name, refusal=_other_container(names) if _is_document(names) else Refusal("mail_zip_in_zip"))
        return Brought(name, data)
    if len(data) > MAX_BYTES:
        return Brought(name, refusal=_too_large(len(data)))
    return Brought(name, refusal=_not_a_workbook(data))


def _workbook(name: str, data: bytes, budget: _Budget) -> Brought:
    if len(data) > MAX_BYTES:
        return Brought(name, refusal=_too_large(len(data)))
    if not budget.take(len(data)):
        return Brought(name, refusal=_too_much())
    return Brought(name, data)


def _too_much() -> Refusal:
    return Refusal("mail_too_much", files=MAX_FILES, megabytes=MAX_TOTAL // MEGABYTE)


def _too_large(size: int) -> Refusal:
    return Refusal("too_large", megabytes=-(-size // MEGABYTE), limit=MAX_BYTES // MEGABYTE)


def _is_workbook(names: list[str]) -> bool:
    return any(name.replace("\\", "/").lower() == "xl/workbook.xml" for name in names)


def _is_document(names: list[str]) -> bool:
    """Whether a container is one document rather than a zip of files."""
    lower = {name.replace("\\", "/").lower() for name in names}
    return "[content_types].xml" in lower or {"content.xml", "mimetype"} <= lower


def _other_container(names: list[str]) -> Refusal:
    try:
        sniff.refuse_unless_workbook(names)
    except Refusal as refusal:
        return refusal
    return Refusal("unknown_type")


def _not_a_workbook(data: bytes) -> Refusal:
    try:
        sniff.refuse_unless_zip(data)
    except Refusal as refusal:
        return refusal
    return Refusal("unknown_type")


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """An entry's name: zip programs write UTF-8 without saying so, and Python then reads it as a page of 1981."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _file_name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""
    return name[:_LONGEST_NAME] if isinstance(name, str) else None


def _header(message: Message, name: str) -> str:
    """A header in one line; what cannot be read at all is empty."""
    try:
        value = str(message.get(name) or "")
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):  # the parser falls over some headers
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:998]


def _sent_at(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
