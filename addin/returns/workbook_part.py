"""``workbook.xml``: its sheets and names; a sheet put before all others, or taken out, with all that counts sheets."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from addin.intake.refusals import refuse
from addin.returns.ooxml import STYLES_TYPE, WORKSHEET_TYPE, Dialect, dialect_of
from addin.returns.package import EditablePackage, new_part
from addin.returns.spans import Element, Splices, attribute_xml, parse, prefix_of, text_xml

_TRUE = ("1", "true")
# What may stand before the names in a workbook part (CT_Workbook).
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook; ``part`` is None where it leads nowhere. ``index`` counts from 0; ``id`` stays."""

    index: int
    id: str
    title: str
    part: str | None
    relationship: str
    is_worksheet: bool


@dataclass(frozen=True, slots=True)
class NewName:
    """A defined name to add. ``sheet``: index of the sheet that it belongs to, None for the workbook's own."""

    name: str
    content: str
    hidden: bool = True
    sheet: int | None = None


class WorkbookPart:
    """The workbook part of a package, read anew after each change."""

    def __init__(self, package: EditablePackage) -> None:
        self.package = package
        self.name = package.target("", "officeDocument") or "xl/workbook.xml"
        self._read()

    def _read(self) -> None:
        self._content = self.package.read(self.name)
        self._root = parse(self.name, self._content)
        self.__dict__.pop("sheets", None)

    @property
    def dialect(self) -> Dialect:
        """Transitional or strict."""
        return dialect_of(self._root.namespace)

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        properties = self._root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in _TRUE

    @cached_property
    def sheets(self) -> list[SheetEntry]:
        """The sheets in their order."""
        targets = {r.id: r for r in self.package.relationships(self.name) if not r.external}
        entries = []
        for index, one in enumerate(self._sheet_elements()):
            identity = next((v for k, v in one.attributes.items() if k.rpartition("}")[2] == "id"), "")
            found = targets.get(identity)
            part = found.target if found and found.target in self.package else None
            entries.append(
                SheetEntry(
                    index, one.attributes.get("sheetId", ""), one.attributes.get("name", ""), part, identity,
                    found is not None and found.kind == "worksheet",
                )
            )  # fmt: skip
        return entries

    def sheet(self, title: str) -> SheetEntry | None:
        """The sheet of that title, compared as Excel does."""
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def names(self) -> dict[str, str]:
        """The workbook's own names and what each stands for."""
        return {
            one.attributes.get("name", ""): self._text(one)
            for one in self._name_elements()
            if "localSheetId" not in one.attributes
        }

    def styles_part(self) -> str:
        """The name of the styles part, which is made where there is none."""
        found = self.package.target(self.name, "styles")
        if found is not None and found in self.package:
            return found
        name = self.package.free_name("xl/styles{}.xml") if "xl/styles.xml" in self.package else "xl/styles.xml"
        self.package.write(name, new_part(_SMALLEST_STYLES.format(main=self.dialect.main)))
        self.package.declare_part(name, STYLES_TYPE)
        self.package.relate(self.name, self.dialect.relationship("styles"), name)
        return name

    # -- changing --------------------------------------------------------------------------------------------------

    def add_names(self, names: Iterable[NewName]) -> None:
        """Add defined names behind those that are there."""
        written = [self._name_xml(one) for one in names]
        if not written:
            return
        splices = Splices(self._content)
        self._insert_names(splices, "".join(written))
        self._write(splices)

    def insert_first(self, title: str, content: bytes, names: Iterable[NewName] = ()) -> str:
        """Put a sheet before all others and make it the one that is seen on opening; returns its part's name.

        ``names`` are added with it (their ``sheet`` counts the new sheet as 0). Names that belong to a sheet, and the
        active and first shown sheet, move with their sheets.
        """
        package = self.package
        part = package.free_name("xl/worksheets/sheet{}.xml")
        package.write(part, content)
        package.declare_part(part, WORKSHEET_TYPE)
        identity = package.relate(self.name, self.dialect.relationship("worksheet"), part)
        splices = Splices(self._content)
        sheets = self._root.child("sheets")
        if sheets is None:
            raise refuse("no_sheets")
        prefix = prefix_of(self._content, sheets.start)
        numbers = [int(n) for one in sheets.children if (n := one.attributes.get("sheetId", "")).isdecimal()]
        splices.prepend_child(
            sheets,
            f'<{prefix}sheet{attribute_xml("name", title)} sheetId="{max(numbers, default=0) + 1}"'
            f' xmlns:r="{self.dialect.relationships}" r:id="{identity}"/>',
        )
        self._move_sheets(splices, 0, 1)
        for view in self._views():
            for attribute in ("activeTab", "firstSheet"):
                if view.attributes.get(attribute, "0") != "0":
                    splices.set_attribute(view.start, attribute, "0")
        self._insert_names(splices, "".join(self._name_xml(one) for one in names))
        self._write(splices)
        return part

    def remove_sheet(self, index: int) -> None:
        """Take a sheet out, with its names and the parts that it alone refers to."""
        entry = self.sheets[index]
        splices = Splices(self._content)
        element = self._sheet_elements()[index]
        splices.remove(element.start, element.end)
        self._move_sheets(splices, index + 1, -1, dropped=index)
        for view in self._views():
            for attribute in ("activeTab", "firstSheet"):
                value = view.attributes.get(attribute, "0")
                if value.isdecimal() and int(value) > index:
                    splices.set_attribute(view.start, attribute, str(int(value) - 1))
        self._write(splices)
        if entry.part is not None:
            for one in self.package.relationships(entry.part):
                inside = not one.external and one.target in self.package
                if inside and list(self.package.referrers(one.target)) == [entry.part]:
                    self.package.drop_part(one.target)
            self.package.drop_part(entry.part)
        self.package.unrelate(self.name, entry.relationship)
        self._read()

    def remove_names(self, prefix: str) -> None:
        """Take out the workbook's own names that begin so."""
        elements = self._name_elements()
        gone = [e for e in elements if e.attributes.get("name", "").startswith(prefix)]
        splices = Splices(self._content)
        holder = self._root.child("definedNames")
        if holder is not None and len(gone) == len(elements):
            splices.remove(holder.start, holder.end)
        else:
            for one in gone:
                splices.remove(one.start, one.end)
        self._write(splices)

    def _write(self, splices: Splices) -> None:
        self.package.splice(self.name, splices)
        self._read()

    def _move_sheets(self, splices: Splices, first: int, by: int, dropped: int | None = None) -> None:
        """Names that belong to a sheet say so by counting sheets."""
        for one in self._name_elements():
            scope = one.attributes.get("localSheetId", "")
            if not scope.isdecimal():
                continue
            if dropped is not None and int(scope) == dropped:
                splices.remove(one.start, one.end)
            elif int(scope) >= first:
                splices.set_attribute(one.start, "localSheetId", str(int(scope) + by))

    def _insert_names(self, splices: Splices, written: str) -> None:
        if not written:
            return
        holder = self._root.child("definedNames")
        if holder is not None:
            splices.append_child(holder, written)
            return
        before = next(found for name in _BEFORE_NAMES if (found := self._root.child(name)) is not None)
        prefix = prefix_of(self._content, before.start)
        splices.insert(before.end, f"<{prefix}definedNames>{written}</{prefix}definedNames>")

    def _name_xml(self, one: NewName) -> str:
        prefix = prefix_of(self._content, self._root.start)
        scope = "" if one.sheet is None else attribute_xml("localSheetId", str(one.sheet))
        hidden = ' hidden="1"' if one.hidden else ""
        return (
            f"<{prefix}definedName{attribute_xml('name', one.name)}{scope}{hidden}>"
            f"{text_xml(one.content)}</{prefix}definedName>"
        )

    def _sheet_elements(self) -> list[Element]:
        sheets = self._root.child("sheets")
        return list(sheets.named("sheet")) if sheets is not None else []

    def _name_elements(self) -> list[Element]:
        holder = self._root.child("definedNames")
        return list(holder.named("definedName")) if holder is not None else []

    def _views(self) -> list[Element]:
        views = self._root.child("bookViews")
        return list(views.named("workbookView")) if views is not None else []

    def _text(self, element: Element) -> str:
        return html.unescape(self._content[element.inner : element.end_inner].decode())


_SMALLEST_STYLES = (
    '<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Times New Roman"/><family val="1"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
    '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
