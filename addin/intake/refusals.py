"""Every reason for which a file is not taken: what becomes of the file, and the facts that its sentence needs.

The sentences are ``validation/messages/refusals.*.toml``, table ``refusal``; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from validation.errors import Refusal


class RefusedAs(StrEnum):
    """``skipped``: never meant to be a report (link, lock file, system file …). ``quarantined``: looks like one, or
    may hold one, and somebody has to do something about it. The values are those of ``merge --json``."""

    SKIPPED = "skipped"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Reason:
    """One refusal code: what becomes of the file, and the names of the facts in its sentence."""

    refused_as: RefusedAs
    facts: frozenset[str] = frozenset()


def _skipped(*facts: str) -> Reason:
    return Reason(RefusedAs.SKIPPED, frozenset(facts))


def _held(*facts: str) -> Reason:
    return Reason(RefusedAs.QUARANTINED, frozenset(facts))


REASONS: Mapping[str, Reason] = {
    # What lies in a folder and is no file of a clerk.
    "link": _skipped(),
    "special_file": _skipped(),
    "owner_file": _skipped(),
    "system_file": _skipped(),
    "folder_named_as_workbook": _skipped(),
    # Files whose bytes could not be had.
    "not_found": _held(),
    "vanished": _held(),
    "no_permission": _held(),
    "folder_unreadable": _held("problem"),
    "unreadable": _held("problem"),
    "still_being_written": _held(),
    "empty_file": _held(),
    "too_large": _held("megabytes", "limit"),
    # Files of another type.
    "password": _held(),
    "old_xls": _held(),
    "xlsb": _held(),
    "ods": _held(),
    "web_page": _held(),
    "plain_text": _held(),
    "xml_2003": _held(),
    "pdf": _held(),
    "picture": _held(),
    "word_document": _held(),
    "archive": _held(),
    "zip_of_workbooks": _held("count"),
    "hollow": _held(),
    "unknown_type": _held(),
    # Workbooks that are broken, or made to break their reader.
    "damaged": _held("part"),
    "too_big_inside": _held(),
    "unsafe_content": _held("part"),
    "ambiguous_names": _held("name"),
    "no_sheets": _held(),
    "too_many_cells": _held("sheet", "millions"),
    # Workbooks that are not a form that this program knows.
    "not_our_form": _held(),
    "template_too_new": _held("version", "known"),
    "template_unknown_version": _held("version"),
    "missing_names": _held("columns"),
    # The reader itself.
    "readers_disagree": _held("sheet", "cell"),
    "reader_died": _held(),
    "reader_timed_out": _held("seconds"),
    "reader_out_of_memory": _held(),
    "reader_failed": _held("problem"),
}
"""All refusal codes of the intake."""


def refuse(code: str, **facts: object) -> Refusal:
    """The refusal of that code, to be raised or kept. Raises ValueError for a code or facts that are not declared."""
    reason = REASONS.get(code)
    if reason is None or reason.facts != facts.keys():
        raise ValueError(f"refusal {code} with facts {sorted(facts)} is not declared")
    return Refusal(code, **facts)


def refused_as(refusal: Refusal) -> RefusedAs:
    """What becomes of a refused file. A code from elsewhere (a cover that is incomplete …) is quarantined."""
    reason = REASONS.get(refusal.code)
    return reason.refused_as if reason is not None else RefusedAs.QUARANTINED
