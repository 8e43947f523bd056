"""The program as it will be on the day on which version 2 of the forms is delivered: ``python next_program.py FILE…``.

What stands in validation/fields.py then is what version 2 declares today; nothing else is exchanged. Prints, for each
file, how it was read and judged; the first line is a form of version 2 built by that program, in base64.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import sys
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from validation import fields, submission
from workbook_templates.versions.declarations import declared_columns

_NOW = {field.name: field for field in fields.ROW_FIELDS}


def _as_delivered(field: fields.Field) -> fields.Field:
    """With the width, hint and longest content that today's field of that name has."""
    today = _NOW.get(field.name)
    if today is None:
        return field
    return dataclasses.replace(field, width=today.width, hint=today.hint, maximum=today.maximum)


fields.TEMPLATE_VERSION = 2
fields.ROW_FIELDS = tuple(map(_as_delivered, declared_columns(2)))
fields.ROW_FIELD = {field.name: field for field in fields.ROW_FIELDS}


def _row_with(new: list[str]) -> type:
    """The row of that day: the new columns stand where the typed ones end."""
    row = submission.Row
    at = row._fields.index("phase")
    names = (*row._fields[:at], *new, *row._fields[at:])
    optional = [name for name in names if name in row._field_defaults or name in new]
    defaults = [row._field_defaults.get(name) for name in optional]
    base = namedtuple("Row", names, defaults=defaults)  # type: ignore[misc]
    return type("Row", (base,), {"__slots__": (), "accepted": row.accepted, "first_row": row.first_row})


submission.Row = _row_with([name for name in fields.ROW_FIELD if name not in _NOW])  # type: ignore[misc]


def main(files: list[str]) -> None:
    # Imported only now: every other module takes the fields from validation.fields as they are.
    from addin.intake.reader import read_workbook
    from addin.merge.reading import judge_alone
    from validation.errors import Refusal
    from validation.messages import explain
    from validation.programme import load_programme
    from workbook_templates.forms import form_bytes

    form = form_bytes(fields.Form.GRASSROOTS, load_programme())
    print(base64.b64encode(form).decode())
    for file in files:
        try:
            raw = read_workbook(Path(file).read_bytes())
            judged = judge_alone(raw)
        except Refusal as refusal:
            print(json.dumps({"refusal": refusal.code, "facts": {k: str(v) for k, v in refusal.facts.items()}}))
            continue
        print(json.dumps({
            "version": judged.template_version,
            "rows": judged.counts().as_json(),
            "upper": sum(row.upper_support for row in judged.rows),
            "base": sum(row.base_counted for row in judged.rows),
            "findings": sorted(f"{f.code} {f.cell}" for f in judged.findings),
            "messages": [explain(f) for f in judged.findings],
            "positions": [[row.number, row.position, getattr(row, "workplace")] for row in judged.rows],  # noqa: B009
            "columns": dict(raw.columns),
        }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
