"""Titles, kinds and effects of the demo's initiatives, composed from the word lists so that no two titles are alike."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from rapidfuzz import fuzz, process

from addin.demo.content import Activity, Domain, Solution, Topic
from addin.demo.domains import DOMAINS

_ALIKE = 84.0
"""Similarity (0-100) from which two titles of one trade would look like the same initiative."""
_MONEY_MILLIONS = (3, 5, 6, 8, 10, 12, 15, 18, 20, 24, 25, 30, 32, 36, 40, 45, 48, 50, 60, 65, 72, 80, 90, 110, 125)
_LARGE_MILLIONS = (150, 180, 210, 240, 320, 450)
_CLOSING = (
    "Đã phổ biến cho các tổ khác cùng làm.", "Cách làm đơn giản, dễ áp dụng.", "Chi phí đầu tư thấp.",
    "Hội đồng sáng kiến đánh giá loại khá.",
    "Có thể nhân rộng trong toàn đơn vị.", "Người lao động đồng tình ủng hộ.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Idea:
    """What the initiative is. ``benefit`` in đồng: the amount that ``effect`` names, or one of its own, or None."""

    title: str
    solution: Solution
    activity: Activity
    effect: str
    benefit: int | None


class IdeaBook:
    """Gives out ideas, each once in the campaign."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._unused: dict[str, list[tuple[Topic, str, str]]] = {}
        self._taken: dict[str, list[str]] = {name: [] for name in DOMAINS}
        for name, domain in DOMAINS.items():
            pairs = [(t, title, o) for t in domain.topics for title in t.titles for o in t.objects]
            rng.shuffle(pairs)
            self._unused[name] = pairs

    def next(self, domain_name: str) -> Idea:
        """An idea of the trade whose title resembles none given out before. Raises IndexError when all are used."""
        domain = DOMAINS[domain_name]
        taken = self._taken[domain_name]
        while True:
            topic, template, thing = self._unused[domain_name].pop()
            title = self._title(domain, topic, template, thing)
            if process.extractOne(title, taken, scorer=fuzz.ratio, score_cutoff=_ALIKE) is None:
                taken.append(title)
                effect, benefit = self._effect(topic)
                return Idea(title, topic.solution, topic.activity, effect, benefit)

    def _title(self, domain: Domain, topic: Topic, template: str, thing: str) -> str:
        title = template.format(o=thing, p=self._rng.choice(domain.places), g=self._rng.choice(topic.goals))
        return title[0].upper() + title[1:]

    def _effect(self, topic: Topic) -> tuple[str, int | None]:
        rng = self._rng
        template = rng.choice(topic.effects)
        millions = rng.choice(_LARGE_MILLIONS if rng.random() < 0.08 else _MONEY_MILLIONS)
        after = rng.randint(2, 25)
        days = rng.randint(1, 4)
        effect = template.format(
            pct=rng.choice((5, 7, 8, 10, 12, 15, 18, 20, 25, 30, 35)),
            t1=after + rng.randint(3, 30),
            t2=after,
            d1=days + rng.randint(1, 6),
            d2=days,
            n=rng.randint(2, 6),
            q=rng.choice((40, 60, 80, 120, 150, 200, 250, 300, 450, 600)),
            money=f"{millions} triệu đồng",
        )
        if rng.random() < 0.15:
            effect = f"{effect} {rng.choice(_CLOSING)}"
        if "{money}" in template:
            return effect, millions * 1_000_000
        own = topic.activity is Activity.PRODUCTION and rng.random() < 0.35
        return effect, rng.choice(_MONEY_MILLIONS) * 1_000_000 if own else None
