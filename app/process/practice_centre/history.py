"""The years of an invented centre, day by day: children are entered, lines agreed and charged, money is taken."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from app.models.bulk import Rows
from app.process.actor import Actor
from app.process.practice_centre import terms as calendar
from app.process.practice_centre.book import Account, Book, Taken
from app.process.practice_centre.chain import Chain
from app.process.practice_centre.student import Files, Student
from app.process.practice_centre.terms import MATERIAL, MEAL, Term
from app.rules import numbers, prices
from app.rules.person import WEEKDAYS_ALL, EnrolmentLine

_Event = Callable[[datetime], None]
_VOIDED = ("收错支付方式", "家长要求改为对公转账", "金额录错，已重新开具")
_SESSIONS = {service.name: service.session for service in calendar.SERVICES}
_OFFERED = {service.name: service for service in calendar.SERVICES}
_SIBLING_SHARE = prices.DiscountRule("siblings", share=1000)
_DAYS = ((WEEKDAYS_ALL, 84), (0b10101, 8), (0b01010, 4), (0b01111, 4))


@dataclass(frozen=True)
class Staff:
    """Who enters and who takes money."""

    manager: Actor
    receptionist: Actor
    finance: Actor


class History:
    """Lives through the terms in order and writes what happens."""

    def __init__(
        self, rows: Rows, random: Random, staff: Staff, services: dict[str, int], number_form: str, today: date,
    ) -> None:  # fmt: skip
        self.chain = Chain(rows)
        self.book = Book(rows, self.chain, random)
        self._files = Files(rows, random)
        rows.table(
            "enrolment_line", "id", "student_id", "service_id", "session", "weekdays", "from_date", "to_date", "unit",
            "unit_fen", "quantity",
        )  # fmt: skip
        self._rows, self._random, self._staff, self._services = rows, random, staff, services
        self._form, self._today = number_form, today
        self.counters: dict[str, int] = {}
        self._students = self._lines = self._turn = 0
        self._waiting: list[tuple[datetime, int, _Event]] = []

    def live(self, students: list[Student], terms: tuple[Term, ...], progress: Callable[[int, int], None]) -> None:
        """All the terms; afterwards the rows of the students are written too."""
        for place, term in enumerate(terms):
            here = [student for student in students if student.comes(place)]
            for student in here:
                self._at(self._moment(student, term, place), self._registration(student, place, terms))
            done = 0
            while self._waiting:
                at, _, event = heapq.heappop(self._waiting)
                event(at)
                done += 1
                if done % 2000 == 0:
                    progress(place * len(here) + min(done // 2, len(here)), len(terms) * len(here))
        for student in students:
            self._close(student, terms)
            self._files.write(student, self._staff.manager.user_id)

    def _at(self, at: datetime, event: _Event) -> None:
        self._turn += 1
        heapq.heappush(self._waiting, (at, self._turn, event))

    def _moment(self, student: Student, term: Term, place: int) -> datetime:
        """Most register before the term or in its first days, some newcomers in the middle of it."""
        begins = min(term.closes, max(term.opens, term.first + timedelta(days=7)))
        late = student.first == place and self._random.random() < 0.3
        latest = max(term.opens, min(term.closes, term.last - timedelta(days=20)))
        return self._hour(term.opens, latest if late else begins)

    def _hour(self, first: date, last: date) -> datetime:
        day = first + timedelta(days=self._random.randint(0, max(0, (last - first).days)))
        minutes = self._random.randint(8 * 60 + 30, 18 * 60 + 20)
        return datetime.combine(day, time(minutes // 60, minutes % 60, self._random.randrange(60)))

    def _registration(self, student: Student, place: int, terms: tuple[Term, ...]) -> _Event:
        return lambda at: self._register(student, place, terms, at)

    # registering and charging ---------------------------------------------------------------------------------------

    def _register(self, student: Student, place: int, terms: tuple[Term, ...], at: datetime) -> None:
        by, term, newcomer = self._staff.receptionist, terms[place], not student.number
        lines = self._agree(student, term, at.date(), newcomer=newcomer, last=place == len(terms) - 1)
        if newcomer:
            self._enter(student, at, by)
        stamp = at.isoformat(timespec="seconds")
        due = sum(line.amount_fen for line in lines)
        if newcomer:
            details: dict[str, object] = {"number": student.number, "fen": due, "channel": "counter", "returned": False}
            self.chain.add(stamp, by.user_id, "approve_application", "student", student.id, details)
        else:
            details = {"section": "services", "fen": due}
            self.chain.add(stamp, by.user_id, "change_student", "student", student.id, details)
        for line in lines:
            self._lines += 1
            self._rows.add(
                "enrolment_line",
                (
                    self._lines, student.id, line.service_id, line.session, line.weekdays, line.from_date,
                    line.to_date, line.unit, line.unit_fen, line.quantity,
                ),
            )  # fmt: skip
            self.book.charge(student.account, line, self._lines, at, by)
            student.ends_on = max(student.ends_on, line.to_date)
        self._discounts(student, lines, at)
        self._plan_payment(student, term, at, last=place == len(terms) - 1)

    def _enter(self, student: Student, at: datetime, by: Actor) -> None:
        counter = numbers.student_counter(self._form, at.year)
        no = self.counters[counter] = self.counters.get(counter, 0) + 1
        self._students += 1
        student.id, student.entered = self._students, at
        student.number = numbers.student_number(self._form, at.year, no)
        payer = student.who.family.guardians[0]
        student.account = Account(
            student.id, student.who.child.name, student.number, payer.name, payer.relation, student.class_name,
        )  # fmt: skip
        self._files.enter(student, by.user_id)

    def _agree(self, student: Student, term: Term, day: date, *, newcomer: bool, last: bool) -> list[EnrolmentLine]:
        first = max(term.first, day + timedelta(days=1)) if newcomer else term.first
        ends = term.last
        if last and student.ending and first <= self._today:
            ends = max(first, self._today + timedelta(days=self._random.randrange(14)))
        mask = self._random.choices([mask for mask, _ in _DAYS], [share for _, share in _DAYS])[0]
        lines = [self._line(student.care, "month", day, first, ends, mask)]
        if student.meals:
            lines.append(self._line(MEAL, "meal", day, first, ends, mask))
        if newcomer:
            lines.append(self._line(MATERIAL, "once", day, first, ends, WEEKDAYS_ALL))
            student.start = first
        return [line for line in lines if line.quantity]

    def _line(self, name: str, unit: str, day: date, first: date, last: date, mask: int) -> EnrolmentLine:
        begin, end = first.isoformat(), last.isoformat()
        return EnrolmentLine(
            self._services[name], name, _SESSIONS[name], mask, begin, end, unit,
            calendar.price(_OFFERED[name], unit, day, self._today), _count(unit, begin, end, mask),
        )  # fmt: skip

    def _discounts(self, student: Student, lines: list[EnrolmentLine], at: datetime) -> None:
        period = (min(line.from_date for line in lines), max(line.to_date for line in lines))
        by = self._staff.receptionist
        if student.account.balance_fen <= 0:  # credit from before is enough
            return
        if len(student.who.family.children) > 1 and (found := prices.discount(_SIBLING_SHARE, lines)):
            self.book.discount(student.account, "siblings", found.fen, period, at, by)
        elif self._random.random() < 0.03:
            self.book.discount(student.account, "by_hand", 10_000, period, at, self._staff.finance, "老学员介绍新学员")

    # money ----------------------------------------------------------------------------------------------------------

    def _plan_payment(self, student: Student, term: Term, at: datetime, *, last: bool) -> None:
        chance, soon = self._random.random(), at + timedelta(minutes=self._random.randint(3, 9))
        if last and student.owes:
            if chance < 0.5:
                self._at(soon, self._payment(student, 50))
            return
        if chance < 0.12:
            later = at + timedelta(days=self._random.randint(15, 45))
            self._at(soon, self._payment(student, 60))
            self._at(self._until(later, term), self._payment(student, 100))
        elif chance < 0.2:
            self._at(self._until(at + timedelta(days=self._random.randint(1, 9)), term), self._payment(student, 100))
        else:
            self._at(soon, self._payment(student, 100, void=chance > 0.992, more=chance > 0.98))

    def _until(self, at: datetime, term: Term) -> datetime:
        return min(at, datetime.combine(term.closes, time(18, 25)))

    def _payment(self, student: Student, percent: int, *, void: bool = False, more: bool = False) -> _Event:
        def pay(at: datetime) -> None:
            due = student.account.balance_fen
            fen = due if percent == 100 else due * percent // 100 // 10_000 * 10_000
            if fen <= 0:
                return
            by = self._staff.finance if self._random.random() < 0.15 else self._staff.receptionist
            taken = self.book.pay(student.account, -(-fen // 50_000) * 50_000 if more else fen, at, by)
            if void:
                self._at(at + timedelta(minutes=6), self._void(student, taken))

        return pay

    def _void(self, student: Student, taken: Taken) -> _Event:
        def void(at: datetime) -> None:
            self.book.void(student.account, taken, at, self._staff.finance, self._random.choice(_VOIDED))
            self._at(at + timedelta(minutes=2), self._payment(student, 100))

        return void

    # how it stands today --------------------------------------------------------------------------------------------

    def _close(self, student: Student, terms: tuple[Term, ...]) -> None:
        if not student.stays:
            student.state = "archived" if self._random.random() < 0.2 else "left"
        elif student.first == len(terms) - 1:
            begun = student.start is not None and student.start <= self._today - timedelta(days=7)
            student.state = "entered" if student.account.balance_fen > 0 else "enrolled" if begun else "paid"
            student.unsigned = self._random.random() < 0.08
        else:
            student.state = "suspended" if self._random.random() < 0.01 else "enrolled"
            student.unsigned = self._random.random() < 0.01
        if not student.stays:
            student.class_id = None


@cache
def _count(unit: str, first: str, last: str, mask: int) -> int:
    return prices.count(unit, first, last, mask).quantity
