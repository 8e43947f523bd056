"""The JSON of the commands: the shapes that others rely on (DESIGN, "Commands"). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from addin.freezing.as_json import changes as frozen_changes
from addin.freezing.as_json import summary as frozen_summary
from addin.merge.collection import UnitCollection
from addin.merge.edited import SetAside
from addin.merge.overview import Overview
from addin.merge.results import FileResult
from validation import messages
from validation.findings import Finding
from validation.money import Tally
from validation.programme import Phase

if TYPE_CHECKING:
    from addin.actions import Checked
    from addin.merge.verify import Verification
    from addin.returns.repair import Repair
    from addin.returns.returning import NotReturned, Returned, ReturnedFile
    from addin.status import Status


def finding(one: Finding, language: messages.Language) -> dict[str, Any]:
    """One finding of ``check``."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "sheet": one.sheet,
        "row": one.row,
        "cell": one.cell,
        "field": one.field,
        "value": one.value,
        "message": messages.explain(one, language),
        "fix": one.fix,
    }


def checked(one: Checked, language: messages.Language) -> dict[str, Any]:
    """One file of ``check``; a file that cannot be read has ``error`` instead of rows."""
    result: dict[str, Any] = {"file": str(one.path), "sha256": one.sha256}
    if one.refusal is not None:
        result["error"] = {
            "code": one.refusal.code,
            "message": messages.text("refusal", one.refusal.code, language, **one.refusal.facts),
        }
        return result | _copies(one)
    submission = one.submission
    assert submission is not None
    return result | {
        "form": submission.form.value,
        "template_version": submission.template_version,
        "unit": submission.cover.unit_code,
        "rows": submission.counts().as_json(),
        "findings": [finding(f, language) for f in submission.findings],
        **_copies(one),
    }


def _copies(one: Checked) -> dict[str, Any]:
    """``annotated`` and ``fixed``: paths of the copies made; ``repairs``: what was repaired in the latter."""
    result: dict[str, Any] = {}
    if one.annotated is not None:
        result["annotated"] = str(one.annotated)
    if one.fixed is not None:
        result["fixed"] = str(one.fixed)
        result["repairs"] = [repair(done) for done in one.repairs]
    return result


def repair(one: Repair) -> dict[str, Any]:
    """One entry of ``repairs``."""
    return {
        "code": one.code,
        "sheet": one.sheet,
        "cell": one.cell,
        "field": one.field,
        "before": one.before,
        "after": one.after,
    }


def file_result(one: FileResult, language: messages.Language) -> dict[str, Any]:
    """One path of ``merge``."""
    return {
        "path": str(one.path),
        "sha256": one.sha256,
        "unit": one.unit,
        "outcome": one.outcome.value,
        "reason": one.reason(language),
        "code": one.code,
        "rows": one.counts.as_json(),
    }


def phase(declared: Phase, tally: Tally) -> dict[str, Any]:
    """One phase of ``totals.phases``."""
    return {
        "phase": declared.number,
        "name": declared.name,
        "registered": tally.registered,
        "approved": tally.approved,
        "counted": tally.counted,
        "upper_support": tally.upper_support,
        "base_support": tally.base_support,
        "target": declared.target,
    }


def totals(overview: Overview) -> dict[str, Any]:
    """``totals`` of ``merge`` and ``status``."""
    tallies: Mapping[int, Tally] = overview.phases
    return {
        "rows": overview.accepted_rows(),
        "upper_support": sum(tally.upper_support for tally in tallies.values()),
        "base_support": sum(tally.base_support for tally in tallies.values()),
        "phases": [phase(declared, tallies[declared.number]) for declared in overview.programme.phases],
    }


def units(overview: Overview) -> list[dict[str, Any]]:
    """``units``: one entry per reporting unit and phase."""
    return [
        {
            "unit": unit.unit,
            "phase": unit.phase,
            "registered": unit.tally.registered,
            "approved": unit.tally.approved,
            "counted": unit.tally.counted,
            "upper_support": unit.tally.upper_support,
            "base_support": unit.tally.base_support,
            "member_authors": unit.member_authors,
            "members": unit.members,
            "participation": unit.participation,
        }
        for _, unit in sorted(overview.units.items())
    ]


def merged(
    files: Iterable[FileResult],
    overview: Overview,
    language: messages.Language,
    set_aside: SetAside | None = None,
) -> dict[str, Any]:
    """The whole of ``merge --json``; ``set_aside`` is there where the master that was replaced had been worked in."""
    results = [file_result(one, language) for one in files]
    document = {"files": results, "totals": totals(overview), "units": units(overview)}
    if set_aside is not None:
        document["set_aside"] = {"file": set_aside.file, "sheets": list(set_aside.sheets)}
    return document


