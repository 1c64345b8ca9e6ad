"""A process that goes on with a registration in the real wizard and types into it for ever: killed by the campaign.

It tells JSON words, one a line: `["shown", path, value]` for every field of the draft that it took up, `["begun"]`,
then again and again `["typing", path, value]` before the first key of a field, `["left", path]` after the focus has
gone on to the next one.
"""

import json
import os
import random
import traceback
from collections.abc import Callable
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.process.actor import Actor
    from app.ui.registration_wizard.page import RegistrationPage

Tell = Callable[[object], object]

TYPED = (
    (
        "child.identity_number", "child.name", "child.address", "child.school", "child.form_teacher",
        "child.special_needs",
    ),
    (
        "guardians.0.name", "guardians.0.mobile", "guardians.0.wechat", "guardians.0.workplace", "contacts.0.name",
        "contacts.0.mobile", "pick_up.note",
    ),
    ("health.allergies", "health.conditions", "health.diet", "health.doctor_notes", "health.insurance"),
)  # fmt: skip
"""The fields of each step that hold text."""
_NUMBERS = ("mobile", "identity_number")


def read_in() -> None:
    """Import what every child needs, before the children are made."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6 import QtTest  # noqa: F401

    from app.ui import theme  # noqa: F401
    from app.ui.registration_wizard import page  # noqa: F401


def work(folder: Path, key: bytes, seed: int, tell: Tell) -> None:
    """Take up the held registration, or begin one, and type; an error is told, for nobody else would hear of it."""
    try:
        _work(folder, key, lambda word: tell(json.dumps(word, separators=(",", ":"))), seed)
    except BaseException:
        tell(json.dumps(["broken", traceback.format_exc().replace(" ", "_")]))
        raise


def _work(folder: Path, key: bytes, say: Tell, seed: int) -> None:
    from PySide6.QtWidgets import QApplication

    from app.process import data_folder, drafts

    app = QApplication([])
    actor = data_folder.open(folder, key, "receptionist")
    page = _page(app, folder, actor)
    held = drafts.drafts(actor)
    if held:
        page.open(draft_id=held[0].id)
    else:
        page.open(new=True)
    for path in (path for step in TYPED for path in step):
        say(["shown", path, value_of(page.typed(), path)])
    say(["begun"])
    _type(page, say, random.Random(seed))


def _page(app: Any, folder: Path, actor: "Actor") -> "RegistrationPage":
    from app.settings import Settings
    from app.ui import state, texts, theme
    from app.ui.desk import Desk
    from app.ui.registration_wizard.page import RegistrationPage

    settings = Settings(folder.parent / "typing.json")
    state.use_settings(settings)
    texts.use_language("zh")
    theme.load_fonts("regular", "medium", "bold")
    theme.apply(app, "light", 100, practice=False)
    page = RegistrationPage(Desk(actor, settings))
    page.resize(1228, 868)
    page.show()
    page.activateWindow()
    while not page.isActiveWindow():
        app.processEvents()
    return page


def _type(page: "RegistrationPage", say: Tell, chance: random.Random) -> None:
    """Go from field to field, in any order, and now and then to another step."""
    before = ""
    for number in count(chance.randrange(100_000)):
        place = page.step if number % 5 else chance.randrange(len(TYPED))
        path = chance.choice([one for one in TYPED[place] if one != before])
        if place != page.step:
            page.go_to(place)
        editor = _go_into(page, path)
        if before:
            say(["left", before])
        before, value = path, words(path, number)
        say(["typing", path, value])
        _press(editor, value)


def _go_into(page: "RegistrationPage", path: str) -> Any:
    """Put the focus into a field, as Enter does, with what stands there selected; add a person who is not there yet."""
    from PySide6.QtWidgets import QApplication

    section: Any = next(one for one in page.steps[page.step].sections if one.part == path.split(".", maxsplit=1)[0])
    if path not in section._fields:
        section.add()
    if path.startswith("health."):
        _agree(page)
    section.focus_field(path)
    QApplication.processEvents()
    editor: Any = QApplication.focusWidget()
    editor.selectAll()
    return editor


def _agree(page: "RegistrationPage") -> None:
    """Nothing about health is typed before the parents agreed; once they did, it stays so."""
    consents: Any = next(one for one in page.steps[page.step].sections if one.part == "consents")
    if consents.trouble():
        consents.agree_to_all()


def _press(editor: Any, value: str) -> None:
    """ASCII sign by sign, Chinese as an input method brings it."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    for plain, signs in groupby(value, str.isascii):
        if not plain:
            _compose(editor, "".join(signs))
            continue
        for sign in signs:
            QTest.keyClicks(editor, sign)
            QApplication.processEvents()


def _compose(editor: Any, signs: str) -> None:
    """Chinese, as an input method brings it: first underlined letters, then the characters."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    QApplication.sendEvent(editor, QInputMethodEvent("pin yin", []))
    QApplication.processEvents()
    done = QInputMethodEvent()
    done.setCommitString(signs)
    QApplication.sendEvent(editor, done)
    QApplication.processEvents()


def words(path: str, number: int) -> str:
    """What is typed into a field: another text for every number."""
    if path.endswith(_NUMBERS):
        return f"138{number:08d}" if path.endswith("mobile") else f"3301{number:08d}"
    return f"安托{number}号"


def value_of(registration: Any, path: str) -> str:
    """What a registration holds in a field; empty for a person who is not there."""
    part = registration
    for name in path.split("."):
        if name.isdigit():
            part = part[int(name)] if int(name) < len(part) else None
        elif part is not None:
            part = getattr(part, name)
    return part or ""
