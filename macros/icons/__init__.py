"""Pictures of the buttons: drawn from shapes by ``python -m macros.icons``, committed as PNG in this folder."""

from __future__ import annotations

from pathlib import Path

from macros.icons.drawings import DRAWINGS
from macros.icons.png import pixels_of, png
from macros.icons.shapes import pixels

SIZES = (16, 26, 32, 64)
"""Pixels: 32 and 64 for Excel, 16 and 26 for LibreOffice (and 32 for its list of extensions)."""
FOLDER = Path(__file__).parent


def icon_file(name: str, size: int) -> Path:
    """Where a picture stands; ``size`` is one of ``SIZES``, in pixels."""
    return FOLDER / f"{name}-{size}.png"


def draw_all() -> None:
    """Write every picture."""
    for name, drawing in DRAWINGS.items():
        for size in SIZES:
            icon_file(name, size).write_bytes(png(pixels(drawing, size), size))


def differing() -> list[Path]:
    """Files that are missing, show something else than their drawing, or belong to none.

    Pixels are compared, not bytes: compression differs from one zlib to another.
    """
    wanted = {icon_file(name, size): (drawing, size) for name, drawing in DRAWINGS.items() for size in SIZES}
    faulty = [
        file
        for file, (drawing, size) in wanted.items()
        if not file.is_file() or pixels_of(file.read_bytes()) != (size, pixels(drawing, size))
    ]
    return faulty + [file for file in sorted(FOLDER.glob("*.png")) if file not in wanted]
