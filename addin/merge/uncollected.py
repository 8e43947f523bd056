"""Making very many objects that all stay, without the search for circles of dead ones."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest meanwhile; also a decorator.

    A city's rows, findings and cells are made by the hundred thousand, are kept, and stand in no circle; the collector
    would go through all of them again and again, for a fifth of the whole time (CPython up to 3.13).
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
