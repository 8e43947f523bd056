"""The workbook of one or more closed lists: a summary by unit, and a sheet to sign for each unit.

Drawn from what the ledger holds of the lists and nothing else, so that it can be printed again the same.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from addin.payments.drafting import BANK
from addin.payments.paper import SUMMARY_COLUMNS, Column, list_columns, sheet_names
from addin.payments.sheet import PaymentSheet, word
from addin.payments.store import ClosedList, PaymentItem
from validation.fields import Form
from validation.payments import Fund
from validation.units import Level
from workbook_templates.book import Workbook, cell_address, new_book
from workbook_templates.header_block import SIGNATURES
from workbook_templates.packing import repack
from workbook_templates.styles import Styles

_SIGNERS = {
    Level.CITY.value: SIGNATURES[Form.CITY],
    Level.UPPER.value: SIGNATURES[Form.UPPER],
    Level.GRASSROOTS.value: SIGNATURES[Form.GRASSROOTS],
}
_LONGEST_TITLE = 300
"""Characters of a title that are printed."""


@dataclass(frozen=True, slots=True)
class _UnitPart:
    """What one list says of one unit."""

    closed: ClosedList
    unit: str
    unit_name: str
    payments: tuple[PaymentItem, ...]
    adjustments: tuple[PaymentItem, ...]

    @property
    def paid(self) -> int:
        return sum(item.amount for item in self.payments)

    @property
    def adjusted(self) -> int:
        return sum(item.amount for item in self.adjustments)

    @property
    def amount(self) -> int:
        return self.paid + self.adjusted


def document_bytes(lists: Sequence[ClosedList]) -> bytes:
    """The .xlsx of the lists of one file: the same lists give the same bytes."""
    out = io.BytesIO()
    record = lists[0].record
    created = datetime.combine(record.day, time(8))
    book = new_book(out, title=word(_kind("title", record.fund)), created=created)
    styles = Styles(book)
    parts = [part for one in lists for part in _parts(one)]
    summary = word("summary_sheet")
    names = sheet_names([part.unit for part in parts], [summary])
    _write_summary(book, styles, summary, parts, names)
    for part, name in zip(parts, names, strict=True):
        _write_unit(book, styles, name, part)
    book.close()
    return repack(out.getvalue(), compress=True)


def _kind(key: str, fund: Fund) -> str:
    return f"{key}_{fund.value}"


def _parts(one: ClosedList) -> list[_UnitPart]:
    units: dict[str, list[PaymentItem]] = {}
    for item in one.items:
        units.setdefault(item.unit, []).append(item)
    return [
        _UnitPart(
            one,
            unit,
            items[0].unit_name,
            tuple(item for item in items if item.refers is None),
            tuple(item for item in items if item.refers is not None),
        )
        for unit, items in units.items()
    ]


# -- the summary -----------------------------------------------------------------------------------------------------


def _write_summary(book: Workbook, styles: Styles, name: str, parts: Sequence[_UnitPart], names: Sequence[str]) -> None:
    closed = parts[0].closed
    record, own_lists = closed.record, parts[0].closed.record.fund is Fund.BASE
    columns = tuple(Column("number", c.width) if own_lists and c.key == "sign" else c for c in SUMMARY_COLUMNS)
    sheet = PaymentSheet(book, styles, name, columns)
    if own_lists:
        sheet.head("", record.superior_name, "", record)
    else:
        sheet.head(record.superior_name, record.payer_name, f"Số: {record.label}", record)
    title = word("title_base_summary" if own_lists else "title_summary")
    about = word("programme", phase=record.phase_name, programme=record.programme)
    sheet.title(title, about, void=None if own_lists else closed.void)
    sheet.header(repeated=True)
    first = sheet.next_row
    figures = [_figures(part, own_lists=own_lists) for part in parts]
    for number, (part, target, amounts) in enumerate(zip(parts, names, figures, strict=True), 1):
        last = _own_number(part) if own_lists else ""
        sheet.line((number, part.unit, part.unit_name, *amounts, last), links={1: target}, at_least=2)
    tail = sheet.next_row
    totals = [sum(column) for column in zip(*figures, strict=True)]
    sums = {column: (f"=SUM({sheet.span(column, first, tail - 1)})", total) for column, total in enumerate(totals, 3)}
    sheet.sum_row(word("total"), sums)
    sheet.words(totals[-1])
    sheet.signatures(_SIGNERS[Level.UPPER.value] if own_lists else _SIGNERS.get(record.level, SIGNATURES[Form.UPPER]))
    sheet.finish(_file_title(parts) if own_lists else record.key, tail=tail)


def _figures(part: _UnitPart, *, own_lists: bool) -> tuple[int, int, int, int]:
    """Initiatives paid, their sum, adjustments, all; nothing of a void list that stands beside others that hold."""
    if own_lists and part.closed.void is not None:
        return (0, 0, 0, 0)
    return (len(part.payments), part.paid, part.adjusted, part.amount)


def _own_number(part: _UnitPart) -> str:
    label = part.closed.record.label
    return label if part.closed.void is None else word("void_number", number=label)


def _file_title(parts: Sequence[_UnitPart]) -> str:
    keys = [part.closed.record.key for part in parts]
    return keys[0] if len(keys) == 1 else f"{keys[0]} … {keys[-1]}"


# -- a unit's list ---------------------------------------------------------------------------------------------------


def _write_unit(book: Workbook, styles: Styles, name: str, part: _UnitPart) -> None:
    closed, record = part.closed, part.closed.record
    sheet = PaymentSheet(book, styles, name, list_columns(record.layout))
    sheet.head(record.superior_name, record.payer_name, f"Số: {record.label}", record)
    sheet.title(
        word(_kind("title", record.fund)),
        word("programme", phase=record.phase_name, programme=record.programme),
        word("unit_line", unit=part.unit_name, code=part.unit),
        void=closed.void,
    )
    sheet.header(repeated=True)
    tail = _write_two_sections(sheet, part) if part.adjustments else _write_payments(sheet, part, word("total"))
    sheet.words(part.amount)
    sheet.signatures(_SIGNERS.get(record.level, SIGNATURES[Form.UPPER]))
    sheet.finish(record.key if record.fund is Fund.BASE else f"{record.key} / {part.unit}", tail=tail)


def _write_payments(sheet: PaymentSheet, part: _UnitPart, label: str) -> int:
    """The payments and their sum; returns the row of the sum."""
    first = sheet.next_row
    for number, item in enumerate(part.payments, 1):
        sheet.line(_payment_line(item, number, part.closed.record.layout), at_least=2)
    span = sheet.span(sheet.amount_column, first, sheet.next_row - 1)
    return sheet.sum_row(label, {sheet.amount_column: (f"=SUM({span})", part.paid)})


def _write_two_sections(sheet: PaymentSheet, part: _UnitPart) -> int:
    """Payments, then what mends earlier lists, each with its sum; returns the row of the sum of both."""
    column = sheet.amount_column
    sheet.section(word("payments"))
    sums = []
    if part.payments:
        sums.append(_write_payments(sheet, part, word("subtotal", part="I")))
    else:
        sheet.section(word("no_payments"))
    sheet.section(word("adjustments"))
    sheet.header(repeated=False, instead={"workplace": "reference", "title": "title_reason"})
    first = sheet.next_row
    for number, item in enumerate(part.adjustments, 1):
        sheet.line(_adjustment_line(item, number, part.closed.record.layout), at_least=2)
    span = sheet.span(column, first, sheet.next_row - 1)
    sums.append(sheet.sum_row(word("subtotal", part="II"), {column: (f"=SUM({span})", part.adjusted)}))
    formula = "=" + "+".join(cell_address(row, column) for row in sums)
    return sheet.sum_row(word("total"), {column: (formula, part.amount)})


def _payment_line(item: PaymentItem, number: int, layout: str) -> tuple[str | int, ...]:
    # The unit stands above the table: here it is where in it the author is found.
    values = (
        number,
        _authors(item),
        item.workplace or item.unit_name,
        item.registration_code or "",
        _title(item),
        item.amount,
    )
    return (*values, *_receipt(item, layout))


def _adjustment_line(item: PaymentItem, number: int, layout: str) -> tuple[str | int, ...]:
    why = word("why", title=_title(item), reason=item.reason or "")
    values = (number, _authors(item), item.reference or "", item.registration_code or "", why, item.amount)
    return (*values, *_receipt(item, layout))


def _authors(item: PaymentItem) -> str:
    if not item.co_authors:
        return item.lead_author
    return f"{item.lead_author}\n{word('with_authors', names=item.co_authors)}"


def _receipt(item: PaymentItem, layout: str) -> tuple[str, ...]:
    """A place to sign; or bank and account to fill in, and the recipient as far as it is known."""
    return ("", "", item.lead_author) if layout == BANK else ("",)


def _title(item: PaymentItem) -> str:
    title = " ".join(item.title.split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
