"""What clerks do to a row. Each flaw changes what is typed, and says what must become of the row."""

# ruff: noqa: ARG001  - every flaw is called alike, and some leave nothing to chance
from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from addin.demo.campaign import Value
from addin.demo.entries import Entry
from validation.submission import LegacyFont, Outcome
from validation.text.legacy import to_unicode

Flaw = Callable[[Entry, Random], bool]
"""Applies itself to a clean entry; False where it cannot be applied, and then nothing was changed."""

_DATES = ("recognised_on", "applied_on", "registered_on", "approved_on")
_AMOUNTS = ("base_support", "benefit_value")
_TCVN3 = {to_unicode(chr(c), LegacyFont.TCVN3): chr(c) for c in range(0xA1, 0x100)}


def _reject(entry: Entry, code: str, *unreadable: str) -> bool:
    entry.fate = Outcome.REJECTED
    entry.findings.add(code)
    for name in unreadable:
        entry.meant.pop(name, None)
    return True


def text_dates(entry: Entry, rng: Random) -> bool:
    """Every date of the row is typed as text, day first."""
    style = rng.choice(("{0:02d}/{1:02d}/{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0:02d}-{1:02d}-{2}"))
    for name in _DATES:
        day = entry.typed[name]
        if isinstance(day, date):
            entry.typed[name] = style.format(day.day, day.month, day.year)
    entry.findings.add("date_as_text")
    return True


def text_amounts(entry: Entry, rng: Random) -> bool:
    """Amounts typed with dots and the currency."""
    amounts = [name for name in _AMOUNTS if isinstance(entry.typed[name], int)]
    style = rng.choice(("{}đ", "{} đồng", "{} VNĐ", "{}"))
    for name in amounts:
        dotted = f"{entry.typed[name]:,}".replace(",", ".")
        entry.typed[name] = style.format(dotted)
        entry.findings.add("amount_as_text")
    return bool(amounts)


def decomposed(entry: Entry, rng: Random) -> bool:
    """Text from a Mac: the marks stand apart from their letters."""
    for name in ("lead_author", "title"):
        text = str(entry.typed[name])
        entry.typed[name] = unicodedata.normalize("NFD", text)
    entry.findings.add("not_nfc")
    return True


def stray_spaces(entry: Entry, rng: Random) -> bool:
    """Spaces before, behind and doubled, one of them unbreakable."""
    entry.typed["lead_author"] = f" {str(entry.typed['lead_author']).replace(' ', '  ', 1)} "
    entry.typed["title"] = str(entry.typed["title"]).replace(" ", "\u00a0", 1)
    entry.findings.add("stray_spaces")
    return True


def invisible_in_code(entry: Entry, rng: Random) -> bool:
    """A zero-width space came along with the code from the web page."""
    if not entry.typed["registration_code"]:
        return False
    entry.typed["registration_code"] = f"{entry.typed['registration_code']}\u200b"
    entry.findings.add("invisible_characters")
    return True


def legacy_font(entry: Entry, rng: Random) -> bool:
    """Typed with a TCVN3 keyboard in the font .VnTime, wherever that can write the text."""
    for name in ("lead_author", "position", "co_authors", "title", "effect"):
        text = entry.typed[name]
        if not isinstance(text, str) or text.isascii():
            continue
        shown = "".join(_TCVN3.get(letter, letter) for letter in text)
        if to_unicode(shown, LegacyFont.TCVN3) == text:
            entry.typed[name] = shown
            entry.legacy.add(name)
    if entry.legacy:
        entry.findings.add("legacy_font")
    return bool(entry.legacy)


def untidy_choices(entry: Entry, rng: Random) -> bool:
    """List values in another case."""
    entry.typed["status"] = str(entry.typed["status"]).upper()
    entry.typed["solution_kind"] = str(entry.typed["solution_kind"]).lower()
    entry.findings.add("choice_untidy")
    return True


def people_with_commas(entry: Entry, rng: Random) -> bool:
    """Co-authors set apart by commas."""
    people = entry.typed["co_authors"]
    if not isinstance(people, str) or ";" not in people:
        return False
    entry.typed["co_authors"] = people.replace(";", ",")
    entry.findings.add("people_separator")
    return True


def lost_zeros(entry: Entry, rng: Random) -> bool:
    """The member number became a number."""
    number = entry.typed["member_number"]
    if not isinstance(number, str):
        return False
    entry.typed["member_number"] = int(number)
    entry.meant["member_number"] = str(int(number))
    entry.findings.add("number_in_text")
    return True


def before_portal(entry: Entry, rng: Random) -> bool:
    """Registered, it says, before the portal was open."""
    if not isinstance(entry.typed["registered_on"], date):
        return False
    entry.put("registered_on", date(2021, 12, rng.randint(1, 30)))
    entry.findings.add("registered_before_portal")
    return True


def swapped_date(entry: Entry, rng: Random) -> bool:
    """Day and month exchanged by US settings: a day in the months after every report."""
    day = entry.typed["recognised_on"]
    if not isinstance(day, date) or day.year != 2023 or day.day not in (10, 11, 12):
        return False
    entry.put("recognised_on", date(day.year, day.day, day.month))
    entry.findings |= {"maybe_swapped_date", "date_after_report"}
    return True


