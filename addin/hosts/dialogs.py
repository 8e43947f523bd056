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
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any, cast

from addin.errors import UsageProblem
from addin.hosts.opening import open_outside
from addin.hosts.questions import Blank, Listing, Option
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
_LINES_IN_A_BOX = 24

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
            self._alert(f"{heading}\n\n{_first_lines(text.splitlines())}", TITLE, "ok")

    def folder(self, text: str, start: Path | None = None) -> Path | None:
        """Ask for a folder. Raises UsageProblem ``no_window`` where no window can open."""
        answer = self._need({"kind": "folder", "text": text, "start": str(start or "")})
        return Path(answer) if answer else None

    def new_form(
        self, forms: Mapping[str, str], units: Sequence[tuple[str, str]], folder: Path | None = None, unit: str = ""
    ) -> FormChoice | None:
        """Ask which form for whom (``units``: code and name; ``unit``: the clerk's own), saved where. Raises
        UsageProblem ``no_window``."""
        question = {
            "kind": "new_form", "forms": list(forms.items()), "units": [list(one) for one in units],
            "folder": str(folder or ""), "unit": unit,
        }  # fmt: skip
        answer = self._need(question)
        if not answer:
            return None
        return FormChoice(answer["form"], answer.get("unit") or None, Path(answer["path"]))

    def choose(self, heading: str, text: str, options: Sequence[Option], *, leave: str = "cancel") -> str | None:
        """Ask for one of several ways; its key, None where the clerk chose none. ``leave`` is the text of ``live`` on
        the button that chooses none. Raises UsageProblem ``no_window``, unless a yes or no says it all."""
        listed = [list(astuple(one)) for one in options]
        try:
            answer = self._ask({"kind": "choose", "heading": heading, "text": text, "options": listed, "leave": leave})
        except _NoWindow:
            if len(options) != 1:
                raise UsageProblem("no_window") from None
            agreed = self._alert(f"{heading}\n\n{text}\n{options[0].label}?", TITLE, "yes_no") == "yes"
            answer = options[0].key if agreed else None
        return answer if answer in {one.key for one in options} else None

    def review(
        self, heading: str, text: str, options: Sequence[Option] = (), *, accept: str = "",
        table: Listing | None = None, whole: bool = False,
    ) -> str | None:  # fmt: skip
        """Show what is about to be done, and ask for one of the ways to do it, the first unless the clerk chooses
        another; None where she changed her mind. Without ways it is only shown. ``accept`` is the button's text.

        In the program's own box only the first way can be agreed to, and not everything fits. ``whole``: what cannot be
        called back is agreed to only where all of it was shown; raises UsageProblem ``no_window_for_list``.
        """
        question = {
            "kind": "review", "heading": heading, "text": text, "options": [list(astuple(one)) for one in options],
            "accept": accept, "columns": [list(one) for one in table.columns] if table else [],
            "rows": [list(row) for row in table.rows] if table else [],
            "details": list(table.details) if table else [],
        }  # fmt: skip
        try:
            answer = self._ask(question)
        except _NoWindow:
            lines = [*text.splitlines(), *("  ".join(filter(None, row)) for row in (table.rows if table else ()))]
            if whole and len(lines) > _LINES_IN_A_BOX:
                raise UsageProblem("no_window_for_list", count=len(lines), shown=_LINES_IN_A_BOX) from None
            shown = f"{heading}\n\n{_first_lines(lines)}"
            if not options:
                self._alert(shown, TITLE, "ok")
                return None
            agreed = self._alert(f"{shown}\n\n{options[0].label}?", TITLE, "yes_no") == "yes"
            answer = options[0].key if agreed else None
        return answer if answer in {one.key for one in options} else None

    def form(
        self, heading: str, text: str, blanks: Sequence[Blank], *, accept: str, fault: str = ""
    ) -> dict[str, str] | None:
        """Ask for what fills the blanks, by their keys. ``fault``: what is wrong with what was filled in before.
        Raises UsageProblem ``no_window``."""
        question = {
            "kind": "form", "heading": heading, "text": text, "blanks": [asdict(one) for one in blanks],
            "accept": accept, "fault": fault,
        }  # fmt: skip
        for shown, blank in zip(cast(list[dict[str, Any]], question["blanks"]), blanks, strict=True):
            shown["options"] = [list(astuple(one)) for one in blank.options]
        answer = self._need(question)
        if not isinstance(answer, dict):
            return None
        return {blank.key: str(answer.get(blank.key, blank.value)) for blank in blanks}

    def open(self, path: Path) -> bool:
        """Open a file or folder in the program that this machine has for it; whether there is one."""
        if os.environ.get(SCRIPT):
            _scripted({"kind": "open", "path": str(path)})
            return True
        return open_outside(path)

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


def _first_lines(lines: Sequence[str]) -> str:
    """As much of a text as fits into a box."""
    more = len(lines) - _LINES_IN_A_BOX
    left_off = [messages.text("live", "more_lines", count=more)] if more > 0 else []
    return "\n".join([*lines[:_LINES_IN_A_BOX], *left_off])


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
