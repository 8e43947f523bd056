import pytest

from addin.intake.reader import read_workbook
from tests.addin.intake.workbooks import form, package
from validation.errors import Refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def named(text: str) -> bytes:
    return OLE + text.encode("utf-16-le") + b"\0" * 600


FILES: dict[str, tuple[bytes, str]] = {
    "password": (named("EncryptedPackage"), "password"),
    "xls": (named("Workbook"), "old_xls"),
    "xls of Excel 5": (named("Book\0"), "old_xls"),
    "xls of Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "old_xls"),
    "doc": (named("WordDocument"), "word_document"),
    "other OLE": (named("Contents"), "unknown_type"),
    "xlsb": (package({"xl/workbook.bin": b"x"}), "xlsb"),
    "docx": (package({"word/document.xml": b"<w/>"}), "word_document"),
    "ods": (package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), "ods"),
    "zip of workbooks": (package({"a/CĐCS 1.xlsx": b"x", "b.XLS": b"y"}), "zip_of_workbooks"),
    "other zip": (package({"readme.txt": b"x"}), "unknown_type"),
    "xlsx without workbook": (package({"[Content_Types].xml": b"<x/>", "xl/styles.xml": b"<x/>"}), "damaged"),
    "html": (b"\xef\xbb\xbf <html><body><table><tr><td>1</table>", "web_page"),
    "html fragment": (b"<meta charset=utf-8><table><tr><td>1</table>", "web_page"),
    "html in UTF-16": ("<html><table>".encode("utf-16"), "web_page"),
    "mht": (b"MIME-Version: 1.0\r\n", "web_page"),
    "csv": ("Mã,Họ tên\nCĐCS-001,Ánh\n".encode("utf-8-sig"), "plain_text"),
    "csv in a code page": ("Nguyen Van A;Hai Phong;Nguy\u00ean".encode("latin-1"), "plain_text"),
    "csv longer than a look": (("Ánh" * 5000).encode(), "plain_text"),
    "csv in UTF-16": ("Mã\tHọ tên".encode("utf-16"), "plain_text"),
    "XML 2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "xml_2003"),
    "flat ods": (b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">', "ods"),
    "other xml": (b"<invoice/>", "unknown_type"),
    "pdf": (b"%PDF-1.7\n", "pdf"),
    "rar": (b"Rar!\x1a\x07\x01\0", "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0", "archive"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    "png": (b"\x89PNG\r\n\x1a\n", "picture"),
    "heic": (b"\0\0\0\x18ftypheic", "picture"),
    "empty": (b"", "empty_file"),
    "zeros": (b"\0" * 4096, "hollow"),
    "binary": (bytes(range(256)), "unknown_type"),
    "cut-off zip": (form()[:3000], "damaged"),
    "empty zip": (b"PK\x05\x06" + b"\0" * 18, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_other_types_are_named_by_their_bytes(name: str) -> None:
    data, code = FILES[name]
    with pytest.raises(Refusal) as caught:
        read_workbook(data)
    assert caught.value.code == code


def test_the_number_of_workbooks_in_an_archive_is_told() -> None:
    with pytest.raises(Refusal) as caught:
        read_workbook(FILES["zip of workbooks"][0])
    assert caught.value.facts == {"count": 2}
