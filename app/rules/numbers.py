"""Numbers of papers and students, and the one scheme of codes that are printed as QR and read back by a scanner.

A code is digits only: kind, number, check digit.

- 1 + year (4) + running number (6) + check: confirmation sheet, for people BM-2026-000034
- 2 + year (4) + running number (6) + check: receipt, for people SJ-2026-003421
- 3 + student number + check: student card
- 4 + student number, each character as two digits + check: card of a student number that has letters or dashes
- 5 + layout (4) + check: blank application form, all copies of a layout alike, for people BB-0001
- 6 + year (4) + running number (6) + check: opening statement, for people QC-2026-000012

The check digit is Damm's (a totally anti-symmetric quasigroup of order 10): it notices every single wrong digit and
every swap of two neighbours, the check digit included.
"""

import re
from dataclasses import dataclass

from app.errors import Refused
from app.rules.normal import half_width

SHEET, RECEIPT, CARD, FORM, OPENING = "sheet", "receipt", "card", "form", "opening"
SHEET_PREFIX, RECEIPT_PREFIX, FORM_PREFIX, OPENING_PREFIX = "BM", "SJ", "BB", "QC"
STUDENT_FORM = "{year}{no:04d}"
"""The form of the student number that a new centre starts with."""

_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
_CARD_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_PAPER_CODE = re.compile(r"([126])([0-9]{4})([0-9]{6})[0-9]", re.ASCII)
_FORM_CODE = re.compile(r"5([0-9]{4})[0-9]", re.ASCII)
_FORM_NUMBER = re.compile(r"BB-?([0-9]{4})", re.ASCII)
_PAPER_NUMBER = re.compile(r"(BM|SJ|QC)-?([0-9]{4})-?([0-9]{1,6})", re.ASCII)
_FORM_PART = re.compile(r"\{(year|yy|no(?::0([1-9])d)?)\}|[0-9A-Z-]", re.ASCII)
_LONGEST_NUMBER = 16
_BY_PREFIX = {SHEET_PREFIX: SHEET, RECEIPT_PREFIX: RECEIPT, OPENING_PREFIX: OPENING}
_BY_DIGIT = {"1": SHEET, "2": RECEIPT, "6": OPENING}


@dataclass(frozen=True)
class Code:
    """What a code says: the kind of paper, and its year and running number, or the student number of a card.

    `no` of a blank form is its layout.
    """

    kind: str
    year: int = 0
    no: int = 0
    student_number: str = ""

    @property
    def number(self) -> str:
        """The number as people write it."""
        if self.kind == CARD:
            return self.student_number
        if self.kind == FORM:
            return form_number(self.no)
        prefix = next(prefix for prefix, kind in _BY_PREFIX.items() if kind == self.kind)
        return f"{prefix}-{_year_and_no(self.year, self.no, '-')}"


