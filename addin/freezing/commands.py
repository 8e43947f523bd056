"""The command ``freeze``: keep all totals under a name, list what was kept, show or print one again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
DONE = 0


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_freeze_command(command: AddCommand, on_campaign: Callable[..., None], print_json: PrintJson) -> None:
    """Add ``freeze`` to the command line."""
    one = command("freeze", "chốt số liệu; xem, in lại bản đã chốt", lambda options: _freeze(options, print_json))
    on_campaign(one)
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--name", metavar="TÊN", help="chốt số liệu hiện nay dưới tên này")
    which.add_argument("--list", action="store_true", help="các bản đã chốt")
    which.add_argument("--show", metavar="TÊN", help="một bản đã chốt, và những gì thay đổi từ đó")
    which.add_argument("--reprint", metavar="TÊN", help="in lại một bản đã chốt; thêm --out")
    one.add_argument("--out", type=Path, metavar="TỆP", help="tệp .xlsx sẽ ghi khi in lại")


def _freeze(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.errors import UsageProblem

    if (options.reprint is None) is not (options.out is None):
        raise UsageProblem("freeze_out_needed" if options.out is None else "freeze_out_alone")
    if options.name is not None:
        return _keep(options, print_json)
    from addin import actions, terminal
    from addin.freezing import as_json, screen

    if options.reprint is not None:
        found = actions.reprint_frozen(options.campaign, options.reprint, options.out)
    else:
        found = actions.frozen_campaign(options.campaign, options.show)
    if options.json:
        print_json(as_json.frozen_now(found))
    else:
        screen.show_frozen(found, terminal.Screen(options.lang))
    return DONE


def _keep(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin import actions, terminal
    from addin.freezing import as_json, screen

    with terminal.progress_bar(options.lang) as progress:
        done = actions.freeze_campaign(options.campaign, options.name, progress)
    if options.json:
        print_json(as_json.frozen(done))
    else:
        screen.show_freezing(done, terminal.Screen(options.lang))
    return DONE
