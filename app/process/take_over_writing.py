"""Writing the children of a list that is taken over: students, shared guardians, lines that are paid, opening rows.

Everything here runs inside the unit of work of `take_over.take_over`. product.md P19.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.errors import Refused
from app.models.database import database
from app.process import account, clock, enrolment_lines, entry, student_record
from app.process.actor import Actor
from app.process.form_preview import PreviewRow
from app.process.take_over_preview import ListPreview
from app.rules import problems, tidy
from app.rules.opening.rows import Opening, named_by_child
from app.rules.person import Guardian, Registration
from app.rules.problem import ERROR

DEBT, CREDIT = "期初欠费", "期初结余"
"""The notes of the rows of the ledger; they stand on receipts and statements too."""
_GUARDIANS = """
    SELECT g.id, g.name FROM student_guardian link JOIN guardian g ON g.id = link.guardian_id
    WHERE link.student_id = ? ORDER BY link.position
"""


def write(actor: Actor, now: ListPreview, take_over_id: int, chosen: Sequence[PreviewRow]) -> None:
    """Write every chosen row. Raises Refused rows_have_errors."""
    classes, shared = _classes(now, chosen), _Shared()
    written = []
    for row in chosen:
        whole, opening = tidy.tidied(now.registration(row.n), now.today), now.opening(row.n)
        _stop_at_errors(row.n, whole, now.today)
        whole = replace(whole, guardians=tuple(shared.known(one, whole) for one in whole.guardians))
        student_id = _student(actor, whole, classes.get(opening.class_name), opening.old_number)
        shared.remember(whole, student_id)
        _paid(actor, student_id, opening, now.today, f"opening:{take_over_id}:{row.n}")
        _left(take_over_id, student_id, opening, now.today)
        student_record.refresh_end(student_id)
        written.append((row, student_id))
    families = _families([student_id for _, student_id in written])
    rows = {student_id: row.n for row, student_id in written}
    for row, student_id in written:
        database.execute_sql(
            "INSERT INTO take_over_child (take_over_id, row, digest, student_id, family) VALUES (?, ?, ?, ?, ?)",
            (take_over_id, row.n, row.checked.digest, student_id, rows[families[student_id]]),
        )
    student_record.refresh_keys(*rows)  # a name that a later row told may be a guardian's of an earlier one


def _stop_at_errors(n: int, whole: Registration, today: str) -> None:
    if any(one.strength == ERROR for one in problems.problems(whole, today)):
        raise Refused("rows_have_errors", row=n)


def _classes(now: ListPreview, chosen: Sequence[PreviewRow]) -> dict[str, int]:
    """Class ids by name; those that were agreed to are made, in the order of the list."""
    for name in dict.fromkeys(now.opening(row.n).class_name for row in chosen):
        if name and name not in now.world.classes:
            database.execute_sql(
                "INSERT INTO care_class (name, position) VALUES (?,"
                " (SELECT coalesce(max(position), 0) + 1 FROM care_class))",
                (name,),
            )
    return dict(database.execute_sql("SELECT name, id FROM care_class").fetchall())


def _student(actor: Actor, whole: Registration, class_id: int | None, old_number: str) -> int:
    number = entry.next_student_number()
    student_id = student_record.insert(number, "enrolled", whole.child, actor.user_id, clock.today())
    student_record.write_guardians(student_id, whole.guardians)
    student_record.write_contacts(student_id, whole.contacts)
    student_record.write_pick_up(student_id, whole.pick_up)
    student_record.write_health(student_id, whole.health)
    student_record.write_consents(student_id, whole.consents, actor.user_id)
    student_record.update(student_id, class_id=class_id, start_date=whole.services.start_date, unsigned=1)
    if old_number:
        database.execute_sql("INSERT INTO old_number (student_id, number) VALUES (?, ?)", (student_id, old_number))
    return student_id


class _Shared:
    """Guardians of several children: known by the phone, and by the name where the list tells both."""

    def __init__(self) -> None:
        self._unnamed: set[int] = set()  # those that bear only the name made from a child's

    def known(self, one: Guardian, whole: Registration) -> Guardian:
        """The guardian with the id of the one who is there already, if it is the same person."""
        made_up = named_by_child(one, whole.child)
        rows = database.execute_sql(
            "SELECT id, name, wechat, workplace FROM guardian WHERE mobile = ? AND mobile <> '' ORDER BY id",
            (one.mobile,),
        ).fetchall()
        for guardian_id, name, wechat, workplace in rows:
            if made_up or name == one.name or guardian_id in self._unnamed:
                if not made_up:
                    self._unnamed.discard(guardian_id)
                kept = name if made_up else one.name
                return replace(
                    one, id=guardian_id, name=kept, wechat=wechat or one.wechat, workplace=workplace or one.workplace,
                )  # fmt: skip
        return one

    def remember(self, whole: Registration, student_id: int) -> None:
        """Note which guardians have no name of their own, after those of a child were written."""
        rows = database.execute_sql(_GUARDIANS, (student_id,)).fetchall()
        for (guardian_id, name), one in zip(rows, whole.guardians, strict=True):
            if named_by_child(replace(one, name=name), whole.child):
                self._unnamed.add(guardian_id)


def _families(student_ids: Sequence[int]) -> dict[int, int]:
    """For every child the first one of its family: of those who share a guardian, directly or through another child."""
    first = {student_id: student_id for student_id in student_ids}

    def of(student_id: int) -> int:
        while first[student_id] != student_id:
            student_id = first[student_id]
        return student_id

    seen: dict[int, int] = {}
    for student_id in student_ids:
        for guardian_id, _ in database.execute_sql(_GUARDIANS, (student_id,)).fetchall():
            one, other = of(student_id), of(seen.setdefault(guardian_id, student_id))
            first[max(one, other)] = min(one, other)
    return {student_id: of(student_id) for student_id in student_ids}


def _paid(actor: Actor, student_id: int, opening: Opening, as_of: str, opid: str) -> None:
    """Lines with what was paid for them, then debt and credit: each a row of the ledger of its own."""
    note = opening.note
    for place, line in enumerate(opening.lines, 1):
        said = note if place == 1 else ""
        enrolment_lines.take_over(actor, student_id, line, as_of, f"{opid}:line:{place}", said)
    for name, fen, said in (("debt", opening.debt_fen, DEBT), ("credit", -opening.credit_fen, CREDIT)):
        if fen:
            account.enter_row(actor, student_id, {"kind": "opening", "fen": fen}, f"{opid}:{name}", said)
    if note and not opening.lines:
        account.enter_row(actor, student_id, {"kind": "opening", "fen": 0}, f"{opid}:note", note)


def _left(take_over_id: int, student_id: int, opening: Opening, as_of: str) -> None:
    for kind, tenths in (("days", opening.days_left), ("meals", opening.meals_left)):
        if tenths is not None:
            database.execute_sql(
                "INSERT INTO opening_left (student_id, kind, tenths, as_of, take_over_id) VALUES (?, ?, ?, ?, ?)",
                (student_id, kind, tenths, as_of, take_over_id),
            )

