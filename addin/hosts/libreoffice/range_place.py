"""Which cells a Range is: its sheet and block, and the way to the office."""

from typing import TYPE_CHECKING

from xlwings import base_classes

from .addresses import Block
from .connection import Connection

if TYPE_CHECKING:
    from .range import Range
    from .sheets import Sheet


class RangePlace(base_classes.Range):
    """The part of Range on which its other parts stand."""

    def __init__(self, sheet: "Sheet", block: Block, arg1_input: str = "") -> None:
        self._sheet = sheet
        self.block = block
        self.arg1_input = arg1_input

    @property
    def sheet(self) -> "Sheet":
        """Its sheet."""
        return self._sheet

    @property
    def connection(self) -> Connection:
        """The connection to the office."""
        return self._sheet.connection

    @property
    def wire(self) -> list[int]:
        """The block on the wire, which the bridge's verbs take as `at`."""
        return self.block.at(self._sheet.number)

    def _other(self, block: list[int] | Block) -> "Range":
        """Other cells of the same sheet."""
        from .range import Range

        return Range(self._sheet, block if isinstance(block, Block) else Block(*block))
