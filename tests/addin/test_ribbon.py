"""The declaration of the buttons."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from addin import ribbon
from addin.ribbon import BookKind, EnabledWhen, available, button_of, every_button, shown_groups
from validation.fields import Form


def test_ids_labels_and_keys_are_each_used_once() -> None:
    buttons = list(every_button())
    for name in ("id", "label", "keytip", "screentip"):
        values = [getattr(button, name) for button in buttons]
        assert len(set(values)) == len(values), name


def test_no_key_begins_another() -> None:
    keys = [button.keytip for button in every_button()]
    assert all(key.isascii() and key.isupper() and 1 <= len(key) <= 3 for key in keys)
    assert not [(one, other) for one in keys for other in keys if one != other and other.startswith(one)]


def test_words_fit_where_excel_shows_them() -> None:
    for button in every_button():
        assert len(button.label) <= 18, button.id
        assert len(button.screentip) <= 60, button.id
        assert 20 <= len(button.supertip) <= 250, button.id
        assert button.supertip.endswith("."), button.id


def test_every_form_is_a_kind_of_workbook() -> None:
    assert set(BookKind) == {"none", "other", *Form}
    assert EnabledWhen.ANY_FORM.kinds == tuple(BookKind(form) for form in Form)


def test_a_button_is_shown_once_its_action_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    actions = SimpleNamespace(check_sheet=print, status="not callable")
    monkeypatch.setattr(ribbon, "_actions", lambda: actions)
    assert [button.id for button in every_button() if available(button)] == ["check_sheet"]
    (group,) = shown_groups()
    assert [button.id for button in group.buttons] == ["check_sheet"]
    assert [len(group.buttons) for group in shown_groups(everything=True)] == [len(g.buttons) for g in ribbon.GROUPS]


def test_without_actions_no_button_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ribbon, "ACTIONS", "addin.no_such_package.actions")
    assert shown_groups() == ()
    monkeypatch.setitem(sys.modules, "addin.no_such_package", ModuleType("addin.no_such_package"))
    assert shown_groups() == ()


def test_a_button_that_no_one_declared_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such_button"):
        button_of("no_such_button")
