"""Marks on odd real workbooks: each that the guard lets through comes out with nothing lost.

Where openxml-audit can read the original, it must find nothing new in the copy.
"""

import warnings
from collections import Counter
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from addin.returns.package import EditablePackage
from addin.returns.spans import parse
from addin.returns.workbook_part import WorkbookPart
from tests.addin.returns.marking import assert_nothing_lost
from validation.errors import Refusal

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
# Only said of packages without shared strings: Excel will move inline texts there when it saves. It may.
NO_FAULT = "inline-string cell(s)"


def _can_be_opened(file: Path) -> bool:
    """Whether the guard lets it through, and each of its sheets is XML."""
    try:
        package = EditablePackage(file.read_bytes())
        for sheet in WorkbookPart(package).sheets:
            if sheet.part is not None:
                parse(sheet.part, package.read(sheet.part))
    except Refusal:
        return False
    return True


FILES = [file for file in sorted(CORPUS.glob("*.xls[xm]")) if _can_be_opened(file)]


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_lost(file: Path, tmp_path: Path) -> None:
    data = file.read_bytes()
    out = assert_nothing_lost(data)
    original, copy = tmp_path / f"a{file.suffix}", tmp_path / f"b{file.suffix}"
    original.write_bytes(data)
    copy.write_bytes(out)
    assert not _said_of(copy) - _said_of(original)


def _said_of(file: Path) -> Counter[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=5_000).validate(str(file))
    return Counter(e.description for e in result.errors if NO_FAULT not in e.description)
