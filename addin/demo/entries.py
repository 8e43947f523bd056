"""The initiatives of one unit before anything is done to them: faultless rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from addin.demo.campaign import Value
from addin.demo.content import Domain
from addin.demo.domains import DOMAINS
from addin.demo.ideas import IdeaBook
from addin.demo.people import full_names
from addin.demo.units import DemoUnit
from validation.programme import Phase, Programme
from validation.submission import Outcome

_NOTES = (
    "Đạt giải Ba hội thi sáng tạo kỹ thuật cấp cơ sở", "Đã đề nghị tặng Bằng Lao động sáng tạo", "Bản giấy gửi kèm",
    "Sáng kiến của tổ", "Đã chi hỗ trợ đợt 1",
    "Chờ bổ sung quyết định công nhận", "Áp dụng toàn đơn vị",
)  # fmt: skip
_SUNDAY = 6


@dataclass(slots=True)
class Entry:
    """A row while it is being made; see ``DemoRow``. ``legacy`` are the fields typed in a TCVN3 font; ``reserved`` rows
    are left as they are."""

    meant: dict[str, Value]
    typed: dict[str, Value]
    fate: Outcome = Outcome.ACCEPTED
    findings: set[str] = field(default_factory=set)
    legacy: set[str] = field(default_factory=set)
    hidden: bool = False
    reserved: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing has been done to it yet, and something may be."""
        return self.fate is Outcome.ACCEPTED and not self.findings and not self.reserved

    def put(self, name: str, value: Value) -> None:
        """Type a value that is also meant."""
        self.typed[name] = value
        self.meant[name] = value


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    position: str
    is_member: bool
    number: str | None


@dataclass(frozen=True, slots=True)
class Habits:
    """How a unit fills the form: the base support that it pays, and whether it keeps member numbers, pays before the
    approval, and lists initiatives that are not registered yet or protected."""

    base: tuple[int | None, ...]
    numbers: bool
    pays_early: bool
    careless: bool


def habits(rng: Random) -> Habits:
    """The habits of a unit."""
    base = rng.choice(
        [(None,), (None,), (100_000,), (200_000,), (200_000,), (150_000, 100_000), (200_000, None), (50_000, None)]
    )
    return Habits(base, rng.random() < 0.75, rng.random() < 0.12, rng.random() < 0.3)


