"""Every window opens in both languages and themes, at 100 and 150 %: nothing cut, out of reach or without a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.process import data_folder
from app.settings import Settings
from app.ui import state, texts, theme
from app.ui.desk import Desk
from tests import gallery
from tests.gallery import Look
from tests.gallery_faults import faults

STUDENTS = 40


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An invented centre, for looking only."""
    folder = tmp_path_factory.mktemp("gallery")
    theme.load_fonts("regular", "medium", "bold")
    made = gallery.a_desk(folder, STUDENTS)
    yield made
    data_folder.close()
    state.use_settings(Settings(folder / "none.json"))
    texts.use_language("zh")
    theme.apply(qapp, "light", 100, practice=False)


SCENES = sorted({(part.__name__, name) for part, name, _ in gallery.each()})


@pytest.mark.parametrize(("part", "name"), SCENES, ids=[name for _, name in SCENES])
def test_a_window_opens_in_every_look_with_nothing_wrong_to_see(
    part: str, name: str, desk: Desk, qapp: QApplication,
) -> None:
    looks = [look for file, scene, look in gallery.each() if (file.__name__, scene) == (part, name)]
    module = next(one for one in gallery.parts() if one.__name__ == part)
    found = []
    for look in looks:
        gallery.use(qapp, look)
        window = gallery.drawn(qapp, desk, module.scenes(desk)[name], gallery.size_of(module, name, look), 0.02)
        found += [f"{look.name}: {fault}" for fault in sorted(set(faults(window)))]
        gallery.free(window, desk)
    assert not found


def test_the_looks_are_both_languages_both_themes_and_a_large_text() -> None:
    looks = {look for _, _, look in gallery.each()}
    assert {(look.language, look.theme) for look in looks} == {(a, b) for a in ("zh", "en") for b in ("light", "dark")}
    assert any(look.percent == 150 for look in looks)
    assert Look("zh", "light", small=True) in looks


def test_every_picture_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = [f"{name}-{look.name}" for _, name, look in gallery.each()]
    assert len(names) == len(set(names))
