"""A workbook's package whose parts are changed one by one; a part that nobody writes stays byte for byte as it came.

Never for a workbook that has not passed the guard: ``EditablePackage`` has it opened by ``addin.intake.guard`` first.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from addin.intake.guard import open_package
from addin.intake.refusals import refuse
from addin.returns.ooxml import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, kind_of
from addin.returns.spans import Splices, WayBack, attribute_xml, parse, prefix_of

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part; ``target`` is a part's name without a leading slash, or an address outside."""

    id: str
    kind: str
    target: str
    external: bool


class EditablePackage:
    """The parts of a workbook by name (compared without case, as Excel does)."""

    def __init__(self, data: bytes) -> None:
        """Open a workbook's bytes. Raises the refusals of ``open_package``."""
        open_package(data)
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {entry.filename.lower(): entry for entry in self._archive.infolist()}
        self._written: dict[str, bytes | None] = {}
        self._added: dict[str, str] = {}
        self.ways_back: dict[str, list[WayBack]] = {}
        """By part that was spliced: how to come back, last change last."""

    # -- parts -----------------------------------------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        key = name.lower()
        if key in self._written:
            return self._written[key] is not None
        return key in self._entries

    def names(self) -> list[str]:
        """The parts as they will be written: those that came in their order, then the new ones."""
        kept = [e.filename for key, e in self._entries.items() if self._written.get(key, b"") is not None]
        return kept + [name for key, name in self._added.items() if self._written[key] is not None]

    def read(self, name: str) -> bytes:
        """A part's bytes as they are now. Raises ``damaged`` where there is no such part."""
        key = name.lower()
        if key in self._written:
            content = self._written[key]
        else:
            entry = self._entries.get(key)
            content = self._archive.read(entry) if entry is not None else None
        if content is None:
            raise refuse("damaged", part=name)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Put a part in the place of that of the same name, or add it."""
        key = name.lower()
        if key not in self._entries and key not in self._added:
            self._added[key] = name
        self._written[key] = content

    def splice(self, name: str, splices: Splices) -> None:
        """Change a part whose bytes the splices were made for."""
        if splices:
            content, way_back = splices.result()
            came = self._entries.get(name.lower())
            self.ways_back.setdefault(came.filename if came else name, []).append(way_back)
            self.write(name, content)

    def remove(self, name: str) -> None:
        """Take a part out."""
        self._written[name.lower()] = None

    def original(self, name: str) -> bytes | None:
        """A part's bytes as they came; None for a new part."""
        entry = self._entries.get(name.lower())
        return self._archive.read(entry) if entry is not None else None

    def changed(self) -> list[str]:
        """The names of the parts that came and were written since, those taken out included."""
        return [self._entries[key].filename for key in self._written if key in self._entries]

    def added(self) -> list[str]:
        """The names of the new parts."""
        return [name for key, name in self._added.items() if self._written[key] is not None]

    def to_bytes(self) -> bytes:
        """The package. The same changes give the same bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.names():
                came = self._entries.get(name.lower())
                info = zipfile.ZipInfo(name, came.date_time if came else _EPOCH)
                info.compress_type = came.compress_type if came else zipfile.ZIP_DEFLATED
                info.external_attr = came.external_attr if came else 0o600 << 16
                info.create_system = came.create_system if came else 0
                archive.writestr(info, self.read(name))
        return target.getvalue()

    def free_name(self, pattern: str) -> str:
        """A part name that is not taken: ``pattern`` holds ``{}`` for a number."""
        number = 1
        while pattern.format(number).lower() in self._entries or pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    # -- relationships ---------------------------------------------------------------------------------------------

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part (the package's own: an empty name)."""
        file = relationships_part(part)
        if file not in self:
            return []
        return [_relationship(part, one.attributes) for one in parse(file, self.read(file)).named("Relationship")]

    def target(self, part: str, kind: str) -> str | None:
        """The part to which ``part`` has a relationship of that kind; None where there is none."""
        return next((r.target for r in self.relationships(part) if r.kind == kind and not r.external), None)

    def relate(self, part: str, relationship_type: str, target: str) -> str:
        """Add a relationship from a part to another part; returns its id."""
        file = relationships_part(part)
        if file not in self:
            self.write(file, f'{_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"></Relationships>'.encode())
        content = self.read(file)
        root = parse(file, content)
        taken = {one.attributes.get("Id", "").lower() for one in root.children}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        relative = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(part)}")
        splices = Splices(content)
        attributes = {"Id": f"rId{number}", "Type": relationship_type, "Target": relative}
        splices.append_child(root, _empty(prefix_of(content, root.start), "Relationship", attributes))
        self.splice(file, splices)
        return f"rId{number}"

    def unrelate(self, part: str, identity: str) -> None:
        """Take a relationship away; a relationships part without any left goes with it."""
        file = relationships_part(part)
        content = self.read(file)
        root = parse(file, content)
        gone = [one for one in root.named("Relationship") if one.attributes.get("Id") == identity]
        if len(gone) == len(root.children):
            self.remove(file)
            return
        splices = Splices(content)
        for one in gone:
            splices.remove(one.start, one.end)
        self.splice(file, splices)

    # -- content types ---------------------------------------------------------------------------------------------

    def declare_part(self, name: str, content_type: str) -> None:
        """Say of what type a new part is."""
        self._declare("Override", {"PartName": f"/{name}", "ContentType": content_type})

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say of what type the parts of an extension are, unless that is said already."""
        for one in parse(CONTENT_TYPES, self.read(CONTENT_TYPES)).named("Default"):
            if one.attributes.get("Extension", "").lower() == extension:
                return
        self._declare("Default", {"Extension": extension, "ContentType": content_type})

    def _declare(self, element: str, attributes: Mapping[str, str]) -> None:
        content = self.read(CONTENT_TYPES)
        root = parse(CONTENT_TYPES, content)
        splices = Splices(content)
        new = _empty(prefix_of(content, root.start), element, attributes)
        # Extensions come first, as every program writes them.
        (splices.prepend_child if element == "Default" else splices.append_child)(root, new)
        self.splice(CONTENT_TYPES, splices)

    def drop_part(self, name: str) -> None:
        """Take a part out with its relationships and its content type."""
        content = self.read(CONTENT_TYPES)
        splices = Splices(content)
        for one in parse(CONTENT_TYPES, content).named("Override"):
            if one.attributes.get("PartName", "").lstrip("/").lower() == name.lower():
                splices.remove(one.start, one.end)
        self.splice(CONTENT_TYPES, splices)
        if relationships_part(name) in self:
            self.remove(relationships_part(name))
        self.remove(name)

    def referrers(self, name: str) -> Iterator[str]:
        """The parts with a relationship to a part."""
        for file in self.names():
            folder, base = posixpath.split(file)
            if not base.lower().endswith(".rels") or posixpath.basename(folder).lower() != "_rels":
                continue
            part = posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])
            if any(r.target.lower() == name.lower() for r in self.relationships(part) if not r.external):
                yield part


def relationships_part(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def new_part(content: str) -> bytes:
    """The bytes of a new XML part."""
    return f"{_HEAD}{content}".encode()


def _relationship(part: str, attributes: Mapping[str, str]) -> Relationship:
    target = attributes.get("Target", "")
    external = attributes.get("TargetMode") == "External"
    if not external:
        target = target.split("#")[0]
        folder = posixpath.dirname(part)
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(attributes.get("Id", ""), kind_of(attributes.get("Type", "")), target, external)


def _empty(prefix: str, name: str, attributes: Mapping[str, str]) -> str:
    written = "".join(attribute_xml(key, value) for key, value in attributes.items())
    return f"<{prefix}{name}{written}/>"
