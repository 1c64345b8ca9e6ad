"""Duplicates and families at the review: the same child, a brother or sister, or somebody else."""

from dataclasses import replace

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import application, match_answers, operation_log, review, student_file, ticks
from app.rules.person import Registration
from tests import builders
from tests.conftest import Centre

pytestmark = [pytest.mark.clause("P1"), pytest.mark.clause("P2")]


def refused(call: object, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)  # type: ignore[operator]
    return found.value


def imported(centre: Centre, form: Registration) -> int:
    """An application that came in without anybody being asked, as from a form service."""
    with unit_of_work():
        columns = application.as_submitted(
            centre.receptionist, application.Checked(form, (), None), builders.opid(), "online",
        )  # fmt: skip
        (key,) = database.execute_sql(
            f"INSERT INTO application ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) RETURNING id",
            tuple(columns.values()),
        ).fetchone()
    return int(key)


def gone(student_id: int) -> None:
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (student_id,))


def test_a_former_student_returns_with_the_old_number(centre: Centre) -> None:
    form = builders.a_registration(identity_number="")
    student = builders.a_student(centre.manager, form)
    gone(student)
    waiting = imported(centre, form)
    (match,) = review.look_at(centre.manager, waiting).matches
    ticks.tick(centre.manager, waiting, 1, "证件真实")
    version = match_answers.answer(centre.manager, waiting, 1, match.key, "returning")
    view = review.look_at(centre.manager, waiting)
    assert (view.returning, view.problems) == (student, ())
    assert [one.item for one in view.ticks if one.at] == ["证件真实"], "what was verified stays verified"
    assert refused(review.approve, centre.manager, waiting, 1).code == "application_changed"
    admitted = review.approve(centre.manager, waiting, version)
    assert (admitted.student_id, admitted.returned) == (student, True)


def test_a_brother_or_sister_shares_the_guardian_instead_of_a_copy(centre: Centre) -> None:
    elder = builders.a_registration(mobile="13800001111", workplace="文新小学")
    student = builders.a_student(centre.manager, elder)
    younger = builders.a_registration(mobile="13800001111", guardian_name="张志强", wechat="zzq")
    waiting = imported(centre, younger)
    (match,) = review.look_at(centre.manager, waiting).matches
    assert match.kind == "sibling"
    version = match_answers.answer(centre.manager, waiting, 1, match.key, "family")
    (shared,) = review.look_at(centre.manager, waiting).registration.guardians
    known = student_file.profile(centre.manager, student).registration.guardians[0]
    assert (shared.id, shared.name, shared.wechat) == (known.id, known.name, "zzq")
    admitted = review.approve(centre.manager, waiting, version)
    siblings = student_file.profile(centre.manager, admitted.student_id).siblings
    assert [one.student_id for one in siblings] == [student]
    (entry,) = operation_log.entries(centre.manager, action="answer_match")
    assert entry.details["answer"] == "family"


def test_somebody_else_is_no_finding_any_more_until_the_answer_is_taken_back(centre: Centre) -> None:
    form = builders.a_registration(identity_number="")
    builders.a_student(centre.manager, form)
    waiting = imported(centre, form)
    (match,) = review.look_at(centre.manager, waiting).matches
    assert match_answers.answer(centre.manager, waiting, 1, match.key, "other") == 2
    view = review.look_at(centre.manager, waiting)
    assert view.not_same == (match.key,)
    assert [row.findings for row in review.waiting(centre.manager)] == [0]
    assert match_answers.answer(centre.manager, waiting, 2, match.key, "") == 3
    assert review.look_at(centre.manager, waiting).not_same == ()
    assert [row.findings for row in review.waiting(centre.manager)] == [1]


def test_the_same_identity_number_is_never_somebody_else(centre: Centre) -> None:
    form = builders.a_registration()
    student = builders.a_student(centre.manager, form)
    waiting = imported(centre, form)
    assert refused(match_answers.answer, centre.manager, waiting, 1, student, "other").code == "same_identity"
    stop = refused(match_answers.answer, centre.manager, waiting, 1, student, "returning")
    assert stop.code == "not_a_former_student", "who is here need not come back: the application is rejected"


def test_only_a_match_is_answered_and_only_who_shares_a_phone_is_family(centre: Centre) -> None:
    form = builders.a_registration(identity_number="")
    student = builders.a_student(centre.manager, form)
    stranger = builders.a_student(centre.manager, builders.a_registration())
    other_phone = replace(form, guardians=(replace(form.guardians[0], mobile="13911112222"),), contacts=())
    waiting = imported(centre, other_phone)
    assert refused(match_answers.answer, centre.manager, waiting, 1, stranger, "other").code == "match_unknown"
    assert refused(match_answers.answer, centre.manager, waiting, 1, student, "family").code == "no_shared_guardian"


def test_the_import_leaves_the_counting_to_the_queue(centre: Centre) -> None:
    imported(centre, builders.a_registration())
    assert [row.counted for row in review.waiting(centre.manager)] == [False]
