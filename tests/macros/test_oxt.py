"""The extension's parts: well-formed, fit for the office's own schemas, every button in menu and toolbar and back."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from addin import ribbon
from addin.hosts.libreoffice.extension import IDENTIFIER, PROTOCOL
from addin.hosts.libreoffice.profile import INSIDE
from addin.live import actions
from addin.ribbon import GROUPS, BookKind, shown_groups
from macros.build import office_extension, texts
from macros.icons.png import pixels_of
from macros.oxt import parts as oxt_parts
from macros.oxt.package import DESCRIPTION, MANIFEST, extension, media_type
from macros.oxt.scripts import COMPONENT, TABLE
from tests.macros.office_schemas import Schemas

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST_NAMESPACE = "{http://openoffice.org/2001/manifest}"
SEPARATOR = "private:separator"


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def shown() -> dict[str, bytes]:
    """The extension as it is given to clerks."""
    return unpacked(office_extension())


@pytest.fixture(scope="module")
def full() -> dict[str, bytes]:
    """One with every declared button."""
    return unpacked(office_extension(GROUPS))


def properties(node: etree._Element) -> dict[str, str]:
    return {prop.get(f"{OOR}name"): prop.findtext("value") for prop in node.findall("prop")}


def entries(parts: Mapping[str, bytes], path: str) -> list[dict[str, str]]:
    """The members of a set in Addons.xcu, in the office's order: it sorts them by their names."""
    node = etree.fromstring(parts["Addons.xcu"])
    for name in ("AddonUI", *path.split("/")):
        (node,) = [one for one in node.findall("node") if one.get(f"{OOR}name") == name]
    return [properties(one) for one in sorted(node.findall("node"), key=lambda one: one.get(f"{OOR}name"))]


MENU, BAR = "OfficeMenuBar/vn.sangkien.menu/Submenu", "OfficeToolBar/vn.sangkien.toolbar"


@pytest.mark.parametrize("place", [MENU, BAR])
def test_every_button_stands_in_menu_and_toolbar_and_nothing_else_does(shown: dict[str, bytes], place: str) -> None:
    buttons = [one for one in entries(shown, place) if one["URL"] != SEPARATOR]
    assert [(one["URL"], one["Title"]) for one in buttons] == [
        (f"{PROTOCOL}{button.id}", button.label) for group in shown_groups() for button in group.buttons
    ]
    for one in buttons:
        assert callable(getattr(actions, one["URL"].removeprefix(PROTOCOL)))


@pytest.mark.parametrize("place", [MENU, BAR])
def test_a_line_stands_between_two_groups(full: dict[str, bytes], place: str) -> None:
    between = "".join("|" if one["URL"] == SEPARATOR else "." for one in entries(full, place))
    assert between == "|".join("." * len(group.buttons) for group in GROUPS)


def test_a_button_that_needs_no_workbook_stands_in_the_start_center_too(full: dict[str, bytes]) -> None:
    for one in entries(full, MENU):
        if one["URL"] == SEPARATOR:
            continue
        kinds = ribbon.button_of(one["URL"].removeprefix(PROTOCOL)).enabled_when.kinds
        assert ("StartModule" in one["Context"]) == (BookKind.NONE in kinds)
        assert "SpreadsheetDocument" in one["Context"]


def test_the_table_inside_knows_every_button_and_when_it_can_be_pressed(full: dict[str, bytes]) -> None:
    assert table(full)["KINDS"] == {
        button.id: tuple(str(kind) for kind in button.enabled_when.kinds) for button in ribbon.every_button()
    }


def test_the_table_names_a_function_of_the_product(shown: dict[str, bytes]) -> None:
    from addin.hosts.libreoffice import pressing
    from addin.hosts.libreoffice.child import entry_point

    assert entry_point(table(shown)["ENTRY_POINT"]) is pressing.press
    assert table(shown)["PROTOCOL"] == PROTOCOL


def table(parts: Mapping[str, bytes]) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(parts[TABLE].decode(), names)
    return names


