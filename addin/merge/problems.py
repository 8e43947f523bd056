"""What does not hold in a campaign, as a code with facts; the sentences are the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from validation import messages


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold; ``code`` is of the catalogue's table ``problem``."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: messages.Language = "vi") -> str:
        """What a person reads."""
        facts = dict(self.facts)
        figure = messages.catalogue(language)["figure"].get(facts.get("what"))
        if figure is not None:
            facts["what"] = figure
        return messages.text("problem", self.code, language, **facts)
