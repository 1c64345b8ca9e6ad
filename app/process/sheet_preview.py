"""The last step of the wizard before anything is handed in: the sheet as it would be, and who may go on."""

from dataclasses import dataclass

from app.process import clock, form_check, office
from app.process.actor import Actor, require
from app.process.application import Form
from app.rules.person import Registration
from app.rules.problem import WARNING, Problem

NUMBER = "（提交后编号）"


@dataclass(frozen=True)
class Preview:
    """`content` is the sheet without its number; `may_enter`: the same person may enter the student at once."""

    content: bytes
    may_enter: bool
    warnings: tuple[Problem, ...]


def preview(
    actor: Actor, registration: Registration, *, not_same: tuple[int, ...] = (), returning: int | None = None,
    channel: str = "counter",
) -> Preview:  # fmt: skip
    """Draw the sheet of a registration that is still being typed; nothing is written. Needs register.

    It shows what the actor typed and nothing else, so that no right to see health is needed.
    """
    require(actor, "register")
    from app.printing import marks  # with reportlab: only when a sheet is drawn
    from app.process import sheet_facts

    tidy = form_check.tidy(registration)
    form = Form(
        0,
        "",
        channel,
        "submitted",
        actor.user_id,
        clock.stamp(),
        None,
        "",
        None,
        1,
        tidy,
        not_same,
        returning,
    )
    found = form_check.findings(form)
    content = sheet_facts.draw(
        actor, tidy, number=NUMBER, code="0", version=1, student_id=None, changes={}, changed_since=0,
    )  # fmt: skip
    content = marks.laid_over(content, practice=office.setting("practice") == "1")  # as it will be printed
    warnings = tuple(one for one in found.problems if one.strength == WARNING)
    return Preview(content, form_check.may_approve(actor, form, found), warnings)
