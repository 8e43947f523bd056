"""“Đơn vị báo cáo”: one line for each unit's report that counts, also for those of no rows.

It is what makes a master a submission to the level above: the columns carry the names ``unit_<field>``, by which that
level reads whose reports the consolidation carries (docs/decisions/0006). Nothing stands below its body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.merge.master.book import FIRST_ROW, MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import Report
from validation.fields import UNIT_FIELDS, Kind
from workbook_templates.names import absolute, define

SHEET = "Đơn vị báo cáo"

_SHAPES = {Kind.CODE: Shape.CODE, Kind.DATE: Shape.DAY, Kind.COUNT: Shape.COUNT}
_SHAPE_OF = {"report_number": Shape.ORDINAL, "source_sha256": Shape.HASH}
_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    *(Column(f.header, _SHAPE_OF.get(f.name, _SHAPES.get(f.kind, Shape.TEXT)), f.width) for f in UNIT_FIELDS),
    Column("Nhận qua", Shape.TEXT, 36),
)


def write_reports(master: MasterBook, directory: Directory) -> None:
    """Add the sheet and its names."""
    reports = master.overview.current
    note = (
        "Báo cáo đang được tính của từng đơn vị, cả báo cáo chưa có sáng kiến nào.\n"
        "Phần mềm của cấp trên đọc trang này khi nhận tệp: xin đừng sửa bằng tay."
    )
    sheet = master.list_sheet(SHEET, "ĐƠN VỊ BÁO CÁO", note)
    count = max(len(reports), 1)
    draw(master, sheet, List("DonViBaoCao", _COLUMNS, count, _lines(reports, directory), "", frozen_columns=3))
    for number, field in enumerate(UNIT_FIELDS, 1):
        define(master.book, field.defined_name, absolute(SHEET, FIRST_ROW, number, FIRST_ROW + count - 1, number))


def _lines(reports: Sequence[Report], directory: Directory) -> Iterator[list[Value]]:
    if not reports:
        yield [None] * len(_COLUMNS)  # the body holds reports and nothing else
    for number, report in enumerate(reports, 1):
        cover = report.cover
        values: dict[str, Value] = {
            "unit_code": report.unit_code,
            "unit_name": directory.name(report.unit_code),
            "report_date": cover.report_date,
            "report_number": cover.report_number,
            "members": cover.members,
            "workers": cover.workers,
            "source_file": report.first_file,
            "source_sha256": report.first_sha256,
        }
        yield [number, *(values[field.name] for field in UNIT_FIELDS), Linked(report.path, file_link(report.path))]
