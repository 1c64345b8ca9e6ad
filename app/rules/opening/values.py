"""What stands in the cells of a centre's own list: money with its words, days left, until when it is paid.

欠 300 · 余额120.5 · −300 · 已结清 | 剩12天 · 5.5次 | 2026-12-31 · 12月 · 2026.1 · 1月底 · 交至2027年1月
"""

import calendar
import re
from dataclasses import dataclass
from decimal import Decimal

from app.rules import dates
from app.rules.form_values import answers, days
from app.rules.normal import half_width

MOST_FEN = 1_000_000_00  # a family of a small centre owes or has paid no more ahead
MOST_LEFT = 1_000  # days or meals
BEHIND, AHEAD = 5, 6  # a month without a year is looked for so many months before and after the day of taking over
NEAR = 5  # years

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "－": "-"})
_OWES = re.compile("欠|未交|未缴|没交|该交|应补|补交|补缴|待缴|待交|差")
_HAS = re.compile("余|结存|预存|预交|预缴|多交|多缴|多收|存|退")
_NOTHING = re.compile("结清|已清|付清|平账|不欠|无欠|交齐|缴齐|已交$|已缴$")
_UNIT = re.compile(r"元|块钱?|rmb|cny|¥|￥|\s", re.IGNORECASE)
_LEFT = re.compile(r"(?:还?剩余?|余)?[:\s]*([-+]?\d+(?:\.\d+)?)\s*(?:个)?(?:天|日|次|餐|顿|份|节)?", re.ASCII)
_BEFORE_DAY = re.compile(r"^(?:费用)?(?:已)?(?:交|缴|付|续|收)?(?:费)?(?:到|至|截止到?|截至|有效期至?)?[:\s]*")
_AFTER_DAY = re.compile(r"(?:止|为止|到期|截止)$")
_MONTH_OF_YEAR = re.compile(r"(\d{4}|\d{2})\s*[年./-]\s*(\d{1,2})\s*月?(?:份)?(底|末)?", re.ASCII)
_SIX_FIGURES = re.compile(r"(20\d{2})(0[1-9]|1[0-2])", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})\s*月(?:份)?(底|末)?", re.ASCII)
_BARE_MONTH = re.compile(r"\d{1,2}", re.ASCII)
_DAY_OF_MONTH = re.compile(r"(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?", re.ASCII)
_HAN_MONTH = {
    "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10",
    "十一": "11", "十二": "12",
}  # fmt: skip
_HAN = re.compile("(十[一二]?|[一二三四五六七八九])(?=月)")


class UnclearError(ValueError):
    """A cell that cannot be understood."""


@dataclass(frozen=True)
class Money:
    """What a cell says about money in fen: what the family owes, what it has, both not below zero.

    `contradicts`: the sign says another thing than the words or the column.
    """

    debt_fen: int = 0
    credit_fen: int = 0
    contradicts: bool = False


def money(text: str, column: str = "balance") -> Money:
    """Read a cell of a column of balances (plus is the family's money), debts or credits.

    Words go before the column (欠 300 in a column 余额 is a debt), a minus turns a balance and a credit round; in a
    column of debts it is only doubtful. Raises UnclearError.
    """
    plain = half_width(text).translate(_MINUS).strip()
    if not plain or answers.is_nothing(plain) or _NOTHING.search(plain):
        return Money()
    if plain.startswith("(") and plain.endswith(")"):  # as bookkeepers write minus
        plain = f"-{plain[1:-1]}"
    found = _NUMBER.findall(_UNIT.sub("", plain))
    if len(found) != 1:
        raise UnclearError
    fen = _fen(found[0])
    owes, has = bool(_OWES.search(plain)), bool(_HAS.search(plain))
    if owes == has:
        owes = column == "debt"
        return _signed(abs(fen), owes=owes, contradicts=fen < 0) if owes else _signed(abs(fen), owes=fen < 0)
    return _signed(abs(fen), owes=owes, contradicts=fen < 0 and has)


