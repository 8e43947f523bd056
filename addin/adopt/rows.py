"""The rows of a list: which are initiatives, what each says in the form's fields, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from addin.adopt import content
from addin.adopt.foreign import ForeignSheet
from addin.adopt.headers import Header, header_text, is_numbering
from addin.adopt.leftovers import FormValue, Left, LeftCell, for_form, left_cell
from addin.adopt.mapping import Column, Way
from addin.adopt.vocabulary import Vocabulary
from validation.arithmetic import plain_result
from validation.fields import ROW_FIELD, Kind
from validation.normalise import as_shown
from validation.text.rows import is_total_marker

_IDENTIFYING = ("title", "lead_author", "registration_code")
_HEADINGS = 3  # headings in one row that make it a header
_PLACE_AND_DATE = re.compile(r".{0,60}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,12}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}[.)]?")
_FILLED_DOWN = frozenset({Kind.DATE, Kind.CHOICE, Kind.TEXT})


@dataclass(slots=True)
class TakenRow:
    """One initiative: values by field, where it stood, and whose it is as far as the list says."""

    sheet: str
    row: int
    values: dict[str, FormValue]
    unit_text: str = ""
    unit_code: str = ""


@dataclass(slots=True)
class Harvest:
    """What a sheet gave."""

    rows: list[TakenRow] = field(default_factory=list)
    left: list[LeftCell] = field(default_factory=list)
    legacy_cells: int = 0
    filled_down: int = 0
    co_author_lines: int = 0
    last_row: int = 0


def last_row_of_list(sheet: ForeignSheet, header: Header, words: Vocabulary) -> int:
    """The last row before the signatures below a list, or a header of another order; else the sheet's last."""
    keys = {column: words.key(text) for column, text in header.own.items()}
    for row in range(header.last_row + 1, sheet.last_row + 1):
        if _begins_signatures(sheet, row, words) or _is_other_header(sheet, row, keys, words):
            return row - 1
    return sheet.last_row


def _is_other_header(sheet: ForeignSheet, row: int, keys: Mapping[int, str], words: Vocabulary) -> bool:
    """Whether the row holds the same headings, and most of them over other columns."""
    found = {c: words.key(text) for c in sheet.filled(row) if (text := header_text(sheet, row, c))}
    again = [column for column, key in found.items() if key and key in keys.values()]
    return len(again) >= _HEADINGS and sum(keys.get(column) == found[column] for column in again) * 2 < len(again)


def _begins_signatures(sheet: ForeignSheet, row: int, words: Vocabulary) -> bool:
    """Few cells, all texts, one of them the word over a signature or the line of place and date."""
    filled = sheet.filled(row)
    if not filled or len(filled) > 4:
        return False
    texts = [header_text(sheet, row, column) for column in filled]
    return all(texts) and any(words.is_signature(text) or _PLACE_AND_DATE.fullmatch(text) for text in texts)


def harvest(
    sheet: ForeignSheet, header: Header, columns: Sequence[Column], words: Vocabulary, first_index: int, end: int
) -> Harvest:
    """Read the rows below a header down to ``end``; ``first_index`` is the place in the form of the first one taken."""
    return _Harvester(sheet, header, columns, words, first_index, end).harvest()


