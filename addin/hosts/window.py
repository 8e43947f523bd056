"""The windows of ``addin.hosts.dialogs``: a question as JSON on standard input, its answer as JSON on standard output.

Nothing is written where the window was closed. tkinter only: it comes with Python for Windows and macOS; on Debian it
is the package python3-tk.
"""

from __future__ import annotations

import json
import sys
import tkinter as tk
from pathlib import Path
from tkinter import filedialog, ttk
from typing import Any

from addin.hosts.dialogs import NO_WINDOW, WINDOW_CLASS
from addin.hosts.window_choices import choose, review
from addin.hosts.window_form import form
from addin.hosts.window_frame import Window, word

_CHECKED, _UNCHECKED = "☑", "☐"
_PREVIEW = {"take": 44, "place": 140, "column": 170, "before": 220, "after": 220, "why": 290}  # pixels


def show(question: dict[str, Any]) -> Any:
    """A long text, in letters of one width, so that tables stand."""
    window = Window()
    ttk.Label(window.frame, text=question["heading"], font=window.headline).pack(anchor="w")
    box = ttk.Frame(window.frame)
    box.pack(fill="both", expand=True, pady=10)
    text = tk.Text(box, width=110, height=30, wrap="none", font="TkFixedFont")
    down = ttk.Scrollbar(box, orient="vertical", command=text.yview)
    across = ttk.Scrollbar(box, orient="horizontal", command=text.xview)
    down.pack(side="right", fill="y")
    across.pack(side="bottom", fill="x")
    text.configure(yscrollcommand=down.set, xscrollcommand=across.set)
    text.insert("1.0", question["text"])
    text.configure(state="disabled")
    text.pack(fill="both", expand=True)
    close = ttk.Button(window.frame, text=word("close"), command=lambda: window.done(True))
    close.pack(anchor="e")
    window.root.bind("<Return>", lambda _: window.done(True))
    return window.run()


def folder(question: dict[str, Any]) -> Any:
    """The system's own window for folders."""
    root = tk.Tk(className=WINDOW_CLASS)
    root.withdraw()
    root.attributes("-topmost", True)
    return filedialog.askdirectory(title=question["text"], initialdir=question["start"] or None, mustexist=True) or None


def preview(question: dict[str, Any]) -> Any:
    """The list of repairs: a click or the space bar takes one or leaves it."""
    changes = question["changes"]
    window = Window()
    sure = sum(one["sure"] for one in changes)
    ttk.Label(window.frame, text=word("preview_title"), font=window.headline).pack(anchor="w")
    unsure = len(changes) - sure
    said = word("preview_help" if unsure else "preview_help_sure", sure=sure, unsure=unsure)
    ttk.Label(window.frame, text=said).pack(anchor="w")
    box = ttk.Frame(window.frame)
    box.pack(fill="both", expand=True, pady=10)
    table = ttk.Treeview(box, columns=tuple(_PREVIEW), show="headings", height=min(18, max(6, len(changes))))
    for name, width in _PREVIEW.items():
        table.heading(name, text=word(f"preview_{name}"))
        table.column(name, width=width, anchor="center" if name == "take" else "w", stretch=name != "take")
    bar = ttk.Scrollbar(box, orient="vertical", command=table.yview)
    table.configure(yscrollcommand=bar.set)
    bar.pack(side="right", fill="y")
    table.pack(fill="both", expand=True)
    for number, one in enumerate(changes):
        shown = [_shown(one[name]) for name in ("place", "column", "before", "after", "why")]
        table.insert("", "end", iid=str(number), values=(_CHECKED if one["sure"] else _UNCHECKED, *shown))
    buttons = ttk.Frame(window.frame)
    buttons.pack(fill="x")
    accept = ttk.Button(buttons, command=lambda: window.done(taken()))

    def taken() -> list[int]:
        return [n for n in range(len(changes)) if table.set(str(n), "take") == _CHECKED]

    def count() -> None:
        accept.configure(text=word("preview_accept", count=len(taken())))
        accept.state(["!disabled" if taken() else "disabled"])

    def turn(row: str) -> None:
        if row:
            table.set(row, "take", _UNCHECKED if table.set(row, "take") == _CHECKED else _CHECKED)
            count()

    def turn_all(mark: str) -> None:
        for number in range(len(changes)):
            table.set(str(number), "take", mark)
        count()

    table.bind("<ButtonRelease-1>", lambda event: turn(table.identify_row(event.y)))
    table.bind("<space>", lambda _: turn(table.focus()))
    table.focus_set()
    ttk.Button(buttons, text=word("preview_all"), command=lambda: turn_all(_CHECKED)).pack(side="left")
    ttk.Button(buttons, text=word("preview_none"), command=lambda: turn_all(_UNCHECKED)).pack(side="left", padx=8)
    ttk.Button(buttons, text=word("cancel"), command=window.root.destroy).pack(side="right")
    accept.pack(side="right", padx=8)
    window.root.bind("<Return>", lambda _: window.done(taken()) if taken() else None)
    count()
    return window.run()


