"""The programme as data: phases, targets, amounts, quotas, lists and the readings of what its plan leaves open.

Instances are the files in ``programmes/``; no amount or date of a programme stands anywhere in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from validation.errors import SangkienError
from validation.text.keys import fold

if TYPE_CHECKING:
    from pydantic import ConfigDict, TypeAdapter, ValidationError

DEFAULT_PROGRAMME = "hai-phong-2021-2023"
_FOLDER = resources.files("validation") / "programmes"


class _Limits:
    """What holds of a value besides its type, under the names that pydantic's own schemas have for it; to state it here
    takes nothing of pydantic."""

    def __init__(self, **limits: object) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return {**handler(source), **self._limits}


Dong = Annotated[int, _Limits(ge=0, strict=True)]
Text = Annotated[str, _Limits(min_length=1)]


class UnknownProgramme(SangkienError):  # noqa: N818 - named for what the clerk is told
    """No programme of that id is installed; ``known`` lists those that are."""

    code = "unknown_programme"


class BrokenProgramme(UnknownProgramme):
    """The file of an installed programme holds no valid programme; ``problem`` says where and why."""

    code = "broken_programme"


@dataclass(frozen=True)
class _Part:
    """pydantic reads a programme from its file by these declarations (``_reader``); whoever is given one, as reading
    children are, needs no pydantic."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}


@dataclass(frozen=True)
class Window(_Part):
    """First and last day, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the last day {self.last} lies before the first {self.first}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class Phase(Window):
    """One phase (giai đoạn): its days, its target in initiatives, and when the portal was open."""

    number: Annotated[int, _Limits(ge=1)]
    name: Text
    target: Annotated[int, _Limits(ge=0)]
    portal_opened: date
    portal_closed: date
    report_deadline: date

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.portal_closed < self.portal_opened:
            raise ValueError(f"the portal closes {self.portal_closed} before it opens {self.portal_opened}")


@dataclass(frozen=True)
class Participation(_Part):
    """The quota: ``minimum`` is a fraction of a unit's members."""

    minimum: Annotated[float, _Limits(gt=0, le=1)]


@dataclass(frozen=True)
class Support(_Part):
    """Amounts in đồng per initiative."""

    upper_amount: Dong
    base_cap: Dong


@dataclass(frozen=True)
class Lists(_Part):
    """The closed lists of the form."""

    solution_kind: Annotated[tuple[Text, ...], _Limits(min_length=1)]
    activity_field: Annotated[tuple[Text, ...], _Limits(min_length=1)]


@dataclass(frozen=True)
class Answers(_Part):
    """How yes and no are written."""

    yes: Text
    no: Text


@dataclass(frozen=True)
class StatusNames(_Part):
    """How the portal writes the three states of an initiative."""

    under_review: Text
    approved: Text
    refused: Text


@dataclass(frozen=True)
class Readings(_Part):
    """Our reading of each question the plan leaves open (DOMAIN: the support rule, precisely).

    A reading of which only one value is built is a Literal of one value: another is refused, never ignored.
    """

    support_per: Literal["initiative", "author"]
    phase_date: Literal["registered_on", "approved_on"]
    phase_needs_code: bool
    base_support_on_top: bool
    base_needs_approval: bool
    non_members_eligible: bool
    payer: Literal["direct_superior"]
    counted_needs_approval: bool
    counts_ip_protected: bool
    cap_at_target: Literal[False]


@dataclass(frozen=True)
class Programme(_Part):
    """A programme of initiatives, whole and consistent."""

    id: Annotated[str, _Limits(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    place: Text
    target: Annotated[int, _Limits(ge=0)]
    application_window: Window
    participation: Participation
    support: Support
    phases: Annotated[tuple[Phase, ...], _Limits(min_length=1)]
    lists: Lists
    answers: Answers
    status: StatusNames
    readings: Readings

    def __post_init__(self) -> None:
        for earlier, later in zip(self.phases, self.phases[1:], strict=False):
            if later.first <= earlier.last or later.number <= earlier.number:
                raise ValueError(f"phase {later.number} does not follow phase {earlier.number}")
        for name in ("yes_no", "status", *(field.name for field in fields(Lists))):
            keys = [fold(value) for value in self.choices(name)]
            if len(set(keys)) < len(keys):
                raise ValueError(f"two values of the list {name} are the same but for case, spaces or tone placement")

    def __hash__(self) -> int:
        """Quick, since caches ask for it with every report; equal programmes have one id."""
        return hash(self.id)

    def phase_of(self, day: date | None) -> Phase | None:
        """The phase that holds ``day``, end days included; None for no day or a day outside every phase."""
        if day is None:
            return None
        for phase in self.phases:
            if phase.first <= day <= phase.last:
                return phase
        return None

    def phase(self, number: int) -> Phase:
        """The phase of that number. Raises KeyError."""
        return self._by_number[number]

    @cached_property
    def _by_number(self) -> Mapping[int, Phase]:
        return {phase.number: phase for phase in self.phases}

    def choices(self, list_name: str) -> tuple[str, ...]:
        """The allowed values of a field's list: a name of ``lists``, ``yes_no`` or ``status``."""
        if list_name == "yes_no":
            return (self.answers.yes, self.answers.no)
        if list_name == "status":
            return (self.status.under_review, self.status.approved, self.status.refused)
        values: tuple[str, ...] = getattr(self.lists, list_name)
        return values


def programme_from_toml(text: str) -> Programme:
    """The programme described by TOML text. Raises pydantic's ValidationError or tomllib's TOMLDecodeError."""
    return _reader().validate_python(tomllib.loads(text))


def as_json(programme: Programme) -> str:
    """A programme as JSON, in the order of its declarations."""
    return _reader().dump_json(programme).decode()


@cache
def _reader() -> TypeAdapter[Programme]:
    from pydantic import TypeAdapter  # a tenth of a second, and only who reads a programme from its file needs it

    return TypeAdapter(Programme)


def programme_ids() -> tuple[str, ...]:
    """The ids of the installed programmes, in order."""
    return tuple(sorted(f.name[:-5] for f in _FOLDER.iterdir() if f.name.endswith(".toml")))


@lru_cache(maxsize=8)
def load_programme(programme_id: str = DEFAULT_PROGRAMME) -> Programme:
    """The installed programme of that id. Raises UnknownProgramme, and BrokenProgramme where its file is faulty."""
    known = programme_ids()
    if programme_id not in known:
        raise UnknownProgramme(programme=programme_id, known=", ".join(known))
    text = (_FOLDER / f"{programme_id}.toml").read_text(encoding="utf-8")
    from pydantic import ValidationError

    try:
        return programme_from_toml(text)
    except (ValidationError, tomllib.TOMLDecodeError) as problem:
        told = _first_problem(problem) if isinstance(problem, ValidationError) else str(problem)
        raise BrokenProgramme(programme=programme_id, known=", ".join(known), problem=told) from problem


def _first_problem(error: ValidationError) -> str:
    """Where the first fault is, counted from 1, and what it is: ``phases, 2, target: Input should be …``."""
    first = error.errors(include_url=False)[0]
    where = ", ".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
