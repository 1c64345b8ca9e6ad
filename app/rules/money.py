"""Money: integer fen, figures, capitals (大写), and what may be typed into an amount field. No float anywhere."""

import re
from fractions import Fraction

from app.errors import Refused

LIMIT_FEN = 10**12
"""The largest amount that may be typed: ten thousand million yuan."""

MINUS = "\u2212"

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_TOO_MANY_YUAN = 10**16
_LONGEST_TEXT = 100

_FOLD = str.maketrans(
    "０１２３４５６７８９．。＋－＊／（），＝￥\u2212\u2013\u2014×÷xX＋\u3000",
    "0123456789..+-*/(),=¥---*/**+ ",
)
_CAPITALS = frozenset("零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万亿角分整正")
_TOKEN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+|[-+*/()]")
_ONE_NUMBER = re.compile(r"[+-]?[0-9,]*\.?[0-9]*")


def capitals(fen: int) -> str:
    """Write `fen` in capitals (大写金额), without 人民币 in front.

    Rules: 银发〔1997〕393号, annex. Where the annex allows two forms, a 零 stands after 元 when the yuan end in 0 and
    角 is not 0, and none stands between 万 and 仟. Negative (or absurdly large) raises ValueError.
    """
    if fen < 0 or fen >= _TOO_MANY_YUAN * 100:
        raise ValueError
    yuan_part, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    if not rest:
        return f"{_whole(yuan_part) or '零'}元整"
    text = f"{_whole(yuan_part)}元" if yuan_part else ""
    if text and (jiao == 0 or yuan_part % 10 == 0):
        text += "零"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    return text + (f"{_DIGITS[cents]}分" if cents else "")


def _whole(number: int) -> str:
    """Read a whole number (0 gives nothing): 亿 and 万 split it, one 零 stands for any run of zeros inside."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            joint = "零" if 0 < low < size // 10 else ""
            return _whole(high) + name + joint + (_whole(low) if low else "")
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = digit == 0
    return text


def yuan(fen: int) -> str:
    """Write `fen` in figures: 156000 gives '1,560.00', minus is U+2212."""
    whole, rest = divmod(abs(fen), 100)
    return f"{MINUS if fen < 0 else ''}{whole:,}.{rest:02d}"


def parse_amount(text: str) -> int:
    """Read a typed amount in yuan and give fen: digits . + - * / ( ), full-width too, and thousands commas.

    The result must be whole fen: nothing is rounded unasked. Refused codes: amount_missing, amount_unclear,
    amount_decimals, amount_not_whole (near: the rounded figure), amount_negative, amount_capitals, amount_too_large
    (limit), amount_divided_by_zero.
    """
    plain = text.translate(_FOLD).strip().removeprefix("¥").removesuffix("=").strip()
    if plain.endswith("元") and not _CAPITALS.intersection(plain):
        plain = plain.removesuffix("元").strip()
    if not plain:
        raise Refused("amount_missing")
    if _CAPITALS.intersection(plain):
        raise Refused("amount_capitals")
    if len(plain) > _LONGEST_TEXT:
        raise Refused("amount_unclear")
    fen = _Sum(_tokens(plain)).value() * 100
    _refuse_part_of_fen(plain, fen)
    if fen < 0:
        raise Refused("amount_negative")
    if fen > LIMIT_FEN:
        raise Refused("amount_too_large", limit=yuan(LIMIT_FEN))
    return int(fen)


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round, a half away from zero (5 / 2 gives 3): the one rounding of this program."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def _refuse_part_of_fen(plain: str, fen: Fraction) -> None:
    if _ONE_NUMBER.fullmatch(plain):
        if len(plain.partition(".")[2]) > 2:  # 1.560 may mean one thousand
            raise Refused("amount_decimals")
    elif fen.denominator != 1:
        raise Refused("amount_not_whole", near=yuan(half_up(fen.numerator, fen.denominator)))


def _tokens(plain: str) -> list[str]:
    tokens, at = [], 0
    while at < len(plain):
        if plain[at] == " ":
            at += 1
            continue
        found = _TOKEN.match(plain, at)
        if found is None:
            raise Refused("amount_unclear")
        tokens.append(found.group())
        at = found.end()
    return tokens


class _Sum:
    """A small calculator over exact fractions: sums of products of numbers, signs and brackets."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def value(self) -> Fraction:
        result = self._terms()
        if self.at < len(self.tokens):
            raise Refused("amount_unclear")
        return result

    def _next_is(self, signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] in signs:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def _terms(self) -> Fraction:
        result = self._products()
        while sign := self._next_is("+-"):
            result = result + self._products() if sign == "+" else result - self._products()
        return result

    def _products(self) -> Fraction:
        result = self._one()
        while sign := self._next_is("*/"):
            factor = self._one()
            if sign == "/" and not factor:
                raise Refused("amount_divided_by_zero")
            result = result * factor if sign == "*" else result / factor
        return result

    def _one(self) -> Fraction:
        if sign := self._next_is("+-"):
            return self._one() if sign == "+" else -self._one()
        if self._next_is("("):
            result = self._terms()
            if not self._next_is(")"):
                raise Refused("amount_unclear")
            return result
        if self.at >= len(self.tokens) or self.tokens[self.at] in ")*/":
            raise Refused("amount_unclear")
        self.at += 1
        whole, _, part = self.tokens[self.at - 1].replace(",", "").partition(".")
        return Fraction(int((whole + part) or "0"), 10 ** len(part))
