"""Notes beside those of a library that writes its drawing with prefixes of its own (openpyxl: ``ns0:``)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import openpyxl
from openpyxl.comments import Comment

from addin.intake.reader import read_workbook
from addin.merge.reading import judge_alone
from addin.returns.annotate import annotate
from validation.fields import Form
from validation.programme import load_programme
from workbook_templates.forms import form_bytes


def test_every_note_of_ours_has_its_shape_beside_a_note_that_openpyxl_wrote() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(Form.GRASSROOTS, load_programme())))

    def cell(name: str) -> openpyxl.cell.Cell:
        ((sheet, area),) = book.defined_names[name].destinations
        return book[sheet][area.replace("$", "").split(":")[0]]

    values = {"unit_code": "X-1", "report_date": date(2022, 6, 10), "members": 5, "workers": 9}
    for name, value in values.items():
        cell(f"cover_{name}").value = value
    cell("row_title").value = "Cải tiến máy ép nhựa"
    cell("row_note").comment = Comment("Nhớ hỏi lại", "Hoa")
    out = io.BytesIO()
    book.save(out)

    marked = annotate(out.getvalue(), judge_alone(read_workbook(out.getvalue())))

    with zipfile.ZipFile(io.BytesIO(marked)) as parts:
        comments = [parts.read(name) for name in parts.namelist() if re.search(r"xl/comments.*\.xml$", name)]
        drawings = [parts.read(name) for name in parts.namelist() if name.endswith(".vml")]
    notes = sum(len(re.findall(rb"<(?:\w+:)?comment ", part)) for part in comments)
    shapes = sum(len(re.findall(rb"<\w+:shape ", part)) for part in drawings)
    assert notes == shapes > 5
