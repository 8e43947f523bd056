"""Windows in which the clerk chooses one way of several: a menu, and a preview of what is about to be done."""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Callable
from itertools import pairwise
from tkinter import ttk
from typing import Any

from addin.hosts.window_frame import Window, fill, word

_AMOUNT = re.compile(r"-?[0-9.]+")
_MENU_WIDTH = 64  # characters
_MOST_ROWS, _LETTER_LINES, _MOST_LINES = 9, 8, 24


def choose(question: dict[str, Any]) -> Any:
    """A button for each option; the first is pressed by Return."""
    window = Window()
    window.heading(question["heading"])
    window.sentence(question["text"])
    menu = ttk.Frame(window.frame)
    menu.pack(fill="both", expand=True, pady=10)
    buttons = [_menu_button(window, menu, *option) for option in question["options"]]
    for earlier, later in pairwise(buttons):
        earlier.bind("<Down>", _focusing(later))
        later.bind("<Up>", _focusing(earlier))
    ttk.Button(window.frame, text=word(question["leave"]), command=window.root.destroy).pack(anchor="e")
    if buttons:
        window.root.after(50, buttons[0].focus_set)
    return window.run()


def _menu_button(window: Window, menu: ttk.Frame, key: str, label: str, hint: str) -> ttk.Button:
    def press() -> None:
        window.done(key)

    text = f"{label}\n{hint}" if hint else label
    button = ttk.Button(menu, text=text, width=_MENU_WIDTH, style="Menu.TButton", command=press)
    button.pack(fill="x", pady=3)
    return button


def _focusing(widget: ttk.Button) -> Callable[[object], None]:
    return lambda _: widget.focus_set()


def review(question: dict[str, Any]) -> Any:
    """What is about to be done, to be read before it is done: a text, or a table whose lines have texts of their own.

    Of several ways the first is taken unless the clerk chooses another; without any it is only read.
    """
    window = Window()
    window.heading(question["heading"])
    if question["rows"]:
        window.sentence(question["text"])
        _table(window, question)
    else:
        lines = question["text"].count("\n") + 2 + len(question["text"]) // 90
        window.long_text(question["text"], height=min(_MOST_LINES, max(6, lines)))
    way = _ways(window, question["options"])
    buttons = ttk.Frame(window.frame)
    buttons.pack(fill="x")

    def accept() -> None:
        window.done(way.get())

    if question["options"]:
        ttk.Button(buttons, text=word("cancel"), command=window.root.destroy).pack(side="right")
        ttk.Button(buttons, text=question["accept"], command=accept).pack(side="right", padx=8)
        window.root.bind("<Return>", lambda _: accept())
    else:
        ttk.Button(buttons, text=word("close"), command=window.root.destroy).pack(side="right")
        window.root.bind("<Return>", lambda _: window.root.destroy())
    return window.run()


def _table(window: Window, question: dict[str, Any]) -> None:
    columns = {str(number): (heading, width) for number, (heading, width) in enumerate(question["columns"])}
    table = window.table(columns, height=min(_MOST_ROWS, max(3, len(question["rows"]))))
    for number in range(len(columns)):
        if all(_AMOUNT.fullmatch(row[number]) for row in question["rows"]):
            table.heading(str(number), anchor="e")
            table.column(str(number), anchor="e")
    for number, row in enumerate(question["rows"]):
        table.insert("", "end", iid=str(number), values=[" ".join(cell.split()) for cell in row])
    details = question["details"]
    if not any(details):
        return
    shown = window.long_text("", height=_LETTER_LINES)
    table.bind("<<TreeviewSelect>>", lambda _: fill(shown, details[int(table.selection()[0])]))
    table.selection_set("0")
    table.focus("0")
    window.root.after(50, table.focus_set)


def _ways(window: Window, options: list[list[str]]) -> tk.StringVar:
    way = tk.StringVar(window.root, value=options[0][0] if options else "")
    if len(options) < 2:
        return way
    box = ttk.Frame(window.frame)
    box.pack(fill="x", pady=(0, 10))
    for key, label, hint in options:
        ttk.Radiobutton(box, text=f"{label} – {hint}" if hint else label, value=key, variable=way).pack(anchor="w")
    return way
