"""What a name looks like that somebody should ask about. Nothing here stops anybody: names are what people bear."""

import re

from app.rules import normal

LONGEST = 50

_UNUSUAL = re.compile(r"[^\w·' .\-]|[\d_]")
_ENDS = frozenset("妈爸奶爷婆公姥姨叔长士生姐师学宝")  # of the titles
_USUAL = re.compile("[\u4e00-\u9fff]{2,4}")
_TITLES = re.compile("(妈妈|爸爸|妈|爸|奶奶|爷爷|外婆|外公|姥姥|姥爷|阿姨|叔叔|家长|女士|先生|小姐|老师|同学|宝宝)$")


def is_odd(name: str) -> bool:
    """Tell whether somebody should ask: digits or signs inside, one character only, a title, or far too long."""
    if _USUAL.fullmatch(name):
        return name[-1] in _ENDS and _TITLES.search(name) is not None
    tidy = normal.name(name)
    letters = [sign for sign in tidy if sign.isalpha()]
    return (
        len(letters) < 2 or len(tidy) > LONGEST or _UNUSUAL.search(tidy) is not None or _TITLES.search(tidy) is not None
    )
