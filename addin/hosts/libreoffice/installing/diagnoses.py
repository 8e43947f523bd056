"""Every diagnosis of LibreOffice's doctor with its severity. What each says is in the catalogue: ``doctor.<code>``."""

from __future__ import annotations

from addin.hosts.installing import Diagnosis, Severity

SEVERITY = {
    # the office itself
    "lo_confined": Severity.ERROR,
    "lo_too_old": Severity.ERROR,
    "lo_without_python": Severity.ERROR,
    "lo_running": Severity.NOTE,
    "lo_root": Severity.NOTE,
    # the extension and its settings
    "lo_extension_missing": Severity.ERROR,
    "lo_extension_damaged": Severity.ERROR,
    "lo_extension_other": Severity.ERROR,
    "lo_install_unfinished": Severity.WARNING,
    "lo_settings_missing": Severity.ERROR,
    "lo_settings_broken": Severity.ERROR,
    "lo_python_gone": Severity.ERROR,
    "lo_other_python": Severity.WARNING,
    # the product's Python; on Windows and macOS Excel's doctor looks at it
    "lo_python_version": Severity.ERROR,
    "lo_no_windows": Severity.WARNING,
    # the doctor
    "lo_not_readable": Severity.WARNING,
}


def diagnosis(code: str, **facts: object) -> Diagnosis:
    """A diagnosis with its declared severity. Raises KeyError for a code that is not declared."""
    return Diagnosis(code, SEVERITY[code], facts)
