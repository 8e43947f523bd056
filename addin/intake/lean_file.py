"""What calamine is given of a workbook: the parts it looks at, without what it would read in vain, wherever that can be
left out exactly. The texts of formulas and prepared rows are nine tenths of a form's bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.intake.guard import Package
from addin.intake.markup import MAX_TREE, tree
from addin.intake.names import RELATIONS, WORKBOOK, WorkbookNames
from addin.intake.quick_scan import CanonicalSheet
from addin.intake.recurring import once_for_equal_bytes
from addin.intake.stored_zip import stored_zip
from validation.errors import Refusal

STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
_ROOT_RELATIONS = "_rels/.rels"

# How cells look is nothing to a reader of values: of styles it needs the number formats and which cell has which.
_LOOKS = re.compile(rb"<(fonts|fills|borders|cellStyleXfs|cellStyles|dxfs)(?: [^<>]*+(?<!/))?+>.*?</\1>", re.DOTALL)
_NEEDED = (b"cellXfs", b"numFmts")
_NO_PLAIN_XML = re.compile(rb"<[!?](?!xml )")


def lean_file(package: Package, names: WorkbookNames, canonical: Mapping[str, CanonicalSheet]) -> bytes:
    """The workbook for calamine. ``canonical`` are its sheets that could be taken apart, by their parts."""
    parts = {
        name: content
        for name in (_ROOT_RELATIONS, WORKBOOK, RELATIONS, STYLES, STRINGS)
        if (content := package.parts.get(name.lower()))
    }
    if STYLES in parts:
        parts[STYLES] = _without_looks(parts[STYLES])
    for sheet in names.sheets:
        if sheet.part is not None:
            lean = canonical.get(sheet.part)
            parts[sheet.part] = package.parts[sheet.part] if lean is None else lean.lean_part
    return stored_zip(parts)


@once_for_equal_bytes
def _without_looks(styles: bytes) -> bytes:
    """The styles as far as a reader of values needs them; all of them where they are no plain, whole XML."""
    if len(styles) > MAX_TREE or _NO_PLAIN_XML.search(styles):
        return styles
    lean = _LOOKS.sub(b"", styles)
    try:
        tree(STYLES, styles)
        tree(STYLES, lean)  # an element within one of its own name is cut in the middle
    except Refusal:
        return styles
    return lean if all(lean.count(word) == styles.count(word) for word in _NEEDED) else styles
