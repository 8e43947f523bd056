"""Writes the guide that the add-in's button opens, or checks it: ``python -m tools.guide_page [--check]``.

``addin/guide/huong-dan.html``, one file with all it needs: how to fill in, every cover field and column, every button,
every rule with its remedy; from their declarations. The words around them are in guide_text.toml.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from addin.ribbon import TAB_KEYTIP, Button, EnabledWhen, Need, button_of, shown_groups
from macros.function_wrappers import function_wrappers
from macros.icons import icon_file
from tools.rule_pages import PAGES
from tools.rule_trials import said_by
from validation.fields import CONSOLIDATIONS, COVER_FIELD, COVER_FIELDS, ROW_FIELD, ROW_FIELDS, Field, Form, Requirement
from validation.findings import Severity
from validation.fixes.registry import FIXES
from validation.messages import catalogue, parts, shown
from validation.programme import Programme, load_programme
from validation.rules.registry import Rule, Scope, all_rules
from validation.text.amounts import format_amount

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "addin" / "guide" / "huong-dan.html"
STYLE, TEXT = Path(__file__).with_name("guide_page.css"), Path(__file__).with_name("guide_text.toml")

_NAMED_BUTTON = re.compile(r"\[([a-z_]+)\]")
_NEEDED = {
    Requirement.ALWAYS: "Bắt buộc", Requirement.TO_BE_PAID: "Để được hỗ trợ",
    Requirement.IF_APPROVED: "Khi đã được duyệt", Requirement.NO: "",
}  # fmt: skip
_WHEN = {
    EnabledWhen.ALWAYS: "Lúc nào cũng bấm được", EnabledWhen.ANY_WORKBOOK: "Khi có một sổ đang mở",
    EnabledWhen.ANY_FORM: "Khi đang mở một biểu của Sổ sáng kiến",
    EnabledWhen.GRASSROOTS_FORM: "Khi đang mở báo cáo của CĐCS", EnabledWhen.CONSOLIDATION: "Khi đang mở sổ tổng hợp",
}  # fmt: skip
_NEEDS = {
    Need.WRITABLE: "không ở chế độ chỉ đọc", Need.SAVED: "đã lưu ít nhất một lần", Need.LOCAL: "nằm trên ổ đĩa của máy",
}  # fmt: skip
_LEVEL = {Severity.ERROR: ("error", "Lỗi"), Severity.WARNING: ("warning", "Lưu ý")}
_FILTER = """
document.getElementById("find").addEventListener("input", function () {
  var wanted = this.value.trim().toLowerCase();
  document.querySelectorAll("article").forEach(function (one) {
    one.hidden = wanted !== "" && one.textContent.toLowerCase().indexOf(wanted) < 0;
  });
});
"""


def page() -> str:
    """The whole page."""
    text: dict[str, Any] = tomllib.loads(TEXT.read_text(encoding="utf-8"))
    programme = load_programme()
    sections = {
        "grassroots": _steps(text["grassroots"]),
        "upper": _steps(text["upper"]),
        "cover": _fields(COVER_FIELDS, programme),
        "list": _list(text["list"], programme),
        "money": _money(text["money"], programme),
        "buttons": _buttons(text["buttons"]),
        "rules": _rules(text["rules"], programme),
        "functions": _functions(text["functions"]),
        "campaign": _rows(text["campaign"]["rows"]),
        "trouble": _rows(text["trouble"]["rows"]),
    }
    links = " ".join(f'<a href="#{key}">{escape(text[key]["title"])}</a>' for key in sections)
    lines = [
        "<!DOCTYPE html>",
        "<!-- Trang này do python -m tools.guide_page lập; xin không sửa tay. -->",
        '<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(text['title'])}</title>",
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body>",
        f"<h1>{escape(text['title'])}</h1>",
        f"<p>{escape(programme.name)}</p>",
        f"<p>{_said(text['lead'])}</p>",
        f"<nav>{links}</nav>",
    ]
    for key, section in sections.items():
        lines += [f'<h2 id="{key}">{escape(text[key]["title"])}</h2>', *section]
    lines += [f"<script>{_FILTER}</script>", "</body></html>"]
    return "\n".join(lines) + "\n"


def _said(text: str) -> str:
    """A text with the names of buttons in it. Raises KeyError for a button that is none."""
    return _NAMED_BUTTON.sub(
        lambda found: f'<b class="button-name">{escape(button_of(found[1]).label)}</b>', escape(text)
    )


def _steps(text: dict[str, Any]) -> list[str]:
    return ["<ol>", *(f"<li>{_said(step)}</li>" for step in text["steps"]), "</ol>"]


def _rows(rows: Sequence[Sequence[str]]) -> list[str]:
    cells = (f'<tr><td class="name">{_said(name)}</td><td>{_said(what)}</td></tr>' for name, what in rows)
    return ["<table>", *cells, "</table>"]


# -- fields ------------------------------------------------------------------------------------------------------------


def _list(text: dict[str, Any], programme: Programme) -> Iterator[str]:
    yield f"<p>{_said(text['lead'])}</p>"
    yield from _fields([field for field in ROW_FIELDS if Form.GRASSROOTS in field.forms], programme)
    yield f"<p>{_said(text['consolidations'])}</p>"
    yield from _fields([field for field in ROW_FIELDS if field.forms == CONSOLIDATIONS], programme)


def _fields(fields: Iterable[Field], programme: Programme) -> Iterator[str]:
    yield "<table><tr><th>Ô, cột</th><th>Bắt buộc</th><th>Cách điền</th></tr>"
    for field in fields:
        style = "" if field.typed else ' class="grey"'
        how = escape(field.hint) if field.typed else "Tự tính."
        if field.choices:
            listed = "; ".join(escape(one) for one in programme.choices(field.choices))
            how += f'<br><span class="soft">{listed}</span>'
        name, needed = escape(field.header), _NEEDED[field.required]
        yield f'<tr{style}><td class="name">{name}</td><td>{needed}</td><td>{how}</td></tr>'
    yield "</table>"


def _money(text: dict[str, Any], programme: Programme) -> Iterator[str]:
    facts = {
        "upper": format_amount(programme.support.upper_amount), "cap": format_amount(programme.support.base_cap),
        "quota": f"{programme.participation.minimum * 100:g} %".replace(".", ","),
    }  # fmt: skip
    for key in ("upper", "base", "quota", "phase_day"):
        yield f"<p>{_said(text[key].format(**facts))}</p>"
    yield "<table><tr><th>Giai đoạn</th><th>Từ ngày</th><th>Đến hết ngày</th><th>Chỉ tiêu</th><th>Hạn báo cáo</th></tr>"
    for phase in programme.phases:
        days = (shown(phase.first), shown(phase.last))
        cells = [f"<td>{day}</td>" for day in days]
        cells.append(f'<td class="number">{format_amount(phase.target)}</td><td>{shown(phase.report_deadline)}</td>')
        yield f'<tr><td class="name">{escape(phase.name)}</td>{"".join(cells)}</tr>'
    yield "</table>"


# -- buttons and functions ---------------------------------------------------------------------------------------------


def _buttons(text: dict[str, Any]) -> Iterator[str]:
    yield f"<p>{_said(text['lead'])}</p>"
    for group in shown_groups():
        yield f"<h3>{escape(group.label)}</h3>"
        for button in group.buttons:
            yield from _button(button)


def _button(button: Button) -> Iterator[str]:
    picture = base64.b64encode(icon_file(button.icon, 32).read_bytes()).decode()
    keys = " ".join(f"<kbd>{escape(key)}</kbd>" for key in ("Alt", TAB_KEYTIP, button.keytip))
    when = _WHEN[button.enabled_when]
    if button.needs:
        when += "; sổ " + ", ".join(_NEEDS[need] for need in button.needs)
    command = f" Lệnh tương ứng: {escape(button.command)}" if button.command else ""
    yield f'<div class="button" id="button-{button.id}"><img alt="" src="data:image/png;base64,{picture}"><div>'
    yield f"<h4>{escape(button.label)} {keys}</h4><p>{escape(button.supertip)}</p>"
    yield f'<p class="soft">{when}.{command}</p></div></div>'


def _functions(text: dict[str, Any]) -> Iterator[str]:
    yield f"<p>{_said(text['lead'])}</p>"
    yield "<table>"
    for name, _, description, *arguments in function_wrappers().help:
        listed = "".join(f"<br>– {escape(one)}" for one in arguments)
        told = f'{escape(description)}<span class="soft">{listed}</span>'
        yield f'<tr><td class="name">{escape(name)}</td><td>{told}</td></tr>'
    yield "</table>"


# -- rules -------------------------------------------------------------------------------------------------------------


def _rules(text: dict[str, Any], programme: Programme) -> Iterator[str]:
    yield f"<p>{_said(text['lead'])}</p>"
    yield f'<input id="find" type="search" placeholder="{escape(text["find"])}" aria-label="{escape(text["find"])}">'
    for scope in Scope:
        _, title, about = PAGES[scope]
        yield f"<h3>{escape(title)}</h3><p>{escape(about)}</p>"
        for rule in all_rules().values():
            if rule.scope is scope:
                yield from _rule(rule, text, programme)


def _rule(rule: Rule, text: dict[str, Any], programme: Programme) -> Iterator[str]:
    style, level = _LEVEL[rule.effective_severity]
    what, why, do = (escape(part) for part in parts(next(iter(said_by(rule, rule.bad[0], programme)))))
    title = escape(catalogue("vi")["rule"][rule.code]["title"])
    known = [field for name in rule.fields if (field := ROW_FIELD.get(name) or COVER_FIELD.get(name))]
    columns = ", ".join(f"“{escape(field.header)}”" for field in known)
    yield f'<article class="{style}" id="rule-{rule.code}"><h4>{title}<span class="level">{level}</span></h4>'
    if columns:
        yield f'<p class="soft">{"Cột" if rule.fields[0] in ROW_FIELD else "Ô"} {columns}</p>'
    yield f"<p>Ví dụ: {what}</p><p>Vì sao: {why}</p><p><b>Làm gì:</b> {do}</p>"
    fix = FIXES.get(rule.code)
    if fix is not None:
        yield f"<p>{_said(text['automatic' if fix.automatic else 'offered'])}</p>"
    yield "</article>"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or with ``--check`` compare: exit 1 where it differs."""
    parser = argparse.ArgumentParser(prog="python -m tools.guide_page", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page differs")
    parser.add_argument("--out", type=Path, default=PAGE, help="where the page lies")
    options = parser.parse_args(arguments)
    if options.check:
        if options.out.is_file() and options.out.read_text(encoding="utf-8") == page():
            return 0
        print(f"{options.out} differs from fields, rules and buttons: run python -m tools.guide_page", file=sys.stderr)
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
