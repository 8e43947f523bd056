"""A form that LibreOffice has saved: another writer's XML, and the same fast way through it."""

import subprocess
from pathlib import Path

import pytest

from addin.intake import book
from addin.intake.reader import read_workbook
from tests.addin.intake.workbooks import form, initiative
from validation.submission import Oddity


def test_a_form_saved_by_libreoffice_is_read_the_same_by_the_fast_way(
    soffice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "form.xlsx").write_bytes(form([initiative(), {}, initiative(note="=1+1", benefit_value=12.5)]))
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    paths = ["--outdir", str(saved), str(tmp_path / "form.xlsx")]
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    def never(*_: object) -> None:
        raise AssertionError("took the slow way")

    monkeypatch.setattr(book, "exact_scan", never)
    monkeypatch.setattr("addin.intake.scan.exact_scan", never)
    read = read_workbook((saved / "form.xlsx").read_bytes())
    original = read_workbook((tmp_path / "form.xlsx").read_bytes())
    assert [row.values.get("title") for row in read.rows] == [row.values.get("title") for row in original.rows]
    assert read.rows[0].values["registered_on"] == original.rows[0].values["registered_on"]
    assert read.rows[2].odd == {"note": Oddity(formula="1+1")}
    assert read.cover == original.cover
