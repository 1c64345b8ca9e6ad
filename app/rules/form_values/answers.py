"""Yes and no, nothing to tell, and what is wanted, as families answer forms."""

import re
from functools import lru_cache

from app.rules import normal


def _wide(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0) if sign.isascii() else sign


_YES_WORDS = (
    "是 同意 已同意 我同意 愿意 允许 已阅读 已阅读并同意 已知晓 知晓 确认 可以 有 对 好 好的 √ ✓ ✔ ☑"
    " y yes true 1 agree agreed ok"
)
_NO_WORDS = "否 不同意 不愿意 不允许 不可以 没有 不 拒绝 × ✗ x n no false 0 disagree"
_NOTHING_WORDS = (
    "无 没有 暂无 无过敏 无过敏史 没 不过敏 否 没有过敏 无, 均无 都没有 未发现 正常 健康 良好 无特殊 无特殊情况 無 沒有"
    " / \\ - -- — —— n/a na none no nil null 无忌口 没有忌口 不适用 (空) (跳过) 空"
)
_YES, _NO, _NOTHING = (frozenset(words.split()) for words in (_YES_WORDS, _NO_WORDS, _NOTHING_WORDS))
_BEGINS_NOTHING = {" ", "\u3000", *(form for word in _NOTHING for form in (word[0], word[0].upper(), _wide(word[0])))}
_YES_BEGINS = ("同意", "我同意", "已阅读", "是", "我已", "本人已", "本人同意", "愿意", "yes", "i agree", "agree")
_NO_BEGINS = ("不同意", "拒绝", "不愿", "不允许")
_OPTION = re.compile(r"^[a-d1-9][.、)．:] ?", re.IGNORECASE)
_SESSIONS = (
    ("drop_in", r"临时|单次|日托|drop"), ("holiday", r"寒暑假|寒假|暑假|假期|冬令营|夏令营|holiday|camp"),
    ("both", r"午晚|全托|全日|午托.*晚托|晚托.*午托|中午.*(?:晚|放学|下午)|lunch.*after|both|full"),
    ("lunch", r"午托|午餐|中午|午间|午休|lunch|noon"),
    ("after_school", r"晚托|放学|课后|下午|傍晚|晚间|作业|after"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def yes(text: str) -> bool | None:
    """Read an answer: True, False, or None when it says neither."""
    word = _OPTION.sub("", normal.half_width(text).strip().lower()).strip(" .。!")
    if word in _YES:
        return True
    if word in _NO or word.startswith(_NO_BEGINS):
        return False
    return True if word.startswith(_YES_BEGINS) else None


def is_nothing(text: str) -> bool:
    """Tell whether an answer says that there is nothing (无, 没有, /)."""
    return text[:1] in _BEGINS_NOTHING and _is_nothing(text)  # nearly all answers begin otherwise


@lru_cache(maxsize=1024)
def _is_nothing(text: str) -> bool:
    return normal.half_width(text).strip(" .。!").lower() in _NOTHING


@lru_cache(maxsize=1024)
def session(text: str) -> str:
    """Read which care is wanted: one of person.SESSIONS, or "" when it is not clear."""
    plain = normal.half_width(text).lower()
    return next((code for code, words in _SESSIONS if re.search(words, plain)), "")
