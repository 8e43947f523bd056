"""The styles part: formats looked up, and new ones derived from them and put behind them.

A cell format (``xf``) is never made from nothing for a clerk's cell: it is a copy of the cell's own, with one thing
changed. What is there is not changed; equal additions are made once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from addin.returns.package import EditablePackage
from addin.returns.spans import Element, Splices, attribute_raw, attribute_xml, parse, prefix_of
from validation.submission import LegacyFont
from validation.text.legacy import font_encoding

_BUILT_IN_DATES = frozenset({*range(14, 18), 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58})
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_FIRST_OWN_FORMAT = 164
_GENERAL, _TEXT = 0, 49
# The order of a styles part's children (CT_Stylesheet).
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")


@dataclass(frozen=True, slots=True)
class Change:
    """What a derived format has that its original has not; None keeps what is there. Each is an index."""

    fill: int | None = None
    font: int | None = None
    number: int | None = None
    plain_value: bool = False  # drop the mark of a text that was typed behind an apostrophe


class StyleSheet:
    """The styles part of a package; ``save`` writes what was added."""

    def __init__(self, package: EditablePackage, part: str) -> None:
        self._package = package
        self._part = part
        self._content = package.read(part)
        self._root = parse(part, self._content)
        self.prefix = prefix_of(self._content, self._root.start)
        self._items = {name: self._raw_children(name) for name in _ORDER}
        self._came = {name: len(items) for name, items in self._items.items()}
        if not self._items["cellXfs"]:
            self._items["cellXfs"].append(self.tag('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'))
        self._derived: dict[tuple[int, Change], int] = {}
        self._legacy: dict[int, LegacyFont | None] = {}

    def tag(self, written: str) -> bytes:
        """Elements written without a prefix, as this part writes its own."""
        return re.sub(r"<(/?)(?=[A-Za-z])", rf"<\1{self.prefix}", written).encode()

    # -- what is there ---------------------------------------------------------------------------------------------

    @property
    def formats(self) -> int:
        """Number of cell formats."""
        return len(self._items["cellXfs"])

    def fill_of(self, xf: int) -> bytes | None:
        """The fill of a cell format, as it is written; None where it has none."""
        return self._item("fills", self._number(xf, "fillId"))

    def legacy_font(self, xf: int) -> LegacyFont | None:
        """The encoding that a cell format's font stands for."""
        if xf not in self._legacy:
            self._legacy[xf] = self._encoding(self._item("fonts", self._number(xf, "fontId")))
        return self._legacy[xf]

    def _encoding(self, font: bytes | None) -> LegacyFont | None:
        if font is None:
            return None
        name = next((e for e in parse(self._part, self._alone(font)).children[0].children if e.local == "name"), None)
        return font_encoding(name.attributes.get("val")) if name is not None else None

    def number_format(self, xf: int) -> int:
        """The number format of a cell format, by its id."""
        return self._number(xf, "numFmtId")

    def is_date_format(self, number: int) -> bool:
        """Whether a number format shows a day."""
        if number in _BUILT_IN_DATES:
            return True
        code = _NOT_CODE.sub("", self._code(number) or "").lower()
        return "d" in code and ("y" in code or "m" in code)

    def is_amount_format(self, number: int) -> bool:
        """Whether a number format shows a whole number as clerks expect it: neither General nor text nor a date."""
        if number in (_GENERAL, _TEXT) or self.is_date_format(number):
            return False
        code = self._code(number)
        return number < _FIRST_OWN_FORMAT if code is None else "@" not in code and ("0" in code or "#" in code)

    # -- additions -------------------------------------------------------------------------------------------------

    def add(self, collection: str, written: str) -> int:
        """The index of a font, fill, border or cell format written without prefixes; added where there is none."""
        return self._add_raw(collection, self.tag(written))

    def add_number_format(self, code: str) -> int:
        """The id of a number format."""
        numbers = {}
        for raw in self._items["numFmts"]:
            attributes = self._attributes(raw)
            numbers[attributes.get("formatCode", "")] = attributes.get("numFmtId", "")
        if numbers.get(code, "").isdecimal():
            return int(numbers[code])
        taken = [int(number) for number in numbers.values() if number.isdecimal()]
        number = max([_FIRST_OWN_FORMAT - 1, *taken]) + 1
        written = f'<numFmt numFmtId="{number}"{attribute_xml("formatCode", code)}/>'
        # Not through ``tag``: a format code may hold anything.
        self._items["numFmts"].append(f"<{self.prefix}{written[1:]}".encode())
        return number

    def renamed_font(self, xf: int, name: str) -> int:
        """The font of a cell format under another name, of a Unicode font."""
        raw = self._item("fonts", self._number(xf, "fontId")) or self.tag("<font></font>")
        root = parse(self._part, self._alone(raw)).children[0]
        shift = len(self._alone(b"")) - len(b"</a>")
        splices = Splices(raw)
        for child in root.children:
            if child.local in ("name", "charset", "family", "scheme"):
                splices.remove(child.start - shift, child.end - shift)
        named = self.tag(f'<name{attribute_xml("val", name)}/><family val="1"/>').decode()
        own = Element(root.name, root.attributes, 0, root.inner - shift, root.end_inner - shift, root.end - shift)
        splices.append_child(own, named)
        return self._add_raw("fonts", splices.apply())

    def derive(self, xf: int, change: Change) -> int:
        """The index of a copy of a cell format with a change."""
        known = self._derived.get((xf, change))
        if known is not None:
            return known
        raw = self._item("cellXfs", xf) or self._items["cellXfs"][0]
        splices = Splices(raw)
        for value, attribute, applied in (
            (change.fill, "fillId", "applyFill"),
            (change.font, "fontId", "applyFont"),
            (change.number, "numFmtId", "applyNumberFormat"),
        ):
            if value is not None:
                splices.set_attribute(0, attribute, str(value))
                splices.set_attribute(0, applied, "1")
        if change.plain_value and attribute_raw(raw, 0, "quotePrefix") is not None:
            splices.set_attribute(0, "quotePrefix", None)
        index = self._add_raw("cellXfs", splices.apply())
        self._derived[xf, change] = index
        return index

    def refill(self, fills: dict[int, int]) -> None:
        """Give cell formats other fills, in their place: index of the format → index of the fill."""
        for xf, fill in fills.items():
            splices = Splices(self._items["cellXfs"][xf])
            splices.set_attribute(0, "fillId", str(fill))
            self._items["cellXfs"][xf] = splices.apply()

    def save(self) -> None:
        """Write the part, if anything was added or changed."""
        splices = Splices(self._content)
        for name in _ORDER:
            holder, items = self._root.child(name), self._items[name]
            new = b"".join(items[self._came[name] :])
            if holder is None:
                if new:
                    written = self.tag(f'<{name} count="{len(items)}">').decode() + new.decode()
                    splices.insert(self._place_of(name), f"{written}</{self.prefix}{name}>")
                continue
            for child, raw in zip(holder.children, items, strict=False):
                if self._content[child.start : child.end] != raw:
                    splices.replace(child.start, child.end, raw)
            if new:
                splices.append_child(holder, new.decode())
                if "count" in holder.attributes:
                    splices.set_attribute(holder.start, "count", str(len(items)))
        self._package.splice(self._part, splices)

    # -- inner -----------------------------------------------------------------------------------------------------

    def _place_of(self, name: str) -> int:
        """Where a collection that is not there belongs."""
        before = _ORDER[: _ORDER.index(name)]
        earlier = [child.end for child in self._root.children if child.local in before]
        return max(earlier, default=self._root.inner)

    def _raw_children(self, name: str) -> list[bytes]:
        holder = self._root.child(name)
        return [self._content[c.start : c.end] for c in holder.children] if holder is not None else []

    def _item(self, collection: str, index: int) -> bytes | None:
        items = self._items[collection]
        return items[index] if 0 <= index < len(items) else None

    def _add_raw(self, collection: str, raw: bytes) -> int:
        items = self._items[collection]
        if raw in items:
            return items.index(raw)
        items.append(raw)
        return len(items) - 1

    def _number(self, xf: int, attribute: str) -> int:
        raw = self._item("cellXfs", xf) or self._items["cellXfs"][0]
        value = attribute_raw(raw, 0, attribute) or "0"
        return int(value) if value.isdecimal() and len(value) < 9 else 0

    def _code(self, number: int) -> str | None:
        for raw in self._items["numFmts"]:
            attributes = self._attributes(raw)
            if attributes.get("numFmtId") == str(number):
                return attributes.get("formatCode")
        return None

    def _attributes(self, raw: bytes) -> dict[str, str]:
        return parse(self._part, self._alone(raw)).children[0].attributes

    def _alone(self, raw: bytes) -> bytes:
        """One element of the part with its namespaces declared, so that it can be read by itself."""
        spaces = re.findall(rb'\sxmlns(?::[\w.\-]+)?\s*=\s*(?:"[^"]*"|\'[^\']*\')', self._content[: self._root.inner])
        return b"<a%s>%s</a>" % (b"".join(spaces), raw)
