"""What stands in the way of a button, said before anything starts."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from addin.errors import UsageProblem
from addin.live.guards import front_book, needed_book
from addin.live.host import Host
from validation import messages


class Program(Host):
    """A program in a given state."""

    def __init__(self, location: str | None = "C:\\a.xlsx", **state: bool) -> None:
        self._location, self._state = location, state

    def location(self, book: object) -> str | None:  # noqa: ARG002
        return self._location

    def read_only(self, book: object) -> bool:  # noqa: ARG002
        return self._state.get("read_only", False)

    def protected_view(self, app: object) -> bool:  # noqa: ARG002
        return self._state.get("protected_view", False)


def app_with(form: str | None = None, name: str = "a.xlsx") -> Any:
    names = {"meta_form": SimpleNamespace(refers_to_range=SimpleNamespace(value=form))} if form else {}

    class Names(dict[str, Any]):
        def __iter__(self) -> Any:
            return iter([SimpleNamespace(name=name) for name in super().__iter__()])

    book = SimpleNamespace(name=name, names=Names(names))

    class Books(list[Any]):
        @property
        def active(self) -> Any:
            return self[0]

    return SimpleNamespace(books=Books([book]))


NO_BOOKS: Any = SimpleNamespace(books=[])


@pytest.mark.parametrize(
    ("app", "host", "button", "code"),
    [
        (NO_BOOKS, Program(), "check_sheet", "no_workbook"),
        (NO_BOOKS, Program(protected_view=True), "check_sheet", "protected_view"),
        (NO_BOOKS, Program(protected_view=True), "merge_campaign", "protected_view"),
        (app_with(), Program(), "clear_marks", "other_workbook"),
        (app_with("grassroots"), Program(), "return_to_units", "other_workbook"),
        (app_with("grassroots"), Program(read_only=True), "check_sheet", "read_only"),
        (app_with("grassroots"), Program(None), "fix_with_preview", "never_saved"),
        *(
            (app_with("city"), Program("https://d.docs.live.net/x/tong-hop.xlsx"), button, "web_address")
            for button in ("return_to_units", "remind", "send_upward", "payment_lists", "report")
        ),
        *(
            (app_with("upper"), Program(None), button, "never_saved")
            for button in ("send_upward", "remind", "payment_lists", "report")
        ),
    ],
)
def test_each_obstacle_is_one_sentence(app: Any, host: Program, button: str, code: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        needed_book(app, host, button)
    assert problem.value.error_code == code
    assert "…" not in messages.text("error", code, "vi", **problem.value.facts)


def test_a_name_with_accents_is_no_obstacle_but_on_a_mac(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_with("grassroots", "Báo cáo.xlsx")
    assert needed_book(app, Program(), "check_sheet") is app.books[0]
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UsageProblem) as problem:
        needed_book(app, Program(), "check_sheet")
    assert problem.value.error_code == "accents_mac"


def test_what_needs_no_workbook_does_without() -> None:
    assert front_book(NO_BOOKS, Program(), "merge_campaign") is None
