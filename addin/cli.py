"""The command ``sangkien``: parses, calls one action, shows what came of it.

JSON goes to standard output and nothing else does; progress and problems go to standard error. Exit: 0 done, 1 done
with findings or refused files, 2 usage or no source, 3 interrupted, 4 could not save (the old master is intact).
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from addin import VERSION
from addin.adopt.commands import add_adopt_command
from addin.command_words import speak
from addin.decisions.commands import add_decision_commands
from addin.freezing.commands import add_freeze_command
from addin.hosts.commands import add_host_commands
from addin.mail.commands import add_letter_options, add_mail_commands
from addin.merge.commands import add_trace_commands
from addin.payments.commands import add_pay_command
from addin.portal.commands import add_portal_command
from addin.reports.commands import add_report_commands

if TYPE_CHECKING:
    from validation.messages import Language

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
MASTER = "tong-hop.xlsx"
DONE, WITH_FINDINGS, USAGE, INTERRUPTED, NOT_SAVED = range(5)
_GARBAGE = 100_000
"""Objects between two searches for garbage in circles, of which a command leaves little: a fourteenth of its time."""


class _UsageError(Exception):
    """The command line is not right."""

    def __init__(self, parser: argparse.ArgumentParser, message: str) -> None:
        super().__init__(message)
        self.parser = parser


class _Parser(argparse.ArgumentParser):
    """Raises where argparse would end the program: ``--json`` promises a document then too."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(self, message)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; also what the reference in docs/ is held against."""
    parser = _Parser(prog="sangkien", description="Sổ sáng kiến: kiểm tra, tổng hợp, chứng minh số liệu sáng kiến.")
    parser.add_argument("--version", action="store_true", help="số phiên bản")
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", parser_class=_Parser)

    def command(name: str, summary: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=summary, description=summary)
        one.add_argument("--json", action="store_true", help="kết quả dạng JSON trên đầu ra chuẩn")
        one.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của các câu giải thích")
        one.set_defaults(run=run)
        return one

    def on_campaign(one: argparse.ArgumentParser, *, required: bool = True) -> None:
        one.add_argument("--campaign", type=Path, required=required, metavar="THƯ_MỤC", help="thư mục chiến dịch")

    one = command("demo", "dựng một chiến dịch mẫu rồi tổng hợp", _demo)
    one.add_argument(
        "folder", nargs="?", type=Path, default=Path("sangkien-demo"), metavar="THƯ_MỤC", help="thư mục sẽ dựng"
    )
    one.add_argument("--seed", type=int, default=2022, help="số mầm: cùng số cho cùng nội dung")

    one = command("template", "tạo biểu mẫu Excel", _template)
    one.add_argument("form", metavar="MẪU", help="grassroots (CĐCS), upper (cấp trên), city (thành phố)")
    one.add_argument("--out", type=Path, required=True, metavar="TỆP", help="tệp .xlsx sẽ ghi")
    one.add_argument("--unit", metavar="MÃ", help="mã đơn vị để điền sẵn trang bìa")
    one.add_argument("--rows", type=int, metavar="N", help="số dòng có sẵn trong danh sách")
    one.add_argument("--programme", metavar="ID", help="chương trình")
    one.add_argument("--units", type=Path, metavar="CSV", help="danh sách đơn vị")
    on_campaign(one, required=False)

    one = command("check", "kiểm tra báo cáo", _check)
    one.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp hoặc thư mục")
    one.add_argument(
        "--annotate", type=Path, metavar="RA", help="ghi bản đánh dấu: một tệp, hoặc thư mục cho nhiều tệp"
    )
    one.add_argument("--fix", type=Path, metavar="RA", help="ghi bản đã sửa chỗ sửa được: một tệp, hoặc thư mục")
    on_campaign(one, required=False)

    one = command("init", "tạo thư mục chiến dịch", _init)
    one.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    one.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị tổng hợp")
    one.add_argument("--units", type=Path, metavar="CSV", help="danh sách đơn vị: code,name,level,parent,…")
    one.add_argument("--programme", metavar="ID", help="chương trình có sẵn, hoặc tệp .toml")

    one = command("merge", "tổng hợp các báo cáo", _merge)
    one.add_argument("sources", nargs="*", type=Path, metavar="NGUỒN", help="tệp, thư mục; bỏ trống: thư mục nhan")
    one.add_argument(
        "--cluster", metavar="ĐỊA_CHỈ", help="đọc bằng cụm máy Dask, ví dụ tcp://may-chu:8786; bỏ trống: bằng máy này"
    )
    on_campaign(one)

    on_campaign(command("status", "tình hình nộp và tiến độ", _status))
    on_campaign(command("verify", "tính lại mọi con số từ tệp gốc", _verify))
    one = command("return", "bản đánh dấu và phiếu trả lại cho đơn vị có lỗi", _return)
    on_campaign(one)
    one.add_argument("--by", metavar="NGÀY", help="hạn gửi lại, ví dụ 15/06/2022; bỏ trống: hạn nộp của chương trình")
    add_letter_options(one)
    add_mail_commands(command, on_campaign, _print_json)

    add_adopt_command(command, on_campaign, _print_json)
    add_trace_commands(command, on_campaign, _print_json)
    add_decision_commands(command, on_campaign, _print_json)
    add_report_commands(command, on_campaign, _print_json)
    add_host_commands(command, _print_json)
    add_pay_command(command, on_campaign, _print_json)
    add_portal_command(command, on_campaign, _print_json)
    add_freeze_command(command, on_campaign, _print_json)
    one = command("restore", "lấy lại một bản sao lưu", _restore)
    on_campaign(one)
    one.add_argument("stamp", nargs="?", metavar="BẢN", help="bản cần lấy, ví dụ 20221124-083000; bỏ trống: mới nhất")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code. Never shows a traceback."""
    _use_utf8()
    gc.set_threshold(_GARBAGE)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through every installed package
    # What a system sends when it shuts down or a user logs off stops a run as Ctrl-C does.
    with contextlib.suppress(ValueError):  # not the main thread: the host has its own way
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _close_output()  # the reader of our output went away (`| head`): nothing is wrong
        return DONE
    except OSError as problem:
        _close_output()
        if sys.stderr is not None:
            print(f"sangkien: {problem.strerror or problem}", file=sys.stderr)  # noqa: T201
        return NOT_SAVED
    return code


def _close_output() -> None:
    """Let nothing that could not be written be tried again when Python ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def _run(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _asked_language(given)
    speak(language)
    parser = build_parser()
    try:
        options = parser.parse_args(given)
    except _UsageError as problem:
        return _say_usage(problem, given, language)
    if options.version:
        print(f"sangkien {VERSION}")  # noqa: T201
        return DONE
    if options.command is None:
        parser.print_help(sys.stderr)
        return USAGE
    return _guarded(options)


def _guarded(options: argparse.Namespace) -> int:
    from addin.errors import EdgeError

    try:
        code: int = options.run(options)
    except EdgeError as problem:
        _say_problem(options, problem.error_code, problem.facts)
        return problem.exit_code
    except KeyboardInterrupt:
        _say_problem(options, "interrupted", {})
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as problem:
        from addin.actions import local_now
        from addin.incidents import record

        incident, log = record(problem, local_now())
        _say_problem(options, "unexpected", {"incident": incident, "log": log})
        return NOT_SAVED
    return code


def _use_utf8() -> None:
    """Vietnamese on every console, and file names of any bytes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="surrogateescape" if sys.platform != "win32" else "replace")


def _asked_language(given: Sequence[str]) -> Language:
    """The language asked for, before the command line is known to be right."""
    return "en" if "--lang=en" in given or ("--lang", "en") in pairwise(given) else "vi"


def _say_usage(problem: _UsageError, given: Sequence[str], language: Language) -> int:
    from validation import messages

    sentence = messages.text("error", "usage", language, problem=problem, command=problem.parser.prog)
    problem.parser.print_usage(sys.stderr)
    print(f"sangkien: {sentence}", file=sys.stderr)  # noqa: T201
    if "--json" in given:
        _print_json({"error": {"code": "usage", "message": sentence}})
    return USAGE


def _say_problem(options: argparse.Namespace, code: str, facts: dict[str, object]) -> None:
    from validation import messages

    sentence = messages.text("error", code, options.lang, **facts)
    print(f"sangkien: {sentence}", file=sys.stderr)  # noqa: T201
    if options.json:
        _print_json({"error": {"code": code, "message": sentence}})


def _print_json(data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    # A file name of bytes that are no text: escaped, the document stays valid and the path can still be opened.
    print(_LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: T201


def _located(folder: Path) -> Callable[[str], str]:
    """From a path as the ledger keeps it to one that opens from here."""
    from addin.campaign.folder import open_campaign

    campaign = open_campaign(folder)
    return lambda kept: str(campaign.located(kept))


def _language(options: argparse.Namespace) -> Language:
    language: Language = options.lang
    return language


def _demo(options: argparse.Namespace) -> int:
    from addin import actions, contract, terminal

    with terminal.progress_bar(_language(options)) as progress:
        result = actions.demo(options.folder, seed=options.seed, progress=progress)
    if options.json:
        merged = contract.merged(result.files, result.overview, _language(options))
        _print_json(merged | {"campaign": str(options.folder)})
        return DONE
    screen = terminal.Screen(_language(options))
    terminal.show_merged(result.files, result.overview, screen)
    screen.say("master", file=options.folder / MASTER)
    screen.say("look", folder=options.folder)
    return DONE


def _template(options: argparse.Namespace) -> int:
    from addin import actions, terminal

    actions.make_template(
        options.form,
        options.out,
        unit=options.unit,
        rows=options.rows,
        programme=options.programme,
        campaign_folder=options.campaign,
        units_file=options.units,
    )
    if options.json:
        _print_json({"form": options.form, "file": str(options.out), "unit": options.unit})
    else:
        terminal.Screen(_language(options)).say("made_template", file=options.out)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from addin import actions, contract, terminal
    from addin.errors import UsageProblem
    from addin.returns.copies import Copies

    several = len(options.files) > 1 or any(file.is_dir() for file in options.files)
    for out in (options.annotate, options.fix):
        if several and out is not None and out.suffix.casefold() == ".xlsx" and not out.exists():
            raise UsageProblem("out_is_one_file", path=out)
    with terminal.progress_bar(_language(options)) as progress:
        wanted = options.annotate or options.fix
        copies = Copies(options.annotate, options.fix, _language(options)) if wanted else None
        files = actions.check_files(
            options.files, options.campaign, progress, copies=copies if options.annotate or options.fix else None
        )
    if options.json:
        _print_json([contract.checked(one, _language(options)) for one in files])
    else:
        terminal.show_checked(files, terminal.Screen(_language(options)))
    faultless = all(one.submission is not None and not one.submission.findings for one in files)
    return DONE if faultless else WITH_FINDINGS


def _init(options: argparse.Namespace) -> int:
    from addin import actions, terminal

    campaign = actions.init(options.folder, unit=options.unit, units_file=options.units, programme=options.programme)
    if options.json:
        _print_json({
            "campaign": str(campaign.folder), "unit": campaign.unit.code, "level": campaign.unit.level.value,
            "programme": campaign.programme.id, "units": len(campaign.tree),
        })  # fmt: skip
    else:
        screen = terminal.Screen(_language(options))
        screen.say("made_campaign", unit=campaign.unit.name, units=len(campaign.tree), folder=campaign.folder)
        screen.say("next_merge", inbox=campaign.inbox, folder=campaign.folder)
    return DONE


def _merge(options: argparse.Namespace) -> int:
    from addin.merge.ahead import reading_ahead

    with reading_ahead(options.campaign, options.sources) if options.cluster is None else contextlib.nullcontext():
        return _merge_now(options)


def _merge_now(options: argparse.Namespace) -> int:
    from addin import actions, contract, terminal
    from addin.decisions.commands import merged_json
    from addin.decisions.commands import show_merged as show_decided

    with terminal.progress_bar(_language(options)) as progress:
        result = actions.merge_campaign(options.campaign, options.sources, progress, cluster=options.cluster)
    if options.json:
        document = contract.merged(result.files, result.overview, _language(options), result.set_aside)
        _print_json(document | merged_json(result, _language(options)))
    else:
        screen = terminal.Screen(_language(options))
        terminal.show_merged(result.files, result.overview, screen)
        screen.say("master", file=options.campaign / MASTER)
        terminal.show_set_aside(result.set_aside, screen)
        show_decided(result, screen)
        if result.read_here:
            screen.say("read_here", count=result.read_here)
    return DONE if result.faultless else WITH_FINDINGS


def _status(options: argparse.Namespace) -> int:
    from addin import actions, contract, terminal

    status = actions.campaign_status(options.campaign)
    if options.json:
        _print_json(contract.status(status, _language(options), _located(options.campaign)))
    else:
        terminal.show_status(status, terminal.Screen(_language(options)))
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from addin import actions, contract, terminal

    with terminal.progress_bar(_language(options)) as progress:
        result = actions.verify_campaign(options.campaign, progress)
    if options.json:
        _print_json(contract.verification(result, _language(options)))
    else:
        terminal.show_verification(result, terminal.Screen(_language(options)))
    return DONE if result.holds else WITH_FINDINGS


def _return(options: argparse.Namespace) -> int:
    from addin import actions, contract, terminal
    from addin.errors import UsageProblem
    from validation.text.dates import read_date

    by_day = read_date(options.by) if options.by else None
    if options.by and by_day is None:
        raise UsageProblem("unreadable_day", day=options.by)
    with terminal.progress_bar(_language(options)) as progress:
        result = actions.return_campaign(options.campaign, by_day.day if by_day else None, progress)
    if options.draft or options.smtp:
        from addin.mail.commands import mail_returns

        return max(mail_returns(options, result), WITH_FINDINGS if result.not_returned else DONE)
    if options.json:
        _print_json(contract.returned(result, _language(options), _located(options.campaign)))
    else:
        terminal.show_returned(result, terminal.Screen(_language(options)))
    return WITH_FINDINGS if result.not_returned else DONE


def _restore(options: argparse.Namespace) -> int:
    from addin import actions, terminal

    backup = actions.restore_campaign(options.campaign, options.stamp)
    if options.json:
        _print_json({"restored": backup.stamp, "master": backup.master is not None})
    else:
        terminal.Screen(_language(options)).say("restored", stamp=backup.stamp)
    return DONE


def run() -> NoReturn:
    """The program itself: ``main``, then the end at once. Taking a city's rows apart one by one, as Python does when
    it ends, is a tenth of a second for nothing: what was to be kept is on the disk."""
    code = main()
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr is not None:
            sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
