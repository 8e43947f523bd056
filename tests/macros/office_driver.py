"""Run by the system's Python (which has LibreOffice's bridge): opens the add-in and workbooks, calls macros.

    python3 office_driver.py PIPE ADDIN [WORKBOOK|new]…     answers as JSON on standard output

For each workbook in front: whether a button is enabled, and what came of a press, for each tag given on standard input.
"""

import contextlib
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

LIBRARY = "SoSangKien"
SECONDS = 60


def setting(name, value):
    """A named value, as the office wants it."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe):
    """The office's own context, once it listens."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)  # it is starting; there is nothing to wait on before it listens


def main():
    """See above."""
    pipe, addin, *books = sys.argv[1:]
    tags = json.load(sys.stdin)
    context = connected(pipe)
    desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    loading = [setting("MacroExecutionMode", 4), setting("FilterName", "Calc MS Excel 2007 VBA XML")]
    opened = desktop.loadComponentFromURL(uno.systemPathToFileUrl(addin), "_blank", 0, tuple(loading))
    scripts = opened.getScriptProvider()

    def call(macro, *arguments):
        script = scripts.getScript(f"vnd.sun.star.script:{LIBRARY}.{macro}?language=Basic&location=document")
        return script.invoke(arguments, (), ())[0]

    answers = {"modules": list(opened.BasicLibraries.getByName(LIBRARY).ElementNames), "books": []}
    for book in books:
        url = "private:factory/scalc" if book == "new" else uno.systemPathToFileUrl(book)
        document = desktop.loadComponentFromURL(url, "_blank", 0, ())
        document.CurrentController.Frame.activate()
        answers["books"].append(
            [[call("Probe.Enabled", tag), call("Probe.Pressed", "check_sheet", tag)] for tag in tags]
        )
        document.close(True)
    json.dump(answers, sys.stdout)
    sys.stdout.flush()
    with contextlib.suppress(Exception):  # the office may be gone before it has answered
        desktop.terminate()


main()
