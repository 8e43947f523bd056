"""The list of rules: whole, unique, of the severities that DOMAIN demands, and each with its text."""

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

import validation.rules.row
from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Severity
from validation.messages import LANGUAGES, catalogue
from validation.rules.registry import Rule, Scope, all_rules, row_checks

# DOMAIN, "What becomes of a row" and "Columns": what rejects a row. Everything else warns.
ERRORS = {
    "missing_required",
    "missing_approval_date",
    "unknown_choice",
    "unreadable_date",
    "unreadable_amount",
    "applied_outside_window",
    "registered_outside_phases",
    "approved_before_registered",
    "base_over_cap",
    "negative_amount",
    "error_value",
    "formula_without_value",
    "formula_for_money",
}
# Decision 0006: a row of a unit that has no place in the consolidation.
ERRORS_OF_CONSOLIDATIONS = {"unit_outside_union", "unit_not_listed"}
RULE_FILES = sorted(
    path
    for scope in Scope
    for path in (Path(validation.rules.row.__path__[0]).parent / scope.value).glob("*.py")
    if path.name != "__init__.py"
)


def test_rules_that_reject_are_those_that_domain_names() -> None:
    assert {code for code, rule in all_rules().items() if rule.effective_severity is Severity.ERROR} == (
        ERRORS | ERRORS_OF_CONSOLIDATIONS
    )


def test_only_rules_on_a_single_row_reject_one_of_a_unions_own_report() -> None:
    errors = {code for code, rule in all_rules().items() if rule.severity is Severity.ERROR and rule.check is not None}
    assert errors <= ERRORS
    others = {code for code, rule in all_rules().items() if rule.severity is Severity.ERROR} - ERRORS
    assert all(all_rules()[code].scope is Scope.REPORT for code in others)


def test_every_rule_file_is_in_the_list() -> None:
    assert set(all_rules()) == {path.stem for path in RULE_FILES}
    assert len(all_rules()) == len(RULE_FILES)


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_a_rule_file_is_small_and_says_what_it_checks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert all(
        ast.get_docstring(part) for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == "check"
    )
    assert len(text.splitlines()) <= 80


def test_rules_name_fields_that_exist() -> None:
    for rule in all_rules().values():
        assert set(rule.fields) <= {*ROW_FIELD, *COVER_FIELD}, rule.code
        assert rule.since


def test_checks_are_those_of_the_rules_on_rows() -> None:
    assert all(rule.check is check and rule.scope is Scope.ROW for rule, check in row_checks())
    assert {rule.code for rule, _ in row_checks()} == {r.code for r in all_rules().values() if r.check is not None}


def test_a_rule_has_the_check_of_its_scope_or_none() -> None:
    for rule in all_rules().values():
        checks = (rule.check, rule.check_report, rule.check_replacement, rule.check_together)
        assert sum(check is not None for check in checks) <= 1, rule.code
        allowed = {
            Scope.ROW: rule.check,
            Scope.CROSS_ROW: rule.check_report,
            Scope.REPORT: rule.check_report,
            Scope.CROSS_FILE: rule.check_replacement or rule.check_together,
        }
        assert any(checks) is (allowed[rule.scope] is not None), rule.code


def test_rules_across_rows_and_reports_only_warn() -> None:
    for rule in all_rules().values():
        if rule.check_report or rule.check_replacement or rule.check_together:
            assert rule.effective_severity is Severity.WARNING, rule.code


def test_a_beta_rule_only_warns() -> None:
    assert Rule("c", Severity.ERROR, (), "0.1.0", beta=True).effective_severity is Severity.WARNING
    assert Rule("c", Severity.ERROR, (), "0.1.0").effective_severity is Severity.ERROR


@pytest.mark.parametrize(
    "rule",
    [
        Rule("other_name", Severity.WARNING, (), "0.1.0"),
        Rule("misplaced", Severity.WARNING, (), "0.1.0", scope=Scope.REPORT),
    ],
    ids=["code is not the file's name", "scope is not the folder"],
)
def test_a_rule_out_of_place_is_a_mistake_of_ours(rule: Rule, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = "validation.rules.row.misplaced"
    (tmp_path / "misplaced.py").touch()
    module = ModuleType(name)
    module.__dict__["RULE"] = rule
    monkeypatch.setitem(sys.modules, name, module)
    package = importlib.import_module("validation.rules.row")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    with pytest.raises(ValueError, match="must agree and be unique"):
        all_rules.__wrapped__()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_the_four_parts_of_its_text(language: str) -> None:
    texts = catalogue(language)["rule"]  # type: ignore[arg-type]
    assert set(texts) == set(all_rules())
    for code, entry in texts.items():
        assert set(entry) == {"title", "what", "why", "do"}, code
        assert all(part.strip() == part and part for part in entry.values()), code
        assert all(entry[part].endswith((".", "{near}", "?")) for part in ("what", "why", "do")), code
        assert not entry["title"].endswith("."), code


def test_the_clerk_is_always_asked_kindly() -> None:
    for code, entry in catalogue("vi")["rule"].items():
        assert "xin " in entry["do"].lower(), code
    for code, entry in catalogue("en")["rule"].items():
        assert entry["do"].startswith("Please"), code
