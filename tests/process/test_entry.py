"""Entry: an approved registration becomes a student."""

from dataclasses import replace

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, entry, office, review, student_file, student_list
from app.process.actor import Actor
from app.rules.person import Contact, Discount, Guardian, PickUp, Registration
from tests import builders
from tests.conftest import Centre, Clock

LEDGER = "SELECT kind, fen, service_id, period_from, period_to, unit, unit_fen, quantity, rule FROM ledger ORDER BY id"


def enter(actor: Actor, form: Registration, **more: object) -> entry.Admitted:
    return review.submit_and_approve(actor, form, opid=builders.opid(), **more)  # type: ignore[arg-type]


def ledger() -> list[tuple[object, ...]]:
    return [tuple(row) for row in database.execute_sql(LEDGER)]


def leave(student_id: int, state: str = "left") -> None:
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = ? WHERE id = ?", (state, student_id))


@pytest.mark.clause("P3")
def test_everything_that_was_typed_is_in_the_file(centre: Centre) -> None:
    form = builders.a_registration(
        guardians=(Guardian("李龑", "mother", "13957189042", "liyan", "浙江省立同德医院", payer=True),
                   Guardian("张志强", "father", "13805712236", may_collect=False, lives_with_child=False)),
        contacts=(Contact("王秀英", "grandmother_m", "13738216650", may_collect=True),),
        pick_up=PickUp(goes_home_alone=True, alone_from="17:30", note="走文三路"),
        allergies="花生、腰果", marks=("food_allergy",), special_needs="左耳听力较弱", heard_of="朋友介绍",
    )  # fmt: skip
    admitted = review.approve(centre.manager, builders.an_application(centre.receptionist, form), 1)
    found = student_file.profile(centre.manager, admitted.student_id).registration
    known = replace(
        found,
        child=replace(found.child, identity_number=student_file.reveal_identity(centre.manager, admitted.student_id)),
        guardians=tuple(replace(one, id=None) for one in found.guardians),
    )
    assert known == form


@pytest.mark.clause("P3")
def test_the_number_counts_on_within_the_year_and_starts_again(centre: Centre, the_clock: Clock) -> None:
    numbers = [enter(centre.manager, builders.a_registration()).number for _ in range(2)]
    the_clock.set("2027-01-04")
    lines = (builders.a_line(from_date="2027-02-01", to_date="2027-06-30"),)
    numbers.append(enter(centre.manager, builders.a_registration(lines=lines)).number)
    assert numbers == ["20260001", "20260002", "20270001"]


@pytest.mark.clause("P3")
def test_the_form_of_the_number_can_be_set_and_no_number_comes_twice(centre: Centre) -> None:
    enter(centre.manager, builders.a_registration())
    office.change_settings(centre.manager, {"student_number_form": "AT{no:05d}"})
    assert enter(centre.manager, builders.a_registration()).number == "AT00001"
    office.change_settings(centre.manager, {"student_number_form": "2026{no:04d}"})
    assert enter(centre.manager, builders.a_registration()).number == "20260002"


