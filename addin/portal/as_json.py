"""The JSON of ``reconcile``. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.portal.reading import described
from addin.portal.reconciling import Reconciled
from validation.portal import PortalEntry
from validation.submission import Row


def reconciled(done: Reconciled) -> dict[str, Any]:
    """The whole of ``reconcile --json``. ``recorded`` is False where the list was only looked at (no ``--yes``)."""
    result = done.result
    return {
        "list": str(done.path),
        "sha256": done.sha256,
        "recorded": done.record is not None,
        "new": done.new,
        "workbook": str(done.workbook) if done.workbook is not None else None,
        "settings": {
            "replaces_status": done.rule.replaces_status,
            "money_needs_match": done.rule.money_needs_match,
        },
        "waits_for_merge": done.waiting,
        "columns": [
            {"sheet": region.sheet, "column": column.letters, "header": column.header, "field": described(column),
             "score": column.score}
            for region in done.read.regions
            for column in region.columns
        ],
        "counts": {
            "lines": len(done.read.entries),
            "unreadable_dates": done.read.unreadable,
            "matched": len(result.matched),
            "different": len(result.different),
            "claimed_only": len(result.claimed_only),
            "portal_only": len(result.portal_only),
            "suggested": len(result.suggested),
            "repeated": len(result.repeated),
            "unclear": len(result.unclear),
        },
        "different": [
            {**_row(one.row), "fields": list(one.differs), "report": _said(one.row), "portal": _said(one.entry),
             "line": _line(one.entry)}
            for one in result.different
        ],
        "claimed_only": [{**_row(row), "report": _said(row)} for row in result.claimed_only],
        "portal_only": [
            {**_entry(one.entry), "left_out": _row(one.left_out) if one.left_out is not None else None}
            for one in result.portal_only
        ],
        "suggested": [
            {"score": one.score, "report": _row(one.row), "portal": _entry(one.entry)} for one in result.suggested
        ],
        "repeated": [_entry(entry) for entry in result.repeated],
        "unclear": [_entry(entry) for entry in result.unclear],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {
        "unit": row.unit_code,
        "registration_code": row.registration_code,
        "lead_author": row.lead_author,
        "title": row.title,
        "row": row.number,
        "upper_support": row.upper_support,
    }


def _entry(entry: PortalEntry) -> dict[str, Any]:
    return {
        "registration_code": entry.registration_code,
        "lead_author": entry.lead_author,
        "title": entry.title,
        "unit": entry.unit,
        "status_text": entry.status_text,
        **_said(entry),
        "line": _line(entry),
    }


def _line(entry: PortalEntry) -> dict[str, Any]:
    return {"sheet": entry.sheet, "row": entry.row}


def _said(one: Row | PortalEntry) -> dict[str, str | None]:
    return {"status": one.status, "registered_on": _iso(one.registered_on), "approved_on": _iso(one.approved_on)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
