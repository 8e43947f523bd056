"""Names and superiors of every unit that the master speaks of, whether or not the list of units knows it."""

from __future__ import annotations

from addin.merge.overview import Overview
from validation.units import Level, Unit


class Directory:
    """Looks units up by code: first in the tree, then on the covers, then in the rows of consolidations."""

    def __init__(self, overview: Overview) -> None:
        self._tree = overview.tree
        self._top = overview.unit
        self._names: dict[str, str] = {}
        self._superiors: dict[str, Unit | None] = {}
        self._covers = {report.unit_code: report.cover for report in overview.current}
        for report in overview.counting:
            for row in report.rows:
                if row.unit_name and row.accepted:
                    self._names.setdefault(row.unit_code, row.unit_name)
        self._names |= {code: cover.unit_name for code, cover in self._covers.items() if cover.unit_name}
        self._names |= {unit.code: unit.name for unit in overview.tree}

    def name(self, code: str | None) -> str:
        """The unit's name; its code where nothing names it, "" for no unit."""
        return self._names.get(code, code) if code else ""

    def superior(self, code: str) -> Unit | None:
        """The directly superior union, the payer; None where nobody knows it."""
        if code not in self._superiors:
            cover = self._covers.get(code)
            if code in self._tree:
                self._superiors[code] = self._tree.superior(code)
            else:
                self._superiors[code] = self._tree.get(cover.superior_code) if cover is not None else None
        return self._superiors[code]

    def roll_up(self, code: str) -> str | None:
        """The code of the union under which a unit's figures are added up: an upper union stands for itself."""
        unit = self._tree.get(code)
        if unit is not None and unit.level in (Level.UPPER, Level.CITY):
            return code
        superior = self.superior(code)
        return superior.code if superior is not None else None

    def roll_up_name(self, code: str | None) -> str:
        """How that union is called in the list of superiors."""
        if code is None:
            return "(không rõ cấp trên)"
        unit = self._tree.get(code)
        if unit is not None and unit.code == self._top.code and unit.level is Level.CITY:
            return f"{unit.name} (CĐCS trực thuộc)"
        return self.name(code)