def thousandth(entry: Entry, rng: Random) -> bool:
    """200.000 under US settings."""
    base = entry.typed["base_support"]
    if not isinstance(base, int) or base < 1000:
        return False
    entry.put("base_support", base // 1000)
    entry.findings.add("suspiciously_small_amount")
    return True


def over_cap(entry: Entry, rng: Random) -> bool:
    """More than the grassroots union may spend."""
    if entry.meant["approved_on"] is None:
        return False
    entry.put("base_support", rng.choice((250_000, 300_000, 300_000, 500_000)))
    return _reject(entry, "base_over_cap")


def missing_field(entry: Entry, rng: Random) -> bool:
    """Something required was forgotten."""
    name = rng.choice(("effect", "solution_kind", "applied_on", "recognised_on", "lead_author", "ip_protected"))
    entry.put(name, None)
    return _reject(entry, "missing_required")


def wrong_choice(entry: Entry, rng: Random) -> bool:
    """A value that is in no list."""
    name, value = rng.choice(
        (("solution_kind", "Sáng kiến cải tiến"), ("activity_field", "Khác"), ("is_member", "x"), ("status", "Đã nộp"))
    )
    entry.typed[name] = value
    return _reject(entry, "unknown_choice", name)


def near_choice(entry: Entry, rng: Random) -> bool:
    """A value that nearly is in its list."""
    name, value = rng.choice(
        (
            ("solution_kind", "Giải pháp kĩ thuật"),
            ("solution_kind", "Giải pháp quản lí"),
            ("status", "Đang xét"),
            ("is_member", "co"),
            ("activity_field", "Sản xuất kinh doanh"),
        )
    )
    entry.typed[name] = value
    return _reject(entry, "unknown_choice", name)


def approved_first(entry: Entry, rng: Random) -> bool:
    """Approved before it was registered."""
    registered = entry.meant["registered_on"]
    if entry.meant["approved_on"] is None or not isinstance(registered, date):
        return False
    before = [registered - timedelta(days=days) for days in range(2, 20)]
    # A day up to the 12th might be taken for a swapped one.
    entry.put("approved_on", rng.choice([day for day in before if day.day > 12]))
    return _reject(entry, "approved_before_registered")


def no_approval_day(entry: Entry, rng: Random) -> bool:
    """Approved, and nobody wrote when."""
    if entry.meant["approved_on"] is None:
        return False
    entry.put("approved_on", None)
    return _reject(entry, "missing_approval_date")


def outside_phases(entry: Entry, rng: Random) -> bool:
    """Registered before the programme began."""
    if entry.meant["registered_on"] is None:
        return False
    entry.put("registered_on", date(2021, 8, rng.randint(13, 28)))
    return _reject(entry, "registered_outside_phases")


def outside_window(entry: Entry, rng: Random) -> bool:
    """Applied long before the programme."""
    entry.put("applied_on", date(2021, rng.randint(1, 6), rng.randint(13, 28)))
    return _reject(entry, "applied_outside_window")


def no_date_at_all(entry: Entry, rng: Random) -> bool:
    """A day that is none."""
    entry.typed["recognised_on"] = rng.choice(("tháng 3/2022", "31/02/2022", "quý II năm 2022", "2022"))
    return _reject(entry, "unreadable_date", "recognised_on")


def amount_in_words(entry: Entry, rng: Random) -> bool:
    """An amount in words."""
    if entry.meant["approved_on"] is None:
        return False
    entry.typed["base_support"] = rng.choice(("hai trăm nghìn", "200k", "200/người"))
    return _reject(entry, "unreadable_amount", "base_support")


FLAWS: Mapping[str, Flaw] = {
    flaw.__name__: flaw
    for flaw in (
        text_dates, text_amounts, decomposed, stray_spaces, invisible_in_code, legacy_font, untidy_choices,
        people_with_commas, lost_zeros,
        before_portal, swapped_date, thousandth, over_cap, missing_field, wrong_choice, near_choice, approved_first,
        no_approval_day,
        outside_phases, outside_window, no_date_at_all, amount_in_words,
    )
}  # fmt: skip


def copy_of(entry: Entry) -> Entry:
    """The same row pasted once more: a duplicate."""
    findings = entry.findings | {"duplicate_code"}
    return Entry(dict(entry.meant), dict(entry.typed), Outcome.DUPLICATE, findings)


def blank_row() -> Entry:
    """A row in which nothing stands."""
    return Entry({}, {}, Outcome.BLANK)


def totals_row(entries: list[Entry], label: str) -> Entry:
    """A totals row that the clerk added, with the sum of the base support."""
    amounts = [entry.typed.get("base_support") for entry in entries]
    typed: dict[str, Value] = {"lead_author": label, "base_support": sum(a for a in amounts if isinstance(a, int))}
    return Entry({}, typed, Outcome.BLANK)