def _signed(fen: int, *, owes: bool, contradicts: bool = False) -> Money:
    return Money(fen if owes else 0, 0 if owes else fen, contradicts)


def _fen(figures: str) -> int:
    fen = Decimal(figures.replace(",", "")) * 100
    if abs(fen) > MOST_FEN:
        raise UnclearError
    rounded = fen.to_integral_value()
    # a workbook calculates in binary fractions: 120.10000000000001 is what 120.1 is stored as
    if abs(fen - rounded) > Decimal("0.001"):
        raise UnclearError
    return int(rounded)


def left(text: str) -> int | None:
    """Read how many days or meals are left, in tenths; None where the cell says nothing. Raises UnclearError."""
    plain = half_width(text).translate(_MINUS).strip()
    if not plain or answers.is_nothing(plain):
        return None
    if plain in ("用完", "已用完", "没了"):
        return 0
    found = _LEFT.fullmatch(plain)
    if not found:
        raise UnclearError
    tenths = Decimal(found[1]) * 10
    if tenths != tenths.to_integral_value() or abs(tenths) > 10 * MOST_LEFT:
        raise UnclearError
    return int(tenths)


def left_text(tenths: int) -> str:
    """Write what is left: 12, 5.5."""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'−' if tenths < 0 else ''}{whole}{f'.{rest}' if rest else ''}"


def paid_until(text: str, today: str, first: str = "") -> str:
    """Read the last day that is paid, as ISO text; "" where the cell says nothing. A month is paid to its end.

    Without a year it is the month from five months before to six months after `today`. `first`: how the column writes
    13/4/2026 (days.order). Raises UnclearError.
    """
    plain = half_width(text).strip()
    if not plain or answers.is_nothing(plain):
        return ""
    plain = _AFTER_DAY.sub("", _BEFORE_DAY.sub("", _HAN.sub(lambda one: _HAN_MONTH[one[1]], plain))).strip()
    found = _MONTH_OF_YEAR.fullmatch(plain) or _SIX_FIGURES.fullmatch(plain)
    if found and (year := _year(found[1], today)):  # 12.31 is a day, 26.12 a month
        return _end_of(year, int(found[2]))
    if found := _MONTH.fullmatch(plain):
        return _month_near(int(found[1]), today)
    if _BARE_MONTH.fullmatch(plain):
        return _month_near(int(plain), today)
    if found := _DAY_OF_MONTH.fullmatch(plain):
        return _day_near(int(found[1]), int(found[2]), today)
    day = days.read(plain, today, first)
    if not dates.is_date(day) or not _plausible(day, today):
        raise UnclearError
    return day


def may_be_october(text: str) -> bool:
    """Whether a cell reads 2026.1: a workbook drops the last nought of 2026.10."""
    return re.fullmatch(r"20\d{2}\.1", half_width(text).strip(), re.ASCII) is not None


def _year(text: str, today: str) -> int:
    """The year that four figures write, or two that lie near today; 0 for others."""
    year = int(text) if len(text) == 4 else 2000 + int(text)
    return year if len(text) == 4 or abs(year - int(today[:4])) <= NEAR else 0


def _end_of(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        raise UnclearError
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def _month_near(month: int, today: str) -> str:
    if not 1 <= month <= 12:
        raise UnclearError
    now = int(today[:4]) * 12 + int(today[5:7]) - 1
    at = next(one for one in range(now - BEHIND, now + AHEAD + 1) if one % 12 == month - 1)
    return _end_of(at // 12, month)


def _day_near(month: int, day: int, today: str) -> str:
    year = _month_near(month, today)[:4]
    found = f"{year}-{month:02d}-{day:02d}"
    if not dates.is_date(found):
        raise UnclearError
    return found


def _plausible(day: str, today: str) -> bool:
    return abs(int(day[:4]) - int(today[:4])) <= NEAR
