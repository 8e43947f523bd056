"""The engine that xlwings talks to: `activate(connection)` makes a live office the active one."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlwings as xw
from xlwings import base_classes

from .app import App
from .connection import Connection
from .missing import names_what_is_missing
from .values import CellError, plain

NAME = "libreoffice"


class Engine:
    """What xlwings calls an engine's implementation."""

    name = NAME
    type = "desktop"

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def apps(self) -> "Apps":
        """The one office at the other end."""
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """One value on its way out, made plain."""
        return plain(value)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]] | Any,
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """A block on its way in, with the user's options for dates, numbers, empty cells and errors."""

        def clean(value: Any) -> Any:
            kind = type(value)
            if kind is float:
                return value if number_builder is None else number_builder(value)
            if value is None or value == "":
                return empty_as
            if kind is dt.datetime:
                return datetime_builder(
                    year=value.year,
                    month=value.month,
                    day=value.day,
                    hour=value.hour,
                    minute=value.minute,
                    second=value.second,
                    microsecond=value.microsecond,
                    tzinfo=None,
                )
            if kind is CellError:
                return str(value) if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


@names_what_is_missing
class Apps(base_classes.Apps):
    """The offices that can be reached: the one that called us. A button cannot start another; see launch.py."""

    def __init__(self, engine: Engine) -> None:
        self._app = App(engine, engine.connection)

    def keys(self) -> list[int]:
        """The office's process number."""
        return [self._app.pid]

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: the office that called us is the user's."""

    def __iter__(self) -> Iterator[App]:
        yield self._app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid != self._app.pid:
            raise KeyError(f"no office with the process number {pid}")
        return self._app


def activate(connection: Connection) -> "xw.App":
    """Register a live office with xlwings, make it the active engine, and hand out its App."""
    engine = xw.main.Engine(impl=Engine(connection))
    others = [known for known in xw.engines if known.name != NAME]
    xw.engines.engines[:] = others
    xw.engines.add(engine)
    engine.activate()
    app = xw.apps.active
    assert app is not None
    return app
