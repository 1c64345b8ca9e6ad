"""Putting typed text in order: full width to half width, blanks, the middle dot of names, invisible characters (P3)."""

import re
import unicodedata

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LETTERS = {code: half for code, half in _HALF.items() if chr(half).isalnum() or chr(half) in "+-@#_ "}
_DOTS = dict.fromkeys(map(ord, "·•‧∙⋅・･●．.。｡᛫ꞏ"), "·")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
_BLANK_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}·]) +(?=[{_HAN}·])")
_BLANK_BESIDE_DOT = re.compile(r" *· *")
_DOT_WITHOUT_HAN = re.compile(rf"(?<![{_HAN}])·|·(?![{_HAN}])")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANKS = re.compile(r"[^\S\n]+")
_STAYS = "!-~\u4e00-\u9fff、。，；：！？（）《》"  # signs that stay what they are: nothing has to be looked for
_PLAIN = re.compile(f"[ {_STAYS}]*")
_PLAIN_LINE = re.compile(f"(?:[{_STAYS}]+(?: [{_STAYS}]+)*)?")
_PLAIN_NUMBER = re.compile("[0-9A-Z]*")
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]*")


def half_width(text: str) -> str:
    """Turn every full-width sign (letters, digits, punctuation, the wide blank) into its half-width twin."""
    return text.translate(_HALF)


def line(text: str) -> str:
    """Put one line of ordinary text in order: letters and digits half width, Chinese punctuation as it is.

    Invisible characters go, radicals that were pasted from a PDF become the characters they look like, several blanks
    become one, none is left at the ends, a line break becomes a blank.
    """
    if _PLAIN_LINE.fullmatch(text):
        return text
    return _BLANKS.sub(" ", _visible(text).replace("\n", " ")).strip()


def lines(text: str) -> str:
    """Put a longer text in order and keep its line breaks; empty lines at the ends go."""
    tidy = [_BLANKS.sub(" ", one).strip() for one in _visible(text).split("\n")]
    return "\n".join(tidy).strip("\n")


def name(text: str) -> str:
    """Put the name of a person in order.

    Every kind of middle dot between Han characters becomes · (U+00B7), blanks beside it or between Han characters go;
    a name in other letters keeps its blanks, dots and capitals.
    """
    if is_plain_han(text):
        return text
    tidy = line(text)
    dotted = _BLANK_BESIDE_DOT.sub("·", tidy.translate(_DOTS))
    if "·" in dotted and not _DOT_WITHOUT_HAN.search(dotted):
        tidy = dotted
    return _BLANK_BESIDE_HAN.sub("", tidy)


def number(text: str) -> str:
    """Put a number of a document in order: half width, capital letters, without blanks, dots or dashes inside."""
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    joined = re.sub(r"[\s\-\u2010-\u2015\u2212._·]", "", half_width(_visible(text)))
    return unicodedata.normalize("NFC", joined.upper())


def is_plain_han(text: str) -> bool:
    """Tell whether a text is nothing but ordinary Han characters, which stay as they are; so is an empty one."""
    return _PLAIN_HAN.fullmatch(text) is not None


def _visible(text: str) -> str:
    """Compose, drop what cannot be seen, turn radicals into characters and full-width letters into plain ones."""
    if _PLAIN.fullmatch(text):
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LETTERS)
    return unicodedata.normalize("NFC", "".join(_seen(sign) for sign in plain))


def _seen(sign: str) -> str:
    if "\u2e80" <= sign <= "\u2fdf":
        return unicodedata.normalize("NFKC", sign)
    if sign in "\n\t":
        return sign
    if sign.isspace():
        return " "
    # private and unassigned characters stay: they may be rare names, and somebody must see them
    return "" if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} or _VARIATION.match(sign) else sign
