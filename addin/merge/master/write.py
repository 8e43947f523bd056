"""The master from first sheet to last."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from addin.merge.master import (
    changes_sheet,
    charts_sheet,
    collection_sheet,
    cover_sheet,
    decisions_sheet,
    detail_sheet,
    duplicates_sheet,
    files_sheet,
    frozen_sheet,
    missing_sheet,
    near_sheet,
    phases_sheet,
    rejected_sheet,
    reports_sheet,
    summary_sheet,
    units_sheet,
    warnings_sheet,
)
from addin.merge.master.body import BodyWriter, stream_body
from addin.merge.master.book import MasterBook
from addin.merge.master.counts import MasterCounts
from addin.merge.master.detail_sheet import Progress
from addin.merge.master.directory import Directory
from addin.merge.master.entry_columns import EntryCells
from addin.merge.master.placing import SHEET_ROWS, sheet_name
from addin.merge.master.summary_sheet import Elsewhere
from addin.merge.near_search import Search, searching_near_titles
from addin.merge.overview import Overview
from addin.merge.uncollected import uncollected
from validation.submission import Outcome
from workbook_templates.facts_sheet import write_facts_sheet


@uncollected()
def write_master(
    overview: Overview,
    out: BinaryIO | Path,
    progress: Progress | None = None,
    *,
    body_writer: BodyWriter = stream_body,
    sheet_rows: int | None = None,
) -> MasterCounts:
    """Write the master of a campaign to ``out``; returns the rows and đồng of its detail sheet.

    ``progress`` is told (rows done, rows in all) of the detail sheet. ``body_writer`` is how long lists are written;
    ``sheet_rows`` how many rows the detail may take of a sheet (None: all that there are).
    Links lead to ``report.path`` as it stands, so the file belongs in the campaign folder. Nothing here replaces a
    file safely: that is the caller's (write beside it, ``read_back``, then replace).

    Raises ValueError for a consolidation of more rows than a sheet holds, and OSError where the file cannot be written.
    """
    with (
        searching_near_titles(overview.rows(Outcome.ACCEPTED)) as search,
        MasterBook(out, overview, body_writer) as master,
    ):
        return _fill(master, search, progress, sheet_rows or SHEET_ROWS)


def _fill(master: MasterBook, search: Search, progress: Progress | None, sheet_rows: int) -> MasterCounts:
    overview = master.overview
    directory = Directory(overview)
    summary = master.sheet(summary_sheet.SHEET)  # first, so that it opens first; filled when the others are known
    pictures = master.sheet(charts_sheet.SHEET)
    cover_sheet.write_cover(master)
    counts, placing = detail_sheet.write_detail(master, directory, progress, sheet_rows)
    entries = EntryCells(overview)
    rejected = rejected_sheet.write_rejected(master, directory, entries)
    pairs = duplicates_sheet.write_duplicates(master, directory, entries)
    near = master.sheet(near_sheet.SHEET)  # filled when the others are: they are looked for meanwhile
    reports_sheet.write_reports(master, directory)
    units_sheet.write_units(master, directory, placing)
    units_sheet.write_superiors(master, directory, placing)
    source, proof = phases_sheet.write_phases(master, directory, counts, placing)
    missing = missing_sheet.write_missing(master, directory)
    expected = collection_sheet.write_collection(master, directory)
    files_sheet.write_files(master, directory)
    changes = changes_sheet.write_changes(master, directory)
    warnings = warnings_sheet.write_warnings(master, directory, entries)
    decided = decisions_sheet.write_decisions(master, directory, entries)
    since_frozen = frozen_sheet.write_frozen(master)
    charts_sheet.write_charts(master, pictures, directory)
    near_titles = search()
    near_sheet.write_near_titles(master, near, directory, near_titles)
    write_facts_sheet(master.book, master.styles, overview.form, overview.programme)
    others = [
        Elsewhere(charts_sheet.SHEET),
        Elsewhere(cover_sheet.SHEET),
        *(Elsewhere(sheet_name(number), len(rows)) for number, rows in placing.sheets()),
        Elsewhere(rejected_sheet.SHEET, rejected),
        Elsewhere(duplicates_sheet.SHEET, pairs),
        Elsewhere(near_sheet.SHEET, len(near_titles)),
        Elsewhere(reports_sheet.SHEET),
        Elsewhere(units_sheet.SHEET),
        Elsewhere(units_sheet.SUPERIORS_SHEET),
        Elsewhere(phases_sheet.SHEET),
        Elsewhere(missing_sheet.SHEET, missing),
        Elsewhere(collection_sheet.SHEET, expected),
        Elsewhere(files_sheet.SHEET, len(overview.files) + len(overview.refused)),
        Elsewhere(changes_sheet.SHEET, changes),
        Elsewhere(warnings_sheet.SHEET, warnings),
        Elsewhere(decisions_sheet.SHEET, decided),
    ]
    if overview.frozen:
        others.append(Elsewhere(frozen_sheet.SHEET, since_frozen))
    summary_sheet.write_summary(master, summary, directory, source, proof, others, warnings, placing)
    return counts
