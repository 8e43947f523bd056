"""What a file is, from its first bytes and never from its name."""

from __future__ import annotations

import re
from collections.abc import Collection

from addin.intake.refusals import refuse
from validation.errors import Refusal

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"{\\rtf", "word_document"),
    (b"MIME-Version:", "web_page"),
)
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|div|style|script|p|center)\b", re.IGNORECASE)
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def refuse_unless_zip(data: bytes) -> None:
    """Let a zip container pass; raise the Refusal that names what else ``data`` is."""
    if not data.startswith(ZIP):
        raise _refusal_of(data)


def refuse_unless_workbook(names: Collection[str]) -> None:
    """Let an xlsx or xlsm pass, by the names of its zip entries; raise the Refusal that names the container."""
    if "xl/workbook.xml" in names:
        return
    lower = {name.replace("\\", "/").lower() for name in names}
    if "xl/workbook.xml" in lower:
        return
    if "xl/workbook.bin" in lower:
        raise refuse("xlsb")
    if any(name.startswith("word/") for name in lower):
        raise refuse("word_document")
    if "content.xml" in lower and "mimetype" in lower:
        raise refuse("ods")
    inside = sum(name.endswith(_WORKBOOK_NAMES) for name in lower)
    if inside:
        raise refuse("zip_of_workbooks", count=inside)
    if "[content_types].xml" in lower and any(name.startswith("xl/") for name in lower):
        raise refuse("damaged", part="xl/workbook.xml")
    raise refuse("unknown_type")


def _refusal_of(data: bytes) -> Refusal:
    if not data:
        return refuse("empty_file")
    if data.startswith(OLE):
        return _ole(data)
    if data.startswith(b"PK"):
        return refuse("damaged", part="zip")
    for signature, code in _SIGNATURES:
        if data.startswith(signature):
            return refuse(code)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return refuse("picture")
    if _BIFF.match(data):
        return refuse("old_xls")
    if not data.strip(b"\0"):
        return refuse("hollow")
    text = _as_text(data[:_HEAD])
    return refuse("unknown_type") if text is None else _text(text)


def _ole(data: bytes) -> Refusal:
    """An OLE container: an encrypted workbook, or a document of Office 97-2003."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse("password")
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return refuse("old_xls")
    if "WordDocument".encode("utf-16-le") in data:
        return refuse("word_document")
    return refuse("unknown_type")


def _text(text: str) -> Refusal:
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return refuse("plain_text")
    if "urn:schemas-microsoft-com:office:spreadsheet" in text and "<Workbook" in text:
        return refuse("xml_2003")
    if "urn:oasis:names:tc:opendocument" in text:
        return refuse("ods")
    return refuse("web_page" if _HTML.search(text) else "unknown_type")


def _as_text(head: bytes) -> str | None:
    """The beginning as text, in UTF-8, UTF-16 or a code page of one byte; None for binary content."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head):
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as problem:
        cut_character = problem.start >= len(head) - 3 and len(head) == _HEAD
        if cut_character:
            return head[: problem.start].decode("utf-8")
        share_of_ascii = sum(byte < 0x80 for byte in head) / len(head)
        return head.decode("cp1258", "replace") if share_of_ascii > 0.5 else None
