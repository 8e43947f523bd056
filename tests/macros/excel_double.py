"""Enough of Excel to run our macros in pyOpenVBA's interpreter: what they read is set by a test, what they do is kept.

The macros under test are the built ones. Only what calls into a library of the system is taken out of them, and
answered here; everything else, xlwings' own procedures included, runs as it stands in the add-in.
"""

# ruff: noqa: ARG002, N802, N803 - names and arguments are Excel's

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyopenvba.interpreter import NOTHING, Interpreter, VBAArray, VBAObject, member, method, setter
from pyopenvba.interpreter._preprocess import strip_directives
from pyopenvba.interpreter._runtime import UNRESOLVED, HostBridge
from pyopenvba.interpreter._values import error

from macros.ovba import Base, Module

WINDOWS: Mapping[str, object] = {}
"""The conditional constants of a 64-bit Excel for Windows: the interpreter's own."""
MAC: Mapping[str, object] = {"Mac": True, "Win32": False, "Win64": True, "MAC_OFFICE_VERSION": 16}

PYTHON = "C:\\CongDoan\\python\\python.exe"
SETTINGS = f'"INTERPRETER_WIN","{PYTHON}"\r\n\r\n"SHOW CONSOLE","False"\r\n'


class Value(VBAObject):
    """A cell."""

    def __init__(self, value: object) -> None:
        self.value = value

    @member(default=True)
    def Value(self) -> object:
        return self.value


class Name(VBAObject):
    """A defined name."""

    def __init__(self, value: object) -> None:
        self.value = value

    @member
    def RefersToRange(self) -> Value:
        return Value(self.value)


class Keyed(VBAObject):
    """A collection asked by key or place; an unknown one is Excel's error 1004."""

    def __init__(self, items: Mapping[object, object]) -> None:
        self.items = items

    @member(default=True)
    def Item(self, key: object) -> object:
        wanted = int(key) if isinstance(key, (int, float)) else str(key)
        if wanted not in self.items:
            raise error(1004)
        return self.items[wanted]

    @member
    def Count(self) -> object:
        return len(self.items)


