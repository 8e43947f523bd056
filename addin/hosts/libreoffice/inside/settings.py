"""What the bridge must know: which program to start, and how long to wait for it.

The settings are a JSON file in the user's own profile, because a script address carries no arguments and a profile is
what a test or an installer may write to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

FOLDER = "sangkien"
FILE_NAME = "bridge.json"


class SettingsError(Exception):
    """The settings file is missing or makes no sense."""


@dataclass(frozen=True)
class Settings:
    """How a child is started and how long the office waits for it; all times are in seconds.

    command        the program and its first arguments; what the button stands for is added behind them
    silence        the longest time between two requests: a child that computes longer is taken to hang
    total          the longest time for one button, however busy the child is
    ending         how long a child may take to end by itself before it is ended
    log            a file for what the child writes to standard error, replaced at every start
    show_failures  tell the person at the screen in a message box when a child failed
    orders         whether it is started by an order from outside, too, not by buttons alone
    """

    command: tuple[str, ...]
    silence: float = 120.0
    total: float = 1800.0
    ending: float = 5.0
    log: str | None = None
    show_failures: bool = True
    orders: bool = True


def read_settings(path: str) -> Settings:
    """Read the settings file; raise SettingsError where it is missing, not JSON, or has the wrong members."""
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib gains nothing here
            found = json.load(file)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    return settings_from(found)


def settings_from(found: dict[str, Any]) -> Settings:
    """Settings from the members of the JSON file; unknown members are refused, so that a slip is noticed."""
    known = {field.name for field in fields(Settings)}
    if not isinstance(found, dict) or set(found) - known:
        raise SettingsError("expected the members {}".format(", ".join(sorted(known))))
    command = found.get("command")
    if not isinstance(command, list) or not command or not all(isinstance(part, str) for part in command):
        raise SettingsError("command must be a list of texts, the program first")
    for name in ("silence", "total", "ending"):
        value = found.get(name, 1.0)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
            raise SettingsError(f"{name} must be a number of seconds above 0")
    return Settings(**{**found, "command": tuple(command)})
