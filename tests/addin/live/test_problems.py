"""What a clerk reads at a button names buttons, or whom to call; never a command."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from addin.campaign.ledger import LedgerDamaged
from addin.errors import ConservationBroken, EdgeError, UsageProblem
from addin.live.problems import sentence
from addin.mail.problems import not_connected
from addin.ribbon import every_button
from validation import messages
from validation.messages import LANGUAGES, Language, catalogue

_COMMAND = {
    "vi": re.compile(r"\bsangkien\b|--\w|\blệnh\b|chạy lại|\bpip\b|\bsudo\b", re.IGNORECASE),
    "en": re.compile(r"\bsangkien\b|--\w|\bcommand\b|\brun (?:it |this )?again|\bpip\b|\bsudo\b", re.IGNORECASE),
}
_ONLY_COMMANDS = ("addin.merge.cluster", "addin.demo", "addin.portal", "addin.freezing", "addin.adopt")
"""Modules that ``addin.actions`` calls for commands alone."""
_OF_A_COMMAND_ALONE = {
    "withdraw": {"already_withdrawn", "reason_needed"},
    "waive, choose": {"code_needed", "name_needed", "row_of_code_needed"},
    "pay --void": {"void_reason_needed"},
    "install, uninstall": {
        "excel_open", "install_failed", "install_no_rights", "no_host_here", "lo_as_root", "lo_confined", "lo_open",
        "lo_refused", "lo_too_old", "lo_without_python",
    },
}  # fmt: skip
"""Codes that stand in modules the buttons use, raised there in functions that only a command calls."""


def _names_in(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _source(module: str) -> ast.Module | None:
    try:
        found = find_spec(module)
    except ModuleNotFoundError:  # a name in a module
        return None
    file = found.origin if found is not None else None
    return ast.parse(Path(file).read_text(encoding="utf-8")) if file and file.endswith(".py") else None


@cache
def _of_a_button() -> frozenset[str]:
    """Every code of a sentence that stands in a module the buttons come to, at whatever depth."""
    seen: set[str] = set()
    codes: set[str] = set()
    to_read = ["addin.entry", "addin.live.actions"]
    while to_read:
        module = to_read.pop()
        if module in seen or not module.startswith("addin") or module.startswith(_ONLY_COMMANDS):
            continue
        seen.add(module)
        source = _source(module)
        if source is not None:
            to_read += _names_in(source)
            codes |= {one.value for one in ast.walk(source) if isinstance(one, ast.Constant) and type(one.value) is str}
    return frozenset(codes & set(catalogue("vi")["error"]))


def _said_at_a_button(code: str, language: Language) -> str:
    texts: Mapping[str, Mapping[str, str]] = catalogue(language)
    return texts["button_error"].get(code) or texts["error"][code]


def test_a_sentence_that_names_a_command_has_a_twin_for_buttons() -> None:
    told = sentence(UsageProblem("nothing_merged", folder="C:\\Hồ sơ"))
    assert "bấm Tổng hợp" in told
    assert "C:\\Hồ sơ" in told
    assert sentence(UsageProblem("no_workbook")) == catalogue("vi")["error"]["no_workbook"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_twins_stand_for_sentences_that_there_are(language: Language) -> None:
    assert set(catalogue(language)["button_error"]) <= set(catalogue(language)["error"])


def test_the_codes_of_buttons_are_found_wherever_they_are_raised() -> None:
    assert {
        "no_workbook", "no_window", "master_open", "ledger_gone", "ledger_busy", "conservation", "payments_altered",
        "payments_changed", "mail_unreachable", "units_columns", "choose_instead", "interrupted",
    } <= _of_a_button()  # fmt: skip
    assert "cluster_empty" not in _of_a_button()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_a_button_can_say_does_without_a_command(language: Language) -> None:
    of_commands = set().union(*_OF_A_COMMAND_ALONE.values())
    naming = {one for one in _of_a_button() if _COMMAND[language].search(_said_at_a_button(one, language))}
    assert naming - of_commands == set()
    assert of_commands <= _of_a_button(), "one that is gone, or that no button comes near, is no exception"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_buttons_own_names_a_command(language: Language) -> None:
    texts: Mapping[str, Mapping[str, str]] = catalogue(language)
    for table in ("live", "button_error"):
        assert [key for key, text in texts[table].items() if _COMMAND[language].search(text)] == []


def test_the_buttons_that_sentences_send_to_exist() -> None:
    labels = {button.label for button in every_button()}
    assert {"Cài đặt", "Tổng hợp", "Gửi cấp trên", "Danh sách chi"} <= labels


@pytest.mark.parametrize(
    "problem",
    [
        LedgerDamaged("ledger_damaged", file="so-cai.sqlite", problem="database disk image is malformed"),
        ConservationBroken("conservation", problem="3 ≠ 4"),
    ],
)
def test_what_only_the_it_person_can_mend_has_an_incident_in_the_log(
    problem: EdgeError, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "nhat-ky.log"
    monkeypatch.setattr("addin.incidents.log_file", lambda: log)
    told = sentence(problem)
    assert "giữ nguyên cả thư mục chiến dịch" in told
    assert "người phụ trách máy tính" in told
    assert str(log) in told
    found = re.search(r"ố (\d{6}-[0-9a-f]{6})", told)
    assert found is not None
    assert f"=== {found[1]} " in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "code", ["cannot_write", "mail_unreachable", "mail_no_tls", "mail_certificate", "mail_ca_file"]
)
def test_what_the_machine_says_in_its_own_language_stands_in_brackets(code: str) -> None:
    assert "(máy báo: Permission denied)" in messages.text("error", code, problem="Permission denied")
    assert "(máy báo: Permission denied)" in sentence(UsageProblem(code, problem="Permission denied"))


def test_a_server_that_cannot_be_reached_is_said_in_vietnamese_first() -> None:
    told = sentence(not_connected(ConnectionRefusedError(111, "Connection refused"), "mail.q.example.vn:465"))
    assert told.startswith("Không kết nối được với mail.q.example.vn:465 (máy báo: Connection refused).")
