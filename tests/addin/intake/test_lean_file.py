"""What calamine is given instead of the file: less, and the same values."""

from __future__ import annotations

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from addin.intake.book import _taken_apart
from addin.intake.guard import open_package
from addin.intake.lean_file import STYLES, _without_looks, lean_file
from addin.intake.names import read_names
from tests.addin.intake.workbooks import form, initiative


def lean(data: bytes) -> bytes:
    package = open_package(data)
    names = read_names(package)
    return lean_file(package, names, _taken_apart(package, names))


def values(data: bytes) -> dict[str, object]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_values_are_those_of_the_file_and_its_looks_are_left_out() -> None:
    data = form([initiative(), initiative(registration_code="HP-0002")])
    small = lean(data)
    assert values(small) == values(data)
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(io.BytesIO(small)) as part:
        before, after = whole.read(STYLES), part.read(STYLES)
    assert b"<numFmts" in after
    for look in (b"<font>", b"<fill>", b"<border>", b"<cellStyle "):
        assert look in before
        assert look not in after


STYLE = b'<styleSheet><numFmts/><fonts count="1"><font/></fonts><fonts/><cellXfs><xf/></cellXfs></styleSheet>'


def test_of_plain_styles_the_looks_go_and_the_formats_stay() -> None:
    assert _without_looks(STYLE) == b"<styleSheet><numFmts/><fonts/><cellXfs><xf/></cellXfs></styleSheet>"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<font/>", b"<font>"),
        (b"<font/>", b"<!-- </fonts> --><font/>"),
        (b"<font/>", b"<![CDATA[</fonts>]]>"),
        (b"<font/>", b"<?say </fonts>?>"),
        (b"<font/>", b"<cellXfs><xf/></cellXfs>"),
        (b"<font/>", b"<numFmts/>"),
        (b"<font/>", b"<font/><x><fonts><font/></fonts></x>"),
        (b"</styleSheet>", b""),
    ],
)
def test_styles_that_are_not_plain_stay_as_they_are(right: bytes, wrong: bytes) -> None:
    odd = STYLE.replace(right, wrong)
    assert odd != STYLE
    assert _without_looks(odd) == odd