def check_digit(digits: str) -> str:
    """Give the check digit of a row of digits after Damm."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def sheet_number(year: int, no: int) -> str:
    """Give the number of a confirmation sheet as people write it: BM-2026-000034."""
    return f"{SHEET_PREFIX}-{_year_and_no(year, no, '-')}"


def receipt_number(year: int, no: int) -> str:
    """Give the number of a receipt as people write it: SJ-2026-003421."""
    return f"{RECEIPT_PREFIX}-{_year_and_no(year, no, '-')}"


def opening_number(year: int, no: int) -> str:
    """Give the number of an opening statement as people write it: QC-2026-000012."""
    return f"{OPENING_PREFIX}-{_year_and_no(year, no, '-')}"


def code_for_opening(year: int, no: int) -> str:
    """Give the twelve digits of an opening statement."""
    return _checked(f"6{_year_and_no(year, no)}")


def code_for_sheet(year: int, no: int) -> str:
    """Give the twelve digits of a confirmation sheet."""
    return _checked(f"1{_year_and_no(year, no)}")


def code_for_receipt(year: int, no: int) -> str:
    """Give the twelve digits of a receipt."""
    return _checked(f"2{_year_and_no(year, no)}")


def form_number(layout: int) -> str:
    """Give the number of a layout of the blank application form as people write it: BB-0001."""
    return f"{FORM_PREFIX}-{_layout(layout)}"


def code_for_form(layout: int) -> str:
    """Give the six digits of a layout of the blank application form."""
    return _checked(f"5{_layout(layout)}")


def code_for_card(student_number: str) -> str:
    """Give the digits of a student card. ValueError for a student number that no form can give."""
    if not 0 < len(student_number) <= _LONGEST_NUMBER:
        raise ValueError
    if student_number.isascii() and student_number.isdigit():
        return _checked(f"3{student_number}")
    return _checked("4" + "".join(f"{_CARD_SIGNS.index(sign):02d}" for sign in student_number))


def read_code(text: str) -> Code:
    """Read what a scanner gave, or the number of a sheet or receipt as people type it. Refused: code_unknown."""
    plain = re.sub(r"\s", "", half_width(text)).upper()
    if typed := _PAPER_NUMBER.fullmatch(plain):
        return _paper(_BY_PREFIX[typed[1]], typed[2], typed[3])
    if typed := _FORM_NUMBER.fullmatch(plain):
        return _form(typed[1])
    if not (plain.isascii() and plain.isdigit()) or len(plain) < 3 or check_digit(plain) != "0":
        raise Refused("code_unknown")
    if scanned := _PAPER_CODE.fullmatch(plain):
        return _paper(_BY_DIGIT[scanned[1]], scanned[2], scanned[3])
    if scanned := _FORM_CODE.fullmatch(plain):
        return _form(scanned[1])
    if plain[0] == "3" and len(plain) <= _LONGEST_NUMBER + 2:
        return Code(CARD, student_number=plain[1:-1])
    if plain[0] == "4":
        return Code(CARD, student_number=_signs(plain[1:-1]))
    raise Refused("code_unknown")


def check_student_form(form: str) -> None:
    """Refuse a form of the student number that could give the same number twice or that no code can hold.

    A form is made of digits, capital letters, dashes, {year}, {yy} and exactly one {no} (or {no:04d} with leading
    zeros). Refused: number_form_unclear, number_form_no_running, number_form_too_long(longest).
    """
    parts = [part[0] for part in _FORM_PART.finditer(form)]
    if "".join(parts) != form:
        raise Refused("number_form_unclear")
    if sum(part.startswith("{no") for part in parts) != 1:
        raise Refused("number_form_no_running")
    if len(student_number(form, 9999, 999_999)) > _LONGEST_NUMBER:
        raise Refused("number_form_too_long", longest=_LONGEST_NUMBER)


def student_number(form: str, year: int, no: int) -> str:
    """Make a student number in the centre's form; `no` is what `student_counter` counts."""
    return form.format(year=year, yy=f"{year % 100:02d}", no=no)


def student_counter(form: str, year: int) -> str:
    """Name the counter behind `form`: one for each year if the year stands in the number, else one for ever.

    After a change of the form a number may already be taken by an older form: take the next one then.
    """
    return f"student-{year}" if "{year}" in form or "{yy}" in form else "student"


def _year_and_no(year: int, no: int, joint: str = "") -> str:
    if not (1000 <= year <= 9999 and 1 <= no <= 999_999):
        raise ValueError
    return f"{year}{joint}{no:06d}"


def _layout(no: int) -> str:
    if not 1 <= no <= 9999:
        raise ValueError
    return f"{no:04d}"


def _checked(digits: str) -> str:
    return digits + check_digit(digits)


def _paper(kind: str, year: str, no: str) -> Code:
    if int(year) < 1000 or int(no) < 1:
        raise Refused("code_unknown")
    return Code(kind, int(year), int(no))


def _form(layout: str) -> Code:
    if int(layout) < 1:
        raise Refused("code_unknown")
    return Code(FORM, no=int(layout))


def _signs(pairs: str) -> str:
    places = [int(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
    if len(pairs) % 2 or not places or len(places) > _LONGEST_NUMBER or max(places) >= len(_CARD_SIGNS):
        raise Refused("code_unknown")
    return "".join(_CARD_SIGNS[place] for place in places)
