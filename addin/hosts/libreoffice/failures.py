"""What can go wrong between xlwings code and a live office.

XlwingsError
└── OfficeError              the office could not do it: `.verb`, `.message`
    ├── OfficeGoneError      the office itself is no longer there
    ├── ClosedError          the workbook was closed, or the sheet deleted
    ├── MissingError         no such sheet, name, table … (also a KeyError, as xlwings expects)
    ├── ProtectedError       the sheet is protected
    ├── FormulaError         the office does not understand the formula
    └── UnsupportedError     this office lacks it (also a NotImplementedError)
"""

from typing import Any

from xlwings import XlwingsError


class OfficeError(XlwingsError):
    """The office could not do what was asked."""

    def __init__(self, message: str, verb: str = "") -> None:
        super().__init__(f"{message} [{verb}]" if verb else message)
        self.message = message
        self.verb = verb


class OfficeGoneError(OfficeError):
    """The office has ended, or was told to stop waiting for us."""


class ClosedError(OfficeError):
    """The workbook was closed or the sheet deleted in the meantime."""


class MissingError(OfficeError, KeyError):
    """There is no such sheet, workbook, name, table or note."""

    def __str__(self) -> str:
        return OfficeError.__str__(self)


class ProtectedError(OfficeError):
    """The sheet is protected."""


class FormulaError(OfficeError):
    """The office does not understand the formula; the cell was left empty."""


class UnsupportedError(OfficeError, NotImplementedError):
    """This office cannot do it."""


KINDS: dict[str, type[OfficeError]] = {
    "gone": ClosedError,
    "missing": MissingError,
    "protected": ProtectedError,
    "formula": FormulaError,
    "unsupported": UnsupportedError,
}


def failure(error: dict[str, Any]) -> OfficeError:
    """The exception for the error member of a reply."""
    return KINDS.get(str(error["kind"]), OfficeError)(str(error["message"]), str(error["verb"]))
