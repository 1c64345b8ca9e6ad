"""What a printer's copy says besides: the stored bytes stay as they are, the marks lie over them."""

import subprocess
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from app.errors import Damaged
from app.printing import confirmation_sheet, marks, notice, receipt
from tests.printing import reading, samples

AT = "2026-09-13T09:02:33"


@pytest.fixture(scope="module")
def stored() -> bytes:
    return receipt.draw(samples.receipt())


@pytest.mark.clause("P5")
def test_the_stored_bytes_bear_no_count_and_no_mark(stored: bytes) -> None:
    words = reading.words(stored)
    for text in ("补打", "作废", "练习", "次打印"):
        assert text not in words


@pytest.mark.clause("P5")
def test_the_first_print_and_a_reprint_say_which_they_are(stored: bytes) -> None:
    assert "第1次打印2026-09-1309:02" in reading.words(marks.laid_over(stored, nth=1, at=AT))
    again = reading.words(marks.laid_over(stored, nth=12, at=AT))
    assert "补打第12次2026-09-1309:02" in again
    assert "次打印" not in again


@pytest.mark.clause("P5")
def test_a_void_receipt_is_stamped_and_keeps_its_words(stored: bytes) -> None:
    marked = marks.laid_over(stored, void=True)
    assert "作废VOID" in reading.words(marked)
    assert reading.words(stored) in reading.words(marked).replace("作废VOID", "")


@pytest.mark.clause("P17")
def test_practice_stands_across_every_page() -> None:
    sheet = confirmation_sheet.draw(samples.sheet(samples.MUCH))
    marked = marks.laid_over(sheet, practice=True, nth=2)
    texts = [reading.bare(page.extract_text()) for page in pypdf.PdfReader(BytesIO(marked)).pages]
    assert len(texts) > 1
    assert all("练习PRACTICE" in text and "补打第2次" in text for text in texts)


def test_a_marked_copy_begins_with_the_stored_bytes_themselves(stored: bytes) -> None:
    marked = marks.laid_over(stored, nth=3, void=True, practice=True, at=AT)
    assert marked.startswith(stored)
    assert len(marked) - len(stored) < 12_000


def test_nothing_to_say_gives_the_stored_bytes(stored: bytes) -> None:
    assert marks.laid_over(stored) is stored


def test_the_same_marks_give_the_same_bytes(stored: bytes) -> None:
    assert marks.laid_over(stored, nth=2, at=AT) == marks.laid_over(stored, nth=2, at=AT)


def test_a_copy_may_be_marked_again(stored: bytes) -> None:
    """Whoever marks a marked copy replaces the mark: the newest version of the drawing counts."""
    twice = marks.laid_over(marks.laid_over(stored, nth=2, at=AT), void=True)
    assert "作废VOID" in reading.words(twice)
    assert "补打" not in reading.words(twice)


def test_the_fonts_of_the_marks_are_embedded_too(stored: bytes) -> None:
    assert all(reading.fonts(marks.laid_over(stored, nth=2, void=True, practice=True)).values())


@pytest.mark.parametrize("changed", [{"nth": 2, "at": AT}, {"void": True}, {"practice": True}])
def test_the_marks_are_seen_in_the_picture_and_the_code_is_still_read(
    stored: bytes,
    changed: dict[str, object],
) -> None:
    marked = marks.laid_over(stored, **changed)  # type: ignore[arg-type]
    assert picture(marked) != picture(stored)
    assert reading.codes(marked) == [samples.receipt().code]


def test_the_count_lies_where_the_paper_keeps_room_for_it() -> None:
    for paper in (receipt.draw(samples.receipt()), confirmation_sheet.draw(samples.sheet())):
        marked = marks.laid_over(paper, nth=188, at=AT)
        assert not reading.overlapping(marked)
        assert not reading.outside(marked)


def test_poppler_finds_no_fault_in_a_marked_copy(stored: bytes, tmp_path: Path) -> None:
    file = tmp_path / "marked.pdf"
    file.write_bytes(marks.laid_over(stored, nth=2, void=True, practice=True, at=AT))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    assert not done.stderr
    assert "补打" in done.stdout


def test_papers_of_every_kind_can_be_marked() -> None:
    paper = notice.draw(notice.NoticeFacts(samples.CENTRE, "2026-09-01T08:30:00"))
    assert "补打第2次" in reading.words(marks.laid_over(paper, nth=2))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n%%EOF\n", b"AntuoMark", b"\xff\xd8\xff" * 100])
def test_what_is_no_paper_of_ours_is_damaged(content: bytes) -> None:
    with pytest.raises(Damaged) as trouble:
        marks.laid_over(content, nth=1)
    assert trouble.value.code == "paper_changed"


def picture(paper: bytes) -> bytes:
    document = pypdfium2.PdfDocument(paper)
    try:
        return bytes(document[0].render(scale=1).to_pil().tobytes())
    finally:
        document.close()
