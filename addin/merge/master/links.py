"""Real hyperlinks from the master to the files beside it and to places in it, as Excel itself writes them."""

from __future__ import annotations

import re

from xlsxwriter.url import Url  # type: ignore[import-untyped]

LINKS_AT_MOST = 65_530
"""Excel's limit of links on one sheet."""
_LONGEST = 2_000
"""Excel takes 2,080 characters; some are lost to escapes."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_ESCAPED = re.compile(r'[%" <>\[\]^`{}#]')


class FileLink(Url):  # type: ignore[misc]
    """A link to a file and, where given, a cell in it. ``path`` is relative to the master's folder, or absolute.

    XlsxWriter would write backslashes, which LibreOffice does not follow elsewhere than on Windows, and takes a file
    name with ``%20`` in it for an escaped one; Excel writes and reads the form made here.
    """

    def __init__(self, path: str, sheet: str | None = None, cell: str | None = None) -> None:
        super().__init__("external:link")
        target = _ESCAPED.sub(lambda found: f"%{ord(found[0]):02x}", path.replace("\\", "/"))
        if _DRIVE.match(path):
            target = f"file:///{target}"
        elif path.startswith("/"):
            target = f"file://{target}"
        self._relationship_link = target
        self._anchor = "" if sheet is None or cell is None else "'{}'!{}".format(sheet.replace("'", "''"), cell)

    @property
    def target(self) -> str:
        """What the relationship says."""
        return str(self._relationship_link)

    @property
    def anchor(self) -> str:
        """The place in the file, empty for none."""
        return str(self._anchor)


class PlaceLink(Url):  # type: ignore[misc]
    """A link to cells of the master itself, which are selected then."""

    def __init__(self, sheet: str, area: str) -> None:
        super().__init__("internal:'{}'!{}".format(sheet.replace("'", "''"), area))

    @property
    def anchor(self) -> str:
        """The place."""
        return str(self._anchor)


def file_link(path: str, sheet: str | None = None, cell: str | None = None) -> FileLink | None:
    """The link, or None where Excel could not hold it: too long, or a name that is no valid text."""
    try:
        path.encode()
        (sheet or "").encode()
    except UnicodeEncodeError:
        return None
    if not path or any(ord(sign) < 32 for sign in f"{path}{sheet or ''}"):
        return None
    link = FileLink(path, sheet, cell)
    return link if max(len(link.target), len(link.anchor)) <= _LONGEST else None
