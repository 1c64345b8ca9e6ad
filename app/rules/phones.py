"""Telephone numbers: mainland mobiles, landlines, service numbers and foreign numbers, each in its own form.

Stored forms: 13805712236 · 0571-88001234 or 0571-88001234-801 (extension) or 88001234 (same town) · 4008001234 ·
+85291234567 (foreign, plus and digits).
"""

import re

from app.errors import Refused
from app.rules.normal import half_width

MOBILE_LENGTH = 11

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)  # ^1[3-9]\d{9}$: longer prefix lists age and are wrong
_LANDLINE = re.compile(r"(?:(0(?:10|2\d|[3-9]\d\d))-?)?([2-8]\d{6,7})(?:-(\d{1,6}))?", re.ASCII)
_SERVICE = re.compile(r"[48]00\d{7}|9[56]\d{3,6}", re.ASCII)
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|[x#*])[ :]*(?=\d)", re.IGNORECASE)
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_BETWEEN = re.compile(r"[ .()\u00a0\[\]/]+")
_DIGITS = re.compile(r"\+?\d+", re.ASCII)
_USUAL = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
_FROM_CHINA = re.compile(r"\+?86(1[3-9]\d{9})", re.ASCII)
_CHINA_BEFORE_AREA = re.compile(r"^(\+|00)?86-?(?=0)")
_OUTSIDE_CHINA = re.compile(r"^00(?=[1-9])")
_SHORT_COUNTRY = re.compile(
    r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]",  # of one or two digits; every other has three
)


def clean(text: str) -> str:
    """Put a typed number in order: full width, blanks, brackets, dashes and +86 go, an extension stays behind a dash.

    What is no number stays as it was typed, apart from blanks at the ends, so that somebody can correct it.
    """
    if _MOBILE.fullmatch(text):  # most are, and they are asked for often
        return text
    if usual := _USUAL.fullmatch(text.replace(" ", "").replace("-", "")):
        return usual[1]
    plain = _EXTENSION.sub("-", half_width(text).strip())
    dashed = _BETWEEN.sub("", _DASHES.sub("-", plain))
    digits = dashed.replace("-", "")
    if not _DIGITS.fullmatch(digits):
        return " ".join(text.split())
    digits = _without_china(_OUTSIDE_CHINA.sub("+", digits))
    if digits.startswith("+") or _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    return _landline(_CHINA_BEFORE_AREA.sub("", dashed), digits) or digits


def kind(number: str) -> str:
    """Name the kind of a cleaned number: mobile, landline, service, foreign, or '' for none."""
    if _MOBILE.fullmatch(number):
        return "mobile"
    for name, shape in (("service", _SERVICE), ("foreign", _FOREIGN), ("landline", _LANDLINE)):
        if shape.fullmatch(number):
            return name
    return ""


def trouble(text: str) -> Refused | None:
    """Tell what is wrong with a number, also while it is being typed; None if it is right or empty.

    The refusal is given, not raised: phone_characters, phone_missing(missing), phone_extra(extra) and phone_prefix for
    mobiles, landline_missing(missing), landline_extra(extra), foreign_length, phone_unclear.
    """
    if _MOBILE.fullmatch(text):
        return None
    number = clean(text)
    if not number or kind(number):
        return None
    if not re.fullmatch(r"\+?[\d-]+", number, re.ASCII):
        return Refused("phone_characters")
    if number.startswith("+"):
        return Refused("foreign_length")
    if number.startswith("1"):
        return _mobile_trouble(number)
    return _landline_trouble(number) if number.startswith("0") else Refused("phone_unclear")


def show(number: str) -> str:
    """Write a cleaned number for people: 138 0571 2236, 0571-8800 1234, 400 800 1234, +852 91234567."""
    shape = kind(number)
    if shape == "mobile" or (shape == "service" and len(number) == 10):
        return f"{number[:3]} {number[3:-4]} {number[-4:]}"
    if shape == "foreign":
        short = _SHORT_COUNTRY.match(number, 1)
        end = short.end() if short else 4
        return f"{number[:end]} {number[end:]}"
    if shape == "landline" and (found := _LANDLINE.fullmatch(number)):
        area, local, extension = found.groups()
        return f"{area + '-' if area else ''}{local[:-4]} {local[-4:]}{'-' + extension if extension else ''}"
    return number


def digits(number: str) -> str:
    """Give the digits alone, as the search column holds them."""
    return "".join(sign for sign in number if sign.isascii() and sign.isdigit())


def _without_china(number: str) -> str:
    """Take +86 away: from a mobile, from a landline (0 comes back), and a bare 86 before a mobile."""
    if found := _FROM_CHINA.fullmatch(number):
        return found[1]
    if number.startswith("+86"):
        rest = number[3:]
        return rest if rest.startswith(("0", "1", "4", "8")) and not _LANDLINE.fullmatch("0" + rest) else f"0{rest}"
    return number


def _landline(dashed: str, digits_only: str) -> str:
    """Give a landline its stored form; '' if it is none. Dashes that were typed tell area and extension apart."""
    parts = [part for part in dashed.split("-") if part]
    extension = parts[-1] if len(parts) > 1 and len(parts[-1]) <= 6 and _is_whole("".join(parts[:-1])) else ""
    found = _LANDLINE.fullmatch(digits_only.removesuffix(extension) if extension else digits_only)
    if found is None:
        return ""
    return "-".join(part for part in (found[1], found[2], extension) if part)


def _is_whole(number: str) -> bool:
    return _LANDLINE.fullmatch(number) is not None


def _mobile_trouble(number: str) -> Refused:
    plain = number.replace("-", "")
    if len(plain) > 1 and plain[1] not in "3456789":
        return Refused("phone_prefix")
    missing = MOBILE_LENGTH - len(plain)
    return Refused("phone_missing", missing=missing) if missing > 0 else Refused("phone_extra", extra=-missing)


def _landline_trouble(number: str) -> Refused:
    plain = number.replace("-", "")
    area = 3 if re.match(r"0(10|2\d)", plain, re.ASCII) else 4
    if len(plain) < area + 7:
        return Refused("landline_missing", missing=area + 7 - len(plain))
    if len(plain) > area + 8:
        return Refused("landline_extra", extra=len(plain) - area - 8)
    return Refused("phone_unclear")
