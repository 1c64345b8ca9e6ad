"""Applications: drafts that save themselves, who is known already, submitting."""

from dataclasses import replace

import pytest

from app.errors import Refused
from app.models.database import database
from app.process import application, data_folder, office, review
from app.process.actor import Actor
from app.rules.person import Contact, Registration
from tests import builders
from tests.conftest import Centre, Clock

NOBODY = Actor(999, "nobody", "谁也不是")


def log_entries() -> int:
    return int(database.execute_sql("SELECT count(*) FROM operation_log").fetchone()[0])


def refused(call: object, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)  # type: ignore[operator]
    return found.value


# drafts -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_what_is_typed_is_there_again_when_the_draft_is_opened(receptionist: Actor) -> None:
    form = Registration(child=replace(builders.a_registration().child, name="张珞"))
    draft_id = application.save_draft(receptionist, None, form, 0)
    longer = replace(form, child=replace(form.child, name="张珞晨"))
    assert application.save_draft(receptionist, draft_id, longer, 1) == draft_id
    found = application.open_draft(receptionist, draft_id)
    assert (found.registration, found.step, found.application_id) == (longer, 1, None)


def test_half_a_character_from_a_broken_paste_does_not_stop_the_saving(receptionist: Actor) -> None:
    form = builders.a_registration(name="张\ud800珞晨")
    draft_id = application.save_draft(receptionist, None, form, 0)
    assert application.open_draft(receptionist, draft_id).registration.child.name == "张?珞晨"


@pytest.mark.clause("P1")
def test_what_was_saved_is_there_after_an_end_without_a_word(centre: Centre) -> None:
    form = builders.a_registration()
    draft_id = application.save_draft(centre.receptionist, None, form, 3)
    data_folder.abandon()  # nothing is finished or told, as at a power cut
    centre.open("receptionist")
    assert application.open_draft(centre.receptionist, draft_id).registration == form


def test_held_work_of_others_is_seen_with_its_author(centre: Centre, the_clock: Clock) -> None:
    mine = application.save_draft(centre.receptionist, None, builders.a_registration(name="陈一"), 2)
    the_clock.go_on(minutes=5)
    theirs = application.save_draft(centre.manager, None, builders.a_registration(name="李二"), 1)
    rows = application.drafts(centre.receptionist)
    assert [(row.id, row.title, row.step, row.author, row.mine) for row in rows] == [
        (theirs, "李二", 1, "王丽华", False),
        (mine, "陈一", 2, "林小婉", True),
    ]


def test_whoever_goes_on_with_held_work_leaves_its_author(centre: Centre) -> None:
    draft_id = application.save_draft(centre.receptionist, None, builders.a_registration(), 2)
    application.save_draft(centre.manager, draft_id, builders.a_registration(name="李二"), 3)
    (row,) = application.drafts(centre.manager)
    assert (row.title, row.author) == ("李二", "林小婉")


def test_a_draft_leaves_no_entry_in_the_log(receptionist: Actor) -> None:
    before = log_entries()
    draft_id = application.save_draft(receptionist, None, builders.a_registration(), 0)
    application.drop_draft(receptionist, draft_id)
    assert log_entries() == before


def test_a_draft_that_was_dropped_meanwhile_is_kept_anew(receptionist: Actor) -> None:
    draft_id = application.save_draft(receptionist, None, builders.a_registration(), 0)
    application.drop_draft(receptionist, draft_id)
    again = application.save_draft(receptionist, draft_id, builders.a_registration(name="李二"), 0)
    assert application.open_draft(receptionist, again).registration.child.name == "李二"


def test_only_its_author_or_a_reviewer_throws_held_work_away(centre: Centre) -> None:
    draft_id = application.save_draft(centre.manager, None, builders.a_registration(), 0)
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist",))
    assert refused(application.drop_draft, centre.receptionist, draft_id).code == "draft_of_another"
    office.set_roles(centre.manager, centre.receptionist.user_id, ("receptionist", "class_administrator"))
    application.drop_draft(centre.receptionist, draft_id)
    assert application.drafts(centre.manager) == ()
    assert refused(application.open_draft, centre.manager, draft_id).code == "draft_unknown"


