"""What the extension's buttons have the child run: ``child addin.hosts.libreoffice.pressing:press new_form``.

The one module here that knows the product; whoever takes the engine out leaves it behind, with ``installing``.
"""

from __future__ import annotations

import xlwings

from addin import entry


def press(button_id: str) -> None:
    """Do what a button does in the office that started us. Raises as ``addin.entry.press``."""
    entry.press(button_id, xlwings.apps.active)