def status(one: Status, language: messages.Language, located: Callable[[str], str] = str) -> dict[str, Any]:
    """The whole of ``status --json``; ``located`` makes a path of the ledger one that can be opened."""
    overview = one.overview

    def unit(code: str) -> dict[str, Any]:
        known = overview.tree[code]
        superior = overview.superior_of(code)
        return {"unit": code, "name": known.name, "superior": superior.code if superior else None, "email": known.email}

    return {
        "unit": overview.unit.code,
        "programme": overview.programme.id,
        "expected": one.expected,
        "received": len(overview.current),
        "missing": [unit(missing.code) for missing in overview.missing()],
        "late": [unit(late.unit) | {"phase": late.phase, "report_date": late.report_date.isoformat(),
                                    "deadline": late.deadline.isoformat()} for late in one.late],
        "refused": [
            {"path": located(refused.path), "outcome": refused.outcome.value, "code": refused.code,
             "reason": messages.text("refusal", refused.code, language, **refused.facts)}
            for refused in overview.refused
        ],
        "participation": {
            "minimum": overview.programme.participation.minimum,
            "phases": [
                {"phase": number, "reached": reached, "units": len(overview.current)}
                for number, reached in one.reached.items()
            ],
        },
        "totals": totals(overview),
        "units": units(overview),
        "deadlines": {
            str(declared.number): overview.deadline(declared.number).isoformat()
            for declared in overview.programme.phases
        },
        "collection": [collected(unit_collection) for unit_collection in one.collection],
        "trend": trend(overview),
        "portal": portal(overview),
        "frozen": None if not overview.frozen else {
            **frozen_summary(overview.frozen[-1]), "changes": frozen_changes(one.since_frozen),
        },
    }  # fmt: skip


def collected(one: UnitCollection) -> dict[str, Any]:
    """One unit of ``collection``: where it stands, when it reported, and for each phase how late."""
    return {
        "unit": one.unit.code,
        "name": one.unit.name,
        "state": one.state.value,
        "report_date": one.newest.isoformat() if one.newest is not None else None,
        "received_at": one.received_at.isoformat(timespec="seconds") if one.received_at is not None else None,
        "days_late": one.days_late,
        "phases": [
            {"phase": part.phase, "deadline": part.deadline.isoformat(), "days_late": part.days_late,
             "first_report": part.first.isoformat() if part.first is not None else None}
            for part in one.phases
        ],
        "refused": [file.path for file in one.refused],
    }  # fmt: skip


def trend(overview: Overview) -> dict[str, Any] | None:
    """What is new since the master before this one."""
    found = overview.trend()
    if found is None:
        return None
    return {
        "since": found.since.isoformat(timespec="seconds"),
        "files": found.files,
        "units": found.units,
        "rows": found.rows,
        "upper_support": found.upper_support,
        "base_support": found.base_support,
    }


def portal(overview: Overview) -> dict[str, Any]:
    """The national portal's newest list, and what it does to the figures. ``list`` is None where there is none."""
    use = overview.portal
    return {
        "list": use.file,
        "sha256": use.sha256,
        "taken_at": use.taken_at,
        "lines": use.lines,
        "replaces_status": use.rule.replaces_status,
        "money_needs_match": use.rule.money_needs_match,
        "rows_changed": use.changed,
        "rows_unmatched": use.unmatched,
    }


def returned(one: Returned, language: messages.Language, located: Callable[[str], str] = str) -> dict[str, Any]:
    """The whole of ``return --json``; ``located`` as in ``status``."""

    def file(done: ReturnedFile) -> dict[str, Any]:
        return {
            "unit": done.unit,
            "name": done.name,
            "email": done.email,
            "path": located(done.path),
            "sha256": done.sha256,
            "code": done.code,
            "errors": done.errors,
            "warnings": done.warnings,
            "copy": str(done.copy),
            "receipt": str(done.receipt),
            "written": done.written,
        }

    def kept(left: NotReturned) -> dict[str, Any]:
        return {"path": located(left.path), "unit": left.unit, "code": left.code, "reason": left.reason(language)}

    return {"files": [file(done) for done in one.files], "not_returned": [kept(left) for left in one.not_returned]}


def verification(one: Verification, language: messages.Language) -> dict[str, Any]:
    """The whole of ``verify --json``."""
    return {
        "holds": one.holds,
        "submissions": one.submissions,
        "journal_entries": one.entries,
        "rows": one.totals.accepted_rows,
        "upper_support": one.totals.upper_support,
        "base_support": one.totals.base_support,
        "problems": [{"code": p.code, "message": p.sentence(language)} for p in one.problems],
    }
