"""Scenes of the review in depth: asked, on the waiting list, several chosen, and its windows."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.process import application, asking, office, review, ticks, waiting_list
from app.process.asking import Contacted
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.review.contacts import ContactDialog
from app.ui.review.page import ReviewPage
from app.ui.review.places import PlaceDialog
from app.ui.review.reasons import reason_dialog
from app.ui.student_profile.merge import MergeDialog
from tests import builders
from tests.gallery_registration import _newcomer

NAMES = (
    "review-asked", "review-waiting-list", "review-several", "contact-dialog", "place-dialog", "review-reject",
    "merge-dialog",
)  # fmt: skip
NARROW = ("review-asked", "review-waiting-list", "review-several", "contact-dialog", "merge-dialog")
SIZES: dict[str, tuple[int, int] | None] = {  # no higher than a low screen
    "contact-dialog": (620, 720), "place-dialog": None, "review-reject": None, "merge-dialog": (800, 720),
}  # fmt: skip


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    return {
        "review-asked": lambda: _page(desk, _asked(desk)),
        "review-waiting-list": lambda: _page(desk, _listed(desk)),
        "review-several": lambda: _several(desk),
        "contact-dialog": lambda: _contact(desk),
        "place-dialog": lambda: PlaceDialog(desk, review.look_at(desk.actor, _held(desk)), offer=False),
        "review-reject": lambda: reason_dialog("reject"),
        "merge-dialog": lambda: _merge(desk),
    }


def _page(desk: Desk, application_id: int) -> QWidget:
    window = MainWindow(desk)
    window.go("review", application_id=application_id)
    return window


def _waiting(desk: Desk, **changes: object) -> int:
    return builders.an_application(desk.actor, builders.changed(_newcomer(desk), **changes))


def _asked(desk: Desk) -> int:
    waiting = _waiting(desk)
    version = review.look_at(desk.actor, waiting).version
    ticks.tick(desk.actor, waiting, version, ticks.items()[0])
    missed = Contacted("林晓月（母亲）", "phone", "no_answer")
    asking.log_contact(desk.actor, waiting, version, missed)
    reached = Contacted("林晓月（母亲）", "wechat", "reached", "体检表看不清，请重拍一张发来")
    asking.log_contact(desk.actor, waiting, version, reached, then="ask")
    return waiting


def _listed(desk: Desk) -> int:
    full = next((one for one in office.classes(desk.actor) if one.name == "小小班"), None)
    class_id = full.id if full else office.save_class(desk.actor, None, "小小班", "101", 1, None)
    if full is None:
        review.approve(desk.actor, _waiting(desk, class_id=class_id), 1)
    waiting = _waiting(desk, class_id=class_id)
    waiting_list.put(desk.actor, waiting, review.look_at(desk.actor, waiting).version, "名额已满")
    return waiting


def _held(desk: Desk) -> int:
    waiting = _waiting(desk)
    waiting_list.hold(desk.actor, waiting, asking.answer_day(), "押金收据 SJ-2026-000034")
    return waiting


def _several(desk: Desk) -> QWidget:
    window = _page(desk, _held(desk))
    page = window.findChild(ReviewPage)
    assert page is not None
    page.queue.table.selectAll()
    return window


def _contact(desk: Desk) -> QWidget:
    dialog = ContactDialog(desk, review.look_at(desk.actor, _asked(desk)))
    dialog.then.set_value(("ask",))
    dialog.then.changed.emit()
    return dialog


def _merge(desk: Desk) -> QWidget:
    """A child that was entered twice, with other data the second time."""
    form = builders.changed(_newcomer(desk), heard_of="", class_id=None)  # a class would be full after some looks
    first = review.approve(desk.actor, builders.an_application(desk.actor, form), 1).student_id
    again = builders.changed(form, school="求是小学", heard_of="朋友介绍", allergies="花生", marks=("food_allergy",))
    waiting = application.submit(desk.actor, again, opid=builders.opid(), not_same=(first,)).application_id
    second = review.approve(desk.actor, waiting, 1)
    return MergeDialog(desk, first, second.number)
