"""'Please complete …' texts for many families at once, to be copied for WeChat (product.md P1).

They are made when they are asked for and kept nowhere; that they were copied is logged, a batch at a time, by ids.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.models.database import database, unit_of_work
from app.process import application, clock, form_check, hidden, office, operation_log
from app.process.actor import Actor, require, require_any
from app.process.form_import import RIGHT, Preview
from app.rules import completing, form_fields
from app.rules.person import Registration
from app.rules.problem import Problem

TEMPLATE = "complete_text"  # the setting


@dataclass(frozen=True)
class FamilyText:
    """The text for one family. `id`: that of the application, or the number of the row."""

    id: int
    name: str
    guardian: str
    mobile: str
    items: tuple[str, ...]
    text: str


def of_applications(actor: Actor, only: Collection[int] | None = None, *, template: str = "") -> tuple[FamilyText, ...]:
    """Texts for waiting applications (all, or `only` those) in which the family can complete something.

    Where health is closed to the actor, nothing is asked about it. Needs register or review.
    Raises Refused template_without_items, template_too_long.
    """
    require_any(actor, "register", "review")
    waiting = database.execute_sql(
        "SELECT id FROM application WHERE state IN ('submitted', 'returned') ORDER BY submitted_at, id",
    ).fetchall()
    chosen = [key for (key,) in waiting if only is None or key in only]
    return _texts(template, (_of_application(actor, key) for key in chosen))


def _of_application(actor: Actor, application_id: int) -> tuple[int, Registration, Sequence[Problem]]:
    form = application.load(application_id)
    _, closed = hidden.shown(actor, form.registration, form.keyed_by, clock.today())
    found = form_check.findings(form).problems
    told = [one for one in found if not (closed and one.field.startswith(form_fields.HEALTH))]
    return application_id, form.registration, told


def of_rows(actor: Actor, seen: Preview, rows: Collection[int], *, template: str = "") -> tuple[FamilyText, ...]:
    """Texts for rows of a file in which the family can complete something. Needs import_applications.

    Raises Refused template_without_items, template_too_long.
    """
    require(actor, RIGHT)
    chosen = [row for row in seen.rows if row.n in rows]
    return _texts(template, ((row.n, seen.registration(row.n), row.checked.problems) for row in chosen))


def _texts(
    template: str, found: Iterable[tuple[int, Registration, Sequence[Problem]]],
) -> tuple[FamilyText, ...]:  # fmt: skip
    template = template or office.setting(TEMPLATE)
    completing.check_template(template)
    ours = office.centre()
    made = []
    for key, whole, problems in found:
        items = completing.asked(problems)
        if items:
            text = completing.text(template, whole.child.name, items, ours.name, ours.phone)
            reached = next((one for one in whole.guardians if one.mobile), None) or next(iter(whole.guardians), None)
            name, mobile = (reached.name, reached.mobile) if reached else ("", "")
            made.append(FamilyText(key, whole.child.name, name, mobile, items, text))
    return tuple(made)


def copied(
    actor: Actor, *, applications: Sequence[int] = (), rows: Sequence[int] = (), batch_id: int = 0,
) -> None:  # fmt: skip
    """Note that texts were copied: for applications, or for rows of an import. Needs register, review or import.

    What was in them is not kept. Nothing to note leaves no entry.
    """
    if not applications and not rows:
        return
    with unit_of_work():
        require_any(actor, "register", "review", RIGHT)
        told = {"applications": list(applications)} if applications else {"row_numbers": list(rows)}
        details = {"texts": len(applications or rows), **told}
        kind = "application" if applications else "import"
        operation_log.record(actor, "copy_complete_texts", kind, batch_id, details=details)
