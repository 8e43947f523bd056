"""docs/engine.md lists every member that xlwings expects, as it is."""

from pathlib import Path

from addin.hosts.libreoffice.members import DIFFERENCES, DIFFERS, members, table

DOCUMENT = Path(__file__).parents[4] / "docs" / "engine.md"

BEGIN, END = "<!-- members: python -m addin.hosts.libreoffice.members -->\n", "<!-- end -->\n"


def test_the_document_lists_the_members_as_they_are() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == table()


def test_every_difference_is_about_a_member_that_is_there() -> None:
    assert {member.full_name for member in members() if member.status == DIFFERS} == set(DIFFERENCES)
