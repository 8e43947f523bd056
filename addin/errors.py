"""Errors at the edges. Each is one sentence for a clerk (``error.<code>`` in the catalogue) and an exit code.

SangkienError
└── EdgeError                exit
    ├── UsageProblem            2   what was asked cannot be done as asked
    ├── CouldNotSave            4   nothing was replaced; the old state is whole
    └── ConservationBroken      4   the figures do not add up; nothing was replaced
"""

from __future__ import annotations

from validation.errors import SangkienError


class EdgeError(SangkienError):
    """An error with a code chosen where it is raised. ``exit_code`` as in the command contract."""

    exit_code = 2

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(**facts)
        self.error_code = code


class UsageProblem(EdgeError):  # noqa: N818
    """What was asked for cannot be done: a missing folder, an unknown unit, a broken settings file."""


class CouldNotSave(EdgeError):  # noqa: N818
    """Nothing was replaced: a file is held by another program, the disk is full, there are no rights."""

    exit_code = 4


class ConservationBroken(EdgeError):  # noqa: N818
    """A total could not be proved; nothing was replaced. A defect of ours or a damaged ledger."""

    exit_code = 4