# who is known already -----------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_the_same_identity_number_is_told_with_the_record(centre: Centre) -> None:
    form = builders.a_registration(name="张珞晨")
    student_id = builders.a_student(centre.manager, form)
    other = builders.a_registration(name="张洛晨", identity_number=form.child.identity_number)
    (match,) = application.matches(centre.receptionist, other)
    assert (match.kind, match.student_id, match.name, match.class_name) == (
        "same_identity", student_id, "张珞晨", "三年级晚托班",
    )  # fmt: skip
    stop = refused(application.submit, centre.receptionist, other, opid="a", not_same=(student_id,))
    assert (stop.code, stop.values["name"], stop.values["number"]) == ("same_identity", "张珞晨", match.number)


@pytest.mark.clause("P1")
def test_the_same_name_and_birth_date_asks(centre: Centre) -> None:
    form = builders.a_registration()
    student_id = builders.a_student(centre.manager, form)
    child = form.child
    twin = builders.a_registration(name=child.name, birth_date=child.birth_date, sex=child.sex, identity_number="")
    (match,) = application.matches(centre.receptionist, twin)
    assert (match.kind, match.key) == ("same_name_and_birth", student_id)
    asks = refused(application.submit, centre.receptionist, twin, opid="a")
    assert (asks.code, asks.values["count"], asks.values["name"]) == ("matches_unanswered", 1, child.name)
    assert application.submit(centre.receptionist, twin, opid="a", not_same=(student_id,)).application_id


@pytest.mark.clause("P1")
def test_another_character_with_the_same_sound_and_phone_asks(centre: Centre) -> None:
    form = builders.a_registration(name="张珞晨")
    builders.a_student(centre.manager, form)
    again = builders.a_registration(name="张洛晨", mobile=form.guardians[0].mobile)
    assert [match.kind for match in application.matches(centre.receptionist, again)] == ["same_pinyin_and_phone"]


@pytest.mark.clause("P1")
def test_a_known_guardians_phone_offers_the_family(centre: Centre) -> None:
    elder = builders.a_registration(name="张珞晨")
    elder_id = builders.a_student(centre.manager, elder)
    mobile = elder.guardians[0].mobile
    younger = builders.a_registration(name="张沐阳", mobile=f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}")
    (match,) = application.matches(centre.receptionist, younger)
    assert (match.kind, match.student_id, match.guardian_name, match.relation, match.mobile) == (
        "sibling", elder_id, elder.guardians[0].name, "father", mobile,
    )  # fmt: skip
    family = application.family(centre.receptionist, elder_id)
    assert (family.child_name, family.address) == ("张珞晨", elder.child.address)
    shared = replace(younger, guardians=family.guardians)
    assert application.matches(centre.receptionist, shared) == ()


def test_a_phone_typed_again_without_sharing_must_be_answered(centre: Centre) -> None:
    elder = builders.a_registration(name="张珞晨")
    elder_id = builders.a_student(centre.manager, elder)
    younger = builders.a_registration(name="张沐阳", mobile=elder.guardians[0].mobile)
    assert refused(application.submit, centre.receptionist, younger, opid="a").code == "matches_unanswered"
    assert application.submit(centre.receptionist, younger, opid="a", not_same=(elder_id,)).may_approve


def test_an_application_that_waits_is_known_too(centre: Centre) -> None:
    form = builders.a_registration()
    waiting = builders.an_application(centre.manager, form)
    (match,) = application.matches(centre.receptionist, form)
    assert (match.kind, match.application_id, match.student_id, match.key) == ("same_identity", waiting, None, -waiting)
    assert refused(application.submit, centre.receptionist, form, opid="b").code == "same_identity"
    assert application.matches(centre.receptionist, form, application_id=waiting) == ()


def test_an_emergency_contact_with_a_known_phone_is_no_sibling(centre: Centre) -> None:
    form = builders.a_registration()
    builders.a_student(centre.manager, form)
    other = builders.a_registration(contacts=(Contact("陈秀英", "aunt", form.contacts[0].mobile),))
    assert application.matches(centre.receptionist, other) == ()


# submitting ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
@pytest.mark.clause("P3")
def test_what_is_submitted_is_put_in_order(receptionist: Actor) -> None:
    messy = builders.a_registration(
        name=" 张 珞晨 ", mobile="＋86 １３８-0571-2236", address="  杭州市　西湖区  ",
        identity_number=" 11010519491231002x ", birth_date="1949-12-31",
    )  # fmt: skip
    submitted = application.submit(receptionist, messy, opid="a", not_same=())
    stored = application.load(submitted.application_id).registration
    assert (stored.child.name, stored.child.identity_number) == ("张珞晨", "11010519491231002X")
    assert stored.guardians[0].mobile == "13805712236"


