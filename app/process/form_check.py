"""A registration put in order, its findings, and who may approve it. product.md P1 to P3.

The rules know what a registration alone can tell; here is added what only the tables know: prices, places, who else
there is. Everything is called by the use cases of application and review inside their transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import Refused
from app.models.database import database
from app.process import care_places, clock, families, matches, office
from app.process.actor import HELD_TODAY, Actor, require
from app.process.matches import Match
from app.rules import prices, problems
from app.rules.person import EnrolmentLine, Registration, Services
from app.rules.problem import ERROR, Problem, error, warning
from app.rules.tidy import tidied

if TYPE_CHECKING:
    from app.process.application import Form

MONEY_FINDINGS = frozenset({  # these ask for the right charge
    "price_differs", "discount_by_hand", "discount_above_rule", "discount_without_sibling",
})  # fmt: skip
_FULL = {"class": "class_full", "service": "service_full", "grade": "grade_full"}
_OTHER_REVIEWERS = f"""
    SELECT 1 FROM user JOIN user_role ON user_role.user_id = user.id
    JOIN right_grant ON right_grant.role = user_role.role AND right_grant."right" = 'review'
    WHERE user.active = 1 AND user.id <> :user AND {HELD_TODAY} LIMIT 1
"""  # noqa: S608 - a constant


@dataclass(frozen=True)
class Findings:
    """What stands against a registration, or asks: problems of the form, and matches that nobody has answered."""

    problems: tuple[Problem, ...]
    matches: tuple[Match, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing at all."""
        return not self.problems and not self.matches


# in order (P3) ------------------------------------------------------------------------------------------------------


def tidy(registration: Registration) -> Registration:
    """Put everything typed in order (rules/tidy.py).

    A fee without a period of its own (once, deposit) gets that of the other lines, so that it stands beside them.
    """
    found = tidied(registration, clock.today())
    return replace(found, services=_with_periods(found.services))


def _with_periods(services: Services) -> Services:
    dated = [line for line in services.lines if line.from_date and line.to_date]
    first = min((line.from_date for line in dated), default=services.start_date or clock.today())
    last = max((line.to_date for line in dated), default=first)
    lines = tuple(
        replace(line, from_date=line.from_date or first, to_date=line.to_date or last)
        if line.unit in prices.UNITS_WITHOUT_PERIOD
        else line
        for line in services.lines
    )
    return replace(services, lines=lines)


def refuse_errors(registration: Registration, section: str = "") -> None:
    """Refuse what may not be stored (of one section, or of all). Raises Refused registration_has_errors.

    Its values: `count`, and of the first problem `field`, `problem` (its code) and `of` (its values).
    """
    found = [
        one
        for one in (*problems.problems(registration, clock.today()), *_of_tables(registration.services))
        if one.strength == ERROR and section in ("", problems.section_of(one.field))
    ]
    if found:
        first = found[0]
        raise Refused(
            "registration_has_errors", count=len(found), field=first.field, problem=first.code, of=dict(first.values),
        )  # fmt: skip


# findings (P2) ------------------------------------------------------------------------------------------------------


def findings(form: "Form") -> Findings:
    """Everything that a reviewer should look at in a stored application."""
    registration = form.registration
    found = matches.find(registration, application_id=form.id, student_id=form.student_id)
    asked = matches.unanswered(found, form.not_same, form.returning)
    stops = tuple(one for one in found if one.kind == "same_identity" and one.student_id != form.returning)
    said = (
        *_of_tables(registration.services), *_of_places(form),
        *_of_discounts(registration, form.student_id or form.returning),
    )  # fmt: skip
    return Findings((*problems.problems(registration, clock.today()), *said), (*stops, *asked))


def count(form: "Form") -> int:
    """How many findings an application has."""
    found = findings(form)
    return len(found.problems) + len(found.matches)


def _of_tables(services: Services) -> Iterator[Problem]:
    """Lines that name no service of ours, or another price than the list; a class that is gone."""
    for place, line in enumerate(services.lines):
        where = f"services.lines.{place}"
        row = database.execute_sql("SELECT name, active FROM service WHERE id = ?", (line.service_id,)).fetchone()
        if row is None:
            yield error(f"{where}.service_id", "service_unknown")
        elif not row[1]:
            yield warning(f"{where}.service_id", "service_not_offered", service=row[0])
        elif line.unit_fen and line.unit_fen not in (listed := _listed(line)):
            yield warning(f"{where}.unit_fen", "price_differs", service=row[0], listed_fen=max(listed, default=0))
    known = "SELECT 1 FROM care_class WHERE id = ?"
    if services.class_id is not None and not database.execute_sql(known, (services.class_id,)).fetchone():
        yield error("services.class_id", "class_unknown")


