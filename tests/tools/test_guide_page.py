"""The guide that the button opens holds every field, button and rule, and needs nothing from outside."""

import tomllib
from html import unescape
from pathlib import Path

import pytest

from addin.live.helping import GUIDE
from addin.ribbon import shown_groups
from tools.guide_page import PAGE, TEXT, main, page
from validation.fields import COVER_FIELDS, ROW_FIELDS
from validation.messages import catalogue
from validation.rules.registry import all_rules


@pytest.fixture(scope="module")
def guide() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_button_opens_the_page_that_is_made_here() -> None:
    assert GUIDE.samefile(PAGE)


def test_every_field_stands_in_it_with_its_hint(guide: str) -> None:
    said = unescape(guide)
    for field in (*COVER_FIELDS, *ROW_FIELDS):
        assert field.header in said
        assert field.hint in said


def test_every_button_that_is_shown_stands_in_it_with_its_keys(guide: str) -> None:
    for group in shown_groups():
        for button in group.buttons:
            assert f'id="button-{button.id}"' in guide
            assert f"<kbd>{button.keytip}</kbd>" in guide


def test_every_rule_stands_in_it_with_what_to_do(guide: str) -> None:
    for code in all_rules():
        assert f'id="rule-{code}"' in guide
        assert catalogue("vi")["rule"][code]["title"] in unescape(guide)
    assert guide.count("<b>Làm gì:</b>") == len(all_rules())


def test_nothing_is_fetched_and_no_gap_is_left(guide: str) -> None:
    assert "http" not in guide
    body = guide.partition("</style>")[2].partition("<script>")[0]
    assert not any(mark in body for mark in ("{", "}", "None"))
    assert "[" not in unescape(body), "a button that is none"


def test_no_button_is_the_remedy_where_the_buttons_themselves_are_missing() -> None:
    rows = dict(tomllib.loads(TEXT.read_text(encoding="utf-8"))["trouble"]["rows"])
    (remedy,) = (remedy for trouble, remedy in rows.items() if trouble.startswith("Không thấy thẻ"))
    assert "[" not in remedy
    assert "mở lại" in remedy
    assert "sangkien doctor" in remedy


def test_a_button_named_in_the_words_must_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = TEXT.read_text(encoding="utf-8")
    assert tomllib.loads(words)
    changed = tmp_path / "guide_text.toml"
    changed.write_text(words.replace("[new_form]", "[old_form]"), encoding="utf-8")
    monkeypatch.setattr("tools.guide_page.TEXT", changed)
    with pytest.raises(KeyError):
        page()


def test_a_page_that_differs_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "guide" / "huong-dan.html"
    assert main(["--check", "--out", str(out)]) == 1
    assert main(["--out", str(out)]) == 0
    assert main(["--check", "--out", str(out)]) == 0
    assert "python -m tools.guide_page" in capsys.readouterr().err
