"""What each button does: one function a button, named by its id in ``addin.ribbon``.

A button is shown once its function is here. Each takes the program in which it was pressed; what it raises is said by
``addin.entry``.
"""

from __future__ import annotations

import xlwings

from addin.live import (
    checking,
    collecting,
    fixing,
    helping,
    letters_to_units,
    merging,
    paying,
    reporting,
    sending,
    settings_menu,
    starting,
)
from addin.live.session import run


def new_form(app: xlwings.App) -> None:
    """Make a form, its cover filled in, and open it."""
    run(app, "new_form", starting.new_form)


def check_sheet(app: xlwings.App) -> None:
    """Mark what is wrong in the form in front, and list it."""
    run(app, "check_sheet", checking.check)


def next_finding(app: xlwings.App) -> None:
    """Go to the next cell on the list."""
    run(app, "next_finding", checking.go_on)


def fix_with_preview(app: xlwings.App) -> None:
    """Repair what the clerk accepts."""
    run(app, "fix_with_preview", fixing.fix)


def clear_marks(app: xlwings.App) -> None:
    """Take the marks of a check off."""
    run(app, "clear_marks", checking.take_marks_off)


def undo_last_repair(app: xlwings.App) -> None:
    """Give the cells of the last repair back what they held."""
    run(app, "undo_last_repair", fixing.undo_last)


def merge_campaign(app: xlwings.App) -> None:
    """Merge the reports received, and open the master."""
    run(app, "merge_campaign", merging.merge)


def collect(app: xlwings.App) -> None:
    """Fetch reports from a mailbox into the inbox."""
    run(app, "collect", collecting.collect)


def status(app: xlwings.App) -> None:
    """Show who has sent, and how far the campaign is."""
    run(app, "status", merging.show_standing)


def payment_lists(app: xlwings.App) -> None:
    """Make the payment lists of a phase."""
    run(app, "payment_lists", paying.pay)


def send_upward(app: xlwings.App) -> None:
    """Send the consolidation to the superior union."""
    run(app, "send_upward", sending.send_upward)


def report(app: xlwings.App) -> None:
    """Make the report as a Word document, and open it."""
    run(app, "report", reporting.make)


def return_to_units(app: xlwings.App) -> None:
    """Make marked copies of reports with errors, and mail them."""
    run(app, "return_to_units", letters_to_units.return_reports)


def remind(app: xlwings.App) -> None:
    """Remind the units that have not sent."""
    run(app, "remind", letters_to_units.remind)


def guide(app: xlwings.App) -> None:
    """Open the guide."""
    run(app, "guide", helping.guide)


def settings(app: xlwings.App) -> None:
    """Change unit, campaign and mail accounts."""
    run(app, "settings", settings_menu.change)


def about(app: xlwings.App) -> None:
    """Say what is installed, and what stands in the way of it."""
    run(app, "about", helping.about)
