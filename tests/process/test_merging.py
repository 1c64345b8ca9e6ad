"""Two records of the same child: everything goes to one of them, both numbers stay findable, the money stays right."""

from dataclasses import replace

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import (
    application,
    checks,
    confirmation,
    consents,
    ledger,
    merged,
    merging,
    office,
    operation_log,
    papers,
    payment,
    review,
    student_file,
    student_list,
)
from app.process.actor import Actor
from app.process.payment import Paid
from app.rules.person import Contact, Guardian
from tests import builders
from tests.conftest import Centre

pytestmark = pytest.mark.clause("P2")


def refused(call: object, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)  # type: ignore[operator]
    return found.value


def number(student_id: int) -> str:
    return str(database.execute_sql("SELECT number FROM student WHERE id = ?", (student_id,)).fetchone()[0])


def balance(student_id: int) -> int:
    return int(database.execute_sql("SELECT balance_fen FROM student WHERE id = ?", (student_id,)).fetchone()[0])


def merge(actor: Actor, goes: int, stays: int, **more: object) -> int:
    seen = merging.preview(actor, goes, stays)
    versions = (seen.goes.version, seen.stays.version)
    return merging.merge(actor, goes, stays, versions, "登记了两次", opid=builders.opid(), **more)  # type: ignore[arg-type]


def twins(centre: Centre, **changes: object) -> tuple[int, int]:
    """The same child entered twice: the record that goes and the one that stays."""
    form = builders.a_registration(identity_number="")
    stays = builders.a_student(centre.manager, form)
    again = application.submit(
        centre.receptionist, builders.changed(form, **changes), opid=builders.opid(), not_same=(stays,),
    )  # fmt: skip
    return review.approve(centre.manager, again.application_id, 1).student_id, stays


def pay(centre: Centre, student_id: int, fen: int) -> int:
    return payment.take(
        centre.manager, student_id=student_id, methods=[Paid("cash", fen)], opid=builders.opid(),
    ).id  # fmt: skip


def is_sound(centre: Centre) -> bool:
    centre.close()
    found = checks.check(centre.folder, centre.key, backup=False)
    centre.open()
    return [one for one in found if one.strength == "damage"] == []


def test_people_health_services_and_consents_go_to_the_record_that_stays(centre: Centre) -> None:
    mother = Guardian("李龑", "mother", "13957189042", "liyan", payer=True)
    goes, stays = twins(
        centre, guardians=(mother,), contacts=(Contact("王秀英", "grandmother_m", "13738216650"),), allergies="花生",
        marks=("food_allergy",), heard_of="朋友介绍", lines=(builders.a_line("午托", session="lunch"),),
    )  # fmt: skip
    before = student_file.profile(centre.manager, stays).registration
    merge(centre.manager, goes, stays)
    now = student_file.profile(centre.manager, stays).registration
    assert [one.name for one in now.guardians] == [before.guardians[0].name, "李龑"]
    assert [one.name for one in now.contacts] == [before.contacts[0].name, "王秀英"]
    assert (now.health.marks, now.health.allergies) == (("food_allergy",), "花生"), "nothing about health is lost"
    assert now.child.heard_of == "朋友介绍"
    assert [line.service_name for line in now.services.lines] == ["晚托", "午托"]
    assert len(student_file.profile(centre.manager, stays).consents) == 6
    assert student_file.profile(centre.manager, goes).registration.guardians == ()


@pytest.mark.clause("P13")
def test_the_preview_tells_nothing_of_health_that_a_family_closed_and_the_merge_loses_nothing(centre: Centre) -> None:
    goes, stays = twins(centre, allergies="花生", marks=("food_allergy",))
    consents.withdraw(centre.manager, goes, "privacy", given_by="张志强", relation="father", on="2026-09-12")
    seen = merging.preview(centre.manager, goes, stays)
    assert not [name for name, _ in seen.filled if name.startswith("health.")]
    merge(centre.manager, goes, stays)
    consents.give(centre.manager, stays, "privacy", given_by="张志强", relation="father", on="2026-09-12")
    assert student_file.profile(centre.manager, stays).registration.health.allergies == "花生"


