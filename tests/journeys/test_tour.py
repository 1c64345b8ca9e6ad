"""The tour walks the main job in the real windows and leaves pictures and papers."""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
LONGEST = 50  # seconds of the processor: a busy computer must not decide


@dataclass(frozen=True)
class Walked:
    """A tour that was walked: its folder, how it ended, how long the processor worked."""

    folder: Path
    code: int
    out: str
    error: str
    seconds: float


def tour(folder: Path, places: Path) -> Walked:
    """Walk the tour as somebody without a screen starts it."""
    own = {name: str(places / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    before = processor_time()
    done = subprocess.run(
        [sys.executable, "-m", "app", "tour", str(folder)], cwd=PROJECT, env={**kept, **own}, capture_output=True,
        text=True, timeout=4 * LONGEST, check=False,
    )  # fmt: skip
    return Walked(folder, done.returncode, done.stdout, done.stderr, processor_time() - before)


def processor_time() -> float:
    """What the processes that were started and have ended used, in seconds; 0 on Windows, which does not count it."""
    used = os.times()
    return used.children_user + used.children_system


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    places = tmp_path_factory.mktemp("tour")
    return tour(places / "画面 pictures", places)


def test_it_ends_well_and_in_time(walked: Walked) -> None:
    assert walked.code == 0, walked.error
    assert walked.seconds < LONGEST
    assert walked.error == ""


def test_it_leaves_numbered_pictures_of_the_whole_window(walked: Walked) -> None:
    pictures = sorted(walked.folder.glob("*.png"))
    assert len(pictures) >= 8
    assert [path.name[:2] for path in pictures] == [f"{number:02d}" for number in range(1, len(pictures) + 1)]
    assert {struct.unpack(">II", path.read_bytes()[16:24]) for path in pictures} == {(1440, 900)}
    assert all(path.stat().st_size > 20_000 for path in pictures), "a picture is nearly empty"


@pytest.mark.parametrize(
    "step", ["sign-in", "registration", "sign", "payment", "receipt", "students", "student", "review", "today"],
)  # fmt: skip
def test_every_step_of_the_main_job_has_its_picture(walked: Walked, step: str) -> None:
    assert any(path.stem[3:].startswith(step) for path in walked.folder.glob("*.png"))


def test_it_names_every_file_that_it_leaves(walked: Walked) -> None:
    assert {path.name for path in walked.folder.iterdir()} <= set(walked.out.splitlines())


@pytest.mark.clause("P4")
@pytest.mark.clause("P5")
def test_it_leaves_the_sheet_and_the_receipt_as_they_would_be_printed(walked: Walked) -> None:
    papers = {path.name[:2]: pypdf.PdfReader(path) for path in walked.folder.glob("*.pdf")}
    assert set(papers) == {"BM", "SJ"}
    for paper in papers.values():
        text = "".join(page.extract_text() for page in paper.pages)
        assert "张珞晨" in text
        assert "PRACTICE" in text  # of practice, and says so
    assert (round(papers["BM"].pages[0].mediabox.width), round(papers["SJ"].pages[0].mediabox.width)) == (595, 595)


@pytest.mark.clause("P4")
def test_every_font_of_both_papers_is_embedded(walked: Walked) -> None:
    for path in walked.folder.glob("*.pdf"):
        found = list(fonts(pypdf.PdfReader(path)))
        assert found
        assert all(embedded(font) for font in found), path.name


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    done = tour(tmp_path / "mine", tmp_path)
    assert done.code == 2
    assert len(done.error.splitlines()) == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def fonts(paper: pypdf.PdfReader) -> Iterator[Any]:
    """Every font that a page, or something laid over it, names."""
    for page in paper.pages:
        yield from _fonts(page["/Resources"])


def _fonts(resources: Any) -> Iterator[Any]:
    for font in resources.get_object().get("/Font", {}).values():
        yield font.get_object()
    for inner in resources.get_object().get("/XObject", {}).values():
        if "/Resources" in inner.get_object():
            yield from _fonts(inner.get_object()["/Resources"])


def embedded(font: Any) -> bool:
    """Whether the bytes of the font are in the paper."""
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return "/FontDescriptor" in inner and "/FontFile2" in inner["/FontDescriptor"].get_object()
