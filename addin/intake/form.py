"""Which of our forms a workbook is, and where its columns, its cover and its hidden facts stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from addin.intake.names import LAST_ROW, Area, WorkbookNames
from addin.intake.refusals import refuse
from validation.fields import (
    COVER_FIELDS,
    FORM_TITLES,
    META_KEYS,
    TEMPLATE_VERSION,
    UNIT_FIELDS,
    Field,
    Form,
    Requirement,
    row_fields,
)
from validation.submission import CellValue

HEADER_NAME = "meta_header"
"""The row of headers directly above the first data row; a name that survives what becomes of the rows below it."""

_COVER_NAMES = tuple((f, f.defined_name) for f in COVER_FIELDS)

_UNIT_NAMES = tuple((f, f.defined_name) for f in UNIT_FIELDS)

ReadCell = Callable[[Area], CellValue]


@dataclass(frozen=True, slots=True)
class Identity:
    """The hidden facts of a form."""

    form: Form
    template_version: int
    programme_id: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a form's list stands: ``columns`` by field name, in letters; ``missing`` are the headers of optional
    columns and cover cells that are gone. ``fields`` are those of the form's own version, by name."""

    sheet: str
    first_row: int
    columns: Mapping[str, str]
    cover: Mapping[str, Area]
    missing: tuple[str, ...]
    fields: Mapping[str, Field]


def identify(names: WorkbookNames, read: ReadCell) -> Identity:
    """The form's identity from its hidden facts; ``read`` gives the value of a cell.

    Raises ``not_our_form``, ``template_too_new``, ``template_unknown_version``.
    """
    facts: dict[str, CellValue] = {}
    for key in META_KEYS:
        name = f"meta_{key}"
        area = names.areas.get(name)
        facts[key] = read(area) if area is not None else names.constants.get(name)
    form = _form(facts["form"])
    version = _version(facts["template_version"])
    programme = str(facts["programme"] or "").strip()
    if not programme:
        raise refuse("not_our_form")
    if version > TEMPLATE_VERSION:
        raise refuse("template_too_new", version=version, known=TEMPLATE_VERSION)
    if version < TEMPLATE_VERSION and not _is_declared(version):
        raise refuse("template_unknown_version", version=str(version))
    return Identity(form, version, programme)


def _form(value: CellValue) -> Form:
    text = value.strip() if isinstance(value, str) else ""
    if text not in FORM_TITLES:
        raise refuse("not_our_form")
    return Form(text)


def _version(value: CellValue) -> int:
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) >= 1):
        raise refuse("template_unknown_version", version="" if value is None else str(value))
    return int(text)


def _is_declared(version: int) -> bool:
    from workbook_templates.versions.declarations import declared_versions  # as in fields_of

    return version in declared_versions()


def fields_of(form: Form, version: int = TEMPLATE_VERSION) -> tuple[Field, ...]:
    """The columns of a form in one of its versions; an older one as it was declared when it was delivered."""
    if version >= TEMPLATE_VERSION:
        return row_fields(form)
    # Loaded for older forms only: it takes longer than ten reports to read.
    from workbook_templates.versions.declarations import declared_columns

    return tuple(field for field in declared_columns(version) if form in field.forms)


@lru_cache(maxsize=8)
def locate(names: WorkbookNames, form: Form, version: int = TEMPLATE_VERSION) -> Layout:
    """Where the list and the cover of a form stand.

    Raises ``missing_names`` with the headers of what must be there and is not: a column needed to judge or pay a row,
    a cover cell that must be filled, a column whose name has moved onto another's. ``names`` are the same object for
    equal workbook parts (``read_names``), so this is worked out once for thousands of forms.
    """
    fields = fields_of(form, version)
    found = {f.name: area for f in fields if (area := names.areas.get(f"row_{f.name}")) is not None}
    sheet = _most_common(area.sheet for area in found.values())
    if sheet is None or names.sheet(sheet) is None:
        raise refuse("missing_names", columns=_headers(f for f in fields if _is_needed(f)))
    here = {name: area for name, area in found.items() if area.sheet.casefold() == sheet.casefold()}
    columns = {name: area.column for name, area in here.items()}
    taken = Counter(columns.values())
    lost = [f for f in fields if f.typed and taken.get(columns.get(f.name, ""), 0) != 1]
    cover = {f.name: area for f, name in _COVER_NAMES if (area := _cover_cell(names, name)) is not None}
    lost += [f for f in COVER_FIELDS if f.name not in cover]
    needed = [f for f in lost if _is_needed(f)]
    if needed:
        raise refuse("missing_names", columns=_headers(needed))
    return Layout(
        sheet=sheet,
        first_row=_first_row(names, sheet, here.values()),
        columns={name: column for name, column in columns.items() if taken[column] == 1},
        cover=cover,
        missing=tuple(f.header for f in lost),
        fields={f.name: f for f in fields},
    )


@dataclass(frozen=True, slots=True)
class UnitsLayout:
    """Where a consolidation's table of units stands."""

    sheet: str
    first_row: int
    columns: Mapping[str, str]


def locate_units(names: WorkbookNames, form: Form) -> UnitsLayout | None:
    """Where the table of units stands; None for a form without one, and where it has gone as a whole.

    Raises ``missing_names`` with the headers of needed columns that have gone from a table that is there.
    """
    if form is Form.GRASSROOTS:
        return None
    found = {f.name: area for f, name in _UNIT_NAMES if (area := names.areas.get(name)) is not None and area.row}
    sheet = _most_common(area.sheet for area in found.values())
    if sheet is None or names.sheet(sheet) is None:
        return None
    columns = {name: area.column for name, area in found.items() if area.sheet.casefold() == sheet.casefold()}
    taken = Counter(columns.values())
    lost = [f for f, _ in _UNIT_NAMES if _is_needed(f) and taken.get(columns.get(f.name, ""), 0) != 1]
    if lost:
        raise refuse("missing_names", columns=_headers(lost))
    return UnitsLayout(sheet, min(area.row or 1 for area in found.values()), columns)


def _is_needed(field: Field) -> bool:
    return field.typed and field.required is not Requirement.NO


def _headers(fields: Iterable[Field]) -> str:
    return ", ".join(f"“{field.header}”" for field in fields)


def _cover_cell(names: WorkbookNames, name: str) -> Area | None:
    area = names.areas.get(name)
    return area if area is not None and area.row is not None and names.sheet(area.sheet) else None


def _first_row(names: WorkbookNames, sheet: str, areas: Iterable[Area]) -> int:
    """The row below the header; without that name, the row at which most columns begin."""
    header = names.areas.get(HEADER_NAME)
    if header is not None and header.row is not None and header.sheet.casefold() == sheet.casefold():
        return min(header.row + 1, LAST_ROW)
    rows = Counter(area.row for area in areas if area.row is not None)
    if not rows:
        return 2
    most = max(rows.values())
    return min(row for row, count in rows.items() if count == most)


def _most_common(titles: Iterable[str]) -> str | None:
    counts = Counter(titles)
    return counts.most_common(1)[0][0] if counts else None


def address(area: Area) -> str:
    """A cell's address, like ``K12``."""
    return f"{area.column}{area.row}"
