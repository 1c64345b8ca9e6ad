"""A row of a form export as a registration: every cell read and put in its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.rules import dates, identity, normal, phones
from app.rules.form_columns import columns as proposing
from app.rules.form_columns.fields import (
    ALONE,
    COLLECTORS,
    CONTACT_BOXES,
    CONTACTS,
    GUARDIAN_BOXES,
    GUARDIANS,
    JOINED,
    MARKS,
    NOTE,
    SUBMITTED_AT,
    WANTED,
)
from app.rules.form_values import answers, days, people, school
from app.rules.person import (
    CONSENT_KINDS,
    HEALTH_MARKS,
    Child,
    Consent,
    Contact,
    Guardian,
    Health,
    PickUp,
    Registration,
    Services,
)
from app.rules.problem import Problem, warning
from app.rules.words import HEALTH_MARK

NAMELESS_CONTACT = "紧急联系人"
"""Stands for the name of an emergency contact of whom the form holds only the phone; it is asked for."""

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


@dataclass(frozen=True)
class Plan:
    """How the rows of a table are read: the field of every used column, and what the whole column tells.

    `relations`: what a guardian is by the header alone (父亲姓名). `orders`: how a column of days is read. `answers`:
    the columns by which a row is known again, in an order that is not that of the sheet. `unasked`:
    problems that no row can help. The rest are the keys of those parts that have a column.
    """

    columns: tuple[str, ...]
    used: tuple[tuple[int, str], ...]
    relations: Mapping[int, str]
    orders: Mapping[str, str]
    today: str
    has_grade: bool
    guardians: tuple[tuple[int, tuple[str, ...]], ...]
    contacts: tuple[tuple[str, ...], ...]
    consents: tuple[tuple[str, str], ...]
    answers: tuple[int, ...]
    unasked: frozenset[str]


def plan(
    header: Sequence[str], columns: tuple[str, ...], rows: Sequence[Sequence[str]], today: str,
    unasked: frozenset[str] = frozenset(),
) -> Plan:  # fmt: skip
    """Prepare the reading of a table."""
    used = tuple((at, field) for at, field in enumerate(columns) if field)
    orders = {
        field: days.order(row[at] for row in rows)
        for at, field in used
        if field in ("child.birth_date", "services.start_date", SUBMITTED_AT)
    }
    present = set(columns)
    return Plan(
        columns, used, proposing.parents(header, columns), orders, today, "child.grade" in columns,
        tuple((at, keys) for at, keys in enumerate(_GUARDIAN_KEYS) if not present.isdisjoint(keys)),
        tuple(keys for keys in _CONTACT_KEYS if not present.isdisjoint(keys)),
        tuple((kind, f"consents.{kind}") for kind in CONSENT_KINDS if f"consents.{kind}" in present),
        tuple(at for field, at in sorted((field, at) for at, field in used) if field != SUBMITTED_AT),
        unasked,
    )  # fmt: skip


def values(row: Sequence[str], reading: Plan) -> dict[str, str]:
    """The filled cells by field; those of several columns of one field joined."""
    found: dict[str, str] = {}
    for at, field in reading.used:
        if (text := row[at]) and not text.isspace():
            found[field] = f"{found[field]}；{text}" if field in found and field in JOINED else text
    return found


def registration(given: Mapping[str, str], reading: Plan) -> tuple[Registration, tuple[Problem, ...]]:
    """Build the registration of a row, and tell what of it could not be understood."""
    asked: list[Problem] = []
    child = _child(given, reading, asked)
    guardians = _guardians(given, reading)
    contacts = _contacts(given, reading, asked)
    if any(one.name for one in guardians):  # a second phone without a name is a number to call, and no guardian
        nameless = [one for one in guardians if not one.name]
        guardians = tuple(one for one in guardians if one.name)
        for one in nameless:
            asked.append(warning(f"contacts.{len(contacts)}.name", "contact_name_missing"))
            contacts = (*contacts, Contact(NAMELESS_CONTACT, one.relation, one.mobile))
    health = _health(given)
    whole = Registration(
        child, guardians, contacts, _pick_up(given), health, _consents(given, reading),
        _services(given, reading, asked),
    )  # fmt: skip
    return whole, tuple(asked)


def column_of(given: Mapping[str, str], reading: Plan, where: str) -> int | None:
    """The column of the cell that a problem of the row speaks of; None when no column holds anything of it.

    Where the part that is missing has no column, it is that of the name, or of the phone.
    """
    first, *rest = where.split(".")
    tried = [where]
    if first in ("guardians", "contacts"):
        at = int(rest[0]) if rest else 0
        people_of = _sources(given, reading)[first]
        keys = people_of[at] if at < len(people_of) else ()
        tried = [key for key in keys if rest and key.endswith(f".{rest[-1]}")] + [keys[0], keys[2]] if keys else []
        tried += ["guardians.0.name", "guardians.0.mobile"] if first == "guardians" else []
    elif first == "health":
        tried += [*_HEALTH_KEYS]
    elif first == "services":
        tried += [WANTED]
    return next((at for one in tried for at, field in reading.used if field == one), None)


def _sources(given: Mapping[str, str], reading: Plan) -> dict[str, list[tuple[str, ...]]]:
    """By guardian and contact of the registration, in their order, the fields that they were read from."""
    guardians = [keys for _, keys in reading.guardians if any(_filled(given.get(keys[at], "")) for at in (0, 2))]
    named = [keys for keys in guardians if _filled(given.get(keys[0], ""))]
    contacts = [keys for keys in reading.contacts if any(_filled(given.get(keys[at], "")) for at in (0, 2))]
    if named:
        contacts += [keys for keys in guardians if keys not in named]
        guardians = named
    return {"guardians": guardians, "contacts": contacts}


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


_GUARDIAN_KEYS = tuple(
    tuple(f"guardians.{at}.{part}" for part in ("name", "relation", "mobile", "wechat", "workplace"))
    for at in range(GUARDIANS)
)
_HEALTH_KEYS = ("health.allergies", "health.conditions", "health.medication", "health.diet")
_CONTACT_KEYS = tuple(
    tuple(f"{people_of}.{at}.{part}" for part in ("name", "relation", "mobile"))
    for people_of, most in (("contacts", CONTACTS), ("collectors", COLLECTORS))
    for at in range(most)
)

_GUARDIAN_BOXES = tuple(tuple(f"guardians.{at}.{box}" for box in GUARDIAN_BOXES) for at in range(GUARDIANS))
_CONTACT_BOXES = {
    f"contacts.{at}.name": tuple(f"contacts.{at}.{box}" for box in CONTACT_BOXES) for at in range(CONTACTS)
}  # fmt: skip


def _guardians(given: Mapping[str, str], reading: Plan) -> tuple[Guardian, ...]:
    found: list[Guardian] = []
    get = given.get
    for at, (name_key, relation_key, mobile_key, wechat_key, workplace_key) in reading.guardians:
        name, said, phone = people.person(_filled(get(name_key, "")))
        mobile = phones.clean(_filled(get(mobile_key, ""))) or phone
        if not name and not mobile:
            continue
        relation = people.relation(get(relation_key, "")) or said or reading.relations.get(at, "guardian")
        lives, collects, emergency, pays = (get(box, "") for box in _GUARDIAN_BOXES[at])
        found.append(
            Guardian(
                name, relation, mobile, normal.half_width(_line(get(wechat_key, ""))),
                _line(get(workplace_key, "")), _box(lives), _box(collects), _box(emergency),
                _box(pays, usual=not found),
            ),
        )  # fmt: skip
    return tuple(found)


def _contacts(given: Mapping[str, str], reading: Plan, asked: list[Problem]) -> tuple[Contact, ...]:
    """Emergency contacts and those who may fetch the child; somebody who is both stands once."""
    found: list[Contact] = []
    get = given.get
    for name_key, relation_key, mobile_key in reading.contacts:
        name, said, phone = people.person(_filled(get(name_key, "")))
        mobile = phones.clean(_filled(get(mobile_key, ""))) or phone
        if not name and not mobile:
            continue
        collects = name_key.startswith("collectors")
        if not name:
            asked.append(warning(f"contacts.{len(found)}.name", "contact_name_missing"))
            name = NAMELESS_CONTACT
        relation = people.relation(get(relation_key, "")) or said
        may_collect, emergency = (get(box, "") for box in _CONTACT_BOXES.get(name_key, ("", "")))
        # an emergency contact without a phone is none: the guardians are called
        called = _box(emergency, usual=not collects) and bool(mobile)
        found.append(Contact(name, relation, mobile, _box(may_collect, usual=collects), called))
    return tuple(found)


def _box(text: str, *, usual: bool = True) -> bool:
    """A box of a form of ours; `usual` where the form has none."""
    answer = answers.yes(text) if text else None
    return usual if answer is None else answer


def _filled(text: str) -> str:
    """A cell of a person; "" where it says that there is nobody."""
    return "" if answers.is_nothing(text) else text


def _line(text: str) -> str:
    return normal.line(text) if text else ""


def _told(text: str) -> str:
    return "" if not text or answers.is_nothing(text) else normal.lines(text)


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
    unclear = normal.line(text) if answers.yes(text) else ""
    return PickUp(note="\n".join(filter(None, (unclear, note))))


def _consents(given: Mapping[str, str], reading: Plan) -> tuple[Consent, ...]:
    found = []
    day = ""
    for kind, field in reading.consents:
        if (text := given.get(field)) and (answer := answers.yes(text)) is not None:
            day = day or _submitted(given, reading)
            version = _VERSION.search(text)
            found.append(Consent(kind, answer, int(version[1]) if version else 1, day))
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
