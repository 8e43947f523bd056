"""Levels of unequal depth: a city comes to the same figures by the units' own files, by the consolidations of upper
unions, and by any mix of both."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.merge.overview import Overview
from addin.merge.projection import prove
from addin.merge.verify import recompute
from tests.end_to_end.levels import (
    CITY,
    PLAN,
    InMemory,
    Organisation,
    Send,
    as_workbook,
    by_hand,
    consolidations,
    organisations,
)
from validation.submission import Outcome


def city_of(organisation: Organisation) -> InMemory:
    return InMemory(organisation.tree, CITY)


def from_originals(organisation: Organisation) -> InMemory:
    city = city_of(organisation)
    for paper in organisation.papers:
        city.take(paper.raw, paper.sha256)
    assert city.refused == []
    return city


def amounts_to(overview: Overview) -> dict[str, Any]:
    """Every figure of every unit and phase, and where each accepted row first stood."""
    rows = sorted((one.row.unit_code, one.origin.sha256, one.origin.row) for one in overview.rows(Outcome.ACCEPTED))
    figures = {
        key: (u.tally.registered, u.tally.approved, u.tally.counted, u.tally.upper_support, u.tally.base_support,
              u.member_authors, u.authors, u.members, u.workers)
        for key, u in overview.units.items()
    }  # fmt: skip
    return {"rows": rows, "units": figures, "missing": sorted(unit.code for unit in overview.missing())}


def assert_same(organisation: Organisation, send: Send, random: Random) -> None:
    expected = amounts_to(from_originals(organisation).overview())
    sent = list(consolidations(organisation, send).values())
    mail = [(raw, sha) for to, raw, sha in sent if to == CITY]
    direct = [(p.raw, p.sha256) for p in organisation.papers if organisation.carrier(p.unit, p.day) == CITY]
    others = [(p.raw, p.sha256) for p in organisation.papers if organisation.carrier(p.unit, p.day) != CITY]
    nested = [(raw, sha) for to, raw, sha in sent if to != CITY]
    some = [one for one in [*others, *nested] if random.random() < 0.5]
    for arrived in ([*mail, *direct], [*mail, *direct, *some], [*mail, *direct, *others, *nested]):
        random.shuffle(arrived)
        city = city_of(organisation)
        for raw, sha in arrived:
            city.take(raw, sha)
        assert city.refused == []
        overview = city.overview()
        assert amounts_to(overview) == expected
        counts = prove(overview)
        again = recompute(city.reports(), PLAN)
        assert again.counts == counts
        assert sorted(again.accepted) == expected["rows"]


@settings(max_examples=150)
@given(organisations(), st.randoms(use_true_random=False))
def test_consolidations_come_to_the_same_as_the_units_own_files(organisation: Organisation, random: Random) -> None:
    assert_same(organisation, by_hand, random)


@settings(max_examples=8)
@given(organisations(), st.randoms(use_true_random=False))
def test_so_do_consolidations_that_were_written_and_read(organisation: Organisation, random: Random) -> None:
    assert_same(organisation, as_workbook, random)
