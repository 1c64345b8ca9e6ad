"""How many findings each open application has, kept beside it so that a queue of hundreds is there at once (P2).

Counting takes about a millisecond each and depends on more than the application: the day (ages, periods), prices,
places, and everybody else. So a count holds for its day; what an entry or another application may have changed is
counted again. It is for looking only: whoever approves asks `form_check` anew.
"""

import json
from typing import TYPE_CHECKING

from app.models.database import database
from app.process import clock, form_check
from app.process.student_states import IS_OPEN

if TYPE_CHECKING:
    from app.process.application import Form

_LIKE = f"""
    UPDATE application SET counted_on = '' WHERE {IS_OPEN} AND id <> :own AND (
        identity_number <> '' AND identity_number = :identity
        OR birth_date <> '' AND (birth_date, name) = (:born, :name)
        OR EXISTS (SELECT 1 FROM json_each(:phones) asked WHERE instr(application.phones, asked.value)))
"""  # noqa: S608 - a constant


def store(form: "Form") -> int:
    """Count the findings of an application, keep the number and give it; inside the unit of work of a use case."""
    found = form_check.count(form)
    database.execute_sql(
        "UPDATE application SET findings = ?, counted_on = ? WHERE id = ?", (found, clock.today(), form.id),
    )  # fmt: skip
    return found


def forget_like(form: "Form") -> None:
    """Let those be counted again who may be the same child or of the same family as this one."""
    child, guardians, contacts = form.registration.child, form.registration.guardians, form.registration.contacts
    found = [one.mobile for one in guardians] + [one.mobile for one in contacts]
    given = {
        "own": form.id, "identity": child.identity_number, "born": child.birth_date, "name": child.name,
        "phones": json.dumps([phone for phone in found if phone]),
    }  # fmt: skip
    database.execute_sql(_LIKE, given)


def forget_all() -> None:
    """Let all be counted again: prices or places changed."""
    database.execute_sql(f"UPDATE application SET counted_on = '' WHERE {IS_OPEN}")  # noqa: S608 - a constant
