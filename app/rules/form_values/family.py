"""The people around a child, out of the cells of a row; and which cell a problem speaks of."""

from collections.abc import Mapping
from dataclasses import replace

from app.rules import normal, phones
from app.rules.form_columns.fields import CONTACT_BOXES, CONTACTS, GUARDIAN_BOXES, GUARDIANS, HEALTH, WANTED
from app.rules.form_values import answers, people
from app.rules.form_values.plan import Plan
from app.rules.person import Contact, Guardian
from app.rules.problem import Problem, warning

NAMELESS_CONTACT = "紧急联系人"
"""Stands for the name of an emergency contact of whom the form holds only the phone; it is asked for."""

_GUARDIAN_BOXES = tuple(tuple(f"guardians.{at}.{box}" for box in GUARDIAN_BOXES) for at in range(GUARDIANS))
_CONTACT_BOXES = {
    f"contacts.{at}.name": tuple(f"contacts.{at}.{box}" for box in CONTACT_BOXES) for at in range(CONTACTS)
}  # fmt: skip


def read(
    given: Mapping[str, str], reading: Plan, asked: list[Problem],
) -> tuple[tuple[Guardian, ...], tuple[Contact, ...]]:  # fmt: skip
    """Give guardians and contacts, and add to `asked` what should be asked about them.

    A second phone without a name is a number to call, and no guardian.
    """
    found, contacts = _guardians(given, reading), _contacts(given, reading, asked)
    guardians = [one for one in found if one.name]
    if not guardians:
        return tuple(found), tuple(contacts)
    for one in found:
        if not one.name:
            asked.append(warning(f"contacts.{len(contacts)}.name", "contact_name_missing"))
            contacts.append(Contact(NAMELESS_CONTACT, one.relation, one.mobile))
    if not any(one.payer for one in guardians) and len(guardians) < len(found):
        guardians[0] = replace(guardians[0], payer=True)
    return tuple(guardians), tuple(contacts)


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
        tried += [*HEALTH]
    elif first == "services":
        tried += [WANTED]
    return next((at for one in tried for at, field in reading.used if field == one), None)


def _sources(given: Mapping[str, str], reading: Plan) -> dict[str, list[tuple[str, ...]]]:
    """By guardian and contact of the registration, in their order, the fields that they were read from."""
    guardians = [keys for _, keys in reading.guardians if any(filled(given.get(keys[at], "")) for at in (0, 2))]
    named = [keys for keys in guardians if filled(given.get(keys[0], ""))]
    contacts = [keys for keys in reading.contacts if any(filled(given.get(keys[at], "")) for at in (0, 2))]
    if named:
        contacts += [keys for keys in guardians if keys not in named]
        guardians = named
    return {"guardians": guardians, "contacts": contacts}


def _guardians(given: Mapping[str, str], reading: Plan) -> list[Guardian]:
    found: list[Guardian] = []
    get = given.get
    for at, (name_key, relation_key, mobile_key, wechat_key, workplace_key) in reading.guardians:
        name, said, phone = people.person(filled(get(name_key, "")))
        mobile = phones.clean(filled(get(mobile_key, ""))) or phone
        if not name and not mobile:
            continue
        relation = people.relation(get(relation_key, "")) or said or reading.relations.get(at, "guardian")
        wechat, workplace = normal.half_width(_line(get(wechat_key, ""))), _line(get(workplace_key, ""))
        one = Guardian(name, relation, mobile, wechat, workplace, payer=not found)
        found.append(_ticked(one, given, at) if reading.boxes else one)
    return found


def _ticked(one: Guardian, given: Mapping[str, str], at: int) -> Guardian:
    lives, collects, emergency, pays = (given.get(box, "") for box in _GUARDIAN_BOXES[at])
    return replace(
        one, lives_with_child=_box(lives), may_collect=_box(collects), emergency=_box(emergency),
        payer=_box(pays, usual=one.payer),
    )  # fmt: skip


def _contacts(given: Mapping[str, str], reading: Plan, asked: list[Problem]) -> list[Contact]:
    """Emergency contacts and those who may fetch the child; somebody who is both stands once."""
    found: list[Contact] = []
    get = given.get
    for name_key, relation_key, mobile_key in reading.contacts:
        name, said, phone = people.person(filled(get(name_key, "")))
        mobile = phones.clean(filled(get(mobile_key, ""))) or phone
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
    return found


def _box(text: str, *, usual: bool = True) -> bool:
    """A box of a form of ours; `usual` where the form has none."""
    answer = answers.yes(text) if text else None
    return usual if answer is None else answer


def filled(text: str) -> str:
    """A cell of a person; "" where it says that there is nobody."""
    return "" if answers.is_nothing(text) else text


def _line(text: str) -> str:
    return normal.line(text) if text else ""
