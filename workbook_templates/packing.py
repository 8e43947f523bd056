"""The same parts packed into the same bytes, on every machine and day.

A workbook is a zip archive. Dates, the creating system and the compressor's version all leave traces in it; a
committed file must carry none of them, or CI could not tell a changed form from a changed machine.
"""

from __future__ import annotations

import io
import re
import zipfile

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


_EMPTY_RESULT = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(><f[^>]*>[^<]*</f><v></v>)')


def repack(raw: bytes, *, compress: bool) -> bytes:
    """The archive ``raw`` with its parts in their order, without dates and systems.

    ``compress=False`` stores the parts as they are: the bytes depend on nothing but the parts. ``compress=True`` gives
    a fraction of the size, and the same bytes wherever the zlib library is the same.

    A formula whose stored result is "" is marked as a text, as Excel itself stores it; XlsxWriter leaves it a number
    without digits.
    """
    packed = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, date_time=_ZIP_EPOCH)
            entry.compress_type = method
            entry.create_system = 0
            entry.external_attr = 0
            content = source.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = _EMPTY_RESULT.sub(rb'\1 t="str"\2', content)
            target.writestr(entry, content)
    return packed.getvalue()
