"""Rare characters are told at once: whether screen and paper can show them (look.md 15)."""

from app.process import papers
from app.ui.texts import tr

Found = tuple[str, str] | None


def is_rare(text: str) -> bool:
    """Whether a text holds a character outside GB 2312, which every font of the program has for certain."""
    try:
        text.replace("·", "").encode("gb2312")
    except UnicodeEncodeError:
        return any(ord(sign) > 0x2E80 for sign in text)
    return False


def rare_note(text: str) -> Found:
    """What a field says about rare characters: that they print, or which ones do not; None when there are none."""
    if not is_rare(text):
        return None
    missing = papers.unprintable(text)
    if missing:
        return "warning", tr("“{signs}”字体里没有，会印成〓，请手写补上", signs="".join(missing))
    return "warning", tr("生僻字：已确认可打印")


def name_note(text: str) -> Found:
    """What a name says that has no problem: about its rare characters, or simply that it is right."""
    if not text.strip():
        return None
    return rare_note(text) or ("ok", "")
