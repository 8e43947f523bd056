"""Putting the bridge into an office profile, and saying which Python it starts."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

INSIDE = Path(__file__).parent / "inside"

SCRIPT = "sangkien.py"
DEPLOYED_ELSEWHERE = ("entry.py", "buttons.py")
"""What lies beside the package: the script, and the component of the extension."""

PACKAGE = "sangkien_inside"
CHILD_OPTIONS = ("-E", "-P", "-X", "utf8", "-m", f"{__package__}.child")
"""Behind a Python: no variable and no folder of a workbook says what it loads."""

SETTINGS = Path("user") / "sangkien" / "bridge.json"
SCRIPTS = Path("user") / "Scripts" / "python"


def script_address(function: str, location: str = "user") -> str:
    """The address under which the office runs a function of the bridge's script, which lies in the user's profile."""
    return f"vnd.sun.star.script:{SCRIPT}${function}?language=Python&location={location}"


def put_scripts(folder: Path) -> None:
    """Copy the bridge into a folder of Python scripts: a profile's or an extension's. Replaces an earlier copy."""
    package = folder / "pythonpath" / PACKAGE
    if package.exists():
        shutil.rmtree(package)
    shutil.copytree(INSIDE, package, ignore=shutil.ignore_patterns("__pycache__", *DEPLOYED_ELSEWHERE))
    shutil.copyfile(INSIDE / "entry.py", folder / SCRIPT)


def write_settings(
    profile: Path,
    command: Sequence[str],
    *,
    silence: float = 120.0,
    total: float = 1800.0,
    log: Path | None = None,
    show_failures: bool = True,
    orders: bool = True,
) -> Path:
    """Say in a profile which program a button starts; times in seconds, see inside/settings.py. The file's path."""
    path = profile / SETTINGS
    path.parent.mkdir(parents=True, exist_ok=True)
    settings: dict[str, object] = {
        "command": list(command),
        "silence": silence,
        "total": total,
        "show_failures": show_failures,
        "orders": orders,
    }
    if log is not None:
        settings["log"] = str(log)
    path.write_text(json.dumps(settings, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def prepare_profile(profile: Path, command: Sequence[str], *, language: str = "en-US") -> None:
    """Make a fresh profile with the bridge in it; no tips at the first start, no recovery, no automatic saving."""
    put_scripts(profile / SCRIPTS)
    write_settings(profile, command)
    registry = profile / "user" / "registrymodifications.xcu"
    registry.write_text(registry_text(language), encoding="utf-8")


OPTIONS = (
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
    ("/org.openoffice.Office.Common/Security/Scripting", "HyperlinksWithCtrlClick", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),
)


def registry_text(language: str) -> str:
    """The profile's settings file."""
    items = [*OPTIONS, ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", language)]
    lines = [
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in items
    ]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry">',
            *lines,
            "</oor:items>",
            "",
        )
    )