@pytest.mark.clause("P1")
def test_an_error_stops_and_says_which(receptionist: Actor) -> None:
    stop = refused(application.submit, receptionist, builders.a_registration(mobile="1380571223"), opid="a")
    assert (stop.code, stop.values["field"], stop.values["count"]) == (
        "registration_has_errors", "guardians.0.mobile", 1,
    )  # fmt: skip
    assert review.waiting(receptionist) == ()


def test_submitting_twice_makes_one_application(receptionist: Actor) -> None:
    form = builders.a_registration()
    first = application.submit(receptionist, form, opid="once")
    entries = log_entries()
    assert application.submit(receptionist, form, opid="once") == first
    assert (len(review.waiting(receptionist)), log_entries()) == (1, entries)


def test_the_draft_goes_when_it_was_submitted(receptionist: Actor) -> None:
    form = builders.a_registration()
    draft_id = application.save_draft(receptionist, None, form, 4)
    application.submit(receptionist, form, opid="a", draft_id=draft_id)
    assert application.drafts(receptionist) == ()


def test_a_service_that_is_not_on_the_list_is_an_error(receptionist: Actor) -> None:
    form = builders.a_registration(lines=(builders.a_line(service_id=77),))
    assert refused(application.submit, receptionist, form, opid="a").values["problem"] == "service_unknown"


def test_what_was_typed_in_a_pick_list_stands_first_the_next_time(receptionist: Actor) -> None:
    application.submit(receptionist, builders.a_registration(school="文三街小学", heard_of="朋友介绍"), opid="a")
    assert office.used_values(receptionist, "school")[0] == "文三街小学"
    assert office.used_values(receptionist, "heard_of") == ("朋友介绍",)


@pytest.mark.clause("P2")
def test_a_returned_application_is_edited_and_submitted_again_under_the_same_id(centre: Centre) -> None:
    application_id = builders.an_application(centre.receptionist)
    review.send_back(centre.manager, application_id, 1, "地址请写到门牌")
    draft_id = review.reopen(centre.receptionist, application_id)
    draft = application.open_draft(centre.receptionist, draft_id)
    assert draft.application_id == application_id
    better = replace(draft.registration, child=replace(draft.registration.child, address="文三路 1 号 2 幢 301 室"))
    again = application.submit(
        centre.receptionist, better, opid="second", draft_id=draft_id, application_id=application_id, version=1,
    )  # fmt: skip
    view = review.look_at(centre.manager, application_id)
    assert (again.application_id, view.version, view.state, view.reason) == (application_id, 2, "submitted", "")
    assert application.drafts(centre.receptionist) == ()


@pytest.mark.clause("P2")
def test_what_was_answered_about_others_need_not_be_answered_again(centre: Centre) -> None:
    elder = builders.a_registration(name="张珞晨")
    elder_id = builders.a_student(centre.manager, elder)
    form = builders.a_registration(name="张沐阳", mobile=elder.guardians[0].mobile)
    first = application.submit(centre.receptionist, form, opid="a", not_same=(elder_id,)).application_id
    moved = builders.changed(form, address="新华路 1 号")
    again = application.submit(centre.receptionist, moved, opid="b", application_id=first, version=1)
    assert (again.application_id, review.look_at(centre.manager, first).not_same) == (first, (elder_id,))


def test_a_decided_application_is_not_submitted_again(centre: Centre) -> None:
    form = builders.a_registration()
    application_id = builders.an_application(centre.receptionist, form)
    review.withdraw(centre.receptionist, application_id, 1, "不来了")
    stop = refused(application.submit, centre.receptionist, form, opid="b", application_id=application_id, version=1)
    assert stop.code == "application_decided"


@pytest.mark.clause("P1")
@pytest.mark.parametrize("channel", ["counter", "paper", "online", "pdf"])
def test_the_channel_is_kept(receptionist: Actor, channel: str) -> None:
    application.submit(receptionist, builders.a_registration(), opid="a", channel=channel)
    assert review.waiting(receptionist)[0].channel == channel


@pytest.mark.parametrize("call", [application.drafts, application.matches, application.family])
def test_nobody_without_the_right_reads_applications(centre: Centre, call: object) -> None:
    more = {application.matches: (builders.a_registration(),), application.family: (1,)}.get(call, ())  # type: ignore[call-overload]
    assert refused(call, centre.finance, *more).code == "no_right"
    assert refused(call, NOBODY, *more).code == "no_right"
