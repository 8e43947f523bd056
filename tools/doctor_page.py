"""Writes the table of the doctor's diagnoses into docs/install.md from the catalogue; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from addin.hosts.excel.doctor import diagnoses as of_excel
from addin.hosts.installing import Severity
from addin.hosts.libreoffice.installing import diagnoses as of_libreoffice
from validation.messages import catalogue

PAGE = Path(__file__).parent.parent / "docs" / "install.md"
SEVERITY = of_excel.SEVERITY | of_libreoffice.SEVERITY
_START, _END = "<!-- doctor: start -->\n", "<!-- doctor: end -->\n"


def table() -> str:
    """The diagnoses, the worst first, as the doctor says them in Vietnamese."""
    texts = catalogue("vi")
    lines = ["| mã | mức | chuyện gì | cách khắc phục |", "|---|---|---|---|"]
    for severity in Severity:
        for code, its_own in SEVERITY.items():
            if its_own is severity:
                entry = texts["doctor"][code]
                lines.append(
                    f"| `{code}` | {texts['severity'][severity.value]} | {entry['what']} | {entry['remedy']} |"
                )
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The text of the page with the table as it should be. Raises ValueError where its place is not marked."""
    head, start, rest = text.partition(_START)
    _, end, tail = rest.partition(_END)
    if not start or not end:
        raise ValueError(f"{PAGE.name} has no place for the table of diagnoses")
    return head + start + table() + end + tail


def main(arguments: list[str]) -> int:
    """Write, or with ``--check`` compare."""
    text = PAGE.read_text(encoding="utf-8")
    if text == page(text):
        return 0
    if "--check" in arguments:
        print(f"docs/{PAGE.name} is not what the catalogue says: python -m tools.doctor_page", file=sys.stderr)
        return 1
    PAGE.write_text(page(text), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
