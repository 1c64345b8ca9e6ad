"""Answering who an application may be: the same child, a brother or sister, or somebody else. product.md P1, P2.

What is answered stands in the application, beside what was answered when it was handed in, and makes a new version of
it: whoever looked at the older one looks again. What was verified stays verified.
"""

from dataclasses import replace

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    application,
    clock,
    drafts,
    finding_counts,
    matches,
    operation_log,
    student_record,
    student_scope,
    ticks,
)
from app.process.actor import Actor, require_any
from app.process.application import Form
from app.process.matches import Match
from app.rules import form_fields, phones
from app.rules.person import Guardian, Registration

ANSWERS = ("other", "returning", "family", "")
"""Somebody else; the former student who comes back; a brother or sister, whose guardians are shared; not answered."""


def answer(actor: Actor, application_id: int, version: int, key: int, said: str) -> int:
    """Answer one match of an application (`key` names it, see matches.Match) and give the new version.

    `family` shares the guardians that both have, by their phones, and says that it is another child. The empty answer
    takes an answer back. Needs review or register.

    Raises Refused application_unknown, application_changed, application_decided, match_unknown, not_a_former_student,
    no_shared_guardian, same_identity (a former student can only come back), student_of_another_class.
    """
    with unit_of_work():
        require_any(actor, "review", "register")
        form = application.load(application_id)
        application.refuse_older(form, version)
        application.refuse_decided(form)
        match = _match(form, key)
        if match.student_id is not None and said in ("returning", "family"):
            student_scope.require_student(actor, match.student_id, "review", "register")
        now = _answered(form, match, said)
        _write(now)
        ticks.carry_over(form.id, form.version, now.version)
        finding_counts.store(now)
        operation_log.record(
            actor, "answer_match", "application", form.id,
            details={"version": now.version, "matches": [f"{match.kind}:{key}"], "answer": said},
            values=form_fields.differences(form.registration, now.registration),
        )  # fmt: skip
    return now.version


def _match(form: Form, key: int) -> Match:
    """The match that is answered; one that is answered already is still found."""
    for match in matches.find(form.registration, application_id=form.id):
        if match.key == key:
            return match
    raise Refused("match_unknown")


def _answered(form: Form, match: Match, said: str) -> Form:
    others = tuple(one for one in form.not_same if one != match.key)
    returning = None if form.returning == match.key else form.returning
    registration = form.registration
    if said not in ANSWERS:
        raise Refused("match_unknown")
    if said == "returning":
        if not match.former:
            raise Refused("not_a_former_student")
        returning = match.key
    elif match.kind == "same_identity" and said:
        raise Refused("same_identity", name=match.name, number=match.number, birth_date=match.birth_date)
    elif said:
        others = tuple(sorted({*others, match.key}))
        registration = _shared(registration, match) if said == "family" else registration
    return replace(
        form, registration=registration, not_same=others, returning=returning, version=form.version + 1,
    )  # fmt: skip


def _shared(registration: Registration, match: Match) -> Registration:
    """The registration with the guardians of the other child where the phones are the same."""
    if match.student_id is None:
        raise Refused("no_shared_guardian")
    known = student_record.read(match.student_id, clock.today()).guardians
    by_phone = {one.mobile: one for one in known}
    guardians = tuple(_joined(one, by_phone.get(phones.clean(one.mobile))) for one in registration.guardians)
    if guardians == registration.guardians:
        raise Refused("no_shared_guardian")
    return replace(registration, guardians=guardians)


def _joined(typed: Guardian, known: Guardian | None) -> Guardian:
    """What is known stays as it is; what it lacks comes from what was typed; relation and marks are of this child."""
    if known is None:
        return typed
    return replace(
        typed, id=known.id, name=known.name, mobile=known.mobile, wechat=known.wechat or typed.wechat,
        workplace=known.workplace or typed.workplace,
    )  # fmt: skip


def _write(form: Form) -> None:
    text = drafts.as_text(form.registration, not_same=form.not_same, returning=form.returning)
    phones_now = " ".join(matches.phones_of(form.registration))
    database.execute_sql(
        "UPDATE application SET form = ?, phones = ?, version = ? WHERE id = ?",
        (text, phones_now, form.version, form.id),
    )
