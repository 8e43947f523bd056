"""The committed forms are what their sources make, to the byte, wherever they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from validation.fields import Form
from workbook_templates.build import BUILT, built_path, main

PROJECT = Path(__file__).parents[2]


def test_the_committed_forms_are_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_a_changed_form_is_named_and_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(BUILT, tmp_path, dirs_exist_ok=True)
    changed = built_path(Form.UPPER, tmp_path)
    changed.write_bytes(changed.read_bytes() + b" ")
    built_path(Form.CITY, tmp_path).unlink()
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "upper.xlsx differs" in said
    assert "city.xlsx differs" in said
    assert "grassroots.xlsx" not in said


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_the_bytes_do_not_depend_on_the_machine(surroundings: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "workbook_templates.build", "--folder", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, env={**os.environ, **surroundings}, check=True, timeout=120)
    for form in Form:
        assert built_path(form, tmp_path).read_bytes() == built_path(form).read_bytes()


def test_committed_forms_are_stored_without_dates_so_that_no_compressor_changes_them() -> None:
    for form in Form:
        with zipfile.ZipFile(built_path(form)) as archive:
            entries = archive.infolist()
        assert {(e.compress_type, e.date_time, e.create_system) for e in entries} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0)
        }


def test_building_a_form_does_not_load_pandas() -> None:
    code = "import sys, workbook_templates.forms; sys.exit('pandas' in sys.modules or 'openpyxl' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, timeout=60)
