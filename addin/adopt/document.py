"""The JSON of ``adopt``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from addin.adopt.mapping import Column
from addin.adopt.run import Adoption, Written
from addin.adopt.sharing import Shares
from addin.adopt.wording import reason_of_column
from validation import messages
from validation.normalise import as_shown


def adopted(adoption: Adoption, written: Sequence[Written], language: messages.Language) -> dict[str, Any]:
    """The proposal, and the files where it was confirmed."""
    proposal = adoption.proposal
    document: dict[str, Any] = {
        "file": str(adoption.path),
        "sha256": adoption.sha256,
        "rows": len(proposal.rows),
        "lists": [
            {
                "sheet": one.sheet,
                "header_rows": list(range(one.header.first_row, one.header.last_row + 1)),
                "last_row": one.last_row,
                "rows": one.rows,
                "columns": [_column(column, language) for column in one.columns],
            }
            for one in proposal.lists
        ],
        "remarks": [
            {"code": one.code, "message": messages.text("adopt_remark", one.code, language, **one.facts)}
            for one in proposal.remarks
        ],
        "unused_cells": len(proposal.left),
        "written": [{"file": str(one.file), "unit": one.unit, "rows": one.rows} for one in written],
    }
    if adoption.shares is not None:
        document["units"] = _units(adoption.shares)
        document["rows_of_no_unit"] = len(adoption.shares.nobody)
    return document


def _column(column: Column, language: messages.Language) -> dict[str, Any]:
    return {
        "column": column.letters,
        "header": column.header,
        "fields": list(column.fields),
        "way": column.way.value,
        "scale": column.scale,
        "score": column.score,
        "sure": column.sure,
        "reason": column.reason.value,
        "message": reason_of_column(column, language),
        "samples": [as_shown(value) for value in column.samples],
    }


def _units(shares: Shares) -> list[dict[str, Any]]:
    return [
        {
            "text": match.text,
            "unit": match.unit.code if match.unit is not None else None,
            "score": match.score,
            "reason": match.reason,
            "rows": match.rows,
        }
        for match in shares.matches
    ]
