"""The window of ``addin.hosts.progress``: reads JSON lines on standard input, writes a line when cancel is pressed."""

from __future__ import annotations

import json
import queue
import sys
import threading

from addin.hosts.dialogs import NO_WINDOW, TITLE, WINDOW_CLASS
from validation import messages

_LOOK_EVERY = 100  # milliseconds
_WIDTH = 420  # pixels


def main() -> int:
    """Show the window until standard input ends. Exit NO_WINDOW where none can open."""
    try:
        import tkinter as tk
        from tkinter import ttk
        from tkinter.font import nametofont

        root = tk.Tk(className=WINDOW_CLASS)
    except Exception:  # no tkinter, no Tcl, no screen
        return NO_WINDOW
    root.title(TITLE)
    root.resizable(False, False)
    root.attributes("-topmost", True)
    title, stage, count = (tk.StringVar(root) for _ in range(3))
    frame = ttk.Frame(root, padding=16)
    frame.grid()
    headline = nametofont("TkDefaultFont").copy()
    headline.configure(weight="bold")
    ttk.Label(frame, textvariable=title, font=headline).grid(sticky="w")
    ttk.Label(frame, textvariable=stage).grid(sticky="w", pady=(8, 2))
    bar = ttk.Progressbar(frame, length=_WIDTH, mode="indeterminate")
    bar.grid()
    ttk.Label(frame, textvariable=count).grid(sticky="w", pady=(2, 8))
    button = ttk.Button(frame, text=messages.text("live", "cancel"))
    button.grid(sticky="e")

    def cancel() -> None:
        button.state(["disabled"])
        stage.set(messages.text("live", "cancelling"))
        sys.stdout.write("cancel\n")
        sys.stdout.flush()

    button.configure(command=cancel)
    root.protocol("WM_DELETE_WINDOW", cancel)
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()

    def look() -> None:
        while not lines.empty():
            line = lines.get()
            if line is None:
                root.destroy()
                return
            told = json.loads(line)
            if "title" in told:
                title.set(told["title"])
            elif not button.instate(["disabled"]):
                total = told["total"]
                stage.set(told["stage"])
                count.set(f"{told['done']}/{total}" if total else str(told["done"]))
                bar.configure(mode="determinate" if total else "indeterminate", maximum=total or 100)
                bar["value"] = told["done"] if total else told["done"] % 100
        root.after(_LOOK_EVERY, look)

    root.eval("tk::PlaceWindow . center")
    look()
    root.mainloop()
    return 0


def _listen(lines: queue.SimpleQueue[str | None]) -> None:
    for line in sys.stdin:
        lines.put(line)
    lines.put(None)


if __name__ == "__main__":
    sys.exit(main())
