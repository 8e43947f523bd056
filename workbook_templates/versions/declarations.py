"""Reads the declarations of the forms' versions.

The first version is declared whole (``1.toml``), each later one by what changed (``2.toml`` …): from that follow both
its columns and how a report on the version before is read as one of it. The current version's fields are those of
``validation.fields``; a test holds the two together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as Setting

from validation.fields import ALL_FORMS, Entry, Field, Form, Kind, Requirement

_FOLDER = resources.files("workbook_templates") / "versions"
Name = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Setting(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DeclaredField(_Part):
    """A column of the list, or a cell of the cover, as far as a reader has to know it."""

    name: Name
    header: Text
    kind: Kind
    entry: Entry = Entry.TYPED
    required: Requirement = Requirement.NO
    choices: str | None = None
    forms: tuple[Form, ...] = tuple(Form)

    def field(self) -> Field:
        """As the rest of the house knows fields."""
        forms = ALL_FORMS & frozenset(self.forms)
        return Field(self.name, self.header, self.kind, self.entry, self.required, self.choices, forms=forms)


class Renamed(_Part):
    """A column with another header, and where ``name`` is given another name."""

    column: Name
    header: Text
    name: Name | None = None

    @property
    def new_name(self) -> str:
        """Its name in the new version."""
        return self.name or self.column


class Added(DeclaredField):
    """A column that the version before does not have; it stands right of ``after``."""

    after: Name


class Dropped(_Part):
    """A column that the new version does not have: what stands in it cannot be carried over."""

    column: Name


class Split(_Part):
    """A column that becomes two: what stands before the first of ``separators``, and what stands after it."""

    column: Name
    separators: Annotated[tuple[Text, ...], Setting(min_length=1)]
    into: tuple[DeclaredField, DeclaredField]


class RenamedValue(_Part):
    """A value of a programme's list that is worded anew."""

    programme: Text
    list: Text
    old: Text
    new: Text


class Step(_Part):
    """What changed from the version before."""

    version: Annotated[int, Setting(ge=2)]
    previous: Annotated[int, Setting(ge=1)]
    renamed: tuple[Renamed, ...] = ()
    added: tuple[Added, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    split: tuple[Split, ...] = ()
    value: tuple[RenamedValue, ...] = ()

    @model_validator(mode="after")
    def _follows(self) -> Self:
        if self.previous != self.version - 1:
            raise ValueError(f"version {self.version} must say what changed since version {self.version - 1}")
        return self

    def fields(self, before: tuple[Field, ...]) -> tuple[Field, ...]:
        """The columns of this version, from those of the version before. Raises ValueError for one unknown to it."""
        named = {*(r.column for r in self.renamed), *(d.column for d in self.dropped), *(s.column for s in self.split)}
        unknown = {*named, *(a.after for a in self.added)} - {field.name for field in before}
        if unknown:
            raise ValueError(f"version {self.previous} has no column {', '.join(sorted(unknown))}")
        return tuple(self._columns(before))

    def _columns(self, before: tuple[Field, ...]) -> Iterator[Field]:
        renamed = {one.column: one for one in self.renamed}
        split = {one.column: one for one in self.split}
        dropped = {one.column for one in self.dropped}
        for field in before:
            if field.name in renamed:
                yield replace(field, name=renamed[field.name].new_name, header=renamed[field.name].header)
            elif field.name in split:
                yield from (replace(part.field(), forms=field.forms) for part in split[field.name].into)
            elif field.name not in dropped:
                yield field
            yield from (one.field() for one in self.added if one.after == field.name)


class _First(_Part):
    version: int
    column: tuple[DeclaredField, ...]
    cover: tuple[DeclaredField, ...]


def declared_versions() -> tuple[int, ...]:
    """The numbers of the declared versions, in order; the last may be one that is not delivered yet."""
    return tuple(sorted(int(f.name[:-5]) for f in _FOLDER.iterdir() if f.name.endswith(".toml")))


@lru_cache(maxsize=16)
def step_to(version: int) -> Step:
    """What changed in a version (2 or more). Raises KeyError where it is not declared."""
    if version not in declared_versions() or version < 2:
        raise KeyError(version)
    return Step.model_validate(tomllib.loads((_FOLDER / f"{version}.toml").read_text(encoding="utf-8")))


@lru_cache(maxsize=16)
def declared_columns(version: int) -> tuple[Field, ...]:
    """All columns of a version, left to right. Raises KeyError where it is not declared."""
    if version == 1:
        return tuple(one.field() for one in _first().column)
    return step_to(version).fields(declared_columns(version - 1))


@lru_cache(maxsize=1)
def declared_cover() -> tuple[Field, ...]:
    """The cells of the cover; no version has changed them so far."""
    return tuple(one.field() for one in _first().cover)


@lru_cache(maxsize=1)
def _first() -> _First:
    return _First.model_validate(tomllib.loads((_FOLDER / "1.toml").read_text(encoding="utf-8")))
