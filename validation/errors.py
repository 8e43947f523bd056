"""The one tree of errors.

    SangkienError            what a clerk is told in one sentence; the code names its text in messages/
    ├── Refusal              one file cannot be taken; the others go on   (addin/intake)
    ├── UnknownProgramme
    └── …                    each edge adds its own below its door

Every error carries a code and the facts of its sentence; the catalogue turns them into Vietnamese or English.
"""

from __future__ import annotations

from typing import ClassVar


class SangkienError(Exception):
    """Something that a person must know and can act on.

    ``code`` names the text in the catalogue, ``facts`` fill it; nothing here is shown as it is.
    """

    code: ClassVar[str] = "unexpected"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of ours
    """One file that cannot be taken: a code of the catalogue (``refusal.<code>``) and the facts of its sentence.

    Picklable, since it crosses from the reading child to its parent.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        return (_refusal, (self.code, self.facts))


def _refusal(code: str, facts: dict[str, object]) -> Refusal:
    return Refusal(code, **facts)
