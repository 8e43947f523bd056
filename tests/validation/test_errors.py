"""What crosses from the reading child to its parent arrives whole."""

import pickle

from validation.errors import Refusal, SangkienError
from validation.findings import Finding, Severity
from validation.programme import UnknownProgramme


def test_a_refusal_survives_pickling() -> None:
    refusal = pickle.loads(pickle.dumps(Refusal("unknown_unit", unit="A", cell="Bìa!C5")))
    assert (refusal.code, refusal.facts) == ("unknown_unit", {"unit": "A", "cell": "Bìa!C5"})


def test_a_refusal_may_have_a_fact_named_like_its_parts() -> None:
    assert pickle.loads(pickle.dumps(Refusal("x", facts=1))).facts == {"facts": 1}


def test_an_error_says_its_code_and_facts() -> None:
    error = UnknownProgramme(programme="x", known="y")
    assert isinstance(error, SangkienError)
    assert "unknown_programme" in str(error)
    assert "'x'" in str(error)


def test_a_finding_survives_pickling_with_and_without_facts() -> None:
    plain = Finding("a", Severity.ERROR)
    full = Finding("b", Severity.WARNING, "DS", 12, "K12", "title", "x", {"amount": 5}, "y")
    for finding in (plain, full):
        assert pickle.loads(pickle.dumps(finding)) == finding
