"""The report as a word processor prints it: nothing is lost, nothing runs out of the page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from addin.reports.progress import make_report
from addin.status import Status
from tests.addin.merge.master_campaign import campaign
from validation.programme import load_programme, programme_ids

PICTURES = Path(__file__).parents[3] / "artifacts" / "reports"
_DOTS_PER_INCH = 60
_MARGIN = round(15 / 25.4 * _DOTS_PER_INCH)


@pytest.mark.parametrize("programme_id", programme_ids())
def test_the_report_prints_whole(soffice: str, programme_id: str, tmp_path: Path) -> None:
    """Pictures of the pages are kept in artifacts/reports."""
    overview = campaign(load_programme(programme_id))
    status = Status(overview, len(overview.current) + len(overview.missing()), (), {})
    file = make_report(status, tmp_path / f"{programme_id}.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = file.with_suffix(".pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    lines = " ".join(text.split())
    for part in (
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "1. Tình hình thu nhận báo cáo",
        "6. Nhiệm vụ thời gian tới", "TM. BAN THƯỜNG VỤ", "Nơi nhận:", "Biểu đồ: Luỹ kế theo tháng so với kế hoạch",
    ):  # fmt: skip
        assert part in lines, part
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob(f"{programme_id}-*.png"):
        old.unlink()
    draw = ["pdftoppm", "-r", str(_DOTS_PER_INCH), "-png", printed, PICTURES / programme_id]
    subprocess.run(draw, check=True, capture_output=True, timeout=60)
    pages = sorted(PICTURES.glob(f"{programme_id}-*.png"))
    assert 3 <= len(pages) <= 6
    for page in pages:
        assert_inside_the_margins(page)


def assert_inside_the_margins(page: Path) -> None:
    with Image.open(page) as image:
        grey = image.convert("L")
        box = ImageChops.difference(grey, Image.new("L", grey.size, 255)).getbbox()
        assert box is not None, f"{page.name} is blank"
        left, _top, right, bottom = box
        assert left >= _MARGIN, page.name
        assert right <= grey.width - _MARGIN, page.name
        assert bottom <= grey.height - _MARGIN, page.name
