"""Words for codes in the language of the window, the same on every page."""

from app.rules.words import (
    APPLICATION_STATE,
    CHANNEL,
    CONSENT,
    CONTACT_RESULT,
    CONTACT_WAY,
    DISCOUNT,
    GRADE,
    HEALTH_MARK,
    IDENTITY_KIND,
    LEDGER_KIND,
    METHOD,
    PLACE_KIND,
    RELATION,
    RIGHT,
    ROLE,
    SERVICE_KIND,
    SESSION,
    SEX,
    STUDENT_STATE,
    UNIT,
)
from app.ui.texts import tr

__all__ = [
    "APPLICATION_STATE",
    "CHANNEL",
    "CONSENT",
    "CONTACT_RESULT",
    "CONTACT_WAY",
    "DISCOUNT",
    "GRADE",
    "HEALTH_MARK",
    "IDENTITY_KIND",
    "LEDGER_KIND",
    "METHOD",
    "PLACE_KIND",
    "RELATION",
    "RIGHT",
    "ROLE",
    "SERVICE_KIND",
    "SESSION",
    "SEX",
    "STUDENT_STATE",
    "UNIT",
    "word",
]


def word(words: dict[str, str], code: str) -> str:
    """The word for a code in the current language; what is no code (typed freely) stands as it is."""
    if code not in words:
        return code
    return tr(words[code]) if words[code] else ""
