"""Cells as the XML of a sheet, a column at a time."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence

from addin.merge.master.cell_text import cell_text
from addin.merge.master.values import Formula, Linked, Value, written
from validation.text.amounts import LARGEST
from workbook_templates.book import Format

# What XML or Excel would read as something else.
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f&<>\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_SHORT = 16_000
_REMEMBERED = 5_000


class CellXml:
    """What follows the row's number in the cells of one column and format, up to the next cell's row number; values
    that come often are remembered. ``then`` is what stands after each cell."""

    def __init__(self, cell_format: Format, then: bytes) -> None:
        style = f'" s="{cell_format._get_xf_index()}"'
        after = then.decode()
        self._number, self._text = f"{style}><v>", f'{style} t="inlineStr">'
        self._after_number, self._after_text = f"</v></c>{after}", f"</c>{after}"
        self._blank = f"{style}/>{after}".encode()
        self._known: dict[Value, bytes] = {}

    def of(self, values: Sequence[Value]) -> list[bytes]:
        """The cells. Links are the sheet's matter: a ``Linked`` is its text."""
        with contextlib.suppress(KeyError):
            return list(map(self._known.__getitem__, values))
        kinds = set(map(type, values)) - {type(None)}
        if Linked in kinds:
            return self.of([value.text if isinstance(value, Linked) else value for value in values])
        different = set(values)
        if 2 * len(different) > len(values):
            if kinds == {int}:
                return self._of_numbers(values)
            if kinds == {str}:
                return self._of_texts(values)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        for value in different:
            if value not in self._known:
                self._known[value] = self._made(value)
        return list(map(self._known.__getitem__, values))

    def _of_numbers(self, numbers: Sequence[Value]) -> list[bytes]:
        """Whole numbers that are mostly different ones."""
        some = [number for number in numbers if isinstance(number, int)]
        if max(some) > LARGEST or min(some) < -LARGEST:
            return list(map(self._made, numbers))
        return self._around("\n".join(map(str, some)), self._number, self._after_number, numbers)

    def _of_texts(self, texts: Sequence[Value]) -> list[bytes]:
        """Texts that are mostly different ones: all are searched at once for what needs a closer look."""
        some = [text for text in texts if isinstance(text, str) and text]
        every = "\n".join(some)
        if not some or max(map(len, some)) > _SHORT or not _are_plain(some, every):
            return list(map(self._made, texts))
        return self._around(every, f"{self._text}<is><t>", f"</t></is>{self._after_text}", texts)

    def _around(self, every: str, start: str, end: str, values: Sequence[Value]) -> list[bytes]:
        """The cells of values that stand in XML as they are; ``every`` are all but the blank ones, one on a line."""
        glue = f"{end}\n{start}".encode()
        cells = b"%b%b%b" % (start.encode(), every.encode().replace(b"\n", glue), end.encode())
        made = cells.split(b"\n")
        if len(made) == len(values):
            return made
        following, blank = iter(made), self._blank
        return [blank if value is None or value == "" else next(following) for value in values]

    def _made(self, value: Value) -> bytes:
        """One cell."""
        if value is None or isinstance(value, Linked | Formula):
            return self._blank
        stored = written(value)
        if not isinstance(stored, str):
            return f"{self._number}{stored:.16G}{self._after_number}".encode()
        inline = _inline(stored)
        return f"{self._text}{inline}{self._after_text}".encode() if inline else self._blank


def _are_plain(texts: Sequence[str], every: str) -> bool:
    """Whether all stand in XML as they are, and keep their blanks: of one line, nothing at their edges. ``every`` are
    the same, one on a line."""
    return (
        "".join(texts).isprintable()
        and not ("&" in every or "<" in every or ">" in every or "_x" in every)
        and not ("\n " in every or " \n" in every or every.startswith(" ") or every.endswith(" "))
    )


def _inline(text: str) -> str:
    """The inline string element of a text, empty for a text of which nothing can be written."""
    if len(text) > _SHORT or "_x" in text or _SPECIAL.search(text):
        text = _ESCAPE.sub(r"_x005F\1", cell_text(text))
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<is><t{space}>{text}</t></is>" if text else ""