def _listed(line: EnrolmentLine) -> set[int]:
    """What the list asks for this unit today, or on the first day of the line."""
    rows = database.execute_sql(
        "SELECT unit, fen, valid_from FROM price WHERE service_id = ? AND unit = ?", (line.service_id, line.unit),
    ).fetchall()  # fmt: skip
    known = [prices.Price(*row) for row in rows]
    found = {prices.price_on(known, line.unit, day) for day in (clock.today(), line.from_date)}
    return {fen for fen in found if fen is not None}


def _of_places(form: "Form") -> Iterator[Problem]:
    """What is asked for and has no place left (P2); of a student, nothing is asked any more."""
    if form.student_id is None:
        for place in care_places.asked(form.registration, form.id):
            if place.full:
                yield warning(place.field, _FULL[place.kind], name=place.name, capacity=place.places)


def _of_discounts(registration: Registration, student_id: int | None) -> Iterator[Problem]:
    """Discounts that no rule of the centre explains: they need the right charge (P5). The rule bounds their sum."""
    taken = 0
    for place, discount in enumerate(registration.services.discounts):
        where = f"services.discounts.{place}.fen"
        if discount.rule != "siblings":
            yield warning(where, "discount_by_hand", fen=discount.fen)
        elif not families.names(_guardian_ids(registration), student_id):
            yield warning(where, "discount_without_sibling", fen=discount.fen)
        else:
            taken += discount.fen
            if taken > (most := _by_rule(registration.services)):
                yield warning(where, "discount_above_rule", fen=taken, rule_fen=most)


def _guardian_ids(registration: Registration) -> list[int]:
    return [guardian.id for guardian in registration.guardians if guardian.id is not None]


def _by_rule(services: Services) -> int:
    percent = int(office.setting("sibling_discount_percent", "0"))
    found = prices.discount(prices.DiscountRule("siblings", share=percent * 100), services.lines)
    return found.fen if found else 0


def needs_charge(registration: Registration, student_id: int) -> bool:
    """Whether the services of a student hold a price or a discount that needs the right charge."""
    found = (*_of_tables(registration.services), *_of_discounts(registration, student_id))
    return any(one.code in MONEY_FINDINGS for one in found)


# who may approve (P2) -----------------------------------------------------------------------------------------------


def require_approval(actor: Actor, form: "Form", found: Findings | None = None) -> None:
    """Go on only if the actor may approve this application.

    Whoever keyed it at the counter may approve it when nothing was found (the parent who signs is the second pair of
    eyes; setting keyed_may_approve_clean), everything else is approved by somebody else with the right review; where
    nobody else holds that right, its holder may. Without the setting one_person_may_approve nobody approves what they
    keyed. A price or discount outside the rules needs the right charge as well.

    Raises Refused no_right, approval_by_another.
    """
    found = found or findings(form)
    if form.keyed_by != actor.user_id:
        require(actor, "review")
    elif not _own(actor, form, found):
        raise Refused("approval_by_another")
    if any(one.code in MONEY_FINDINGS for one in found.problems):
        require(actor, "charge")


def may_approve(actor: Actor, form: "Form", found: Findings | None = None) -> bool:
    """Whether the actor may approve this application now: it waits, holds no error, and `require_approval` lets it."""
    found = found or findings(form)
    stopped = any(one.strength == ERROR for one in found.problems)
    if form.state != "submitted" or stopped or any(one.kind == "same_identity" for one in found.matches):
        return False
    try:
        require_approval(actor, form, found)
    except Refused:
        return False
    return True


def _own(actor: Actor, form: "Form", found: Findings) -> bool:
    if office.setting("one_person_may_approve") != "1":
        return False
    if form.channel == "counter" and found.clean and office.setting("keyed_may_approve_clean") == "1":
        require(actor, "register")
        return True
    require(actor, "review")
    return not database.execute_sql(_OTHER_REVIEWERS, {"user": actor.user_id, "today": clock.today()}).fetchone()
