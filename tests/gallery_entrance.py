"""Scenes before and after the frame: first start, sign-in, lock, the last window, the window of the last resort."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import data_folder
from app.ui.desk import Desk
from app.ui.first_start.assistant import KEY, FirstStart
from app.ui.first_start.key_step import KeyStep
from app.ui.first_start.step import Answers
from app.ui.last_resort_window import LastResort
from app.ui.leaving import Leaving
from app.ui.sign_in import SignIn
from tests.gallery_papers import KEY as RECOVERY_KEY

STEPS = range(KEY + 1)
NAMES = (
    "sign-in", "sign-in-wrong", "sign-in-locked", "sign-in-forgotten", "sign-in-restore",
    *(f"first-start-{step + 1}" for step in STEPS), "first-start-type-key", "leaving", "last-resort",
)  # fmt: skip
SIZES = dict.fromkeys(NAMES)  # each opens in a size of its own
NARROW = tuple(NAMES)


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    found: dict[str, Callable[[], QWidget]] = {
        "sign-in": lambda: _sign_in(desk, lambda _: None),
        "sign-in-wrong": lambda: _sign_in(desk, lambda one: one.form.refuse(Refused("wrong_password", wait=0))),
        "sign-in-locked": lambda: _sign_in(desk, lambda _: None, locked_by="王丽华"),
        "sign-in-forgotten": lambda: _sign_in(desk, SignIn.show_forgotten),
        "sign-in-restore": lambda: _sign_in(desk, SignIn.show_restore),
        "first-start-type-key": lambda: _first_start(desk, KEY, typing=True),
        "leaving": Leaving,
        "last-resort": _last_resort,
    }
    return found | {f"first-start-{step + 1}": lambda step=step: _first_start(desk, step) for step in STEPS}


def _sign_in(desk: Desk, then: Callable[[SignIn], object], locked_by: str = "") -> QWidget:
    desk.settings.set("last_user", "receptionist")
    window = SignIn(data_folder.folder(), desk.settings, locked_by=locked_by)
    window.form.use_initials()
    then(window)
    return window


def _first_start(desk: Desk, step: int, *, typing: bool = False) -> QWidget:
    window = FirstStart(Path("/home/antuo/Antuo"), desk.settings)
    answers = Answers(
        window.answers.language, "晨光托管中心", "MORNING LIGHT", "文三路 188 号", "0571-88001234", b"", "王丽华",
        "wanglihua", "four words are long", "four words are long",
    )  # fmt: skip
    window.answers = answers
    window._reached = min(step, KEY - 1)
    window._build()
    if step < KEY:
        window.go(step)
        return window
    window._created(RECOVERY_KEY)
    page = window.steps[KEY]
    assert isinstance(page, KeyStep)
    page.show_typing(on=typing)
    return window


def _last_resort() -> QWidget:
    window = LastResort("Antuo 0.1.0\nRuntimeError at app/process/payment.py:120")
    window._unfold()
    return window
