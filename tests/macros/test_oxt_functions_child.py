"""The office's end and the product's end of worksheet functions, without an office: real children, hard limits."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from addin.hosts.libreoffice.function_server import ZERO_COUNTS, answer_to
from addin.hosts.libreoffice.inside.child_process import ChildError
from addin.hosts.libreoffice.inside.excel_formulas import mended
from addin.hosts.libreoffice.inside.functions_child import FunctionChild
from addin.hosts.libreoffice.inside.settings import Settings, SettingsError
from addin.hosts.libreoffice.launch import CHILD_OPTIONS
from macros.oxt.functions.declared import declared_functions
from macros.oxt.functions.parts import ENTRY_POINT

PRODUCT = (sys.executable, *CHILD_OPTIONS)
FAST = """
import json, sys, time
answer, number = None, 0
def ask(verb, arguments):
    global number
    number += 1
    print(json.dumps({"id": number, "do": [[verb, arguments]]}), flush=True)
    return json.loads(sys.stdin.readline())["ok"][0]
ask("office.facts", {})
while True:
    call = ask("functions.next", {"answer": answer})
    if call["name"] == "hang":
        time.sleep(600)
    if call["name"] == "die":
        sys.exit(3)
    answer = {"value": [[call["name"], number]]}
"""


@pytest.fixture
def child() -> Iterator[Callable[..., FunctionChild]]:
    """Makes the office's end over a command; ended afterwards."""
    made: list[FunctionChild] = []

    def make(*command: str, **seconds: float) -> FunctionChild:
        made.append(FunctionChild(ENTRY_POINT, lambda: Settings(tuple(command)), _facts, **seconds))
        return made[-1]

    yield make
    for one in made:
        one.end()


def _facts(line: bytes) -> bytes:
    """What the office says of itself when the product connects."""
    return json.dumps({"id": json.loads(line)["id"], "ok": [{"pid": 1, "version": "0", "path": ""}]}).encode() + b"\n"


def test_the_product_answers_as_long_as_it_is_asked(child: Callable[..., FunctionChild]) -> None:
    asked = child(*PRODUCT)
    assert asked.ask("SK_BANGCHU", [[[5000.0]]]) == {"value": [["Năm nghìn đồng"]]}
    assert asked.ask("SK_BANGCHU", [[["năm"]]])["problem"].startswith("Số tiền")
    assert asked.ask("SK_KHONGCO", [])["failed"].startswith("KeyError")
    area = [[float(number)] for number in range(5_000)]
    assert len(asked.ask("SK_BANGCHU", [area])["value"]) == 5_000


def test_the_product_ends_with_the_office(child: Callable[..., FunctionChild]) -> None:
    asked = child(*PRODUCT)
    asked.ask("SK_BANGCHU", [[[1.0]]])
    number = asked.pid
    assert number is not None
    inner = asked._child
    assert inner is not None
    assert inner.end(20.0) == 0, "it left by itself when its pipes were closed"


def test_what_was_asked_before_is_remembered(child: Callable[..., FunctionChild]) -> None:
    asked = child(sys.executable, "-c", FAST)
    first = asked.ask("a", [1.0])
    asked.ask("b", [1.0])
    assert asked.ask("a", [1.0]) == first
    assert asked.ask("a", [2.0]) != first


def test_one_that_was_ended_while_idle_is_started_again(child: Callable[..., FunctionChild]) -> None:
    asked = child(sys.executable, "-c", FAST)
    asked.ask("a", [])
    assert asked.pid is not None
    os.kill(asked.pid, signal.SIGKILL)
    assert asked.ask("b", [])["value"][0][0] == "b"


def test_one_that_hangs_costs_its_limit_once(child: Callable[..., FunctionChild]) -> None:
    asked = child(sys.executable, "-c", FAST, answer=0.5)
    asked.ask("a", [])
    began = time.monotonic()
    reasons = [_reason(asked, "hang") for _ in range(1_000)]
    assert reasons[0] == "silent"
    assert set(reasons[1:]) == {"resting"}
    assert time.monotonic() - began < 5


