"""No questions while a program works: whatever the office would ask about a file is answered with "cancel"."""

from __future__ import annotations

from typing import Any

import unohelper  # type: ignore[import-not-found]
from com.sun.star.task import XInteractionHandler  # type: ignore[import-not-found]

ABORT = "com.sun.star.task.XInteractionAbort"


class CancelEverything(unohelper.Base, XInteractionHandler):  # type: ignore[misc]
    """Without it a damaged file, a password or a lock opens a box in the middle of the work, and everything waits."""

    def handle(self, request: Any) -> None:
        """Choose to abort where that is offered, else the first of the offers that is no consent."""
        for offer in request.getContinuations():
            if any(kind.typeName == ABORT for kind in offer.getTypes()):
                offer.select()
                return
