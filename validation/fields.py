"""THE declaration of every column, cover field and hidden fact of the three workbooks.

The forms, their dropdowns, input messages and formulas, the reader, the row model, the messages' field names and the
guide are derived from here. Source of the columns and their rules: DOMAIN, "Columns of the initiative list".
Everything in Vietnamese here is read by a clerk.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The three workbooks: a grassroots union's report, an upper union's consolidation, the city's master."""

    GRASSROOTS = "grassroots"
    UPPER = "upper"
    CITY = "city"


FORM_TITLES = {
    Form.GRASSROOTS: "Báo cáo sáng kiến của công đoàn cơ sở",
    Form.UPPER: "Bảng tổng hợp sáng kiến của công đoàn cấp trên trực tiếp cơ sở",
    Form.CITY: "Sổ tổng hợp sáng kiến của LĐLĐ thành phố",
}

COVER_SHEET, LIST_SHEET, GUIDE_SHEET, FACTS_SHEET = "Bìa", "Danh sách", "Hướng dẫn", "Dữ kiện"
"""Titles of the sheets of a form as it is sent out. A clerk may rename them: readers go by defined names."""

TEMPLATE_VERSION = 1
"""Version of the forms that this program builds; the reader refuses a newer one by name."""


class Kind(StrEnum):
    """What a cell holds once it has been read."""

    TEXT = "text"
    CODE = "code"  # text whose leading zeros matter
    PERSON = "person"
    PEOPLE = "people"  # names separated by ";"
    DATE = "date"
    AMOUNT = "amount"  # integer đồng
    COUNT = "count"  # integer ≥ 0
    CHOICE = "choice"


class Entry(StrEnum):
    """Who fills the cell."""

    TYPED = "typed"
    CALCULATED = "calc"


class Requirement(StrEnum):
    """When a cell must not be blank."""

    ALWAYS = "always"
    TO_BE_PAID = "to_be_paid"  # blank: accepted, in no phase, no support
    IF_APPROVED = "if_approved"
    NO = "no"


