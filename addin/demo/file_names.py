"""How clerks name their files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from addin.demo.reports import Report
from validation.text.keys import fold_without_marks

_IN_A_FOLDER_OF_ITS_OWN = "HP-KKT"
_FROM_A_MAC = "HP-Q-HB-005"


def names_of(reports: Iterable[Report], rng: Random) -> Iterator[Path]:
    """A name for each report, relative to the campaign's folder, all different.

    The economic zone's reports lie in a folder of their own, as they came; one name is in decomposed Unicode.
    """
    for report in reports:
        unit = report.unit
        name = _name(report, rng)
        if unit.code == _FROM_A_MAC:
            name = unicodedata.normalize("NFD", name)
        folder = Path("nhan")
        if unit.unit.parent == _IN_A_FOLDER_OF_ITS_OWN:
            folder /= "Khu kinh tế gửi"
        yield folder / f"{name}.xlsx"


def _name(report: Report, rng: Random) -> str:
    code, short = report.unit.code, report.unit.unit.name.removeprefix("CĐCS ")
    plain = fold_without_marks(short)
    times = f" lần {report.report_number}" if report.report_number > 1 else ""
    if report.superseded:
        return f"{code} BC sáng kiến GĐ1"
    return rng.choice(
        (
            f"{code}{times}",
            f"{code} bao cao sang kien{times}",
            f"Báo cáo sáng kiến - {short}{times}",
            f"BC 01 trieu sang kien {plain}",
            f"{code}_{report.report_date:%d%m%Y}",
            f"bao-cao-{plain.replace(' ', '-').replace('---', '-')}-final",
        )
    )
