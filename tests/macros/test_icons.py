"""The pictures of the buttons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros import icons
from macros.icons.png import pixels_of, png
from macros.icons.shapes import Box, Disc, Layer, Polygon, Stroke, pixels


def test_the_committed_pictures_are_the_drawings() -> None:
    assert icons.differing() == []


def test_a_missing_a_changed_and_a_foreign_picture_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(icons.FOLDER, tmp_path / "icons", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(icons, "FOLDER", tmp_path / "icons")
    icons.icon_file("check", 16).unlink()
    icons.icon_file("merge", 64).write_bytes(png(bytes(64 * 64 * 4), 64))
    (tmp_path / "icons" / "strange.png").write_bytes(b"")
    assert [file.name for file in icons.differing()] == ["check-16.png", "merge-64.png", "strange.png"]


@pytest.mark.parametrize("name", sorted(icons.DRAWINGS))
def test_a_picture_is_mostly_seen_and_has_a_clear_edge(name: str) -> None:
    size, content = pixels_of(icons.icon_file(name, 32).read_bytes())
    opacities = content[3::4]
    assert size == 32
    assert sum(opacities) / 255 > 32 * 32 * 0.2
    corners = [opacities[place] for place in (0, 31, 31 * 32, 31 * 32 + 31)]
    assert corners.count(0) >= 2, "a ribbon's background shows around it"


@pytest.mark.parametrize(
    "shape",
    [Box(8, 8, 16, 16, 3), Disc(16, 16, 8), Stroke([(8, 16), (24, 16)], 16), Polygon([(8, 8), (24, 8), (16, 24)])],
)
def test_a_shape_covers_its_middle_and_nothing_far_away(shape: Box | Disc | Stroke | Polygon) -> None:
    content = pixels([Layer(shape, (10, 20, 30))], 32)
    middle, far = (16 * 32 + 16) * 4, (1 * 32 + 1) * 4
    assert content[middle : middle + 4] == bytes([10, 20, 30, 255])
    assert content[far + 3] == 0


def test_a_file_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="not a picture"):
        pixels_of(b"GIF89a")
