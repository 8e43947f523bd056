"""The commands ``report`` and ``export``: their options, and what is shown of what came of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from addin.merge.commands import AddCommand

DONE = 0


def add_report_commands(
    command: AddCommand, on_campaign: Callable[..., None], print_json: Callable[[Any], None]
) -> None:
    """Add both to the command line."""
    one = command("report", "báo cáo tiến độ dạng văn bản Word", lambda options: _report(options, print_json))
    on_campaign(one)
    one.add_argument("--out", type=Path, required=True, metavar="TỆP", help="tệp .docx sẽ ghi")
    one.add_argument("--phase", type=int, metavar="N", help="giai đoạn; bỏ trống: cả chương trình")

    one = command("export", "xuất dữ liệu cho người phân tích", lambda options: _export(options, print_json))
    on_campaign(one)
    one.add_argument("--out", type=Path, required=True, metavar="THƯ_MỤC", help="thư mục sẽ ghi")
    kind = one.add_mutually_exclusive_group(required=True)
    kind.add_argument("--csv", action="store_true", help="bảng dạng CSV")
    kind.add_argument("--parquet", action="store_true", help="bảng dạng parquet (cần pyarrow)")


def _report(options: argparse.Namespace, print_json: Callable[[Any], None]) -> int:
    from addin import actions, terminal
    from addin.reports.progress import make_report

    file = make_report(actions.campaign_status(options.campaign), options.out, options.phase)
    if options.json:
        print_json({"file": str(file), "phase": options.phase})
        return DONE
    screen = terminal.Screen(options.lang)
    screen.say("report_made", file=file)
    screen.say("report_read")
    return DONE


def _export(options: argparse.Namespace, print_json: Callable[[Any], None]) -> int:
    from addin import actions, terminal
    from addin.reports.export import DICTIONARY, FileKind, export

    kind = FileKind.CSV if options.csv else FileKind.PARQUET
    done = export(actions.campaign_status(options.campaign).overview, options.out, kind)
    if options.json:
        print_json({
            "files": [str(file) for file in done.files], "tables": done.tables,
            "totals": {"rows": done.rows, "upper_support": done.upper_support, "base_support": done.base_support},
        })  # fmt: skip
        return DONE
    screen = terminal.Screen(options.lang)
    screen.say("exported", count=len(done.tables), folder=done.folder, dictionary=done.folder / DICTIONARY)
    for name, lines in done.tables.items():
        screen.say("exported_table", lead="  ", table=name, lines=screen.number(lines))
    return DONE
