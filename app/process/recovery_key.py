"""The recovery key on paper: 160 random bits as eight groups of four letters and a check letter each.

The letters are those of Crockford's base 32 (no I, L, O, U). The check letter is a sum over the field of 32 elements,
with the number of the group in it: one wrong letter, two letters exchanged, or two groups exchanged are always found.
"""

from app.errors import Refused

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
GROUP = 4  # letters of a group, before its check letter
_READ_AS = {"O": "0", "I": "1", "L": "1"}
_FIELD = 0b100101  # x^5 + x^2 + 1


def new() -> str:
    """A new recovery key as it is printed: groups of five, with hyphens between."""
    import secrets  # the first window checks keys only when one is typed

    groups = ["".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS)]
    return "-".join(group + _check_letter(number, group) for number, group in enumerate(groups))


def check(text: str) -> str:
    """The key in its plain form, without check letters and hyphens; small letters, O for 0, I and L for 1 are accepted.

    Raises Refused recovery_key_letter(letter), recovery_key_length(given, needed), recovery_key_group(group).
    """
    typed = [_READ_AS.get(c, c) for c in text.upper() if not (c.isspace() or c in "-‐–—－_.")]
    for letter in typed:
        if letter not in LETTERS:
            raise Refused("recovery_key_letter", letter=letter)
    width = GROUP + 1
    if len(typed) != GROUPS * width:
        raise Refused("recovery_key_length", given=len(typed), needed=GROUPS * width)
    groups = ["".join(typed[i : i + width]) for i in range(0, len(typed), width)]
    for number, group in enumerate(groups):
        if group[-1] != _check_letter(number, group[:-1]):
            raise Refused("recovery_key_group", group=number + 1)
    return "".join(group[:-1] for group in groups)


def plain_letters(text: str) -> str:
    """The letters of a key in what was typed: capitals, O as 0, I and L as 1, everything else left out."""
    return "".join(letter for one in text.upper() if (letter := _READ_AS.get(one, one)) in LETTERS)


def group_is_right(place: int, group: str) -> bool:
    """Whether the five letters typed as the group at `place` (from 0) fit together."""
    letters = plain_letters(group)
    return len(letters) == GROUP + 1 and letters[-1] == _check_letter(place, letters[:-1])


def _check_letter(number: int, group: str) -> str:
    total = number + 1
    for letter in group:
        total = _times_x(total ^ LETTERS.index(letter))
    return LETTERS[total]


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 32 else value
