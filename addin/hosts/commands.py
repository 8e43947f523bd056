"""The commands ``install``, ``uninstall`` and ``doctor``: their options, and what is shown of what came of them.

They work where other parts of the program may be broken, so they load nothing but the catalogue.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from addin import VERSION

if TYPE_CHECKING:
    from addin.hosts.installing import Diagnosis, Host, ProgramUnfit, Step
    from validation.messages import Language

PrintJson = Callable[[Any], None]
Run = Callable[[argparse.Namespace], int]
DONE, WITH_FINDINGS = 0, 1
_SIGN = {"error": "✗", "warning": "!", "note": "·"}


class AddCommand(Protocol):
    """Adds a command with its summary and what it runs."""

    def __call__(self, name: str, summary: str, run: Run) -> argparse.ArgumentParser: ...  # noqa: D102


def add_host_commands(command: AddCommand, print_json: PrintJson) -> None:
    """Add ``install``, ``uninstall`` and ``doctor`` to the command line."""
    dry_run = "chỉ liệt kê việc sẽ làm, không thay đổi gì"
    into = "Excel, LibreOffice"
    one = command("install", f"cài Sổ sáng kiến vào {into}", lambda options: _install(options, print_json))
    one.add_argument("--dry-run", action="store_true", help=dry_run)
    one = command("uninstall", f"gỡ Sổ sáng kiến khỏi {into}", lambda options: _uninstall(options, print_json))
    one.add_argument("--dry-run", action="store_true", help=dry_run)
    one = command("doctor", "tìm vì sao nút hoặc hàm không chạy", lambda options: _doctor(options, print_json))
    one.add_argument("files", nargs="*", type=Path, metavar="TỆP", help="sổ Excel cần xem thêm")


def _install(options: argparse.Namespace, print_json: PrintJson) -> int:
    fit, unfit = _fit(_hosts())
    done = [(host, host.install(dry_run=options.dry_run)) for host in fit]
    for problem in unfit:
        print(_error(problem, options.lang), file=sys.stderr)  # noqa: T201 - a command's answer
    return _show_steps(done, "installed", options, print_json)


def _uninstall(options: argparse.Namespace, print_json: PrintJson) -> int:
    found = _hosts()
    for host in found:
        host.uninstall(dry_run=True)
    done = [(host, host.uninstall(dry_run=options.dry_run)) for host in found]
    return _show_steps(done, "uninstalled", options, print_json)


def _fit(found: Sequence[Host]) -> tuple[list[Host], list[ProgramUnfit]]:
    """The programs that can take the add-in, and why others cannot. What one refuses for now is known so before
    another is changed. Raises as ``Host.install``; ProgramUnfit where no program is fit."""
    from addin.hosts.installing import ProgramUnfit

    fit: list[Host] = []
    unfit: list[ProgramUnfit] = []
    for host in found:
        try:
            host.install(dry_run=True)
        except ProgramUnfit as problem:
            unfit.append(problem)
        else:
            fit.append(host)
    if unfit and not fit:
        raise unfit[0]
    return fit, unfit


def _error(problem: ProgramUnfit, language: Language) -> str:
    from validation import messages

    return messages.text("error", problem.error_code, language, **problem.facts)


def _hosts() -> Sequence[Host]:
    """The programs here. Raises UsageProblem ``no_host_here`` where there is none."""
    from addin.errors import UsageProblem
    from addin.hosts.installing import hosts

    found = hosts()
    if not found:
        raise UsageProblem("no_host_here")
    return found


def _show_steps(
    done: Sequence[tuple[Host, Sequence[Step]]], ending: str, options: argparse.Namespace, print_json: PrintJson
) -> int:
    from addin.hosts.installing import StepKind

    steps = [(host, step) for host, taken in done for step in taken]
    if options.json:
        listed = [{"host": host.name, "step": step.kind.value, "path": step.target} for host, step in steps]
        print_json({"dry_run": options.dry_run, "steps": listed})
        return DONE
    say = _Speaker(options.lang)
    for _, step in steps:
        say("step", f"will_{step.kind}" if options.dry_run else step.kind.value, target=step.target)
    changed = {host.name for host, step in steps if step.kind is not StepKind.KEEP}
    for host, _ in done:
        if host.name not in changed:
            say("screen", _of_host(f"{ending}_already", host))
        elif not options.dry_run:
            say("screen", _of_host(ending, host))
    if changed and options.dry_run:
        say("screen", "dry_run")
    return DONE


def _of_host(key: str, host: Host) -> str:
    """The key of a sentence about a host; what stands under the plain key is said of Excel."""
    return key if host.name == "excel" else f"{key}_{host.name}"


def _doctor(options: argparse.Namespace, print_json: PrintJson) -> int:
    from addin.hosts.installing import Severity, hosts
    from validation import messages

    found = [(host, one) for host in hosts() for one in host.diagnose(options.files)]
    grave = any(one.severity is not Severity.NOTE for _, one in found)
    if options.json:
        print_json({
            "version": VERSION,
            "hosts": [host.name for host in hosts()],
            "findings": [{"host": host.name, **as_json(one, options.lang)} for host, one in found],
        })  # fmt: skip
        return WITH_FINDINGS if grave else DONE
    say = _Speaker(options.lang)
    say("screen", "doctor_version", version=VERSION)
    for _, one in found:
        what, remedy = sentences(one, options.lang)
        word = messages.text("severity", one.severity.value, options.lang)
        say.line(f"{_SIGN[one.severity]} {word} [{one.code}]: {what}\n    → {remedy}")
    say("screen", ("doctor_found" if grave else "doctor_well") if hosts() else "doctor_no_host")
    return WITH_FINDINGS if grave else DONE


def sentences(one: Diagnosis, language: Language) -> tuple[str, str]:
    """What was found and what to do about it."""
    from validation.messages import catalogue

    entry = catalogue(language)["doctor"][one.code]
    facts = {name: str(value) for name, value in one.facts.items()}
    return entry["what"].format(**facts), entry["remedy"].format(**facts)


def as_json(one: Diagnosis, language: Language) -> dict[str, str]:
    """A diagnosis in ``doctor --json``."""
    what, remedy = sentences(one, language)
    return {"code": one.code, "severity": one.severity.value, "what": what, "remedy": remedy}


class _Speaker:
    """Standard output in one language, line by line."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, table: str, key: str, /, **facts: object) -> None:
        from validation import messages

        self.line(messages.text(table, key, self.language, **facts))

    def line(self, text: str) -> None:
        """A line as it is."""
        print(text)  # noqa: T201 - a command's answer