class Sheet(VBAObject):
    """A sheet of texts."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.rows = rows

    @method
    def Cells(self, row: object, column: object) -> Value:
        line = self.rows[int(row) - 1] if int(row) <= len(self.rows) else ()  # type: ignore[call-overload]
        place = int(column) - 1  # type: ignore[call-overload]
        return Value(line[place] if place < len(line) else "")

    @method
    def Rows(self, row: object) -> Sheet:
        return Sheet([self.rows[int(row) - 1]])  # type: ignore[call-overload]


class Book(VBAObject):
    """A workbook in front, or the add-in itself."""

    vba_type_name = "Workbook"

    def __init__(
        self, name: str = "Bao cao.xlsx", folder: str = "C:\\Ho so", *, form: str = "", read_only: bool = False
    ) -> None:
        self.name, self.folder, self.read_only = name, folder, read_only
        self.names: dict[object, object] = {"meta_form": Name(form)} if form else {}
        self.sheets: dict[object, object] = {}

    @member
    def Name(self) -> str:
        return self.name

    @member
    def Path(self) -> str:
        return self.folder

    @member
    def FullName(self) -> str:
        between = "/" if "://" in self.folder else "\\" if self.folder else ""
        return f"{self.folder}{between}{self.name}"

    @member
    def ReadOnly(self) -> bool:
        return self.read_only

    @member
    def Names(self) -> Keyed:
        return Keyed(self.names)

    @member
    def Worksheets(self) -> Keyed:
        return Keyed(self.sheets)


class Control(VBAObject):
    """What the ribbon hands to a callback."""

    def __init__(self, button_id: str, tag: str) -> None:
        self.button_id, self.tag = button_id, tag

    @member
    def ID(self) -> str:
        return self.button_id

    @member
    def Tag(self) -> str:
        return self.tag


class Ribbon(VBAObject):
    """The ribbon as the macros see it."""

    def __init__(self) -> None:
        self.invalidated = 0

    @method
    def Invalidate(self) -> None:
        self.invalidated += 1


class Shell(VBAObject):
    """Windows Script: environment, and programs that are started."""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def ExpandEnvironmentStrings(self, text: str) -> str:
        return text.replace("%USERPROFILE%", "C:\\Users\\Nguyễn").replace("%TEMP%", "C:\\Users\\Nguyễn\\Temp")

    @method
    def Run(self, command: str, style: object, wait: object) -> int:
        self.excel.started.append(command)
        if self.excel.python_leaves:
            self.excel.status_bar.append(self.excel.python_leaves)
        return 1 if self.excel.python_says else 0


class TextFile(VBAObject):
    """An open file."""

    def __init__(self, content: str) -> None:
        self.content = content

    @member
    def AtEndOfStream(self) -> bool:
        return not self.content

    @method
    def ReadAll(self) -> str:
        return self.content

    @method
    def Close(self) -> None:
        """Nothing is held."""


class Files(VBAObject):
    """The file system: the settings, and what Python wrote to its log."""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def OpenTextFile(self, path: str, mode: object) -> TextFile:
        if path == "C:\\Users\\Nguyễn\\.sangkien\\sangkien.conf" and self.excel.settings is not None:
            self.excel.settings_read += 1
            return TextFile(self.excel.settings)
        if path.startswith("C:\\Users\\Nguyễn\\Temp\\xlwings-"):
            return TextFile(self.excel.python_says)
        raise error(53)

    @method
    def DeleteFile(self, path: str) -> None:
        self.excel.deleted.append(path)


class Workbooks(VBAObject):
    """The open workbooks."""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def Add(self) -> Book:
        self.excel.book = Book("Book1", "")
        return self.excel.book


class Application(VBAObject):
    """Excel itself."""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @member
    def Hwnd(self) -> int:
        return 4711

    @member
    def Path(self) -> str:
        return "C:\\Office"

    @member
    def Name(self) -> str:
        return "Microsoft Excel"

    @member
    def Workbooks(self) -> Workbooks:
        return Workbooks(self.excel)

    @member
    def ActiveProtectedViewWindow(self) -> object:
        return Value("window") if self.excel.protected_view else NOTHING

    @member
    def StatusBar(self) -> object:
        return self.excel.status_bar[-1]

    @setter("StatusBar")
    def _status_bar(self, value: object) -> None:
        self.excel.status_bar.append(value)

    @method
    def MacroOptions(
        self,
        Macro: object,
        Description: object,
        Category: object,
        ArgumentDescriptions: object = None,
    ) -> None:
        if self.excel.refuses_macro_options:
            raise error(1004)
        given = ArgumentDescriptions
        words = [str(one) for one in given.elements()] if isinstance(given, VBAArray) else []
        self.excel.described[str(Macro)] = [str(Category), str(Description), *words]


@dataclass
class Excel(HostBridge):
    """One Excel with the add-in loaded. ``book`` is in front; ``said`` are the messages the clerk saw."""

    texts: Mapping[str, str]
    functions: Sequence[Sequence[str]] = ()
    book: Book | None = None
    protected_view: bool = False
    settings: str | None = SETTINGS
    python_exists: bool = True
    python_says: str = ""
    python_leaves: str = ""
    refuses_macro_options: bool = False
    said: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    status_bar: list[object] = field(default_factory=list)
    described: dict[str, list[str]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    settings_read: int = 0

    def __post_init__(self) -> None:
        self.ribbon = Ribbon()
        self.this_workbook = Book("sangkien.xlam", "C:\\XLSTART")
        self.this_workbook.sheets = {1: Sheet(list(self.texts.items())), 2: Sheet(self.functions)}

    def global_object(self, name: str) -> object:
        """Objects that a macro names without saying whose they are."""
        found = {"application": Application(self), "thisworkbook": self.this_workbook, "activeworkbook": self.book}
        return (found[name] or NOTHING) if name in found else UNRESOLVED

    def has_global_member(self, name: str) -> bool:
        """Calls into the system, which the double answers."""
        return name.lower() in ("messageboxw", "textof", "attributesof")

    def call_global(self, name: str, args: list[object], named: dict[str, object]) -> object:
        """See ``has_global_member``; a pointer to a text is the text."""
        if name.lower() == "messageboxw":
            self.said.append(str(args[1]))
            return 1
        if name.lower() == "attributesof":
            if str(args[0]) == PYTHON and self.python_exists:
                return 0
            raise error(53)
        return args[0]

    def constant(self, name: str) -> object:
        """Names of Excel's own values."""
        return {"xlerrna": 2042, "xlerrvalue": 2015}.get(name.lower(), UNRESOLVED)

    def create(self, type_name_: str) -> object:
        """What CreateObject gives."""
        made = {"WScript.Shell": Shell, "Scripting.FileSystemObject": Files}.get(type_name_)
        return made(self) if made else UNRESOLVED


class Loaded:
    """The add-in's macros in that Excel, on one of two systems."""

    def __init__(self, modules: Sequence[Module], excel: Excel, system: Mapping[str, object] = WINDOWS) -> None:
        self.excel = excel
        self.vba = Interpreter(excel)
        for module in modules:
            if module.base not in (Base.WORKBOOK, Base.SHEET):
                source = strip_directives(module.source, module=module.name, constants=dict(system))
                source = re.sub(r"^ *(Private )?Declare .*\r\n", "", source, flags=re.MULTILINE)
                source = source.replace(" GetAttr(", " AttributesOf(").replace("StrPtr(", "TextOf(")
                # The interpreter knows no events; LibreOffice compiles the class as it stands.
                source = source.replace("Private WithEvents ", "Private ")
                kind = "class" if module.base is Base.CLASS else "standard"
                self.vba.add_module(source, name=module.name, kind=kind)
        self.vba.initialise()

    def press(self, button_id: str, tag: str) -> None:
        """Click."""
        self.vba.run("SkPress", [Control(button_id, tag)])

    def enabled(self, tag: str) -> bool:
        """Whether the ribbon shows a button as one that can be pressed."""
        return bool(self.vba.run("SkFits", [tag]))
