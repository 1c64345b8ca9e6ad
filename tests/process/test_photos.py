"""Pictures of children: what may be kept and who reads what."""

import pytest

from app.errors import Damaged, Refused
from app.process import confirmation, photos, student_file
from tests import builders
from tests.conftest import Centre

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
