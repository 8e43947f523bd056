"""The commands about mail: ``account``, ``send``, ``collect``, ``remind``, and the mailing options of ``return``.

Only argparse is imported here: a command line is built for every command, and should be built fast.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import SecretStr

    from addin.mail.accounts import Account
    from addin.mail.correspondence import Plan
    from addin.returns.returning import Returned
    from addin.terminal import Screen

Command = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
DONE, WITH_FINDINGS = 0, 1
_PRESETS = "gmail, zimbra, other, microsoft365, outlook"


def add_mail_commands(
    command: Command, on_campaign: Callable[[argparse.ArgumentParser], None], print_json: Callable[[Any], None]
) -> None:
    """Add the commands to the command line that is being built."""
    _add_account_commands(command("account", "hộp thư để gửi và nhận báo cáo", _account_list), print_json)

    one = command("send", "gửi bản tổng hợp lên cấp trên", _send)
    on_campaign(one)
    one.add_argument("--to", action="append", default=[], metavar="ĐỊA_CHỈ", help="nơi nhận; bỏ trống: cấp trên")
    one.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không gửi")
    way = one.add_mutually_exclusive_group()
    way.add_argument("--draft", action="store_true", help="tạo thư nháp trong chương trình thư (mặc định)")
    way.add_argument("--smtp", metavar="HỘP_THƯ", help="gửi thẳng bằng hộp thư này")
    one.add_argument("--again", action="store_true", help="gửi lại dù đã gửi đúng bản này")
    one.add_argument("--retry-unknown", action="store_true", help="chuyển lại thư không rõ đã tới chưa")
    one.set_defaults(print_json=print_json)

    one = command("collect", "lấy báo cáo từ hộp thư về thư mục nhận", _collect)
    on_campaign(one)
    one.add_argument("--account", required=True, metavar="HỘP_THƯ", help="tên hộp thư")
    one.add_argument("--folder", metavar="THƯ_MỤC_THƯ", help="thư mục trong hộp thư; bỏ trống: của hộp thư")
    one.set_defaults(print_json=print_json)

    one = command("remind", "đôn đốc đơn vị chưa nộp báo cáo", _remind)
    on_campaign(one)
    add_letter_options(one)
    one.set_defaults(print_json=print_json)


def add_letter_options(one: argparse.ArgumentParser) -> None:
    """How letters to many units go out, and the one confirmation."""
    way = one.add_mutually_exclusive_group()
    way.add_argument("--draft", action="store_true", help="tạo thư nháp trong chương trình thư (mặc định)")
    way.add_argument("--smtp", metavar="HỘP_THƯ", help="gửi thẳng bằng hộp thư này")
    one.add_argument("--yes", action="store_true", help="đã xem danh sách: gửi, hoặc tạo thư nháp")


def _add_account_commands(account: argparse.ArgumentParser, print_json: Callable[[Any], None]) -> None:
    account.set_defaults(print_json=print_json)
    actions = account.add_subparsers(dest="account_command", metavar="VIỆC")

    def action(name: str, summary: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=summary, description=summary)
        # Suppressed, so that what was said before the word is not taken back after it.
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="kết quả dạng JSON")
        one.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help="ngôn ngữ")
        one.set_defaults(run=run)
        return one

    def named(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
        one.add_argument("name", metavar="TÊN", help="tên hộp thư: chữ thường, số, gạch nối")
        return one

    def with_secret(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn thay vì hỏi trên màn hình"
        )

    action("list", "các hộp thư đã thêm", _account_list)
    one = named(action("add", "thêm hộp thư", _account_add))
    one.add_argument("--address", required=True, metavar="ĐỊA_CHỈ", help="địa chỉ thư")
    one.add_argument("--preset", default="other", metavar="LOẠI", help=_PRESETS)
    one.add_argument("--user", metavar="TÊN", help="tên đăng nhập, nếu khác địa chỉ")
    one.add_argument("--sender", metavar="TÊN", help="tên hiện cạnh địa chỉ")
    one.add_argument("--signature", metavar="CHỮ_KÝ", help="tên, chức vụ, điện thoại của người liên hệ")
    one.add_argument("--host", metavar="MÁY_CHỦ", help="máy chủ gửi và nhận")
    one.add_argument("--smtp", metavar="MÁY_CHỦ:CỔNG", help="máy chủ gửi")
    one.add_argument("--imap", metavar="MÁY_CHỦ:CỔNG", help="máy chủ nhận")
    one.add_argument("--security", choices=("tls", "starttls"), help="kiểu mã hoá đường truyền")
    one.add_argument("--folder", metavar="THƯ_MỤC_THƯ", help="thư mục thư đến (mặc định INBOX)")
    one.add_argument("--ca-file", type=Path, metavar="TỆP", help="chứng thư riêng của cơ quan (PEM)")
    one.add_argument("--client-id", metavar="MÃ", help="mã ứng dụng, với hộp thư Microsoft")
    with_secret(one)
    with_secret(named(action("password", "đổi mật khẩu của hộp thư", _account_password)))
    named(action("test", "thử đăng nhập, không gửi gì", _account_test))
    named(action("remove", "bỏ hộp thư và mật khẩu của nó", _account_remove))


# -- accounts ------------------------------------------------------------------------------------------------------


def _account_add(options: argparse.Namespace) -> int:
    from addin.mail import accounts, actions

    account = accounts.from_preset(
        options.preset, options.name, options.address, options.host or options.client_id or _host_of(options.smtp),
        user=options.user, sender=options.sender, signature=options.signature, folder=options.folder,
        ca_file=options.ca_file,
    )  # fmt: skip
    servers = {
        name: accounts.server(text, options.security, usual)
        for name, text, usual in (("smtp", options.smtp, account.smtp), ("imap", options.imap, account.imap))
        if text
    }
    if not servers and options.security:
        servers = {"smtp": accounts.server(str(account.smtp), options.security, account.smtp)}
    account = account.model_copy(update=servers)
    actions.add_account(account, _ask_secret(account, options))
    return _said(options, "account_added", account, *(["account_added_gmail"] if options.preset == "gmail" else []))


def _host_of(server: str | None) -> str:
    return (server or "").rpartition(":")[0] or (server or "")


def _account_password(options: argparse.Namespace) -> int:
    from addin.mail import accounts, actions

    account = accounts.find_account(options.name)
    actions.change_secret(options.name, _ask_secret(account, options))
    return _said(options, "account_changed", account)


def _ask_secret(account: Account, options: argparse.Namespace) -> SecretStr:
    """The password from standard input or a prompt that does not show it, or a token by way of the browser."""
    import getpass

    from pydantic import SecretStr

    from addin.mail import oauth

    screen = _screen(options)
    if options.password_stdin:
        return SecretStr(sys.stdin.readline().rstrip("\r\n"))
    if account.oauth is not None:
        code = oauth.ask_device_code(account)
        print(screen.word("account_code", page=code.page, code=code.user_code), file=sys.stderr)  # noqa: T201
        return oauth.await_refresh_token(account, code)
    return SecretStr(getpass.getpass(screen.word("account_password", user=account.user)))


def _account_list(options: argparse.Namespace) -> int:
    from addin.mail import actions, as_json, screens

    listed = actions.list_accounts()
    if options.json:
        options.print_json([as_json.account(account, has_secret) for account, has_secret in listed])
    else:
        screens.show_accounts(listed, _screen(options))
    return DONE


def _account_test(options: argparse.Namespace) -> int:
    from addin.mail import actions

    servers = actions.try_account(options.name)
    if options.json:
        options.print_json({"name": options.name, "servers": servers})
    else:
        _screen(options).say("account_works", lead="✓ ", style="green", name=options.name, servers=", ".join(servers))
    return DONE


def _account_remove(options: argparse.Namespace) -> int:
    from addin.mail import actions

    return _said(options, "account_removed", actions.remove_account(options.name))


def _said(options: argparse.Namespace, key: str, account: Account, *more: str) -> int:
    if options.json:
        options.print_json({"name": account.name, "address": account.address})
    else:
        screen = _screen(options)
        for one in (key, *more):
            screen.say(one, name=account.name, address=account.address)
    return DONE


# -- mail ----------------------------------------------------------------------------------------------------------


def _send(options: argparse.Namespace) -> int:
    from addin import terminal
    from addin.mail import actions, as_json, screens
    from addin.mail.report import Decision

    with terminal.progress_bar(options.lang) as progress:
        result = actions.send_report(
            options.campaign, to=options.to, smtp=options.smtp, dry_run=options.dry_run,
            decision=Decision(options.again, options.retry_unknown, though_perhaps_sent=options.again),
            progress=progress,
        )  # fmt: skip
    if options.json:
        options.print_json(as_json.sending(result, options.lang))
    else:
        screens.show_sending(result, _screen(options))
    return DONE if result.done and not result.preflight.blocking else WITH_FINDINGS


def _collect(options: argparse.Namespace) -> int:
    from addin import terminal
    from addin.mail import actions, as_json, screens

    with terminal.progress_bar(options.lang) as progress:
        result = actions.collect_reports(options.campaign, options.account, options.folder, progress)
    if options.json:
        options.print_json(as_json.collection(result, options.lang))
    else:
        screen = _screen(options)
        screens.show_collection(result, screen)
        if result.taken:
            screen.say("next_merge_collected", folder=options.campaign)
    return WITH_FINDINGS if any(message.needs_attention for message in result.messages) else DONE


def _remind(options: argparse.Namespace) -> int:
    from addin import terminal
    from addin.mail import actions

    with terminal.progress_bar(options.lang) as progress:
        plan = actions.plan_reminders(options.campaign, options.smtp, progress)
    return _confirm_and_mail(options, plan, {})


def mail_returns(options: argparse.Namespace, returned: Returned) -> int:
    """Mail the copies that ``return`` has just written, once they were looked through."""
    from addin import contract, terminal
    from addin.mail import actions

    if not options.json:
        terminal.show_returned(returned, _screen(options))
    plan = actions.plan_returns(options.campaign, returned, options.smtp)
    return _confirm_and_mail(options, plan, contract.returned(returned, options.lang) if options.json else {})


def _confirm_and_mail(options: argparse.Namespace, plan: Plan, more_json: dict[str, Any]) -> int:
    """Show a plan; carry it out where it was confirmed by ``--yes``. ``more_json`` goes into the same document."""
    from addin.campaign.folder import OUTBOX
    from addin.mail import actions, as_json, screens

    screen = _screen(options)
    if not options.yes:
        if options.json:
            options.print_json(more_json | as_json.plan(plan))
        else:
            screens.show_plan(plan, screen)
            if plan.open:
                screen.say("mail_confirm")
        return DONE
    done = actions.carry_out(options.campaign, plan, options.smtp)
    if options.json:
        options.print_json(more_json | as_json.done(done))
    else:
        screens.show_plan(plan, screen)
        screens.show_done(done, screen)
        if options.smtp is None and done.items:
            screen.say("mail_drafts_in", folder=options.campaign / OUTBOX)
    return DONE if done.everything else WITH_FINDINGS


def _screen(options: argparse.Namespace) -> Screen:
    from addin.terminal import Screen

    return Screen(options.lang)
