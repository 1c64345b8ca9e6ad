"""A row of a form export as a registration: every cell read and put in its place."""

import re
from collections.abc import Mapping

from app.rules import dates, identity, normal
from app.rules.form_columns.fields import ALONE, MARKS, NOTE, SUBMITTED_AT, WANTED
from app.rules.form_values import answers, days, family, people, school
from app.rules.form_values.plan import Plan
from app.rules.person import HEALTH_MARKS, Child, Consent, Guardian, Health, PickUp, Registration, Services, speaker
from app.rules.problem import Problem, warning
from app.rules.words import HEALTH_MARK

_KINDS = (
    ("passport", r"护照|passport"), ("hk_macau_permit", r"港|澳|hong|macau"), ("taiwan_permit", r"台|taiwan"),
    ("birth_certificate", r"出生|birth"), ("resident_id", r"身份|居民|resident|id"),
)  # fmt: skip
_SHAPES = (
    ("hk_macau_permit", re.compile(r"[HM]\d{8}(?:\d\d)?", re.ASCII)),
    ("birth_certificate", re.compile(r"[A-Z]\d{9}", re.ASCII)),
    ("passport", re.compile(r"[A-Z]{1,2}\d{6,9}", re.ASCII)),
)
_DRUGS = re.compile("青霉素|头孢|药|阿莫西林|阿司匹林|磺胺|疫苗|penicillin|amoxicillin", re.IGNORECASE)
_FOODS = re.compile(
    "花生|腰果|坚果|核桃|牛奶|奶|鸡蛋|蛋|海鲜|虾|蟹|鱼|贝|芒果|菠萝|猕猴桃|桃|大豆|豆|小麦|麸|麦|"
    "芝麻|nut|milk|egg|fish",
    re.IGNORECASE,
)
_VERSION = re.compile(r"第 ?(\d{1,4}) ?版", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3])[:：点时]([0-5]\d)?")


def registration(given: Mapping[str, str], reading: Plan) -> tuple[Registration, tuple[Problem, ...]]:
    """Build the registration of a row, and tell what of it could not be understood."""
    asked: list[Problem] = []
    child = _child(given, reading, asked)
    guardians, contacts = family.read(given, reading, asked)
    health = _health(given)
    whole = Registration(
        child, guardians, contacts, _pick_up(given), health, _consents(given, reading, guardians),
        _services(given, reading, asked),
    )  # fmt: skip
    return whole, tuple(asked)


def _child(given: Mapping[str, str], reading: Plan, asked: list[Problem]) -> Child:
    get = given.get
    school_name, grade, room = "", "", ""
    if text := get("child.school"):
        school_name, grade, room = (normal.line(text), "", "") if reading.has_grade else school.school(text)
    if text := get("child.grade"):
        grade, its_room = school.grade_and_class(text)
        room = its_room or room
        if not grade and not answers.is_nothing(text):
            asked.append(warning("child.grade", "grade_unclear", text=text[:20]))
    if text := get("child.school_class"):
        if not grade:
            grade = school.grade_and_class(text)[0] if not text.strip().isdigit() else ""
        room = school.school_class(text)
    kind, number = _identity(get("child.identity_number", ""), get("child.identity_kind", ""))
    return Child(
        name=normal.name(get("child.name", "")),
        sex=people.sex(get("child.sex", "")),
        birth_date=days.read(get("child.birth_date", ""), reading.today, reading.orders.get("child.birth_date", "")),
        identity_kind=kind,
        identity_number=number,
        school=school_name,
        grade=grade,
        school_class=room,
        form_teacher=normal.name(get("child.form_teacher", "")),
        address=_line(get("child.address", "")),
        special_needs=_told(get("child.special_needs", "")),
        heard_of=_line(get("child.heard_of", "")),
    )


