"""Members that this engine lacks say so by name, instead of xlwings' bare NotImplementedError."""

from types import ModuleType
from typing import Any, NoReturn, TypeVar

from xlwings import base_classes

from .failures import UnsupportedError

T = TypeVar("T")

LITE_ONLY = ("get_async_pipeline_overrides",)
"""Members that only xlwings Lite, which runs in a browser, has a use for."""

MISSING: dict[str, list[str]] = {}
"""By class, the members that this engine lacks."""


def lacking(name: str) -> NoReturn:
    """Raise for a member that the engine lacks; the error is a NotImplementedError."""
    raise UnsupportedError(f"{name} is not available in LibreOffice")


def names_what_is_missing(engine_class: type[T]) -> type[T]:
    """Class decorator: every member of xlwings' base class that is not overridden raises with its own name."""
    MISSING[engine_class.__name__] = missing_members(engine_class)
    for name in MISSING[engine_class.__name__]:
        full_name = f"{engine_class.__name__}.{name}"
        setattr(engine_class, name, _member(full_name, base_member(engine_class, name)))
    return engine_class


def missing_members(engine_class: type) -> list[str]:
    """The members of xlwings' base classes that the class does not override and that do nothing by themselves."""
    return [
        name for name in base_members(engine_class) if _is_bare(base_member(engine_class, name), engine_class, name)
    ]


def base_members(engine_class: type) -> list[str]:
    """All members that xlwings expects of such a class, in xlwings' order; coroutines are for xlwings Lite only."""
    names: dict[str, None] = {}
    for parent in reversed(engine_class.__mro__):
        if parent.__module__ == base_classes.__name__:
            for name, member in vars(parent).items():
                public = not name.startswith("_") or name in (
                    "__call__",
                    "__len__",
                    "__iter__",
                    "__getitem__",
                    "__contains__",
                )
                if public and name not in LITE_ONLY and not _is_coroutine(member):
                    names[name] = None
    return list(names)


def names_expected(module: ModuleType) -> list[str]:
    """The names of the classes that a module defines itself and makes public."""
    return [
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__ and not name.startswith("_")
    ]


def base_member(engine_class: type, name: str) -> Any:
    """xlwings' own definition of a member."""
    for parent in engine_class.__mro__:
        if parent.__module__ == base_classes.__name__ and name in vars(parent):
            return vars(parent)[name]
    raise KeyError(name)


def _is_coroutine(member: Any) -> bool:
    code = getattr(getattr(member, "__func__", member), "__code__", None)
    return code is not None and bool(code.co_flags & 0x80)


def _is_bare(member: Any, engine_class: type, name: str) -> bool:
    if any(name in vars(cls) for cls in engine_class.__mro__ if cls.__module__ != base_classes.__name__):
        return False
    function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    code = getattr(function, "__code__", None)
    return code is not None and code.co_names[:1] == ("NotImplementedError",)


def _member(full_name: str, member: Any) -> Any:
    if isinstance(member, property):
        return property(lambda _self: lacking(full_name), lambda _self, _value: lacking(full_name), doc=full_name)

    def method(*_arguments: object, **_named: object) -> NoReturn:
        lacking(full_name)

    method.__name__ = full_name.rsplit(".", 1)[-1]
    method.__qualname__ = full_name
    return method
