"""The tour: the main job from the sign-in to the corrected file, in the real windows, on a new practice centre.

It runs on the offscreen platform, so it needs no screen, and leaves numbered pictures and both papers in a folder. It
is a demonstration (`python -m app tour FOLDER`), a test, and the self-test of a packaged program.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.errors import Damaged, Refused

if TYPE_CHECKING:
    from app.tour.job import Job

STUDENTS, SEED = 160, 12
Told = Callable[[str], object]


def refuse_used(folder: Path) -> None:
    """Nothing of somebody's is overwritten. Raises Refused tour_folder_not_empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("tour_folder_not_empty", folder=folder)


def walk(folder: Path, told: Told = lambda _: None) -> list[Path]:
    """Walk through the main job and give what was left in `folder`; `told(name)` comes with every file.

    Raises TourError when the windows do not do what they should, Damaged when the check afterwards finds something.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.process import practice

    refuse_used(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="antuo-tour-") as place:
        data = Path(place) / "data"
        practice.fill(data, STUDENTS, SEED)
        job = _job(data, Path(place) / "settings.json", folder, told)
        job.run()
        _stop_if_damaged(data)
    return job.hands.made


def _job(data: Path, settings_file: Path, folder: Path, told: Told) -> "Job":
    from PySide6.QtCore import qInstallMessageHandler

    from app.settings import Settings
    from app.tour.hands import Hands
    from app.tour.job import PRINTER, Job
    from app.ui import printing_out
    from app.ui.program import Program, make_application

    settings = Settings(settings_file)
    for name, value in (("language", "zh"), ("theme", "light"), ("last_user", "manager")):
        settings.set(name, value)
    for kind in ("sheet", "receipt"):
        settings.set_printer(kind, printer=PRINTER)
    printers = printing_out.RecordingPrinters([PRINTER])
    printing_out.use(printers)
    qInstallMessageHandler(_say)
    app = make_application(["antuo"], settings)
    return Job(Program(app, data, settings), Hands(app, folder, told), printers)


def _stop_if_damaged(data: Path) -> None:
    """Everything that was done is sound."""
    from app.process import checks, keys, practice
    from app.process.findings import DAMAGE

    for finding in checks.check(data, keys.unlock(data, "manager", practice.PASSWORD)):
        if finding.strength == DAMAGE:
            raise Damaged(finding.code, **finding.values)


def _say(_kind: object, _context: object, text: str) -> None:
    """What Qt says, but for what the offscreen platform lacks and tells of every window."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
