"""The worksheet functions as ``addin.functions`` declares them, for LibreOffice's Add-In.

The words are those that Excel's function wizard shows; names and order of the arguments are the functions' own.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass

from macros.function_wrappers import FUNCTIONS, FaultyFunctions, function_wrappers

PREFIX = "SK_"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: its name, its help, and whether it may be left out."""

    name: str
    help: str
    optional: bool

    @property
    def identifier(self) -> str:
        """The name as UNO allows it: ``ngay_dang_ky`` is ``ngayDangKy``."""
        first, *others = self.name.split("_")
        return first + "".join(other.capitalize() for other in others)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its name in a worksheet, what it is for, its arguments in order."""

    name: str
    help: str
    arguments: tuple[Argument, ...]

    @property
    def method(self) -> str:
        """Its name in the interface: the service is ``SK``, so ``SK_HOTRO`` is ``SK.HOTRO`` to an older office."""
        return self.name.removeprefix(PREFIX)


def declared_functions(module_name: str = FUNCTIONS) -> tuple[Function, ...]:
    """The functions in the order of their names. Raises FaultyFunctions where words and code do not fit together."""
    module = importlib.import_module(module_name)
    return tuple(_function(module, *row) for row in sorted(map(tuple, function_wrappers(module_name).help)))


def _function(module: object, name: str, _category: str, help_text: str, *argument_helps: str) -> Function:
    signature = inspect.signature(getattr(module, name))
    if not name.startswith(PREFIX) or len(signature.parameters) != len(argument_helps):
        raise FaultyFunctions(f"{name}: {len(signature.parameters)} arguments, {len(argument_helps)} words of help")
    return Function(
        name,
        help_text,
        tuple(
            Argument(one.name, words, one.default is not inspect.Parameter.empty)
            for one, words in zip(signature.parameters.values(), argument_helps, strict=True)
        ),
    )
