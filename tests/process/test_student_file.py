"""The student's file: reading, correcting a section, history, undo, who may see what."""

from dataclasses import replace
from typing import Any

import pytest

from app.errors import Refused
from app.models.database import database
from app.process import anchor, ledger, office, payment, review, student_file, student_list
from app.process.actor import Actor
from app.process.payment import Paid
from app.process.student_file import Profile
from app.rules.person import Contact, Discount, EnrolmentLine, Health, PickUp, Registration
from tests import builders
from tests.conftest import Centre, Clock

MEAL = builders.a_line("晚餐", session="none", unit="meal", unit_fen=1_500, quantity=92)


def refused(call: Any, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)
    return found.value


def read(centre: Centre, student_id: int, actor: Actor | None = None) -> Profile:
    return student_file.profile(actor or centre.manager, student_id)


def save(actor: Actor, found: Profile, section: str, **changes: Any) -> int:
    form = builders.changed(found.registration, **changes)
    return student_file.save_section(actor, found.student_id, section, form, found.version)


def with_lines(found: Profile, *lines: EnrolmentLine, discounts: tuple[Discount, ...] | None = None) -> Registration:
    services = found.registration.services
    kept = services.discounts if discounts is None else discounts
    return replace(found.registration, services=replace(services, lines=lines, discounts=kept))


def charges() -> list[tuple[str, int]]:
    return [tuple(row) for row in database.execute_sql("SELECT kind, fen FROM ledger ORDER BY id")]


def log_entries() -> int:
    return int(database.execute_sql("SELECT count(*) FROM operation_log").fetchone()[0])


# who sees what ------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P10")
def test_the_identity_number_is_masked_and_revealed_with_the_right_and_an_entry(centre: Centre) -> None:
    form = builders.a_registration()
    student_id = builders.a_student(centre.manager, form)
    masked = read(centre, student_id).registration.child.identity_number
    assert masked == form.child.identity_number[:4] + "*" * 10 + form.child.identity_number[-4:]
    before = log_entries()
    assert student_file.reveal_identity(centre.receptionist, student_id) == form.child.identity_number
    assert log_entries() == before + 1
    assert refused(student_file.reveal_identity, centre.finance, student_id).values["right"] == "see_identity"


@pytest.mark.clause("P10")
def test_health_is_for_those_with_the_right_alone(centre: Centre) -> None:
    form = builders.a_registration(allergies="花生", marks=("food_allergy",), special_needs="左耳听力较弱")
    student_id = builders.a_student(centre.manager, form)
    seen = read(centre, student_id, centre.finance)
    assert (seen.health_hidden, seen.registration.health, seen.registration.child.special_needs) == (True, Health(), "")
    pane = student_list.detail(centre.finance, student_id)
    assert (pane.health_hidden, pane.allergies, pane.health_marks) == (True, "", ())
    assert student_list.detail(centre.teacher, student_id).allergies == "花生"


@pytest.mark.clause("P10")
def test_whoever_does_not_see_health_does_not_lose_it_by_saving(centre: Centre) -> None:
    office.set_grants(centre.manager, "finance", ("see_students", "change_students"))
    form = builders.a_registration(allergies="花生", marks=("food_allergy",), special_needs="左耳听力较弱")
    student_id = builders.a_student(centre.manager, form)
    save(centre.finance, read(centre, student_id, centre.finance), "child", address="新华路 1 号")
    stop = refused(save, centre.finance, read(centre, student_id, centre.finance), "health", allergies="")
    assert (stop.code, stop.values["right"]) == ("no_right", "see_health")
    whole = read(centre, student_id).registration
    assert (whole.health.allergies, whole.child.special_needs, whole.child.address) == (
        "花生", "左耳听力较弱", "新华路 1 号",
    )  # fmt: skip


@pytest.mark.clause("P8")
def test_a_teacher_opens_the_students_of_the_own_classes_alone(centre: Centre) -> None:
    other = office.save_class(centre.manager, None, "二年级晚托班", "203", 20, None)
    own = builders.a_student(centre.manager)
    foreign = builders.a_student(centre.manager, class_id=other)
    assert read(centre, own, centre.teacher).student_id == own
    for call in (student_file.profile, student_file.history, student_list.detail):
        assert refused(call, centre.teacher, foreign).code == "student_of_another_class"
    assert refused(student_file.profile, centre.manager, 999).code == "student_unknown"


# correcting ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P8")
def test_a_correction_keeps_who_when_before_and_after(centre: Centre, the_clock: Clock) -> None:
    form = builders.a_registration()
    student_id = builders.a_student(centre.manager, form)
    the_clock.set("2026-10-08 16:38")
    assert save(centre.receptionist, read(centre, student_id), "child", address="新华路 1 号", school="文三街小学") == 2
    (change,) = student_file.history(centre.manager, student_id, "child.address")
    assert (change.at, change.who, change.before, change.after) == (
        "2026-10-08T16:38:00", "林小婉", form.child.address, "新华路 1 号",
    )  # fmt: skip
    assert {one.field for one in student_file.history(centre.manager, student_id)} == {"child.address", "child.school"}


