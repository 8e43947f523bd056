"""Adopting a list, in order: read, propose, and when the clerk has said yes, write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.adopt.corrections import Correction
from addin.adopt.foreign import ForeignBook, read_foreign
from addin.adopt.proposal import Proposal, propose, unaccounted
from addin.adopt.sharing import Shares, share_out
from addin.adopt.unused_sheet import MOST_CELLS
from addin.adopt.writing import filled_form
from addin.campaign.saving import could_not_save, replace_whole
from addin.errors import ConservationBroken, UsageProblem
from addin.intake.arrivals import arrivals
from addin.intake.children import ReadingPool
from addin.intake.names import column_letters
from validation.programme import Programme
from validation.units import Level, Unit, UnitTree

REMAINDER = "phan-con-lai.xlsx"
"""In a folder of one form per unit: the rows of no known unit, and what belongs to no row."""
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Adoption:
    """A list that was read, what is proposed, and for a list of many units whose rows they are."""

    path: Path
    sha256: str
    proposal: Proposal
    shares: Shares | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One form that was written; ``unit`` is None for the remainder of a list of many units."""

    file: Path
    unit: str | None
    rows: int


def read_list(path: Path) -> tuple[ForeignBook, str]:
    """A workbook and its SHA-256, read in a disposable child.

    Raises UsageProblem ``no_source``, and Refusal for a file that is no xlsx or xlsm (.xls, .csv, damaged …).
    """
    if not (path.exists() or path.is_symlink()) or path.is_dir():
        raise UsageProblem("no_source", sources=path)
    arrival = next(iter(arrivals([path])))
    refusal = arrival.refusal
    if refusal is None and arrival.data is not None:
        with ReadingPool(1, read_foreign) as pool:
            reading = next(pool.map([arrival.data]))
        if reading.value is not None:
            return reading.value, arrival.sha256 or ""
        refusal = reading.refusal
    assert refusal is not None
    raise refusal


def plan(
    path: Path,
    corrections: Sequence[Correction] = (),
    *,
    units: UnitTree | None = None,
    told: Mapping[str, str] | None = None,
    only_sheets: Sequence[str] = (),
) -> Adoption:
    """What adopting a file would write. With ``units`` its rows are shared out among them.

    Raises as ``read_list``, ``propose`` and ``share_out``; ConservationBroken where a cell would be lost.
    """
    book, sha256 = read_list(path)
    proposal = propose(book, corrections, by_unit=units is not None, only_sheets=only_sheets)
    lost = unaccounted(book, proposal)
    if lost:
        sheet, (row, column) = lost[0]
        raise ConservationBroken("adopt_lost", count=len(lost), sheet=sheet, cell=f"{column_letters(column)}{row}")
    if len(proposal.left) > MOST_CELLS:
        raise UsageProblem("adopt_too_much", count=len(proposal.left), maximum=MOST_CELLS)
    shares = share_out(proposal.rows, units, told or {}) if units is not None else None
    return Adoption(path, sha256, proposal, shares)


def write_one(adoption: Adoption, out: Path, programme: Programme, unit: Unit, superior: Unit | None) -> list[Written]:
    """Write the form of one unit. Raises UsageProblem ``out_is_folder``, ``adopt_out_is_source``; CouldNotSave."""
    rows = range(len(adoption.proposal.rows))
    content = filled_form(adoption.proposal, rows, programme, adoption.path.name, unit=unit, superior=superior)
    _save(adoption, out, content)
    return [Written(out, unit.code, len(rows))]


def write_shares(adoption: Adoption, folder: Path, programme: Programme, tree: UnitTree) -> list[Written]:
    """Write a form per unit, and one of the remainder where there is any. Raises as ``write_one``."""
    shares, proposal, name = adoption.shares, adoption.proposal, adoption.path.name
    assert shares is not None
    if folder.is_file():
        raise UsageProblem("adopt_out_is_file", path=folder)
    written: list[Written] = []
    for code, rows in shares.by_unit.items():
        superior = tree.superior(code)
        content = filled_form(proposal, rows, programme, name, unit=tree[code], superior=superior, whole=False)
        file = folder / f"{_NO_FILE_NAME.sub('_', code).strip(' .') or '_'}.xlsx"
        if any(file == other.file for other in written):
            file = file.with_stem(f"{file.stem}_{len(written)}")
        _save(adoption, file, content)
        written.append(Written(file, code, len(rows)))
    if shares.nobody or any(cell.row_of_form is None for cell in proposal.left):
        content = filled_form(proposal, shares.nobody, programme, name, unit=None)
        _save(adoption, folder / REMAINDER, content)
        written.append(Written(folder / REMAINDER, None, len(shares.nobody)))
    return written


def _save(adoption: Adoption, out: Path, content: bytes) -> None:
    if out.is_dir():
        raise UsageProblem("out_is_folder", path=out)
    if out.exists() and out.samefile(adoption.path):
        raise UsageProblem("adopt_out_is_source", path=out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, out.parent) from problem
    replace_whole(out, lambda file: _write(file, content))


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def unit_of(code: str, tree: UnitTree) -> Unit:
    """The unit whose form it will be; without a list of units, of that code and no name.

    Raises UsageProblem ``own_unit_unknown``.
    """
    known = tree.get(code)
    if known is None and len(tree):
        raise UsageProblem("own_unit_unknown", unit=code, known=", ".join(u.code for u in list(tree)[:8]))
    return known or Unit(code, "", Level.GRASSROOTS)
