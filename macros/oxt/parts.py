"""The parts of the extension, family by family."""

from __future__ import annotations

from collections.abc import Sequence

from addin.ribbon import Group, shown_groups
from macros.oxt.functions.parts import function_parts
from macros.oxt.interface import interface_parts
from macros.oxt.scripts import script_parts


def parts(groups: Sequence[Group] | None = None) -> dict[str, bytes]:
    """The parts by their paths in the extension, without description and manifest, with the buttons that exist (or
    those given, in tests). What a part is to the office follows from its path: see ``package.media_type``.

    Raises ValueError where two families have a part of one path.
    """
    shown = shown_groups() if groups is None else groups
    families = (interface_parts(shown), script_parts(shown), function_parts())
    whole: dict[str, bytes] = {}
    for family in families:
        twice = whole.keys() & family.keys()
        if twice:
            raise ValueError(f"parts of two families: {', '.join(sorted(twice))}")
        whole |= family
    return whole
