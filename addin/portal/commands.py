"""The command ``reconcile``: shows how it reads the list and what comes of it; keeps the list when it is told so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from addin.portal.reconciling import Reconciled
    from validation.errors import Refusal

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
DONE, WITH_FINDINGS = 0, 1


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_portal_command(command: AddCommand, on_campaign: Callable[..., None], print_json: PrintJson) -> None:
    """Add ``reconcile`` to the command line."""
    one = command(
        "reconcile", "đối chiếu với danh sách lấy từ cổng quốc gia", lambda options: _reconcile(options, print_json)
    )
    one.add_argument("list", type=Path, metavar="DANH_SÁCH", help="danh sách lấy từ cổng: .xlsx hoặc .csv")
    on_campaign(one)
    one.add_argument("--map", action="append", default=[], metavar="CỘT=TRƯỜNG", help="sửa một cột; dấu - để bỏ cột")
    one.add_argument("--sheet", action="append", default=[], metavar="TRANG", help="chỉ lấy trang này")
    one.add_argument("--yes", action="store_true", help="đồng ý với bảng ghép cột, lưu danh sách và kết quả")


def _reconcile(options: argparse.Namespace, print_json: PrintJson) -> int:
    from validation.errors import Refusal

    try:
        return _reconcile_readable(options, print_json)
    except Refusal as refusal:
        return _say_refused(refusal, options, print_json)


def _say_refused(refusal: Refusal, options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.adopt.wording import sentence_of_refusal

    sentence = sentence_of_refusal(refusal, options.lang)
    print(f"sangkien: {sentence}", file=sys.stderr)  # noqa: T201
    if options.json:
        print_json({"list": str(options.list), "error": {"code": refusal.code, "message": sentence}})
    return WITH_FINDINGS


def _reconcile_readable(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin import actions, terminal
    from addin.portal import as_json, screen

    there = terminal.Screen(options.lang)
    shown = False

    def agreed(seen: Reconciled) -> bool:
        nonlocal shown
        if options.yes:
            return True
        if options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            return False
        screen.show_reading(seen, there)
        shown = True
        return screen.ask(there)

    with terminal.progress_bar(options.lang) as progress:
        done = actions.reconcile_portal(options.campaign, options.list, options.map, options.sheet, agreed, progress)
    if options.json:
        print_json(as_json.reconciled(done))
    else:
        if not shown:
            screen.show_reading(done, there)
        screen.show_result(done, there)
    return DONE if done.record is not None and done.result.agrees else WITH_FINDINGS
