"""Every diagnosis of Excel's doctor with its severity. What each says is in the catalogue: ``doctor.<code>``."""

from __future__ import annotations

from addin.hosts.installing import Diagnosis, Severity

SEVERITY = {
    # Excel itself
    "excel_missing": Severity.ERROR,
    "excel_too_old": Severity.ERROR,
    "excel_store": Severity.WARNING,
    "excel_arm": Severity.WARNING,
    "excel_running": Severity.NOTE,
    # the add-in and its settings
    "addin_missing": Severity.ERROR,
    "addin_damaged": Severity.ERROR,
    "addin_other_version": Severity.ERROR,
    "addin_marked": Severity.ERROR,
    "addin_disabled": Severity.ERROR,
    "addin_twice": Severity.WARNING,
    "install_unfinished": Severity.WARNING,
    "settings_missing": Severity.ERROR,
    "settings_untidy": Severity.ERROR,
    "settings_python_gone": Severity.ERROR,
    "settings_other_python": Severity.WARNING,
    # Python
    "python_accents": Severity.ERROR,
    "python_store": Severity.ERROR,
    "python_version": Severity.ERROR,
    "python_network": Severity.WARNING,
    "pywin32_missing": Severity.ERROR,
    "tkinter_missing": Severity.WARNING,
    "xlwings_other_version": Severity.ERROR,
    "dll_missing": Severity.ERROR,
    "dll_other_version": Severity.ERROR,
    "bits_differ": Severity.NOTE,
    # what Office allows
    "vba_off": Severity.ERROR,
    "trusted_locations_off": Severity.ERROR,
    "addins_off": Severity.ERROR,
    "addins_need_signature": Severity.ERROR,
    "macros_off": Severity.WARNING,
    "internet_macros_blocked": Severity.NOTE,
    # what Windows allows
    "asr_child_processes": Severity.ERROR,
    "asr_win32_calls": Severity.ERROR,
    "asr_unknown_programs": Severity.WARNING,
    # folders
    "startup_on_network": Severity.ERROR,
    "documents_synchronised": Severity.WARNING,
    "roaming_profile": Severity.NOTE,
    "file_marked": Severity.WARNING,
    # macOS
    "script_missing": Severity.ERROR,
    "script_other_version": Severity.ERROR,
    "mac_functions": Severity.NOTE,
    # the doctor
    "not_readable": Severity.WARNING,
}


def diagnosis(code: str, **facts: object) -> Diagnosis:
    """A diagnosis with its declared severity. Raises KeyError for a code that is not declared."""
    return Diagnosis(code, SEVERITY[code], facts)
