"""A window with blanks to fill in, one below the other. What is secret is not shown while it is typed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import filedialog, ttk
from typing import Any

from addin.hosts.window_frame import TEXT_WIDTH, Window, word

_WIDTH = 52  # characters
_LONG_LINES = 3
_HIDDEN = "•"
Read = Callable[[], str]


def form(question: dict[str, Any]) -> Any:
    """Blank → what was typed. Blanks that must be filled in are asked for again."""
    window = Window()
    window.heading(question["heading"])
    window.sentence(question["text"])
    box = ttk.Frame(window.frame)
    box.pack(fill="both", expand=True, pady=10)
    box.columnconfigure(1, weight=1)
    read: dict[str, Read] = {}
    entries: dict[str, tk.Widget] = {}
    for number, blank in enumerate(question["blanks"]):
        mark = " *" if blank["needed"] else ""
        ttk.Label(box, text=blank["label"] + mark).grid(
            row=2 * number, column=0, sticky="nw", padx=(0, 12), pady=(6, 0)
        )
        entries[blank["key"]], read[blank["key"]] = _ENTRIES[blank["kind"]](window, box, 2 * number, blank)
        if blank["hint"]:
            hint = ttk.Label(box, text=blank["hint"], wraplength=TEXT_WIDTH - 160, justify="left", foreground="#5a6470")
            hint.grid(row=2 * number + 1, column=1, columnspan=2, sticky="w")
    fault = ttk.Label(window.frame, style="Fault.TLabel", wraplength=TEXT_WIDTH, text=question["fault"])
    fault.pack(anchor="w")
    buttons = ttk.Frame(window.frame)
    buttons.pack(fill="x", pady=(8, 0))

    def accept() -> None:
        answers = {key: one() for key, one in read.items()}
        for blank in question["blanks"]:
            if blank["needed"] and not answers[blank["key"]]:
                fault.configure(text=word("fill_in", what=blank["label"]))
                entries[blank["key"]].focus_set()
                return
        window.done(answers)

    ttk.Button(buttons, text=word("cancel"), command=window.root.destroy).pack(side="right")
    ttk.Button(buttons, text=question["accept"], command=accept).pack(side="right", padx=8)
    window.root.bind("<Return>", lambda _: accept())
    window.root.after(50, next(iter(entries.values())).focus_set)
    return window.run()


def _line(window: Window, box: ttk.Frame, row: int, blank: dict[str, Any]) -> tuple[tk.Widget, Read]:
    text = tk.StringVar(window.root, value=blank["value"])
    entry = ttk.Entry(box, textvariable=text, width=_WIDTH)
    entry.grid(row=row, column=1, columnspan=2, sticky="we", pady=(6, 0))
    return entry, lambda: text.get().strip()


def _secret(window: Window, box: ttk.Frame, row: int, _blank: dict[str, Any]) -> tuple[tk.Widget, Read]:
    """As it was typed: a password may begin with a space."""
    text, shown = tk.StringVar(window.root), tk.BooleanVar(window.root)
    entry = ttk.Entry(box, textvariable=text, width=_WIDTH - 12, show=_HIDDEN)
    entry.grid(row=row, column=1, sticky="we", pady=(6, 0))
    ttk.Checkbutton(
        box, text=word("show_secret"), variable=shown,
        command=lambda: entry.configure(show="" if shown.get() else _HIDDEN),
    ).grid(row=row, column=2, padx=(8, 0))  # fmt: skip
    return entry, text.get


def _long(_window: Window, box: ttk.Frame, row: int, blank: dict[str, Any]) -> tuple[tk.Widget, Read]:
    text = tk.Text(box, width=_WIDTH, height=_LONG_LINES, font="TkTextFont", relief="solid", borderwidth=1)
    text.insert("1.0", blank["value"])
    text.grid(row=row, column=1, columnspan=2, sticky="we", pady=(6, 0))

    def go_on(_: object) -> str:
        following = text.tk_focusNext()
        if following is not None:
            following.focus_set()
        return "break"

    def new_line(_: object) -> str:
        text.insert("insert", "\n")
        return "break"

    text.bind("<Tab>", go_on)
    text.bind("<Return>", new_line)
    return text, lambda: text.get("1.0", "end").strip()


def _choice(window: Window, box: ttk.Frame, row: int, blank: dict[str, Any]) -> tuple[tk.Widget, Read]:
    """One of several labels. ``free``: or whatever is typed."""
    keys = {label: key for key, label, _ in blank["options"]}
    labels = {key: label for label, key in keys.items()}
    text = tk.StringVar(window.root, value=labels.get(blank["value"], blank["value"]))
    state = "normal" if blank["free"] else "readonly"
    entry = ttk.Combobox(box, textvariable=text, values=list(keys), width=_WIDTH - 2, state=state)
    entry.grid(row=row, column=1, columnspan=2, sticky="we", pady=(6, 0))
    return entry, lambda: keys.get(text.get(), text.get().strip())


def _path(window: Window, box: ttk.Frame, row: int, blank: dict[str, Any]) -> tuple[tk.Widget, Read]:
    text = tk.StringVar(window.root, value=blank["value"])
    entry = ttk.Entry(box, textvariable=text, width=_WIDTH - 12)
    entry.grid(row=row, column=1, sticky="we", pady=(6, 0))

    def browse() -> None:
        start = str(Path(text.get()).parent) if text.get() else str(Path.home())
        if blank["kind"] == "folder":
            chosen = filedialog.askdirectory(parent=window.root, initialdir=text.get() or start, mustexist=False)
        else:
            kinds = [(blank["label"], pattern) for pattern in blank["patterns"]] or [("*", "*")]
            chosen = filedialog.askopenfilename(parent=window.root, initialdir=start, filetypes=kinds)
        text.set(chosen or text.get())

    ttk.Button(box, text=word("look_for"), command=browse).grid(row=row, column=2, padx=(8, 0), pady=(6, 0))
    return entry, lambda: text.get().strip()


_ENTRIES = {
    "text": _line, "secret": _secret, "long": _long, "choice": _choice, "file": _path, "folder": _path,
}  # fmt: skip
