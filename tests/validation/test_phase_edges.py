"""The first and the last day of a phase belong to it, their neighbours outside do not; in every installed programme."""

from __future__ import annotations

from datetime import date

from validation.programme import load_programme, programme_ids


def test_the_days_around_each_phase_fall_the_same_way() -> None:
    for programme in map(load_programme, programme_ids()):
        for phase in programme.phases:
            assert programme.phase_of(phase.first) is phase
            assert programme.phase_of(phase.last) is phase
            assert programme.phase_of(date.fromordinal(phase.first.toordinal() - 1)) is not phase
            assert programme.phase_of(date.fromordinal(phase.last.toordinal() + 1)) is not phase
