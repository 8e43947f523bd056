"""The sentences about mail: in both languages, with the same facts."""

from __future__ import annotations

from string import Formatter

import pytest

from validation.messages import LANGUAGES, catalogue

TABLES = ("send", "letter", "mail_refusal", "mail_state", "mail_fate")


def facts(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


@pytest.mark.parametrize("table", [*TABLES, "error", "problem", "screen"])
def test_both_languages_say_it_with_the_same_facts(table: str) -> None:
    vietnamese, english = (catalogue(language)[table] for language in LANGUAGES)
    mine = [key for key in vietnamese if table in TABLES or key.startswith(("mail_", "account_", "collect"))]
    assert mine
    for key in mine:
        assert facts(english[key]) <= facts(vietnamese[key]), key
