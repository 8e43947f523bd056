"""A clerk at LibreOffice Calc: fills forms cell by cell, does to them what clerks do, and saves them.

Runs under the Python that LibreOffice was built for (it brings ``uno``), with the standard library only. Reads a job as
JSON from standard input: ``{"soffice", "cases": [{"form", "out", "format", "password", "cover", "rows", "steps"}]}``.
Starts a LibreOffice of its own with a fresh profile and ends it, and only it; its process group is the first line on
standard output, for a parent that runs out of patience.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import NamedValue, PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.lang import Locale  # type: ignore[import-not-found]
from com.sun.star.sheet import TableFilterField  # type: ignore[import-not-found]
from com.sun.star.sheet.FilterOperator import EQUAL  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]
from com.sun.star.table.CellContentType import VALUE  # type: ignore[import-not-found]
from com.sun.star.util import Date  # type: ignore[import-not-found]
from com.sun.star.util.NumberFormat import DATE  # type: ignore[import-not-found]

START_SECONDS = 60
FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xlsm": "Calc MS Excel 2007 VBA XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "csv": "Text - txt - csv (StarCalc)",
    "html": "HTML (StarCalc)",
}
FIRST = 6
HEADER_ROW = 5


def _value(name: str, value: Any) -> Any:
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


class Office:
    """A LibreOffice without windows, in a process group of its own."""

    def __init__(self, soffice: str, profile: str) -> None:
        pipe = f"sangkien-{os.getpid()}"
        self._process = subprocess.Popen(
            [
                soffice, "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                f"-env:UserInstallation={Path(profile).as_uri()}", f"--accept=pipe,name={pipe};urp;",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        print(self._process.pid, flush=True)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self._context = self._connect(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self._context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", self._context
        )

    def _connect(self, resolver: Any, url: str) -> Any:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return resolver.resolve(url)
            except NoConnectException:
                if time.monotonic() > deadline or self._ended_within(0.2):
                    self.end()
                    raise

    def _ended_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """Ask it to go, then end the processes that we started."""
        with suppress(Exception):  # it may be gone, or never have come
            self.desktop.terminate()
        if not self._ended_within(10):
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)

    def open(self, path: str) -> Any:
        """Open a workbook as a document of its own."""
        return self.desktop.loadComponentFromURL(Path(path).absolute().as_uri(), "_blank", 0, (_value("Hidden", True),))


class Clerk:
    """Works on one open form. Rows are numbered as the sheet shows them; columns are found by the defined names."""

    def __init__(self, document: Any, case: dict[str, Any]) -> None:
        self._document = document
        self._case = case

    def work(self) -> None:
        """Fill cover and list, then do the steps."""
        for name, cell in self._case["cover"].items():
            self._type(self._named(f"cover_{name}").getCellByPosition(0, 0), cell)
        self.fill_again()
        for verb, *arguments in self._case["steps"]:
            getattr(self, verb)(*arguments)
        self._document.calculateAll()

    def save(self) -> None:
        """Save under the case's name and format."""
        url = Path(self._case["out"]).absolute().as_uri()
        how = [_value("FilterName", FILTERS[self._case["format"]])]
        if self._case["password"]:
            # As the dialogue hands it to the filters of Office Open XML; "Password" is for LibreOffice's own format.
            named = (NamedValue("OOXPassword", self._case["password"]), NamedValue("CryptoType", "Standard"))
            how.append(_value("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", named)))
        if self._case["format"] == "csv":
            how.append(_value("FilterOptions", "59,34,76,1"))
        self._document.storeToURL(url, tuple(how))

    def _named(self, name: str) -> Any:
        return self._document.NamedRanges.getByName(name).getReferredCells()

    @property
    def _list(self) -> Any:
        return self._named("row_lead_author").getSpreadsheet()

    def _column(self, name: str) -> int:
        return int(self._named(f"row_{name}").getRangeAddress().StartColumn)

    def _cell(self, name: str, row: int) -> Any:
        return self._list.getCellByPosition(self._column(name), row - 1)

    def _type(self, cell: Any, content: Any) -> None:
        if content is None:
            cell.setString("")
        elif isinstance(content, str):
            cell.setString(content)
        elif isinstance(content, int):
            cell.setValue(content)
        elif "day" in content:
            cell.setFormula(content["day"])
            if cell.getType() != VALUE:
                raise ValueError(f"{content} was not taken for a date")
            self._show_as_date(cell)
        elif "formula" in content:
            cell.setFormula(content["formula"])
        else:
            cell.setString(content["text"])
            cell.CharFontName = content["font"]

    def _show_as_date(self, cell: Any) -> None:
        """What the program does for a person, but not for a script: a date typed into a plain cell looks like one."""
        formats = self._document.getNumberFormats()
        if formats.getByKey(cell.NumberFormat).Type & DATE:
            return
        english = Locale("en", "US", "")
        key = formats.queryKey("DD/MM/YYYY", english, False)
        cell.NumberFormat = key if key != -1 else formats.addNew("DD/MM/YYYY", english)

    def fill_again(self) -> None:
        for index, row in enumerate(self._case["rows"]):
            self.type(FIRST + index, row)

    def type(self, row: int, cells: dict[str, Any]) -> None:
        for name, content in cells.items():
            self._type(self._cell(name, row), content)

    def put(self, address: str, content: Any) -> None:
        self._type(self._list.getCellRangeByName(address), content)

    def put_named(self, name: str, content: Any) -> None:
        self._type(self._named(name).getCellByPosition(0, 0), content)

    def insert_rows(self, row: int, count: int) -> None:
        self._list.Rows.insertByIndex(row - 1, count)

    def delete_rows(self, row: int, count: int) -> None:
        self._list.Rows.removeByIndex(row - 1, count)

    def hide_rows(self, row: int, count: int) -> None:
        for number in range(row, row + count):
            self._list.Rows.getByIndex(number - 1).IsVisible = False

    def copy_row(self, source: int, target: int) -> None:
        sheet = self._list
        last = self._column("note")
        for column in range(last + 1):
            text = sheet.getCellByPosition(column, source - 1).getString()
            sheet.getCellByPosition(column, target - 1).setString(text)

    def move_row(self, source: int, target: int) -> None:
        sheet = self._list
        last = self._column("note")
        block = sheet.getCellRangeByPosition(0, source - 1, last, source - 1).getRangeAddress()
        sheet.moveRange(sheet.getCellByPosition(0, target - 1).getCellAddress(), block)

    def move_column(self, name: str, target: int) -> None:
        sheet, column = self._list, self._column(name)
        last = self._named("row_note").getRangeAddress().EndRow
        block = sheet.getCellRangeByPosition(column, HEADER_ROW - 1, column, last).getRangeAddress()
        sheet.moveRange(sheet.getCellByPosition(target, HEADER_ROW - 1).getCellAddress(), block)

    def sort(self, name: str, first: int, last: int) -> None:
        block = self._list.getCellRangeByPosition(0, first - 1, self._column("note"), last - 1)
        field = TableSortField()
        field.Field, field.IsAscending = self._column(name), True
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        block.sort((_value("SortFields", fields), _value("ContainsHeader", False)))

    def filter(self, name: str, text: str) -> None:
        last = self._named("row_note").getRangeAddress().EndRow
        block = self._list.getCellRangeByPosition(0, HEADER_ROW - 1, self._column("note"), last)
        field = TableFilterField()
        field.Field, field.Operator, field.IsNumeric, field.StringValue = self._column(name), EQUAL, False, text
        descriptor = block.createFilterDescriptor(True)
        descriptor.ContainsHeader = True
        descriptor.setFilterFields((field,))
        block.filter(descriptor)

    def merge(self, name: str, first: int, last: int) -> None:
        column = self._column(name)
        self._list.getCellRangeByPosition(column, first - 1, column, last - 1).merge(True)

    def insert_column(self, before: str) -> None:
        self._list.Columns.insertByIndex(self._column(before), 1)

    def delete_column(self, name: str) -> None:
        self._list.Columns.removeByIndex(self._column(name), 1)

    def delete_name(self, name: str) -> None:
        self._document.NamedRanges.removeByName(name)

    def rename_sheet(self, old: str, new: str) -> None:
        self._document.Sheets.getByName(old).setName(new)

    def move_sheet(self, name: str, place: int) -> None:
        self._document.Sheets.moveByName(name, place)

    def copy_sheet(self, name: str, copy: str) -> None:
        self._document.Sheets.copyByName(name, copy, self._document.Sheets.getCount())

    def delete_sheet(self, name: str) -> None:
        self._document.Sheets.removeByName(name)

    def plain_number_format(self, name: str, first: int, last: int) -> None:
        column = self._column(name)
        self._list.getCellRangeByPosition(column, first - 1, column, last - 1).NumberFormat = 0

    def count_days_from_1904(self) -> None:
        self._document.NullDate = Date(1, 1, 1904)
        for name in ("report_date",):
            self._type(self._named(f"cover_{name}").getCellByPosition(0, 0), self._case["cover"][name])


def main() -> int:
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="sangkien-clerk-") as profile:
        office = Office(job["soffice"], profile)
        try:
            for case in job["cases"]:
                document = office.open(case["form"])
                try:
                    clerk = Clerk(document, case)
                    clerk.work()
                    clerk.save()
                finally:
                    document.close(False)
                print(case["out"], flush=True)
        finally:
            office.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
