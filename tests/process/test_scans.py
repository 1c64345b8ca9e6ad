"""Scans of a signed sheet: made small and plain, kept by their hash; what is hostile or broken writes nothing."""

import random
from io import BytesIO
from itertools import count

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.errors import Damaged, Refused
from app.exchange import pictures
from app.models.database import database, files
from app.process import apart, checks, confirmation, papers, scans
from app.process.papers import PaperFact
from tests import builders, scanned
from tests.conftest import Centre
from tests.process.test_confirmation import refused

MUTANTS = 500


def a_pdf(pages: int = 2) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(pages):
        canvas.drawString(72, 720, f"page {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def sheet(centre: Centre) -> PaperFact:
    return confirmation.make_sheet(centre.receptionist, student_id=builders.a_student(centre.manager))


def stored() -> int:
    return int(files.execute_sql("SELECT count(*) FROM stored_file").fetchone()[0])


@pytest.mark.clause("P4")
def test_a_phones_photo_is_kept_small_upright_and_without_what_the_phone_wrote(
    centre: Centre, sheet: PaperFact,
) -> None:  # fmt: skip
    prepared = scans.prepare(scanned.phone_photo())
    scan = scans.attach(centre.receptionist, sheet.id, prepared.content)
    picture = Image.open(BytesIO(scans.content(centre.receptionist, scan.id)))
    assert max(picture.size) <= pictures.SIDE
    assert picture.height > picture.width  # it lay on its side
    red, green, _ = picture.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert red > 150 > green
    assert not picture.getexif()
    assert b"CameraMaker" not in prepared.content
    assert (scan.kind, scan.added_by, scan.added_at) == ("jpeg", "林小婉", "2026-09-12T10:00:00")
    assert scan.sha256 == papers.digest(prepared.content)


@pytest.mark.clause("P4")
def test_several_scans_stand_in_their_order_and_are_counted_at_the_sheet(centre: Centre, sheet: PaperFact) -> None:
    first = scans.attach(centre.receptionist, sheet.id, scanned.jpeg())
    second = scans.attach(centre.receptionist, sheet.id, a_pdf())
    assert [one.id for one in scans.of(centre.receptionist, sheet.id)] == [first.id, second.id]
    assert papers.fact(sheet.id).scans == 2
    assert refused(scans.attach, centre.receptionist, sheet.id, a_pdf()).code == "scan_there_already"


@pytest.mark.clause("P4")
def test_a_pdf_is_kept_byte_by_byte_and_drawn_in_a_child_process(centre: Centre, sheet: PaperFact) -> None:
    content = a_pdf()
    scan = scans.attach(centre.receptionist, sheet.id, scans.prepare(content).content)
    assert scans.content(centre.receptionist, scan.id) == content
    pages = scans.pages(content)
    assert [pictures.kind(page) for page in pages] == ["jpeg", "jpeg"]
    with pytest.raises(Refused, match="pdf_unusable"):
        scans.pages(content[:300])
    with pytest.raises(Refused, match="pdf_too_long"):
        scans.pages(a_pdf(pictures.MOST_PAGES + 1))


def test_a_png_with_a_transparent_ground_becomes_paper() -> None:
    image = Image.new("RGBA", (300, 400), (0, 0, 0, 0))
    picture = Image.open(BytesIO(pictures.as_jpeg(scanned.png(image))))
    assert picture.convert("RGB").getpixel((150, 200)) == (255, 255, 255)


@pytest.mark.clause("P4")
def test_a_scan_on_the_wrong_sheet_is_taken_off_with_a_reason(centre: Centre, sheet: PaperFact) -> None:
    scan = scans.attach(centre.receptionist, sheet.id, scanned.jpeg())
    assert refused(scans.take_off, centre.receptionist, scan.id, " ").code == "reason_missing"
    scans.take_off(centre.receptionist, scan.id, "附错了孩子")
    assert scans.of(centre.receptionist, sheet.id) == ()
    assert refused(scans.content, centre.receptionist, scan.id).code == "scan_unknown"
    assert scans.attach(centre.receptionist, sheet.id, scanned.jpeg()).id != scan.id


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture_kind"),
        (b"GIF89a" + bytes(40), "picture_kind"),
        (b"MZ" + bytes(400), "picture_kind"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), "picture_heic"),
        (b"\xff\xd8\xff" + bytes(900), "picture_unusable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(900), "picture_unusable"),
        (bytes(scans.MOST_BYTES + 1), "attachment_too_big"),
    ],
)
def test_what_is_no_usable_picture_is_told_plainly(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        scans.prepare(content)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_read() -> None:
    bomb = scanned.png(Image.new("1", (9_000, 9_000)))
    assert len(bomb) < 20_000
    with pytest.raises(Refused, match="picture_too_large"):
        scans.prepare(bomb)


def test_only_what_the_child_process_gave_is_kept(centre: Centre, sheet: PaperFact) -> None:
    before = stored()
    for content in (scanned.phone_photo(), scanned.png(), b"hello"):
        assert refused(scans.attach, centre.receptionist, sheet.id, content).code == "picture_unusable"
    assert stored() == before


def test_receipts_have_no_scans_and_nobody_attaches_without_the_right(centre: Centre, sheet: PaperFact) -> None:
    for actor in (centre.finance, centre.teacher):
        assert refused(scans.attach, actor, sheet.id, scanned.jpeg()).code == "no_right"
        assert refused(scans.of, actor, sheet.id).code == "no_right"


@pytest.mark.clause("P13")
def test_a_scan_that_is_lost_is_damage(centre: Centre, sheet: PaperFact) -> None:
    scan = scans.attach(centre.receptionist, sheet.id, scanned.jpeg())
    files.execute_sql("DELETE FROM stored_file WHERE sha256 = ?", (scan.sha256,))
    with pytest.raises(Damaged, match="scan_damaged"):
        scans.content(centre.receptionist, scan.id)
    centre.close()
    found = [one.code for one in checks.check(centre.folder, centre.key, backup=False)]
    assert "stored_file_missing" in found


@pytest.mark.clause("P4")
def test_five_hundred_damaged_pictures_are_each_read_or_refused_in_one_sentence(centre: Centre) -> None:
    before = stored(), database.execute_sql("SELECT count(*) FROM operation_log").fetchone()
    told = apart.run(mutants, limits=apart.Limits(seconds=60))
    assert sum(told.values()) == MUTANTS
    assert set(told) <= {"read", "picture_unusable", "picture_too_large", "picture_kind"}
    assert told["picture_unusable"] > MUTANTS // 20
    assert (stored(), database.execute_sql("SELECT count(*) FROM operation_log").fetchone()) == before


def mutants() -> dict[str, int]:
    """What comes of pictures with bytes changed, cut out, doubled or lost; in a child process, as in the program."""
    chance, told = random.Random(20260912), dict[str, int]()
    small = scanned.picture(240, 320)
    for number in count():
        if number == MUTANTS:
            return told
        whole = bytearray(scanned.png(small) if number % 2 else scanned.jpeg(small))
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(len(whole))
            kind = chance.randrange(4)
            if kind == 0:
                whole[at] = chance.randrange(256)
            elif kind == 1:
                del whole[at : at + chance.choice((1, 50, 4_000))]
            elif kind == 2:
                whole[at:at] = whole[at : at + chance.choice((1, 50, 4_000))]
            else:
                whole[at : at + 4] = b"\xff\xff\xff\xff"
            whole = whole or bytearray(b"\xff")
        code = came_of(bytes(whole))
        told[code] = told.get(code, 0) + 1
    return told


def came_of(content: bytes) -> str:
    """`read`, or the code of the refusal."""
    if pictures.kind(content) not in (pictures.JPEG, pictures.PNG):
        return "picture_kind"
    try:
        return "read" if pictures.is_plain_jpeg(pictures.as_jpeg(content)) else "not plain"
    except Refused as refusal:
        return refusal.code
