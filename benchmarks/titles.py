"""Titles as many units would give them, and near-duplicates planted among them, for measuring what is found."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from addin.demo.domains import DOMAINS
from validation.text.keys import fold_without_marks

_ENDINGS = (
    "tại Công ty TNHH {}", "ở xã {}", "cho đoàn viên phường {}", "của tổ {}", "năm 2022", "trong mùa mưa",
    "phục vụ khách hàng {}", "theo tiêu chuẩn {}", "do công đoàn {} phát động", "phòng {}", "",
)  # fmt: skip
_SYLLABLES = (
    "an", "bình", "châu", "dung", "giang", "hà", "khánh", "lâm", "minh", "nam", "oanh", "phú", "quang", "sơn", "thanh",
    "uyên", "vinh", "xuân", "yên", "hoa", "long", "mỹ", "tiên", "tây",
)  # fmt: skip
_FILLERS = ("các", "mới", "việc", "cho", "và", "để")

Change = Callable[[str, random.Random], str]


def _typo(title: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(title) - 2)
    how = rng.randrange(3)
    if how == 0:
        return title[:at] + title[at + 1 :]
    if how == 1:
        return title[:at] + title[at + 1] + title[at] + title[at + 2 :]
    return title[:at] + rng.choice("abcdeghiklmnopqrstuvxy") + title[at + 1 :]


def _dropped(title: str, rng: random.Random) -> str:
    words = title.split()
    words.pop(rng.randrange(len(words)))
    return " ".join(words)


def _inserted(title: str, rng: random.Random) -> str:
    words = title.split()
    words.insert(rng.randrange(len(words)), rng.choice(_FILLERS))
    return " ".join(words)


def _replaced(title: str, rng: random.Random) -> str:
    words = title.split()
    words[rng.randrange(len(words))] = rng.choice(_SYLLABLES)
    return " ".join(words)


def _turned(title: str, rng: random.Random) -> str:
    words = title.split()
    at = rng.randrange(1, len(words) - 1)
    return " ".join(words[at:] + words[:at])


CHANGES: Mapping[str, Change] = {
    "no marks": lambda title, _: fold_without_marks(title),
    "capitals": lambda title, _: title.upper(),
    "a slip of the finger": _typo,
    "two slips": lambda title, rng: _typo(_typo(title, rng), rng),
    "a word left out": _dropped,
    "a word put in": _inserted,
    "two words put in": lambda title, rng: _inserted(_inserted(title, rng), rng),
    "a word replaced": _replaced,
    "parts changed round": _turned,
}
"""How the same title comes a second time."""


def planted_titles(rng: random.Random, count: int, of_each: int) -> tuple[list[str], Mapping[int, tuple[int, str]]]:
    """``count`` titles, then the changed copies; place of each copy → (place of its original, the change)."""
    titles = [_title(rng) for _ in range(count)]
    planted: dict[int, tuple[int, str]] = {}
    for name, change in CHANGES.items():
        for _ in range(of_each):
            original = rng.randrange(count)
            planted[len(titles)] = (original, name)
            titles.append(change(titles[original], rng))
    return titles, planted


def _title(rng: random.Random) -> str:
    domain = rng.choice(tuple(DOMAINS.values()))
    topic = rng.choice(domain.topics)
    title = rng.choice(topic.titles).format(
        o=rng.choice(topic.objects), p=rng.choice(domain.places), g=rng.choice(topic.goals)
    )
    if rng.random() < 0.5:
        title += f" và {rng.choice(topic.objects)}"
    name = " ".join(rng.choice(_SYLLABLES).title() for _ in range(2))
    return f"{title} {rng.choice(_ENDINGS).format(name)}".strip()