def test_saving_nothing_writes_nothing(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    before = log_entries()
    for section in student_file.SECTIONS:
        assert save(centre.manager, read(centre, student_id), section) == 1
    assert (log_entries(), read(centre, student_id).version) == (before, 1)


@pytest.mark.clause("P8")
def test_a_save_over_a_newer_change_is_refused_and_shows_both_values(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    opened = read(centre, student_id)
    save(centre.receptionist, opened, "child", address="新华路 1 号")
    stop = refused(save, centre.manager, opened, "child", address="延安路 9 号")
    assert (stop.code, stop.values["who"]) == ("newer_change", "林小婉")
    assert stop.values["changes"] == (("child.address", "延安路 9 号", "新华路 1 号"),)
    assert read(centre, student_id).registration.child.address == "新华路 1 号"


def test_an_error_in_the_section_stops_the_save(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    stop = refused(save, centre.manager, read(centre, student_id), "guardians", mobile="1380571223")
    assert (stop.code, stop.values["field"]) == ("registration_has_errors", "guardians.0.mobile")
    assert refused(save, centre.manager, read(centre, student_id), "photo").code == "unknown_section"


def test_a_new_name_is_found_and_sorted_at_once(centre: Centre) -> None:
    first = builders.a_student(centre.manager, name="张珞晨")
    second = builders.a_student(centre.manager, name="李沐阳")
    save(centre.manager, read(centre, first), "child", name="安珞晨")
    assert student_list.ids(centre.manager).tolist() == [first, second]
    assert student_list.ids(centre.manager, text="alc").tolist() == [first]
    assert student_list.ids(centre.manager, text="zlc").tolist() == []


@pytest.mark.clause("P8")
def test_contacts_and_pick_up_are_corrected(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    new = (Contact("沈阿姨", "nanny", "13611112222", may_collect=True, emergency=False),)
    save(centre.manager, read(centre, student_id), "pick_up", contacts=new, pick_up=PickUp(True, "17:00", "走正门"))
    whole = read(centre, student_id).registration
    assert (whole.contacts, whole.pick_up) == (new, PickUp(True, "17:00", "走正门"))
    assert student_id in student_list.ids(centre.manager, text="2222")


@pytest.mark.clause("P13")
def test_a_consent_taken_back_is_added_and_the_old_one_stays(centre: Centre, the_clock: Clock) -> None:
    student_id = builders.a_student(centre.manager)
    found = read(centre, student_id)
    the_clock.set("2026-10-08")
    consents = tuple(
        replace(one, given=False, date="2026-10-08") if one.kind == "emergency_treatment" else one
        for one in found.registration.consents
    )
    save(centre.receptionist, found, "health", consents=consents)
    said = [(one.given, one.date, one.recorded_by) for one in read(centre, student_id).consents
            if one.kind == "emergency_treatment"]  # fmt: skip
    assert said == [(False, "2026-10-08", "林小婉"), (True, "2026-09-12", "王丽华")]


def test_a_shared_guardian_is_corrected_for_both_and_both_have_it_in_their_history(centre: Centre) -> None:
    elder = builders.a_student(centre.manager, name="张珞晨")
    guardians = read(centre, elder).registration.guardians
    younger = review.submit_and_approve(
        centre.manager, builders.a_registration(name="张沐阳", guardians=guardians), opid="b",
    ).student_id  # fmt: skip
    before = read(centre, elder).version
    save(centre.manager, read(centre, younger), "guardians", workplace="浙江省立同德医院")
    other = read(centre, elder)
    assert (other.registration.guardians[0].workplace, other.version) == ("浙江省立同德医院", before + 1)
    for student_id in (elder, younger):
        field = f"guardians.{guardians[0].id}"
        assert [one.after for one in student_file.history(centre.manager, student_id, field)] == ["浙江省立同德医院"]


# undo ---------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P8")
def test_the_last_save_is_undone_as_a_new_change(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    old = read(centre, student_id).registration
    guardians = (builders.a_guardian(name="李龑"), replace(old.guardians[0], mobile="13912345678"))
    version = save(centre.manager, read(centre, student_id), "guardians", guardians=guardians, contacts=())
    assert student_file.undo_last(centre.manager, student_id, version) == version + 1
    assert read(centre, student_id).registration == old
    newest = student_file.history(centre.manager, student_id)[0]
    assert newest.seq == log_entries()
    assert refused(student_file.undo_last, centre.manager, student_id, version + 1).code == "nothing_to_undo"


def test_undo_over_a_newer_change_is_refused(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    version = save(centre.manager, read(centre, student_id), "child", address="新华路 1 号")
    save(centre.receptionist, read(centre, student_id), "child", school="文三街小学")
    assert refused(student_file.undo_last, centre.manager, student_id, version).code == "newer_change"


def test_nothing_to_undo_after_the_entry(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    assert refused(student_file.undo_last, centre.manager, student_id, 1).code == "nothing_to_undo"


# services -----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P5")
def test_a_line_that_is_added_charges_by_itself(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    found = read(centre, student_id)
    form = with_lines(found, *found.registration.services.lines, MEAL)
    assert student_file.save_section(centre.receptionist, student_id, "services", form, 1) == 2
    assert charges() == [("charge", 390_000), ("charge", 138_000)]
    assert read(centre, student_id).balance_fen == 528_000
    assert refused(student_file.undo_last, centre.manager, student_id, 2).code == "undo_services"


@pytest.mark.clause("P5")
def test_a_line_is_ended_earlier_and_moves_no_money(centre: Centre, the_clock: Clock) -> None:
    student_id = builders.a_student(centre.manager)
    found = read(centre, student_id)
    the_clock.set("2026-11-02")
    ended = replace(found.registration.services.lines[0], to_date="2026-11-30")
    student_file.save_section(centre.manager, student_id, "services", with_lines(found, ended), 1)
    now = read(centre, student_id)
    assert (now.ends_on, now.registration.services.lines, charges()) == ("2026-11-30", (ended,), [("charge", 390_000)])
    the_clock.set("2026-12-01")
    later = read(centre, student_id)
    assert (later.registration.services.lines, later.past_lines) == ((), (ended,))


@pytest.mark.clause("P5")
def test_a_file_that_stayed_open_over_night_charges_no_line_again(centre: Centre, the_clock: Clock) -> None:
    short = builders.a_line("午托", session="lunch", unit_fen=60_000, quantity=1, to_date="2026-09-20")
    student_id = builders.a_student(centre.manager, lines=(builders.a_line(), short))
    the_clock.set("2026-09-20 18:00")
    found = read(centre, student_id)
    the_clock.set("2026-09-21 08:00")
    before = charges()
    moved = replace(found.registration, services=replace(found.registration.services, class_id=2))
    stop = refused(student_file.save_section, centre.manager, student_id, "services", moved, 1)
    assert (stop.code, stop.values["last_day"], charges()) == ("line_ran_out", "2026-09-20", before)
    save(centre.manager, read(centre, student_id), "services", class_id=2)
    assert charges() == before


@pytest.mark.clause("P6")
@pytest.mark.clause("P13")
def test_a_line_that_is_added_is_anchored_and_due(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    payment.take(centre.manager, student_id=student_id, methods=[Paid("cash", 390_000)], opid="a")
    found = read(centre, student_id)
    assert found.state == "paid"
    lines = (centre.folder / anchor.NAME).read_text().count("\n")
    form = with_lines(found, *found.registration.services.lines, MEAL)
    student_file.save_section(centre.manager, student_id, "services", form, found.version)
    assert (centre.folder / anchor.NAME).read_text().count("\n") == lines + 1
    assert read(centre, student_id).state == "entered"


@pytest.mark.clause("P5")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (None, "line_may_not_vanish"),
        ({"unit_fen": 1}, "line_may_not_vanish"),
        ({"quantity": 4}, "line_may_not_vanish"),
        ({"to_date": "2027-06-30"}, "line_may_not_grow"),
        ({"to_date": "2026-09-13"}, "registration_has_errors"),
    ],
)
def test_what_was_charged_is_not_rewritten(centre: Centre, change: dict[str, Any] | None, code: str) -> None:
    student_id = builders.a_student(centre.manager)
    found = read(centre, student_id)
    lines = () if change is None else (replace(found.registration.services.lines[0], **change),)
    stop = refused(student_file.save_section, centre.manager, student_id, "services", with_lines(found, *lines), 1)
    assert (stop.code, charges()) == (code, [("charge", 390_000)])


@pytest.mark.clause("P5")
def test_a_discount_is_added_by_whoever_may_and_never_taken_away(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    found = read(centre, student_id)
    line = found.registration.services.lines
    hand = with_lines(found, *line, discounts=(Discount("by_hand", "老师的孩子", 20_000),))
    stop = refused(student_file.save_section, centre.receptionist, student_id, "services", hand, 1)
    assert stop.values["right"] == "charge"
    student_file.save_section(centre.manager, student_id, "services", hand, 1)
    assert charges() == [("charge", 390_000), ("discount", -20_000)]
    gone = with_lines(read(centre, student_id), *line, discounts=())
    stop = refused(student_file.save_section, centre.manager, student_id, "services", gone, 2)
    assert stop.code == "discount_may_not_vanish"


def test_the_class_changes_without_money(centre: Centre) -> None:
    student_id = builders.a_student(centre.manager)
    save(centre.receptionist, read(centre, student_id), "services", class_id=2)
    assert (read(centre, student_id).class_name, charges()) == ("一年级午托班", [("charge", 390_000)])


@pytest.mark.clause("P5")
def test_a_discount_that_was_reversed_in_the_ledger_is_no_longer_agreed(centre: Centre) -> None:
    form = builders.an_application(centre.receptionist, discounts=(Discount("siblings", "", 39_000),))
    student_id = review.approve(centre.manager, form, 1).student_id
    (row,) = database.execute_sql("SELECT id FROM ledger WHERE kind = 'discount'").fetchone()
    ledger.reverse(centre.manager, row, "哥哥已退托", opid=builders.opid())
    found = read(centre, student_id)
    assert (found.registration.services.discounts, found.balance_fen) == ((), 390_000)
    save(centre.manager, found, "services", class_id=2)
