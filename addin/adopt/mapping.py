"""Which column of a list becomes which of the form: proposed with score and reason, corrected by the clerk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from addin.adopt.content import fits, seems_counted_in_dong
from addin.adopt.corrections import UNUSED, Correction
from addin.adopt.foreign import ForeignSheet
from addin.adopt.headers import Header, is_numbering, match_of
from addin.adopt.vocabulary import OTHER, PROPOSED, SURE, Match, Reason, Vocabulary
from addin.intake.names import column_letters
from validation.fields import ROW_FIELD, Form, Kind
from validation.submission import CellValue

UNIT_FIELDS = ("unit_code", "unit_name")
_SAMPLES = 3


class Way(StrEnum):
    """How a column's cells go over."""

    AS_TYPED = "as_typed"
    SCALED = "scaled"  # amounts counted in thousands or millions of đồng
    JOINED = "joined"  # one part of a field that the list spreads over columns
    AUTHORS = "authors"  # several names: the first is the lead author
    AUTHOR_AND_PLACE = "author_and_place"
    DECISION = "decision"  # the date that a decision's text names
    ORDINAL = "ordinal"  # the form counts itself
    UNIT = "unit"  # whose row it is
    UNUSED = "unused"


_COMBINED = {
    "combined.authors": (Way.AUTHORS, ("lead_author", "co_authors")),
    "combined.author_and_place": (Way.AUTHOR_AND_PLACE, ("lead_author", "position")),
    "combined.decision": (Way.DECISION, ("recognised_on",)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list and what becomes of it. ``fields`` are the form's; ``part`` orders the columns of a joined
    field; ``like`` is the name that the header resembles, ``samples`` the first things that stand below it."""

    sheet: str
    number: int
    header: str
    way: Way
    fields: tuple[str, ...] = ()
    score: int = 0
    reason: Reason = Reason.NONE
    like: str = ""
    scale: int = 1
    part: int = 0
    samples: tuple[CellValue, ...] = ()

    @property
    def letters(self) -> str:
        """The column's letters in the original."""
        return column_letters(self.number)

    @property
    def sure(self) -> bool:
        """Whether the clerk need not look twice."""
        return self.score >= SURE and self.way in (Way.AS_TYPED, Way.JOINED, Way.ORDINAL, Way.UNIT)

    def unused(self, reason: Reason) -> Column:
        """The same column, left out."""
        return replace(self, way=Way.UNUSED, fields=(), reason=reason)


def map_columns(
    sheet: ForeignSheet,
    header: Header,
    last_row: int,
    words: Vocabulary,
    corrections: Sequence[Correction] = (),
    *,
    by_unit: bool = False,
) -> tuple[Column, ...]:
    """What becomes of every column of a list that ends at ``last_row``. ``by_unit``: rows are shared out by unit."""
    mapper = _Mapper(sheet, header, last_row, words, by_unit)
    return mapper.columns(corrections)


class _Mapper:
    def __init__(self, sheet: ForeignSheet, header: Header, last_row: int, words: Vocabulary, by_unit: bool) -> None:
        self._sheet, self._header, self._words, self._by_unit = sheet, header, words, by_unit
        first = header.last_row + (2 if is_numbering(sheet, header.last_row + 1) else 1)
        self._below = range(first, last_row + 1)
        self._columns = {n: self._blank(n) for n in range(1, sheet.last_column + 1) if self._is_column(n)}
        self._taken: set[str] = set()
        self._free = set(self._columns)

    def columns(self, corrections: Sequence[Correction]) -> tuple[Column, ...]:
        for correction in corrections:
            self._correct(correction)
        matches = [(n, m) for n in sorted(self._free) if (m := match_of(self._header, n, self._words)) is not None]
        matches.sort(key=lambda pair: (-pair[1].score, pair[0]))
        direct = [(n, m) for n, m in matches if not m.target.startswith("combined.")]
        for number, match in direct:
            self._offer(number, match)
        for field in self._words.words.joined:
            self._join(field)
        for number, match in matches:
            if number in self._free and match.target in _COMBINED:
                self._offer_combined(number, match)
        return tuple(self._columns[n] for n in sorted(self._columns))

    def _is_column(self, number: int) -> bool:
        return number in self._header.whole or any(self._sheet.value(row, number) is not None for row in self._below)

    def _blank(self, number: int) -> Column:
        samples = [v for row in self._below if (v := self._sheet.value(row, number)) is not None][:_SAMPLES]
        header = self._header.whole.get(number, "")
        return Column(self._sheet.title, number, header, Way.UNUSED, samples=tuple(samples))

    def _values(self, number: int) -> Iterable[CellValue]:
        return (v for row in self._below if (v := self._sheet.value(row, number)) is not None)

    def _set(self, number: int, **changes: object) -> None:
        self._columns[number] = replace(self._columns[number], **changes)  # type: ignore[arg-type]
        self._free.discard(number)

    def _correct(self, correction: Correction) -> None:
        for number in sorted(self._columns):
            column = self._columns[number]
            if not correction.names(column.sheet, column.letters, column.header, self._words):
                continue
            if correction.field == UNUSED:
                self._set(number, way=Way.UNUSED, score=100, reason=Reason.TOLD)
            elif correction.field not in self._taken:
                self._take(number, correction.field, 100, Reason.TOLD, correction.field)

    def _offer(self, number: int, match: Match) -> None:
        """Give a column the field that its header names, if it is free and the cells below bear it out."""
        if match.target == OTHER:
            self._set(number, reason=Reason.NO_FIELD, score=match.score, like=match.name)
            return
        if match.target in self._taken:
            self._columns[number] = replace(self._columns[number], reason=Reason.TAKEN, like=match.name)
        elif match.score < PROPOSED:
            self._columns[number] = replace(self._columns[number], score=match.score, like=match.name)
        elif match.score < SURE and not fits(ROW_FIELD[match.target], self._values(number)):
            self._set(number, reason=Reason.CONTENT, score=match.score, like=match.name)
        else:
            self._take(number, match.target, match.score, match.reason, match.name)

    def _take(self, number: int, field: str, score: int, reason: Reason, like: str) -> None:
        declared = ROW_FIELD[field]
        told = {"score": score, "reason": reason, "like": like}
        if field == "ordinal":
            self._set(number, way=Way.ORDINAL, fields=(field,), **told)
        elif field in UNIT_FIELDS:
            way = Way.UNIT if self._by_unit else Way.UNUSED
            self._set(number, way=way, fields=(field,) if self._by_unit else (), **{**told, "reason": Reason.UNIT})
        elif not declared.typed or Form.GRASSROOTS not in declared.forms:
            reason = Reason.CALCULATED if not declared.typed else Reason.NO_FIELD
            self._set(number, **{**told, "reason": reason})
        elif declared.kind is Kind.AMOUNT:
            self._take_amount(number, field, told)
        else:
            self._set(number, way=Way.AS_TYPED, fields=(field,), **told)
        self._taken.add(field)

    def _take_amount(self, number: int, field: str, told: dict[str, object]) -> None:
        scale = self._words.scale(self._columns[number].header)
        if scale is None:
            self._set(number, **{**told, "reason": Reason.CURRENCY})
        elif scale > 1 and seems_counted_in_dong(self._values(number), scale):
            self._set(number, **{**told, "reason": Reason.TOO_LARGE}, scale=scale)
        else:
            self._set(number, way=Way.SCALED if scale > 1 else Way.AS_TYPED, fields=(field,), scale=scale, **told)

    def _join(self, field: str) -> None:
        """Several columns that hold the parts of one field; also a header merged over the columns of a name."""
        self._join_below_one_header(field)
        parts: dict[int, int] = {}
        for number in sorted(self._columns):
            column = self._columns[number]
            mine = column.fields == (field,) and column.way is Way.AS_TYPED and column.reason is not Reason.TOLD
            if not (number in self._free or mine):
                continue
            part = self._words.part_of(field, column.header)
            if part is not None:
                parts.setdefault(part, number)
        holder = next((c.number for c in self._columns.values() if field in c.fields), None)
        if len(parts) < 2 or (holder is not None and holder not in parts.values()):
            return
        for part, number in parts.items():
            self._set_part(number, field, part)

    def _join_below_one_header(self, field: str) -> None:
        first = next((c for c in self._columns.values() if c.fields == (field,) and c.way is Way.AS_TYPED), None)
        if first is None or field != "lead_author":
            return
        merge = self._sheet.merge_at(self._header.first_row, first.number)
        if merge is None or merge.first_column == merge.last_column:
            return
        under = [n for n in range(merge.first_column, merge.last_column + 1) if n in self._columns]
        same = [n for n in under if self._columns[n].header == first.header and any(True for _ in self._values(n))]
        for part, number in enumerate(same if len(same) > 1 else ()):
            self._set_part(number, field, part)

    def _set_part(self, number: int, field: str, part: int) -> None:
        self._set(number, way=Way.JOINED, fields=(field,), part=part, score=SURE, reason=Reason.SAME,
                  like=ROW_FIELD[field].header)  # fmt: skip
        self._taken.add(field)

    def _offer_combined(self, number: int, match: Match) -> None:
        way, fields = _COMBINED[match.target]
        free = tuple(field for field in fields if field not in self._taken)
        if not free or fields[0] not in free:
            self._set(number, reason=Reason.TAKEN, like=match.name)
            return
        self._set(number, way=way, fields=free, score=match.score, reason=match.reason, like=match.name)
        self._taken.update(free)
