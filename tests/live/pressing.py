"""A clerk at the live office: presses buttons, answers what is asked, types rows, looks at cells."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.live import actions

LIST = "Danh sách"

SOUND: Mapping[str, Any] = {
    "registration_code": "SK-2022-0001",
    "lead_author": "Nguyễn Thị Hoa",
    "is_member": "Có",
    "title": "Đồ gá khoan nhanh trục vít",
    "solution_kind": "Giải pháp kỹ thuật",
    "effect": "Giảm 20 phút mỗi ca.",
    "recognised_on": date(2022, 1, 10),
    "applied_on": date(2022, 2, 15),
    "ip_protected": "Không",
    "registered_on": date(2022, 3, 1),
    "status": "Hợp lệ",
    "approved_on": date(2022, 5, 1),
    "base_support": 150_000,
}
"""A row without a fault."""


class Clerk:
    """Sits at ``app``; what she answers is a script, so that no window of another process waits for her."""

    def __init__(self, app: xw.App, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.folder = folder
        self._script = folder / "answers.json"
        for name in ("state", "config"):
            monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(folder / "home" / name))
        monkeypatch.setenv("SANGKIEN_DIALOGS", str(self._script))
        self.answers()

    def answers(self, **by_kind: Any) -> None:
        """What she will answer, once each."""
        self.script(*by_kind.items())

    def script(self, *answers: tuple[str, Any]) -> None:
        """What she will answer to several questions of a kind, in order."""
        listed = [{"kind": kind, "answer": answer} for kind, answer in answers]
        self._script.write_text(json.dumps(listed), encoding="utf-8")

    def asked(self) -> list[dict[str, Any]]:
        """What she was asked and told since the last look."""
        file = self._script.with_name(f"{self._script.name}.asked")
        if not file.exists():
            return []
        found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        file.unlink()
        return found

    def told(self) -> str:
        """The last thing she was told."""
        return str([one for one in self.asked() if one["kind"] == "tell"][-1]["text"])

    def press(self, button: str) -> None:
        """Press a button, as the program's own menu does; what goes wrong is raised."""
        getattr(actions, button)(self.app)

    def new_form(self, name: str = "bao-cao.xlsx", unit: str = "CD-001") -> xw.Book:
        """A new form, its cover filled in."""
        self.answers(new_form={"form": "grassroots", "unit": unit, "path": str(self.folder / name)})
        self.press("new_form")
        book = self.app.books.active
        for field, value in (("report_date", datetime(2022, 6, 30)), ("members", 200), ("workers", 250)):
            book.names[f"cover_{field}"].refers_to_range.value = value
        return book

    def type_rows(self, book: xw.Book, rows: Sequence[Mapping[str, Any]]) -> None:
        """Type rows below the header, column by column."""
        fields = dict.fromkeys(field for row in rows for field in row)
        for field in fields:
            top = book.names[f"row_{field}"].refers_to_range[0, 0]
            column = top.resize(len(rows), 1)
            column.value = [[_typed(row.get(field))] for row in rows]

    def cell(self, book: xw.Book, field: str, row: int) -> xw.Range:
        """The cell of a field in one of the rows, counted from 1."""
        return book.names[f"row_{field}"].refers_to_range[row - 1, 0]


def sound(number: int, **changes: Any) -> dict[str, Any]:
    """A sound row with a code of its own; changed fields may be None."""
    return {**SOUND, "registration_code": f"SK-2022-{number:04d}", "title": f"{SOUND['title']} số {number}"} | changes


def _typed(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return f"'{value}" if isinstance(value, str) and any(c.isdigit() for c in value) else value
