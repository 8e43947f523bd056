"""What the clerk says about the proposal: ``--map "header=field"``."""

from __future__ import annotations

from dataclasses import dataclass

from addin.adopt.vocabulary import Vocabulary
from addin.errors import UsageProblem
from validation.fields import ROW_FIELD, Form, row_fields
from validation.text.keys import fold, fold_without_marks

UNUSED = ""
_UNUSED_WORDS = frozenset({"", "-", "khong", "bo", "khong dung", "unused", "none"})
_UNIT_FIELDS = ("unit_code", "unit_name")


@dataclass(frozen=True, slots=True)
class Correction:
    """A column named by its header or letters (``C``, ``Sheet1!C``), and the field that it is; ``UNUSED`` for none."""

    column: str
    field: str

    def names(self, sheet: str, letters: str, header: str, words: Vocabulary) -> bool:
        """Whether it speaks of that column."""
        wanted = fold(self.column)
        if wanted in (fold(letters), fold(f"{sheet}!{letters}")):
            return True
        return bool(header) and (fold(header) == wanted or words.key(header) == words.key(self.column) != "")


def read_correction(text: str) -> Correction:
    """``header=field``; the field by its name or by the header of the form, ``-`` for a column to be left out.

    Raises UsageProblem ``adopt_map_shape``, ``adopt_map_field``.
    """
    column, equals, field = text.rpartition("=")
    if not equals or not column.strip():
        raise UsageProblem("adopt_map_shape", text=text)
    name = field.strip()
    if fold_without_marks(name) in _UNUSED_WORDS:
        return Correction(column.strip(), UNUSED)
    typed = [f for f in row_fields(Form.GRASSROOTS) if f.typed]
    known = {f.name: f.name for f in typed} | {fold(f.header): f.name for f in typed}
    known |= {name: name for name in _UNIT_FIELDS} | {fold(ROW_FIELD[name].header): name for name in _UNIT_FIELDS}
    found = known.get(name) or known.get(fold(name))
    if found is None:
        raise UsageProblem("adopt_map_field", field=name, known=", ".join(f.name for f in typed))
    return Correction(column.strip(), found)
