"""From the campaign as it stands and the lists made so far to the lists that are to be made. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from addin.campaign.archive import safe_name
from addin.merge.overview import Overview
from addin.payments.reasons import Reasons
from addin.payments.store import ClosedList, PaymentItem, PaymentList, list_key
from validation import messages
from validation.payments import Account, Due, Entitled, Fund, due, entitlements, payer_of, payer_of_adjustment
from validation.submission import Outcome, Row
from validation.units import Level

FOLDER = "chi"
FILE_STEMS = {Fund.UPPER: "danh-sach-chi", Fund.BASE: "cdcs-tu-chi"}
"""What the names of the workbooks begin with."""
SIGN, BANK = "sign", "bank"
_NATIONAL = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"


@dataclass(frozen=True, slots=True)
class DraftList:
    """A list that is to be made, without number and file: its payer, whose workbook it goes into, its lines."""

    fund: Fund
    payer: str
    issuer: str
    items: tuple[PaymentItem, ...]

    @property
    def amount(self) -> int:
        """Sum of the lines, đồng."""
        return sum(item.amount for item in self.items)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is due to a unit whose payer, on that day, is not of this campaign. ``payer`` is None where unknown."""

    fund: Fund
    unit: str
    payer: str | None
    amount: int
    lines: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that a phase still lacks on a day: lists by fund and payer, and what others have to pay."""

    phase: int
    day: date
    lists: tuple[DraftList, ...]
    left_out: tuple[LeftOut, ...]

    def of(self, fund: Fund) -> tuple[DraftList, ...]:
        """The lists paid from one fund."""
        return tuple(one for one in self.lists if one.fund is fund)

    def total(self, fund: Fund) -> int:
        """What is still to be paid from a fund, đồng, what is taken back set off."""
        return sum(one.amount for one in self.of(fund))


def draft(overview: Overview, closed: Sequence[ClosedList], phase: int, day: date) -> Drafts:
    """The lists that would be made. ``closed`` is every list ever made, in order."""
    holding = [one for one in closed if one.void is None and one.record.phase == phase]
    rows = [sourced.row for sourced in overview.rows(Outcome.ACCEPTED)]
    entitled = {one.account: one for one in entitlements(rows, phase)}
    amounts = {account: one.amount for account, one in entitled.items()}
    dues = due(amounts, (posting for one in holding for posting in one.postings()))
    writer = _ItemWriter(overview, holding, entitled)
    lists: dict[tuple[Fund, str, str], list[PaymentItem]] = {}
    left: dict[tuple[Fund, str, str | None], list[Due]] = {}
    for one in sorted(dues, key=lambda one: (one.account.fund, one.account.unit, one.is_adjustment)):
        payer, issuer = _payer_and_issuer(overview, one, writer, day)
        if payer is None or issuer is None:
            left.setdefault((one.account.fund, one.account.unit, payer), []).append(one)
            continue
        items = lists.setdefault((one.account.fund, payer, issuer), [])
        items.append(writer.item(one, len(items) + 1))
    made = [DraftList(fund, payer, issuer, tuple(items)) for (fund, payer, issuer), items in lists.items()]
    made.sort(key=lambda one: (one.fund is not Fund.UPPER, one.issuer, one.payer))
    others = (
        LeftOut(fund, unit, payer, sum(one.amount for one in dues), len(dues))
        for (fund, unit, payer), dues in left.items()
    )
    return Drafts(phase, day, tuple(made), tuple(others))


def _payer_and_issuer(overview: Overview, one: Due, writer: _ItemWriter, day: date) -> tuple[str | None, str | None]:
    """Who pays, and the union of this campaign in whose workbook the list stands, None where there is none."""
    tree, account, own = overview.tree, one.account, overview.unit.code
    payer = payer_of(account.fund, account.unit, tree, day)
    first = writer.first_list(one)
    if first is not None:
        payer = payer_of_adjustment(account.fund, account.unit, first.record.payer, tree, day)
    issuer = payer
    if account.fund is Fund.BASE:
        superior = tree.superior(account.unit, day) if account.unit in tree else None
        issuer = superior.code if superior is not None else None
        if issuer is None and first is not None:
            issuer = first.record.issuer
    if payer is None or issuer is None or not (issuer == own or tree.is_below(issuer, own, day)):
        return payer, None
    return payer, issuer


class _ItemWriter:
    """Lines with all that is printed of them: of a row as it stands, or of the line that paid it first."""

    def __init__(self, overview: Overview, holding: Iterable[ClosedList], entitled: Mapping[Account, Entitled]) -> None:
        self._overview = overview
        self._entitled = entitled
        self._lists = {one.record.key: one for one in holding}
        self._printed = {
            posting.account: item
            for one in self._lists.values()
            for posting, item in zip(one.postings(), one.items, strict=True)
        }
        self._reasons = Reasons(overview)

    def first_list(self, one: Due) -> ClosedList | None:
        """The list that paid the account first."""
        return self._lists[one.first] if one.first is not None else None

    def item(self, one: Due, position: int) -> PaymentItem:
        entitled, first = self._entitled.get(one.account), self.first_list(one)
        row = entitled.row if entitled is not None else None
        if row is not None:
            item = self._of_row(row, one, position)
        else:
            before = self._printed[one.account]
            item = PaymentItem(
                position, before.unit, before.unit_name, before.identity, before.registration_code,
                before.lead_author, before.co_authors, before.workplace, before.title, one.amount,
            )  # fmt: skip
        if first is None:
            return item
        reference = messages.text("payment", "reference", number=first.record.label, day=first.record.day)
        return replace(item, refers=first.record.key, reference=reference, reason=self._reasons.of(one))

    def _of_row(self, row: Row, one: Due, position: int) -> PaymentItem:
        return PaymentItem(
            position=position,
            unit=row.unit_code,
            unit_name=unit_name(self._overview, row.unit_code, row.unit_name),
            identity=one.account.identity,
            registration_code=row.registration_code,
            lead_author=row.lead_author or "",
            co_authors="; ".join(row.co_authors),
            workplace=row.position or "",
            title=row.title or "",
            amount=one.amount,
        )


def unit_name(overview: Overview, code: str, otherwise: str | None = None) -> str:
    """A unit's name as the campaign knows it."""
    known = overview.tree.get(code)
    return known.name if known is not None else otherwise or code