class EntryMaker:
    """Makes the faultless rows of units, with registration codes that are unique in the campaign."""

    def __init__(self, programme: Programme, rng: Random) -> None:
        self._programme = programme
        self._rng = rng
        self._ideas = IdeaBook(rng)
        self._codes: set[str] = set()

    def entries(self, unit: DemoUnit, manner: Habits, report_date: date) -> list[Entry]:
        """The rows of a unit's report of that day, in the order in which its clerk lists them."""
        domain = DOMAINS[unit.domain]
        staff = self._staff(unit, domain, manner)
        entries = [self._entry(unit, staff, manner, report_date) for _ in range(unit.rows)]
        if self._rng.random() < 0.7:
            entries.sort(key=_registered)
        return entries

    def new_code(self, day: date) -> str:
        """A code as the portal gives it: the year and a number that grows with the days."""
        opened = self._programme.phases[0].portal_opened
        while True:
            number = (day - opened).days * 137 + self._rng.randint(1, 136)
            code = f"SK-{day.year}-{number:06d}"
            if code not in self._codes:
                self._codes.add(code)
                return code

    def _staff(self, unit: DemoUnit, domain: Domain, manner: Habits) -> list[_Person]:
        rng = self._rng
        count = min(unit.workers, unit.rows + 4)
        numbers = rng.sample(range(1, unit.members * 3), count)
        unit_number = sum(map(ord, unit.code)) % 900 + 100
        people = []
        for name, number in zip(full_names(rng, count, women=domain.women), numbers, strict=True):
            position = rng.choice(domain.positions).format(n=rng.randint(2, 6))
            is_member = rng.random() < 0.94
            card = f"031{unit_number}{number:05d}" if manner.numbers and is_member else None
            people.append(_Person(name, position, is_member, card))
        return people

    def _entry(self, unit: DemoUnit, staff: list[_Person], manner: Habits, report_date: date) -> Entry:
        rng, programme = self._rng, self._programme
        idea = self._ideas.next(unit.domain)
        lead, *others = rng.sample(staff, 1 + rng.choices((0, 1, 2, 3), weights=(76, 13, 8, 3))[0])
        values: dict[str, Value] = {
            "lead_author": lead.name,
            "member_number": lead.number,
            "is_member": programme.answers.yes if lead.is_member else programme.answers.no,
            "position": lead.position,
            "co_authors": "; ".join(one.name for one in others) or None,
            "title": idea.title,
            "solution_kind": programme.lists.solution_kind[idea.solution],
            "activity_field": programme.lists.activity_field[idea.activity],
            "effect": idea.effect,
            "benefit_value": idea.benefit,
            "ip_protected": programme.answers.no,
            "note": rng.choice(_NOTES) if rng.random() < 0.05 else None,
        }
        values |= self._course(manner, report_date)
        entry = Entry(dict(values), dict(values))
        self._natural(entry, manner)
        return entry

    def _course(self, manner: Habits, report_date: date) -> dict[str, Value]:
        """Days, status and base support: recognised, registered, and on some day approved or refused."""
        rng, status = self._rng, self._programme.status
        first, second = self._programme.phases[:2]
        early = rng.random() < 0.44
        registered = self._registration_day(first if early else second, report_date)
        applied = registered - timedelta(days=rng.randint(20, 115))
        recognised = registered - timedelta(days=rng.randint(3, 19))
        shares = (70, 22, 8) if early else (60, 14, 26)
        state = rng.choices((status.approved, status.refused, status.under_review), weights=shares)[0]
        approved = _working_day(registered + timedelta(days=rng.randint(8, 45)))
        if state == status.approved and approved > report_date:
            state = status.under_review
        base = rng.choice(manner.base) if state == status.approved or manner.pays_early else None
        return {
            "registration_code": self.new_code(registered),
            "recognised_on": _working_day(recognised),
            "applied_on": _working_day(applied),
            "registered_on": registered,
            "status": state,
            "approved_on": approved if state == status.approved else None,
            "base_support": base,
        }

    def _registration_day(self, phase: Phase, report_date: date) -> date:
        """A day on which the portal was open; most come shortly before the phase ends."""
        last = min(phase.portal_closed, report_date - timedelta(days=2))
        days = (last - phase.portal_opened).days
        back = round(days * self._rng.random() ** 1.7)
        return _working_day(last - timedelta(days=back), not_before=phase.portal_opened)

    def _natural(self, entry: Entry, manner: Habits) -> None:
        """What is no fault and still worth a word: base support before approval, not registered yet, protected."""
        status = self._programme.status
        if entry.meant["base_support"] and entry.meant["status"] != status.approved:
            entry.findings.add("base_without_approval")
        if not manner.careless:
            return
        chance = self._rng.random()
        if chance < 0.04:
            for name in ("registration_code", "registered_on", "approved_on", "base_support"):
                entry.put(name, None)
            entry.put("status", status.under_review)
            entry.findings = {"not_registered"}
        elif chance < 0.06:
            entry.put("ip_protected", self._programme.answers.yes)
            entry.findings.add("ip_protected")


def _registered(entry: Entry) -> date:
    day = entry.meant["registered_on"]
    return day if isinstance(day, date) else date.max


def _working_day(day: date, not_before: date | None = None) -> date:
    """The day itself, or the Saturday before a Sunday; the Monday after it where ``not_before`` demands."""
    if day.weekday() != _SUNDAY:
        return day
    saturday = day - timedelta(days=1)
    return saturday if not_before is None or saturday >= not_before else day + timedelta(days=1)


def as_of(entry: Entry, day: date, programme: Programme) -> Entry | None:
    """The same row as it stood in a report of an earlier day; None where it was not registered yet."""
    registered, approved = entry.meant["registered_on"], entry.meant["approved_on"]
    if not isinstance(registered, date) or registered >= day:
        return None
    values = dict(entry.meant)
    if isinstance(approved, date) and approved > day:
        values |= {"status": programme.status.under_review, "approved_on": None, "base_support": None}
    return Entry(values, dict(values), findings=set(entry.findings))
