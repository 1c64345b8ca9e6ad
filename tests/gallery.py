"""The gallery: every window and every paper as a picture, in both languages and both themes, to look at.

python -m tests.gallery FOLDER [--only WORD] [--quick]

A part of the windows adds a file tests/gallery_<part>.py with `scenes(desk) -> {name: function that gives a widget}`,
and, where they differ from what is usual, `SIZES = {name: (width, height)}` (None: its own) and `NARROW = (name, ...)`:
scenes that are drawn in a small window and with large text too.
"""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from app.process import data_folder, drafts, keys, practice
from app.settings import Settings
from app.ui import program, qt_words, state, texts, theme
from app.ui.desk import Desk

Make = Callable[[], QWidget]
USUAL_SIZE = (1440, 900)
SMALL_SIZE = (1366, 768)
STUDENTS, SEED = 140, 7


@dataclass(frozen=True)
class Look:
    """One way to draw a scene."""

    language: str
    theme: str
    percent: int = 100
    small: bool = False

    @property
    def name(self) -> str:
        """As it stands in the names of the files."""
        parts = [self.language, self.theme, "small" if self.small else "", str(self.percent)]
        return "-".join(part for part in parts if part and part != "100")


USUAL = tuple(Look(language, one) for language in ("zh", "en") for one in ("light", "dark"))
NARROW = (Look("zh", "light", small=True), Look("zh", "light", 150), Look("en", "light", 150, small=True))


def parts() -> list[ModuleType]:
    """The files of the gallery that have scenes."""
    here = Path(__file__).parent
    found = [importlib.import_module(f"tests.{path.stem}") for path in sorted(here.glob("gallery_*.py"))]
    return [one for one in found if hasattr(one, "scenes")]


def settle(app: QApplication, desk: Desk, least: float = 0.05) -> None:
    """Let timers, threads and layouts come to rest."""
    until, last = time.monotonic() + least, time.monotonic() + 10
    while time.monotonic() < until or (desk.busy() and time.monotonic() < last):
        app.processEvents()
        time.sleep(0.002)
    app.processEvents()  # what the last work changed is laid out too


def use(app: QApplication, look: Look) -> None:
    """Language, theme and text size of a look, for windows made from now on."""
    texts.use_language(look.language)
    qt_words.use(app)
    theme.apply(app, look.theme, look.percent, practice=False)


def drawn(
    app: QApplication, desk: Desk, make: Make, size: tuple[int, int] | None, rest: float = 0.15,
) -> QWidget:  # fmt: skip
    """Make a scene in a window of this size (None: its own), shown and at rest. `free` it afterwards."""
    widget = make()
    if size is not None:
        widget.resize(*size)
    widget.show()
    settle(app, desk, rest)
    return widget


def free(widget: QWidget, desk: Desk, kept: frozenset[int] | None = None) -> None:
    """Forget a scene, and the drafts that it saved (all but those `kept`)."""
    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for draft in drafts_of(desk) - (kept if kept is not None else drafts_of(desk)):
        drafts.drop_draft(desk.actor, draft)


def drafts_of(desk: Desk) -> frozenset[int]:
    """The drafts that there are."""
    return frozenset(row.id for row in drafts.drafts(desk.actor))


def each(looks: tuple[Look, ...] = (*USUAL, *NARROW)) -> Iterator[tuple[ModuleType, str, Look]]:
    """Every scene in every look: its file, its name, the look."""
    for part in parts():
        names = part.NAMES
        for name in names:
            for look in looks:
                if look in USUAL or name in getattr(part, "NARROW", ()):
                    yield part, name, look


def size_of(part: ModuleType, name: str, look: Look) -> tuple[int, int] | None:
    """Size of a scene's window; None for a window that knows its own."""
    usual: tuple[int, int] | None = getattr(part, "SIZES", {}).get(name, USUAL_SIZE)
    if usual is None:
        return None
    return (min(usual[0], SMALL_SIZE[0]), min(usual[1], SMALL_SIZE[1])) if look.small else usual


def a_desk(folder: Path, students: int = STUDENTS) -> Desk:
    """An invented centre in `folder`, and its manager's desk."""
    data = folder / "data"
    practice.fill(data, students, SEED)
    key = keys.unlock(data, "manager", "practice")
    settings = Settings(folder / "settings.json")
    state.use_settings(settings)
    return Desk(data_folder.open(data, key, "manager"), settings)


def draw(folder: Path, only: str = "", *, quick: bool = False) -> list[Path]:
    """Draw the gallery into `folder`; `only` scenes whose name holds the word; `quick` in Chinese and light alone."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with TemporaryDirectory() as place:
        settings = Settings(Path(place) / "settings.json")
        app = program.make_application(["gallery"], settings)
        theme.load_fallback_fonts()
        desk = a_desk(Path(place))
        kept = drafts_of(desk)
        for part, name, look in each(USUAL[:1] if quick else (*USUAL, *NARROW)):
            if only in name:
                use(app, look)
                widget = drawn(app, desk, part.scenes(desk)[name], size_of(part, name, look))
                made.append(folder / f"{name}-{look.name}.png")
                widget.grab().save(str(made[-1]))
                free(widget, desk, kept)
        data_folder.close()
    return made


def _said(_kind: object, _where: object, words: str | None) -> None:
    """The offscreen platform says of every window what it lacks; everything else is told."""
    if words and not words.startswith("This plugin does not support"):
        print(words, file=sys.stderr)


def main(arguments: list[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="scenes whose name holds this word")
    parser.add_argument("--quick", action="store_true", help="in Chinese and light only")
    chosen = parser.parse_args(arguments)
    qInstallMessageHandler(_said)
    begun = time.monotonic()
    made = draw(chosen.folder, chosen.only, quick=chosen.quick)
    if not chosen.only:
        from tests import gallery_papers

        made += gallery_papers.draw(chosen.folder)
    print(f"{len(made)} pictures in {chosen.folder}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