def number_lists(
    overview: Overview, drafts: Drafts, closed: Sequence[ClosedList], *, layout: str, taken: Iterable[str],
    made_at: datetime, made_by: str,
) -> list[ClosedList]:  # fmt: skip
    """The drafts as lists with numbers and files. Numbers of void lists are not given again; ``taken`` are the names
    in ``chi`` that are in use."""
    numbers = _last_numbers(closed)
    seq = max((one.record.seq for one in closed), default=0)
    files = _Files(drafts, closed, taken)
    made = []
    for one in drafts.lists:
        key = (one.fund, one.payer, drafts.phase, drafts.day.year)
        numbers[key] = number = numbers.get(key, 0) + 1
        seq += 1
        made.append(
            ClosedList(
                PaymentList(
                    key=list_key(one.fund, one.payer, drafts.phase, drafts.day.year, number), seq=seq, fund=one.fund,
                    payer=one.payer, payer_name=_payer_name(overview, one),
                    superior_name=_superior_name(overview, one, drafts.day), level=_level(overview, one),
                    issuer=one.issuer, phase=drafts.phase, phase_name=overview.programme.phase(drafts.phase).name,
                    programme=overview.programme.name, place=overview.programme.place, year=drafts.day.year,
                    number=number, day=drafts.day, layout=layout, amount=one.amount, lines=len(one.items),
                    file=files.of(one), made_at=made_at.isoformat(timespec="seconds"), made_by=made_by,
                ),
                one.items,
            )
        )  # fmt: skip
    return made


def _last_numbers(closed: Iterable[ClosedList]) -> dict[tuple[Fund, str, int, int], int]:
    numbers: dict[tuple[Fund, str, int, int], int] = {}
    for one in closed:
        record = one.record
        key = (record.fund, record.payer, record.phase, record.year)
        numbers[key] = max(numbers.get(key, 0), record.number)
    return numbers


def _payer_name(overview: Overview, one: DraftList) -> str:
    return unit_name(overview, one.payer, one.items[0].unit_name if one.fund is Fund.BASE else None)


def _level(overview: Overview, one: DraftList) -> str:
    known = overview.tree.get(one.payer)
    return (known.level if known is not None else Level.GRASSROOTS).value


def _superior_name(overview: Overview, one: DraftList, day: date) -> str:
    """The union above the payer, as it stands over its name at the top of the paper."""
    superior = overview.tree.superior(one.payer, day) if one.payer in overview.tree else None
    if superior is not None:
        return superior.name
    return _NATIONAL if _level(overview, one) == Level.CITY.value else ""


class _Files:
    """One workbook for each issuer and fund, under a name that is free."""

    def __init__(self, drafts: Drafts, closed: Iterable[ClosedList], taken: Iterable[str]) -> None:
        self._drafts = drafts
        self._taken = {name.casefold() for name in taken}
        self._runs: dict[tuple[Fund, str], int] = {}
        for (fund, issuer), files in _files_by_issuer(closed, drafts).items():
            self._runs[fund, issuer] = len(files)
        self._named: dict[tuple[Fund, str], str] = {}

    def of(self, one: DraftList) -> str:
        key = (one.fund, one.issuer)
        if key not in self._named:
            run = self._runs.get(key, 0) + 1
            stem = f"{FILE_STEMS[one.fund]}_{one.issuer}_GD{self._drafts.phase}_{self._drafts.day.year}-{run:02}"
            safe = safe_name(f"{stem.replace('/', '_')}.xlsx").removesuffix(".xlsx")
            number, name = 1, f"{safe}.xlsx"
            while name.casefold() in self._taken:
                number += 1
                name = f"{safe}-{number}.xlsx"
            self._taken.add(name.casefold())
            self._named[key] = f"{FOLDER}/{name}"
        return self._named[key]


def _files_by_issuer(closed: Iterable[ClosedList], drafts: Drafts) -> dict[tuple[Fund, str], set[str]]:
    files: dict[tuple[Fund, str], set[str]] = {}
    for one in closed:
        record = one.record
        if record.phase == drafts.phase and record.year == drafts.day.year:
            files.setdefault((record.fund, record.issuer), set()).add(record.file)
    return files
