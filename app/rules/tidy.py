"""Putting a whole registration in order before it is submitted or entered (P3): widths, blanks, forms, case."""

from dataclasses import replace

from app.errors import Refused
from app.rules import dates, identity, normal, phones
from app.rules.child_problems import is_blank
from app.rules.person import Child, Contact, Guardian, Health, PickUp, Registration, Services


def tidied(registration: Registration, today: str = "") -> Registration:
    """Give the registration in order: names, numbers, dates and phones in their stored form, blank rows left out.

    What cannot be put in order stays as it was typed, so that `problems` can point at it. Doing it twice changes
    nothing more.
    """
    return replace(
        registration,
        child=_child(registration.child, today),
        guardians=tuple(one for one in map(_guardian, registration.guardians) if not is_blank(one)),
        contacts=tuple(one for one in map(_contact, registration.contacts) if not is_blank(one)),
        pick_up=_pick_up(registration.pick_up),
        health=_health(registration.health),
        services=_services(registration.services, today),
    )


def _child(child: Child, today: str) -> Child:
    return replace(
        child,
        name=normal.name(child.name),
        birth_date=_date(child.birth_date, today),
        identity_number=identity.clean(child.identity_number),
        school=normal.line(child.school),
        school_class=normal.line(child.school_class),
        form_teacher=normal.name(child.form_teacher),
        address=normal.line(child.address),
        special_needs=normal.lines(child.special_needs),
        heard_of=normal.line(child.heard_of),
    )


def _guardian(guardian: Guardian) -> Guardian:
    return replace(
        guardian,
        name=normal.name(guardian.name),
        relation=normal.line(guardian.relation),
        mobile=phones.clean(guardian.mobile),
        wechat=normal.half_width(normal.line(guardian.wechat)),
        workplace=normal.line(guardian.workplace),
    )


def _contact(contact: Contact) -> Contact:
    return replace(
        contact,
        name=normal.name(contact.name),
        relation=normal.line(contact.relation),
        mobile=phones.clean(contact.mobile),
    )


def _pick_up(pick_up: PickUp) -> PickUp:
    typed = normal.half_width(pick_up.alone_from).replace(" ", "")
    padded = typed.zfill(5) if ":" in typed else typed
    time = padded if dates.is_time(padded) else pick_up.alone_from
    return replace(pick_up, alone_from=time if pick_up.goes_home_alone else "", note=normal.lines(pick_up.note))


def _health(health: Health) -> Health:
    return replace(
        health,
        allergies=normal.lines(health.allergies),
        conditions=normal.lines(health.conditions),
        medication=normal.lines(health.medication),
        diet=normal.lines(health.diet),
        doctor_notes=normal.lines(health.doctor_notes),
        insurance=normal.line(health.insurance),
    )


def _services(services: Services, today: str) -> Services:
    lines = tuple(
        replace(line, from_date=_date(line.from_date, today), to_date=_date(line.to_date, today))
        for line in services.lines
    )
    starts = [line.from_date for line in lines if line.from_date]
    start = _date(services.start_date, today) or min(starts, default="")
    discounts = tuple(replace(one, reason=normal.line(one.reason)) for one in services.discounts)
    return replace(services, lines=lines, discounts=discounts, start_date=start)


def _date(typed: str, today: str) -> str:
    try:
        return dates.parse(typed, today)
    except Refused:
        return typed.strip()
