"""All problems of a registration: one function that serves the field, the page, the process and the import (P1)."""

from collections.abc import Iterator

from app.rules import consents, dates
from app.rules.child_problems import of_child, of_people, of_pick_up
from app.rules.person import Health, Registration
from app.rules.problem import ERROR, WARNING, Problem, error, warning
from app.rules.service_problems import of_services

__all__ = ["ERROR", "SECTIONS", "WARNING", "Problem", "open_points", "problems", "section_of"]

SECTIONS = ("child", "guardians", "pick_up", "health", "services")
_SECTION_OF = {"contacts": "guardians", "consents": "health"}

_NOT_ASKED = {"privacy": "privacy_not_asked", "under_14": "under_14_not_asked"}
_REFUSED = {"privacy": "privacy_refused", "under_14": "under_14_refused"}


def problems(registration: Registration, today: str) -> tuple[Problem, ...]:
    """Give every problem in the order of the form. `today` is ISO text."""
    return (
        *of_child(registration.child, today),
        *of_people(registration),
        *of_pick_up(registration.pick_up),
        *_of_health(registration.health),
        *_of_consents(registration, today),
        *of_services(registration.services, today),
    )


def section_of(field: str) -> str:
    """Name the section of the form that a field belongs to: child, guardians, pick_up, health or services.

    Contacts stand with the guardians, consents with health.
    """
    first = field.split(".", maxsplit=1)[0]
    return _SECTION_OF.get(first, first)


def open_points(registration: Registration, today: str, section: str = "") -> tuple[Problem, ...]:
    """Give the errors that still keep a section (or the whole form) from being finished, in the order of the form."""
    return tuple(
        one for one in problems(registration, today) if one.strength == ERROR and section in {"", section_of(one.field)}
    )


def _of_consents(registration: Registration, today: str) -> Iterator[Problem]:
    given = {one.kind: one.given for one in registration.consents}
    for kind in consents.needed(registration.child.birth_date, today):
        answer = given.get(kind)
        if answer is None:
            yield warning(f"consents.{kind}", _NOT_ASKED[kind])
        elif not answer:
            yield warning(f"consents.{kind}", _REFUSED[kind])
    for one in registration.consents:
        if one.date and not dates.is_date(one.date):
            yield error(f"consents.{one.kind}", "consent_date_invalid")


def _of_health(health: Health) -> Iterator[Problem]:
    told = any(text.strip() for text in (health.allergies, health.conditions, health.medication, health.diet))
    if not health.marks and not told:
        yield warning("health.marks", "health_not_asked")
    if "none_known" in health.marks and (
        len(health.marks) > 1 or health.allergies.strip() or health.medication.strip()
    ):
        yield warning("health.marks", "health_contradicts")
    if {"food_allergy", "drug_allergy"} & set(health.marks) and not health.allergies.strip():
        yield warning("health.allergies", "allergy_not_named")
    if "medication" in health.marks and not health.medication.strip():
        yield warning("health.medication", "medication_not_named")
