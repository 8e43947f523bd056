"""Writes the pages that are derived from the rules, or checks them: ``python -m tools.rule_pages [--check]``.

``docs/quy-tac/``: for clerks, in Vietnamese, one section a rule with its examples and what the program says of them;
the examples are really run. ``docs/rules.md``: for engineers, the rules against the tests that name them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tools.rule_examples_shown import example_lines
from tools.rule_trials import said_by
from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Severity
from validation.fixes.registry import FIXES
from validation.messages import catalogue, parts
from validation.programme import load_programme
from validation.rules.registry import Rule, Scope, all_rules

PROJECT = Path(__file__).parent.parent
GUIDE, TABLE = Path("docs/quy-tac"), Path("docs/rules.md")
TESTS = ("tests/validation", "tests/addin/intake", "tests/addin/merge")
"""Where tests that name a rule are looked for."""

PAGES: Mapping[Scope, tuple[str, str, str]] = {
    Scope.ROW: ("tung-dong.md", "Trong một dòng", "Những điều xem được ngay ở một dòng của trang “Danh sách”."),
    Scope.CROSS_ROW: ("giua-cac-dong.md", "Giữa các dòng", "Những điều chỉ thấy khi đọc cả danh sách."),
    Scope.REPORT: ("bia-va-bieu-mau.md", "Trang bìa và biểu mẫu", "Những điều thuộc cả tệp báo cáo."),
    Scope.CROSS_FILE: ("giua-cac-bao-cao.md", "Giữa các báo cáo", "Những điều chỉ thấy khi tổng hợp nhiều báo cáo."),
}
_MADE = "<!-- Trang này do python -m tools.rule_pages lập từ các quy tắc; xin không sửa tay. -->"
_SEVERITY = {
    Severity.ERROR: "**Lỗi**: dòng bị loại cho đến khi sửa",
    Severity.WARNING: "**Lưu ý**: vẫn được nhận",
}


def pages() -> dict[Path, str]:
    """Every derived page by its path in the project."""
    made = {GUIDE / "README.md": "\n".join(_contents()) + "\n"}
    for scope, (file, title, about) in PAGES.items():
        made[GUIDE / file] = "\n".join(_page(scope, title, about)) + "\n"
    made[TABLE] = "\n".join(_table()) + "\n"
    return made


def _of(scope: Scope) -> list[Rule]:
    return [rule for rule in all_rules().values() if rule.scope is scope]


def _title(rule: Rule) -> str:
    title: str = catalogue("vi")["rule"][rule.code]["title"]
    return title


def _contents() -> Iterator[str]:
    yield from (_MADE, "# Các quy tắc kiểm tra", "")
    yield (
        "Mỗi quy tắc dưới đây là một lời nhắc mà phần mềm có thể ghi cạnh ô của báo cáo: chuyện gì, vì sao, xin "
        "làm gì. "
        "Chỉ những quy tắc mức **Lỗi** mới loại dòng khỏi các tổng; mọi quy tắc khác chỉ để người làm xem lại."
    )
    for scope, (file, title, _) in PAGES.items():
        yield from ("", f"## [{title}]({file})", "")
        for rule in _of(scope):
            mark = " – lỗi" if rule.effective_severity is Severity.ERROR else ""
            yield f"- [{_title(rule)}]({file}#{rule.code}){mark}"


def _page(scope: Scope, title: str, about: str) -> Iterator[str]:
    yield from (_MADE, f"# {title}", "", f"{about} [Mục lục](README.md)")
    for rule in _of(scope):
        yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    programme = load_programme()
    finding = next(iter(said_by(rule, rule.bad[0], programme)))
    what, why, do = parts(finding)
    yield from ("", f'<a id="{rule.code}"></a>', f"## {_title(rule)}", "")
    facts = [_SEVERITY[rule.effective_severity], *_where(rule), f"có từ bản {rule.since}", f"mã `{rule.code}`"]
    if rule.beta:
        facts.insert(1, "đang thử nghiệm")
    yield " · ".join(facts)
    yield from (
        "",
        f"- **Chuyện gì** (ở ví dụ đầu): {what}",
        f"- **Vì sao:** {why}",
        f"- **Làm gì:** {do}",
        "",
    )
    yield from example_lines(rule, programme)


def _where(rule: Rule) -> Iterator[str]:
    headers = [field.header for name in rule.fields if (field := ROW_FIELD.get(name) or COVER_FIELD.get(name))]
    if headers:
        yield (
            "cột " + ", ".join(f"“{header}”" for header in headers)
            if rule.fields[0] in ROW_FIELD
            else ("ô " + ", ".join(f"“{header}”" for header in headers))
        )


def _table() -> Iterator[str]:
    yield "<!-- Made by python -m tools.rule_pages from the rules and the tests; do not edit. -->"
    yield from ("# Rules against tests", "")
    yield (
        "Every example of every rule is run by `tests/validation/rules/test_examples.py`, under every installed "
        "programme (row rules also on every form); the last column names the other tests that speak of the rule. "
        "How the guide shows them to clerks: [quy-tac](quy-tac/README.md)."
    )
    named = _tests_by_code()
    yield from ("", f"{len(all_rules())} rules.", "")
    yield "| rule | looks at | severity | since | bad | good | repair | other tests |"
    yield "|---|---|---|---|--:|--:|---|---|"
    for rule in all_rules().values():
        file = PAGES[rule.scope][0]
        severity = f"{rule.effective_severity.value}{' (beta)' if rule.beta else ''}"
        fix = FIXES.get(rule.code)
        repair = "–" if fix is None else "automatic" if fix.automatic else "offered"
        tests = ", ".join(f"[{path.name}](../{path.as_posix()})" for path in named.get(rule.code, ())) or "–"
        yield (
            f"| [{rule.code}](quy-tac/{file}#{rule.code}) | {rule.scope.value} | {severity} | {rule.since} "
            f"| {len(rule.bad)} | {len(rule.good)} | {repair} | {tests} |"
        )


def _tests_by_code() -> dict[str, list[Path]]:
    named: dict[str, list[Path]] = {}
    for folder in TESTS:
        for path in sorted((PROJECT / folder).rglob("test_*.py")):
            text = path.read_text(encoding="utf-8")
            for code in all_rules():
                if f'"{code}"' in text:
                    named.setdefault(code, []).append(path.relative_to(PROJECT))
    return named


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or with ``--check`` compare: exit 1 where one differs or one too many lies there."""
    parser = argparse.ArgumentParser(prog="python -m tools.rule_pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page differs")
    parser.add_argument("--folder", type=Path, default=PROJECT, help="the project, or where to write instead")
    options = parser.parse_args(arguments)
    made = pages()
    left_over = [path for path in (options.folder / GUIDE).glob("*.md") if path.relative_to(options.folder) not in made]
    if options.check:
        stale = [options.folder / path for path, text in made.items() if _on_disk(options.folder / path) != text]
        for path in (*stale, *left_over):
            print(f"{path} differs from the rules: run python -m tools.rule_pages and commit it", file=sys.stderr)
        return 1 if stale or left_over else 0
    for path, text in made.items():
        (options.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (options.folder / path).write_text(text, encoding="utf-8")
    for path in left_over:
        path.unlink()
    return 0


def _on_disk(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
