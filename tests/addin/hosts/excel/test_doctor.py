"""The doctor: each diagnosis on a machine with that trouble alone, none on a healthy one."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable
from pathlib import PureWindowsPath
from string import Formatter

import pytest

from addin.hosts.commands import sentences
from addin.hosts.excel.doctor import diagnose
from addin.hosts.excel.doctor.diagnoses import SEVERITY
from addin.hosts.excel.payload import packaged, versions_of
from addin.hosts.excel.system import Hive
from addin.hosts.installing import Diagnosis, Severity
from tests.addin.hosts.excel.fake_machines import (
    EXCEL,
    HOME,
    OFFICE,
    OFFICE_POLICY,
    PYTHON,
    FakeMachine,
    installed,
    mac,
    program_for,
    windows,
)
from tools.doctor_page import SEVERITY as OF_ALL_HOSTS
from validation.messages import LANGUAGES, catalogue

ROAMING = f"{HOME}\\AppData\\Roaming"
LOCATIONS = f"{OFFICE}\\Excel\\Security\\Trusted Locations"
ADDIN = f"{ROAMING}\\Microsoft\\Excel\\XLSTART\\sangkien.xlam"
SETTINGS = f"{HOME}\\.sangkien\\sangkien.conf"
ENVIRONMENT = "C:\\CongDoan\\sangkien\\moi-truong"
SECURITY = "Excel\\Security"
EXCEL_VERSION = "SOFTWARE\\Classes\\Excel.Application\\CurVer"
CLOUD_POLICY = "Software\\Policies\\Microsoft\\Cloud\\Office\\16.0"
DEFENDER = "SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules"
DEFENDER_POLICY = "SOFTWARE\\Policies\\Microsoft\\Windows Defender"
DEFENDER_RULES = f"{DEFENDER_POLICY}\\Windows Defender Exploit Guard\\ASR\\Rules"
MANAGED = f"{DEFENDER_POLICY}\\Policy Manager"
CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"


def found(machine: FakeMachine, *files: str) -> dict[str, Diagnosis]:
    return {one.code: one for one in diagnose(machine, packaged(), [machine.path(file) for file in files])}


def python(**facts: object) -> Callable[[FakeMachine], None]:
    def change(machine: FakeMachine) -> None:
        machine.facts = dataclasses.replace(machine.facts, **facts)  # type: ignore[arg-type]

    return change


def moved_python(place: str) -> Callable[[FakeMachine], None]:
    """The running Python elsewhere, its DLL beside it, and the settings pointing to it."""

    def change(machine: FakeMachine) -> None:
        executable = machine.put(place)
        machine.put(f"{executable.parent}\\xlwings64-{packaged().xlwings}.dll")
        machine.facts = dataclasses.replace(machine.facts, executable=executable)
        machine.put(SETTINGS, f'"INTERPRETER_WIN","{place}"\r\n'.encode())

    return change


def put(path: str, data: bytes = b"") -> Callable[[FakeMachine], None]:
    return lambda machine: machine.put(path, data) and None


def gone(path: str) -> Callable[[FakeMachine], None]:
    return lambda machine: machine.files.pop(machine.path(path)) and None


def registry(hive: Hive, key: str, **values: int | str | bytes) -> Callable[[FakeMachine], None]:
    return lambda machine: machine.set(hive, key, **values)


def other_version(machine: FakeMachine) -> None:
    """An add-in of ours with another version in its properties."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packaged().addin)) as now, zipfile.ZipFile(written, "w") as then:
        for name in now.namelist():
            data = now.read(name)
            then.writestr(name, data.replace(packaged().sangkien.encode(), b"9.9.9"))
    machine.put(ADDIN, written.getvalue())


def redirected(machine: FakeMachine) -> None:
    """AppData on a server, the add-in in it."""
    machine.variables["APPDATA"] = "\\\\may-chu\\hoa$\\AppData"
    installed(machine)


def without_excel(machine: FakeMachine) -> None:
    del machine.files[PureWindowsPath(EXCEL)]


def in_onedrive(machine: FakeMachine) -> None:
    machine.variables["OneDrive"] = f"{HOME}\\OneDrive"
    shell = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders"
    machine.set(Hive.USER, shell, personal="%OneDrive%\\Documents")


def store_excel(machine: FakeMachine) -> None:
    place = "C:\\Program Files\\WindowsApps\\Microsoft.Office.Desktop.Excel_16051\\Office16\\EXCEL.EXE"
    machine.put(place)
    machine.unreadable.add(machine.path(place))
    machine.set(
        Hive.MACHINE, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe", default=f'"{place}"'
    )


