"""The file of a workbook, written while the workbook is made: its parts are compressed in another thread, in their
order, and go to their place at once.

XlsxWriter by itself writes every part to a file of its own and packs those in the end. Here what it writes is packed
while it goes on writing, no more than a megabyte or two is held, and nothing lies anywhere else.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.packager import Packager  # type: ignore[import-untyped]

from workbook_templates.book import Workbook

LEVEL = 3
"""Of zlib: half the time of its usual 6, and the file is a fifth larger."""
_PIECE = 1 << 17
"""Characters handed over at once."""
_STEPS_AHEAD = 8
_INTERVAL = 0.0005
"""Seconds."""


class StreamedBook(Workbook):  # type: ignore[misc]
    """A workbook whose file is written part by part while it is closed; otherwise XlsxWriter's own."""

    def __init__(self, out: BinaryIO | str, options: dict[str, Any]) -> None:
        super().__init__(_Nowhere(), {**options, "in_memory": True})
        self._out = out

    def _store_workbook(self) -> None:
        with Package(self._out) as self._package:
            super()._store_workbook()

    def _get_packager(self) -> Packager:
        return _StreamingPackager(self._package)


class _Nowhere:
    """The file of XlsxWriter's own package, for which no part is left."""

    def write(self, data: bytes) -> int:
        """Take it for written."""
        return len(data)

    def flush(self) -> None:
        """Nothing is held."""


class _StreamingPackager(Packager):  # type: ignore[misc]
    """XlsxWriter's list of the parts, each written straight to the package."""

    def __init__(self, package: Package) -> None:
        super().__init__()
        self._package = package

    def _filename(self, xml_filename: str) -> Part:
        return self._package.part(xml_filename)


class Package:
    """A ZIP file while it is written. As a context it finishes the file; what goes wrong in the other thread is raised
    by a later step, at the latest by the end of the context. Raises OSError where the file cannot be written."""

    def __init__(self, out: BinaryIO | str) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL)
        self._worker = ThreadPoolExecutor(1, "sangkien-package")
        self._steps: deque[Future[None]] = deque()
        self._part: Part | None = None
        self._begun: tuple[str, IO[bytes]] | None = None  # the other thread's
        self._interval = sys.getswitchinterval()

    def __enter__(self) -> Self:
        # Python hands its lock over every 5 ms, and the other thread needs it for moments only, between two pieces.
        sys.setswitchinterval(_INTERVAL)
        return self

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        try:
            if problem is None:
                self._end_part()
                self._later(self._close)
                self._later(self._zip.close)
                while self._steps:
                    self._steps.popleft().result()
        finally:
            self._worker.shutdown(cancel_futures=True)
            sys.setswitchinterval(self._interval)
            for step in (self._close, self._zip.close):  # of a file that cannot be finished: what came first is raised
                with contextlib.suppress(OSError):
                    step()

    def part(self, name: str) -> Part:
        """The next part, to be written until the one after it is begun."""
        self._end_part()
        self._part = Part(lambda data: self._later(self._write, name, data))
        return self._part

    def _end_part(self) -> None:
        if self._part is not None:
            self._part.flush()
            self._part = None

    def _later(self, step: Callable[..., None], *arguments: str | bytes) -> None:
        """Have a step taken by the other thread, after those before it; waits where that one falls behind."""
        while len(self._steps) >= _STEPS_AHEAD or (self._steps and self._steps[0].done()):
            self._steps.popleft().result()
        self._steps.append(self._worker.submit(step, *arguments))

    def _write(self, name: str, data: bytes) -> None:
        """More of a part, which begins where the name is another."""
        if self._begun is None or self._begun[0] != name:
            self._close()
            self._begun = (name, self._zip.open(name, "w"))
        self._begun[1].write(data)

    def _close(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            begun[1].close()


class Part(io.StringIO):
    """A part as XlsxWriter writes it: many small texts, gathered until they are worth handing over."""

    def __init__(self, hand_over: Callable[[bytes], None]) -> None:
        super().__init__()
        self._hand_over = hand_over
        self._held: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        """More of the part."""
        self._held.append(text)
        self._length += len(text)
        if self._length >= _PIECE:
            self.flush()
        return len(text)

    def write_encoded(self, data: bytes) -> None:
        """More of the part, a large piece, in UTF-8."""
        if self._held:
            self.flush()
        self._hand_over(data)

    def flush(self) -> None:
        """Hand over what was gathered."""
        self._hand_over("".join(self._held).encode())
        self._held.clear()
        self._length = 0
