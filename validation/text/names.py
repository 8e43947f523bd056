"""Names of several people in one cell: the co-authors. Source: DOMAIN, "Columns" (names separated by ``;``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from validation.text.forms import clean_text
from validation.text.keys import fold_without_marks

COMMA_SEPARATED_PEOPLE = "comma_separated_people"
NUMBERED_PEOPLE = "numbered_people"


@dataclass(frozen=True, slots=True)
class SplitPeople:
    """The names of a cell in its order, and how else than by ``;`` they were set apart."""

    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


_SEPARATORS = re.compile("[;；\n]")
_COMMA = re.compile(r"[,，](?![^();\n]*\))")  # not inside "(Phòng Kỹ thuật, Xí nghiệp 2)"
# Between words: "A và B", "A & B" (not "A và 2 người"); between letters: "A/B"; before a number: "1. A 2. B".
_JOINED = re.compile(
    r" +(?:và|Và|VÀ|&|\+) +(?![0-9])|(?<=[^\W\d])/(?=[^\W\d])|(?<=[^;；\n ]) +(?=[0-9]{1,2}[.)] ?[^\W\d])"
)
_MAY_JOIN = re.compile("[&+/0-9]")
_NUMBERING = re.compile(r"(?:\(?[0-9]{1,3} ?[.):/-] ?|[0-9]{1,3} +|[-–—•*+·▪●] ?)+")
_NOBODY = frozenset({"khong", "khong co", "ko", "ko co", "khong co ai"})
_LONGEST_NOBODY = 14  # characters, a full stop or two included


def split_people(text: str) -> SplitPeople:
    """The people named in a cell: set apart by ``;`` or line breaks, where there are none by commas (noted).

    "và", "&", "+", "/" and numbers within a line set people apart as well (noted): no name holds them.

    Numbering is taken off (noted). Items without a single letter and answers such as "không có" name nobody.
    """
    clean = clean_text(text).text
    notes = []
    # Where a ";" or a line break sets people apart, a comma stands inside a name: "Trần Văn B, tổ 3; Lê Thị C".
    if _SEPARATORS.search(clean) is None and _COMMA.search(clean):
        clean = _COMMA.sub(";", clean)
        notes.append(COMMA_SEPARATED_PEOPLE)
    if (_MAY_JOIN.search(clean) or " và " in clean.lower()) and _JOINED.search(clean):
        clean = _JOINED.sub(";", clean)
        if COMMA_SEPARATED_PEOPLE not in notes:
            notes.append(COMMA_SEPARATED_PEOPLE)
    names = []
    for item in _SEPARATORS.split(clean):
        name = item.strip()
        numbering = _NUMBERING.match(name)
        if numbering is not None:
            name = name[numbering.end() :].strip()
            if name and NUMBERED_PEOPLE not in notes:
                notes.append(NUMBERED_PEOPLE)
        if _names_somebody(name):
            names.append(name)
    return SplitPeople(tuple(names), tuple(notes))


def _names_somebody(name: str) -> bool:
    if not any(map(str.isalpha, name)):
        return False
    if name[0].isascii() and name[0].isalpha() and name[0] not in "kK":
        return True  # every answer that names nobody begins with a k
    return len(name) > _LONGEST_NOBODY or fold_without_marks(name).strip(" .") not in _NOBODY
