"""Protected sheets.

The office's programming interface writes into them, or ignores the call, without a word. So every request that changes
something asks here first, and fails as it would in Excel.
"""

from __future__ import annotations

from typing import Any

from .failures import RequestError
from .session import At, Session, enum
from .verbs import verb

MESSAGE = "the sheet is protected"


def require_content(session: Session, at: At) -> None:
    """Raise RequestError("protected") where the sheet is protected and any of these cells is locked."""
    sheet = session.sheet(at[0])
    if not sheet.isProtected():
        return
    cells = session.range(at)
    if cells.getPropertyState("CellProtection") == enum("beans.PropertyState", "AMBIGUOUS_VALUE"):
        groups = cells.getUniqueCellFormatRanges()
        locked = any(groups.getByIndex(index).CellProtection.IsLocked for index in range(groups.Count))
    else:
        locked = cells.CellProtection.IsLocked
    if locked:
        raise RequestError("protected", MESSAGE)


def require_formatting(session: Session, at: At) -> None:
    """Raise RequestError("protected") where the sheet is protected: its formats and layout may not change."""
    require_unprotected(session.sheet(at[0]))


def require_unprotected(sheet: Any) -> None:
    """Raise RequestError("protected") where the sheet is protected."""
    if sheet.isProtected():
        raise RequestError("protected", MESSAGE)


@verb("sheet.protected")
def protected(session: Session, sheet: int) -> bool:
    """Whether a sheet is protected."""
    return bool(session.sheet(sheet).isProtected())


@verb("sheet.protect")
def protect(session: Session, sheet: int, password: str = "") -> None:
    """Protect a sheet."""
    session.sheet(sheet).protect(password)


@verb("sheet.unprotect")
def unprotect(session: Session, sheet: int, password: str = "") -> None:
    """Lift the protection; RequestError("protected") where the password is wrong."""
    try:
        session.sheet(sheet).unprotect(password)
    except Exception as error:
        raise RequestError("protected", "the password is wrong") from error
    require_unprotected(session.sheet(sheet))


@verb("range.locked")
def locked(session: Session, at: At) -> bool | None:
    """Whether the cells are locked once the sheet is protected; None where they differ."""
    cells = session.range(at)
    if cells.getPropertyState("CellProtection") == enum("beans.PropertyState", "AMBIGUOUS_VALUE"):
        return None
    return bool(cells.CellProtection.IsLocked)


@verb("range.set_locked")
def set_locked(session: Session, at: At, locked: bool) -> None:
    """Lock or unlock cells."""
    require_formatting(session, at)
    protection = session.range(at).CellProtection
    protection.IsLocked = locked
    session.range(at).CellProtection = protection
