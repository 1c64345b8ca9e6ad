from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from app.models.database import database, unit_of_work
from app.process import application, confirmation, papers, photos, review, student_file, student_list
from tests import builders
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("drafts.save_draft", "register", logged=False)
def save_draft(centre: Centre) -> Call:
    return lambda actor: application.save_draft(actor, None, builders.a_registration(), 2)


@sample("drafts.drop_draft", "register", logged=False)
def drop_draft(centre: Centre) -> Call:
    draft_id = application.save_draft(centre.manager, None, builders.a_registration(), 2)
    with unit_of_work():
        database.execute_sql("UPDATE draft SET author_id = ?", (centre.teacher.user_id,))
    return lambda actor: application.drop_draft(actor, draft_id)


@sample("photos.keep", "register|change_students", logged=False)
def keep_photo(_centre: Centre) -> Call:
    return lambda actor: photos.keep(actor, b"\xff\xd8\xff a picture")


@sample("application.submit", "register")
def submit(centre: Centre) -> Call:
    form = builders.a_registration()
    return lambda actor: application.submit(actor, form, opid=builders.opid())


@sample("review.approve", "review")
def approve(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: review.approve(actor, application_id, 1)


@sample("review.submit_and_approve", "register")
def submit_and_approve(centre: Centre) -> Call:
    form = builders.a_registration()
    return lambda actor: review.submit_and_approve(actor, form, opid=builders.opid())


@sample("review.send_back", "review")
def send_back(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: review.send_back(actor, application_id, 1, "手机号请再核对")


@sample("review.withdraw", "register")
def withdraw(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: review.withdraw(actor, application_id, 1, "家长不来了")


@sample("review.reopen", "register", "see_health", "see_identity", logged=False)
def reopen(centre: Centre) -> Call:
    application_id = builders.an_application(centre.manager)
    return lambda actor: review.reopen(actor, application_id)


@sample("confirmation.make_sheet", "register")
def make_sheet(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    return lambda actor: confirmation.make_sheet(actor, student_id=student_id)


@sample("confirmation.mark_signed", "sign")
def mark_signed(centre: Centre) -> Call:
    form = builders.a_registration()
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager, form))
    signer = form.guardians[0].name
    return lambda actor: confirmation.mark_signed(
        actor, sheet.id, signed_on="2026-09-12", signer=signer, relation="father",
    )  # fmt: skip


@sample("confirmation.unmark", "sign")
def unmark(centre: Centre) -> Call:
    form = builders.a_registration()
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager, form))
    confirmation.mark_signed(
        centre.manager, sheet.id, signed_on="2026-09-12", signer=form.guardians[0].name, relation="father",
    )  # fmt: skip
    return lambda actor: confirmation.unmark(actor, sheet.id, "标错了")


@sample("papers.record_print", "register")
def record_print(centre: Centre) -> Call:
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager))
    return lambda actor: papers.record_print(actor, sheet.id, "HP M208dw")


@sample("papers.record_file", "register")
def record_file(centre: Centre) -> Call:
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager))
    return lambda actor: papers.record_file(actor, sheet.id)


@sample("student_file.save_section", "change_students", "see_students")
def save_section(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    whole = student_file.profile(centre.manager, student_id).registration
    changed = replace(whole, child=replace(whole.child, address="新华路 1 号"))
    return lambda actor: student_file.save_section(actor, student_id, "child", changed, 1)


@sample("student_file.undo_last", "change_students", "see_students")
def undo_last(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    whole = student_file.profile(centre.manager, student_id).registration
    changed = replace(whole, child=replace(whole.child, address="新华路 1 号"))
    version = student_file.save_section(centre.manager, student_id, "child", changed, 1)
    return lambda actor: student_file.undo_last(actor, student_id, version)


@sample("student_file.reveal_identity", "see_identity", "see_students")
def reveal_identity(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    return lambda actor: student_file.reveal_identity(actor, student_id)


@sample("student_export.begin_export", "export", "see_students")
def begin_export(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    path = Path(gettempdir()) / "never written.xlsx"
    return lambda actor: student_list.begin_export(actor, [student_id], [("name", "学员")], path)


@sample("student_export.export", "export", "see_students")
def export(centre: Centre) -> Call:
    student_id = builders.a_student(centre.manager)
    path = centre.folder.parent / "students.csv"
    return lambda actor: student_list.export(actor, [student_id], [("name", "学员")], path)
