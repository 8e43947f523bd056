"""What is asked of Excel for Windows beyond xlwings. Excel itself is not at hand: the calls are recorded."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from addin.live.excel import ExcelForWindows
from addin.live.host import MIXED
from addin.live.rectangles import Rectangle

NONE, SOLID = -4142, 1


class Interior:
    """As Excel's: a property is None where cells differ."""

    def __init__(self, pattern: int | None = NONE, colour: int | None = 0xFFFFFF, theme: object = None) -> None:
        self.Pattern, self.Color, self.ThemeColor, self.TintAndShade = pattern, colour, theme, 0.5


class Sheet:
    """A sheet whose ranges are known by their reference."""

    def __init__(self, interiors: dict[str, Interior]) -> None:
        self.asked: list[str] = []
        self.replaced: list[dict[str, Any]] = []
        self.formats: list[tuple[object, object]] = []
        self._interiors = interiors
        formats = SimpleNamespace
        self._app = SimpleNamespace(
            DisplayAlerts=True,
            FindFormat=formats(Interior=Interior(), Clear=lambda: None),
            ReplaceFormat=formats(Interior=Interior(), Clear=lambda: None),
        )
        self.book = SimpleNamespace(app=SimpleNamespace(api=self._app))
        self.api = SimpleNamespace(Cells=SimpleNamespace(Replace=self._replace))

    def range(self, reference: str) -> Any:
        self.asked.append(reference)
        return SimpleNamespace(api=SimpleNamespace(Interior=self._interiors.get(reference, Interior())), color=None)

    def _replace(self, **arguments: Any) -> None:
        assert not self._app.DisplayAlerts, "Excel would open a box where it finds nothing"
        self.replaced.append(arguments)
        interior = self._app.ReplaceFormat.Interior
        self.formats.append((self._app.FindFormat.Interior.Color, (interior.Pattern, interior.Color)))


CELLS = [Rectangle(row, 2, row, 2) for row in (3, 5)]


def test_the_fill_of_many_cells_is_one_question() -> None:
    sheet: Any = Sheet({})
    assert ExcelForWindows().fills(sheet, CELLS) == ["none", "none"]
    assert sheet.asked == ["B3,B5"]


def test_cells_that_differ_are_asked_one_by_one() -> None:
    interiors = {
        "B3,B5": Interior(None),
        "B3": Interior(SOLID, 0x0000FF),
        "B5": Interior(SOLID, 0xABCDEF, theme=5),
    }
    sheet: Any = Sheet(interiors)
    assert ExcelForWindows().fills(sheet, CELLS) == [
        "solid|rgb=FFFF0000|indexed=64",
        "solid|theme=4,tint=0.5|indexed=64",
    ]


@pytest.mark.parametrize(
    ("interior", "words"), [(Interior(None), MIXED), (Interior(SOLID, None), MIXED), (Interior(9), None)]
)
def test_a_fill_that_cannot_be_given_back_is_told(interior: Interior, words: str | None) -> None:
    sheet: Any = Sheet({"B3": interior})
    assert ExcelForWindows().fills(sheet, CELLS[:1]) == [words]


def test_fills_are_given_back_by_replacing_formats_one_call_a_colour() -> None:
    sheet: Any = Sheet({})
    ExcelForWindows().refill(sheet, {"FCD3CB": "none", "FCD3CC": "solid|rgb=FF0000FF|indexed=64"})
    assert [found for found, _ in sheet.formats] == [0xCBD3FC, 0xCCD3FC]
    assert sheet.formats[0][1][0] == NONE
    assert sheet.formats[1][1][1] == 0xFF0000
    assert all(one["SearchFormat"] and one["ReplaceFormat"] and one["What"] == "" for one in sheet.replaced)
    assert sheet.book.app.api.DisplayAlerts


def test_where_a_workbook_lies_is_asked_of_excel_itself() -> None:
    host = ExcelForWindows()
    web: Any = SimpleNamespace(api=SimpleNamespace(Path="https://x", FullName="https://x/Báo cáo.xlsx"))
    new: Any = SimpleNamespace(api=SimpleNamespace(Path="", FullName="Book1"))
    assert host.location(web) == "https://x/Báo cáo.xlsx"
    assert host.location(new) is None


def test_a_copy_that_excel_does_not_write_is_an_os_error(tmp_path: Path) -> None:
    def refuse(path: str) -> None:
        raise RuntimeError(f"com_error: {path}")

    book: Any = SimpleNamespace(api=SimpleNamespace(SaveCopyAs=refuse))
    with pytest.raises(OSError, match="com_error"):
        ExcelForWindows().save_copy(book, tmp_path / "x.xlsx")
