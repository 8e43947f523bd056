import re
from xml.etree import ElementTree

import pytest

from addin.returns.marks import Mark, clear_marks, mark
from addin.returns.notes import AUTHOR, SEPARATOR, SIGNATURE, Paragraph
from addin.returns.receipts import Receipt
from addin.returns.result_sheet import build_result_sheet
from tests.addin.intake.workbooks import edited, parts
from tests.addin.returns.package_oracle import assert_only_marked, children
from tests.addin.returns.raw_workbooks import MAIN, OFFICE, raw_workbook, sheet_xml
from validation.findings import Severity

SHEET, COMMENTS, DRAWING = "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202"/><v:shape id="_x0000_s1025" type="#_x0000_t202">'
    '<x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData><br></v:shape></xml>'
)


def with_notes(text: str = "<t>Đã hỏi chị Lan</t>", threaded: str = "") -> bytes:
    more = {
        COMMENTS: f'<comments xmlns="{MAIN}"><authors><author>Lan</author></authors><commentList>'
        f'<comment ref="A1" authorId="0"><text>{text}</text></comment></commentList></comments>',
        DRAWING: VML,
    }
    extra = ""
    if threaded:
        more["xl/threadedComments/threadedComment1.xml"] = (
            f'<ThreadedComments xmlns="urn:tc"><threadedComment ref="{threaded}"><text>?</text></threadedComment>'
            "</ThreadedComments>"
        )
        extra = (
            '<Relationship Id="t" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
            'Target="../threadedComments/threadedComment1.xml"/>'
        )
    sheet = sheet_xml('<row r="1"><c r="A1"/></row>', after=f'<legacyDrawing xmlns:r="{OFFICE}" r:id="v"/>')
    return raw_workbook(
        sheet,
        more=more,
        of_first_sheet=f'<Relationship Id="c" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="v" Type="{OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>{extra}',
        types='<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    )


def marked(data: bytes, *cells: str) -> bytes:
    marks = [Mark("Trang 1", c, Severity.ERROR, (Paragraph("✗ Lỗi", bold=True), Paragraph("Xin sửa"))) for c in cells]
    return mark(data, marks, lambda *place: build_result_sheet(Receipt(), [], *place))


def notes(data: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(parts(data)[COMMENTS])
    return {c.get("ref", ""): "".join(c.itertext()) for c in children(root, "commentList")}


def resaved(data: bytes) -> bytes:
    """As if a program had saved it: some part is no longer what it was."""
    return edited(data, "xl/workbook.xml", "<bookViews>", "<bookViews >")


def test_a_note_gets_a_shape_and_a_drawing_where_there_was_none() -> None:
    data = raw_workbook(sheet_xml('<row r="1"><c r="A1"/></row>'))
    new = parts(marked(data, "B3"))
    assert notes(marked(data, "B3")) == {"B3": f"✗ Lỗi\nXin sửa\n{SIGNATURE}"}
    assert b"<x:Row>2</x:Row><x:Column>1</x:Column>" in new[DRAWING]
    ElementTree.fromstring(new[DRAWING])
    assert b"legacyDrawing" in new[SHEET]
    assert b'Extension="vml"' in new["[Content_Types].xml"]


def test_the_clerks_notes_stay_and_ours_go_beside_or_behind_them() -> None:
    data = with_notes()
    out = marked(data, "A1", "C2")
    assert_only_marked(data, out, {SHEET: ["A1", "C2"]})
    assert notes(out)["A1"] == f"Đã hỏi chị Lan\n{SEPARATOR}\n✗ Lỗi\nXin sửa\n{SIGNATURE}"
    assert re.findall(rb'id="_x0000_s([0-9]+)"', parts(out)[DRAWING]) == [b"1025", b"2049"]
    assert b'data="1,2"' in parts(out)[DRAWING]


def test_a_conversation_is_left_alone() -> None:
    out = marked(with_notes(threaded="A1"), "A1", "B1")
    assert notes(out)["A1"] == "Đã hỏi chị Lan"
    assert AUTHOR in parts(out)[COMMENTS].decode()


@pytest.mark.parametrize(
    "text",
    ["<t>Đã hỏi chị Lan</t>", "<r><rPr><b/></rPr><t>Đã hỏi</t></r><r><t xml:space='preserve'> chị Lan</t></r>"],
)
def test_our_notes_come_off_a_file_that_was_saved_since(text: str) -> None:
    data = with_notes(text)
    cleared = clear_marks(resaved(marked(data, "A1", "C2")))
    assert notes(cleared) == {"A1": "Đã hỏi chị Lan"}
    shapes = re.findall(rb"<v:shape .*?</v:shape>", parts(cleared)[DRAWING], re.DOTALL)
    assert shapes == re.findall(rb"<v:shape .*?</v:shape>", VML.encode(), re.DOTALL)


def test_what_a_clerk_wrote_into_our_notes_stays() -> None:
    out = marked(with_notes(), "A1", "C2")
    answered = out
    for _ in range(2):
        answered = edited(answered, COMMENTS, f"{SIGNATURE}</t>", f"{SIGNATURE} \nĐã sửa rồi</t>")
    assert notes(clear_marks(answered)) == {"A1": "Đã hỏi chị Lan\nĐã sửa rồi", "C2": "Đã sửa rồi"}


def test_notes_without_an_author_are_known_by_their_last_line() -> None:
    data = raw_workbook(sheet_xml(""))
    out = edited(marked(data, "B3"), COMMENTS, f"<author>{AUTHOR}</author>", "<author> </author>")
    new = parts(clear_marks(out))
    assert set(new) == set(parts(data))
    assert b"legacyDrawing" not in new[SHEET]