ALL_FORMS = frozenset(Form)
CONSOLIDATIONS = frozenset({Form.UPPER, Form.CITY})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the list, or one cell of the cover.

    ``choices`` names a list of the programme; ``width`` is in characters of the sheet's default font;
    ``hint`` is the input message (at most 255 characters); ``maximum`` the most characters that are taken.
    """

    name: str
    header: str
    kind: Kind
    entry: Entry = Entry.TYPED
    required: Requirement = Requirement.NO
    choices: str | None = None
    width: float = 14
    hint: str = ""
    forms: frozenset[Form] = ALL_FORMS
    maximum: int = 1000

    @property
    def typed(self) -> bool:
        """Whether the clerk types it (a calculated cell's content is never trusted)."""
        return self.entry is Entry.TYPED

    @property
    def defined_name(self) -> str:
        """Its workbook-level name; see the name contract in DESIGN."""
        if self in UNIT_FIELDS:
            return f"unit_{self.name}"
        return f"{'cover' if self in COVER_FIELDS else 'row'}_{self.name}"


ROW_FIELDS: tuple[Field, ...] = (
    Field("ordinal", "STT", Kind.COUNT, Entry.CALCULATED, width=5.5),
    Field(
        "unit_code", "Mã CĐCS", Kind.CODE, required=Requirement.ALWAYS, width=13, forms=CONSOLIDATIONS,
        hint="Mã của công đoàn cơ sở có sáng kiến này.", maximum=40,
    ),
    Field("unit_name", "Tên CĐCS", Kind.TEXT, width=28, forms=CONSOLIDATIONS, hint="Tên công đoàn cơ sở, để người đọc tiện theo dõi."),
    Field(
        "registration_code", "Mã đăng ký", Kind.CODE, required=Requirement.TO_BE_PAID, width=16,
        hint="Mã mà Cổng “01 triệu sáng kiến” cấp khi đăng ký thành công. Gõ đúng từng ký tự. Chưa đăng ký thì để trống: dòng được nhận nhưng chưa tính vào giai đoạn nào.",
        maximum=60,
    ),
    Field(
        "lead_author", "Họ và tên tác giả", Kind.PERSON, required=Requirement.ALWAYS, width=24,
        hint="Họ và tên đầy đủ của tác giả chính, có dấu, mỗi dòng một người.", maximum=120,
    ),
    Field(
        "member_number", "Mã số đoàn viên", Kind.CODE, width=15,
        hint="Số thẻ đoàn viên, giữ cả số 0 ở đầu. Không có thì để trống.", maximum=40,
    ),
    Field(
        "is_member", "Là đoàn viên", Kind.CHOICE, required=Requirement.ALWAYS, choices="yes_no", width=9,
        hint="Chọn Có nếu tác giả là đoàn viên công đoàn; đoàn viên mới tính vào tỷ lệ tham gia.",
    ),
    Field("position", "Chức vụ, nơi làm việc", Kind.TEXT, width=24, hint="Chức vụ và phòng, ban, phân xưởng của tác giả."),
    Field(
        "co_authors", "Đồng tác giả", Kind.PEOPLE, width=26,
        hint="Họ tên các đồng tác giả, cách nhau bằng dấu chấm phẩy (;). Tiền hỗ trợ tính một lần cho cả nhóm.",
    ),
    Field(
        "title", "Tên sáng kiến", Kind.TEXT, required=Requirement.ALWAYS, width=44,
        hint="Tên sáng kiến như trong quyết định công nhận.",
    ),
    Field(
        "solution_kind", "Loại giải pháp", Kind.CHOICE, required=Requirement.ALWAYS, choices="solution_kind", width=24,
        hint="Chọn một trong các loại giải pháp của chương trình.",
    ),
    Field("activity_field", "Lĩnh vực", Kind.CHOICE, choices="activity_field", width=24, hint="Chọn lĩnh vực áp dụng; có thể để trống."),
    Field(
        "effect", "Tóm tắt hiệu quả", Kind.TEXT, required=Requirement.ALWAYS, width=44,
        hint="Một, hai câu: sáng kiến đem lại kết quả gì (thời gian, chi phí, chất lượng, an toàn …).", maximum=4000,
    ),
    Field(
        "benefit_value", "Giá trị làm lợi (đồng)", Kind.AMOUNT, width=17,
        hint="Số tiền làm lợi tính bằng đồng, chỉ gõ chữ số. Không tính được thì để trống (để trống khác với 0).",
    ),
    Field(
        "recognised_on", "Ngày công nhận", Kind.DATE, required=Requirement.ALWAYS, width=12,
        hint="Ngày Hội đồng sáng kiến hoặc thủ trưởng đơn vị công nhận, dạng ngày/tháng/năm.",
    ),
    Field(
        "applied_on", "Ngày áp dụng", Kind.DATE, required=Requirement.ALWAYS, width=12,
        hint="Ngày bắt đầu áp dụng sáng kiến, dạng ngày/tháng/năm; phải nằm trong thời gian của chương trình.",
    ),
    Field(
        "ip_protected", "Đang được bảo hộ SHTT", Kind.CHOICE, required=Requirement.ALWAYS, choices="yes_no", width=11,
        hint="Chọn Có nếu giải pháp đang được bảo hộ sở hữu trí tuệ; khi đó không thuộc diện hỗ trợ.",
    ),
    Field(
        "registered_on", "Ngày đăng ký trên cổng", Kind.DATE, required=Requirement.TO_BE_PAID, width=12,
        hint="Ngày đăng ký thành công trên Cổng “01 triệu sáng kiến”; ngày này quyết định giai đoạn. Chưa đăng ký thì để trống.",
    ),
    Field(
        "status", "Trạng thái", Kind.CHOICE, required=Requirement.ALWAYS, choices="status", width=14,
        hint="Trạng thái trên cổng. Mới đăng ký, chưa có kết quả thì chọn trạng thái đang xem xét.",
    ),
    Field(
        "approved_on", "Ngày phê duyệt", Kind.DATE, required=Requirement.IF_APPROVED, width=12,
        hint="Ngày sáng kiến được phê duyệt trên cổng; bắt buộc khi đã được duyệt, không trước ngày đăng ký.",
    ),
    Field(
        "base_support", "CĐCS hỗ trợ (đồng)", Kind.AMOUNT, width=14,
        hint="Số tiền công đoàn cơ sở chi từ kinh phí của mình cho sáng kiến này, chỉ gõ chữ số. Không chi thì để trống.",
    ),
    Field("phase", "Giai đoạn", Kind.COUNT, Entry.CALCULATED, width=8),
    Field("upper_support", "Cấp trên hỗ trợ (đồng)", Kind.AMOUNT, Entry.CALCULATED, width=14),
    Field("total_support", "Tổng hỗ trợ (đồng)", Kind.AMOUNT, Entry.CALCULATED, width=14),
    Field("row_state", "Kiểm tra", Kind.TEXT, Entry.CALCULATED, width=34),
    Field("note", "Ghi chú", Kind.TEXT, width=24, hint="Điều cần nói thêm về dòng này."),
    Field("source_file", "Tệp gốc", Kind.TEXT, width=34, forms=CONSOLIDATIONS, hint="Tên tệp báo cáo mà dòng này được lấy ra."),
    Field("source_sheet", "Trang tính gốc", Kind.TEXT, width=16, forms=CONSOLIDATIONS, hint="Tên trang tính trong tệp gốc."),
    Field("source_row", "Dòng gốc", Kind.COUNT, width=8, forms=CONSOLIDATIONS, hint="Số thứ tự dòng trong trang tính gốc."),
    Field("source_sha256", "Mã băm tệp gốc", Kind.CODE, width=20, forms=CONSOLIDATIONS, hint="Dấu vân tay SHA-256 của tệp gốc.", maximum=64),
)  # fmt: skip

COVER_FIELDS: tuple[Field, ...] = (
    Field(
        "unit_code", "Mã đơn vị", Kind.CODE, required=Requirement.ALWAYS, width=30,
        hint="Mã do công đoàn cấp trên cấp cho đơn vị. Chưa biết mã thì hỏi công đoàn cấp trên.", maximum=40,
    ),
    Field("unit_name", "Tên đơn vị", Kind.TEXT, width=60, hint="Tên đầy đủ của công đoàn lập báo cáo."),
    Field("superior_code", "Mã công đoàn cấp trên trực tiếp", Kind.CODE, width=30, hint="Mã của công đoàn cấp trên trực tiếp.", maximum=40),
    Field(
        "report_date", "Ngày lập báo cáo", Kind.DATE, required=Requirement.ALWAYS, width=16,
        hint="Ngày lập báo cáo, dạng ngày/tháng/năm. Báo cáo có ngày mới hơn sẽ thay báo cáo trước.",
    ),
    Field(
        "report_number", "Báo cáo lần thứ", Kind.COUNT, width=16,
        hint="Số lần báo cáo: 1, 2, 3 … Báo cáo sau ghi đủ cả những sáng kiến đã báo cáo trước.",
    ),
    Field(
        "members", "Số đoàn viên", Kind.COUNT, required=Requirement.ALWAYS, width=16,
        hint="Tổng số đoàn viên của đơn vị tại ngày lập báo cáo; dùng để tính tỷ lệ tham gia.",
    ),
    Field(
        "workers", "Số CNVCLĐ", Kind.COUNT, required=Requirement.ALWAYS, width=16,
        hint="Tổng số công nhân, viên chức, lao động của đơn vị, gồm cả người chưa vào công đoàn.",
    ),
    Field("reporter_name", "Người lập báo cáo", Kind.PERSON, width=40, hint="Họ và tên người lập báo cáo."),
    Field("reporter_position", "Chức vụ người lập", Kind.TEXT, width=40, hint="Chức vụ của người lập báo cáo."),
    Field("reporter_phone", "Điện thoại", Kind.CODE, width=20, hint="Số điện thoại để liên hệ khi báo cáo có chỗ cần hỏi; giữ số 0 ở đầu.", maximum=40),
    Field("reporter_email", "Thư điện tử", Kind.TEXT, width=40, hint="Địa chỉ thư điện tử nhận bản trả lại và thông báo."),
)  # fmt: skip

UNIT_FIELDS: tuple[Field, ...] = (
    Field("unit_code", "Mã đơn vị", Kind.CODE, required=Requirement.ALWAYS, width=15, forms=CONSOLIDATIONS, maximum=40),
    Field("unit_name", "Tên đơn vị", Kind.TEXT, width=40, forms=CONSOLIDATIONS),
    Field("report_date", "Ngày lập báo cáo", Kind.DATE, required=Requirement.ALWAYS, width=12, forms=CONSOLIDATIONS),
    Field("report_number", "Báo cáo lần thứ", Kind.COUNT, required=Requirement.ALWAYS, width=9, forms=CONSOLIDATIONS),
    Field("members", "Số đoàn viên", Kind.COUNT, required=Requirement.ALWAYS, width=12, forms=CONSOLIDATIONS),
    Field("workers", "Số CNVCLĐ", Kind.COUNT, required=Requirement.ALWAYS, width=13, forms=CONSOLIDATIONS),
    Field("source_file", "Tệp gốc", Kind.TEXT, width=40, forms=CONSOLIDATIONS),
    Field("source_sha256", "Mã băm tệp gốc", Kind.CODE, width=20, forms=CONSOLIDATIONS, maximum=64),
)
"""The table of a consolidation's units: one line for each report that stands in it, also for those of no rows. Written
by the program, under names ``unit_<field>``; it is what makes a consolidation a submission to the level above."""

META_KEYS: tuple[str, ...] = ("form", "template_version", "programme")
"""Hidden facts of a workbook, each under the defined name ``meta_<key>``."""

ROW_FIELD: dict[str, Field] = {field.name: field for field in ROW_FIELDS}
COVER_FIELD: dict[str, Field] = {field.name: field for field in COVER_FIELDS}
UNIT_FIELD: dict[str, Field] = {field.name: field for field in UNIT_FIELDS}


def row_fields(form: Form) -> tuple[Field, ...]:
    """The columns of a form's list, left to right."""
    return tuple(field for field in ROW_FIELDS if form in field.forms)


def typed_row_fields(form: Form) -> tuple[Field, ...]:
    """The columns that a clerk types."""
    return tuple(field for field in row_fields(form) if field.typed)
