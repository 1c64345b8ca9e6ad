"""A teacher reaches the students of the own classes alone, whatever right the role was given (reliability.md 2.4)."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from app import process
from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    application,
    confirmation,
    consents,
    families,
    ledger,
    merge_preview,
    merging,
    office,
    papers,
    payment,
    proof,
    reminders,
    review,
    scans,
    screen_signature,
    student_file,
    student_list,
    student_scope,
    waiting_signatures,
)
from app.process.actor import Actor
from app.process.student_list import Query
from app.rules.person import Registration
from app.rules.rights import RIGHTS
from tests import builders, scanned
from tests.conftest import Centre

BY_STUDENT = frozenset({"student_id", "paper_id", "receipt_id", "row_id", "ids", "goes_id", "scan_id"})
INSIDE = {  # called by a use case that has asked already
    "account.enter_row": "writes the rows of ledger.charge, ledger.discount and ledger.reverse",
    "enrolment_lines.add": "writes the lines of review.approve and student_file.save_section",
    "enrolment_lines.take_over": "writes the lines of take_over.take_over",
    "hidden.require_sheet": "refuses for papers.content, which looked the paper up",
    "settling.carry_over": "carries the balance of a merged record for merging.merge, reversal.reverse, receipts.void",
    "papers.store": "keeps what confirmation and payment drew",
    "sheet_facts.draw": "draws for confirmation",
}


@dataclass(frozen=True)
class Other:
    """A child of another class, with a sheet, a charge and a receipt."""

    student_id: int
    registration: Registration
    guardian_id: int
    sheet_id: int
    receipt_id: int
    charge_id: int
    scan_id: int


Calls = dict[str, Callable[[Actor, Other], object]]
REFUSED: Calls = {
    "account.open_items": lambda who, other: payment.open_items(who, other.student_id),
    "application.family": lambda who, other: application.family(who, other.student_id),
    "consents.give": lambda who, other: consents.give(
        who, other.student_id, "photos", given_by="谁", relation="other", on="2026-09-12",
    ),
    "consents.withdraw": lambda who, other: consents.withdraw(
        who, other.student_id, "privacy", given_by="谁", relation="other", on="2026-09-12",
    ),
    "confirmation.make_sheet": lambda who, other: confirmation.make_sheet(who, student_id=other.student_id),
    "confirmation.mark_signed": lambda who, other: confirmation.mark_signed(
        who, other.sheet_id, signed_on="2026-09-12", signer="谁", relation="other", warned=True,
    ),
    "confirmation.newer": lambda who, other: confirmation.newer(who, other.sheet_id),
    "confirmation.signers": lambda who, other: confirmation.signers(who, other.sheet_id),
    "confirmation.unmark": lambda who, other: confirmation.unmark(who, other.sheet_id, "标错了"),
    "ledger.charge": lambda who, other: ledger.charge(
        who, other.student_id, service_id=5, unit="once", unit_fen=12_000, quantity=1, opid=builders.opid(),
    ),
    "ledger.discount": lambda who, other: ledger.discount(
        who, other.student_id, fen=100, rule="by_hand", reason="邻居", opid=builders.opid(),
    ),
    "ledger.page": lambda who, other: ledger.page(who, other.student_id),
    "merge_preview.preview": lambda who, other: merging.preview(who, other.student_id, other.student_id),
    "merge_preview.two": lambda who, other: merge_preview.two(who, other.student_id, other.student_id),
    "merging.merge": lambda who, other: merging.merge(
        who, other.student_id, other.student_id, (1, 1), "两次", opid=builders.opid(),
    ),
    "reversal.reverse": lambda who, other: ledger.reverse(who, other.charge_id, "记错了", opid=builders.opid()),
    "papers.content": lambda who, other: papers.content(who, other.sheet_id),
    "papers.files": lambda who, other: papers.files(who, other.sheet_id),
    "papers.held_by": lambda who, other: papers.held_by(who, other.sheet_id, "sign"),
    "papers.look_up": lambda who, other: papers.look_up(who, other.sheet_id),
    "proof.compare": lambda who, other: proof.compare(who, other.sheet_id, b"%PDF-"),
    "proof.verify": lambda who, other: proof.verify(who, other.sheet_id),
    "scans.attach": lambda who, other: scans.attach(who, other.sheet_id, scanned.jpeg()),
    "scans.content": lambda who, other: scans.content(who, other.scan_id),
    "scans.of": lambda who, other: scans.of(who, other.sheet_id),
    "scans.take_off": lambda who, other: scans.take_off(who, other.scan_id, "附错了"),
    "screen_signature.begin": lambda who, other: screen_signature.begin(who, other.sheet_id),
    "screen_signature.sign": lambda who, other: screen_signature.sign(
        who, other.sheet_id, shown="", strokes={}, signer="谁", relation="other", warned=True,
    ),
    "papers.preview": lambda who, other: papers.preview(who, other.sheet_id),
    "papers.record_file": lambda who, other: papers.record_file(who, other.sheet_id),
    "papers.record_print": lambda who, other: papers.record_print(who, other.sheet_id, "HP M208dw"),
    "papers.to_file": lambda who, other: papers.to_file(who, other.sheet_id),
    "papers.to_print": lambda who, other: papers.to_print(who, other.sheet_id),
    "payment.similar": lambda who, other: payment.similar(who, other.student_id, 1_000),
    "payment.take": lambda who, other: payment.take(
        who, student_id=other.student_id, methods=[payment.Paid("cash", 1_000)], opid=builders.opid(),
    ),
    "receipts.receipt": lambda who, other: payment.receipt(who, other.receipt_id),
    "receipts.void": lambda who, other: payment.void(who, other.receipt_id, "开错了", opid=builders.opid()),
    "reversal.goes_with": lambda who, other: ledger.goes_with(who, other.charge_id),
    "student_detail.detail": lambda who, other: student_list.detail(who, other.student_id),
    "student_file.reveal_identity": lambda who, other: student_file.reveal_identity(who, other.student_id),
    "student_file.save_section": lambda who, other: student_file.save_section(
        who, other.student_id, "child", other.registration, 1,
    ),
    "student_file.undo_last": lambda who, other: student_file.undo_last(who, other.student_id, 1),
    "student_history.history": lambda who, other: student_file.history(who, other.student_id),
    "student_profile.profile": lambda who, other: student_file.profile(who, other.student_id),
    "student_scope.require_student": lambda who, other: student_scope.require_student(who, other.student_id),
}  # fmt: skip
EMPTY: Calls = {
    "families.brothers_and_sisters": lambda who, other: families.brothers_and_sisters(
        who, [other.guardian_id], student_id=0,
    ),
    "receipts.receipts": lambda who, other: payment.receipts(who, student_id=other.student_id),
    "student_export.begin_export": lambda who, other: student_list.begin_export(
        who, [other.student_id], [("name", "学员")], Path("never written.csv"),
    ).students,
    "student_export.export": lambda who, other: student_list.begin_export(
        who, [other.student_id], [("name", "学员")], Path("never written.csv"),
    ).students,
    "student_list.rows": lambda who, other: student_list.rows(who, [other.student_id]),
    "student_list.sums": lambda who, other: student_list.sums(who, [other.student_id]).students,
}  # fmt: skip
LISTS: dict[str, Callable[[Actor], object]] = {
    "waiting_signatures.unsigned": waiting_signatures.unsigned,
    "ledger.all_rows": ledger.all_rows,
    "payment.receipts": payment.receipts,
    "reminders.today": lambda who: [group for group in reminders.today(who).groups if group.kind != "backup"],
    "reminders.today, taken": lambda who: reminders.today(who).taken_today_fen,
    "student_list.counts": lambda who: sum(student_list.counts(who).values()),
    "student_list.search": lambda who: student_list.search(who, Query()).all().tolist(),
}


@pytest.fixture
def other(centre: Centre) -> Other:
    """A child that is not in the class of the teacher, who holds every right there is."""
    with unit_of_work():
        database.execute_sql("DELETE FROM right_grant WHERE role = 'teacher'")
        for right in RIGHTS:
            database.execute_sql('INSERT INTO right_grant (role, "right") VALUES (?, ?)', ("teacher", right))
    strange = office.save_class(centre.manager, None, "二年级晚托班", "203", 20, centre.manager.user_id)
    student_id = builders.a_student(centre.manager, builders.a_registration(class_id=strange))
    sheet = confirmation.make_sheet(centre.manager, student_id=student_id)
    receipt = payment.take(
        centre.manager, student_id=student_id, methods=[payment.Paid("cash", 1_000)], opid=builders.opid(),
    )  # fmt: skip
    charge = payment.open_items(centre.manager, student_id).items[0].charge_id
    whole = student_file.profile(centre.manager, student_id).registration
    guardian = whole.guardians[0].id or 0
    scan = scans.attach(centre.manager, sheet.id, scanned.jpeg())
    return Other(student_id, whole, guardian, sheet.id, receipt.id, charge, scan.id)


def by_student() -> Iterator[str]:
    """Every public function of process that takes an actor and names a student, a paper, a receipt or a ledger row."""
    for module in walk_packages(process.__path__, "app.process."):
        for name, function in vars(import_module(module.name)).items():
            if inspect.isfunction(function) and function.__module__ == module.name and not name.startswith("_"):
                given = list(inspect.signature(function).parameters)
                if given[:1] == ["actor"] and BY_STUDENT & set(given):
                    yield f"{module.name.removeprefix('app.process.')}.{name}"


@pytest.mark.clause("P13")
def test_every_function_that_names_a_student_is_tried() -> None:
    assert set(by_student()) - set(INSIDE) == set(REFUSED) | set(EMPTY)


@pytest.mark.clause("P13")
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_teacher_of_another_class_is_refused(centre: Centre, other: Other, name: str) -> None:
    with pytest.raises(Refused) as refused:
        REFUSED[name](centre.teacher, other)
    assert refused.value.code == "student_of_another_class"


@pytest.mark.clause("P13")
@pytest.mark.parametrize("name", sorted(EMPTY))
def test_a_teacher_of_another_class_finds_nothing(centre: Centre, other: Other, name: str) -> None:
    assert EMPTY[name](centre.manager, other)
    assert not EMPTY[name](centre.teacher, other)


@pytest.mark.clause("P13")
@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_list_of_a_teacher_names_the_child_of_another_class(centre: Centre, other: Other, name: str) -> None:
    assert other.student_id
    assert LISTS[name](centre.manager)
    assert not LISTS[name](centre.teacher)


@pytest.mark.clause("P13")
def test_a_paper_is_not_found_by_its_number_either(centre: Centre, other: Other) -> None:
    number = papers.fact(other.sheet_id).number
    assert papers.find(centre.manager, number).id == other.sheet_id
    with pytest.raises(Refused, match="student_of_another_class"):
        papers.find(centre.teacher, number)


@pytest.mark.clause("P13")
def test_a_brother_in_another_class_stands_in_no_file_that_a_teacher_reads(centre: Centre, other: Other) -> None:
    family = builders.a_registration(guardians=other.registration.guardians, class_id=1)
    own = builders.a_student(centre.manager, family)
    assert [one.student_id for one in student_file.profile(centre.manager, own).siblings] == [other.student_id]
    assert student_file.profile(centre.teacher, own).siblings == ()


@pytest.mark.clause("P13")
def test_a_former_student_of_another_class_comes_back_through_somebody_else(centre: Centre, other: Other) -> None:
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (other.student_id,))
    (number,) = database.execute_sql("SELECT identity_number FROM student WHERE id = ?", (other.student_id,)).fetchone()
    again = builders.changed(other.registration, identity_number=number)
    with pytest.raises(Refused, match="student_of_another_class"):
        application.submit(centre.teacher, again, opid=builders.opid())
    waiting = builders.an_application(centre.manager, again)
    with pytest.raises(Refused, match="student_of_another_class"):
        review.approve(centre.teacher, waiting, 1)


@pytest.mark.clause("P13")
def test_a_right_held_by_another_role_too_reaches_everybody(centre: Centre, other: Other) -> None:
    with unit_of_work():
        database.execute_sql(
            "INSERT INTO user_role (user_id, role) VALUES (?, 'finance')", (centre.teacher.user_id,),
        )  # fmt: skip
    assert ledger.page(centre.teacher, other.student_id).rows
    with pytest.raises(Refused, match="student_of_another_class"):
        application.family(centre.teacher, other.student_id)  # finance may not register
