"""Reading a student's whole file. Reached as `student_file.profile`."""

from dataclasses import dataclass

from app.models.database import database
from app.process import clock, consents, hidden, papers, student_record, student_scope, wordings
from app.process.actor import Actor, rights_of
from app.process.papers import PaperFact
from app.rules.person import EnrolmentLine, Registration

_HEAD = """
    SELECT s.number, s.state, s.version, coalesce(c.name, ''), s.balance_fen, s.unsigned, s.ends_on, entered.name,
           s.entered_on, s.initials
    FROM student s LEFT JOIN care_class c ON c.id = s.class_id JOIN user entered ON entered.id = s.entered_by
    WHERE s.id = ?
"""
_SIBLINGS = """
    SELECT DISTINCT s.id, s.name, s.number, coalesce(c.name, ''), s.state
    FROM student_guardian own JOIN student_guardian other ON other.guardian_id = own.guardian_id
    JOIN student s ON s.id = other.student_id LEFT JOIN care_class c ON c.id = s.class_id
    WHERE own.student_id = :id AND s.id <> :id AND s.state <> 'merged' AND {own_classes} ORDER BY s.sort_key, s.id
"""


@dataclass(frozen=True)
class Sibling:
    """A student who shares a guardian."""

    student_id: int
    name: str
    number: str
    class_name: str
    state: str


@dataclass(frozen=True)
class ConsentFact:
    """A consent as it was given or refused once; the newest of a kind counts."""

    kind: str
    given: bool
    version: int
    date: str
    recorded_by: str
    given_by: str = ""
    relation: str = ""
    note: str = ""
    newest: int = 0  # version of its wording that holds now


@dataclass(frozen=True)
class Profile:
    """A student's whole file. The identity number in `registration` is masked; see `reveal_identity`.

    Without the right see_health, and while the consents do not open it, the section health and special needs are empty
    and `health_closed` says why (hidden.NO_RIGHT, or a reason of rules/consents.py, where stands too why `allergies`
    may stay in sight); `health_until` is the last day without a signed sheet. Without one of `hidden.MONEY` the balance
    is None. `papers` are the confirmation sheets, newest first; `past_lines` what ended before today.
    """

    student_id: int
    number: str
    state: str
    version: int
    registration: Registration
    papers: tuple[PaperFact, ...]
    consents: tuple[ConsentFact, ...]
    class_name: str
    balance_fen: int | None
    unsigned: bool
    ends_on: str
    initials: str
    entered_by: str
    entered_on: str
    keyed_by: str
    approved_by: str
    siblings: tuple[Sibling, ...]
    past_lines: tuple[EnrolmentLine, ...]
    health_closed: str
    health_until: str
    allergies: str

    @property
    def health_hidden(self) -> bool:
        """Whether nothing is told about health."""
        return bool(self.health_closed)


def profile(actor: Actor, student_id: int) -> Profile:
    """Read the file. Raises Refused no_right (see_students), student_unknown, student_of_another_class."""
    student_scope.require_student(actor, student_id)
    seen = student_scope.classes(actor)
    siblings = _SIBLINGS.format(own_classes=student_scope.within(seen, "s.class_id"))
    today = clock.today()
    whole = student_record.read(student_id, today)
    head = database.execute_sql(_HEAD, (student_id,)).fetchone()
    number, state, version, class_name, balance, unsigned, ends_on, entered_by, entered_on, initials = head
    sees, access = "see_health" in rights_of(actor), consents.health_access(student_id)
    closed = access.reason if sees else hidden.NO_RIGHT
    keyed_by, approved_by = _hands(student_id)
    balance = balance if hidden.sees_money(actor, seen) else None
    return Profile(
        student_id, number, state, version, _for_the_screen(whole, no_health=bool(closed)),
        papers.of(student_id=student_id), _consents(student_id), class_name, balance, bool(unsigned), ends_on, initials,
        entered_by, entered_on, keyed_by, approved_by,
        siblings=tuple(Sibling(*row) for row in database.execute_sql(siblings, {"id": student_id})),
        past_lines=student_record.past_lines(student_id, today), health_closed=closed,
        health_until=access.until, allergies=whole.health.allergies if sees and access.allergies_shown else "",
    )  # fmt: skip


def _for_the_screen(whole: Registration, *, no_health: bool) -> Registration:
    masked = hidden.with_masked_identity(whole)
    return hidden.without_health(masked) if no_health else masked


def _consents(student_id: int) -> tuple[ConsentFact, ...]:
    rows = database.execute_sql(
        "SELECT c.kind, c.given, c.version, c.date, user.name, c.given_by, c.relation, c.note"
        " FROM consent c LEFT JOIN user ON user.id = c.recorded_by WHERE c.student_id = ? ORDER BY c.id DESC",
        (student_id,),
    )
    texts = wordings.of_centre()
    return tuple(
        ConsentFact(kind, bool(given), version, day, who or "", by, relation, note, texts.latest(kind))
        for kind, given, version, day, who, by, relation, note in rows
    )


def _hands(student_id: int) -> tuple[str, str]:
    """Who keyed and who approved the newest application of the student."""
    row = database.execute_sql(
        "SELECT keyed.name, decided.name FROM application a JOIN user keyed ON keyed.id = a.keyed_by"
        " LEFT JOIN user decided ON decided.id = a.decided_by"
        " WHERE a.student_id = ? AND a.state = 'approved' ORDER BY a.id DESC LIMIT 1",
        (student_id,),
    ).fetchone()
    return (row[0], row[1] or "") if row else ("", "")
