"""Pictures of children: what may be kept and who reads what."""

from dataclasses import replace

import pytest

from app.errors import Damaged, Refused
from app.models import stored_files
from app.models.database import files
from app.process import application, backups, checks, clock, confirmation, office, papers, photos, student_file
from app.process.findings import DAMAGE
from tests import builders
from tests.conftest import Centre, Clock

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 10


@pytest.mark.clause("P1")
def test_a_picture_is_kept_and_read_again(centre: Centre) -> None:
    digest = photos.keep(centre.receptionist, JPEG)
    assert photos.content(centre.teacher, digest) == JPEG


def test_what_is_no_picture_is_not_kept(centre: Centre) -> None:
    with pytest.raises(Refused, match="photo_unusable"):
        photos.keep(centre.receptionist, b"%PDF-1.4")
    with pytest.raises(Refused, match="no_right"):
        photos.keep(centre.teacher, JPEG)


@pytest.mark.clause("P13")
def test_nobody_reads_a_paper_as_if_it_were_a_picture(centre: Centre) -> None:
    student = builders.a_student(centre.manager)
    confirmation.make_sheet(centre.manager, student_id=student)
    (sheet,) = student_file.profile(centre.teacher, student).papers
    with pytest.raises(Damaged, match="stored_file_missing"):
        photos.content(centre.teacher, sheet.sha256)


def stored() -> set[str]:
    return {digest for (digest,) in files.execute_sql("SELECT sha256 FROM stored_file WHERE kind IN ('photo', 'logo')")}


@pytest.mark.clause("P13")
def test_a_picture_that_nothing_names_any_more_goes_a_month_later_with_the_backup_at_the_end(
    centre: Centre, the_clock: Clock,
) -> None:
    left, typed, waiting, of_child, replaced, logo = (
        photos.keep(centre.receptionist, JPEG + name.encode())
        for name in ("left", "typed", "waiting", "of a child", "replaced", "logo")
    )
    whole = builders.a_registration()
    application.save_draft(centre.receptionist, None, replace(whole, child=replace(whole.child, photo=typed)), 0)
    builders.an_application(centre.receptionist, photo=waiting)
    student = builders.a_student(centre.manager, photo=replaced)
    found = student_file.profile(centre.manager, student)
    child = replace(found.registration.child, photo=of_child)
    version = student_file.save_section(
        centre.manager, student, "child", replace(found.registration, child=child), found.version,
    )  # fmt: skip
    office.change_logo(centre.manager, b"before")
    office.change_logo(centre.manager, JPEG + b"logo")
    assert stored() >= {left, typed, waiting, of_child, replaced, logo}
    sheet = confirmation.make_sheet(centre.manager, student_id=student)
    orphan = stored_files.store("sheet", b"handed out before an older backup was restored", clock.now())

    the_clock.go_on(days=29)
    backups.make("exit")
    assert left in stored()
    the_clock.go_on(days=2)
    backups.make("by_hand")  # somebody may be at work
    assert left in stored()
    backups.make("exit")
    assert stored() == {typed, waiting, of_child, replaced, logo}
    assert papers.content(centre.manager, sheet.id)
    assert stored_files.content(orphan)
    student_file.undo_last(centre.manager, student, version)
    assert photos.content(centre.manager, student_file.profile(centre.manager, student).registration.child.photo)
    assert not [one for one in checks.check(centre.folder, centre.key, backup=False) if one.strength == DAMAGE]
