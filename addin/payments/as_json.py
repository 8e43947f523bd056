"""The JSON of ``pay`` (DESIGN, "Commands"). Pure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from addin.payments.drafting import DraftList, unit_name
from addin.payments.paying import Payments, Printed
from addin.payments.store import ClosedList
from validation.payments import Fund


def payments(one: Payments, campaign: Path) -> dict[str, Any]:
    """The whole of ``pay --json``. ``total`` and ``payers`` are of upper-level support; ``base`` is the grassroots
    unions' own. ``numbers`` are the lists made, ``closed`` those that there were; files can be opened as given."""
    return {
        "phase": one.drafts.phase,
        "date": one.drafts.day.isoformat(),
        "dry_run": one.dry,
        "total": one.drafts.total(Fund.UPPER),
        "payers": _payers(one, Fund.UPPER),
        "lists": [str(campaign / file) for file in one.files],
        "base": {"total": one.drafts.total(Fund.BASE), "payers": _payers(one, Fund.BASE)},
        "numbers": [_closed(made, campaign) for made in one.made],
        "closed": [_closed(earlier, campaign) for earlier in one.closed],
        "missing_files": [str(campaign / lost.record.file) for lost in one.missing],
        "left_out": [
            {"fund": left.fund.value, "unit": left.unit, "payer": left.payer, "amount": left.amount, "rows": left.lines}
            for left in one.drafts.left_out
        ],
    }


def printed(one: Printed, campaign: Path) -> dict[str, Any]:
    """The whole of ``pay --reprint --json`` and ``pay --void --json``."""
    return {
        "file": str(one.file),
        "written": one.written,
        "numbers": [_closed(of_file, campaign) for of_file in one.lists],
    }


def _payers(one: Payments, fund: Fund) -> list[dict[str, Any]]:
    """One entry for each payer; a grassroots union whose lists stand in two workbooks has one entry too."""
    by_payer: dict[str, list[DraftList]] = {}
    for made in one.drafts.of(fund):
        by_payer.setdefault(made.payer, []).append(made)
    return [
        {
            "unit": payer,
            "name": unit_name(one.overview, payer),
            "amount": sum(made.amount for made in lists),
            "rows": sum(len(made.items) for made in lists),
            "adjustments": sum(item.amount for made in lists for item in made.items if item.refers is not None),
        }
        for payer, lists in sorted(by_payer.items())
    ]


def _closed(one: ClosedList, campaign: Path) -> dict[str, Any]:
    record = one.record
    return {
        "number": record.key,
        "label": record.label,
        "fund": record.fund.value,
        "payer": record.payer,
        "date": record.day.isoformat(),
        "amount": record.amount,
        "rows": record.lines,
        "file": str(campaign / record.file),
        "void": None
        if one.void is None
        else {"reason": one.void.reason, "name": one.void.name, "at": one.void.at.isoformat(timespec="seconds")},
    }
