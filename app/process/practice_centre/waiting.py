"""What waits at the counter of an invented centre: applications to review, one sent back, drafts left half typed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from app.models.bulk import Rows
from app.process import matches
from app.process.drafts import as_text
from app.process.practice_centre import terms as calendar
from app.process.practice_centre.families import Families
from app.process.practice_centre.history import History, Staff
from app.process.practice_centre.student import Student
from app.process.practice_centre.terms import AFTER_SCHOOL, MATERIAL, MEAL, Term
from app.rules import prices
from app.rules.person import EnrolmentLine, Health, Registration, Services

_AGES = (5, 3, 2, 1, 1, 0, 0, 0)  # days since the applications were handed in
_CHANNELS = ("counter", "online", "counter", "paper", "counter", "counter", "online", "counter")
_RETURNED = ("紧急联系人电话打不通，请家长再确认", "健康情况一栏没有填，请补充")


class Desk:
    """Writes applications and drafts with the times that they have been waiting."""

    def __init__(self, rows: Rows, random: Random, families: Families, history: History, staff: Staff) -> None:
        rows.table(
            "application", "id", "opid", "channel", "state", "form", "name", "birth_date", "identity_number", "phones",
            "keyed_by", "submitted_at", "decided_by", "decided_at", "reason",
        )  # fmt: skip
        rows.table("draft", "id", "author_id", "step", "title", "form", "created_at", "updated_at")
        self._rows, self._random, self._families, self._staff = rows, random, families, staff
        self._chain = history.chain
        self._applications = self._drafts = 0

    def fill(
        self, students: list[Student], classes: dict[str, int], services: dict[str, int], term: Term, now: datetime,
    ) -> None:  # fmt: skip
        """A counter's usual heap; the first applicant is a brother or sister of somebody who is there."""
        most = min(len(_AGES), 2 + len(students) // 10)
        for age, channel in list(zip(_AGES, _CHANNELS, strict=True))[:most]:
            known = next((student for student in students if student.stays), None) if not self._applications else None
            form = self._registration(known, classes, services, term, now.date())
            self._application(form, channel, self._before(now, age))
        for reason in _RETURNED[: most // 3]:
            form = self._registration(None, classes, services, term, now.date())
            self._application(form, "counter", self._before(now, 4), reason=reason)
        for step in range(most // 2):
            form = self._registration(None, classes, services, term, now.date())
            self._draft(form, step, self._before(now, step))

    def _before(self, now: datetime, days: int) -> datetime:
        """A time of that day, or shortly before now."""
        if days == 0:
            return now - timedelta(minutes=self._random.randint(5, 50))
        day = now.date() - timedelta(days=days)
        return datetime.combine(day, time(self._random.randint(9, 17), self._random.randrange(60)))

    def _registration(
        self, known: Student | None, classes: dict[str, int], services: dict[str, int], term: Term, today: date,
    ) -> Registration:  # fmt: skip
        family = known.who.family if known else self._families.family()
        who = self._families.child(family, self._random.randint(1, 5), term.school_year, today)
        form = who.registration(today.isoformat())
        if known:
            guardians = zip(family.guardians, family.guardian_ids, strict=True)
            form = replace(form, guardians=tuple(replace(one, id=number) for one, number in guardians))
        first = max(term.first, today + timedelta(days=2))
        names = (AFTER_SCHOOL, MEAL, MATERIAL)[: self._random.choice((1, 2, 3))]
        lines = tuple(_line(name, services, first, term.last, today) for name in names)
        class_id = self._random.choice(sorted(classes.values()))
        return replace(form, services=Services(lines, start_date=first.isoformat(), class_id=class_id))

    def _application(self, form: Registration, channel: str, at: datetime, reason: str = "") -> None:
        self._applications += 1
        child, stamp, by = form.child, at.isoformat(timespec="seconds"), self._staff.receptionist.user_id
        details: dict[str, object] = {"channel": channel, "version": 1, "findings": 0}
        self._chain.add(stamp, by, "submit_application", "application", self._applications, details)
        decided: tuple[object, ...] = (None, "", "")
        if reason:
            later = (at + timedelta(hours=3)).isoformat(timespec="seconds")
            manager = self._staff.manager.user_id
            self._chain.add(later, manager, "send_back_application", "application", self._applications, {"version": 1})
            decided = (manager, later, reason)
        self._rows.add(
            "application",
            (
                self._applications, f"sample-a{self._applications:04d}", channel, "returned" if reason else "submitted",
                as_text(form, not_same=(), returning=None), child.name, child.birth_date, child.identity_number,
                " ".join(matches.phones_of(form)), by, stamp, *decided,
            ),
        )  # fmt: skip

    def _draft(self, form: Registration, step: int, at: datetime) -> None:
        """A form that is filled in up to a step."""
        self._drafts += 1
        typed = replace(form, health=Health(), consents=(), services=Services())
        if step == 0:
            typed = Registration(replace(form.child, school="", grade="", school_class="", address=""))
        stamp = at.isoformat(timespec="milliseconds")
        by = self._staff.receptionist.user_id
        self._rows.add("draft", (self._drafts, by, step, typed.child.name, as_text(typed), stamp, stamp))


def _line(name: str, services: dict[str, int], first: date, last: date, today: date) -> EnrolmentLine:
    service = next(one for one in calendar.SERVICES if one.name == name)
    unit, begin, end = service.prices[0][0], first.isoformat(), last.isoformat()
    line = EnrolmentLine(services[name], name, service.session, from_date=begin, to_date=end, unit=unit)
    quantity = prices.count(unit, begin, end, line.weekdays).quantity
    return replace(line, unit_fen=calendar.price(service, unit, today, today), quantity=quantity)
