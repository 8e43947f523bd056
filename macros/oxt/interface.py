"""Menu and toolbar of the extension, as the office's settings, from the declaration in ``addin.ribbon``.

Sources: the office's own schemas Addons.xcs, ProtocolHandler.xcs and UI/WindowState.xcs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from addin.hosts.libreoffice.extension import PROTOCOL, TOOLBAR
from addin.ribbon import TAB_LABEL, BookKind, Button, Group
from macros import icons
from macros.oxt.xcu import Node, settings

HANDLER = "vn.sangkien.Buttons"
"""The component that does what an address of the protocol says (addin/hosts/libreoffice/inside/buttons.py)."""

CALC = "com.sun.star.sheet.SpreadsheetDocument"
START_CENTER = "com.sun.star.frame.StartModule"

_SEPARATOR = "private:separator"
_SIZES = {"ImageSmallURL": 16, "ImageBigURL": 26}
_TEXT_BESIDE_PICTURE = 2
_AT_THE_TOP = 0
_BELOW_THE_FORMATTING_BAR = "0,3"

_OFFICE, _UI = "org.openoffice.Office", "org.openoffice.Office.UI"


def interface_parts(groups: Sequence[Group]) -> dict[str, bytes]:
    """The parts: settings, and the pictures that they name."""
    return {
        "Addons.xcu": settings(_OFFICE, "Addons", [Node("AddonUI", nodes=tuple(_addon(groups)))]),
        "CalcWindowState.xcu": settings(_UI, "CalcWindowState", [_toolbar_place()]),
        "ProtocolHandler.xcu": _handlers(),
        **{
            picture(button, size): icons.icon_file(button.icon, size).read_bytes()
            for group in groups
            for button in group.buttons
            for size in _SIZES.values()
        },
    }


def address(button: Button) -> str:
    """What the office dispatches when the button is pressed."""
    return f"{PROTOCOL}{button.id}"


def picture(button: Button, size: int) -> str:
    """The part with a button's picture; ``size`` in pixels."""
    return f"icons/{icons.icon_file(button.icon, size).name}"


def context(button: Button) -> str:
    """In which windows the button stands: Calc's, and the Start Center where it needs no workbook."""
    return f"{CALC},{START_CENTER}" if BookKind.NONE in button.enabled_when.kinds else CALC


def _addon(groups: Sequence[Group]) -> Iterator[Node]:
    entries = _ordered("m", _menu_entries(groups))
    menu = Node(
        "vn.sangkien.menu",
        {"Title": TAB_LABEL, "Context": f"{CALC},{START_CENTER}"},
        (Node("Submenu", nodes=entries),),
        replaces=True,
    )
    yield Node("OfficeMenuBar", nodes=(menu,))
    yield Node("OfficeToolBar", nodes=(Node(TOOLBAR, nodes=_ordered("t", _bar_entries(groups)), replaces=True),))
    yield Node("Images", nodes=tuple(_image(button) for group in groups for button in group.buttons))


def _menu_entries(groups: Iterable[Group]) -> Iterator[dict[str, str]]:
    """Every button, a line between two groups. A group of which only some stand in the Start Center has its line in
    Calc only: two lines would meet there."""
    for place, group in enumerate(groups):
        if place:
            yield {"URL": _SEPARATOR, "Context": CALC}
        for button in group.buttons:
            yield {"URL": address(button), "Title": button.label, "Target": "_self", "Context": context(button)}


def _bar_entries(groups: Iterable[Group]) -> Iterator[dict[str, str]]:
    for place, group in enumerate(groups):
        if place:
            yield {"URL": _SEPARATOR, "Context": CALC}
        for button in group.buttons:
            yield {"URL": address(button), "Title": button.label, "Target": "_self", "Context": CALC}


def _ordered(letter: str, entries: Iterable[dict[str, str]]) -> tuple[Node, ...]:
    """The office sorts the members of a set by their names."""
    return tuple(Node(f"{letter}{place:03}", entry, replaces=True) for place, entry in enumerate(entries))


def _image(button: Button) -> Node:
    urls = {name: f"%origin%/{picture(button, size)}" for name, size in _SIZES.items()}
    return Node(
        f"vn.sangkien.{button.id}",
        {"URL": address(button)},
        (Node("UserDefinedImages", urls),),
        replaces=True,
    )


def _toolbar_place() -> Node:
    state = Node(
        f"private:resource/toolbar/addon_{TOOLBAR}",
        {
            "UIName": TAB_LABEL, "Docked": True, "DockingArea": _AT_THE_TOP, "DockPos": _BELOW_THE_FORMATTING_BAR,
            "Visible": True, "Style": _TEXT_BESIDE_PICTURE, "ContextSensitive": False, "NoClose": False,
        },
        replaces=True,
    )  # fmt: skip
    return Node("UIElements", nodes=(Node("States", nodes=(state,)),))


def _handlers() -> bytes:
    """Protocols are a list of texts, the only property here that is one."""
    handler = Node(HANDLER, {"Protocols": f"{PROTOCOL}*"}, replaces=True)
    written = settings(_OFFICE, "ProtocolHandler", [Node("HandlerSet", nodes=(handler,))])
    return written.replace(b'oor:type="xs:string"', b'oor:type="oor:string-list"')
