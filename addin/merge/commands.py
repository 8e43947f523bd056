"""The commands ``withdraw`` and ``explain``: their options, and what is shown of what came of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from addin.merge.changes import ReportChanges
    from addin.merge.explaining import ExplainedRow, Explanation
    from addin.terminal import Screen
    from validation import messages
    from validation.money import Tally

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
_ROWS_SHOWN = 60
DONE = 0


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_trace_commands(command: AddCommand, on_campaign: Callable[..., None], print_json: PrintJson) -> None:
    """Add ``withdraw`` and ``explain`` to the command line."""
    one = command(
        "withdraw", "rút một báo cáo khỏi tổng hợp, có lý do và tên", lambda options: _withdraw(options, print_json)
    )
    one.add_argument("report", metavar="BÁO_CÁO", help="tệp đã nhận, mã băm SHA-256, hoặc mã đơn vị")
    one.add_argument("--reason", required=True, metavar="LÝ_DO", help="vì sao")
    one.add_argument("--name", metavar="TÊN", help="ai quyết định; bỏ trống: người đang dùng máy")
    one.add_argument("--undo", action="store_true", help="tính lại báo cáo đã rút")
    on_campaign(one)

    one = command(
        "explain", "các dòng, tệp, trang tính và ô đứng sau một con số", lambda options: _explain(options, print_json)
    )
    one.add_argument("--unit", metavar="MÃ", help="đơn vị, hoặc công đoàn cấp trên của các đơn vị; bỏ trống: tất cả")
    one.add_argument("--phase", type=int, metavar="N", help="giai đoạn; bỏ trống: tất cả")
    on_campaign(one)


def _withdraw(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin import actions, contract, terminal
    from addin.decisions.commands import show_merged as show_decided

    with terminal.progress_bar(options.lang) as progress:
        done = actions.withdraw_report(
            options.campaign, options.report, reason=options.reason, name=options.name, undo=options.undo,
            progress=progress,
        )  # fmt: skip
    file = done.file
    if options.json:
        print_json({
            "path": file.path, "sha256": file.sha256, "unit": file.unit_code, "withdrawn": not done.undone,
            "totals": contract.totals(done.overview), "units": contract.units(done.overview),
        })  # fmt: skip
        return DONE
    screen = terminal.Screen(options.lang)
    screen.say("reinstated" if done.undone else "withdrawn", file=file.path, unit=file.unit_code)
    show_decided(done, screen)
    terminal.show_totals(done.overview, screen)
    return DONE


def _explain(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin import actions, terminal

    explanation = actions.explain_campaign(options.campaign, options.unit, options.phase)
    if options.json:
        print_json(as_json(explanation, options.campaign, options.lang))
    else:
        _show(explanation, terminal.Screen(options.lang))
    return DONE


# -- JSON ------------------------------------------------------------------------------------------------------------


def as_json(one: Explanation, campaign: Path, language: messages.Language) -> dict[str, Any]:
    """The whole of ``explain --json``. ``file`` can be opened as given; ``origin`` is where the row first stood."""
    return {
        "unit": one.unit,
        "phase": one.phase,
        "figures": _figures(one.tally),
        "reports": [
            {
                "unit": report.unit_code, "file": str(campaign / report.path), "sha256": report.sha256,
                "report_date": report.cover.report_date.isoformat(), "report_number": report.cover.report_number,
                "members": report.cover.members, "carried": report.line is not None,
            }
            for report in one.reports
        ],
        "rows": [_row(row, campaign, language) for row in one.rows],
        "left_out": [_row(row, campaign, language) for row in one.left_out],
        "changes": [_changes(changes, campaign) for changes in one.changes],
    }  # fmt: skip


def _figures(tally: Tally) -> dict[str, int]:
    return {
        "registered": tally.registered, "approved": tally.approved, "counted": tally.counted,
        "upper_support": tally.upper_support, "base_support": tally.base_support,
    }  # fmt: skip


def _row(one: ExplainedRow, campaign: Path, language: messages.Language) -> dict[str, Any]:
    from validation.messages import reason

    row, origin = one.row, one.origin
    return {
        "unit": row.unit_code,
        "outcome": row.outcome.value,
        "phase": row.phase,
        "registration_code": row.registration_code,
        "lead_author": row.lead_author,
        "title": row.title,
        "status": row.status,
        "counted": row.counted,
        "upper_support": row.upper_support,
        "base_support": row.base_counted,
        "file": str(campaign / one.file),
        "sheet": one.sheet,
        "row": row.number,
        "sha256": one.sha256,
        "cells": one.cells,
        "origin": {"file": origin.file, "sheet": origin.sheet, "row": origin.row, "sha256": origin.sha256},
        "reasons": [reason(finding, language) for finding in one.findings],
    }


def _changes(one: ReportChanges, campaign: Path) -> dict[str, Any]:
    from addin.merge.changes import money

    upper, base = money(one.rows)
    return {
        "unit": one.report.unit_code,
        "file": str(campaign / one.report.path),
        "against": {
            "file": str(campaign / one.earlier.path), "report_date": one.earlier.cover.report_date.isoformat(),
            "report_number": one.earlier.cover.report_number,
        },
        "upper_support": upper,
        "base_support": base,
        "rows": [
            {
                "change": change.kind.value,
                "registration_code": change.row.registration_code,
                "lead_author": change.row.lead_author,
                "title": change.row.title,
                "row": change.row.number,
                "fields": list(change.fields),
                "upper_support": change.upper_support,
                "base_support": change.base_support,
            }
            for change in one.rows
        ],
    }  # fmt: skip


# -- the terminal ----------------------------------------------------------------------------------------------------


def _show(one: Explanation, screen: Screen) -> None:
    tally = one.tally
    unit = f"{one.unit} – {one.name}" if one.unit and one.name else one.unit or screen.word("every_unit")
    phase = screen.word("phase") + f" {one.phase}" if one.phase is not None else screen.word("every_phase")
    figures = {name: screen.number(value) for name, value in _figures(tally).items()}
    screen.say(
        "explained", style="bold", unit=unit, phase=phase, registered=figures["registered"],
        approved=figures["approved"], counted=figures["counted"], upper=figures["upper_support"],
        base=figures["base_support"],
    )  # fmt: skip
    _show_rows(one.rows, "explained_rows", screen)
    _show_rows(one.left_out, "left_out_rows", screen)
    _show_changes(one, screen)


def _show_rows(rows: tuple[ExplainedRow, ...], title: str, screen: Screen) -> None:
    from rich.text import Text

    from addin.terminal import safe
    from validation.messages import reason

    if not rows:
        return
    counting = title == "explained_rows"
    last = ("upper", "base") if counting else ("reason",)
    table = screen.table("registration_code", "author", "title", "status", "file", "row_number", *last, title=title)
    for row in rows[:_ROWS_SHOWN]:
        money = (screen.number(row.row.upper_support), screen.number(row.row.base_counted))
        reasons = ("; ".join(reason(finding, screen.language) for finding in row.findings),)
        cells = (
            row.row.registration_code or "", row.row.lead_author or "", row.row.title or "", row.row.status or "",
            row.file, str(row.row.number), *(money if counting else reasons),
        )  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells))
    screen.console.print(table)
    if len(rows) > _ROWS_SHOWN:
        screen.say("more_rows", count=len(rows) - _ROWS_SHOWN)


def _show_changes(one: Explanation, screen: Screen) -> None:
    from rich.text import Text

    from addin.terminal import safe
    from validation.fields import ROW_FIELD

    lines = [(changes.report.unit_code, change) for changes in one.changes for change in changes.rows]
    if not lines:
        return
    table = screen.table(
        "code", "change", "registration_code", "title", "fields", "upper", "base", title="explained_changes"
    )
    for unit, change in lines[:_ROWS_SHOWN]:
        fields = ", ".join(ROW_FIELD[name].header if name in ROW_FIELD else name for name in change.fields)
        cells = (
            unit, screen.word(f"change_{change.kind.value}"), change.row.registration_code or "",
            change.row.title or "", fields, f"{change.upper_support:+,}".replace(",", "."),
            f"{change.base_support:+,}".replace(",", "."),
        )  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells))
    screen.console.print(table)
    if len(lines) > _ROWS_SHOWN:
        screen.say("more_rows", count=len(lines) - _ROWS_SHOWN)
