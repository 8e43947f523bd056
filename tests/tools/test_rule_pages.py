"""The guide has a section for every rule, with its examples, and is what the rules say today."""

from pathlib import Path

import pytest

from tools.rule_examples_shown import visible
from tools.rule_pages import GUIDE, PAGES, PROJECT, TABLE, main, pages
from validation.messages import catalogue
from validation.rules.registry import Rule, all_rules

RULES = [pytest.param(rule, id=code) for code, rule in all_rules().items()]


def section(rule: Rule) -> str:
    page = (PROJECT / GUIDE / PAGES[rule.scope][0]).read_text(encoding="utf-8")
    _, anchor, rest = page.partition(f'<a id="{rule.code}"></a>\n')
    assert anchor, f"no section for {rule.code}: run python -m tools.rule_pages"
    return rest.partition('<a id="')[0]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_section_with_text_severity_and_examples(rule: Rule) -> None:
    text = section(rule)
    assert f"## {catalogue('vi')['rule'][rule.code]['title']}\n" in text
    assert "**Chuyện gì**" in text
    assert "**Vì sao:**" in text
    assert "**Làm gì:** Xin " in text or "xin " in text
    assert f"có từ bản {rule.since}" in text
    assert text.count("| ✗ |") == len(rule.bad)
    assert text.count("| ✓ |") == len(rule.good)
    assert not any(mark in text for mark in ("{", "}", "None"))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_stands_in_the_table_of_contents_and_in_the_table_of_tests(rule: Rule) -> None:
    place = f"{PAGES[rule.scope][0]}#{rule.code}"
    assert place in (PROJECT / GUIDE / "README.md").read_text(encoding="utf-8")
    assert place in (PROJECT / TABLE).read_text(encoding="utf-8")


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for path, text in pages().items():
        width = 0
        for line in text.splitlines():
            cells = line.replace("\\|", "").count("|")
            if line.startswith("|"):
                width = width or cells
                assert cells == width, (path, line)
            else:
                width = 0


def test_a_page_that_differs_or_is_left_over_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 0
    (tmp_path / GUIDE / "tung-dong.md").write_text("xưa", encoding="utf-8")
    (tmp_path / GUIDE / "cu.md").write_text("xưa", encoding="utf-8")
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "tung-dong.md" in said
    assert "cu.md" in said
    assert main(["--folder", str(tmp_path)]) == 0
    assert not (tmp_path / GUIDE / "cu.md").exists()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" a  b ", "·a··b·"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("ma\u0301y", "ma⟨U+0301⟩y"),
        ("\u00d0oàn", "Ð⟨U+00D0⟩oàn"),
        ("đủ | cả *", "đủ \\| cả \\*"),
        ("Đoàn", "Đoàn"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown
