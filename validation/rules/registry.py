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
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from validation.draft import Draft
from validation.findings import NO_FACTS, Severity
from validation.programme import Programme
from validation.rules.examples import Case, Example
from validation.submission import Cover, RawRow, RawSubmission, Row


class Scope(StrEnum):
    """What a rule looks at."""

    ROW = "row"
    CROSS_ROW = "cross_row"
    CROSS_FILE = "cross_file"
    REPORT = "report"


class Basis(StrEnum):
    """On what a check of a row bases its word on a field. Only the row is always right; the others save the check on
    rows where it would be silent, and tests hold each rule to what it declares."""

    ROW = "row"
    VALUE = "value"
    """That field's typed value and the programme: the check is silent wherever it is on the value alone, and on blanks.
    No text that is kept as it is typed."""
    LETTERS = "letters"
    """That field's letters and words: the check is silent on texts that are plain (``validation.text.plain``)."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a row rule may know besides the row."""

    programme: Programme
    report_date: date


class Hit(NamedTuple):
    """A rule's word on one field of the row; ``facts`` fill the sentence, ``fix`` is the proposed content."""

    field: str | None = None
    facts: Mapping[str, object] = NO_FACTS
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class ReportHit:
    """A rule's word on a report: on a cell of row ``row``; without a row on a cell of the cover (``field``), or on the
    whole report. ``facts`` fill the sentence, ``fix`` is the proposed content."""

    row: int | None = None
    field: str | None = None
    facts: Mapping[str, object] = dataclass_field(default_factory=dict)
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """One report as a rule across its rows sees it: as read, its cover, its judged rows, and the rows counted as blank
    in which something stands all the same."""

    programme: Programme
    raw: RawSubmission
    cover: Cover
    rows: Sequence[Row]
    blank: Sequence[RawRow]


class Reported(Protocol):
    """One report on record as a rule across reports sees it."""

    @property
    def path(self) -> str:
        """Where its file lies."""

    @property
    def cover(self) -> Cover:
        """Its cover."""

    @property
    def rows(self) -> Sequence[Row]:
        """Its judged rows."""

    @property
    def received_at(self) -> datetime:
        """When it was taken."""


RowCheck = Callable[[Draft, Context], Iterator[Hit]]
ReportCheck = Callable[[JudgedReport], Iterator[ReportHit]]
ReplacementCheck = Callable[[Reported, Reported], Iterator[ReportHit]]
"""(newer, earlier) report of one unit → what is to be said of the newer."""
TogetherCheck = Callable[[Sequence[Reported]], Iterator[tuple[int, ReportHit]]]
"""The reports that count → (place of a report among them, what is to be said of it)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with at most one of the four checks: on a row, across a report's rows, on a newer report beside the
    earlier one, on all reports that count. None of them where the fact is noticed elsewhere (while cleaning a cell,
    reading a file, judging the cover or settling duplicates) and the rule gives it its severity, text and examples.

    ``bad`` and ``good``: where the rule must speak or be silent; an Example is one row, a Case one or more reports.
    A ``beta`` rule only warns, whatever its severity says. ``waivable``: whether a person may accept what it says (see
    ``may_be_waived``). ``basis``: see ``Basis``.
    """

    code: str
    severity: Severity
    fields: tuple[str, ...]
    since: str
    check: RowCheck | None = None
    bad: Sequence[Example | Case] = ()
    good: Sequence[Example | Case] = ()
    beta: bool = False
    scope: Scope = Scope.ROW
    check_report: ReportCheck | None = None
    check_replacement: ReplacementCheck | None = None
    check_together: TogetherCheck | None = None
    waivable: bool | None = None
    basis: Basis = Basis.ROW

    @property
    def may_be_waived(self) -> bool:
        """Whether a finding of it can be accepted: as declared, else warnings can and errors cannot. Source:
        docs/decisions/0013."""
        return self.effective_severity is Severity.WARNING if self.waivable is None else self.waivable

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


@lru_cache(maxsize=8)
def row_checks(*bases: Basis) -> tuple[tuple[Rule, RowCheck], ...]:
    """The rules that look at a single row, with their check: all of them, or those of these bases."""
    rules = all_rules().values()
    return tuple((r, r.check) for r in rules if r.check is not None and (not bases or r.basis in bases))


@lru_cache(maxsize=1)
def report_checks() -> tuple[tuple[Rule, ReportCheck], ...]:
    """The rules that look across the rows of one report, or at its cover, with their check."""
    return tuple((r, r.check_report) for r in all_rules().values() if r.check_report is not None)


@lru_cache(maxsize=1)
def replacement_checks() -> tuple[tuple[Rule, ReplacementCheck], ...]:
    """The rules that look at a newer report beside the one that it replaces, with their check."""
    return tuple((r, r.check_replacement) for r in all_rules().values() if r.check_replacement is not None)


@lru_cache(maxsize=1)
def together_checks() -> tuple[tuple[Rule, TogetherCheck], ...]:
    """The rules that look at all reports that count, with their check."""
    return tuple((r, r.check_together) for r in all_rules().values() if r.check_together is not None)