def test_one_that_hangs_at_its_start_costs_its_limit_once(child: Callable[..., FunctionChild]) -> None:
    asked = child(sys.executable, "-c", "import time; time.sleep(600)", start=0.5)
    assert [_reason(asked, "a") for _ in range(3)] == ["silent", "resting", "resting"]


def test_after_a_rest_it_is_tried_again(child: Callable[..., FunctionChild]) -> None:
    asked = child("/no/such/program", pause=0.01)
    assert _reason(asked, "a") == "start"
    deadline = time.monotonic() + 10
    while _reason(asked, "a") == "resting":
        assert time.monotonic() < deadline
    assert _reason(asked, "a") == "resting", "and rests longer"


def test_one_that_dies_of_a_call_is_tried_once_more_and_then_rests(child: Callable[..., FunctionChild]) -> None:
    asked = child(sys.executable, "-c", FAST)
    asked.ask("a", [])
    assert [_reason(asked, "die") for _ in range(2)] == ["ended", "resting"]


def test_without_settings_nothing_is_started() -> None:
    def none() -> Settings:
        raise SettingsError("not installed")

    assert _reason(FunctionChild(ENTRY_POINT, none, _facts), "a") == "settings"


def _reason(asked: FunctionChild, name: str) -> str:
    with pytest.raises(ChildError) as caught:
        asked.ask(name, [])
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("SK_GIAIDOAN", [[[0.0]], None], [[""]]),  # Calc's single blank cell
        ("SK_GIAIDOAN", [[[44_576.0], [""]], None], [[1], [""]]),
        ("SK_BANGCHU", [[[0.0]]], [["Không đồng"]]),
        ("SK_HOTRO", [[["K1"]], [[44_576.0]], [["Hợp lệ"]], 0.0, 0.0, 0.0], [[100_000]]),
        ("SK_BANGCHU", [[[1.0], ["x"]]], [["Một đồng"], [["Số tiền: không đọc được “x”"]]]),
    ],
)
def test_cells_as_calc_gives_them(name: str, arguments: Sequence[Any], answer: list[list[Any]]) -> None:
    assert answer_to(name, arguments) == {"value": answer}


def test_zero_counts_only_in_arguments_that_exist() -> None:
    assert {one.name for function in declared_functions() for one in function.arguments} >= ZERO_COUNTS


NAMES = {"SK_HOTRO": "SK.HOTRO", "SK_BANGCHU": "SK.BANGCHU"}


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("=[1]!SK_HOTRO(A1;B1)", "=SK.HOTRO(A1;B1)"),
        ("=sk_hotro(A1)", "=SK.HOTRO(A1)"),
        ("=IF(A1>1;[2]!sk_bangchu(A1);0)", "=IF(A1>1;SK.BANGCHU(A1);0)"),
        ("='C:\\Users\\lan\\XLSTART\\sangkien.xlam'!SK_HOTRO (A1)", "=SK.HOTRO (A1)"),
        ("=sangkien.xlam!SK_HOTRO(SK_BANGCHU(1))", "=SK.HOTRO(SK.BANGCHU(1))"),
        ('="sk_hotro(1)"&SK_HOTRO(1)', '="sk_hotro(1)"&SK.HOTRO(1)'),
        ("{=[1]!SK_HOTRO(A1:A3)}", "{=SK.HOTRO(A1:A3)}"),
        ("=SK_CUANGUOIKHAC(A1)", "=SK_CUANGUOIKHAC(A1)"),
        ("=risk_hotro(A1)", "=risk_hotro(A1)"),
        ("=sk_hotro+1", "=sk_hotro+1"),
    ],
)
def test_formulas_of_excel_are_mended_and_nothing_else(formula: str, wanted: str) -> None:
    assert mended(formula, NAMES) == wanted


def test_the_office_side_is_python_3_8() -> None:
    import ast

    folder = Path(ENTRY_POINT.split(":")[0].replace(".", "/")).parent / "inside"
    for file in ("functions_child.py", "excel_formulas.py"):
        ast.parse((Path(__file__).parent.parent.parent / folder / file).read_text("utf-8"), feature_version=(3, 8))
