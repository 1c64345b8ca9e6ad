"""Scenes of consents: asked first in the wizard, taken back in the file, health closed, until when it is open."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.process import consents, student_file, student_list, wordings
from app.process.student_list import Query
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.sections.consents import ConsentsSection
from app.ui.settings_page.texts import WordingDialog
from app.ui.student_profile.consent_dialog import ConsentDialog
from tests.gallery_pages import full, show

NAMES = ("consents-asked", "consents-agreed", "consents-closed", "consents-due", "consents-pane", "consent-dialog",
         "settings-wordings", "wording-dialog", "wording-refused")  # fmt: skip
NARROW = ("consents-asked", "consents-closed", "consent-dialog", "consents-pane",
          "settings-wordings", "wording-dialog")  # fmt: skip
SIZES: dict[str, tuple[int, int] | None] = {
    "consent-dialog": None, "wording-dialog": (1180, 736), "wording-refused": (1180, 736),
}  # fmt: skip


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    return {
        "consents-asked": lambda: _wizard(desk, agreed=False),
        "consents-agreed": lambda: _wizard(desk, agreed=True),
        "consents-closed": lambda: _student(desk, "student", student_id=_closed(desk)),
        "consents-due": lambda: _student(desk, "student", student_id=_due(desk)),
        "consents-pane": lambda: _pane(desk),
        "settings-wordings": lambda: _student(desk, "settings", section="texts"),
        "wording-dialog": lambda: _wording(desk, "privacy"),
        "wording-refused": lambda: _refused(desk),
        "consent-dialog": lambda: ConsentDialog(desk, student_file.profile(desk.actor, _due(desk))),
    }


def _wizard(desk: Desk, *, agreed: bool) -> QWidget:
    window = MainWindow(desk)
    window.go("registration", new=True)
    page = window.page()
    assert isinstance(page, RegistrationPage)
    show(page, replace(full(desk), consents=()), 2)
    section = page.steps[2].sections[0]
    if agreed and isinstance(section, ConsentsSection):
        section.agree_to_all()
    return window


def _student(desk: Desk, key: str, **wanted: object) -> QWidget:
    window = MainWindow(desk)
    window.go(key, **wanted)
    return window


def _closed(desk: Desk) -> int:
    """Somebody with two guardians whose family took the consent back."""
    student = int(student_list.search(desk.actor, Query(filter="arrears")).first()[-1])
    if not student_file.profile(desk.actor, student).health_closed:
        consents.withdraw(
            desk.actor, student, "privacy", given_by="陈晓梅", relation="mother", on="2026-09-10", note="来电告知",
        )  # fmt: skip
    return student


def _due(desk: Desk) -> int:
    """Somebody whose sheet is not signed yet."""
    return int(student_list.search(desk.actor, Query(filter="unsigned")).first()[0])


def _wording(desk: Desk, name: str) -> WordingDialog:
    """With two versions."""
    found = wordings.versions(desk.actor, name)
    if len(found) == 1:
        wordings.save(desk.actor, name, found[0].title, f"{found[0].text}\n# 联系我们\n请到前台，或打电话。", 1)
        found = wordings.versions(desk.actor, name)
    return WordingDialog(desk, found)


def _refused(desk: Desk) -> QWidget:
    dialog = _wording(desk, "photos")
    dialog.text.set_value("同意把{center}活动的照片用于班级群。")
    dialog.draw()
    return dialog


def _pane(desk: Desk) -> QWidget:
    student = _closed(desk)
    window = MainWindow(desk)
    window.go("students", text=student_file.profile(desk.actor, student).number)
    return window