class _Harvester:
    def __init__(
        self,
        sheet: ForeignSheet,
        header: Header,
        columns: Sequence[Column],
        words: Vocabulary,
        first_index: int,
        end: int,
    ) -> None:
        self._sheet, self._header, self._words, self._end = sheet, header, words, end
        self._columns = {column.number: column for column in columns}
        self._by_field: dict[str, list[Column]] = {}
        for column in sorted(columns, key=lambda c: (c.part, c.number)):
            for name in column.fields:
                self._by_field.setdefault(name, []).append(column)
        self._ordinal = next((c.number for c in columns if c.way is Way.ORDINAL), None)
        self._keys = {words.key(text) for text in (*header.whole.values(), *header.own.values())} - {""}
        self._first_index = first_index
        self._heading = ""
        self._out = Harvest()

    def harvest(self) -> Harvest:
        out = self._out
        for row in range(self._header.last_row + 1, self._end + 1):
            filled = self._sheet.filled(row)
            if not filled or (filled == [self._ordinal] and self._is_numbered(row)):
                continue  # numbered beforehand, and never filled
            why = self._no_initiative(row, filled)
            if why is None and (base := self._base_of_merged(row)) is not None:
                self._add_line(row, filled, base)
            elif why is None:
                self._take(row, filled)
            else:
                if why is Left.HEADING:
                    self._heading = next((t for c in reversed(filled) if (t := header_text(self._sheet, row, c))), "")
                self._leave(row, filled, why)
        out.last_row = self._end
        return out

    def _index(self) -> int:
        return self._first_index + len(self._out.rows) - 1

    def _leave(self, row: int, filled: Sequence[int], why: Left) -> None:
        for column in filled:
            self._out.left.append(self._left(row, column, why))

    def _left(self, row: int, column: int, why: Left, index: int | None = None) -> LeftCell:
        header = self._columns[column].header if column in self._columns else ""
        return left_cell(self._sheet, row, column, why, header, index)

    # What a row is.

    def _no_initiative(self, row: int, filled: Sequence[int]) -> Left | None:
        """Why a row is no initiative; None where it is one."""
        texts = {column: header_text(self._sheet, row, column) for column in filled}
        if sum(self._words.key(text) in self._keys for text in texts.values() if text) >= _HEADINGS:
            return Left.HEADER_AGAIN
        if row <= self._header.last_row + 2 and is_numbering(self._sheet, row):
            return Left.NUMBERING
        titled = any(self._has(row, name) and not self._is_total(row, name) for name in ("title", "registration_code"))
        if not titled and any(is_total_marker(text) for text in texts.values() if text):
            return Left.TOTAL
        apart = [column for column in filled if column != self._ordinal]
        if len(apart) <= 1 and not self._is_numbered(row) and not self._is_bare_title(row, apart):
            if self._base_of_merged(row) is not None:
                return None
            return Left.HEADING if texts.get(filled[-1]) else Left.NO_ROW
        return None if any(self._has(row, name) for name in _IDENTIFYING) else Left.NO_ROW

    def _is_bare_title(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a lone text is a title in a list that numbers no rows, and not a heading over several columns."""
        titles = {column.number for column in self._by_field.get("title", ())}
        if self._ordinal is not None or not titles.intersection(filled):
            return False
        merge = self._sheet.merge_at(row, filled[0])
        return merge is None or merge.first_column == merge.last_column

    def _is_numbered(self, row: int) -> bool:
        """Whether the ordinal of the row is a number: "1", not "I" or "A", which number headings."""
        if self._ordinal is None:
            return False
        value = self._sheet.value(row, self._ordinal)
        if isinstance(value, str):
            return _NUMBER.fullmatch(value.strip()) is not None
        return value is not None or (row, self._ordinal) in self._sheet.odd

    def _has(self, row: int, name: str) -> bool:
        return any(self._sheet.value(row, c.number) is not None for c in self._by_field.get(name, ()))

    def _is_total(self, row: int, name: str) -> bool:
        return any(is_total_marker(header_text(self._sheet, row, c.number)) for c in self._by_field.get(name, ()))

    def _base_of_merged(self, row: int) -> int | None:
        """The first row of the merged title that this row lies in, if another row is."""
        for column in self._by_field.get("title", ()):
            merge = self._sheet.merge_at(row, column.number)
            if merge is not None and merge.first_row < row and self._out.rows:
                return merge.first_row if self._out.rows[-1].row == merge.first_row else None
        return None

    # What a row says.

    def _add_line(self, row: int, filled: Sequence[int], base: int) -> None:
        """A further line of an initiative: its author is a co-author, the rest is left over beside it."""
        taken = self._out.rows[-1]
        assert taken.row == base
        authors = [c.number for c in self._by_field.get("lead_author", ())]
        name = " ".join(t for c in authors if (t := header_text(self._sheet, row, c)))
        if name:
            before = taken.values.get("co_authors")
            taken.values["co_authors"] = f"{before}; {name}" if before else name
            self._out.co_author_lines += 1
        for column in filled:
            self._out.left.append(self._left(row, column, Left.MERGED_ROW, self._index()))

    def _take(self, row: int, filled: Sequence[int]) -> None:
        taken = TakenRow(self._sheet.title, row, {}, unit_text=self._heading)
        self._out.rows.append(taken)
        index = self._index()
        for name in self._by_field:
            self._take_field(taken, name, index)
        unused = [n for n in filled if n not in self._columns or self._columns[n].way is Way.UNUSED]
        for column in unused:
            self._out.left.append(self._left(row, column, Left.COLUMN, index))

    def _take_field(self, taken: TakenRow, name: str, index: int) -> None:
        columns = self._by_field[name]
        if columns[0].way is Way.ORDINAL:
            return
        if columns[0].way is Way.JOINED:
            self._take_joined(taken, name, columns, index)
        elif columns[0].way is Way.UNIT:
            text = as_shown(self._cell(taken.row, columns[0], index, Kind.TEXT)).strip()
            if name == "unit_code":
                taken.unit_code = text
            else:
                taken.unit_text = text or taken.unit_text
        elif name == columns[0].fields[0]:
            self._take_column(taken, columns[0], index)

    def _take_joined(self, taken: TakenRow, name: str, columns: Sequence[Column], index: int) -> None:
        texts = [as_shown(self._cell(taken.row, c, index, ROW_FIELD[name].kind)).strip() for c in columns]
        joined = self._words.words.joined[name].separator.join(text for text in texts if text)
        if joined:
            taken.values[name] = joined

    def _take_column(self, taken: TakenRow, column: Column, index: int) -> None:
        kind = ROW_FIELD[column.fields[0]].kind
        value = self._cell(taken.row, column, index, kind)
        if value is None:
            return
        put = {Way.SCALED: self._scaled, Way.DECISION: self._decision, Way.AUTHORS: self._authors,
               Way.AUTHOR_AND_PLACE: self._author_and_place}.get(column.way)  # fmt: skip
        read = put(value, column) if put is not None else {column.fields[0]: value}
        if read is None:
            why = Left.UNCLEAR_AMOUNT if column.way is Way.SCALED else Left.UNCLEAR_DATE
            self._out.left.append(self._left(taken.row, column.number, why, index))
            return
        taken.values.update(read)
        if put is not None and read != {column.fields[0]: value}:
            self._out.left.append(self._left(taken.row, column.number, Left.ORIGINAL, index))

    def _scaled(self, value: FormValue, column: Column) -> dict[str, FormValue] | None:
        amount = content.scaled(value, column.scale)
        return None if amount is None else {column.fields[0]: amount}

    def _decision(self, value: FormValue, column: Column) -> dict[str, FormValue] | None:
        if isinstance(value, date):
            return {column.fields[0]: value}
        read = content.date_inside(value) if isinstance(value, str) else None
        return None if read is None else {column.fields[0]: read.day}

    def _authors(self, value: FormValue, column: Column) -> dict[str, FormValue]:
        names = content.authors(str(value))
        if len(names) < 2 or "co_authors" not in column.fields:
            return {column.fields[0]: value}
        return {"lead_author": names[0], "co_authors": "; ".join(names[1:])}

    def _author_and_place(self, value: FormValue, column: Column) -> dict[str, FormValue]:
        name, place = content.author_and_place(str(value))
        if place is None or "position" not in column.fields:
            return {column.fields[0]: value}
        return {"lead_author": name, "position": place}

    def _cell(self, row: int, column: Column, index: int, kind: Kind) -> FormValue | None:
        """A cell's value as it may stand in the form, what cannot be left over beside it; None for nothing."""
        sheet, at = self._sheet, self._place(row, column.number, kind)
        odd, value = sheet.odd.get(at), sheet.value(*at)
        if odd is not None and (odd.error is not None or odd.uncached):
            self._out.left.append(self._left(*at, Left.ERROR if odd.error is not None else Left.UNCACHED, index))
            return None
        if odd is not None and odd.formula is not None and kind is Kind.AMOUNT and plain_result(odd.formula) != value:
            self._out.left.append(self._left(*at, Left.FORMULA, index))
            return None
        written = for_form(value)
        if odd is not None and odd.font is not None and value != sheet.stored(*at):
            self._out.legacy_cells += 1
            self._out.left.append(self._left(*at, Left.ORIGINAL, index))
        elif written != value:
            self._out.left.append(self._left(*at, Left.ORIGINAL, index))
        return written

    def _place(self, row: int, column: int, kind: Kind) -> tuple[int, int]:
        """The cell that shows in this row: one merged over rows shows in each, but an amount is only said once."""
        merge = self._sheet.merge_at(row, column)
        if merge is None or merge.first_row == row or kind not in _FILLED_DOWN:
            return row, column
        if merge.first_column != column or merge.first_row <= self._header.last_row:
            return row, column
        if column in self._sheet.filled(row):
            return row, column  # hidden below the merged cell, as programs may leave it
        self._out.filled_down += 1
        return merge.first_row, column
