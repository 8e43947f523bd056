"""LibreOffice Calc as a live host for code written for xlwings.

The package stands by itself: it needs xlwings (its free part only) and the standard library, so that others may take it
out and use it. How the parts work together is told in docs/engine.md.

    inside/         runs in the office, started by a button; answers requests on the office's main thread
    child.py        runs in the product's own Python, started by the bridge; the code behind the button
    connection.py   the child's end of the pipes
    engine.py …     xlwings' base classes, spoken over the connection
    profile.py      puts the bridge into an office profile
    launch.py       starts an office of one's own and connects to it from outside: tests, benchmarks, the doctor
"""
