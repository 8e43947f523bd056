"""The proposal and what was written, as a person reads them in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from addin.adopt.mapping import Column, Way
from addin.adopt.run import Adoption, Written
from addin.adopt.sharing import Shares
from addin.adopt.wording import reason_of_column, where_to
from addin.intake.arrivals import display
from addin.terminal import Screen, safe
from validation import messages
from validation.normalise import as_shown
from workbook_templates.layout import FIRST_ROW

_LONGEST_SAMPLE = 40
_ROWS_PREVIEWED = 3
_UNITS_SHOWN = 60
_PREVIEWED = ("lead_author", "title", "solution_kind", "recognised_on", "registration_code", "benefit_value")


def show_proposal(adoption: Adoption, screen: Screen) -> None:
    """Each list's columns with what they become, the first rows, what to look at."""
    proposal, language = adoption.proposal, screen.language
    say(screen, "proposal", style="bold", file=display(Path(adoption.path.name)), rows=len(proposal.rows))
    for one in proposal.lists:
        head = f"{one.header.first_row}–{one.header.last_row}".removesuffix(f"–{one.header.first_row}")
        say(screen, "list", sheet=one.sheet, head=head, end=one.last_row, rows=one.rows)
        table = screen.table()
        for key in ("head_column", "head_header", "head_sample", "head_field", "head_score", "head_reason"):
            table.add_column(messages.text("adopt", key, language), overflow="fold")
        for column in one.columns:
            table.add_row(*(Text(safe(cell), style=_style(column)) for cell in _cells(column, language)))
        screen.console.print(table)
    _show_first_rows(adoption, screen)
    for remark in proposal.remarks:
        sentence = messages.text("adopt_remark", remark.code, language, **remark.facts)
        screen.console.print(Text(f"! {safe(sentence)}", style="yellow"), soft_wrap=True)
    if proposal.left:
        say(screen, "left", count=len(proposal.left))
    if adoption.shares is not None:
        _show_shares(adoption.shares, screen)


def _cells(column: Column, language: messages.Language) -> tuple[str, ...]:
    sample = " | ".join(as_shown(value).replace("\n", " ")[:_LONGEST_SAMPLE] for value in column.samples[:2])
    doubt = "" if column.sure or column.way is Way.UNUSED else " ?"
    score = f"{column.score}{doubt}" if column.score else ""
    reason = reason_of_column(column, language)
    return column.letters, column.header, sample, where_to(column, language), score, reason


def _style(column: Column) -> str:
    if column.way is Way.UNUSED:
        return "dim"
    return "" if column.sure else "yellow"


def _show_first_rows(adoption: Adoption, screen: Screen) -> None:
    rows = adoption.proposal.rows[:_ROWS_PREVIEWED]
    say(screen, "first_rows")
    for number, row in enumerate(rows, FIRST_ROW + 1):
        parts = [as_shown(row.values.get(name)) for name in _PREVIEWED if row.values.get(name) is not None]
        text = f"  {number}: " + " · ".join(part.replace("\n", " ")[:60] for part in parts)
        screen.console.print(Text(safe(text)), soft_wrap=True)


def _show_shares(shares: Shares, screen: Screen) -> None:
    table = screen.table()
    for key in ("head_said", "head_unit", "head_score", "head_reason", "head_rows"):
        table.add_column(messages.text("adopt", key, screen.language), overflow="fold")
    doubtful_first = sorted(shares.matches, key=lambda match: match.score)
    for match in doubtful_first[:_UNITS_SHOWN]:
        unit = f"{match.unit.code} – {match.unit.name}" if match.unit is not None else "–"
        reason = messages.text("adopt_unit", match.reason, screen.language)
        style = "" if match.score >= 100 else "yellow" if match.unit is not None else "bold red"
        cells = (match.text or "–", unit, str(match.score), reason, str(match.rows))
        table.add_row(*(Text(safe(cell), style=style) for cell in cells))
    screen.console.print(table)
    if len(doubtful_first) > _UNITS_SHOWN:
        say(screen, "more_units", count=len(doubtful_first) - _UNITS_SHOWN)
    if shares.nobody:
        say(screen, "nobody", style="bold red", count=len(shares.nobody))


def show_written(written: Sequence[Written], screen: Screen) -> None:
    """What was written, and what to do next."""
    for one in written:
        say(screen, "written" if one.unit is not None else "written_rest", style="green", rows=one.rows,
             file=one.file, unit=one.unit or "")  # fmt: skip
    say(screen, "next", file=written[0].file if written else "")


def say(screen: Screen, key: str, style: str = "", **facts: object) -> None:
    """A sentence of the catalogue's table ``adopt`` on a line of its own."""
    sentence = messages.text("adopt", key, screen.language, **facts)
    screen.console.print(Text(safe(sentence), style=style), soft_wrap=True)


def ask(screen: Screen) -> bool:
    """Ask at the terminal whether to write."""
    try:
        answer = screen.console.input(Text(messages.text("adopt", "question", screen.language) + " "))
    except EOFError:
        return False
    return answer.strip().casefold() in ("c", "co", "có", "y", "yes")
