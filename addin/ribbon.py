"""THE declaration of every button a clerk sees: its group, its words, its picture, when it works, what it does.

The ribbon of Excel, the menu and toolbar of LibreOffice and the table in docs/buttons.md are derived from here. A
button is shown once its action exists in ``addin.live.actions``: none is dead.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from types import ModuleType

from validation.fields import Form

TAB_LABEL = "Sáng kiến"
TAB_KEYTIP = "SK"
ACTIONS = "addin.live.actions"
"""Where the live actions are; a button's action is a function of this module, named in ``Button.action``."""


class BookKind(StrEnum):
    """What the spreadsheet program has in front. The forms are told by the value of their name ``meta_form``."""

    NONE = "none"  # no workbook at all
    OTHER = "other"  # a workbook that is none of our forms
    GRASSROOTS = Form.GRASSROOTS.value
    UPPER = Form.UPPER.value
    CITY = Form.CITY.value


class EnabledWhen(StrEnum):
    """The workbooks in front of which a button can be pressed."""

    ALWAYS = "always"
    ANY_WORKBOOK = "any workbook"
    ANY_FORM = "any form"
    GRASSROOTS_FORM = "grassroots form"
    CONSOLIDATION = "consolidation"

    @property
    def kinds(self) -> tuple[BookKind, ...]:
        """The kinds of workbook, in the order of ``BookKind``."""
        return _KINDS[self]


_KINDS = {
    EnabledWhen.ALWAYS: tuple(BookKind),
    EnabledWhen.ANY_WORKBOOK: tuple(kind for kind in BookKind if kind is not BookKind.NONE),
    EnabledWhen.ANY_FORM: (BookKind.GRASSROOTS, BookKind.UPPER, BookKind.CITY),
    EnabledWhen.GRASSROOTS_FORM: (BookKind.GRASSROOTS,),
    EnabledWhen.CONSOLIDATION: (BookKind.UPPER, BookKind.CITY),
}


class Need(StrEnum):
    """What must hold of the workbook in front, or the clerk is told why not and nothing starts."""

    WRITABLE = "writable"  # not open for reading only: the button changes cells
    SAVED = "saved"  # has been saved once: the button works on the file or on the folder it lies in
    LOCAL = "local"  # lies on a drive, not under a web address of OneDrive or SharePoint


