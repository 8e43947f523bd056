"""From a press to the product and back: read the settings, start the child, serve it, tell the clerk what went wrong.

Used by the script (entry.py) and by the extension's buttons (buttons.py).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import uno  # type: ignore[import-not-found]

from .serving import Outcome, serve
from .settings import FILE_NAME, FOLDER, SettingsError, read_settings
from .verbs import load

TITLE = "Sổ sáng kiến"

REINSTALL = (
    "Hãy đóng LibreOffice, chạy lại lệnh “sangkien install” rồi mở lại; hoặc báo người phụ trách máy kèm mã: %s."
)
REOPEN = "Hãy lưu việc đang làm, đóng LibreOffice rồi mở lại. Nếu vẫn vậy, báo người phụ trách máy kèm mã: %s."

FAILURES = {
    "settings": ("Tiện ích chưa được cài đủ trên máy này, nên nút này chưa chạy được.", REINSTALL),
    "start": (
        "Không tìm thấy chương trình Sổ sáng kiến trên máy này: có thể nó đã bị gỡ, hoặc bị chuyển sang thư mục khác.",
        REINSTALL,
    ),
    "silent": ("Chương trình Sổ sáng kiến không trả lời nên đã được dừng lại.", REOPEN),
    "total": ("Việc này chạy quá lâu nên đã được dừng lại.", REOPEN),
    "busy": ("Một việc của Sổ sáng kiến đang chạy. Hãy đợi việc đó xong rồi bấm lại.", None),
}
"""What the clerk reads: what happened, and what to do. Other reasons mean that the child broke off."""

BROKE_OFF = ("Chương trình Sổ sáng kiến dừng giữa chừng.", REOPEN)


def run(context: Any, arguments: Sequence[str], *, ordered: bool = False) -> Outcome:
    """Start the product with these arguments behind its command, and serve it to its end. Raises nothing.

    With `ordered` it was ordered from outside. Such an order may come late, when nobody waits for it any longer and the
    settings are those of the buttons again: it must start nothing then.
    """
    load()
    show = True
    try:
        settings = read_settings(settings_path(context))
        show = settings.show_failures
        if ordered and not settings.orders:
            return Outcome(None, None, 0, "an order that came too late")
        outcome = serve(context, settings, arguments)
    except SettingsError as error:
        outcome = Outcome("settings", None, 0, str(error))
    except Exception as error:  # a press must never end in the office's own window of errors
        outcome = Outcome("inside", None, 0, f"{type(error).__name__}: {error}")
    if outcome.failure and show:
        tell(context, sentence(outcome))
    return outcome


def settings_path(context: Any) -> str:
    """Where this user's profile keeps the bridge's settings."""
    substitution = context.ServiceManager.createInstanceWithContext("com.sun.star.util.PathSubstitution", context)
    user = uno.fileUrlToSystemPath(substitution.getSubstituteVariableValue("$(user)"))
    return str(os.path.join(user, FOLDER, FILE_NAME))  # noqa: PTH118


def sentence(outcome: Outcome) -> str:
    """What the clerk reads of a failure."""
    what, remedy = FAILURES.get(outcome.failure or "", BROKE_OFF)
    if remedy is None:
        return what
    code = outcome.failure if outcome.code is None else f"{outcome.failure} {outcome.code}"
    return what + "\n\n" + remedy % code


def tell(context: Any, text: str) -> None:
    """Say something in a message box."""
    services = context.ServiceManager
    frame = services.createInstanceWithContext("com.sun.star.frame.Desktop", context).getCurrentFrame()
    toolkit = services.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    kind = uno.Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX")
    box = toolkit.createMessageBox(frame and frame.getContainerWindow(), kind, 1, TITLE, text)
    box.execute()
    box.dispose()
