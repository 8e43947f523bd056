"""The script that the office's buttons call: deployed as `sangkien.py` beside `pythonpath/sangkien_inside/`.

Script addresses name functions, so each button is a function here; what it does is done by the child.
"""

from __future__ import annotations

import os
from typing import Any

import uno  # type: ignore[import-not-found]
from sangkien_inside.serving import Outcome, serve  # type: ignore[import-not-found]
from sangkien_inside.settings import FILE_NAME, FOLDER, SettingsError, read_settings  # type: ignore[import-not-found]
from sangkien_inside.verbs import load  # type: ignore[import-not-found]

XSCRIPTCONTEXT: Any = globals().get("XSCRIPTCONTEXT")  # given by the office

TITLE = "Sổ sáng kiến"

WHAT_TO_DO = "Hãy lưu việc đang làm, đóng LibreOffice rồi mở lại. Nếu vẫn vậy, báo người phụ trách máy kèm mã: %s."

FAILURES = {
    "settings": "Tiện ích chưa được cài đủ trên máy này, nên nút này chưa chạy được.",
    "start": "Không khởi động được chương trình Sổ sáng kiến.",
    "silent": "Chương trình Sổ sáng kiến không trả lời nên đã được dừng lại.",
    "total": "Việc này chạy quá lâu nên đã được dừng lại.",
    "busy": "Một việc của Sổ sáng kiến đang chạy. Hãy đợi việc đó xong rồi bấm lại.",
}
"""What the clerk reads; other reasons mean that the child broke off."""

BROKE_OFF = "Chương trình Sổ sáng kiến dừng giữa chừng."


def run(*arguments: str) -> Outcome:
    """Start the product for one button and serve it to its end."""
    load()
    context = XSCRIPTCONTEXT.getComponentContext()
    show = True
    try:
        settings = read_settings(settings_path(context))
        show = settings.show_failures
        outcome = serve(context, settings, arguments)
    except SettingsError as error:
        outcome = Outcome("settings", None, 0, str(error))
    if outcome.failure and show:
        tell(context, outcome)
    return outcome


def settings_path(context: Any) -> str:
    """Where this user's profile keeps the bridge's settings."""
    substitution = context.ServiceManager.createInstanceWithContext("com.sun.star.util.PathSubstitution", context)
    user = uno.fileUrlToSystemPath(substitution.getSubstituteVariableValue("$(user)"))
    return str(os.path.join(user, FOLDER, FILE_NAME))  # noqa: PTH118


def tell(context: Any, outcome: Outcome) -> None:
    """Say in a message box what went wrong."""
    desktop = XSCRIPTCONTEXT.getDesktop()
    frame = desktop.getCurrentFrame()
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    text = FAILURES.get(outcome.failure or "", BROKE_OFF)
    if outcome.failure != "busy":
        code = outcome.failure if outcome.code is None else f"{outcome.failure} {outcome.code}"
        text += "\n\n" + WHAT_TO_DO % code
    kind = uno.Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX")
    box = toolkit.createMessageBox(frame and frame.getContainerWindow(), kind, 1, TITLE, text)
    box.execute()
    box.dispose()


def connect(*_event: Any) -> None:
    """Serve whatever the settings name: used by tests and by the doctor to reach a live office from outside."""
    run("connect")


g_exportedScripts = (connect,)  # noqa: N816 - the office looks for this name
