"""What a person reads in the terminal: tables in their language; progress on standard error where that is one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from addin.intake.arrivals import display
from addin.merge.collection import due_phase, tally_of
from addin.merge.edited import SetAside
from addin.merge.overview import FileOutcome, Overview
from addin.merge.results import FileResult
from addin.merge.run import Progress as Report
from addin.merge.run import silent
from validation import messages
from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Finding, Severity
from validation.text.amounts import format_amount

if TYPE_CHECKING:
    from addin.actions import Checked
    from addin.merge.verify import Verification
    from addin.returns.returning import Returned
    from addin.status import Late, Status

_PLAIN_WIDTH = 140
_FILES_SHOWN = 40
_STYLE = {
    FileOutcome.ACCEPTED: "green",
    FileOutcome.REPLACED: "green",
    FileOutcome.UNCHANGED: "",
    FileOutcome.SUPERSEDED: "dim",
    FileOutcome.QUARANTINED: "bold red",
    FileOutcome.SKIPPED: "yellow",
}
_WORTH_A_LINE = frozenset({FileOutcome.REPLACED, FileOutcome.SUPERSEDED})


class Screen:
    """Standard output in one language: as wide as the terminal, or wide enough for a table where it is none."""

    def __init__(self, language: messages.Language = "vi", console: Console | None = None) -> None:
        self.language = language
        width = None if sys.stdout.isatty() else _PLAIN_WIDTH
        # No markup: what a stranger's file is called must not colour the screen.
        self.console = console or Console(width=width, highlight=False, markup=False, emoji=False)

    def say(self, key: str, /, style: str = "", lead: str = "", **facts: Any) -> None:
        """A sentence of the catalogue on a line of its own."""
        # Left to the terminal to wrap: a path in it can then be copied whole.
        self.console.print(Text(lead + self.word(key, **facts), style=style), soft_wrap=True)

    def word(self, key: str, /, **facts: object) -> str:
        """A text of the catalogue's table ``screen``."""
        return safe(messages.text("screen", key, self.language, **facts))

    def outcome(self, outcome: FileOutcome) -> str:
        """What became of a file, in a word."""
        return messages.text("outcome", outcome.value, self.language)

    def number(self, value: int) -> str:
        """A number with its thousands set apart."""
        return format_amount(value) if self.language == "vi" else f"{value:,}"

    def percent(self, value: float | None) -> str:
        """A fraction as a percentage; a dash where there is none."""
        if value is None:
            return "–"
        shown = f"{value * 100:.1f} %"
        return shown.replace(".", ",") if self.language == "vi" else shown

    def table(self, *keys: str, title: str | None = None) -> Table:
        """An empty table with these headings."""
        heading = self.word(title) if title else None
        table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, title=heading, title_justify="left")
        for key in keys:
            table.add_column(self.word(key), overflow="fold")
        return table


