"""The add-in with every declared button, built once: what the macros are is independent of which actions exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from addin.ribbon import GROUPS
from macros.build import addin, modules, texts
from macros.function_wrappers import Wrappers, function_wrappers
from macros.ovba import Module
from tests.macros.excel_double import WINDOWS, Book, Excel, Loaded


@pytest.fixture(scope="session")
def wrappers() -> Wrappers:
    """The wrappers of the product's functions."""
    return function_wrappers()


@pytest.fixture(scope="session")
def built_modules(wrappers: Wrappers) -> Sequence[Module]:
    """The modules that go into the add-in."""
    return modules(wrappers)


@pytest.fixture(scope="session")
def full_addin(wrappers: Wrappers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An add-in with every declared button."""
    file = tmp_path_factory.mktemp("addin") / "sangkien.xlam"
    file.write_bytes(addin(GROUPS, wrappers))
    return file


@pytest.fixture
def load(built_modules: Sequence[Module]) -> Callable[..., Loaded]:
    """Load the macros into an Excel with a workbook in front."""

    def loaded(book: Book | None = None, system: Mapping[str, object] = WINDOWS, **state: object) -> Loaded:
        return Loaded(built_modules, Excel(texts(), book=book, **state), system)  # type: ignore[arg-type]

    return loaded
