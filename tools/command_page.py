"""``docs/lenh.md``: every command with its options, written from the command line's own parser.

python -m tools.command_page [--check]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from addin.cli import build_parser

PAGE = Path(__file__).parent.parent / "docs" / "lenh.md"
_COMMON = ("--help", "--json", "--lang")


def page() -> str:
    """The whole page."""
    parser = build_parser()
    commands = _commands(parser)
    lines = [
        "# Các lệnh của `sangkien`",
        "",
        "Trang này được viết ra từ chính chương trình (`python -m tools.command_page`); xin đừng sửa bằng tay.",
        "",
        "Lệnh nào cũng nhận `--json` (kết quả cho máy đọc) và `--lang en`. Mã kết thúc: 0 xong; 1 xong nhưng có lỗi,",
        "lưu ý hoặc tệp chưa nhận được; 2 câu lệnh chưa đúng hoặc không mở được nguồn; 3 dừng theo yêu cầu; 4 không",
        "lưu được, bản cũ còn nguyên.",
        "",
        "| lệnh | dùng để |",
        "|---|---|",
        *(f"| [`{name}`](#{name}) | {one.description} |" for name, one in commands.items()),
    ]
    for name, one in commands.items():
        lines += ["", f"## {name}", "", f"{_sentence(one.description or '')}", "", "```", *_usage(one), "```"]
        options = list(_options(one))
        if options:
            lines += ["", "| tham số | ý nghĩa |", "|---|---|", *options]
        for inner, nested in _commands(one).items():
            lines += [
                "",
                f"### {name} {inner}",
                "",
                _sentence(nested.description or ""),
                "",
                "```",
                *_usage(nested),
                "```",
            ]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _usage(parser: argparse.ArgumentParser) -> list[str]:
    words = ["sangkien", *parser.prog.split()[1:]]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            words.append("VIỆC …")
        elif not set(action.option_strings) & {*_COMMON, "-h"}:
            words.append(_usage_of(action))
    return [" ".join(words)]


def _usage_of(action: argparse.Action) -> str:
    value = _value(action)
    if action.option_strings:
        shown = f"{action.option_strings[-1]} {value}".strip()
        return shown if action.required else f"[{shown}]"
    return {"?": f"[{value}]", "*": f"[{value} …]", "+": f"{value} …"}.get(str(action.nargs), value)


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices:
        return "|".join(map(str, action.choices))
    metavar = action.metavar if isinstance(action.metavar, str) else None
    return metavar or action.dest.upper()


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or set(action.option_strings) & {*_COMMON, "-h"}:
            continue
        name = action.option_strings[-1] if action.option_strings else _value(action)
        value = f" {_value(action)}" if action.option_strings and _value(action) else ""
        yield f"| `{name}{value}` | {(action.help or '').replace('|', chr(92) + '|')} |"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def main() -> int:
    """Write the page, or check that it is what would be written."""
    content = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(content, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == content:
        return 0
    print(f"{PAGE.name} is not what the commands say: python -m tools.command_page", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
