"""The task of reading and judging, as it travels to whoever reads."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from addin.merge.reading import ReadAndJudge, ReadForLedger, terms_of
from tests.end_to_end.small_campaign import Small, report
from validation.errors import Refusal


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def test_a_task_that_carries_its_terms_needs_no_campaign(small: Small) -> None:
    campaign = small.campaign
    by_folder = ReadForLedger(ReadAndJudge(str(campaign.folder), "an edition"))
    expected = by_folder(report("A", "SK-1"))
    travelled = pickle.dumps(ReadForLedger(ReadAndJudge(str(campaign.folder), "another", terms_of(campaign))))
    elsewhere = pickle.dumps(by_folder.for_elsewhere())
    shutil.rmtree(campaign.folder)
    for packed in (travelled, elsewhere):
        task = pickle.loads(packed)
        assert task(report("A", "SK-1")) == expected
        with pytest.raises(Refusal, match="own_unit"):
            task(report("TP", "SK-1"))


def test_terms_come_back_as_they_went(small: Small) -> None:
    terms = terms_of(small.campaign)
    back = pickle.loads(pickle.dumps(terms))
    assert (back.programme, tuple(back.tree), back.unit) == (terms.programme, tuple(terms.tree), terms.unit)
    assert pickle.loads(pickle.dumps(terms)) is back  # unpacked once
