"""Questions to the clerk, asked in a window of a process of its own, so that the spreadsheet program never hangs on it.

Three ways, one after the other: a script of answers (for tests), a window (``addin.hosts.window``), and, where there is
no tkinter or no screen, the program's own message box, which can only tell and ask for yes or no.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from addin.errors import UsageProblem
from validation import messages

TITLE = "Sổ sáng kiến"
WINDOW_CLASS = "Sangkien"
"""By which a desktop groups our windows."""
SCRIPT = "SANGKIEN_DIALOGS"
"""Environment variable for tests: a JSON file, a list of ``{"kind": …, "answer": …}`` to be used up in that order; what
was asked is written beside it, as ``<file>.asked``."""

NO_WINDOW = 3
"""Exit code of a window that cannot open: no screen. Any failure of it (no tkinter) is taken for the same."""

_BEAT_SECONDS = 10.0
_MOST_IN_A_BOX = 12

Question = Mapping[str, Any]
Alert = Callable[[str, str, str], str]
"""Shows a text with buttons (``ok`` or ``yes_no``) under a title in the program itself; returns the button."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a preview: what stands in a cell, what would, and why. ``sure``: chosen unless the clerk objects."""

    place: str
    column: str
    before: str
    after: str
    why: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FormChoice:
    """What a new form is to be: its kind, its unit (None: none), and where it is saved."""

    form: str
    unit: str | None
    path: Path


def _nothing() -> None:
    pass


class Dialogs:
    """Asks the clerk. ``beat`` is called now and then while a window waits, so that a host sees we are alive."""

    def __init__(self, alert: Alert, beat: Callable[[], None] = _nothing) -> None:
        self._alert = alert
        self._beat = beat

    def tell(self, text: str) -> None:
        """Say something that the clerk must have seen."""
        if os.environ.get(SCRIPT):
            _scripted({"kind": "tell", "text": text})
        else:
            self._alert(text, TITLE, "ok")

    def confirm(self, text: str) -> bool:
        """Ask for yes or no."""
        if os.environ.get(SCRIPT):
            return _scripted({"kind": "confirm", "text": text}) is True
        return self._alert(text, TITLE, "yes_no") == "yes"

    def show(self, heading: str, text: str) -> None:
        """Show a long text to read."""
        try:
            self._ask({"kind": "show", "heading": heading, "text": text})
        except _NoWindow:
            lines = text.splitlines()
            short = "\n".join(lines[: 2 * _MOST_IN_A_BOX]) + ("\n…" if len(lines) > 2 * _MOST_IN_A_BOX else "")
            self._alert(f"{heading}\n\n{short}", TITLE, "ok")

    def folder(self, text: str, start: Path | None = None) -> Path | None:
        """Ask for a folder. Raises UsageProblem ``no_window`` where no window can open."""
        answer = self._need({"kind": "folder", "text": text, "start": str(start or "")})
        return Path(answer) if answer else None

    def new_form(
        self, forms: Mapping[str, str], units: Sequence[tuple[str, str]], folder: Path | None = None
    ) -> FormChoice | None:
        """Ask which form for whom (``units``: code and name), saved where. Raises UsageProblem ``no_window``."""
        question = {
            "kind": "new_form", "forms": list(forms.items()), "units": [list(one) for one in units],
            "folder": str(folder or ""),
        }  # fmt: skip
        answer = self._need(question)
        if not answer:
            return None
        return FormChoice(answer["form"], answer.get("unit") or None, Path(answer["path"]))

    def preview(self, changes: Sequence[Change]) -> list[int] | None:
        """Show what would be changed; returns the numbers of those accepted, None where the clerk changed her mind.

        Without a window only all the sure ones can be accepted at once.
        """
        try:
            answer = self._ask({"kind": "preview", "changes": [asdict(one) for one in changes]})
        except _NoWindow:
            return self._preview_in_a_box(changes)
        return None if answer is None else [number for number in answer if 0 <= number < len(changes)]

    def _preview_in_a_box(self, changes: Sequence[Change]) -> list[int] | None:
        sure = [number for number, one in enumerate(changes) if one.sure]
        if not sure:
            self._alert(messages.text("live", "only_questions", count=len(changes)), TITLE, "ok")
            return None
        lines = [f"{changes[n].place}: {changes[n].before} → {changes[n].after}" for n in sure[:_MOST_IN_A_BOX]]
        if len(sure) > _MOST_IN_A_BOX:
            lines.append(messages.text("live", "and_more", count=len(sure) - _MOST_IN_A_BOX))
        text = messages.text("live", "accept_all", count=len(sure), list="\n".join(lines))
        return sure if self._alert(text, TITLE, "yes_no") == "yes" else None

    def _need(self, question: Question) -> Any:
        try:
            return self._ask(question)
        except _NoWindow:
            raise UsageProblem("no_window") from None

    def _ask(self, question: Question) -> Any:
        if os.environ.get(SCRIPT):
            return _scripted(question)
        return self._in_a_window(question)

    def _in_a_window(self, question: Question) -> Any:
        try:
            window = subprocess.Popen(
                python_command("addin.hosts.window"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                env=child_environment(),
            )
        except OSError as problem:
            raise _NoWindow from problem
        given: bytes | None = json.dumps(question, ensure_ascii=False).encode()
        with window:
            try:
                while True:
                    try:
                        answer, _ = window.communicate(given, timeout=_BEAT_SECONDS)
                        break
                    except subprocess.TimeoutExpired:
                        given = None  # has been sent; communicate goes on where it was
                        self._beat()
            except BaseException:
                window.kill()
                raise
        if window.returncode != 0:
            raise _NoWindow
        return json.loads(answer) if answer else None


class _NoWindow(Exception):  # noqa: N818 - caught here, never seen by others
    """No window can open on this machine."""


def python_command(module: str) -> list[str]:
    """The command for a module of ours; the folder it is started in, perhaps a workbook's, brings no code."""
    return [sys.executable, "-P", "-X", "utf8", "-m", module]


def child_environment() -> dict[str, str]:
    """The environment in which a window's Python finds this program, however this process found it."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}


def _scripted(question: Question) -> Any:
    """The next answer of the script; a question that it does not foresee gets none."""
    file = Path(os.environ[SCRIPT])
    asked = file.with_name(f"{file.name}.asked")
    before = json.loads(asked.read_text(encoding="utf-8")) if asked.exists() else []
    asked.write_text(json.dumps([*before, question], ensure_ascii=False), encoding="utf-8")
    answers = cast(list[dict[str, Any]], json.loads(file.read_text(encoding="utf-8")))
    for number, one in enumerate(answers):
        if one["kind"] == question["kind"]:
            file.write_text(json.dumps(answers[:number] + answers[number + 1 :]), encoding="utf-8")
            return one["answer"]
    return None
