"""What the office is told in its settings: the functions and their words, and what is done when a workbook is opened.

Sources: LibreOffice's own schemas CalcAddIns.xcs and Jobs.xcs.
"""

from __future__ import annotations

from collections.abc import Iterable

from macros.oxt.functions.declared import Argument, Function
from macros.oxt.xcu import Node, settings

SERVICE = "SK"
"""The Add-In's name as the office's formulas know it: an office that cannot write ``SK_HOTRO`` writes ``SK.HOTRO``."""

MENDER = "vn.sangkien.FormulaMender"

_OFFICE = "org.openoffice.Office"
_GROUP = "Add-In"
"""The groups of the function wizard are the office's own; this is the one for functions like these."""
_OPENED = "OnLoad"


def function_settings(functions: Iterable[Function]) -> bytes:
    """CalcAddIns.xcu: names and words. The compatibility name is what stands in an Excel file."""
    nodes = tuple(_function(one) for one in functions)
    addin = Node(SERVICE, nodes=(Node("AddInFunctions", nodes=nodes),), replaces=True)
    return settings(_OFFICE, "CalcAddIns", [Node("AddInInfo", nodes=(addin,))])


def job_settings() -> bytes:
    """Jobs.xcu: whenever a document was opened, the mender looks at it."""
    job = Node(MENDER, {"Service": MENDER}, replaces=True)
    bound = Node(_OPENED, nodes=(Node("JobList", nodes=(Node(MENDER, replaces=True),)),))
    written = settings(_OFFICE, "Jobs", [Node("Jobs", nodes=(job,)), Node("Events", nodes=(bound,))])
    # The event may have jobs of others already: ours is added to them.
    return written.replace(b'oor:name="OnLoad"', b'oor:name="OnLoad" oor:op="fuse"')


def _function(function: Function) -> Node:
    words = {
        "DisplayName": function.name,
        "Description": function.help,
        "Category": _GROUP,
        "CompatibilityName": function.name,
    }
    arguments = tuple(_argument(one) for one in function.arguments)
    return Node(function.method, words, (Node("Parameters", nodes=arguments),), replaces=True)


def _argument(argument: Argument) -> Node:
    return Node(argument.identifier, {"DisplayName": argument.name, "Description": argument.help}, replaces=True)
