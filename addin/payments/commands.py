"""The command ``pay``: its options, and what is shown of what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import date

    from addin.payments.paying import Payments
    from addin.terminal import Screen

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
DONE = 0
_LISTS_SHOWN = 40


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_pay_command(command: AddCommand, on_campaign: Callable[..., None], print_json: PrintJson) -> None:
    """Add ``pay`` to the command line."""
    one = command("pay", "lập danh sách chi hỗ trợ; in lại, hủy danh sách", lambda options: _pay(options, print_json))
    on_campaign(one)
    one.add_argument("--phase", type=int, metavar="N", help="giai đoạn cần chi")
    one.add_argument("--date", metavar="NGÀY", help="ngày ghi trên danh sách; bỏ trống: hôm nay")
    one.add_argument("--bank", action="store_true", help="cột ngân hàng, số tài khoản, người nhận thay cho ký nhận")
    one.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không lập danh sách")
    instead = one.add_mutually_exclusive_group()
    instead.add_argument("--reprint", metavar="SỐ", help="in lại danh sách: mã, số hoặc tên tệp")
    instead.add_argument("--void", metavar="SỐ", help="hủy danh sách: mã, số hoặc tên tệp")
    one.add_argument("--reason", metavar="LÝ_DO", help="vì sao hủy")
    one.add_argument("--name", metavar="TÊN", help="ai quyết định hủy")


def _pay(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.errors import UsageProblem

    if options.reprint is not None or options.void is not None:
        return _reprint_or_void(options, print_json)
    for option, given in (("--reason", options.reason), ("--name", options.name)):
        if given is not None:
            raise UsageProblem("void_option_alone", option=option)
    if options.phase is None:
        raise UsageProblem("phase_needed")
    from addin import actions, terminal
    from addin.payments import as_json

    with terminal.progress_bar(options.lang) as progress:
        done = actions.pay_campaign(
            options.campaign, options.phase, day=_day(options.date), bank=options.bank, dry=options.dry_run,
            progress=progress,
        )  # fmt: skip
    if options.json:
        print_json(as_json.payments(done, options.campaign))
    else:
        _show(done, options, terminal.Screen(options.lang))
    return DONE


def _day(text: str | None) -> date | None:
    from addin.errors import UsageProblem
    from validation.text.dates import read_date

    if text is None:
        return None
    found = read_date(text)
    if found is None:
        raise UsageProblem("unreadable_day", day=text)
    return found.day


def _reprint_or_void(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin import actions, terminal
    from addin.payments import as_json

    screen = terminal.Screen(options.lang)
    if options.void is not None:
        done = actions.void_payment_list(
            options.campaign, options.void, reason=options.reason or "", name=options.name or ""
        )
    else:
        done = actions.reprint_payment_list(options.campaign, options.reprint)
    if options.json:
        print_json(as_json.printed(done, options.campaign))
        return DONE
    numbers = ", ".join(one.record.key for one in done.lists)
    if options.void is not None:
        screen.say("voided", numbers=numbers, file=done.file)
    else:
        screen.say("reprinted", number=numbers, file=done.file)
    return DONE


# -- the terminal ----------------------------------------------------------------------------------------------------


def _show(done: Payments, options: argparse.Namespace, screen: Screen) -> None:
    from addin.payments.drafting import FOLDER
    from validation.payments import Fund

    drafts = done.drafts
    phase = done.overview.programme.phase(drafts.phase).name
    if drafts.lists:
        totals = {"total": screen.number(drafts.total(Fund.UPPER)), "base": screen.number(drafts.total(Fund.BASE))}
        screen.say("payments_due", phase=phase, day=drafts.day, **totals)
        _show_payers(done, screen)
    else:
        screen.say("payments_none", phase=phase)
    for left in drafts.left_out:
        amount = screen.number(left.amount)
        screen.say("payments_left_out", unit=left.unit, payer=left.payer or "?", amount=amount, lines=left.lines)
    if done.dry:
        _show_closed(done, screen)
        screen.say("payments_dry")
    elif done.made:
        screen.say("payments_made", count=len(done.made), folder=options.campaign / FOLDER)
    for lost in {one.record.file: one.record for one in done.missing}.values():
        screen.say("payments_missing", file=lost.file, number=lost.key, folder=options.campaign)


def _show_payers(done: Payments, screen: Screen) -> None:
    from rich.text import Text

    from addin.payments.drafting import unit_name
    from addin.terminal import safe
    from validation.payments import Fund

    made = {(one.record.fund, one.record.payer, one.record.issuer): one.record.key for one in done.made}
    table = screen.table(
        "pay_payer", "pay_number", "pay_lines", "pay_amount", "pay_adjustments", title="payments_payers"
    )
    upper = done.drafts.of(Fund.UPPER)
    for one in upper[:_LISTS_SHOWN]:
        adjusted = sum(item.amount for item in one.items if item.refers is not None)
        table.add_row(
            Text(safe(f"{one.payer} – {unit_name(done.overview, one.payer)}")),
            Text(safe(made.get((one.fund, one.payer, one.issuer), ""))),
            str(len(one.items)), screen.number(one.amount), screen.number(adjusted),
        )  # fmt: skip
    screen.console.print(table)
    if len(upper) > _LISTS_SHOWN:
        screen.say("more_rows", count=len(upper) - _LISTS_SHOWN)


def _show_closed(done: Payments, screen: Screen) -> None:
    from rich.text import Text

    from addin.terminal import safe
    from validation.payments import Fund

    if not done.closed:
        return
    table = screen.table(
        "pay_number", "pay_fund", "pay_list_day", "pay_lines", "pay_amount", "pay_list_state", title="payments_closed"
    )
    # The unions' own lists are by far the most: after those of the payers above them.
    lists = sorted(done.closed, key=lambda one: one.record.fund is not Fund.UPPER)
    for one in lists[:_LISTS_SHOWN]:
        record = one.record
        table.add_row(
            Text(safe(record.key)), screen.word(f"pay_fund_{record.fund.value}"), f"{record.day:%d/%m/%Y}",
            str(record.lines), screen.number(record.amount),
            screen.word("pay_list_holds" if one.void is None else "pay_list_void"),
        )  # fmt: skip
    screen.console.print(table)
    if len(done.closed) > _LISTS_SHOWN:
        screen.say("more_rows", count=len(done.closed) - _LISTS_SHOWN)
