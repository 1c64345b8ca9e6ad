"""Places of class, service and grade, the waiting list, and places that are held until a day."""

import pytest

from app.errors import Refused
from app.models.database import database, unit_of_work
from app.process import care_places, office, operation_log, reminders, review, waiting_list
from tests import builders
from tests.conftest import Centre, Clock

pytestmark = pytest.mark.clause("P2")


def refused(call: object, *args: object, **values: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **values)  # type: ignore[operator]
    return found.value


def small_class(centre: Centre, places: int) -> int:
    """A class with few places."""
    return office.save_class(centre.manager, None, "小小班", "101", places, None)


def wants(centre: Centre, class_id: int, **changes: object) -> int:
    return builders.an_application(centre.receptionist, builders.a_registration(class_id=class_id, **changes))


def leave(student_id: int) -> None:
    with unit_of_work():
        database.execute_sql("UPDATE student SET state = 'left' WHERE id = ?", (student_id,))


def test_the_review_says_how_many_places_are_taken(centre: Centre) -> None:
    class_id = small_class(centre, 2)
    builders.a_student(centre.manager, builders.a_registration(class_id=class_id))
    care_places.set_limit(centre.manager, "service", str(centre.services["晚托"]), 30)
    care_places.set_limit(centre.manager, "grade", "3", 1)
    view = review.look_at(centre.manager, wants(centre, class_id))
    assert [(one.kind, one.name, one.taken, one.places) for one in view.places] == [
        ("class", "小小班", 1, 2), ("service", "晚托", 1, 30), ("grade", "三年级", 1, 1),
    ]  # fmt: skip
    assert [one.code for one in view.problems] == ["grade_full"]
    assert care_places.limits(centre.receptionist) == {("grade", "3"): 1, ("service", "1"): 30}
    care_places.set_limit(centre.manager, "grade", "3", 0)
    assert care_places.limits(centre.receptionist) == {("service", "1"): 30}


def test_places_are_given_for_services_and_grades_that_there_are(centre: Centre) -> None:
    assert refused(care_places.set_limit, centre.manager, "grade", "13", 5).code == "unknown_grade"
    assert refused(care_places.set_limit, centre.manager, "service", "99", 5).code == "unknown_service"
    assert refused(care_places.set_limit, centre.manager, "grade", "3", -1).code == "bad_capacity"


def test_without_a_place_the_decision_is_the_waiting_list_in_the_order_of_the_decisions(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    class_id = small_class(centre, 1)
    sits = builders.a_student(centre.manager, builders.a_registration(class_id=class_id))
    first, second = wants(centre, class_id), wants(centre, class_id)
    assert "class_full" in [one.code for one in review.look_at(centre.manager, first).problems]
    assert refused(waiting_list.put, centre.manager, first, 1, "").code == "reason_missing"
    assert waiting_list.put(centre.manager, second, 1, "名额已满") == 1
    the_clock.go_on(days=1)
    assert waiting_list.put(centre.manager, first, 1, "名额已满") == 2
    rows = [(row.application_id, row.state, row.list_place) for row in review.waiting(centre.manager)]
    assert rows == [(second, "waiting_list", 1), (first, "waiting_list", 2)]
    assert waiting_list.offers(centre.receptionist) == ()
    assert refused(waiting_list.offer, centre.manager, second, 1, "2026-12-31").code == "no_place_free"
    leave(sits)
    assert [one.application_id for one in waiting_list.offers(centre.receptionist)] == [second], "one place, one offer"
    kinds = {one.kind: one for one in reminders.today(centre.manager).groups}
    assert [row.id for row in kinds["place_free"].rows] == [second]


def test_a_free_place_is_offered_and_held_until_the_family_comes(centre: Centre, the_clock: Clock) -> None:
    class_id = small_class(centre, 1)
    first, second = wants(centre, class_id), wants(centre, class_id)
    waiting_list.put(centre.manager, first, 1, "名额已满")
    waiting_list.offer(centre.manager, first, 1, "2026-09-20")
    view = review.look_at(centre.manager, first)
    assert (view.state, view.due_on, view.hold.until if view.hold else "") == ("submitted", "2026-09-20", "2026-09-20")
    assert view.places[0].free == 1, "its own place is not taken away from it"
    assert [one.code for one in review.look_at(centre.manager, second).problems] == ["class_full"]
    the_clock.set("2026-09-21")
    assert review.look_at(centre.manager, second).problems == (), "the day is over"
    assert review.approve(centre.manager, first, 1).student_id


def test_a_deposit_holds_a_place_until_a_day_and_the_first_page_says_when_it_runs_out(
    centre: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    waiting = wants(centre, 1)
    assert refused(waiting_list.hold, centre.manager, waiting, "下周").code == "hold_day_invalid"
    assert refused(waiting_list.hold, centre.manager, waiting, "2026-09-01").code == "hold_day_past"
    waiting_list.hold(centre.receptionist, waiting, "2026-09-18", "押金收据 SJ-2026-000001")
    (row,) = review.waiting(centre.manager)
    assert row.held_until == "2026-09-18"
    assert all(one.kind != "holds" for one in reminders.today(centre.manager).groups)
    the_clock.set("2026-09-19")
    (group,) = [one for one in reminders.today(centre.manager).groups if one.kind == "holds"]
    assert (group.overdue, group.rows[0].note) == (1, "押金收据 SJ-2026-000001")
    waiting_list.hold(centre.receptionist, waiting, "")
    assert review.look_at(centre.manager, waiting).hold is None
    assert [one.action for one in operation_log.entries(centre.manager)[:2]] == ["let_place_go", "hold_place"]


def test_an_application_that_is_decided_holds_no_place(centre: Centre) -> None:
    waiting = wants(centre, small_class(centre, 1))
    review.reject(centre.manager, waiting, 1, "年龄不符")
    assert refused(waiting_list.hold, centre.manager, waiting, "2026-09-18").code == "application_decided"
    assert refused(waiting_list.put, centre.manager, waiting, 1, "名额已满").code == "application_decided"