def _shown(text: str) -> str:
    """A text on one line, whose stray spaces can be seen."""
    return text.replace("\r\n", "↵").replace("\n", "↵").replace("\u00a0", "·").replace("\t", "→")


def new_form(question: dict[str, Any]) -> Any:
    """Which form, for which unit, saved where."""
    window = Window()
    ttk.Label(window.frame, text=word("new_form_title"), font=window.headline).grid(
        columnspan=3, sticky="w", pady=(0, 10)
    )
    forms = [label for _, label in question["forms"]]
    units = [f"{code} – {name}" if name else code for code, name in question["units"]]
    own = next((one for one in units if one.partition(" – ")[0] == question["unit"]), question["unit"])
    form, unit, path = tk.StringVar(value=forms[0]), tk.StringVar(value=own), tk.StringVar()
    rows: tuple[tuple[str, tk.StringVar, list[str] | None], ...] = (
        ("new_form_kind", form, forms), ("new_form_unit", unit, units), ("new_form_path", path, None),
    )  # fmt: skip
    for number, (key, variable, choices) in enumerate(rows, 1):
        ttk.Label(window.frame, text=word(key)).grid(row=number, column=0, sticky="w", padx=(0, 10), pady=4)
        entry: ttk.Entry = ttk.Entry(window.frame, textvariable=variable, width=60)
        if choices is not None:
            state = "readonly" if key == "new_form_kind" else "normal"
            entry = ttk.Combobox(window.frame, textvariable=variable, values=choices, width=58, state=state)
        entry.grid(row=number, column=1, sticky="we")

    def code() -> str:
        return unit.get().partition(" – ")[0].strip()

    def browse() -> None:
        name = f"bao-cao-sang-kien{'-' + code() if code() else ''}.xlsx"
        chosen = filedialog.asksaveasfilename(
            parent=window.root, initialdir=question["folder"] or str(Path.home()), initialfile=name,
            defaultextension=".xlsx", filetypes=[("Excel", "*.xlsx")],
        )  # fmt: skip
        path.set(chosen or path.get())

    def create() -> None:
        if not path.get().strip():
            browse()
        if path.get().strip():
            kind = question["forms"][forms.index(form.get())][0]
            window.done({"form": kind, "unit": code() or None, "path": path.get().strip()})

    ttk.Button(window.frame, text=word("browse"), command=browse).grid(row=3, column=2, padx=(8, 0))
    buttons = ttk.Frame(window.frame)
    buttons.grid(row=4, column=0, columnspan=3, sticky="e", pady=(12, 0))
    ttk.Button(buttons, text=word("create"), command=create).pack(side="left", padx=8)
    ttk.Button(buttons, text=word("cancel"), command=window.root.destroy).pack(side="left")
    window.root.bind("<Return>", lambda _: create())
    return window.run()


_KINDS = {
    "show": show, "folder": folder, "preview": preview, "new_form": new_form, "choose": choose, "review": review,
    "form": form,
}  # fmt: skip


def main() -> int:
    """Ask the question on standard input."""
    question = json.loads(sys.stdin.buffer.read())
    try:
        answer = _KINDS[question["kind"]](question)
    except tk.TclError:
        return NO_WINDOW
    if answer is not None:
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
