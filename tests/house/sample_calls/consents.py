from app.process import consents, wordings
from tests import builders
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("consents.withdraw", "change_students", "see_students")
def withdraw(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    return lambda actor: consents.withdraw(
        actor, student_id, "privacy", given_by="张志强", relation="father", on="2026-09-12", note="来电",
    )  # fmt: skip


@sample("consents.give", "change_students", "see_students")
def give(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    return lambda actor: consents.give(
        actor, student_id, "photos", given_by="张志强", relation="father", on="2026-09-12",
    )  # fmt: skip


@sample("wordings.save", "manage_centre")
def save_wording(_centre: Centre) -> Call:
    return lambda actor: wordings.save(actor, "photos", "活动照片", "同意把照片用于班级群和门口的展板。", 1)
