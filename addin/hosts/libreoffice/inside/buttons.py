"""The extension's buttons: `vnd.sangkien:new_form` and its kind, in menu and toolbar, enabled as the ribbon's are.

Deployed as a component beside `pythonpath/sangkien_inside/` and `pythonpath/sangkien_buttons.py`, the table of the
buttons. Every window of the office has a handler of its own, so the workbook of a button is its window's.
"""

from __future__ import annotations

import contextlib
from typing import Any

import unohelper  # type: ignore[import-not-found]
from com.sun.star.frame import (  # type: ignore[import-not-found]
    FeatureStateEvent,
    XDispatch,
    XDispatchProvider,
    XFrameActionListener,
)
from com.sun.star.lang import XInitialization, XServiceInfo  # type: ignore[import-not-found]
from sangkien_buttons import ENTRY_POINT, FORM_NAME, KINDS, PROTOCOL  # type: ignore[import-not-found]
from sangkien_inside.running import run  # type: ignore[import-not-found]

IMPLEMENTATION = "vn.sangkien.Buttons"
SERVICE = "com.sun.star.frame.ProtocolHandler"
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"

NONE, OTHER = "none", "other"


def kind_in_front(frame: Any) -> str:
    """The kind of workbook in a window, as addin.ribbon.BookKind has it. Never raises: a menu must open."""
    try:
        controller = frame.getController()
        document = controller.getModel() if controller is not None else None
        if document is None or not document.supportsService(SPREADSHEET):
            return NONE
        names = document.NamedRanges
        if not names.hasByName(FORM_NAME):
            return OTHER
        cells = names.getByName(FORM_NAME).getReferredCells()
        return OTHER if cells is None else str(cells.getCellByPosition(0, 0).getString())
    except Exception:  # the window is being closed, or the name stands for no cells
        return NONE


class Button(unohelper.Base, XDispatch, XFrameActionListener):  # type: ignore[misc]
    """One button in one window."""

    def __init__(self, context: Any, frame: Any, name: str) -> None:
        self.context = context
        self.frame = frame
        self.name = name
        self.listeners: list[tuple[Any, Any]] = []

    def enabled(self) -> bool:
        """Whether it can be pressed in front of this workbook."""
        kind = kind_in_front(self.frame)
        wanted = KINDS[self.name]
        return kind in wanted or (OTHER in wanted and kind != NONE)

    # -- XDispatch

    def dispatch(self, _url: Any, _arguments: Any) -> None:
        """Do what the button does. The menu it was chosen from is drawn away first: the window stands still then."""
        try:
            toolkit = self.context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", self.context)
            with contextlib.suppress(Exception):
                toolkit.processEventsToIdle()
            run(self.context, [ENTRY_POINT, self.name])
        finally:
            self.tell_listeners()

    def addStatusListener(self, listener: Any, url: Any) -> None:  # noqa: N802
        """Somebody shows the button: say whether it can be pressed, now and whenever that may have changed."""
        if not self.listeners:
            with contextlib.suppress(Exception):
                self.frame.addFrameActionListener(self)
        self.listeners.append((listener, url))
        self._tell(listener, url)

    def removeStatusListener(self, listener: Any, url: Any) -> None:  # noqa: N802
        """It is shown there no longer."""
        left = [known for known in self.listeners if not (known[0] == listener and known[1].Complete == url.Complete)]
        if self.listeners and not left:
            with contextlib.suppress(Exception):
                self.frame.removeFrameActionListener(self)
        self.listeners = left

    # -- XFrameActionListener

    def frameAction(self, _event: Any) -> None:  # noqa: N802
        """The window got another workbook, or came to the front."""
        self.tell_listeners()

    def disposing(self, _source: Any) -> None:
        """The window is gone."""
        self.listeners = []

    def tell_listeners(self) -> None:
        """Say again whether the button can be pressed."""
        for listener, url in list(self.listeners):
            self._tell(listener, url)

    def _tell(self, listener: Any, url: Any) -> None:
        event = FeatureStateEvent()
        event.Source = self
        event.FeatureURL = url
        event.IsEnabled = self.enabled()
        event.Requery = False
        with contextlib.suppress(Exception):  # it was closed meanwhile
            listener.statusChanged(event)


class Buttons(unohelper.Base, XServiceInfo, XInitialization, XDispatchProvider):  # type: ignore[misc]
    """Hands out the buttons of one window."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context
        self.frame: Any = None
        self.buttons: dict[str, Button] = {}
        self.initialize(arguments)

    def initialize(self, arguments: Any) -> None:
        """The office names the window."""
        if arguments:
            self.frame = arguments[0]

    def queryDispatch(self, url: Any, _target: str, _flags: int) -> Any:  # noqa: N802
        """The button of an address; None for one that is none's."""
        if not url.Complete.startswith(PROTOCOL):
            return None
        name = url.Complete[len(PROTOCOL) :]
        if name not in KINDS or self.frame is None:
            return None
        if name not in self.buttons:
            self.buttons[name] = Button(self.context, self.frame, name)
        return self.buttons[name]

    def queryDispatches(self, requests: Any) -> Any:  # noqa: N802
        """The same for several."""
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    # -- XServiceInfo

    def getImplementationName(self) -> str:  # noqa: N802
        """As the manifest's configuration names it."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """One service."""
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """One service."""
        return (SERVICE,)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the office looks for this name
g_ImplementationHelper.addImplementation(Buttons, IMPLEMENTATION, (SERVICE,))