def _identity(text: str, kind_text: str) -> tuple[str, str]:
    """The kind and the number of the document; a number of another shape than a resident's tells its kind."""
    if not text or answers.is_nothing(text):
        return "resident_id", ""
    number = identity.clean(text)
    if kind_text:
        words = kind_text.lower()
        return next((code for code, shape in _KINDS if re.search(shape, words)), "other"), number
    if number[:1].isdigit():
        return "resident_id", number
    return next((code for code, shape in _SHAPES if shape.fullmatch(number)), "resident_id"), number


def _line(text: str) -> str:
    return normal.line(text) if text else ""


def _told(text: str) -> str:
    return "" if not text or answers.is_nothing(text) else normal.lines(text)


_HEALTH_KEYS = ("health.allergies", "health.conditions", "health.medication", "health.diet")


def _health(given: Mapping[str, str]) -> Health:
    told = [given.get(field, "") for field in _HEALTH_KEYS]
    allergies, conditions, medication, diet = map(_told, told)
    ticked = given.get(MARKS, "").split("、") if MARKS in given else ()
    marks = [mark for mark in HEALTH_MARKS if HEALTH_MARK[mark] in ticked] if ticked else []
    if allergies and _FOODS.search(allergies):
        marks.append("food_allergy")
    if allergies and _DRUGS.search(allergies):
        marks.append("drug_allergy")
    if "哮喘" in allergies or "哮喘" in conditions:
        marks.append("asthma")
    if "清真" in diet or "清真" in given.get("child.special_needs", ""):
        marks.append("halal")
    if medication:
        marks.append("medication")
    said = any(told)
    if said and not marks and not (allergies or conditions or diet):
        marks.append("none_known")
    return Health(
        tuple(dict.fromkeys(marks)), allergies, conditions, medication, diet,
        _told(given.get("health.doctor_notes", "")), _line(given.get("health.insurance", "")),
    )  # fmt: skip


def _pick_up(given: Mapping[str, str]) -> PickUp:
    """自行回家 needs a time; without one the answer is kept as a note for whoever reviews."""
    text, note = given.get(ALONE, ""), normal.lines(given.get(NOTE, ""))
    if not text:
        return PickUp(note=note)
    time = _TIME.search(text)
    if time and answers.yes(text) is not False:
        return PickUp(goes_home_alone=True, alone_from=f"{int(time[1]):02d}:{time[2] or '00'}", note=note)
    unclear = "" if answers.yes(text) is False else normal.line(text)
    return PickUp(note="\n".join(filter(None, (unclear, note))))


def _consents(
    given: Mapping[str, str], reading: Plan, guardians: tuple[Guardian, ...],
) -> tuple[Consent, ...]:  # fmt: skip
    """The answers, in the name of whoever speaks for the child, for a form does not say who filled it in."""
    found = []
    day = ""
    who = ("", "")
    for kind, field in reading.consents:
        if (text := given.get(field)) and (answer := answers.yes(text)) is not None:
            day, who = day or _submitted(given, reading) or reading.today, speaker(guardians)
            version = _VERSION.search(text)
            found.append(Consent(kind, answer, int(version[1]) if version else 1, day, *who))
    return tuple(found)


def _submitted(given: Mapping[str, str], reading: Plan) -> str:
    day = days.read(given.get(SUBMITTED_AT, "")[:10], reading.today, reading.orders.get(SUBMITTED_AT, ""))
    return day if dates.is_date(day) else ""


def _services(given: Mapping[str, str], reading: Plan, asked: list[Problem]) -> Services:
    wanted = _line(given.get(WANTED, ""))
    start = days.read(
        given.get("services.start_date", ""), reading.today, reading.orders.get("services.start_date", ""),
    )  # fmt: skip
    if start and not dates.is_date(start):
        asked.append(warning("services.start_date", "start_date_unclear", text=start[:20]))
        wanted, start = f"{wanted}（{normal.line(start)}）", ""
    return Services(start_date=start, wanted=wanted)
