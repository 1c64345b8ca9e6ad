"""What can be wrong or doubtful about the child and about the people around it (P1)."""

from collections.abc import Iterator

from app.rules import dates, identity, names, phones
from app.rules.person import SEXES, Child, Contact, Guardian, PickUp, Registration
from app.rules.problem import Problem, error, from_trouble, warning

YOUNGEST, OLDEST = 3, 15


def of_child(child: Child, today: str) -> Iterator[Problem]:
    """Go through the problems of the child's own section."""
    if not child.name.strip():
        yield error("child.name", "name_missing")
    elif names.is_odd(child.name):
        yield warning("child.name", "name_odd")
    if child.sex not in SEXES:
        yield warning("child.sex", "sex_missing")
    yield from _of_birth_date(child.birth_date, today)
    yield from _of_identity(child, today)


def _of_birth_date(birth_date: str, today: str) -> Iterator[Problem]:
    if not birth_date:
        yield warning("child.birth_date", "birth_date_missing")
    elif not dates.is_date(birth_date) or int(birth_date[:4]) < dates.OLDEST_YEAR:
        yield error("child.birth_date", "birth_date_invalid")
    elif birth_date > today:
        yield error("child.birth_date", "birth_date_future")
    elif not YOUNGEST <= (years := dates.years(birth_date, today)) <= OLDEST:
        yield warning("child.birth_date", "age_unusual", years=years)


def _of_identity(child: Child, today: str) -> Iterator[Problem]:
    number = identity.clean(child.identity_number)
    if not number:
        return
    if child.identity_kind != "resident_id":
        if not identity.usual_shape(child.identity_kind, number):
            yield warning("child.identity_number", "identity_unusual")
        return
    wrong = identity.trouble(number, today)
    yield from from_trouble("child.identity_number", wrong)
    told = None if wrong else identity.told_by(number)
    if told and child.sex in SEXES and told.sex != child.sex:
        yield warning("child.sex", "sex_differs")
    if told and child.birth_date and told.birth_date != child.birth_date:
        yield warning("child.birth_date", "birth_date_differs", identity_date=told.birth_date)


def of_people(registration: Registration) -> Iterator[Problem]:
    """Go through the problems of guardians, contacts and of who may be called or may fetch the child."""
    guardians = [(at, one) for at, one in enumerate(registration.guardians) if not is_blank(one)]
    contacts = [(at, one) for at, one in enumerate(registration.contacts) if not is_blank(one)]
    if not guardians:
        yield error("guardians", "guardian_missing")
    reachable = any(one.mobile.strip() for _, one in guardians)
    for at, guardian in guardians:
        yield from _of_guardian(f"guardians.{at}", guardian, reachable=reachable)
    yield from _same_phones(guardians)
    for at, contact in contacts:
        yield from _of_contact(f"contacts.{at}", contact, [one for _, one in guardians])
    people: list[Guardian | Contact] = [one for _, one in guardians] + [one for _, one in contacts]
    if people and not any(one.emergency and one.mobile.strip() for one in people):
        yield warning("contacts", "no_emergency")
    if people and not any(one.may_collect for one in people) and not registration.pick_up.goes_home_alone:
        yield warning("guardians", "nobody_may_collect")


def is_blank(person: Guardian | Contact) -> bool:
    """Tell whether nothing was typed into a row of guardians or contacts; such rows do not count."""
    typed = [person.name, person.relation, person.mobile]
    if isinstance(person, Guardian):
        typed += [person.wechat, person.workplace]
        if person.id:
            return False
    return not any(text.strip() for text in typed)


def _of_guardian(where: str, guardian: Guardian, *, reachable: bool) -> Iterator[Problem]:
    if not guardian.name.strip():
        yield error(f"{where}.name", "guardian_name_missing")
    elif names.is_odd(guardian.name):
        yield warning(f"{where}.name", "name_odd")
    if not guardian.relation.strip():
        yield error(f"{where}.relation", "guardian_relation_missing")
    if guardian.mobile.strip():
        yield from from_trouble(f"{where}.mobile", phones.trouble(guardian.mobile))
    elif reachable:
        yield warning(f"{where}.mobile", "guardian_unreachable")
    else:
        yield error(f"{where}.mobile", "guardian_phone_missing")


def _same_phones(guardians: list[tuple[int, Guardian]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for at, guardian in guardians:
        number = phones.clean(guardian.mobile)
        if number and number in seen:
            yield warning(f"guardians.{at}.mobile", "guardians_same_phone", name=seen[number])
        seen.setdefault(number, guardian.name)


def _of_contact(where: str, contact: Contact, guardians: list[Guardian]) -> Iterator[Problem]:
    if not contact.name.strip():
        yield error(f"{where}.name", "contact_name_missing")
    elif names.is_odd(contact.name):
        yield warning(f"{where}.name", "name_odd")
    if not contact.relation.strip():
        yield warning(f"{where}.relation", "contact_relation_missing")
    if not contact.mobile.strip():
        strength = error if contact.emergency else warning
        yield strength(f"{where}.mobile", "contact_phone_missing")
        return
    yield from from_trouble(f"{where}.mobile", phones.trouble(contact.mobile))
    number = phones.clean(contact.mobile)
    owner = next((one.name for one in guardians if phones.clean(one.mobile) == number), None)
    if contact.emergency and owner is not None:
        yield warning(f"{where}.mobile", "emergency_is_guardian", name=owner)


def of_pick_up(pick_up: PickUp) -> Iterator[Problem]:
    """Go through the problems of going home alone."""
    if not pick_up.goes_home_alone:
        return
    if not pick_up.alone_from.strip():
        yield error("pick_up.alone_from", "alone_from_missing")
    elif not dates.is_time(pick_up.alone_from):
        yield error("pick_up.alone_from", "time_invalid")
