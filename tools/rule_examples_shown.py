"""How the guide shows the examples of a rule: as small tables of what stands in the cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from validation.fields import COVER_FIELD, ROW_FIELD, UNIT_FIELD, Field, Kind
from validation.normalise import as_shown
from validation.programme import Programme
from validation.rules.examples import FIRST_ROW, Case, Example, ExampleValue, Paper, faultless_row
from validation.rules.registry import Rule, Scope
from validation.submission import CellValue, LegacyFont, Oddity

BAD, GOOD = "✗", "✓"
_LONGEST = 90
_FONTS = {LegacyFont.TCVN3: ".VnTime", LegacyFont.TCVN3_UPPER: ".VnTimeH", LegacyFont.VNI: "VNI-Times"}
_AS_SENT = "(mọi thứ đúng như biểu mẫu)"
_LOOKS_LIKE_LATIN = ("LATIN CAPITAL LETTER ETH", "LATIN SMALL LETTER ETH", "CYRILLIC", "FULLWIDTH")

_Cell = tuple[str, str]
"""Where, and what stands there."""


def example_lines(rule: Rule, programme: Programme) -> Iterator[str]:
    """The examples as one Markdown table: bad ones first."""
    fields = _fields_of(rule)
    on_rows = rule.scope is Scope.ROW
    yield "| | Cột | Nội dung |" if on_rows else "| | Chỗ | Nội dung |"
    yield "|---|---|---|"
    for mark, examples in ((BAD, rule.bad), (GOOD, rule.good)):
        for example in examples:
            for number, (place, content) in enumerate(_cells(rule, example, programme, fields)):
                yield f"| {mark if number == 0 else ''} | {place} | {content} |"


def _fields_of(rule: Rule) -> list[str]:
    """The fields that the examples of a row rule change, else those of the rule."""
    changed = [name for one in rule.bad if isinstance(one, Example) for name in {**one.values, **one.odd}]
    return list(dict.fromkeys(changed)) or list(rule.fields)


def _cells(rule: Rule, example: Example | Case, programme: Programme, fields: list[str]) -> Iterator[_Cell]:
    if isinstance(example, Example):
        changed = list({**example.values, **example.odd}) or fields
        values = {**faultless_row(programme), **example.row(programme)}
        for name in changed:
            yield ROW_FIELD[name].header, _content(values.get(name), example.odd.get(name))
        return
    found = False
    if example.scene:
        yield "tệp", example.scene
        found = True
    for number, paper in enumerate(example.papers, 1):
        which = f"báo cáo {number}, " if len(example.papers) > 1 else ""
        for cell in _of_paper(rule, paper, programme, which):
            yield cell
            found = True
    for unit in example.units or ():
        if unit.code == _unit_code(example.papers[0]):
            period = f", đến {as_shown(unit.valid_to)}" if unit.valid_to else ""
            yield "danh sách đơn vị", f"{unit.code} – {unit.name}, cấp trên {unit.parent or '–'}{period}"
    if not found:
        yield "tệp", _AS_SENT


def _unit_code(paper: Paper) -> ExampleValue:
    return paper.cover.get("unit_code", "CĐ-01")


def _of_paper(rule: Rule, paper: Paper, programme: Programme, which: str) -> Iterator[_Cell]:
    for name, value in _plain(paper.cover, programme).items():
        field = COVER_FIELD[name]
        yield f"{which}bìa", f"{field.header}: {_in_its_column(field, value, paper.cover_odd.get(name))}"
    for line in paper.units or ():
        code = _plain(line, programme)["unit_code"]
        yield f"{which}trang “Đơn vị báo cáo”", f"{UNIT_FIELD['unit_code'].header}: {_content(code, None)}"
    shown = ("registration_code", "lead_author", "title") if rule.scope in {Scope.CROSS_ROW, Scope.CROSS_FILE} else ()
    for number, row in enumerate(paper.rows, FIRST_ROW):
        values = _plain(row.values, programme)
        whole = ({} if row.blank else {name: faultless_row(programme)[name] for name in shown}) | values
        names = [name for name in ROW_FIELD if name in whole]
        contents = (_in_its_column(ROW_FIELD[name], whole[name], row.odd.get(name)) for name in names)
        headers = (ROW_FIELD[name].header for name in names)
        yield f"{which}dòng {number}", "; ".join(map(": ".join, zip(headers, contents, strict=True)))


def _plain(values: Mapping[str, ExampleValue], programme: Programme) -> dict[str, CellValue]:
    return {name: value(programme) if callable(value) else value for name, value in values.items()}


def _in_its_column(field: Field, value: CellValue, odd: Oddity | None) -> str:
    """A number where one belongs is not worth a word."""
    number = isinstance(value, int) and odd is None and field.kind in {Kind.COUNT, Kind.AMOUNT}
    return as_shown(value) if number else _content(value, odd)


def _content(value: CellValue, odd: Oddity | None) -> str:
    """What stands in a cell, with a word for what cannot be seen."""
    if odd is not None and odd.error is not None:
        return odd.error
    if odd is not None and odd.formula is not None:
        return f"công thức ={odd.formula}" + (", chưa có kết quả" if odd.uncached else f", kết quả {as_shown(value)}")
    if value is None:
        return "(để trống)"
    text = visible(as_shown(value))
    if odd is not None and odd.font is not None:
        return f"{text} (phông {_FONTS[odd.font]})"
    return f"{text} (lưu dạng số)" if isinstance(value, int | float) else text


def visible(text: str) -> str:
    """The text with its invisible and deceptive characters named, stray spaces as dots, and no Markdown of its own."""
    shown = "".join(_named(letter) for letter in text)
    inner = shown.strip(" ")
    shown = "·" * (len(shown) - len(shown.lstrip(" "))) + inner + "·" * (len(shown) - len(shown.rstrip(" ")))
    shown = shown.replace("  ", "··").replace("|", "\\|").replace("\n", " ↵ ").replace("*", "\\*")
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} … ({len(text)} ký tự)"


def _named(letter: str) -> str:
    if letter == "\n" or letter.isascii():
        return letter
    deceptive = unicodedata.name(letter, "").startswith(_LOOKS_LIKE_LATIN)
    if deceptive:
        return f"{letter}⟨U+{ord(letter):04X}⟩"
    if unicodedata.combining(letter) or not letter.isprintable():
        return f"⟨U+{ord(letter):04X}⟩"
    return letter
