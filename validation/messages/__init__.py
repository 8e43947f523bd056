"""The only home of sentences that a person reads: ``<language>.toml`` for rules, ``*.<language>.toml`` for the rest.

A sentence is a format string; the facts of a finding or refusal fill it. Dates are shown dd/mm/yyyy, amounts and counts
with dots, as the domain writes them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Finding, Severity
from validation.text.amounts import format_amount

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
_GROUPED = frozenset(
    {"amount", "cap", "count", "earlier_members", "length", "limit", "maximum", "members", "thousandfold", "workers"},
)
_LONGEST_VALUE, _LONGEST_FACT = 120, 600  # characters
_STRAY = re.compile(r"^\s+|\s+$|\s{2,}|[^\S \n]|\u2800")


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
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if grouped and isinstance(value, int):
        return format_amount(value)
    return "" if value is None else value


def text(table: str, key: str, language: Language = "vi", /, **facts: object) -> str:
    """A sentence of the catalogue: entry ``key`` of ``table``, a string or a table with ``text``. Raises KeyError."""
    entry = catalogue(language)[table][key]
    pattern: str = entry if isinstance(entry, str) else entry["text"]
    return pattern.format_map(_Shown({name: shown(value, grouped=name in _GROUPED) for name, value in facts.items()}))


def _facts(finding: Finding, language: Language) -> _Shown:
    facts = _Shown()
    for name, fact in finding.facts.items():
        value = shown(fact, grouped=name in _GROUPED)
        facts[name] = _short(value, _LONGEST_FACT) if isinstance(value, str) else value
    facts["value"] = _short(finding.value or "")
    facts["marked"] = _short(_with_spaces_marked(finding.value or ""))
    facts["fix"] = _short(finding.fix or "")
    facts["cell"], facts["row"], facts["sheet"] = finding.cell or "", finding.row or "", finding.sheet or ""
    near: str = catalogue(language)["where"]["near"]
    facts["near"] = near.format_map(facts) if facts.get("proposal") else ""
    field = ROW_FIELD.get(finding.field or "") or COVER_FIELD.get(finding.field or "")
    facts.setdefault("header", field.header if field else finding.field or "")
    return facts


def _short(value: str, longest: int = _LONGEST_VALUE) -> str:
    value = " ".join(value.split())
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def _with_spaces_marked(value: str) -> str:
    """The text with a dot for each stray space, as a word processor shows spaces, and an arrow for a stray break."""
    return _STRAY.sub(lambda found: "".join("↵" if c == "\n" else "·" for c in found[0]), value.replace("\r\n", "\n"))


def title(finding: Finding, language: Language = "vi") -> str:
    """A finding's short name."""
    entry: str = catalogue(language)["rule"][finding.code]["title"]
    return entry


def explain(finding: Finding, language: Language = "vi") -> str:
    """The finding's whole message: where, what, why, and what the clerk should please do."""
    if finding.cell and finding.row is None:
        where = "cover"
    elif finding.cell:
        where = "cell"
    else:
        where = "row" if finding.row else "file"
    facts = tuple(finding.facts.items())
    header, sentences = _sentences(finding.code, finding.field, finding.value, finding.fix, facts, language)
    place = {"cell": finding.cell or "", "row": finding.row or "", "sheet": finding.sheet or "", "header": header}
    return f"{catalogue(language)['where'][where].format_map(place)}: {sentences}"


@lru_cache(maxsize=4_096)
def _sentences(
    code: str, field: str | None, value: str | None, fix: str | None, facts: tuple[tuple[str, object], ...],
    language: Language,
) -> tuple[object, str]:  # fmt: skip
    """Header of the column, and the finding's sentences, which name no place: the same for many rows."""
    finding = Finding(code, Severity.WARNING, field=field, value=value, facts=dict(facts), fix=fix)
    shown_facts = _facts(finding, language)
    entry = catalogue(language)["rule"][code]
    return shown_facts["header"], " ".join(entry[part].format_map(shown_facts) for part in ("what", "why", "do"))


def advice(finding: Finding, language: Language = "vi") -> str:
    """What, why and what to do, without the place: for a table that has columns for it."""
    entry = catalogue(language)["rule"][finding.code]
    facts = _facts(finding, language)
    sentence = " ".join(entry[part].format_map(facts) for part in ("what", "why", "do"))
    return sentence[0].upper() + sentence[1:]


def parts(finding: Finding, language: Language = "vi") -> tuple[str, str, str]:
    """What, why, and what to do, each a sentence of its own."""
    entry = catalogue(language)["rule"][finding.code]
    facts = _facts(finding, language)
    what, why, do = (str(entry[part].format_map(facts)) for part in ("what", "why", "do"))
    return what[0].upper() + what[1:], why, do


def reason(finding: Finding, language: Language = "vi") -> str:
    """What is wrong, in one line without the place: for a row's list of reasons."""
    entry = catalogue(language)["rule"][finding.code]
    facts = _facts(finding, language)
    field = f"{facts['header']}: " if finding.field else ""
    return f"{field}{entry['what'].format_map(facts)}"
