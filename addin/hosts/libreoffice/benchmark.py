"""How fast the bridge is, on an office started for it: `python -m addin.hosts.libreoffice.benchmark`.

Prints figures; judges nothing. The office runs without a screen. Two hops are measured that a button does not have: the
relay and its loopback socket (see relay.py).
"""

import sys
import time
from collections.abc import Callable

from .engine import activate
from .launch import Office

ROWS, COLUMNS = 8_000, 20
REPEATS = 2_000


def milliseconds(action: Callable[[], object], repeats: int = 1) -> float:
    """The mean time of an action."""
    start = time.perf_counter()
    for _ in range(repeats):
        action()
    return (time.perf_counter() - start) * 1000 / repeats


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    with Office() as office:
        connection = office.connect()
        app = activate(connection)
        report("office started and connected", (time.perf_counter() - start) * 1000)
        sheet = app.books.add().sheets[0]
        cell, block = sheet["A1"], sheet["A1"].resize(ROWS, COLUMNS)
        at = block.impl.wire
        rows = [[float(r * c) if c % 2 else f"Sáng kiến {r}" for c in range(COLUMNS)] for r in range(ROWS)]
        cell.value = 1.5
        one = cell.impl.wire
        report("request that does nothing", milliseconds(lambda: connection.ask("office.ping"), REPEATS))
        report("read one cell, bridge", milliseconds(lambda: connection.ask("cells.read", at=one), REPEATS))
        report("read one cell, xlwings", milliseconds(lambda: cell.value, REPEATS))
        report("write one cell, xlwings", milliseconds(lambda: setattr(cell, "value", 1.5), REPEATS))
        cells = f"{ROWS * COLUMNS:,} cells"
        report(f"write {cells}, xlwings", milliseconds(lambda: setattr(block, "value", rows)))
        report(f"read {cells}, xlwings", milliseconds(lambda: block.value))
        report(f"write {cells}, bridge", milliseconds(lambda: connection.ask("cells.write", at=at, rows=rows)))
        report(f"read {cells}, bridge", milliseconds(lambda: connection.ask("cells.read", at=at)))
        column = sheet["Z1:Z10000"]
        report("write 10,000 formulas", milliseconds(lambda: setattr(column, "formula", '=IF(B1>0,"a","b")')))
        report("read 10,000 formulas", milliseconds(lambda: column.formula))


def report(what: str, took: float) -> None:
    """One line."""
    sys.stdout.write(f"{what:<36} {took:10.3f} ms\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
