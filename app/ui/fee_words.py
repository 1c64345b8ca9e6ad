"""Prices and quantities in words, the same wherever a fee is shown: how many of a unit, and how they were counted."""

from app.rules.person import EnrolmentLine
from app.ui.texts import money_text, tr

_ONE = {
    "term": "1 个学期", "month": "1 个月", "half_month": "1 个半月段", "week": "1 周", "day": "1 日",
    "session": "1 次", "meal": "1 餐", "hour": "1 小时", "once": "一次性", "deposit": "1 笔押金",
}  # fmt: skip
_MANY = {
    "term": "{n} 个学期", "month": "{n} 个月", "half_month": "{n} 个半月段", "week": "{n} 周",
    "day": "{n} 日", "session": "{n} 次", "meal": "{n} 餐", "hour": "{n} 小时", "once": "一次性 {n} 次",
    "deposit": "{n} 笔押金",
}  # fmt: skip
_RULES = {  # in the words of app/rules/prices.count
    "month": "不满一个月算一个月",
    "half_month": "跨到的每个半月都算",
    "week": "不满一周算一周",
    "day": "按所选星期的天数",
    "session": "按所选星期的天数",
    "meal": "按所选星期的天数",
    "hour": "按所选星期的天数",
}


def counted(quantity: int, unit: str) -> str:
    """So many of a unit: 3 个月, 3 months; what is no unit of ours stands as it is."""
    if unit not in _MANY:
        return f"{quantity} {unit}".strip()
    return tr(_ONE[unit]) if quantity == 1 else tr(_MANY[unit], n=quantity)


def line_price(line: EnrolmentLine) -> str:
    """Price times quantity of a line; that it was paid before the centre came to the program."""
    return tr("期初已缴") if line.paid_before else price_text(line.unit_fen, line.quantity, line.unit)


def price_text(unit_fen: int, quantity: int, unit: str) -> str:
    """Price times quantity: 1,290.00 × 3 个月."""
    return f"{money_text(unit_fen)} × {counted(quantity, unit)}"


def how_counted(unit: str) -> str:
    """By which rule the quantity follows from the period; empty where it is plain."""
    return tr(_RULES[unit]) if unit in _RULES else ""
