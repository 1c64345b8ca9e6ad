"""Who comes when: every invented child with the terms it stays, and the rows of its file."""

from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime
from random import Random

from app.models.bulk import Rows
from app.process import student_keys
from app.process.practice_centre.book import Account
from app.process.practice_centre.families import Families, InventedChild
from app.process.practice_centre.terms import AFTER_SCHOOL, BOTH, LUNCH, Term
from app.rules.person import CONSENT_KINDS, Child, speaker

_STAYING = 0.78  # of all students ever entered, how many are still there
_JOINED = (4, 6, 8, 10, 12, 15, 20, 25)  # of those, in which of the last terms they came
_SIBLINGS = ((1, 83), (2, 15), (3, 2))
_ARREARS = 0.08  # a part of them has paid the half
_ENDING = 0.05
_CARE = ((AFTER_SCHOOL, 55), (LUNCH, 15), (BOTH, 30))
_CHILD = tuple(one.name for one in fields(Child))


@dataclass(slots=True)
class Student:
    """A child at the centre: from term `first` on, `count` terms long. `number` is empty until it is entered."""

    who: InventedChild
    first: int
    count: int
    stays: bool
    care: str
    meals: bool
    owes: bool
    ending: bool
    id: int = 0
    number: str = ""
    class_id: int | None = None
    class_name: str = ""
    entered: datetime | None = None
    start: date | None = None
    ends_on: str = ""
    unsigned: bool = False
    state: str = "entered"
    account: Account = field(default_factory=lambda: Account(0, "", "", "", ""))

    def comes(self, term: int) -> bool:
        """Whether the child is at the centre in a term."""
        return self.first <= term < self.first + self.count


def invent(random: Random, families: Families, students: int, terms: tuple[Term, ...]) -> list[Student]:
    """Invent so many children with their families and the terms that they stay."""
    found: list[Student] = []
    sizes, shares = zip(*_SIBLINGS, strict=True)
    while len(found) < students:
        family = families.family()
        for _ in range(min(random.choices(sizes, shares)[0], students - len(found))):
            first, count, stays = _stay(random, len(terms))
            last = terms[first + count - 1]
            grade = 0 if count < 3 and random.random() < 0.1 else random.randint((count + 1) // 2, 6)
            who = families.child(family, grade, last.school_year, terms[first].first)
            care = random.choices([name for name, _ in _CARE], [share for _, share in _CARE])[0]
            owes, ending = stays and random.random() < _ARREARS, stays and random.random() < _ENDING
            meals = care != LUNCH and random.random() < 0.6
            found.append(Student(who, first, count, stays, care, meals, owes, ending))
    return found


def _stay(random: Random, terms: int) -> tuple[int, int, bool]:
    if random.random() < _STAYING:
        first = random.choices(range(terms), _JOINED[-terms:])[0]
        return first, terms - first, True
    first = random.randrange(terms - 1)
    return first, random.randint(1, terms - 1 - first), False


class Files:
    """Writes students, guardians, contacts, consents and lines."""

    def __init__(self, rows: Rows, random: Random) -> None:
        rows.table(
            "student", "id", "number", "state", *_CHILD, "goes_home_alone", "alone_from", "pick_up_note",
            "health_marks", "allergies", "conditions", "medication", "diet", "doctor_notes", "insurance", "initials",
            "sort_key", "search", "class_id", "start_date", "ends_on", "balance_fen", "unsigned", "entered_by",
            "entered_on",
        )  # fmt: skip
        rows.table("guardian", "id", "name", "mobile", "wechat", "workplace")
        rows.table(
            "student_guardian", "student_id", "guardian_id", "position", "relation", "lives_with_child", "may_collect",
            "emergency", "payer",
        )  # fmt: skip
        rows.table("contact", "student_id", "position", "name", "relation", "mobile", "may_collect", "emergency")
        rows.table("consent", "student_id", "kind", "given", "version", "date", "given_by", "relation", "recorded_by")
        self._rows, self._random, self._guardians = rows, random, 0

    def enter(self, student: Student, by: int) -> None:
        """The people round a child that has just been entered, and its consents."""
        family, student_id = student.who.family, student.id
        if not family.guardian_ids:
            for guardian in family.guardians:
                self._guardians += 1
                family.guardian_ids += (self._guardians,)
                row = (self._guardians, guardian.name, guardian.mobile, guardian.wechat, guardian.workplace)
                self._rows.add("guardian", row)
        for position, (guardian, guardian_id) in enumerate(zip(family.guardians, family.guardian_ids, strict=True), 1):
            flags = (guardian.lives_with_child, guardian.may_collect, guardian.emergency, guardian.payer)
            link = (student_id, guardian_id, position, guardian.relation, *map(int, flags))
            self._rows.add("student_guardian", link)
        for position, contact in enumerate(family.contacts, 1):
            self._rows.add("contact", (student_id, position, *(_plain(value) for value in astuple(contact))))
        day = student.entered.date().isoformat() if student.entered else ""
        who = speaker(family.guardians)
        for kind in CONSENT_KINDS:
            given = kind != "photos" or self._random.random() < 0.85
            self._rows.add("consent", (student_id, kind, int(given), 1, day, *who, by))

    def write(self, student: Student, by: int) -> None:
        """The student's own row, when the whole history is known."""
        who, child = student.who, student.who.child
        phones = [one.mobile for one in who.family.guardians] + [one.mobile for one in who.family.contacts]
        keys = student_keys.keys(child.name, student.number, phones)
        health = who.health
        self._rows.add(
            "student",
            (
                student.id, student.number, student.state, *(getattr(child, name) for name in _CHILD),
                int(who.pick_up.goes_home_alone), who.pick_up.alone_from, who.pick_up.note, ",".join(health.marks),
                health.allergies, health.conditions, health.medication, health.diet, health.doctor_notes,
                health.insurance, keys.initials, keys.sort_key, keys.search, student.class_id,
                student.start.isoformat() if student.start else "", student.ends_on, student.account.balance_fen,
                int(student.unsigned), by, student.entered.date().isoformat() if student.entered else "",
            ),
        )  # fmt: skip


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value
