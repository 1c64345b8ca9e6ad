"""Signatures on the screen and scans of signed sheets."""

from app.process import confirmation, scans, screen_signature
from tests import builders, scanned
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("screen_signature.sign", "sign")
def sign(centre: Centre) -> Call:
    form = builders.a_registration()
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager, form))
    strokes = scanned.signatures(screen_signature.begin(centre.manager, sheet.id).places)
    return lambda actor: screen_signature.sign(
        actor, sheet.id, shown=sheet.sha256, strokes=strokes, signer=form.guardians[0].name, relation="father",
    )  # fmt: skip


@sample("scans.attach", "sign")
def attach(centre: Centre) -> Call:
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager))
    return lambda actor: scans.attach(actor, sheet.id, scanned.jpeg())


@sample("scans.take_off", "sign")
def take_off(centre: Centre) -> Call:
    sheet = confirmation.make_sheet(centre.manager, student_id=builders.a_student(centre.manager))
    scan = scans.attach(centre.manager, sheet.id, scanned.jpeg())
    return lambda actor: scans.take_off(actor, scan.id, "附错了")