def test_every_button_has_its_pictures_in_both_sizes(full: dict[str, bytes]) -> None:
    root = etree.fromstring(full["Addons.xcu"])
    images = next(node for node in root.iter("node") if node.get(f"{OOR}name") == "Images")
    seen = set()
    for image in images.findall("node"):
        seen.add(properties(image)["URL"])
        (files,) = image.findall("node")
        for name, size in (("ImageSmallURL", 16), ("ImageBigURL", 26)):
            part = properties(files)[name].removeprefix("%origin%/")
            assert pixels_of(full[part])[0] == size
    assert seen == {f"{PROTOCOL}{button.id}" for button in ribbon.every_button()}


def test_the_manifest_lists_what_the_office_registers_and_all_of_it_is_there(full: dict[str, bytes]) -> None:
    listed = {
        entry.get(f"{MANIFEST_NAMESPACE}full-path"): entry.get(f"{MANIFEST_NAMESPACE}media-type")
        for entry in etree.fromstring(full[MANIFEST])
    }
    assert listed == {path: kind for path in full if (kind := media_type(path)) is not None}
    assert listed[COMPONENT] == "application/vnd.sun.star.uno-component;type=Python"
    assert [path for path in full if path.endswith((".xcu", ".xcs", ".rdb")) and path not in listed] == []


def test_the_description_names_the_extension_and_only_what_is_there(shown: dict[str, bytes]) -> None:
    root = etree.fromstring(shown[DESCRIPTION])
    d = {"d": "http://openoffice.org/extensions/description/2006", "x": "http://www.w3.org/1999/xlink"}
    assert root.xpath("string(d:identifier/@value)", namespaces=d) == IDENTIFIER
    assert root.xpath("string(d:display-name/d:name)", namespaces=d) == texts()["title"]
    links = root.xpath("//@x:href", namespaces=d)
    assert links
    assert [link for link in links if link not in shown] == []


def test_every_xml_is_well_formed_and_every_python_is_for_3_8(full: dict[str, bytes]) -> None:
    kinds = {Path(path).suffix for path in full}
    assert {".xml", ".xcu", ".py", ".png", ".txt"} <= kinds
    for path, data in full.items():
        if path.endswith((".xml", ".xcu")):
            etree.fromstring(data)
        elif path.endswith(".py"):
            ast.parse(data.decode("utf-8"), path, feature_version=(3, 8))


def test_the_bridge_is_there_as_it_stands_in_the_sources(shown: dict[str, bytes]) -> None:
    inside = {Path(path).name: data for path, data in shown.items() if "/sangkien_inside/" in path}
    assert inside == {name: (INSIDE / name).read_bytes() for name in inside}
    assert {"serving.py", "running.py", "settings.py"} <= inside.keys()


def test_the_offices_own_schemas_take_every_setting(full: dict[str, bytes], soffice: str) -> None:
    schemas = Schemas.of(soffice)
    settings = [path for path in full if path.endswith(".xcu")]
    assert {"Addons.xcu", "CalcWindowState.xcu", "ProtocolHandler.xcu"} <= set(settings)
    for path in settings:
        assert schemas.faults(full[path]) == [], path


def test_the_reader_of_schemas_notices_what_is_wrong(full: dict[str, bytes], soffice: str) -> None:
    schemas = Schemas.of(soffice)
    addons = full["Addons.xcu"]
    for right, wrong in ((b'"Title"', b'"Titel"'), (b'"OfficeMenuBar"', b'"OfficeMenu"'), (b"xs:string", b"xs:int")):
        assert right in addons
        assert schemas.faults(addons.replace(right, wrong, 1)), wrong


def test_a_part_of_two_families_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oxt_parts, "script_parts", lambda _: {"Addons.xcu": b""})
    with pytest.raises(ValueError, match=r"Addons\.xcu"):
        oxt_parts.parts(GROUPS)


def test_equal_parts_are_equal_bytes_whatever_their_order() -> None:
    parts = {"b/x.xcu": b"<a/>", "a.rdb": b"1", "python/c.py": b"", "python/pythonpath/d.py": b""}
    about = {"version": "1", "title": "t", "description": "d", "icon": b"i"}
    turned = dict(reversed(parts.items()))
    assert extension(parts, **about) == extension(turned, **about)  # type: ignore[arg-type]
    listed = [
        entry.get(f"{MANIFEST_NAMESPACE}full-path")
        for entry in etree.fromstring(unpacked(extension(parts, **about))[MANIFEST])
    ]  # type: ignore[arg-type]
    assert listed == ["a.rdb", "python/c.py", "b/x.xcu"], "types, components, settings"
