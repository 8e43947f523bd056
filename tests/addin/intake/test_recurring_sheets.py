"""A sheet that recurs is read once, unless what it points to has changed."""

from addin.intake import recurring
from addin.intake.reader import read_workbook
from addin.intake.recurring_sheets import RecurringSheets, strings_used
from tests.addin.intake.workbooks import edited, form, initiative
from validation.errors import Refusal

HEAD = b'<?xml version="1.0"?>\n<sst xmlns="x" count="9" uniqueCount="%d">'
SHEET = b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="3"><v>7</v></c><c r="C1" s="3" t="s"><v>0</v></c></row>'


def strings(*texts: str) -> bytes:
    return HEAD % len(texts) + b"".join(f"<si><t>{text}</t></si>".encode() for text in texts) + b"</sst>"


def test_strings_are_used_as_far_as_the_sheet_points() -> None:
    assert strings_used(SHEET, strings("a", "b", "c")) == b"<si><t>a</t></si><si><t>b</t></si>"
    assert strings_used(b'<c r="A1"><v>3</v></c>', None) == b""


def test_what_is_not_plain_is_not_remembered() -> None:
    rich = strings("a", "b").replace(b"<t>a</t>", b"<r><t>a</t></r>")
    hidden = strings("a", "b").replace(b"<si>", b"<!-- <si><t>x</t></si> --><si>", 1)
    for table in (rich, hidden, strings("a"), b"<si>", None):
        assert strings_used(SHEET, table) is None
    for cell in (b"<c r='A1' t='s'><v>0</v></c>", b'<c r="A1" t="s"><v> 0</v></c>', b'<c r="A1" t="s"/>'):
        assert strings_used(cell, strings("a", "b")) is None


def test_a_sheet_is_remembered_from_the_second_time_on_and_for_its_own_strings() -> None:
    known: RecurringSheets[str] = RecurringSheets(len)
    for _ in range(2):
        assert known.find("key", strings("a", "b", "c")) is None
        known.keep("key", SHEET, strings("a", "b", "c"), "found")
    assert known.find("key", strings("a", "b", "other", "more")) == "found"
    assert known.find("key", strings("a", "B", "c")) is None
    assert known.find("key", None) is None
    assert known.find("another key", strings("a", "b", "c")) is None


def test_what_is_remembered_is_bounded() -> None:
    known: RecurringSheets[str] = RecurringSheets(len)
    heavy = "x" * (recurring.LARGEST + 1)
    for number in range(recurring.MOST + 1):
        for _ in range(2):
            known.keep(number, b"", b"", "found" if number else heavy)
    assert known.find(0, b"") is None
    assert known.find(recurring.MOST, b"") == "found"
    assert len(known._known) == len(known._met) == recurring.MOST


def test_hidden_facts_are_those_of_each_file() -> None:
    ours = form([initiative()])
    changed = edited(ours, "xl/sharedStrings.xml", "hai-phong-2021-2023", "hai-phong-2031-2033")
    other = edited(ours, "xl/sharedStrings.xml", "<t>grassroots<", "<t>grass<")
    read: list[str] = []
    for data in (ours, ours, ours, changed, other, ours, changed):
        try:
            read.append(read_workbook(data).programme_id)
        except Refusal as refusal:
            read.append(refusal.code)
    first, second = "hai-phong-2021-2023", "hai-phong-2031-2033"
    assert read == [first, first, first, second, "not_our_form", first, second]
