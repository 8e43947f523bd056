"""What each button does: one function a button, named by its id in ``addin.ribbon``.

A button is shown once its function is here. Each takes the program in which it was pressed; what it raises is said by
``addin.entry``.
"""

from __future__ import annotations

import xlwings

from addin.live import checking, fixing, merging, starting
from addin.live.session import begin


def new_form(app: xlwings.App) -> None:
    """Make a form, its cover filled in, and open it."""
    starting.new_form(begin(app, "new_form"))


def check_sheet(app: xlwings.App) -> None:
    """Mark what is wrong in the form in front, and list it."""
    checking.check(begin(app, "check_sheet"))


def next_finding(app: xlwings.App) -> None:
    """Go to the next cell on the list."""
    checking.go_on(begin(app, "next_finding"))


def fix_with_preview(app: xlwings.App) -> None:
    """Repair what the clerk accepts."""
    fixing.fix(begin(app, "fix_with_preview"))


def clear_marks(app: xlwings.App) -> None:
    """Take the marks of a check off."""
    checking.take_marks_off(begin(app, "clear_marks"))


def undo_last_repair(app: xlwings.App) -> None:
    """Give the cells of the last repair back what they held."""
    fixing.undo_last(begin(app, "undo_last_repair"))


def merge_campaign(app: xlwings.App) -> None:
    """Merge the reports received, and open the master."""
    merging.merge(begin(app, "merge_campaign"))


def status(app: xlwings.App) -> None:
    """Show who has sent, and how far the campaign is."""
    merging.show_standing(begin(app, "status"))


def return_to_units(app: xlwings.App) -> None:
    """Make marked copies of reports with errors."""
    merging.return_reports(begin(app, "return_to_units"))


def about(app: xlwings.App) -> None:
    """Say what is installed."""
    starting.about(begin(app, "about"))
