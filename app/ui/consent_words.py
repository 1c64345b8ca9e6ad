"""Consents in words: an answer with who gave it and when; why the health section is closed, and what to do."""

from typing import Protocol

from app.errors import Refused
from app.ui.texts import sentence, tr
from app.ui.words import CONSENT, RELATION, word

BETWEEN = "\u3000"
WORDING = {
    **CONSENT, "declaration": "家长声明", "goes_home_alone": "自行回家的同意", "receipt": "收据说明",
}  # fmt: skip
"""The names of the wordings that the centre may write."""


class Answer(Protocol):
    """A consent as it is typed, or as it stands in the file."""

    @property
    def given(self) -> bool | None:
        """The answer."""

    @property
    def date(self) -> str:
        """The day of the answer."""

    @property
    def given_by(self) -> str:
        """Who answered."""

    @property
    def relation(self) -> str:
        """In what relation to the child."""


def answer_text(one: Answer) -> str:
    """同意　2026-09-12　林晓月（母亲）."""
    return BETWEEN.join(filter(None, (tr("同意") if one.given else tr("不同意"), one.date, who_text(one))))


def who_text(one: Answer) -> str:
    """林晓月（母亲）; nothing while nobody is named."""
    return f"{one.given_by}（{word(RELATION, one.relation)}）" if one.given_by and one.relation else one.given_by


def version_text(version: int, newest: int) -> str:
    """第 1 版, and where there is a newer one by now also that."""
    if version < newest:
        return tr("第 {version} 版（现在是第 {newest} 版）", version=version, newest=newest)
    return tr("第 {version} 版", version=version)


def closed_text(reason: str) -> str:
    """Why nothing is told about health, and what opens it."""
    return sentence(Refused(reason))
