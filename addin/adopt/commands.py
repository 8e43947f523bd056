"""The command ``adopt``: shows what it would write, and writes when it is told so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from addin.adopt.run import Adoption, Written
    from validation.errors import Refusal
    from validation.programme import Programme
    from validation.units import UnitTree

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
_DONE, _WITH_FINDINGS = 0, 1


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_adopt_command(command: AddCommand, on_campaign: Callable[..., None], print_json: PrintJson) -> None:
    """Add ``adopt`` to the command line."""
    one = command("adopt", "đưa danh sách tự làm vào biểu chuẩn", lambda options: _adopt(options, print_json))
    one.add_argument("file", type=Path, metavar="TỆP", help="danh sách của đơn vị, dạng .xlsx")
    one.add_argument("--unit", metavar="MÃ", help="mã đơn vị, khi cả danh sách là của một đơn vị")
    one.add_argument("--units", type=Path, metavar="CSV", help="danh sách đơn vị; không có --unit: mỗi đơn vị một biểu")
    one.add_argument("--out", type=Path, required=True, metavar="TỆP", help="biểu sẽ ghi; với nhiều đơn vị: thư mục")
    one.add_argument("--yes", action="store_true", help="đồng ý với bảng ghép cột và ghi biểu")
    one.add_argument("--map", action="append", default=[], metavar="CỘT=TRƯỜNG", help="sửa một cột; dấu - để bỏ cột")
    one.add_argument("--map-unit", action="append", default=[], metavar="TÊN=MÃ", help="chỉ rõ một đơn vị")
    one.add_argument("--sheet", action="append", default=[], metavar="TRANG", help="chỉ lấy trang này")
    one.add_argument("--programme", metavar="ID", help="chương trình")
    on_campaign(one, required=False)


def _adopt(options: argparse.Namespace, print_json: PrintJson) -> int:
    from validation.errors import Refusal

    try:
        return _adopt_readable(options, print_json)
    except Refusal as refusal:
        return _say_refused(refusal, options, print_json)


def _say_refused(refusal: Refusal, options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.adopt.wording import sentence_of_refusal

    sentence = sentence_of_refusal(refusal, options.lang)
    print(f"sangkien: {sentence}", file=sys.stderr)  # noqa: T201
    if options.json:
        print_json({"file": str(options.file), "error": {"code": refusal.code, "message": sentence}})
    return _WITH_FINDINGS


def _adopt_readable(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.adopt import run
    from addin.adopt.corrections import read_correction
    from addin.adopt.sharing import read_told
    from addin.errors import UsageProblem

    programme, tree = _setting(options)
    shared_out = options.unit is None
    if shared_out and not len(tree):
        raise UsageProblem("adopt_unit_or_units")
    adoption = run.plan(
        options.file,
        [read_correction(text) for text in options.map],
        units=tree if shared_out else None,
        told=read_told(options.map_unit),
        only_sheets=options.sheet,
    )
    unit = None if shared_out else run.unit_of(options.unit, tree)
    if not _agreed(adoption, options):
        return _show_unwritten(adoption, options, print_json)
    if unit is None:
        written = run.write_shares(adoption, options.out, programme, tree)
    else:
        superior = tree.superior(unit.code) if unit.code in tree else None
        written = run.write_one(adoption, options.out, programme, unit, superior)
    _show_written(adoption, written, options, print_json)
    return _WITH_FINDINGS if adoption.shares is not None and adoption.shares.nobody else _DONE


def _setting(options: argparse.Namespace) -> tuple[Programme, UnitTree]:
    """The programme of the forms, and the units that are known."""
    from addin.campaign.folder import open_campaign
    from addin.campaign.units_csv import read_units
    from addin.errors import UsageProblem
    from validation.programme import DEFAULT_PROGRAMME, UnknownProgramme, load_programme
    from validation.units import UnitTree

    tree = UnitTree(()) if options.units is None else UnitTree(read_units(options.units))
    if options.campaign is not None:
        campaign = open_campaign(options.campaign)
        return campaign.programme, tree if len(tree) else campaign.tree
    try:
        return load_programme(options.programme or DEFAULT_PROGRAMME), tree
    except UnknownProgramme as problem:
        raise UsageProblem("unknown_programme", **problem.facts) from problem


def _agreed(adoption: Adoption, options: argparse.Namespace) -> bool:
    """Whether the clerk says yes: beforehand, or to the question where there is somebody to ask."""
    if options.yes:
        return True
    if options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    from addin.adopt import screen
    from addin.terminal import Screen

    there = Screen(options.lang)
    screen.show_proposal(adoption, there)
    return screen.ask(there)


def _show_unwritten(adoption: Adoption, options: argparse.Namespace, print_json: PrintJson) -> int:
    if options.json:
        from addin.adopt.document import adopted

        print_json(adopted(adoption, (), options.lang))
        return _WITH_FINDINGS
    from addin.adopt import screen
    from addin.terminal import Screen

    there = Screen(options.lang)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):  # else it stands above the question already
        screen.show_proposal(adoption, there)
    screen.say(there, "not_written", style="bold")
    return _WITH_FINDINGS


def _show_written(
    adoption: Adoption, written: list[Written], options: argparse.Namespace, print_json: PrintJson
) -> None:
    if options.json:
        from addin.adopt.document import adopted

        print_json(adopted(adoption, written, options.lang))
        return
    from addin.adopt import screen
    from addin.terminal import Screen

    there = Screen(options.lang)
    if options.yes:
        screen.show_proposal(adoption, there)
    screen.show_written(written, there)
