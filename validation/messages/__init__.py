"""The only home of sentences that a person reads: ``<language>.toml`` for rules, ``*.<language>.toml`` for the rest.

A sentence is a format string; the facts of a finding or refusal fill it. Dates are shown dd/mm/yyyy and whole numbers
with dots, as the domain writes them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Finding
from validation.text.amounts import format_amount

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
_GROUPED = frozenset({"cap", "thousandfold", "limit"})
_NEAR = {"vi": " Có phải là “{0}”?", "en": " Is it “{0}”?"}
_WHERE = {
    "vi": {"cell": "Ô {cell} (cột “{header}”)", "cover": "Ô {cell} (“{header}”, trang {sheet})", "row": "Dòng {row}", "file": "Tệp"},
    "en": {"cell": "Cell {cell} (column “{header}”)", "cover": "Cell {cell} (“{header}”, sheet {sheet})", "row": "Row {row}", "file": "File"},
}  # fmt: skip


@lru_cache(maxsize=2)
def catalogue(language: Language) -> Mapping[str, Any]:
    """All texts of a language, from every file of this folder that is named for it. Table → key → text or table."""
    texts: dict[str, Any] = {}
    for file in sorted(resources.files("validation.messages").iterdir(), key=lambda f: f.name):
        if file.name == f"{language}.toml" or file.name.endswith(f".{language}.toml"):
            for table, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                texts.setdefault(table, {}).update(entries)
    return texts


class _Shown(dict[str, object]):
    """Facts as a person reads them; a missing one shows as "…" rather than breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def shown(value: object, *, grouped: bool = False) -> object:
    """A fact as a person reads it: dates dd/mm/yyyy, amounts with dots, nothing as an empty string."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if grouped and isinstance(value, int):
        return format_amount(value)
    return "" if value is None else value


def text(table: str, key: str, language: Language = "vi", /, **facts: object) -> str:
    """A sentence of the catalogue: entry ``key`` of ``table``, a string or a table with ``text``. Raises KeyError."""
    entry = catalogue(language)[table][key]
    pattern: str = entry if isinstance(entry, str) else entry["text"]
    return pattern.format_map(_Shown({name: shown(value) for name, value in facts.items()}))


def _facts(finding: Finding, language: Language) -> _Shown:
    facts = _Shown({k: shown(v, grouped=k in _GROUPED) for k, v in finding.facts.items()})
    facts["value"] = _short(finding.value or "")
    facts["fix"] = _short(finding.fix or "")
    facts["cell"], facts["row"], facts["sheet"] = finding.cell, finding.row, finding.sheet
    proposal = finding.facts.get("proposal")
    facts["near"] = _NEAR[language].format(proposal) if proposal else ""
    field = ROW_FIELD.get(finding.field or "") or COVER_FIELD.get(finding.field or "")
    facts.setdefault("header", field.header if field else finding.field)
    return facts


def _short(value: str, longest: int = 120) -> str:
    value = " ".join(value.split())
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def title(finding: Finding, language: Language = "vi") -> str:
    """A finding's short name."""
    entry: str = catalogue(language)["rule"][finding.code]["title"]
    return entry


def explain(finding: Finding, language: Language = "vi") -> str:
    """The finding's whole message: where, what, why, and what the clerk should please do."""
    entry = catalogue(language)["rule"][finding.code]
    facts = _facts(finding, language)
    if finding.cell and finding.row is None:
        where = "cover"
    elif finding.cell:
        where = "cell"
    else:
        where = "row" if finding.row else "file"
    place = _WHERE[language][where].format_map(facts)
    return " ".join((f"{place}:", *(entry[part].format_map(facts) for part in ("what", "why", "do"))))


def advice(finding: Finding, language: Language = "vi") -> str:
    """What, why and what to do, without the place: for a table that has columns for it."""
    entry = catalogue(language)["rule"][finding.code]
    facts = _facts(finding, language)
    sentence = " ".join(entry[part].format_map(facts) for part in ("what", "why", "do"))
    return sentence[0].upper() + sentence[1:]


def reason(finding: Finding, language: Language = "vi") -> str:
    """What is wrong, in one line without the place: for a row's list of reasons."""
    entry = catalogue(language)["rule"][finding.code]
    facts = _facts(finding, language)
    field = f"{facts['header']}: " if finding.field else ""
    return f"{field}{entry['what'].format_map(facts)}"
