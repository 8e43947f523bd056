"""The commands ``waive``, ``choose`` and ``decisions``, and what ``merge`` says of entries in the master."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from addin.decisions.deciding import By
    from addin.decisions.store import Decision, StandingDecision
    from addin.merge.run import MergeResult
    from addin.merge.withdrawing import Withdrawn
    from addin.terminal import Screen
    from validation.messages import Language

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
_DONE = 0


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_decision_commands(command: AddCommand, on_campaign: Callable[..., None], print_json: PrintJson) -> None:
    """Add ``waive``, ``choose`` and ``decisions`` to the command line."""
    one = command(
        "waive", "chấp nhận điều đã nêu ở một dòng, có lý do và tên", lambda options: _waive(options, print_json)
    )
    one.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị của báo cáo")
    one.add_argument("--row", type=int, metavar="N", help="số dòng trong báo cáo; bỏ trống: điều nói về cả báo cáo")
    one.add_argument(
        "--code", metavar="QUY_TẮC", help="quy tắc; bỏ trống: mọi lỗi của dòng bị loại, mọi lưu ý của dòng"
    )
    one.add_argument("--field", metavar="TRƯỜNG", help="trường của quy tắc, khi một dòng có nhiều ô cùng điều ấy")
    _who(one, required=True)
    on_campaign(one)

    one = command(
        "choose",
        "chọn dòng được tính khi trùng mã đăng ký, có lý do và tên",
        lambda options: _choose(options, print_json),
    )
    one.add_argument("--code", required=True, metavar="MÃ_ĐĂNG_KÝ", help="mã đăng ký")
    one.add_argument("--unit", required=True, metavar="MÃ", help="đơn vị có dòng được tính")
    one.add_argument("--row", type=int, metavar="N", help="số dòng, khi đơn vị có nhiều dòng cùng mã")
    _who(one, required=True)
    on_campaign(one)

    one = command(
        "decisions", "các quyết định đã ghi; huỷ một quyết định", lambda options: _decisions(options, print_json)
    )
    one.add_argument("--revoke", type=int, metavar="SỐ", help="huỷ quyết định mang số này, cần lý do và tên")
    _who(one, required=False)
    on_campaign(one)


def _who(one: argparse.ArgumentParser, *, required: bool) -> None:
    one.add_argument("--reason", required=required, default="", metavar="LÝ_DO", help="vì sao")
    one.add_argument("--name", required=required, default="", metavar="TÊN", help="ai quyết định: họ tên, chức vụ")


def _by(options: argparse.Namespace) -> By:
    from addin.actions import user_name
    from addin.decisions.deciding import By

    return By(options.reason, options.name, user_name())


def _waive(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.actions import local_now
    from addin.campaign.folder import open_campaign
    from addin.decisions.deciding import waive

    made = waive(
        open_campaign(options.campaign), options.unit, options.row, code=options.code, field=options.field,
        by=_by(options), now=local_now,
    )  # fmt: skip
    return _say_made(made, options, print_json)


def _choose(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.actions import local_now
    from addin.campaign.folder import open_campaign
    from addin.decisions.deciding import choose

    campaign = open_campaign(options.campaign)
    made = choose(campaign, options.code, options.unit, options.row, by=_by(options), now=local_now)
    return _say_made(made, options, print_json)


def _decisions(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.actions import local_now, user_name
    from addin.campaign.folder import open_campaign
    from addin.decisions.deciding import decisions_of, revoke
    from addin.terminal import Screen

    campaign = open_campaign(options.campaign)
    if options.revoke is not None:
        revoked = revoke(campaign, options.revoke, by=_by(options), now=local_now)
        if options.json:
            print_json(as_json(revoked, options.lang))
        else:
            Screen(options.lang).say("decision_revoked", number=options.revoke)
        return _DONE
    made = decisions_of(campaign, by=user_name(), now=local_now())
    if options.json:
        print_json([as_json(one, options.lang) for one in made])
    else:
        _show(made, Screen(options.lang))
    return _DONE


def _say_made(made: Iterable[Decision], options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.decisions.store import StandingDecision
    from addin.decisions.wording import about
    from addin.terminal import Screen
    from validation.decisions import State

    if options.json:
        waiting = (StandingDecision(one, State.WAITING) for one in made)
        print_json([as_json(one, options.lang) for one in waiting])
        return _DONE
    screen = Screen(options.lang)
    for one in made:
        screen.say("decided", number=one.id, what=about(one, options.lang), unit=one.unit, row=one.about)
    screen.say("applies_next", folder=options.campaign)
    return _DONE


def as_json(one: StandingDecision, language: Language) -> dict[str, Any]:
    """One decision of ``decisions --json``; ``row`` is where the row stood when it was decided."""
    from addin.decisions.wording import about, explained

    made, gone = one.decision, one.revocation
    return {
        "id": made.id,
        "state": one.state.value,
        "kind": made.kind,
        "unit": made.unit,
        "code": made.code,
        "field": made.field,
        "row": made.row,
        "about": made.about,
        "what": about(made, language),
        "reason": made.reason,
        "name": made.name,
        "at": made.at,
        "source": made.source,
        "note": explained(one, language),
        "revoked": {"reason": gone.reason, "name": gone.name, "at": gone.at} if gone is not None else None,
    }


def _show(made: Iterable[StandingDecision], screen: Screen) -> None:
    from rich.text import Text

    from addin.decisions.wording import about, explained
    from addin.terminal import safe
    from validation.messages import text

    table = screen.table(
        "decision_number", "decision_state", "decision_what", "decision_unit", "decision_row", "decision_reason",
        "decision_name", "decision_why", title="decisions_title",
    )  # fmt: skip
    for one in made:
        decision, language = one.decision, screen.language
        state, note = text("decision_state", one.state.value, language), explained(one, language) or ""
        cells = (
            str(decision.id), state, about(decision, language), decision.unit, decision.about, decision.reason,
            decision.name, note,
        )  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells))
    if table.row_count:
        screen.console.print(table)
    else:
        screen.say("no_decisions")


# -- what a merge took from the master ---------------------------------------------------------------------------------


def merged_json(result: MergeResult, language: Language) -> dict[str, Any]:
    """What ``merge --json`` adds where anything was entered in the master: ``decisions`` taken and refused."""
    from addin.decisions.store import StandingDecision
    from addin.decisions.wording import sentence_of
    from validation.decisions import State

    refused = result.overview.entries
    if not result.decided and not refused:
        return {}
    numbers = {one.id for one in result.decided}
    taken = [one for one in result.overview.decisions if one.decision.id in numbers]
    taken = taken or [StandingDecision(one, State.WAITING) for one in result.decided]
    return {
        "decisions": {
            "taken": [as_json(one, language) for one in taken],
            "refused": [
                {
                    "code": one.code,
                    "sheet": one.entry.sheet if one.entry else None,
                    "cell": one.entry.cell if one.entry else None,
                    "message": sentence_of(one, language),
                }
                for one in refused
            ],
        }
    }


def show_merged(result: MergeResult | Withdrawn, screen: Screen) -> None:
    """The same for a person."""
    from addin.decisions.wording import sentence_of

    if result.decided:
        screen.say("entries_taken", count=len(result.decided))
    for one in result.overview.entries:
        problem = sentence_of(one, screen.language)
        if one.entry is None:
            screen.say("entry_refused_whole", problem=problem, style="yellow")
        else:
            screen.say("entry_refused", sheet=one.entry.sheet, cell=one.entry.cell, problem=problem, style="yellow")