PROFILE = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-1-2-3-1001"
DISABLED = b"\x01\0\0\0" + "c:\\x\\xlstart\\sangkien.xlam\0Sổ sáng kiến\0".encode("utf-16-le")

TROUBLE: list[tuple[str, Callable[[FakeMachine], None]]] = [
    ("excel_missing", without_excel),
    ("excel_too_old", registry(Hive.MACHINE, EXCEL_VERSION, default="Excel.Application.12")),
    ("excel_store", store_excel),
    ("excel_store", put(f"{HOME}\\AppData\\Local\\Packages\\Microsoft.Office.Desktop_8wekyb3d8bbwe\\settings.dat")),
    ("excel_arm", put(EXCEL, program_for(0xAA64))),
    ("excel_running", lambda machine: machine.programs.add("excel.exe")),
    ("addin_missing", gone(ADDIN)),
    ("addin_damaged", put(ADDIN, packaged().addin[:9_000])),
    ("addin_damaged", put(ADDIN, b"")),
    ("addin_other_version", other_version),
    ("addin_marked", put(f"{ADDIN}:Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3")),
    ("addin_disabled", registry(Hive.USER, f"{OFFICE}\\Excel\\Resiliency\\DisabledItems", a1b2=DISABLED)),
    ("addin_twice", put("C:\\Program Files\\Microsoft Office\\root\\Office16\\XLSTART\\SangKien.xlam")),
    ("addin_twice", put(f"{ROAMING}\\Microsoft\\AddIns\\sangkien.xlam")),
    ("install_unfinished", put(f"{ROAMING}\\Microsoft\\Excel\\sangkien.xlam.moi")),
    ("settings_missing", gone(SETTINGS)),
    ("settings_untidy", put(SETTINGS, b'"INTERPRETER_WIN","C:\\x\\python.exe"\r\n\r\n"A","B"\r\n')),
    ("settings_untidy", put(SETTINGS, b'"A","B"\r\n')),
    ("settings_python_gone", put(SETTINGS, b'"INTERPRETER_WIN","C:\\gone\\python.exe"\r\n')),
    ("settings_other_python", put(SETTINGS, f'"INTERPRETER_WIN","{EXCEL}"\r\n'.encode("ascii"))),
    ("python_store", moved_python("C:\\Program Files\\WindowsApps\\Python.3.12\\python.exe")),
    ("python_version", python(version=(3, 14))),
    ("python_network", moved_python("\\\\may-chu\\sangkien\\python.exe")),
    ("pywin32_missing", python(modules=frozenset({"tkinter"}))),
    ("tkinter_missing", python(modules=frozenset({"win32com"}))),
    ("xlwings_other_version", python(xlwings="0.30.0")),
    ("xlwings_other_version", python(xlwings=None)),
    ("dll_missing", gone(f"{ENVIRONMENT}\\xlwings64-{packaged().xlwings}.dll")),
    ("bits_differ", put(EXCEL, program_for(0x14C))),
    ("vba_off", registry(Hive.MACHINE, f"{OFFICE_POLICY}\\Common", VBAOff=1)),
    ("trusted_locations_off", registry(Hive.USER, LOCATIONS, AllLocationsDisabled=1)),
    ("addins_off", registry(Hive.USER, f"{OFFICE}\\{SECURITY}", DisableAllAddins=1)),
    ("addins_need_signature", registry(Hive.USER, f"{OFFICE_POLICY}\\{SECURITY}", RequireAddinSig=1)),
    ("macros_off", registry(Hive.USER, f"{CLOUD_POLICY}\\{SECURITY}", VBAWarnings=4)),
    (
        "internet_macros_blocked",
        registry(Hive.USER, f"{OFFICE_POLICY}\\{SECURITY}", blockcontentexecutionfrominternet=1),
    ),
    ("asr_child_processes", registry(Hive.MACHINE, DEFENDER, **{CHILD_PROCESSES: 1})),
    ("asr_child_processes", registry(Hive.MACHINE, DEFENDER_RULES, **{CHILD_PROCESSES: "6"})),
    ("asr_child_processes", registry(Hive.MACHINE, MANAGED, ASRRules=f"x=0|{CHILD_PROCESSES}=1")),
    ("asr_win32_calls", registry(Hive.MACHINE, DEFENDER, **{"92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "1"})),
    ("asr_unknown_programs", registry(Hive.MACHINE, DEFENDER, **{"01443614-cd74-433a-b99e-2ecdc07bfc25": "1"})),
    ("startup_on_network", redirected),
    ("documents_synchronised", in_onedrive),
    ("roaming_profile", registry(Hive.MACHINE, PROFILE, CentralProfile="\\\\may-chu\\hoso$\\hoa")),
    ("file_marked", put(f"{ROAMING}\\Microsoft\\Excel\\XLSTART\\Book.xltx")),
    ("not_readable", lambda machine: machine.unreadable.add(machine.path(SETTINGS))),
]  # fmt: skip
"""What is wrong with an otherwise healthy PC, and the only thing the doctor says of it."""


@pytest.mark.parametrize(
    ("code", "trouble"), TROUBLE, ids=[f"{number}-{code}" for number, (code, _) in enumerate(TROUBLE)]
)
def test_each_trouble_alone_is_told_alone(code: str, trouble: Callable[[FakeMachine], None]) -> None:
    machine = installed(windows())
    trouble(machine)
    if code == "file_marked":
        machine.put(f"{ROAMING}\\Microsoft\\Excel\\XLSTART\\Book.xltx:Zone.Identifier", b"ZoneId=3")
    before, machine.changes = machine.content(), 0
    diagnoses = diagnose(machine, packaged())
    assert [one.code for one in diagnoses] == [code]
    assert diagnoses[0].severity is SEVERITY[code]
    assert (machine.content(), machine.changes) == (before, 0), "a doctor changes nothing"
    for language in LANGUAGES:
        what, remedy = sentences(diagnoses[0], language)
        assert what
        assert remedy


def test_every_declared_diagnosis_can_happen() -> None:
    told = {code for code, _ in TROUBLE} | {"python_accents", "dll_other_version"}
    told |= {"script_missing", "script_other_version", "mac_functions"}
    assert told == SEVERITY.keys()


def test_a_healthy_pc_has_nothing() -> None:
    assert found(installed(windows())) == {}


def test_a_pc_without_the_addin_is_told_to_install_it() -> None:
    assert found(windows()).keys() == {"addin_missing", "settings_missing"}


def test_errors_come_before_warnings_and_notes() -> None:
    machine = windows()
    machine.programs.add("excel.exe")
    in_onedrive(machine)
    severities = [one.severity for one in diagnose(machine, packaged())]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_a_python_under_a_name_with_accents_is_told_with_a_better_place() -> None:
    machine = installed(windows())
    moved_python("C:\\Users\\Nguyễn\\python\\python.exe")(machine)
    told = found(machine)
    assert told.keys() == {"python_accents", "settings_untidy"}
    assert "C:\\CongDoan" in sentences(told["python_accents"], "vi")[1]


def test_a_dll_of_another_version_is_told_apart_from_a_missing_one() -> None:
    machine = installed(windows())
    gone(f"{ENVIRONMENT}\\xlwings64-{packaged().xlwings}.dll")(machine)
    machine.put(f"{ENVIRONMENT}\\Scripts\\xlwings64-0.30.0.dll")
    assert found(machine)["dll_other_version"].facts["found"] == "xlwings64-0.30.0.dll"


def test_a_32_bit_excel_needs_the_32_bit_dll() -> None:
    machine = installed(windows())
    machine.put(EXCEL, program_for(0x14C))
    gone(f"{ENVIRONMENT}\\xlwings32-{packaged().xlwings}.dll")(machine)
    assert str(found(machine)["dll_missing"].facts["wanted"]).startswith("xlwings32-")


@pytest.mark.parametrize("state", ["0", "2", "5"])
def test_a_defender_rule_that_only_watches_is_no_trouble(state: str) -> None:
    machine = installed(windows())
    machine.set(Hive.MACHINE, DEFENDER, **{CHILD_PROCESSES: state})
    assert found(machine) == {}


def test_a_policy_holds_before_what_is_set_on_the_machine() -> None:
    machine = installed(windows())
    machine.set(Hive.MACHINE, DEFENDER, **{CHILD_PROCESSES: 1})
    machine.set(Hive.MACHINE, MANAGED, ASRRules=f"{CHILD_PROCESSES}=0")
    machine.set(Hive.USER, f"{OFFICE}\\{SECURITY}", VBAWarnings=4)
    machine.set(Hive.USER, f"{OFFICE_POLICY}\\{SECURITY}", VBAWarnings=1)
    assert found(machine) == {}


def test_a_network_location_that_is_allowed_is_no_trouble() -> None:
    machine = windows()
    redirected(machine)
    machine.set(Hive.USER, f"{OFFICE_POLICY}\\{SECURITY}\\Trusted Locations", AllowNetworkLocations=1)
    assert found(machine) == {}


def test_somebody_elses_roaming_profile_is_none_of_ours() -> None:
    machine = installed(windows())
    other = PROFILE.replace("1001", "1002")
    machine.set(Hive.MACHINE, other, ProfileImagePath="C:\\Users\\Khac", CentralProfile="\\\\may-chu\\khac")
    assert found(machine) == {}


def test_a_workbook_that_one_asks_about_is_looked_at() -> None:
    machine = installed(windows())
    machine.put("C:\\Bao cao\\a.xlsx")
    machine.put("C:\\Bao cao\\b.xlsx")
    machine.put("C:\\Bao cao\\b.xlsx:Zone.Identifier", b"ZoneId=3")
    told = diagnose(machine, packaged(), [machine.path("C:\\Bao cao\\a.xlsx"), machine.path("C:\\Bao cao\\b.xlsx")])
    assert [(one.code, str(one.facts["path"])) for one in told] == [("file_marked", "C:\\Bao cao\\b.xlsx")]


def test_templates_of_the_users_own_folder_are_looked_at() -> None:
    machine = installed(windows())
    machine.set(Hive.USER, f"{OFFICE}\\Excel\\Options", PersonalTemplates="%USERPROFILE%\\Mau")
    machine.put(f"{HOME}\\Mau\\Bao cao.xltx")
    machine.put(f"{HOME}\\Mau\\Bao cao.xltx:Zone.Identifier", b"ZoneId=3")
    assert found(machine).keys() == {"file_marked"}


def test_another_startup_folder_is_searched_for_a_second_copy() -> None:
    machine = installed(windows())
    machine.set(Hive.USER, f"{OFFICE}\\Excel\\Options", AltStartup="D:\\Khoi dong")
    machine.put("D:\\Khoi dong\\sangkien.xlam")
    assert found(machine).keys() == {"addin_twice"}


def test_an_excel_that_names_no_version_is_known_by_its_folder() -> None:
    machine = installed(windows())
    machine.registry.pop((Hive.MACHINE, "software\\classes\\excel.application\\curver"))
    assert found(machine) == {}
    machine.put(EXCEL, b"no program")
    assert found(machine) == {}, "its bits are not known, and not guessed"


def test_what_may_not_be_read_does_not_end_the_examination() -> None:
    machine = windows()
    machine.unreadable.add(machine.path(ADDIN))
    told = found(machine)
    assert told["not_readable"].facts["path"] == ADDIN
    assert "settings_missing" in told


# -- macOS ---------------------------------------------------------------------------------------------------------


def test_a_healthy_mac_has_a_note_about_functions() -> None:
    assert found(installed(mac())).keys() == {"mac_functions"}


def test_a_mac_without_excel_or_script_is_told() -> None:
    machine = mac()
    machine.folders = {one for one in machine.folders if "Microsoft Excel.app" not in str(one)}
    assert found(machine).keys() == {
        "excel_missing", "script_missing", "addin_missing", "settings_missing", "mac_functions",
    }  # fmt: skip


def test_a_script_of_another_version_is_told() -> None:
    machine = installed(mac())
    script = next(one for one in machine.files if one.suffix == ".applescript")
    machine.files[script] = b"older"
    assert found(machine).keys() == {"script_other_version", "mac_functions"}


# -- words ---------------------------------------------------------------------------------------------------------


def test_every_diagnosis_has_its_words_with_the_same_facts_in_both_languages() -> None:
    for language in LANGUAGES:
        assert catalogue(language)["doctor"].keys() == OF_ALL_HOSTS.keys()
    for code in OF_ALL_HOSTS:
        facts = []
        for language in LANGUAGES:
            entry = catalogue(language)["doctor"][code]
            assert entry.keys() == {"what", "remedy"}
            facts.append({name for part in entry.values() for _, name, _, _ in Formatter().parse(part) if name})
        assert facts[0] == facts[1], code


def test_an_undeclared_version_is_no_addin_of_ours() -> None:
    assert versions_of(b"PK") is None
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("docProps/custom.xml", b"<a>")
    assert versions_of(empty.getvalue()) is None
    assert PYTHON.isascii()
