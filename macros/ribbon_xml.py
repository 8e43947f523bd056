"""The ribbon as XML (customUI14), written from the declaration in ``addin.ribbon``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from addin.ribbon import TAB_KEYTIP, TAB_LABEL, Button, Group, Size

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
ON_LOAD, ON_ACTION, GET_ENABLED = "SkRibbonLoad", "SkPress", "SkEnabled"
"""The only VBA procedures that Excel calls by name (vba/SkRibbon.bas)."""

_PIXELS = {Size.LARGE: 64, Size.NORMAL: 32}
"""Twice what Excel shows at 100 %: it shrinks a picture well and enlarges it badly."""


def ribbon_xml(groups: Iterable[Group]) -> str:
    """The part customUI/customUI14.xml. Pictures are named as the relationships of ``pictures``."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{NAMESPACE}" onLoad="{ON_LOAD}"><ribbon><tabs>',
        f'<tab id="sangkien" label={quoteattr(TAB_LABEL)} keytip="{TAB_KEYTIP}">',
    ]
    for group in groups:
        lines.append(f'<group id="{group.id}" label={quoteattr(group.label)} autoScale="true">')
        lines += [_button(button) for button in group.buttons]
        lines.append("</group>")
    return "\n".join([*lines, "</tab></tabs></ribbon></customUI>", ""])


def picture(button: Button) -> str:
    """The name of the button's picture in the ribbon, without ``.png``."""
    return f"{button.icon}-{_PIXELS[button.size]}"


def pictures(groups: Iterable[Group]) -> Iterator[str]:
    """Every picture that the ribbon shows, once."""
    yield from sorted({picture(button) for group in groups for button in group.buttons})


def tag(button: Button) -> str:
    """What the macros must know of a button: when it can be pressed and what must hold (vba/SkGuards.bas)."""
    return f"on:{','.join(button.enabled_when.kinds)}|needs:{','.join(button.needs)}"


def _button(button: Button) -> str:
    attributes = {
        "id": button.id, "label": button.label, "screentip": button.screentip, "supertip": button.supertip,
        "keytip": button.keytip, "size": button.size.value, "image": picture(button), "tag": tag(button),
        "onAction": ON_ACTION, "getEnabled": GET_ENABLED,
    }  # fmt: skip
    return f"<button {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"