def safe(text: str) -> str:
    """A text that cannot steer the terminal: control characters shown as a mark."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


class Pace(ProgressColumn):
    """How many a second, and how long it will still take; nothing until that can be said."""

    def __init__(self, language: messages.Language) -> None:
        super().__init__()
        self._language = language

    def render(self, task: Task) -> Text:
        """The text of one bar."""
        speed = task.finished_speed or task.speed
        if not speed or not task.total:
            return Text("")
        rate = f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}"
        if self._language == "vi":
            rate = rate.translate(str.maketrans(",.", ".,"))
        left = task.time_remaining
        if left is None or task.finished:
            return Text(messages.text("screen", "pace", self._language, rate=rate), style="cyan")
        minutes, seconds = divmod(int(left), 60)
        facts = {"rate": rate, "left": f"{minutes}:{seconds:02}"}
        return Text(messages.text("screen", "pace_left", self._language, **facts), style="cyan")


@contextlib.contextmanager
def progress_bar(language: messages.Language = "vi") -> Iterator[Report]:
    """A progress function that shows count, rate and time left; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        Pace(language),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                words = messages.catalogue(language)["screen"]
                tasks[stage] = bar.add_task(words.get(f"stage_{stage}", stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


def show_checked(files: Sequence[Checked], screen: Screen) -> None:
    """The result of a check: one heading per file, and a table of what was found."""
    for one in files:
        _show_one_checked(one, screen)
    readable = [one.submission for one in files if one.submission is not None]
    errors = sum(f.severity is Severity.ERROR for s in readable for f in s.findings)
    warnings = sum(len(s.findings) for s in readable) - errors
    refused = len(files) - len(readable)
    screen.console.print()
    screen.say("checked", files=len(files), errors=errors, warnings=warnings, refused=refused)


def _show_one_checked(one: Checked, screen: Screen) -> None:
    out = screen.console
    out.print()
    out.print(Text(display(Path(one.path.name)), style="bold"), Text(display(one.path.parent), style="dim"))
    submission = one.submission
    if submission is None:
        if one.refusal is not None:
            sentence = messages.text("refusal", one.refusal.code, screen.language, **one.refusal.facts)
            out.print(Text(f"✗ {safe(sentence)}", style="bold red"))
        _show_copies(one, screen)
        return
    cover = submission.cover
    name = f"{cover.unit_code} – {cover.unit_name}" if cover.unit_name else cover.unit_code
    screen.say("report_of", unit=name, report_date=cover.report_date, report_number=cover.report_number)
    facts: dict[str, Any] = {**submission.counts().as_json()}
    screen.say("counts", **facts)
    if submission.findings:
        out.print(_findings_table(submission.findings, screen))
    else:
        screen.say("faultless", lead="✓ ", style="green")
    _show_copies(one, screen)


def _show_copies(one: Checked, screen: Screen) -> None:
    if one.repairs:
        table = screen.table("cell", "column", "before", "after")
        cells = {(repair.sheet, repair.cell): repair for repair in one.repairs}
        for repair in cells.values():
            field = ROW_FIELD.get(repair.field) or COVER_FIELD.get(repair.field)
            table.add_row(
                repair.cell, field.header if field else "", *map(Text, map(safe, (repair.before, repair.after)))
            )
        screen.console.print(table)
    for left in one.left:
        screen.say("left_as_is", cell=left.cell, after=left.after)
    if one.annotated is not None:
        screen.say("annotated", file=display(one.annotated))
    if one.fixed is not None:
        screen.say("fixed", file=display(one.fixed), count=len({(r.sheet, r.cell) for r in one.repairs}))


def show_returned(result: Returned, screen: Screen) -> None:
    """What goes back to which unit, and what cannot."""
    new = sum(one.written for one in result.files)
    screen.say("returned", files=len(result.files), new=new)
    if result.files:
        table = screen.table("unit", "name", "error", "warning", "marked_copy")
        for one in result.files:
            counts = (screen.number(one.errors), screen.number(one.warnings)) if one.code is None else ("–", "–")
            table.add_row(*map(Text, map(safe, (one.unit or "", one.name or "", *counts, one.copy.name))))
        screen.console.print(table)
    if result.not_returned:
        screen.say("not_returned", count=len(result.not_returned))
        table = screen.table("file", "reason")
        for left in result.not_returned:
            table.add_row(Text(display(Path(left.path))), Text(safe(left.reason(screen.language))))
        screen.console.print(table)


def _findings_table(findings: Sequence[Finding], screen: Screen) -> Table:
    table = screen.table("severity", "cell", "column", "advice")
    for column, width in zip(table.columns, (None, None, 16, None), strict=True):
        column.max_width = width
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for one in findings:
        is_error = one.severity is Severity.ERROR
        field = ROW_FIELD.get(one.field or "") or COVER_FIELD.get(one.field or "")
        place = one.cell or (screen.word("row", row=one.row) if one.row else screen.word("whole_file"))
        severity = f"✗ {screen.word('error')}" if is_error else f"! {screen.word('warning')}"
        table.add_row(
            Text(severity, style="bold red" if is_error else "yellow"),
            Text(place),
            Text(field.header if field else ""),
            Text(safe(messages.advice(one, screen.language))),
        )
    return table


def show_merged(files: Sequence[FileResult], overview: Overview, screen: Screen) -> None:
    """The result of a merge: what became of the files, and the totals."""
    tally = dict.fromkeys(FileOutcome, 0)
    for one in files:
        tally[one.outcome] += 1
    parts = [f"{count} {screen.outcome(outcome).lower()}" for outcome, count in tally.items() if count]
    screen.say("files_tally", files=len(files), parts=", ".join(parts) or screen.word("no_files"))
    listed = [one for one in files if one.code is not None or one.outcome in _WORTH_A_LINE]
    if listed:
        table = screen.table("file", "outcome", "reason")
        table.columns[0].max_width = 44
        for one in listed[:_FILES_SHOWN]:
            name, reason = display(Path(one.path.name)), safe(one.reason(screen.language) or "")
            table.add_row(Text(name), Text(screen.outcome(one.outcome), style=_STYLE[one.outcome]), Text(reason))
        screen.console.print(table)
        if len(listed) > _FILES_SHOWN:
            screen.say("more_files", count=len(listed) - _FILES_SHOWN)
    show_totals(overview, screen)


def show_totals(overview: Overview, screen: Screen) -> None:
    """Figures by phase: a column for each phase, so that billions stand whole in a narrow window too."""
    table = screen.table("phase")
    for phase in overview.programme.phases:
        table.add_column(phase.name, justify="right", overflow="fold")
    tallies = [(phase, overview.phases[phase.number]) for phase in overview.programme.phases]
    for key in ("registered", "approved", "counted"):
        table.add_row(screen.word(key), *(screen.number(getattr(tally, key)) for _, tally in tallies))
    table.add_row(screen.word("target"), *(screen.number(phase.target) for phase, _ in tallies))
    reached = (tally.counted / phase.target if phase.target else None for phase, tally in tallies)
    table.add_row(screen.word("reached"), *map(screen.percent, reached))
    for key in ("upper_support", "base_support"):
        table.add_row(screen.word(key), *(screen.number(getattr(tally, key)) for _, tally in tallies))
    screen.console.print(table)
    rows, units = screen.number(overview.accepted_rows()), screen.number(len(overview.current))
    screen.say("accepted_rows", rows=rows, units=units)


def show_status(status: Status, screen: Screen) -> None:
    """Collection, progress and participation."""
    overview = status.overview
    missing = overview.missing()
    screen.console.print(Text(safe(f"{overview.unit.name} – {overview.programme.name}"), style="bold"))
    screen.say(
        "collection",
        expected=status.expected,
        received=len(overview.current),
        late=len({late.unit for late in _late_now(status)}),
        missing=len(missing),
        refused=sum(refused.outcome is FileOutcome.QUARANTINED for refused in overview.refused),
    )
    _show_collection(status, screen)
    show_totals(overview, screen)
    _show_portal(overview, screen)
    minimum = screen.percent(overview.programme.participation.minimum)
    for phase in overview.programme.phases:
        reached = status.reached[phase.number]
        screen.say("quota", phase=phase.name, reached=reached, units=len(overview.current), minimum=minimum)
    if missing:
        table = screen.table("code", "name", "superior", "email", title="missing_units")
        for unit in missing:
            superior = overview.superior_of(unit.code)
            told = (unit.code, unit.name, superior.name if superior else "", unit.email or "")
            table.add_row(*(Text(safe(cell)) for cell in told))
        screen.console.print(table)
    if overview.refused:
        table = screen.table("file", "outcome", "reason", title="refused_files")
        for refused in overview.refused:
            reason = messages.text("refusal", refused.code, screen.language, **refused.facts)
            cells = (display(Path(refused.path)), screen.outcome(refused.outcome), safe(reason))
            table.add_row(*map(Text, cells))
        screen.console.print(table)


def show_set_aside(aside: SetAside | None, screen: Screen) -> None:
    """What was kept of a master that somebody had worked in; nothing where nobody had."""
    if aside is None:
        return
    screen.say("set_aside", file=aside.file, style="yellow")
    if aside.sheets:
        screen.say("set_aside_sheets", sheets=", ".join(f"“{name}”" for name in aside.sheets), style="yellow")


def _show_collection(status: Status, screen: Screen) -> None:
    """Deadlines, who stands where, who was late, what is new since the last merge, what has changed since a freeze."""
    overview = status.overview
    phases = overview.programme.phases
    screen.say("deadlines", parts="; ".join(f"{p.name} {overview.deadline(p.number):%d/%m/%Y}" for p in phases))
    states = [
        f"{count} {messages.text('collection', state.value, screen.language)}"
        for state, count in tally_of(status.collection).items()
        if count
    ]
    if states:
        screen.say("collection_states", parts=", ".join(states))
    trend = overview.trend()
    if trend is not None:
        more = {"rows": trend.rows, "upper": trend.upper_support, "base": trend.base_support}
        signed = {name: ("+" if value > 0 else "") + screen.number(value) for name, value in more.items()}
        since = f"{trend.since:%d/%m/%Y %H:%M}"
        screen.say("trend", since=since, files=trend.files, units=trend.units, **signed)
    if overview.frozen:
        name = overview.frozen[-1].name
        key = "frozen_changed" if status.since_frozen else "frozen_unchanged"
        screen.say(key, name=name, count=len(status.since_frozen))
    late_now = _late_now(status)
    if late_now:
        table = screen.table("code", "name", "phase", "deadline", "first_report", "days_late", title="late_units")
        for late in late_now[:_FILES_SHOWN]:
            known = overview.tree.get(late.unit)
            days = (late.report_date - late.deadline).days
            told = (late.unit, known.name if known else "", overview.programme.phase(late.phase).name,
                    f"{late.deadline:%d/%m/%Y}", f"{late.report_date:%d/%m/%Y}", str(days))  # fmt: skip
            table.add_row(*(Text(safe(cell)) for cell in told))
        screen.console.print(table)


def _late_now(status: Status) -> list[Late]:
    """Those late for the phase that is due: what was late a phase ago is no news."""
    due = due_phase(status.overview)
    return [late for late in status.late if late.phase == due]


def _show_portal(overview: Overview, screen: Screen) -> None:
    """What the national portal's list does to the figures, where the settings let it."""
    use = overview.portal
    if not use.rule.in_force:
        return
    if use.file is None or use.taken_at is None:
        screen.say("portal_status_none", style="yellow")
        return
    day = datetime.fromisoformat(use.taken_at).date()
    who = screen.word("portal_who_portal" if use.rule.replaces_status else "portal_who_report")
    screen.say("portal_status", file=use.file, lines=use.lines, day=day, who=who, changed=use.changed,
               unmatched=use.unmatched)  # fmt: skip


def show_verification(result: Verification, screen: Screen) -> None:
    """What was proved, or what does not hold."""
    if result.holds:
        screen.say("holds", lead="✓ ", style="green")
        totals = result.totals
        screen.say(
            "proved",
            submissions=result.submissions,
            rows=screen.number(totals.accepted_rows),
            upper=screen.number(totals.upper_support),
            base=screen.number(totals.base_support),
            entries=result.entries,
        )
        return
    screen.say("holds_not", lead="✗ ", style="bold red", count=len(result.problems))
    for problem in result.problems:
        screen.console.print(Text(f"• {safe(problem.sentence(screen.language))}"), soft_wrap=True)
