"""LibreOffice works out every formula of a master anew and finds what the master says."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from addin.merge.master import write_master
from addin.merge.overview import Overview
from tests.addin.merge.master_campaign import campaign
from validation.programme import load_programme, programme_ids

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def recalculated(soffice: str, path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after working out all formulas."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    target = folder / "tinh-lai"
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", target, path], check=True, capture_output=True, timeout=120)
    return target / path.name


def formulas(path: Path) -> Iterator[tuple[str, str]]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate


@pytest.mark.parametrize("programme_id", programme_ids())
def test_formulas_come_to_what_the_master_says(soffice: str, programme_id: str, tmp_path: Path) -> None:
    overview: Overview = campaign(load_programme(programme_id), units=4, rows_each=12)
    path = tmp_path / "tong-hop.xlsx"
    write_master(overview, path)
    stated = openpyxl.load_workbook(path, data_only=True)
    found = openpyxl.load_workbook(recalculated(soffice, path, tmp_path), data_only=True)
    places = list(formulas(path))
    assert len(places) > 60
    for sheet, place in places:
        expected, value = stated[sheet][place].value, found[sheet][place].value
        if isinstance(expected, float):
            expected, value = pytest.approx(expected), value
        assert value == expected, (sheet, place)
    assert stated["Tổng quan"]["K3"].value == "Khớp"
