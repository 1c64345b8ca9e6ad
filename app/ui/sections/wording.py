"""How the sections write what is made of several codes: days of a week, grade and class, rules of a discount."""

from app.rules import person
from app.rules.words import DAYS
from app.ui.texts import language, tr
from app.ui.widgets.form.pick_list import Option, initials
from app.ui.words import GRADE, IDENTITY_KIND, RELATION, word

RELATION_KEYS = {
    "mother": "mq mama mm", "father": "fq baba bb", "grandmother_m": "wp lao laolao ll", "grandfather_m": "wg laoye ly",
    "grandmother_p": "nn", "grandfather_p": "yy",
}  # fmt: skip
"""Further ways to type a relation: 妈妈, 爸爸, 姥姥, 姥爷."""


def weekdays_text(mask: int) -> str:
    """The days of a week as people say them: 周一至周五, 周一、三、五, 每天; nothing for no day."""
    days = [place for place in range(7) if mask >> place & 1]
    if len(days) == 7:
        return tr("每天")
    names = [tr(DAYS[day]) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return tr("周{first}至周{last}", first=names[0], last=names[-1])
    joined = ("、" if language() == "zh" else ", ").join(names)
    return tr("周{days}", days=joined) if names else ""


def grade_class_text(grade: str, school_class: str) -> str:
    """The school's grade and class: 三年级（2）班; a class in words stands behind the grade."""
    plain = school_class.strip()
    if plain.isdigit():
        plain = tr("（{number}）班", number=plain)
    between = " " if language() == "en" and grade and plain else ""
    return f"{word(GRADE, grade)}{between}{plain}"


def relation_options() -> list[Option]:
    """Relations for a pick list, with the initials of other words for them."""
    return [Option(code, word(RELATION, code), keys=RELATION_KEYS.get(code, "")) for code in person.RELATIONS]


def grade_options() -> list[Option]:
    """Grades for a pick list; the figure of the grade picks it too."""
    return [Option(code, text := word(GRADE, code), keys=f"{initials(text)} {code}") for code in person.GRADES]


def identity_kind_options() -> list[Option]:
    """Kinds of identity documents for a pick list."""
    return [Option(code, word(IDENTITY_KIND, code)) for code in person.IDENTITY_KINDS]
