"""Write the workbooks of ``should_pass`` and ``should_fail`` anew, and what is expected of each.

    .venv/bin/python -m tests.workbooks.make_workbooks [name …]

A library's own output is not what a clerk sends, so most are filled and saved by a live LibreOffice (``clerk.py``). The
files are kept in the repository: they are reports as the forms of their day looked, and stay readable for ever. With
names, only those workbooks are written; ``expectations.toml`` always is.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.workbooks.calc_content_cases import CONTENT
from tests.workbooks.calc_layout_cases import LAYOUT, REFUSED
from tests.workbooks.cases import COVER, LIBRE_OFFICE, Case, Expected
from tests.workbooks.library_cases import LIBRARY_CASES, written
from validation.fields import Form
from validation.programme import load_programme
from workbook_templates.forms import form_bytes

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
EXPECTATIONS = "expectations.toml"
CASES: Sequence[Case] = (*LAYOUT, *CONTENT, *REFUSED, *LIBRARY_CASES)

_SECONDS_TO_START, _SECONDS_A_WORKBOOK = 120, 30
_PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python")


def make(cases: Iterable[Case], target: Path, *, soffice: str) -> None:
    """Write the workbooks of ``cases`` under ``target``. Raises RuntimeError where LibreOffice fails."""
    chosen = list(cases)
    for folder in ("should_pass", "should_fail"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="sangkien-forms-") as temporary:
        forms = _blank_forms(Path(temporary))
        for case in chosen:
            if case.by != LIBRE_OFFICE:
                form = forms["short" if case.form == "none" else case.form]
                (target / case.path).write_bytes(written(case, form.read_bytes()))
        in_calc = [case for case in chosen if case.by == LIBRE_OFFICE]
        if in_calc:
            _by_a_clerk([_job(case, forms[case.form], target) for case in in_calc], soffice)


def _blank_forms(folder: Path) -> dict[str, Path]:
    """The committed form, and one of 20 rows; copies, since LibreOffice lays lock files beside what it opens."""
    built, short = folder / "built.xlsx", folder / "short.xlsx"
    shutil.copyfile(PROJECT / "workbook_templates" / "built" / "grassroots.xlsx", built)
    short.write_bytes(form_bytes(Form.GRASSROOTS, load_programme(), rows=20))
    return {"built": built, "short": short}


def _job(case: Case, form: Path, target: Path) -> dict[str, object]:
    return {
        "form": str(form),
        "out": str(target / case.path),
        "format": case.format,
        "password": case.password,
        "cover": COVER | case.cover,
        "rows": case.rows,
        "steps": case.steps,
    }


def _by_a_clerk(jobs: list[dict[str, object]], soffice: str) -> None:
    job = json.dumps({"soffice": soffice, "cases": jobs})
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    process = subprocess.Popen(
        [_python_of_office(), str(HERE / "clerk.py")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env=clean | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    try:
        process.communicate(job, timeout=_SECONDS_TO_START + _SECONDS_A_WORKBOOK * len(jobs))
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
        _end_group(said.partition("\n")[0])
        raise
    if process.returncode != 0:
        raise RuntimeError(f"the clerk gave up ({process.returncode})")


def _end_group(number: str) -> None:
    """End the LibreOffice that the clerk started."""
    if number.isdecimal():
        with suppress(ProcessLookupError):
            os.killpg(int(number), signal.SIGKILL)


def _python_of_office() -> str:
    """A Python that can import LibreOffice's ``uno``. Raises RuntimeError."""
    for python in _PYTHONS:
        if Path(python).exists():
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False, timeout=30)
            if tried.returncode == 0:
                return python
    raise RuntimeError("no Python with LibreOffice's uno (package python3-uno)")


def expectations_text(cases: Iterable[Case]) -> str:
    """The expectations as TOML."""
    blocks = ["# Written by make_workbooks.py: what was typed decides, not the product.\n"]
    for case in sorted(cases, key=lambda case: case.path):
        lines = [f'["{case.path}"]', f"saved_by = {_toml(case.by)}"]
        if case.expected.refusal:
            lines.append(f"refusal = {_toml(case.expected.refusal)}")
        else:
            lines += _passing(case.expected)
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _passing(expected: Expected) -> list[str]:
    outcomes = ("accepted", "rejected", "duplicate", "blank")
    counts = {name: getattr(expected, name) for name in outcomes}
    rows = ", ".join(f"{name} = {count}" for name, count in {"seen": sum(counts.values()), **counts}.items())
    lines = [f"rows = {{ {rows} }}"]
    lists = ("registered", "approved", "upper", "base", "findings", "places", "reads")
    return lines + [f"{name} = [{', '.join(map(_toml, getattr(expected, name)))}]" for name in lists]


def _toml(value: str | int) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def main(names: Sequence[str]) -> int:
    """Write the named workbooks, all of them without a name."""
    unknown = set(names) - {case.name for case in CASES}
    soffice = shutil.which("soffice")
    if unknown or soffice is None:
        print(f"unknown: {', '.join(sorted(unknown))}" if unknown else "needs LibreOffice", file=sys.stderr)
        return 2
    make([case for case in CASES if not names or case.name in names], HERE, soffice=soffice)
    (HERE / EXPECTATIONS).write_text(expectations_text(CASES), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
