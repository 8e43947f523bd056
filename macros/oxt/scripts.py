"""What runs inside the office: the bridge, the component of the buttons, and the table that it reads."""

from __future__ import annotations

from collections.abc import Sequence

from addin.hosts.libreoffice.extension import PROTOCOL
from addin.hosts.libreoffice.profile import DEPLOYED_ELSEWHERE, INSIDE, PACKAGE
from addin.live.guards import FORM_NAME
from addin.ribbon import Group

COMPONENT = "python/sangkien_extension.py"
BESIDE = "python/pythonpath"
"""The office's loader looks here for what a component imports."""

TABLE = f"{BESIDE}/sangkien_buttons.py"
ENTRY_POINT = "addin.hosts.libreoffice.pressing:press"
"""What the child is told to run, with the button's id behind it."""


def script_parts(groups: Sequence[Group]) -> dict[str, bytes]:
    """The parts, as they stand in the sources."""
    modules = [file for file in sorted(INSIDE.glob("*.py")) if file.name not in DEPLOYED_ELSEWHERE]
    return {
        COMPONENT: (INSIDE / "buttons.py").read_bytes(),
        TABLE: button_table(groups).encode(),
        **{f"{BESIDE}/{PACKAGE}/{file.name}": file.read_bytes() for file in modules},
    }


def button_table(groups: Sequence[Group]) -> str:
    """A Python module: the buttons, and the kinds of workbook in front of which each can be pressed."""
    lines = [
        '"""Written by macros/oxt/scripts.py."""',
        f"PROTOCOL = {PROTOCOL!r}",
        f"ENTRY_POINT = {ENTRY_POINT!r}",
        f"FORM_NAME = {FORM_NAME!r}",
        "KINDS = {",
    ]
    lines += [
        f"    {button.id!r}: {tuple(kind.value for kind in button.enabled_when.kinds)!r},"
        for group in groups
        for button in group.buttons
    ]
    return "\n".join([*lines, "}", ""])
