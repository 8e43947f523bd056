"""The ribbon: every callback is a macro and back, every button an action; nothing is left over on either side."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from addin import entry
from addin.ribbon import GROUPS, every_button
from macros import icons
from macros.build import own_modules, texts
from macros.ovba import Module
from macros.package import RIBBON_PART
from macros.ribbon_xml import NAMESPACE, pictures, ribbon_xml, tag

XML = {"r": NAMESPACE}
CALLBACK = re.compile(r"^Public Sub (\w+)\(((?:ribbon As IRibbonUI|control As IRibbonControl).*)\)$", re.MULTILINE)


def callbacks_in(modules: Sequence[Module]) -> dict[str, str]:
    """Macros that take what a ribbon hands over, with their arguments."""
    source = "\n".join(module.source.replace("\r\n", "\n") for module in modules)
    return dict(CALLBACK.findall(source))


def test_every_callback_of_the_ribbon_is_a_macro_of_the_right_shape_and_back() -> None:
    tree = etree.fromstring(ribbon_xml(GROUPS).encode())
    named = {kind: set(tree.xpath(f"//@{kind}")) for kind in ("onLoad", "onAction", "getEnabled")}
    assert callbacks_in(own_modules()) == {
        **dict.fromkeys(named["onLoad"], "ribbon As IRibbonUI"),
        **dict.fromkeys(named["onAction"], "control As IRibbonControl"),
        **dict.fromkeys(named["getEnabled"], "control As IRibbonControl, ByRef returnedVal"),
    }
    others = set(tree.xpath("//@*[starts-with(name(), 'get') or starts-with(name(), 'on')]"))
    assert others == set().union(*named.values())


def test_every_button_of_the_declaration_is_in_the_ribbon_with_its_words() -> None:
    tree = etree.fromstring(ribbon_xml(GROUPS).encode())
    shown = {node.get("id"): dict(node.attrib) for node in tree.xpath("//r:button", namespaces=XML)}
    assert list(shown) == [button.id for button in every_button()]
    for button in every_button():
        assert shown[button.id]["label"] == button.label
        assert shown[button.id]["supertip"] == button.supertip
        assert shown[button.id]["tag"] == tag(button)
    assert tree.xpath("//r:group/@label", namespaces=XML) == [
        "Biểu mẫu", "Kiểm tra", "Tổng hợp", "Chi hỗ trợ", "Gửi báo cáo", "Trợ giúp",
    ]  # fmt: skip
    assert tree.xpath("string(//r:tab/@label)", namespaces=XML) == "Sáng kiến"


def test_what_a_press_hands_to_python_is_the_entry_and_a_button() -> None:
    (source,) = [module.source for module in own_modules() if module.name == "SkPython"]
    command = re.search(r'SkCommand = "from addin import entry; entry\.(\w+)\(\'" & id & "\'\)"', source)
    assert command is not None
    assert callable(getattr(entry, command[1]))


def test_every_picture_is_there_in_every_size_and_belongs_to_a_button(full_addin: Path) -> None:
    assert {button.icon for button in every_button()} == set(icons.DRAWINGS)
    with zipfile.ZipFile(full_addin) as package:
        names = set(package.namelist())
        relationships = etree.fromstring(package.read("customUI/_rels/customUI14.xml.rels"))
        shown = set(etree.fromstring(package.read(RIBBON_PART)).xpath("//@image"))
    targets = {node.get("Id"): f"customUI/{node.get('Target')}" for node in relationships}
    assert shown == targets.keys() == set(pictures(GROUPS))
    assert set(targets.values()) == {name for name in names if name.endswith(".png")}


def test_every_sentence_that_macros_show_exists_and_every_sentence_is_shown() -> None:
    source = "\n".join(module.source for module in own_modules())
    from_xlwings = {"mac_script", "python_missing", "working"}
    shown = set(
        re.findall(r'Sk(?:Text\(|Say |SayWithDetail |BookObstacle = |Obstacle = |PythonObstacle = )"(\w+)"', source)
    )
    assert shown | from_xlwings == set(texts())


def test_sentences_for_the_clerk_end_and_say_what_to_do() -> None:
    for key, sentence in texts().items():
        if key not in ("title", "detail", "working"):
            assert sentence.endswith((".", "sangkien install", "C:\\CongDoan")), key
            assert sentence == " ".join(sentence.split()), key
