"""What was known of an application when somebody decided: it stands in the log entry of every decision (P2)."""

from typing import TYPE_CHECKING

from app.models.database import database
from app.process import form_check, matches, ticks
from app.process.form_check import Findings

if TYPE_CHECKING:
    from app.process.application import Form


def details(form: "Form", found: Findings | None = None) -> dict[str, object]:
    """The version, the codes of what was found, the matches with their answers, and what was verified.

    A match is told as `kind:key` (see matches.Match.key), `not_same` are the keys of those that are somebody else.
    No name and no number of a person is in it: it may stay for ever.
    """
    found = found or form_check.findings(form)
    every = matches.find(form.registration, application_id=form.id, student_id=form.student_id)
    told: dict[str, object] = {
        "problems": sorted({one.code for one in found.problems}),
        "matches": [f"{one.kind}:{one.key}" for one in every],
        "not_same": list(form.not_same),
        "returning": form.returning,
        "ticked": ticks.ticked(form.id, form.version),
        "contacts": _contacts(form.id),
    }
    return {"version": form.version, **{name: value for name, value in told.items() if value}}


def _contacts(application_id: int) -> int:
    asked = "SELECT count(*) FROM family_contact WHERE application_id = ?"
    return int(database.execute_sql(asked, (application_id,)).fetchone()[0])
