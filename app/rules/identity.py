"""Identity documents: the resident identity number (GB 11643-1999) and the shapes of the other documents."""

import re
from dataclasses import dataclass
from operator import mul

from app.errors import Refused
from app.rules import dates, normal

LENGTH = 18

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SHAPES = {
    "hk_macau_permit": re.compile(r"[HM](\d{8}|\d{10})", re.ASCII),
    "taiwan_permit": re.compile(r"\d{8}|\d{10}[A-Z]?", re.ASCII),
    "passport": re.compile(r"(?=.*\d)[A-Z0-9]{6,12}", re.ASCII),
    "birth_certificate": re.compile(r"[A-Z]\d{9}", re.ASCII),
}


@dataclass(frozen=True)
class Resident:
    """What a resident identity number says about its holder."""

    birth_date: str
    sex: str


def clean(text: str) -> str:
    """Put a typed number in order: half width, capital letters, no blanks or dashes."""
    return normal.number(text).replace("×", "X")


def check_digit(first: str) -> str:
    """Give the check digit that belongs to the first 17 digits."""
    total = sum(map(mul, _WEIGHTS, map(int, first)))
    return _CHECK_DIGITS[total % 11]


def read(number: str) -> Resident | None:
    """Give birth date and sex out of a cleaned resident identity number; None if it is not right."""
    if not number or trouble(number) is not None:
        return None
    return told_by(number)


def told_by(number: str) -> Resident:
    """What a number says that is known to be right."""
    return Resident(_birth_date(number), "male" if int(number[16]) % 2 else "female")


def trouble(number: str, today: str = "") -> Refused | None:
    """Tell what is wrong with a resident identity number, also while it is being typed; None if it is right.

    The refusal is given, not raised: identity_characters, identity_missing(missing), identity_extra(extra),
    identity_birth_date, identity_birth_future (with `today` only), identity_check_digit. Empty is nothing wrong:
    children need not hold a card.
    """
    if not number:
        return None
    if not re.fullmatch(r"[0-9]{0,17}|[0-9]{17}[0-9X][0-9X]*", number, re.ASCII):
        return Refused("identity_characters")
    if len(number) > LENGTH:
        return Refused("identity_extra", extra=len(number) - LENGTH)
    if len(number) >= 14 and (wrong := _wrong_birth_date(number, today)):
        return wrong
    if len(number) < LENGTH:
        return Refused("identity_missing", missing=LENGTH - len(number))
    if check_digit(number[:17]) != number[17]:
        return Refused("identity_check_digit")
    return None


def usual_shape(kind: str, number: str) -> bool:
    """Tell whether the cleaned number of another document looks as its kind usually does (a warning, no more)."""
    shape = _SHAPES.get(kind)
    return shape is None or shape.fullmatch(number) is not None


def masked(number: str) -> str:
    """Give the number for the screen: the first four and the last four stay, 3301 **** **** 0426 is how it reads."""
    if len(number) <= 8:
        return "*" * len(number)
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def _birth_date(number: str) -> str:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def _wrong_birth_date(number: str, today: str) -> Refused | None:
    born = _birth_date(number)
    if not dates.is_date(born) or born < "1800":
        return Refused("identity_birth_date")
    return Refused("identity_birth_future") if today and born > today else None
