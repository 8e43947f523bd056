"""Telling a totals row among the data. Source: DOMAIN, "What becomes of a row" and "Layout"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validation.text.keys import fold

_LONGEST = 80
# In NFD two marks stand between o and n.
_MAY_BE_TOTAL = re.compile(r"[\W_]*(?:[cC].{0,4}?[nN][gG]|[tT].{0,4}?(?:[nN][gG]|[aA][lL]))")
# Each word with its marks or with none at all: Công, Tống and Tông are names. In "tổng cộng" a wrong mark does no harm.
_TOTAL = re.compile(
    r"""
    [\W_]*
    (?: t[oổôố]ng\ ?c[oộôọ]ng | t[oổ]ng(?:\ s[oố])? | c[oộ]ng(?:\ d[oồ]n)? | total )
    (?: [\ :]* (?: trang | t[oờ] | giai\ [đd]o[aạ]n | g[đd] | [đd][oợ]t | th[aá]ng | qu[yý] | n[aă]m )
        (?: \ ? (?: [0-9]+(?:/[0-9]+)? | [ivx]+ | n[aà]y ) )? )?
    (?: [\ :]* (?: chung | to[aà]n\ b[oộ] | mang\ sang | chuy[eể]n\ (?:sang|trang)(?:\ trang)?(?:\ sau)? ) )?
    (?: [\ :]* (?: s[oố]\ )? (?: s[aá]ng\ ki[eế]n | ti[eề]n | kinh\ ph[ií] | h[oỗ]\ tr[oợ] ) )?
    (?: [\ :]* [0-9][0-9.,\ ]* (?: s[aá]ng\ ki[eế]n | sk | [đd][oồ]ng | đ | vn[đd] | d[oò]ng )? )?
    \ * (?: \( [^()]* \) )?
    [\W_]*
    """,
    re.VERBOSE,
)


def is_total_marker(text: str) -> bool:
    """Whether a cell says "totals row": Cộng, Tổng cộng, Tổng số, Cộng trang 1, with or without marks, and no more.

    Titles that merely begin so ("Tổng hợp dữ liệu …", "Cộng đồng học tập …") and names ("Nguyễn Công") are not.
    """
    if len(text) > _LONGEST or _MAY_BE_TOTAL.match(text) is None:
        return False
    return _TOTAL.fullmatch(fold(text)) is not None


def row_spans(numbers: Iterable[int], shown: int = 12) -> str:
    """Row numbers, ascending, as a person writes them: ``7, 9–12, 20``; the first spans where there are many."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    text = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans[:shown])
    return f"{text} …" if len(spans) > shown else text
