"""Every reason for refusing a file has a sentence in both languages, and only facts that it is given."""

import ast
import string
import tomllib
from pathlib import Path

import pytest

import addin.intake
from addin.intake.refusals import REASONS, RefusedAs, refuse, refused_as
from validation.errors import Refusal

MESSAGES = Path(__file__).parents[3] / "validation" / "messages"
SOURCES = sorted(Path(addin.intake.__path__[0]).glob("*.py"))


def sentences(language: str) -> dict[str, str]:
    table = tomllib.loads((MESSAGES / f"refusals.{language}.toml").read_text(encoding="utf-8"))["refusal"]
    return {code: entry["text"] for code, entry in table.items()}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_a_sentence_that_uses_its_facts_and_no_others(language: str) -> None:
    texts = sentences(language)
    assert texts.keys() == REASONS.keys()
    for code, text in texts.items():
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert used == REASONS[code].facts, code


def test_every_code_that_is_raised_is_declared_and_every_declared_one_is_raised() -> None:
    raised = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refuse":
                raised |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in REASONS:
                raised.add(node.value) if source.name != "refusals.py" else None
    assert raised == set(REASONS)


def test_vietnamese_sentences_say_what_to_do() -> None:
    for code, text in sentences("vi").items():
        assert any(word in text for word in ("Xin", "xin", "Không cần")), code
        assert text.endswith("."), code


def test_an_undeclared_refusal_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not declared"):
        refuse("no_such_code")
    with pytest.raises(ValueError, match="not declared"):
        refuse("damaged")


def test_what_is_no_submission_is_skipped_and_the_rest_quarantined() -> None:
    assert refused_as(refuse("link")) is RefusedAs.SKIPPED
    assert refused_as(refuse("password")) is RefusedAs.QUARANTINED
    assert refused_as(Refusal("unknown_unit", unit="X")) is RefusedAs.QUARANTINED
