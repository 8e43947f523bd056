import gc

import pytest

from addin.merge.uncollected import uncollected


def test_the_collector_rests_and_works_again() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled(), "rests until the outermost is done"
    assert gc.isenabled()


def test_it_works_again_whatever_happens() -> None:
    @uncollected()
    def fails() -> None:
        assert not gc.isenabled()
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fails()
        assert gc.isenabled()
