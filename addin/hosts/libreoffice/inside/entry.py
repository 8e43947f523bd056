"""The script of the bridge: deployed as `sangkien.py` beside `pythonpath/sangkien_inside/`.

Script addresses name functions and carry no arguments: what is done here is done by whatever program the settings name.
Tests and the doctor reach a live office so, and a macro of one's own may; the extension's buttons have buttons.py.
"""

from __future__ import annotations

from typing import Any

from sangkien_inside.running import run  # type: ignore[import-not-found]

XSCRIPTCONTEXT: Any = globals().get("XSCRIPTCONTEXT")  # given by the office


def connect(*_event: Any) -> None:
    """Serve whatever the settings name: used by tests and by the doctor to reach a live office from outside."""
    run(XSCRIPTCONTEXT.getComponentContext(), ["connect"], ordered=True)


g_exportedScripts = (connect,)  # noqa: N816 - the office looks for this name