def test_the_preview_says_exactly_what_will_be_moved(centre: Centre) -> None:
    mother = Guardian("李龑", "mother", "13957189042", payer=True)
    goes, stays = twins(
        centre, guardians=(mother,), school="求是小学", allergies="花生", marks=("food_allergy",), heard_of="路过",
        lines=(builders.a_line(), builders.a_line("午托", session="lunch")),
    )  # fmt: skip
    confirmation.make_sheet(centre.manager, student_id=goes)
    pay(centre, goes, 10_000)
    seen = merging.preview(centre.manager, goes, stays)
    assert (seen.goes.number, seen.stays.number) == (number(goes), number(stays))
    assert dict(seen.filled)["child.heard_of"] == "路过"
    assert dict(seen.filled)["health.allergies"] == "花生"
    assert [(one.field, one.stays, one.goes) for one in seen.differing if one.field == "child.school"] == [
        ("child.school", "文新小学", "求是小学"),
    ]
    assert (seen.guardians, seen.contacts) == (("李龑",), ())
    assert [line.service_name for line in seen.lines] == ["午托"]
    assert [line.service_name for line in seen.same_lines] == ["晚托"], "charged twice: to be looked at before"
    counted = (seen.consents, seen.applications, seen.papers, seen.receipts, seen.ledger_rows)
    assert counted == (3, 1, 2, 1, 3)
    assert seen.balance_fen == 2 * 390_000 - 10_000
    merge(centre.manager, goes, stays)
    (entry,) = operation_log.entries(centre.manager, action="merge_students")
    names = ("guardians", "contacts", "lines", "consents", "papers", "receipts", "fen")
    told = {name: entry.details[name] for name in names}
    assert told == {
        "guardians": 1, "contacts": 0, "lines": 1, "consents": 3, "papers": 2, "receipts": 1, "fen": 770_000,
    }  # fmt: skip


def test_of_what_differs_the_person_who_merges_chooses(centre: Centre) -> None:
    goes, stays = twins(centre, school="求是小学", address="文二路 2 号")
    merge(centre.manager, goes, stays, taking={"child.school"})
    child = student_file.profile(centre.manager, stays).registration.child
    assert child.school == "求是小学"
    assert child.address != "文二路 2 号"
    changes = student_file.history(centre.manager, stays, "child.school")
    assert [(one.before, one.after) for one in changes] == [("文新小学", "求是小学")]


@pytest.mark.clause("P5")
def test_the_ledger_only_grows_and_the_balance_goes_over_by_two_corrections(centre: Centre) -> None:
    goes, stays = twins(centre)
    receipt = pay(centre, goes, 90_000)
    rows = database.execute_sql("SELECT * FROM ledger ORDER BY id").fetchall()
    merge(centre.manager, goes, stays)
    after = database.execute_sql("SELECT * FROM ledger ORDER BY id").fetchall()
    assert after[: len(rows)] == rows
    new = database.execute_sql("SELECT student_id, kind, fen FROM ledger WHERE id > ?", (rows[-1][0],)).fetchall()
    assert new == [(goes, "correction", -300_000), (stays, "correction", 300_000)]
    assert (balance(goes), balance(stays)) == (0, 690_000)
    page = ledger.page(centre.manager, stays)
    assert (page.rows[-1].balance_fen, page.paid_fen) == (690_000, 90_000), "the page shows the rows of both numbers"
    assert [one.id for one in payment.receipts(centre.manager, student_id=stays)] == [receipt]
    pay(centre, stays, 690_000)
    assert payment.open_items(centre.manager, stays).items == ()
    assert is_sound(centre)


@pytest.mark.clause("P5")
def test_credit_goes_over_too_and_settles_the_next_payment(centre: Centre) -> None:
    goes, stays = twins(centre)
    pay(centre, goes, 400_000)
    merge(centre.manager, goes, stays)
    assert (balance(goes), balance(stays)) == (0, 380_000)
    pay(centre, stays, 380_000)
    state = payment.open_items(centre.manager, stays)
    assert (state.balance_fen, state.items, state.state) == (0, (), "paid")
    assert is_sound(centre)


@pytest.mark.clause("P5")
def test_a_receipt_of_the_old_number_can_still_be_voided(centre: Centre) -> None:
    goes, stays = twins(centre)
    receipt = pay(centre, goes, 400_000)
    merge(centre.manager, goes, stays)
    payment.void(centre.manager, receipt, "收错了", opid=builders.opid())
    assert (balance(goes), balance(stays)) == (0, 780_000)
    assert is_sound(centre)


@pytest.mark.clause("P5")
def test_a_double_charge_of_the_old_number_can_still_be_reversed_but_not_half_a_pair(centre: Centre) -> None:
    goes, stays = twins(centre)
    merge(centre.manager, goes, stays)
    charges = "SELECT id FROM ledger WHERE student_id = ? AND kind = 'charge'"
    (charge,) = database.execute_sql(charges, (goes,)).fetchone()
    ledger.reverse(centre.manager, charge, "记了两次", opid=builders.opid())
    assert (balance(goes), balance(stays)) == (0, 390_000)
    carried = database.execute_sql("SELECT id FROM ledger WHERE rule = 'merge' ORDER BY id LIMIT 1").fetchone()[0]
    stop = refused(ledger.reverse, centre.manager, carried, "试试", opid=builders.opid())
    assert stop.code == "carried_row_stays"
    assert is_sound(centre)


