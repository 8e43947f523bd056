"""What the tests let children do. In a module of its own: a child imports its task by name."""

import ctypes
import os
import time

from addin.intake.refusals import refuse


class PanicException(BaseException):
    """Stands for a panic: a BaseException, which ``except Exception`` lets through."""


def act(data: bytes) -> object:
    """Do what the file says."""
    word, _, rest = data.partition(b" ")
    match word:
        case b"die":
            os._exit(9)
        case b"crash":
            ctypes.string_at(0)
        case b"hang":
            time.sleep(60)
        case b"eat":
            return len(bytearray(8 << 30))
        case b"panic":
            raise PanicException("index out of bounds")
        case b"fail":
            raise ZeroDivisionError("by hand")
        case b"refuse":
            raise refuse("password")
        case b"print":
            print("a library that talks", flush=True)
            os.write(1, b"and one that talks past Python\n")
        case b"lambda":
            return lambda: None
        case b"big":
            return b"x" * 5_000_000
        case b"pid":
            return os.getpid()
    return rest.decode()


class Prepared:
    """A task that has something to do before its first file."""

    def __init__(self) -> None:
        self.times = 0

    def prepare(self) -> None:
        """Once in each child."""
        self.times += 1

    def __call__(self, _: bytes) -> int:
        """How often it was prepared."""
        return self.times
