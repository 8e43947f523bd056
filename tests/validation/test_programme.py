"""Programmes as data: DOMAIN's figures are in the default one, and a faulty file is refused with where and why."""

import tomllib
from copy import deepcopy
from dataclasses import FrozenInstanceError, asdict
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from pydantic import ValidationError

from validation import programme as module
from validation.messages import LANGUAGES, text
from validation.programme import (
    DEFAULT_PROGRAMME,
    BrokenProgramme,
    Programme,
    UnknownProgramme,
    load_programme,
    programme_from_toml,
    programme_ids,
)

FOLDER = resources.files("validation") / "programmes"
DEFAULT_TEXT = (FOLDER / f"{DEFAULT_PROGRAMME}.toml").read_text(encoding="utf-8")


def test_the_default_is_the_city_plan_of_january_2022(first_programme: Programme) -> None:
    assert first_programme.target == 45_000
    phases = [(p.number, p.first, p.last, p.target, p.portal_opened, p.portal_closed) for p in first_programme.phases]
    assert phases == [
        (1, date(2021, 9, 1), date(2022, 5, 31), 20_000, date(2022, 1, 8), date(2022, 5, 31)),
        (2, date(2022, 6, 1), date(2023, 9, 1), 25_000, date(2022, 6, 1), date(2023, 9, 1)),
    ]
    assert first_programme.target == sum(p.target for p in first_programme.phases)
    assert first_programme.participation.minimum == 0.15
    assert (first_programme.support.upper_amount, first_programme.support.base_cap) == (100_000, 200_000)
    window = first_programme.application_window
    assert (window.first, window.last) == (date(2021, 9, 1), date(2023, 9, 1))


def test_the_default_has_the_five_kinds_of_solution_and_the_fields_in_use(first_programme: Programme) -> None:
    assert first_programme.lists.solution_kind == (
        "Giải pháp kỹ thuật",
        "Giải pháp quản lý",
        "Giải pháp tác nghiệp",
        "Giải pháp ứng dụng tiến bộ kỹ thuật, công nghệ",
        "Đề tài nghiên cứu khoa học",
    )
    assert len(first_programme.lists.activity_field) == 5
    assert first_programme.choices("status") == ("Đang xem xét", "Hợp lệ", "Không hợp lệ")
    assert first_programme.choices("yes_no") == ("Có", "Không")


def test_the_default_reads_what_the_plan_leaves_open_as_domain_does(first_programme: Programme) -> None:
    assert asdict(first_programme.readings) == {
        "support_per": "initiative",
        "phase_date": "registered_on",
        "phase_needs_code": True,
        "base_support_on_top": True,
        "base_needs_approval": False,
        "non_members_eligible": True,
        "payer": "direct_superior",
        "counted_needs_approval": False,
        "counts_ip_protected": False,
        "cap_at_target": False,
    }


def test_there_is_a_second_programme_with_other_phases_and_amounts(first_programme: Programme) -> None:
    second = load_programme("vi-du-ba-giai-doan")
    assert len(second.phases) == 3
    assert second.support != first_programme.support
    assert second.lists != first_programme.lists


def test_every_installed_programme_is_named_by_its_file() -> None:
    assert programme_ids() == tuple(sorted(load_programme(name).id for name in programme_ids()))


def test_a_day_is_in_its_phase_and_a_day_of_none_is_in_none(programme: Programme) -> None:
    for phase in programme.phases:
        assert programme.phase_of(phase.first) is programme.phase_of(phase.last) is phase
        assert programme.phase(phase.number) is phase
    assert programme.phase_of(None) is None
    assert programme.phase_of(date.min) is programme.phase_of(date.max) is None
    with pytest.raises(KeyError):
        programme.phase(99)


def test_a_window_holds_its_end_days_and_nothing_that_is_no_day(programme: Programme) -> None:
    window = programme.application_window
    assert window.first in window
    assert window.last in window
    assert "2022-01-01" not in window
    assert None not in window


FAULTS = {
    "a target below zero": ("target = 45_000", "target = -1", "target: "),
    "an amount with a fraction": ("upper_amount = 100_000", "upper_amount = 100_000.5", "support, upper_amount: "),
    "an amount in quotes": ("base_cap = 200_000", 'base_cap = "200.000"', "support, base_cap: "),
    "a quota over one": ("minimum = 0.15", "minimum = 15", "participation, minimum: "),
    "a phase that overlaps": ("first = 2022-06-01", "first = 2022-05-31", "phase 2 does not follow phase 1"),
    "a phase numbered twice": ("number = 2", "number = 1", "phase 1 does not follow phase 1"),
    "a phase that ends before it begins": ("last = 2022-05-31", "last = 2020-05-31", "phases, 1: "),
    "a portal that closes before it opens": ("portal_closed = 2022-05-31", "portal_closed = 2022-01-01", "portal"),
    "a day that is none": ("first = 2022-06-01", "first = 2022-06-31", "line"),
    "an unknown reading": ("phase_needs_code = true", "phase_needs_luck = true", "readings, phase_needs_"),
    "a reading not built": ("cap_at_target = false", "cap_at_target = true", "readings, cap_at_target: "),
    "no phases": ("[[phases]]", "[[stages]]", "phases: "),
    "an id with spaces": ('id = "hai-phong', 'id = "hai phong', "id: "),
    "a list value twice": ("Giải pháp quản lý", "GIẢI PHÁP KỸ THUẬT", "solution_kind"),
    "two statuses alike": ("Không hợp lệ", "hợp  lệ", "status"),
    "no TOML": ("[support]", "[support", "line"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_and_says_where(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong, said = FAULTS[fault]
    assert right in DEFAULT_TEXT
    faulty = DEFAULT_TEXT.replace(right, wrong)
    with pytest.raises((ValidationError, tomllib.TOMLDecodeError)):
        programme_from_toml(faulty)
    (tmp_path / "hong.toml").write_text(faulty, encoding="utf-8")
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    with pytest.raises(BrokenProgramme) as broken:
        load_programme.__wrapped__("hong")
    assert said in str(broken.value.facts["problem"])
    for language in LANGUAGES:
        message = text("error", broken.value.code, language, **broken.value.facts)
        assert "hong" in message
        assert said in message
        assert "\n" not in message


def test_an_unknown_programme_names_those_that_are_known() -> None:
    with pytest.raises(UnknownProgramme) as unknown:
        load_programme("../etc/passwd")
    assert unknown.value.code == "unknown_programme"
    assert DEFAULT_PROGRAMME in str(unknown.value.facts["known"])


def test_a_programme_cannot_be_changed(programme: Programme) -> None:
    with pytest.raises(FrozenInstanceError):
        programme.target = 0  # type: ignore[misc]
    assert hash(programme) == hash(deepcopy(programme))