def test_both_numbers_are_found_by_search_and_by_code(centre: Centre) -> None:
    goes, stays = twins(centre)
    sheet = confirmation.make_sheet(centre.manager, student_id=goes)
    name = student_file.profile(centre.manager, stays).registration.child.name
    merge(centre.manager, goes, stays)
    assert set(student_list.ids(centre.manager, text=number(goes))) == {goes, stays}
    assert list(student_list.ids(centre.manager, text=name)) == [stays], "the name leads to the one that stays"
    assert list(student_list.ids(centre.manager, text=number(stays))) == [stays]
    assert papers.find(centre.manager, sheet.code).id == sheet.id
    assert sheet.id in {one.id for one in papers.of(student_id=stays)}
    assert merged.stays(goes) == stays


def test_nothing_is_written_under_the_old_number_any_more(centre: Centre) -> None:
    goes, stays = twins(centre)
    whole = student_file.profile(centre.manager, goes).registration
    merge(centre.manager, goes, stays)
    changed = replace(whole, child=replace(whole.child, address="文三路"))
    tries = [
        lambda: payment.take(centre.manager, student_id=goes, methods=[Paid("cash", 1_000)], opid="a"),
        lambda: builders.a_charge(centre.manager, goes),
        lambda: confirmation.make_sheet(centre.manager, student_id=goes),
        lambda: student_file.save_section(centre.manager, goes, "child", changed, 3),
        lambda: merging.preview(centre.manager, goes, stays),
        lambda: merging.preview(centre.manager, stays, goes),
    ]
    for one in tries:
        stop = refused(one)
        assert (stop.code, stop.values["into"]) == ("student_merged", number(stays))
    assert all(one.student_id != goes for one in student_file.profile(centre.manager, stays).siblings)


def test_a_guardian_whom_a_brother_shares_is_shared_afterwards(centre: Centre) -> None:
    goes, stays = twins(centre)
    family = application.family(centre.manager, goes)
    younger = builders.a_registration(guardians=family.guardians)
    form = application.submit(centre.receptionist, younger, opid="younger", not_same=(stays,))
    brother = review.approve(centre.manager, form.application_id, 1).student_id
    merge(centre.manager, goes, stays)
    assert [one.student_id for one in student_file.profile(centre.manager, stays).siblings] == [brother]


def test_the_same_merge_twice_does_nothing_and_one_of_old_records_is_refused(centre: Centre) -> None:
    goes, stays = twins(centre)
    seen = merging.preview(centre.manager, goes, stays)
    versions = (seen.goes.version, seen.stays.version)
    whole = student_file.profile(centre.manager, stays).registration
    student_file.save_section(
        centre.manager, stays, "child", replace(whole, child=replace(whole.child, address="文三路")), versions[1],
    )  # fmt: skip
    assert refused(merging.merge, centre.manager, goes, stays, versions, "两次", opid="m").code == "records_changed"
    now = (versions[0], versions[1] + 1)
    assert refused(merging.merge, centre.manager, goes, stays, now, " ", opid="m").code == "reason_missing"
    assert merging.merge(centre.manager, goes, stays, now, "两次", opid="m") == stays
    before = len(operation_log.entries(centre.manager))
    assert merging.merge(centre.manager, goes, stays, now, "两次", opid="m") == stays
    assert len(operation_log.entries(centre.manager)) == before


def test_the_one_who_is_here_stays_and_a_record_is_no_twin_of_itself(centre: Centre) -> None:
    goes, stays = twins(centre)
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (stays,))
    assert refused(merging.preview, centre.manager, goes, stays).code == "merge_other_way"
    assert merging.preview(centre.manager, stays, goes).goes.student_id == stays
    assert refused(merging.preview, centre.manager, goes, goes).code == "same_record"


@pytest.mark.clause("P13")
def test_only_the_manager_merges(centre: Centre) -> None:
    goes, stays = twins(centre)
    for actor in (centre.receptionist, centre.finance, centre.teacher):
        assert refused(merging.preview, actor, goes, stays).values["right"] == "merge_students"
    assert "merge_students" in office.grants(centre.manager)["manager"]


def test_a_third_record_goes_after_the_second(centre: Centre) -> None:
    first, second = twins(centre)
    third = builders.a_student(centre.manager)
    merge(centre.manager, first, second)
    merge(centre.manager, second, third)
    assert merged.stays(first) == third
    assert (balance(first), balance(second), balance(third)) == (0, 0, 3 * 390_000)
    assert set(student_list.ids(centre.manager, text=number(first))) == {first, third}
    assert is_sound(centre)


def test_every_table_that_names_a_student_is_moved_or_found_under_both_numbers(centre: Centre) -> None:
    """A new table must say what becomes of its rows when two records are merged."""
    tables = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    naming = {name for name, sql in tables if "REFERENCES student (" in sql}
    assert naming == {*merging.MOVED, *merging.KEPT}


@pytest.mark.clause("P6")
def test_credit_that_goes_over_pays_for_the_entry_of_the_one_that_stays(centre: Centre) -> None:
    goes, stays = twins(centre)
    pay(centre, goes, 780_000)
    merge(centre.manager, goes, stays)
    assert (balance(stays), student_file.profile(centre.manager, stays).state) == (0, "paid")