@pytest.mark.clause("P3")
def test_a_fault_in_the_middle_leaves_no_student_no_number_no_charge(
    centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    application_id = builders.an_application(centre.receptionist)
    monkeypatch.setattr("app.process.confirmation.settle", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        review.approve(centre.manager, application_id, 1)
    monkeypatch.undo()
    assert (ledger(), student_list.counts(centre.manager)["all"]) == ([], 0)
    assert review.look_at(centre.manager, application_id).state == "submitted"
    assert review.approve(centre.manager, application_id, 1).number == "20260001"


@pytest.mark.clause("P3")
@pytest.mark.clause("P5")
def test_lines_and_discounts_are_charged_in_the_ledger(centre: Centre) -> None:
    lines = (
        builders.a_line(),
        builders.a_line("晚餐", session="none", unit="meal", unit_fen=1_500, quantity=92),
        builders.a_line("材料费", session="none", unit="once", unit_fen=12_000, quantity=1, from_date="", to_date=""),
    )
    family = application.family(centre.receptionist, builders.a_student(centre.manager, builders.a_registration()))
    form = builders.a_registration(
        lines=lines, discounts=(Discount("siblings", "哥哥在读", 39_000),), guardians=family.guardians,
    )  # fmt: skip
    admitted = enter(centre.receptionist, form)
    period = ("2026-09-14", "2027-01-22")
    assert ledger()[1:] == [
        ("charge", 390_000, 1, *period, "month", 78_000, 5, ""),
        ("charge", 138_000, 4, *period, "meal", 1_500, 92, ""),
        ("charge", 12_000, 5, *period, "once", 12_000, 1, ""),
        ("discount", -39_000, None, *period, "", 0, 0, "siblings"),
    ]
    assert admitted.due_fen == 501_000
    profile = student_file.profile(centre.manager, admitted.student_id)
    assert (profile.balance_fen, profile.state, profile.ends_on) == (501_000, "entered", "2027-01-22")
    assert profile.registration.services.discounts == (Discount("siblings", "哥哥在读", 39_000),)


@pytest.mark.clause("P6")
def test_with_nothing_due_the_student_is_paid_at_once(centre: Centre) -> None:
    form = builders.a_registration(lines=(), discounts=())
    admitted = review.approve(centre.manager, builders.an_application(centre.receptionist, form), 1)
    assert student_file.profile(centre.manager, admitted.student_id).state == "paid"


@pytest.mark.clause("P1")
def test_brothers_and_sisters_share_the_guardian(centre: Centre) -> None:
    elder = builders.a_student(centre.manager, builders.a_registration(name="张珞晨"))
    family = application.family(centre.receptionist, elder)
    form = builders.a_registration(name="张沐阳", guardians=family.guardians)
    younger = enter(centre.receptionist, form).student_id
    assert [one.name for one in student_file.profile(centre.manager, elder).siblings] == ["张沐阳"]
    assert database.execute_sql("SELECT count(*) FROM guardian").fetchone()[0] == 1
    assert student_file.profile(centre.manager, younger).registration.guardians == family.guardians


@pytest.mark.clause("P4")
def test_a_new_phone_of_a_shared_guardian_reaches_the_brother_and_makes_his_sheet_stale(centre: Centre) -> None:
    elder = builders.a_student(centre.manager, builders.a_registration(name="张珞晨"))
    with unit_of_work():
        database.execute_sql("UPDATE student SET unsigned = 0 WHERE id = ?", (elder,))
    (guardian,) = application.family(centre.receptionist, elder).guardians
    form = builders.a_registration(name="张沐阳", guardians=(replace(guardian, mobile="13712345678"),))
    enter(centre.receptionist, form)
    profile = student_file.profile(centre.manager, elder)
    assert (profile.registration.guardians[0].mobile, profile.unsigned, profile.version) == ("13712345678", True, 2)
    assert elder in student_list.ids(centre.manager, text="5678")


def test_a_guardian_who_does_not_exist_is_refused(centre: Centre) -> None:
    form = builders.a_registration(guardians=(builders.a_guardian(id=77),))
    with pytest.raises(Refused) as stop:
        enter(centre.receptionist, form)
    assert stop.value.code == "guardian_unknown"
    assert review.waiting(centre.receptionist) == ()


# coming back (P3) ---------------------------------------------------------------------------------------------------


@pytest.mark.clause("P3")
@pytest.mark.parametrize("state", ["left", "archived"])
def test_a_former_student_who_comes_back_keeps_the_number(centre: Centre, state: str) -> None:
    form = builders.a_registration()
    first = enter(centre.receptionist, form)
    leave(first.student_id, state)
    (match,) = application.matches(centre.receptionist, form)
    assert (match.kind, match.former) == ("same_identity", True)
    moved = replace(form, child=replace(form.child, address="新华路 1 号"))
    again = enter(centre.receptionist, moved)
    assert (again.student_id, again.number, again.returned) == (first.student_id, first.number, True)
    profile = student_file.profile(centre.manager, first.student_id)
    assert (profile.state, profile.registration.child.address, profile.unsigned) == ("entered", "新华路 1 号", True)
    assert profile.balance_fen == first.due_fen + again.due_fen
    assert student_list.counts(centre.manager)["all"] == 1


@pytest.mark.clause("P3")
def test_one_without_an_identity_number_comes_back_when_somebody_says_so(centre: Centre) -> None:
    form = builders.a_registration(identity_number="")
    first = enter(centre.receptionist, form)
    with pytest.raises(Refused) as stop:
        enter(centre.receptionist, form, returning=first.student_id)
    assert stop.value.code == "not_a_former_student"
    leave(first.student_id)
    again = enter(centre.receptionist, form, returning=first.student_id)
    assert (again.student_id, again.number) == (first.student_id, first.number)


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雪", "sx"),
        ("曾子涵", "zzh"),
        ("区小军", "oxj"),
        ("欧阳子墨", "oyzm"),
        ("张珞晨", "luochen"),
        ("阿卜杜·热合曼", "abdrhm"),
    ],
)
def test_a_new_student_is_found_by_every_way_of_typing(centre: Centre, name: str, typed: str) -> None:
    admitted = enter(centre.receptionist, builders.a_registration(name=name))
    for text in (typed, typed.upper(), name, admitted.number, "2236"):
        assert student_list.ids(centre.receptionist, text=text).tolist() == [admitted.student_id], text
