"""What the product is measured against: the script that a user would write, and merely reading the cells.

Run as ``python -m benchmarks.rivals NAME INBOX OUT``, each in a process of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def _pandas_script(inbox: Path, out: Path, engine: str) -> None:
    import pandas as pd

    frames = []
    for file in sorted(inbox.glob("*.xlsx")):
        frame = pd.read_excel(file, sheet_name="Danh sách", header=4, engine=engine)
        frame["Tệp"] = file.name
        frames.append(frame[frame["Tên sáng kiến"].notna()])
    everything = pd.concat(frames).drop_duplicates(subset="Mã đăng ký")
    everything.to_excel(out, index=False, engine="openpyxl")


def user_openpyxl(inbox: Path, out: Path) -> None:
    """The script a user would write, with pandas' default reader."""
    _pandas_script(inbox, out, "openpyxl")


def user_calamine(inbox: Path, out: Path) -> None:
    """The same by a user who has heard of calamine."""
    _pandas_script(inbox, out, "calamine")


def floor(inbox: Path, out: Path) -> None:
    """Calamine merely reading the cells of every sheet."""
    from python_calamine import CalamineWorkbook

    cells = 0
    for file in sorted(inbox.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            cells += sum(len(row) for row in book.get_sheet_by_name(name).to_python())
    out.write_text(str(cells))


RIVALS: dict[str, Callable[[Path, Path], None]] = {
    "user_openpyxl": user_openpyxl,
    "user_calamine": user_calamine,
    "floor": floor,
}

if __name__ == "__main__":
    RIVALS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
