"""What may be typed into an amount: yuan with at most two decimals, or a sum such as 1200+80; the result is fen."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.ui.widgets.form.line import folded

_TOKEN = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+|[-+*/()])")
_CAPITALS = set("零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整圆")
_SAME = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "¥": "", "￥": "", ",": "", "，": "", "。": "."})
MOST_FEN = 99_999_999_99


class SumError(ValueError):
    """The text is no amount; `args[0]` is the code: capitals, decimals, negative, too_much, no_sum."""


def plain(text: str) -> str:
    """The text with full-width digits and signs as plain ones, without separators."""
    return folded(text.translate(_SAME)).translate(_SAME).strip()


def compute(text: str) -> int:
    """Fen of what was typed. A quotient is rounded to the fen, half up. Raises SumError."""
    if _CAPITALS & set(text):
        raise SumError("capitals")
    tokens = _tokens(plain(text))
    value, rest = _sum(tokens)
    if rest:
        raise SumError("no_sum")
    if value < 0:
        raise SumError("negative")
    hundredfold = value * 100
    fen = int((Decimal(hundredfold.numerator) / Decimal(hundredfold.denominator)).quantize(Decimal(1), ROUND_HALF_UP))
    if fen > MOST_FEN:
        raise SumError("too_much")
    return fen


def is_sum(text: str) -> bool:
    """Whether there is something to compute, not only a number."""
    return any(sign in plain(text)[1:] for sign in "+-*/(")


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise SumError("no_sum")
        if len(match[1].partition(".")[2]) > 2:
            raise SumError("decimals")
        found.append(match[1])
        at = match.end()
    if not found:
        raise SumError("no_sum")
    return found


def _sum(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in "+-":
        other, after = _product(rest[1:])
        value = value + other if rest[0] == "+" else value - other
        rest = after
    return value, rest


def _product(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, rest = _factor(tokens)
    while rest and rest[0] in "*/":
        other, after = _factor(rest[1:])
        if rest[0] == "/" and other == 0:
            raise SumError("no_sum")
        value = value * other if rest[0] == "*" else value / other
        rest = after
    return value, rest


def _factor(tokens: list[str]) -> tuple[Fraction, list[str]]:
    if not tokens:
        raise SumError("no_sum")
    first, rest = tokens[0], tokens[1:]
    if first == "-":
        value, rest = _factor(rest)
        return -value, rest
    if first == "(":
        value, rest = _sum(rest)
        if not rest or rest[0] != ")":
            raise SumError("no_sum")
        return value, rest[1:]
    if not first[0].isdigit() and first[0] != ".":
        raise SumError("no_sum")
    return Fraction(first), rest
