"""What a rule is, and the list of all rules.

A rule is a small module under ``row``, ``cross_row``, ``cross_file`` or ``report`` with one ``RULE``. Its text stands
in ``messages/`` under its code. A rule never raises, never prints and never knows a column letter.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from validation.draft import Draft
from validation.findings import Severity
from validation.programme import Programme
from validation.rules.examples import Example


class Scope(StrEnum):
    """What a rule looks at."""

    ROW = "row"
    CROSS_ROW = "cross_row"
    CROSS_FILE = "cross_file"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Context:
    """What a row rule may know besides the row."""

    programme: Programme
    report_date: date


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's word on one field of the row; ``facts`` fill the sentence, ``fix`` is the proposed content."""

    field: str | None = None
    facts: Mapping[str, object] = dataclass_field(default_factory=dict)
    fix: str | None = None


RowCheck = Callable[[Draft, Context], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` is None where the fact is noticed elsewhere (while cleaning a cell, reading a file, or
    comparing files) and the rule gives it its severity, its text and its examples.

    ``bad`` and ``good`` are rows, one after the other in one report, on which the rule must speak or be silent.
    A ``beta`` rule only warns, whatever its severity says.
    """

    code: str
    severity: Severity
    fields: tuple[str, ...]
    since: str
    check: RowCheck | None = None
    bad: Sequence[Example] = ()
    good: Sequence[Example] = ()
    beta: bool = False
    scope: Scope = Scope.ROW

    @property
    def effective_severity(self) -> Severity:
        """Severity in force."""
        return Severity.WARNING if self.beta else self.severity


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, Rule]:
    """Every rule by code, in the order of scope and module name. Raises ValueError where two share a code."""
    rules: dict[str, Rule] = {}
    for scope in Scope:
        package = importlib.import_module(f"validation.rules.{scope.value}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            rule: Rule = importlib.import_module(f"{package.__name__}.{module.name}").RULE
            if rule.code in rules or rule.scope is not scope or rule.code != module.name:
                raise ValueError(f"{package.__name__}.{module.name}: code, folder and scope must agree and be unique")
            rules[rule.code] = rule
    return rules


@lru_cache(maxsize=1)
def row_checks() -> tuple[tuple[Rule, RowCheck], ...]:
    """The rules that look at a single row, with their check."""
    return tuple((r, r.check) for r in all_rules().values() if r.scope is Scope.ROW and r.check is not None)
