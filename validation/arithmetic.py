"""Works out a formula that is plain arithmetic on numbers (``100000+50000``): its stored result need not be trusted."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from fractions import Fraction

_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LONGEST = 200
# Nothing else is given to Python's parser, which warns of odd but harmless texts ("\d", 1is) on standard error.
_PLAIN = re.compile(r"\s*=?[0-9+\-*/().\s]*")


def plain_result(formula: str) -> Fraction | None:
    """The exact result of ``formula`` (without its "="); None where it is anything but ``+ - * / ( )`` on numbers."""
    if len(formula) > _LONGEST or _PLAIN.fullmatch(formula) is None:
        return None
    try:
        return _value(ast.parse(formula.strip().lstrip("="), mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        return None


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))  # 1.1 is 11/10, as it was typed, not the nearest binary fraction
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left), _value(right))
        case _:
            raise ValueError(type(node).__name__)
