"""What argparse itself says of a command line, in Vietnamese.

argparse looks every sentence of its own up through the module-level ``_`` and ``ngettext`` (in all of Python 3.11 to
3.13); a sentence that is not here stays English. Not among the messages: these are wanted at every start.
"""

from __future__ import annotations

import argparse
import gettext

_WORDS = {
    "usage: ": "cách dùng: ",
    "positional arguments": "tham số",
    "options": "tuỳ chọn",
    "show this help message and exit": "xem trang trợ giúp này",
    "argument %(argument_name)s: %(message)s": "tham số %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu %s",
    "one of the arguments %s is required": "cần một trong các tham số %s",
    "unrecognized arguments: %s": "không có tham số %s",
    "not allowed with argument %s": "không dùng cùng với %s",
    "ignored explicit argument %r": "tham số này không nhận giá trị %r",
    "expected one argument": "cần một giá trị đi sau",
    "expected at most one argument": "chỉ nhận một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị đi sau",
    "expected %s argument": "cần %s giá trị đi sau",
    "expected %s arguments": "cần %s giá trị đi sau",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s có thể là %(matches)s; xin gõ đủ",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không hợp lệ",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r; chọn trong %(choices)s",
}


def speak(language: str) -> None:
    """Let argparse speak ``vi`` or ``en``, for parsers that are made and used from now on."""
    vietnamese = language == "vi"

    def say(message: str) -> str:
        return _WORDS.get(message, message) if vietnamese else gettext.gettext(message)

    def say_number(singular: str, plural: str, number: int) -> str:
        return say(singular if number == 1 else plural)

    setattr(argparse, "_", say)  # noqa: B010 - no name that type checkers know
    setattr(argparse, "ngettext", say_number)  # noqa: B010
