"""What every window of ``addin.hosts.dialogs`` is made of: one question, one answer, closed by Escape."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk
from tkinter.font import nametofont
from typing import Any

from addin.hosts.dialogs import TITLE, WINDOW_CLASS
from validation import messages

TEXT_WIDTH = 620
"""Pixels after which a sentence goes on in the next line."""
_TEXT_SIZE, _HEADLINE_SIZE, _ROW_HEIGHT = 11, 13, 24


def word(key: str, **facts: object) -> str:
    """A text of the catalogue's table ``live``."""
    return messages.text("live", key, **facts)


class Window:
    """A window with one question; ``answer`` is None until it is answered."""

    def __init__(self) -> None:
        self.root = tk.Tk(className=WINDOW_CLASS)
        self.root.title(TITLE)
        self.answer: Any = None
        style = ttk.Style(self.root)
        nametofont("TkDefaultFont").configure(size=_TEXT_SIZE)
        nametofont("TkTextFont").configure(size=_TEXT_SIZE)
        nametofont("TkFixedFont").configure(size=_TEXT_SIZE)
        self.headline = nametofont("TkDefaultFont").copy()
        self.headline.configure(size=_HEADLINE_SIZE, weight="bold")
        style.configure("Treeview", rowheight=_ROW_HEIGHT)
        style.configure("Menu.TButton", anchor="w", padding=(10, 6))
        style.configure("Fault.TLabel", foreground="#b3261e")
        self.frame = ttk.Frame(self.root, padding=14)
        self.frame.pack(fill="both", expand=True)
        self.root.bind("<Escape>", lambda _: self.root.destroy())
        # Return presses the button that has the keyboard, "cancel" too; only elsewhere is it the window's own answer.
        self.root.bind_class("TButton", "<Return>", _press)

    def heading(self, text: str) -> None:
        """The line at the top."""
        ttk.Label(self.frame, text=text, font=self.headline, wraplength=TEXT_WIDTH, justify="left").pack(anchor="w")

    def sentence(self, text: str) -> None:
        """A text below it; nothing where there is none."""
        if text:
            label = ttk.Label(self.frame, text=text, wraplength=TEXT_WIDTH, justify="left")
            label.pack(anchor="w", pady=(8, 0))

    def long_text(self, text: str, *, height: int, width: int = 90, font: str = "TkTextFont") -> tk.Text:
        """A text to read, with a bar where it is longer than its box."""
        box = ttk.Frame(self.frame)
        box.pack(fill="both", expand=True, pady=10)
        shown = tk.Text(box, width=width, height=height, wrap="word", font=font, padx=8, pady=6, relief="solid")
        bar = ttk.Scrollbar(box, orient="vertical", command=shown.yview)
        shown.configure(yscrollcommand=bar.set, borderwidth=1, takefocus=0)
        bar.pack(side="right", fill="y")
        shown.pack(fill="both", expand=True)
        fill(shown, text)
        return shown

    def table(self, columns: Mapping[str, tuple[str, int]], height: int) -> ttk.Treeview:
        """A table: column → heading and width in pixels."""
        box = ttk.Frame(self.frame)
        box.pack(fill="both", expand=True, pady=10)
        made = ttk.Treeview(box, columns=tuple(columns), show="headings", height=height, selectmode="browse")
        for name, (heading, width) in columns.items():
            made.heading(name, text=heading, anchor="w")
            made.column(name, width=width, anchor="w")
        bar = ttk.Scrollbar(box, orient="vertical", command=made.yview)
        made.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        made.pack(fill="both", expand=True)
        return made

    def done(self, answer: Any) -> None:
        """Answer, and close."""
        self.answer = answer
        self.root.destroy()

    def run(self) -> Any:
        """Show it in front until it is answered or closed."""
        self.root.eval("tk::PlaceWindow . center")
        self.root.attributes("-topmost", True)
        self.root.after(300, lambda: self.root.attributes("-topmost", False))
        self.root.focus_force()
        self.root.mainloop()
        return self.answer


def _press(event: tk.Event[tk.Misc]) -> str:
    if isinstance(event.widget, ttk.Button):
        event.widget.invoke()
    return "break"


def fill(shown: tk.Text, text: str) -> None:
    """Show another text in a box that cannot be typed in."""
    shown.configure(state="normal")
    shown.delete("1.0", "end")
    shown.insert("1.0", text)
    shown.configure(state="disabled")
