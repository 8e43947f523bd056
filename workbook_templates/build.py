"""Write the committed blank forms, or check them: ``python -m workbook_templates.build [--check]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from validation.fields import Form
from validation.programme import load_programme
from workbook_templates.forms import form_bytes

BUILT = Path(__file__).parent / "built"
"""The committed forms of the default programme: the only ones whose bytes are kept."""


def built_path(form: Form, folder: Path = BUILT) -> Path:
    """Where the committed form stands."""
    return folder / f"{form.value}.xlsx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build every form, or with ``--check`` compare: exit 1 when a committed file differs from its source."""
    parser = argparse.ArgumentParser(prog="python -m workbook_templates.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file differs")
    parser.add_argument("--folder", type=Path, default=BUILT, help="where the forms stand")
    options = parser.parse_args(arguments)
    stale = 0
    for form in Form:
        path, content = built_path(form, options.folder), form_bytes(form, load_programme(), compress=False)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.is_file() or path.read_bytes() != content:
            stale += 1
            message = f"{path} differs from its source: run python -m workbook_templates.build and commit it"
            print(message, file=sys.stderr)  # noqa: T201 - a command's answer
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
