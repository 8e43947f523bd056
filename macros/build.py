"""Build Excel's add-in and LibreOffice's extension from text: ``python -m macros.build [--check] [--out FILE]``.

Building twice gives the same bytes, on every machine with the pinned xlwings.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from addin.hosts.libreoffice.extension import PACKAGED as PACKAGED_EXTENSION
from addin.ribbon import Group, shown_groups
from macros import icons
from macros.button_table import DOCUMENT, button_table
from macros.function_wrappers import Wrappers, function_wrappers
from macros.ovba import Base, Module, class_module, document_module, standard_module, vba_project
from macros.oxt.package import extension
from macros.oxt.parts import parts
from macros.package import FUNCTION_SHEET, TEXT_SHEET, WORKBOOK_NAME, addin_package
from macros.ribbon_xml import pictures, ribbon_xml
from macros.xlwings_module import PINNED, installed_macros, xlwings_module

SOURCES = Path(__file__).parent / "vba"
TEXTS = Path(__file__).parent / "texts.toml"
PROJECT = Path(__file__).parent.parent
OUT = PROJECT / "dist" / "sangkien.xlam"
PACKAGED = PROJECT / "addin" / "hosts" / "excel" / "built" / "sangkien.xlam"
"""The copy that the wheel carries and ``sangkien install`` puts into Excel: committed, like the built forms."""
DESCRIPTION = "Kiểm tra, tổng hợp báo cáo sáng kiến của đoàn viên, người lao động."


def modules(wrappers: Wrappers) -> list[Module]:
    """Every module of the add-in, in the order of its project."""
    return [
        document_module(WORKBOOK_NAME, Base.WORKBOOK),
        document_module(TEXT_SHEET, Base.SHEET),
        document_module(FUNCTION_SHEET, Base.SHEET),
        *own_modules(),
        standard_module(xlwings_module(installed_macros())),
        standard_module(wrappers.vba),
    ]


def own_modules() -> list[Module]:
    """The modules of vba/. Raises ValueError for a letter beyond ASCII."""
    standard = [standard_module(file.read_text(encoding="utf-8")) for file in sorted(SOURCES.glob("*.bas"))]
    return standard + [class_module(file.read_text(encoding="utf-8")) for file in sorted(SOURCES.glob("*.cls"))]


def texts() -> dict[str, str]:
    """The sentences that the macros show, by their keys."""
    sentences: dict[str, str] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return sentences


def addin(groups: Sequence[Group] | None = None, wrappers: Wrappers | None = None) -> bytes:
    """The bytes of the add-in, with the buttons and functions that exist (or those given, in tests)."""
    shown = shown_groups() if groups is None else groups
    made = function_wrappers() if wrappers is None else wrappers
    sentences = texts()
    return addin_package(
        vba=vba_project(modules(made)),
        ribbon=ribbon_xml(shown),
        pictures={name: (icons.FOLDER / f"{name}.png").read_bytes() for name in pictures(shown)},
        texts=list(sentences.items()),
        functions=made.help,
        title=sentences["title"],
        description=DESCRIPTION,
        versions={"sangkien": version("sangkien"), "xlwings": PINNED},
    )


def office_extension(groups: Sequence[Group] | None = None) -> bytes:
    """The bytes of LibreOffice's extension, with the buttons that exist (or those given, in tests)."""
    return extension(
        parts(groups),
        version=version("sangkien"),
        title=texts()["title"],
        description=DESCRIPTION,
        icon=icons.icon_file("check", 64).read_bytes(),
    )


def _stale(built: Mapping[Path, bytes]) -> list[str]:
    """Committed files that are not what their sources say, each with what brings them in step."""
    faulty = [f"{file}: run python -m macros.icons" for file in icons.differing()]
    if not DOCUMENT.is_file() or DOCUMENT.read_text(encoding="utf-8") != button_table():
        faulty.append(f"{DOCUMENT}: run python -m macros.build")
    return faulty + [
        f"{file}: run python -m macros.build"
        for file, content in built.items()
        if not file.is_file() or file.read_bytes() != content
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write add-in, extension and the table of buttons; with ``--check`` compare what is committed, write nothing."""
    parser = argparse.ArgumentParser(prog="python -m macros.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a derived file differs")
    parser.add_argument(
        "--out", type=Path, default=OUT, help="where to write Excel's; LibreOffice's (.oxt) lies beside it"
    )
    options = parser.parse_args(arguments)
    built = {PACKAGED: addin(), PACKAGED_EXTENSION: office_extension()}
    if options.check:
        faulty = _stale(built)
        for sentence in faulty:
            print(sentence, file=sys.stderr)  # noqa: T201 - a command's answer
        return 1 if faulty else 0
    wanted = {options.out: built[PACKAGED], options.out.with_suffix(".oxt"): built[PACKAGED_EXTENSION]}
    for file, content in {**built, **wanted}.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    DOCUMENT.write_text(button_table(), encoding="utf-8", newline="\n")
    for file, content in wanted.items():
        print(f"{file}: {len(content):,} bytes")  # noqa: T201 - a command's answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
