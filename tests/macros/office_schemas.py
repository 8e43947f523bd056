"""A reader of settings that did not write them: the schemas that the office brings along, in share/registry/*.xcd."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

OOR = "{http://openoffice.org/2001/registry}"


@dataclass
class Schemas:
    """The schemas of one office, by package and name."""

    known: dict[tuple[str, str], etree._Element]

    @classmethod
    def of(cls, soffice: str) -> Schemas:
        """Those of an installed office."""
        known = {}
        for file in sorted((Path(soffice).resolve().parent.parent / "share" / "registry").glob("*.xcd")):
            for schema in etree.parse(file).getroot().iter(f"{OOR}component-schema"):
                known[schema.get(f"{OOR}package"), schema.get(f"{OOR}name")] = schema
        return cls(known)

    def faults(self, settings: bytes) -> list[str]:
        """What of a file of settings no schema knows."""
        data = etree.fromstring(settings)
        schema = self.known.get((data.get(f"{OOR}package"), data.get(f"{OOR}name")))
        if schema is None:
            return [f"no schema {data.get(f'{OOR}name')}"]
        return list(self._faults(data, schema.find("component"), schema))

    def _faults(self, node: etree._Element, group: etree._Element, schema: etree._Element) -> Iterator[str]:
        """Of the children of a node that a group (or the component itself) describes."""
        known = {one.get(f"{OOR}name"): one for one in group if isinstance(one.tag, str)}
        for child in node:
            name = child.get(f"{OOR}name")
            wanted = known.get(name)
            if wanted is None:
                yield f"{name}: unknown in {group.get(f'{OOR}name')}"
            elif child.tag == "prop":
                kind = child.get(f"{OOR}type")
                if wanted.tag != "prop" or kind not in (None, wanted.get(f"{OOR}type")):
                    yield f"{name}: is {kind}, not {wanted.get(f'{OOR}type')}"
            elif wanted.tag == "group":
                yield from self._faults(child, wanted, schema)
            elif wanted.tag == "set":
                yield from self._members(child, wanted, schema)
            elif wanted.tag == "node-ref":
                yield from self._faults(child, *self._template(wanted, schema))
            else:
                yield f"{name}: is no {wanted.tag}"

    def _members(self, node: etree._Element, of_set: etree._Element, schema: etree._Element) -> Iterator[str]:
        template, where = self._template(of_set, schema)
        for member in node:
            if member.tag != "node" or member.get(f"{OOR}op") not in ("replace", "fuse"):
                yield f"{member.get(f'{OOR}name')}: is no new member of {of_set.get(f'{OOR}name')}"
            elif template.tag == "set":
                yield from self._members(member, template, where)
            else:
                yield from self._faults(member, template, where)

    def _template(self, one: etree._Element, schema: etree._Element) -> tuple[etree._Element, etree._Element]:
        """The template that a set or a reference names, with the schema in which it stands."""
        component = one.get(f"{OOR}component", "")  # with its package: org.openoffice.Office.UI.WindowState
        package, _, short = component.rpartition(".")
        where = self.known[package, short] if component else schema
        name = one.get(f"{OOR}node-type")
        templates = where.find("templates")
        (found,) = [template for template in templates if template.get(f"{OOR}name") == name]
        return found, where
