"""Duplicates: which of several rows with one registration code counts.

Source: DOMAIN, "What becomes of a row": the first stays (earliest registered_on, then unit code, then row); the others
are duplicates, in no total, shown side by side for the clerk's decision. Rejected rows take no part. Exact match only.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from validation.findings import Finding
from validation.rules.registry import all_rules
from validation.submission import Outcome, RawSubmission, Row

Key = TypeVar("Key", bound=Hashable)


def precedence(row: Row) -> tuple[date, str, int]:
    """Sort key: the row that comes first stays. A row without a day of registration comes last; the row number is the
    first file's, so that a row has the same place by whichever way it comes."""
    return (row.registered_on or date.max, row.unit_code, row.first_row)


def later_duplicates(rows: Iterable[tuple[Key, Row]], chosen: Mapping[str, Key] | None = None) -> dict[Key, Key]:
    """Each duplicate's key → the key of the row that stays.

    ``rows`` are accepted or duplicate rows (rejected ones are passed over) under any unique key. ``chosen`` holds a
    clerk's decisions: code → key of the row that shall stay; a choice that names no row of that code is ignored.
    """
    first: dict[str, tuple[Key, Row]] = {}
    groups: dict[str, list[tuple[Key, Row]]] = {}
    for key, row in rows:
        code = row.registration_code
        if not code or row.outcome is Outcome.REJECTED:
            continue
        if code in first:
            groups.setdefault(code, [first[code]]).append((key, row))
        else:
            first[code] = (key, row)
    result: dict[Key, Key] = {}
    for code, group in groups.items():
        keys = {key for key, _ in group}
        stays = min(group, key=lambda pair: precedence(pair[1]))[0]
        if chosen and chosen.get(code) in keys:
            stays = chosen[code]
        result.update({key: stays for key, _ in group if key != stays})
    return result


def as_duplicate(row: Row) -> Row:
    """The row as a duplicate: in no total, no money; its phase is kept for reading side by side."""
    return row._replace(outcome=Outcome.DUPLICATE, upper_support=0, base_counted=0, counted=False)


def settle_within_report(rows: Sequence[Row], raw: RawSubmission) -> tuple[tuple[Row, ...], list[Finding]]:
    """Mark the later rows of each repeated code, with one warning each."""
    stays = later_duplicates(enumerate(rows))
    if not stays:
        return tuple(rows), []
    rule = all_rules()["duplicate_code"]
    settled = list(rows)
    findings = []
    for index, kept in sorted(stays.items()):
        row = rows[index]
        settled[index] = as_duplicate(row)
        findings.append(
            Finding(
                code=rule.code,
                severity=rule.effective_severity,
                sheet=raw.sheet,
                row=row.number,
                cell=raw.address("registration_code", row.number),
                field="registration_code",
                value=row.registration_code,
                facts={"kept_row": rows[kept].number},
            )
        )
    return tuple(settled), findings
