"""The program that a button starts: `python -m addin.hosts.libreoffice.child package.module:function [argument …]`.

It takes the two pipes for itself before anything else can write to them, makes the office the active xlwings engine,
and calls the function with the arguments. What the function prints goes to standard error, which the bridge keeps in a
log.
"""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO, cast

from .connection import Connection
from .engine import activate

EXIT_USAGE = 2


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output as the office's pipes; from here on `print` and grandchildren cannot disturb them."""
    replies = os.fdopen(os.dup(0), "rb")
    requests = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return cast(BinaryIO, replies), cast(BinaryIO, requests)


def entry_point(name: str) -> Callable[..., object]:
    """The function that `package.module:function` names; raises ValueError, ImportError or AttributeError."""
    module, separator, function = name.partition(":")
    if not separator:
        raise ValueError(f"expected package.module:function, not {name!r}")
    return cast(Callable[..., object], getattr(importlib.import_module(module), function))


def main(arguments: Sequence[str]) -> int:
    """Run one entry point against the office at the other end of the pipes."""
    if not arguments:
        sys.stderr.write("usage: child package.module:function [argument …]\n")
        return EXIT_USAGE
    connection = Connection(*pipes())
    try:
        activate(connection)
        entry_point(arguments[0])(*arguments[1:])
    finally:
        connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
