"""Real hyperlinks from the master to the files beside it and to places in it, as Excel itself writes them."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsxwriter.url import Url, UrlTypes  # type: ignore[import-untyped]

LINKS_AT_MOST = 65_530
"""Excel's limit of links on one sheet."""
_LONGEST = 2_000
"""Excel takes 2,080 characters; some are lost to escapes."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_ESCAPED = re.compile(r'[%" <>\[\]^`{}#]')
_NO_TEXT = re.compile("[\x00-\x1f\ud800-\udfff]")


class _Link(Url):  # type: ignore[misc]
    """What XlsxWriter asks of a link, as given: it would take every address apart first, and not as Excel does."""

    def __init__(self, kind: UrlTypes, target: str, anchor: str) -> None:
        self._link_type = kind
        self._original_url = self._link = self._relationship_link = target
        self._anchor = anchor
        self._text = anchor
        self._tip = ""
        self._is_object_link = False
        self._rel_index = 0

    @property
    def anchor(self) -> str:
        """The place in the file, empty for none."""
        return str(self._anchor)


class FileLink(_Link):
    """A link to a file and, where given, a place in it.

    XlsxWriter would write backslashes, which LibreOffice does not follow elsewhere than on Windows, and takes a file
    name with ``%20`` in it for an escaped one; Excel writes and reads the form made by ``file_link``.
    """

    def __init__(self, target: str, anchor: str = "") -> None:
        super().__init__(UrlTypes.EXTERNAL, target, anchor)

    @property
    def target(self) -> str:
        """What the relationship says."""
        return str(self._relationship_link)


class PlaceLink(_Link):
    """A link to cells of the master itself, which are selected then."""

    def __init__(self, sheet: str, area: str) -> None:
        place = f"{_quoted(sheet)}!{area}"
        super().__init__(UrlTypes.INTERNAL, place, place)


def file_link(path: str, sheet: str | None = None, cell: str | None = None) -> FileLink | None:
    """The link to a file, or to a cell in it; None where Excel could not hold it: too long, or no valid text.

    ``path`` is relative to the master's folder, or absolute.
    """
    if not path or _NO_TEXT.search(path) or (sheet is not None and _NO_TEXT.search(sheet)):
        return None
    target = _target(path)
    anchor = "" if sheet is None or cell is None else f"{_quoted(sheet)}!{cell}"
    return FileLink(target, anchor) if len(target) <= _LONGEST and len(anchor) <= _LONGEST else None


@lru_cache(maxsize=1_024)
def _target(path: str) -> str:
    """A path as a relationship says it. Links to one file follow one another."""
    target = _ESCAPED.sub(lambda found: f"%{ord(found[0]):02x}", path.replace("\\", "/"))
    if _DRIVE.match(path):
        return f"file:///{target}"
    return f"file://{target}" if path.startswith("/") else target


@lru_cache(maxsize=256)
def _quoted(sheet: str) -> str:
    """The name of a sheet as references have it."""
    return "'{}'".format(sheet.replace("'", "''"))
