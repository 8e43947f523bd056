"""The office itself and its windows: selection, status bar, questions, calculation."""

from __future__ import annotations

import os
from typing import Any

import uno  # type: ignore[import-not-found]

from .books import active
from .session import At, Session, enum, properties
from .verbs import verb

BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
"""com.sun.star.awt.MessageBoxButtons."""

ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}

KINDS = {None: "MESSAGEBOX", "info": "INFOBOX", "critical": "ERRORBOX"}


@verb("office.facts")
def facts(session: Session) -> dict[str, Any]:
    """Process number, version, program folder."""
    substitution = session.service("com.sun.star.util.PathSubstitution")
    provider = session.service("com.sun.star.configuration.ConfigurationProvider")
    product = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
    )
    return {
        "pid": os.getpid(),
        "version": product.getByName("ooSetupVersionAboutBox"),
        "path": uno.fileUrlToSystemPath(substitution.getSubstituteVariableValue("$(prog)")),
    }


@verb("office.ping")
def ping(session: Session) -> None:
    """Nothing: how long a request takes by itself."""


@verb("office.repaint")
def repaint(session: Session) -> None:
    """Let the windows draw what has changed; they stand still while a child is served."""
    session.service("com.sun.star.awt.Toolkit").processEventsToIdle()


@verb("office.calculate")
def calculate(session: Session) -> None:
    """Recalculate every formula of every workbook."""
    for document in session.books():
        document.calculateAll()


@verb("office.calculation")
def calculation(session: Session) -> bool:
    """Whether formulas are recalculated by themselves."""
    return all(document.isAutomaticCalculationEnabled() for document in session.books())


@verb("office.set_calculation")
def set_calculation(session: Session, automatic: bool) -> None:
    """Whether formulas are recalculated by themselves, in every open workbook."""
    for document in session.books():
        document.enableAutomaticCalculation(automatic)


@verb("office.lock_screen")
def lock_screen(session: Session, locked: bool) -> None:
    """Keep the windows from drawing until unlocked, or until the child ends."""
    for document in list(session.books()):
        name = "screen " + document.RuntimeUID
        if locked and not document.hasControllersLocked():
            document.lockControllers()
            session.at_close(name, document.unlockControllers)
        elif not locked and document.hasControllersLocked():
            document.unlockControllers()
            session.done(name)


@verb("office.status")
def status(session: Session, text: str | None) -> None:
    """Show a text in the status bar of the window in front; null gives the bar back."""
    frame = session.desktop.CurrentFrame
    if frame is None:
        return
    if session.indicator is None:
        session.indicator = frame.createStatusIndicator()
    indicator = session.indicator
    if text is None:
        indicator.end()
        session.indicator = None
        session.done("status bar")
        return
    indicator.start(text, 0)
    session.at_close("status bar", indicator.end)


@verb("office.visible")
def visible(session: Session) -> bool:
    """Whether any workbook's window shows."""
    return any(window.isVisible() for window in windows(session))


@verb("office.set_visible")
def set_visible(session: Session, visible: bool) -> None:
    """Show or hide the windows of all workbooks."""
    for window in windows(session):
        window.setVisible(visible)


def windows(session: Session) -> list[Any]:
    """The windows of the open workbooks."""
    controllers = [document.CurrentController for document in session.books()]
    return [controller.Frame.ContainerWindow for controller in controllers if controller is not None]


@verb("office.alert")
def alert(session: Session, prompt: str, title: str, buttons: str, mode: str | None) -> str:
    """Ask in a message box and wait for the answer: ok, cancel, yes or no. Without a screen it is cancel at once."""
    frame = session.desktop.CurrentFrame
    toolkit = session.service("com.sun.star.awt.Toolkit")
    kind = KINDS[mode] if buttons == "ok" or mode == "critical" else "QUERYBOX"  # an information box has OK only
    parent = frame.ContainerWindow if frame is not None else None
    box = toolkit.createMessageBox(parent, enum("awt.MessageBoxType", kind), BUTTONS[buttons], title, prompt)
    try:
        return ANSWERS.get(box.execute(), "cancel")
    finally:
        box.dispose()


@verb("office.quit")
def leave(session: Session) -> None:
    """Close every workbook unsaved and end the office once the child is done."""
    for document in list(session.books()):
        document.setModified(False)
        document.close(True)
    session.desktop.terminate()


@verb("office.run")
def run(session: Session, script: str, arguments: list[Any]) -> Any:
    """Run a macro by its script address, or a Basic macro `Module.Name` of the active workbook or the user."""
    document = session.desktop.CurrentComponent
    if script.startswith("vnd.sun.star.script:"):
        factory = session.service("com.sun.star.script.provider.MasterScriptProviderFactory")
        provider = document.getScriptProvider() if "location=document" in script else factory.createScriptProvider("")
    else:
        provider = document.getScriptProvider()
        script = f"vnd.sun.star.script:Standard.{script}?language=Basic&location=document"
    return provider.getScript(script).invoke(tuple(arguments), (), ())[0]


@verb("office.dispatch")
def dispatch(session: Session, book: str, command: str, arguments: dict[str, Any] | None = None) -> None:
    """Do what a menu entry does, in the window of a workbook."""
    frame = session.book(book).CurrentController.Frame
    helper = session.service("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(frame, command, "", 0, properties(**(arguments or {})))


@verb("selection.get")
def selection(session: Session) -> list[int] | None:
    """The first selected block of the workbook in front, or null."""
    uid = active(session)
    if uid is None:
        return None
    document = session.book(uid)
    found = document.CurrentSelection
    if found is None or (not hasattr(found, "RangeAddress") and not hasattr(found, "RangeAddresses")):
        return None
    a = found.RangeAddress if hasattr(found, "RangeAddress") else found.RangeAddresses[0]
    number = session.sheet_number(document, document.Sheets.getByIndex(a.Sheet))
    return [number, a.StartRow, a.StartColumn, a.EndRow, a.EndColumn]


@verb("selection.set")
def select(session: Session, at: At) -> None:
    """Select a block."""
    controller = session.book_of(at[0]).CurrentController
    controller.select(session.range(at))
