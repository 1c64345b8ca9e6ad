from app.models.database import database, unit_of_work
from app.process import (
    application,
    asking,
    care_places,
    finding_counts,
    match_answers,
    merging,
    review,
    review_queue,
    ticks,
    waiting_list,
)
from app.process.asking import Contacted
from tests import builders
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("review.reject", "review")
def reject(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: review.reject(actor, application_id, 1, "年龄不符")


@sample("review_queue.count_on", "review|register", logged=False)
def count_on(centre: Centre) -> Call:
    builders.an_application(centre.manager)
    with unit_of_work():
        finding_counts.forget_all()
    return review_queue.count_on


@sample("ticks.tick", "review|register")
def tick(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: ticks.tick(actor, application_id, 1, ticks.items()[0])


@sample("asking.log_contact", "review|register")
def log_contact(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    contact = Contacted("张志强", "phone", "no_answer")
    return lambda actor: asking.log_contact(actor, application_id, 1, contact)


@sample("waiting_list.put", "review")
def put(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: waiting_list.put(actor, application_id, 1, "名额已满")


@sample("waiting_list.offer", "review")
def offer(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    waiting_list.put(centre.manager, application_id, 1, "名额已满")
    return lambda actor: waiting_list.offer(actor, application_id, 1, "2030-01-01")


@sample("waiting_list.hold", "review|register")
def hold(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: waiting_list.hold(actor, application_id, "2030-01-01", "押金收据 2026-000001")


@sample("care_places.set_limit", "manage_centre")
def set_limit(centre: Centre) -> Call:
    return lambda actor: care_places.set_limit(actor, "grade", "3", 20)


@sample("match_answers.answer", "review|register")
def answer(centre: Centre) -> Call:
    form = builders.a_registration(identity_number="")
    first = builders.an_application(centre.manager, form)
    second = application.submit(centre.manager, form, opid=builders.opid(), not_same=(-first,)).application_id
    return lambda actor: match_answers.answer(actor, second, 1, -first, "")


@sample("merging.merge", "merge_students")
def merge(centre: Centre) -> Call:
    goes, stays = builders.a_student(centre.manager), builders.a_student(centre.manager)
    (goes_version,) = database.execute_sql("SELECT version FROM student WHERE id = ?", (goes,)).fetchone()
    return lambda actor: merging.merge(
        actor, goes, stays, (goes_version, 1), "登记了两次", opid=builders.opid(),
    )  # fmt: skip
