"""The worksheet functions as parts of the extension. What each is to the office follows from its path, as for all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from macros.oxt.functions.declared import Function, declared_functions
from macros.oxt.functions.settings import MENDER, SERVICE, function_settings, job_settings
from macros.oxt.functions.type_library import INTERFACE, MODULES, type_library

COMPONENT = Path(__file__).parent / "component.py"
ENTRY_POINT = "addin.hosts.libreoffice.function_server:serve"
"""What the product's Python is told to run."""

WORDS = {
    "unavailable": "{name}: chương trình Sổ sáng kiến không trả lời nên ô chưa tính được (mã: {code}). "
    "Hãy bấm nút Giới thiệu để kiểm tra việc cài đặt, rồi tính lại bằng Ctrl+Shift+F9.",
    "failed": "{name}: Sổ sáng kiến gặp lỗi khi tính ô này (mã: {code}).",
}
"""What stands in the status bar beside an error in a cell."""


def function_parts(functions: Iterable[Function] | None = None) -> dict[str, bytes]:
    """The parts by their paths; of the functions that ``addin.functions`` declares, or of those given.

    What the component imports of the bridge (``sangkien_inside``) is a part of the buttons.
    """
    known = declared_functions() if functions is None else tuple(functions)
    return {
        "functions/types.rdb": type_library(known),
        "functions/CalcAddIns.xcu": function_settings(known),
        "functions/Jobs.xcu": job_settings(),
        "python/sangkien_worksheet.py": COMPONENT.read_bytes(),
        "python/pythonpath/sangkien_functions_table.py": function_table(known).encode(),
    }


def function_table(functions: Iterable[Function]) -> str:
    """A Python module: what the code inside the office must know of the declaration."""
    lines = [
        '"""Written by macros/oxt/functions/parts.py."""',
        f"SERVICE = {SERVICE!r}",
        f"MENDER = {MENDER!r}",
        f"INTERFACE = {'.'.join((*MODULES, INTERFACE))!r}",
        f"ENTRY_POINT = {ENTRY_POINT!r}",
        f"WORDS = {WORDS!r}",
        "FUNCTIONS = {",
        *(f"    {one.method!r}: {one.name!r}," for one in functions),
        "}",
        "",
    ]
    return "\n".join(lines)