class Size(StrEnum):
    """Ribbon sizes."""

    LARGE = "large"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Button:
    """One button.

    ``supertip`` is the explanation under the screentip. ``icon`` names pictures in macros/icons. ``action`` is a
    function of ``addin.live.actions``; ``command`` what does the same on files, where macros are blocked.
    """

    id: str
    label: str
    screentip: str
    supertip: str
    keytip: str
    icon: str
    enabled_when: EnabledWhen
    size: Size = Size.NORMAL
    needs: tuple[Need, ...] = ()
    command: str | None = None

    @property
    def action(self) -> str:
        """The function of ``addin.live.actions`` that the button calls."""
        return self.id


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together under a label."""

    id: str
    label: str
    buttons: tuple[Button, ...]


_ON_THE_FILE = (Need.WRITABLE, Need.SAVED)
_IN_THE_CAMPAIGN = (Need.SAVED, Need.LOCAL)

GROUPS = (
    Group(
        "forms",
        "Biểu mẫu",
        (
            Button(
                "new_form",
                "Tạo biểu mới",
                "Tạo biểu mẫu mới",
                "Tạo báo cáo của CĐCS hoặc bảng tổng hợp của cấp trên, điền sẵn trang bìa theo mã đơn vị.",
                "BM",
                "new-form",
                EnabledWhen.ALWAYS,
                Size.LARGE,
                command="sangkien template",
            ),
        ),
    ),
    Group(
        "checking",
        "Kiểm tra",
        (
            Button(
                "check_sheet",
                "Kiểm tra",
                "Kiểm tra biểu đang mở",
                "Soát từng dòng theo quy định của chương trình, đánh dấu ô có vấn đề và lập danh sách lỗi. "
                "Không sửa số liệu nào.",
                "KT",
                "check",
                EnabledWhen.ANY_WORKBOOK,
                Size.LARGE,
                (Need.WRITABLE,),
                command="sangkien check",
            ),
            Button(
                "next_finding",
                "Lỗi tiếp theo",
                "Đến lỗi tiếp theo",
                "Chọn ô có vấn đề tiếp theo và cho biết phải làm gì. Hết danh sách thì quay lại lỗi đầu tiên.",
                "LT",
                "next-finding",
                EnabledWhen.ANY_FORM,
                command="sangkien check",
            ),
            Button(
                "fix_with_preview",
                "Sửa lỗi",
                "Sửa lỗi, xem trước khi sửa",
                "Liệt kê những lỗi máy sửa được (ngày, số tiền gõ dạng chữ, phông chữ cũ…): giá trị cũ cạnh giá trị "
                "mới. Chỉ sửa khi bạn đồng ý, và luôn cất một bản sao trước.",
                "SL",
                "fix",
                EnabledWhen.ANY_FORM,
                Size.NORMAL,
                _ON_THE_FILE,
                command="sangkien check --fix",
            ),
            Button(
                "clear_marks",
                "Xóa dấu",
                "Xóa dấu kiểm tra",
                "Bỏ màu, ghi chú và danh sách lỗi mà nút Kiểm tra đã thêm. Màu và ghi chú của bạn được giữ nguyên.",
                "XD",
                "clear-marks",
                EnabledWhen.ANY_FORM,
                Size.NORMAL,
                (Need.WRITABLE,),
            ),
            Button(
                "undo_last_repair",
                "Hoàn tác sửa",
                "Hoàn tác lần sửa gần nhất",
                "Trả các ô mà nút Sửa lỗi đã sửa lần gần nhất về giá trị trước khi sửa.",
                "HT",
                "undo",
                EnabledWhen.ANY_FORM,
                Size.NORMAL,
                _ON_THE_FILE,
            ),
        ),
    ),
    Group(
        "merging",
        "Tổng hợp",
        (
            Button(
                "merge_campaign",
                "Tổng hợp",
                "Tổng hợp các báo cáo đã nhận",
                "Đọc mọi tệp trong thư mục nhan của chiến dịch, ghép vào sổ tổng hợp và chứng minh từng con số. "
                "Tệp nào không nhận được đều nêu rõ lý do.",
                "TH",
                "merge",
                EnabledWhen.ALWAYS,
                Size.LARGE,
                command="sangkien merge",
            ),
            Button(
                "collect",
                "Thu báo cáo",
                "Thu báo cáo từ hộp thư",
                "Lấy các tệp báo cáo đính kèm trong hộp thư điện tử vào thư mục nhan của chiến dịch.",
                "TB",
                "collect",
                EnabledWhen.ALWAYS,
                command="sangkien collect",
            ),
            Button(
                "status",
                "Tình hình nộp",
                "Tình hình nộp và tiến độ",
                "Đơn vị nào đã nộp, nộp muộn, chưa nộp hoặc bị trả; tiến độ so với chỉ tiêu và tỷ lệ tham gia.",
                "TN",
                "status",
                EnabledWhen.ALWAYS,
                command="sangkien status",
            ),
        ),
    ),
    Group(
        "payments",
        "Chi hỗ trợ",
        (
            Button(
                "payment_lists",
                "Danh sách chi",
                "Lập danh sách chi hỗ trợ",
                "Lập danh sách chi của một giai đoạn cho từng đơn vị chi: số tiền, bằng chữ, chỗ ký nhận. "
                "Khoản đã chi không bị chi lại.",
                "DC",
                "payments",
                EnabledWhen.CONSOLIDATION,
                Size.LARGE,
                _IN_THE_CAMPAIGN,
                command="sangkien pay",
            ),
        ),
    ),
    Group(
        "sending",
        "Gửi báo cáo",
        (
            Button(
                "send_upward",
                "Gửi cấp trên",
                "Gửi sổ tổng hợp lên cấp trên",
                "Soạn thư kèm sổ tổng hợp gửi công đoàn cấp trên. Bạn xem lại thư trước khi thư được gửi.",
                "GT",
                "send",
                EnabledWhen.CONSOLIDATION,
                Size.LARGE,
                _IN_THE_CAMPAIGN,
                command="sangkien send",
            ),
            Button(
                "report",
                "Báo cáo",
                "Lập báo cáo bằng văn bản",
                "Lập báo cáo kết quả chương trình theo thể thức văn bản, số liệu lấy từ sổ tổng hợp.",
                "BC",
                "report",
                EnabledWhen.CONSOLIDATION,
                Size.NORMAL,
                _IN_THE_CAMPAIGN,
                command="sangkien report",
            ),
            Button(
                "return_to_units",
                "Trả lại đơn vị",
                "Trả báo cáo có lỗi về đơn vị",
                "Tạo bản sao đã đánh dấu lỗi của từng báo cáo cần sửa. Bạn xem danh sách thư rồi mới gửi về đơn vị.",
                "TL",
                "return",
                EnabledWhen.CONSOLIDATION,
                Size.NORMAL,
                _IN_THE_CAMPAIGN,
                command="sangkien return",
            ),
            Button(
                "remind",
                "Đôn đốc",
                "Đôn đốc đơn vị chưa nộp",
                "Soạn thư nhắc các đơn vị chưa nộp báo cáo. Bạn xem danh sách thư trước; mỗi địa chỉ một ngày chỉ được "
                "nhắc một lần.",
                "DD",
                "remind",
                EnabledWhen.CONSOLIDATION,
                Size.NORMAL,
                _IN_THE_CAMPAIGN,
                command="sangkien remind",
            ),
        ),
    ),
    Group(
        "help",
        "Trợ giúp",
        (
            Button(
                "guide",
                "Hướng dẫn",
                "Mở hướng dẫn sử dụng",
                "Cách điền biểu, ý nghĩa từng cột, từng lỗi và cách sửa.",
                "HD",
                "guide",
                EnabledWhen.ALWAYS,
            ),
            Button(
                "settings",
                "Cài đặt",
                "Cài đặt của Sổ sáng kiến",
                "Đơn vị của bạn, thư mục chiến dịch, hộp thư.",
                "CD",
                "settings",
                EnabledWhen.ALWAYS,
            ),
            Button(
                "about",
                "Giới thiệu",
                "Giới thiệu và chẩn đoán",
                "Phiên bản đang dùng; kiểm tra việc cài đặt và cho biết cách khắc phục khi có nút không chạy.",
                "GI",
                "about",
                EnabledWhen.ALWAYS,
                command="sangkien doctor",
            ),
        ),
    ),
)


def every_button() -> Iterator[Button]:
    """All declared buttons, also those whose action does not exist yet."""
    return (button for group in GROUPS for button in group.buttons)


def available(button: Button) -> bool:
    """Whether the button's action exists."""
    actions = _actions()
    return actions is not None and callable(getattr(actions, button.action, None))


def shown_groups(*, everything: bool = False) -> tuple[Group, ...]:
    """The groups with the buttons that can be pressed; a group without any is left out.

    ``everything`` shows declared buttons without an action too: for tests of what is built from them.
    """
    groups = (
        Group(group.id, group.label, tuple(one for one in group.buttons if everything or available(one)))
        for group in GROUPS
    )
    return tuple(group for group in groups if group.buttons)


def button_of(button_id: str) -> Button:
    """The declared button. Raises KeyError for an id that is none's."""
    for button in every_button():
        if button.id == button_id:
            return button
    raise KeyError(button_id)


def _actions() -> ModuleType | None:
    """The module of the live actions, or None as long as there is none."""
    try:
        found = find_spec(ACTIONS)
    except ModuleNotFoundError:  # not even its package
        return None
    return None if found is None else importlib.import_module(ACTIONS)
