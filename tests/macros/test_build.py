"""The built add-in, checked by readers that did not write it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile

from addin.ribbon import GROUPS, shown_groups
from macros.build import addin, main, modules, office_extension, texts
from macros.function_wrappers import Wrappers
from macros.ovba import Base, Module
from macros.package import ADDIN_TYPE, RIBBON_PART
from macros.xlwings_module import PINNED

PROJECT = Path(__file__).parent.parent.parent
SPREADSHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

NOTICED = {
    "applescript": "xlwings: how a Mac starts Python",
    "macscript": "xlwings: paths of a Mac",
    "call": "xlwings: calls a procedure of its own",
    "chr": "xlwings: quotes in a command line",
    "command": "a parameter's name",
    "createobject": "Windows Script and the file system",
    "environ": "xlwings: the user's folder on a Mac",
    "exec": "xlwings: runs in the server when the settings say so",
    "expandenvironmentstrings": "the user's folder",
    "kill": "xlwings: its log on a Mac",
    "lib": "xlwings' library, and a message box that can show Vietnamese",
    "open": "reads the settings and a log",
    "run": "xlwings: starts Python",
    "shell": "xlwings: starts Python",
    "wscript.shell": "xlwings: starts Python",
    "system": "a word in comments",
    "windows": "a word in comments and names",
    "binary": "a word in the licence",
    "base64 strings": "names that could be Base64",
}
"""What a scanner notices in the macros, and why it is there. Anything more must be explained here, or go."""


@pytest.fixture(scope="module")
def scanned(full_addin: Path) -> dict[str, list[dict[str, str]]]:
    """What olevba says of the add-in: its macros, and what it finds suspicious."""
    command = [sys.executable, "-W", "ignore", "-m", "oletools.olevba", "--json", str(full_addin)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    (container,) = [one for one in json.loads(done.stdout) if one.get("type") == "OpenXML"]
    return {key: container[key] for key in ("macros", "analysis")}


def test_olevba_reads_back_exactly_the_sources(
    scanned: dict[str, list[dict[str, str]]], built_modules: Sequence[Module]
) -> None:
    read = {macro["ole_stream"].removeprefix("VBA/"): macro["code"] for macro in scanned["macros"]}
    # It leaves out the attributes at the head.
    wanted = {one.name: re.sub(r"^Attribute VB_.*\r\n", "", one.source, flags=re.MULTILINE) for one in built_modules}
    assert {name: lines(code) for name, code in read.items()} == {name: lines(code) for name, code in wanted.items()}


def test_pyopenvba_reads_back_exactly_the_sources(full_addin: Path, built_modules: Sequence[Module]) -> None:
    file = ExcelFile(str(full_addin))
    assert list(file.module_names()) == [module.name for module in built_modules]
    assert {module.name: lines(file.get_module(module.name)) for module in built_modules} == {
        module.name: lines(module.source) for module in built_modules
    }
    assert [reference.name for reference in file.references()] == ["stdole", "Office"]


def lines(code: str) -> list[str]:
    """Lines as they stand, whatever ends them."""
    return code.replace("\r\n", "\n").rstrip("\n").split("\n")


def test_nothing_runs_by_itself(scanned: dict[str, list[dict[str, str]]], full_addin: Path) -> None:
    assert [found["keyword"] for found in scanned["analysis"] if found["type"] == "AutoExec"] == []
    with zipfile.ZipFile(full_addin) as package:
        ribbon = package.read(RIBBON_PART).decode()
    assert re.findall(r' on(?!Action)\w+="(\w+)"', ribbon) == ["SkRibbonLoad"]


def test_what_a_scanner_notices_is_known_and_explained(scanned: dict[str, list[dict[str, str]]]) -> None:
    noticed = {found["keyword"].lower() for found in scanned["analysis"] if found["type"] == "Suspicious"}
    assert noticed - NOTICED.keys() - {"hex strings"} == set()
    addresses = [found["keyword"] for found in scanned["analysis"] if "://" in found["keyword"]]
    assert addresses == []


@pytest.mark.parametrize(
    "unwanted",
    [
        "VBProject",
        "VBComponents",
        "conda.bat",
        "import_udfs",
        "LICENSE_KEY",
        "xlwings.pro",
        "Workbook_Open",
        "Auto_Open",
    ],
)
def test_what_we_do_not_use_is_not_there(built_modules: Sequence[Module], unwanted: str) -> None:
    assert [module.name for module in built_modules if unwanted.lower() in module.source.lower()] == []


def test_the_package_is_clean_for_the_auditor(full_addin: Path) -> None:
    result = OpenXmlValidator().validate(full_addin)
    assert [str(problem) for problem in result.errors] == []


def test_it_says_that_it_is_an_addin(full_addin: Path) -> None:
    with zipfile.ZipFile(full_addin) as package:
        types = package.read("[Content_Types].xml").decode()
        main_part = re.search(r'PartName="/xl/workbook.xml" ContentType="(.*?)"', types)
        assert main_part is not None
        assert main_part[1] == ADDIN_TYPE
        assert 'Extension="png" ContentType="image/png"' in types
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_STORED}
        relationships = package.read("_rels/.rels").decode()
    assert f'relationships/ui/extensibility" Target="{RIBBON_PART}"' in relationships


def test_workbook_and_sheets_are_bound_to_their_modules(full_addin: Path, built_modules: Sequence[Module]) -> None:
    with zipfile.ZipFile(full_addin) as package:
        names = [
            etree.fromstring(package.read(part)).xpath(f"string(//s:{tag}/@codeName)", namespaces=SPREADSHEET)
            for part, tag in (
                ("xl/workbook.xml", "workbookPr"),
                ("xl/worksheets/sheet1.xml", "sheetPr"),
                ("xl/worksheets/sheet2.xml", "sheetPr"),
            )
        ]
    assert names == [module.name for module in built_modules if module.base in (Base.WORKBOOK, Base.SHEET)]


def test_it_names_the_versions_it_belongs_to(full_addin: Path) -> None:
    with zipfile.ZipFile(full_addin) as package:
        properties = package.read("docProps/custom.xml").decode()
        core = package.read("docProps/core.xml").decode()
    assert f'name="xlwings"><vt:lpwstr>{PINNED}<' in properties
    assert 'name="sangkien"><vt:lpwstr>' in properties
    assert "<dc:title>Sổ sáng kiến</dc:title>" in core


def test_the_texts_and_the_words_of_functions_stand_in_its_sheets(full_addin: Path, wrappers: Wrappers) -> None:
    with zipfile.ZipFile(full_addin) as package:
        strings = "".join(etree.fromstring(package.read("xl/sharedStrings.xml")).itertext())
    for sentence in [*texts().values(), *(word for row in wrappers.help for word in row)]:
        assert sentence in strings


@pytest.mark.parametrize("surroundings", [
    {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
])  # fmt: skip
def test_another_clock_language_and_hash_seed_give_the_same_bytes(surroundings: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import hashlib, addin.ribbon as r, macros.build as b\n"
        "built = b.addin(r.GROUPS), b.addin(), b.office_extension(r.GROUPS), b.office_extension()\n"
        "print(*(hashlib.sha256(one).hexdigest() for one in built))"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_")} | surroundings
    environment["PYTHONPATH"] = str(PROJECT)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    built = addin(GROUPS), addin(), office_extension(GROUPS), office_extension()
    assert done.stdout.split() == [hashlib.sha256(one).hexdigest() for one in built]


def test_build_writes_what_it_says_and_check_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "buttons.md"
    packaged = tmp_path / "package" / "sangkien.xlam"
    monkeypatch.setattr("macros.build.DOCUMENT", document)
    monkeypatch.setattr("macros.build.PACKAGED", packaged)
    monkeypatch.setattr("macros.build.PACKAGED_EXTENSION", tmp_path / "package" / "sangkien.oxt")
    out = tmp_path / "dist" / "sangkien.xlam"
    assert main(["--check", "--out", str(out)]) == 1, "the table of buttons is not there yet"
    assert not out.exists()
    assert not packaged.exists()
    assert main(["--out", str(out)]) == 0
    assert out.read_bytes() == packaged.read_bytes() == addin(shown_groups())
    assert out.with_suffix(".oxt").read_bytes() == (tmp_path / "package" / "sangkien.oxt").read_bytes()
    assert main(["--check"]) == 0
    capsys.readouterr()
    packaged.write_bytes(b"stale")
    document.write_text("stale", encoding="utf-8")
    assert main(["--check"]) == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [str(document), str(packaged)]


def test_every_source_is_ascii_and_named_after_its_module() -> None:
    for file in sorted((PROJECT / "macros" / "vba").iterdir()):
        text = file.read_bytes().decode("ascii")
        assert f'Attribute VB_Name = "{file.stem}"\n' in text
        assert "Option Explicit\n" in text


def test_modules_have_names_of_their_own(wrappers: Wrappers) -> None:
    names = [module.name.lower() for module in modules(wrappers)]
    assert len(names) == len(set(names))
