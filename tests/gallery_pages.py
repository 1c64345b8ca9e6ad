"""Scenes of the frame with every page, the wizard step by step, and the states of the pages."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.process import payment, prices, student_list
from app.process.student_list import Query
from app.rules.person import Contact, EnrolmentLine, Guardian, Health, PickUp, Registration, Services
from app.ui.desk import Desk, Message
from app.ui.main_window import MainWindow
from app.ui.pages import pages
from app.ui.payment.page import PaymentPage
from app.ui.registration_wizard.page import RegistrationPage
from app.ui.settings_page.page import SettingsPage
from tests import builders

APART = {"registration", "payment", "student", "settings"}  # have scenes of their own
PAGES = tuple(spec.key for spec in pages() if spec.key not in APART)
SETTINGS = ("computer", "account", "papers", "registration", "money", "safety", "users", "rights")
NAMES = (
    *(f"page-{key}" for key in PAGES),
    *(f"settings-{key}" for key in SETTINGS),
    *(f"wizard-{step}" for step in range(1, 6)),
    "wizard-empty", "wizard-problems", "wizard-held", "wizard-sibling", "payment-find", "payment", "payment-cash",
    "payment-over", "payment-done",
    "student", "student-ledger", "students-search", "students-nothing", "frame-alarm-and-message",
    "forms-fillable", "forms-recipe",
)  # fmt: skip
NARROW = (
    *(f"page-{key}" for key in PAGES), "settings-computer", "settings-registration", "settings-safety",
    "settings-users", "settings-rights", *(f"wizard-{step}" for step in range(1, 6)), "wizard-problems",
    "wizard-sibling", "wizard-held", "payment", "payment-cash", "payment-over", "payment-done", "payment-find",
    "student", "forms-recipe",
)  # fmt: skip


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    found: dict[str, Callable[[], QWidget]] = {f"page-{key}": partial(_shown, desk, key) for key in PAGES}
    found |= {f"settings-{key}": partial(_settings, desk, key) for key in SETTINGS}
    found |= {f"wizard-{step + 1}": partial(_wizard, desk, step) for step in range(5)}
    return found | {
        "wizard-empty": lambda: _wizard(desk, 0, Registration()),
        "wizard-problems": lambda: _wizard_problems(desk),
        "wizard-held": lambda: _frame(desk, "registration")[0],
        "wizard-sibling": lambda: _sibling(desk),
        "payment-find": lambda: _frame(desk, "payment", student_id=0)[0],
        "payment": lambda: _frame(desk, "payment", student_id=owing(desk))[0],
        "payment-cash": lambda: _cash(desk),
        "payment-over": lambda: _over(desk),
        "payment-done": lambda: _done(desk),
        "student": lambda: _frame(desk, "student", student_id=owing(desk))[0],
        "student-ledger": lambda: _frame(desk, "ledger", student_id=owing(desk))[0],
        "students-search": lambda: _frame(desk, "students", text="zh")[0],
        "students-nothing": lambda: _frame(desk, "students", text="qqqq")[0],
        "forms-fillable": lambda: _frame(desk, "forms", kind="fillable")[0],
        "forms-recipe": lambda: _frame(desk, "forms", kind="recipe")[0],
        "frame-alarm-and-message": lambda: _alarm(desk),
    }


def _frame(desk: Desk, key: str, **wanted: Any) -> tuple[MainWindow, QWidget]:
    window = MainWindow(desk)
    window.go(key, **wanted)
    page = window.page()
    assert page is not None
    return window, page


def _shown(desk: Desk, key: str) -> QWidget:
    return _frame(desk, key)[0]


def owing(desk: Desk) -> int:
    """A student who owes something."""
    for student in student_list.search(desk.actor, Query(filter="arrears")).first():
        if payment.open_items(desk.actor, student).items:
            return int(student)
    return int(student_list.search(desk.actor, Query()).first()[0])


def _settings(desk: Desk, section: str) -> QWidget:
    window, page = _frame(desk, "settings")
    assert isinstance(page, SettingsPage)
    page.open(section)
    return window


def full(desk: Desk) -> Registration:
    """A registration with much in it."""
    builders.start_again(40)
    offer = next(one for one in prices.offers(desk.actor, "2026-09-12") if one.kind == "care")
    line = EnrolmentLine(offer.service_id, offer.name, offer.session, 0b0011111, "2026-09-14", "2027-01-22", "month")
    services = prices.propose(desk.actor, Services((line,), (), "2026-09-14", 1), siblings=0, today="2026-09-12")
    whole = builders.a_registration(name="张珞晨", guardians=(
        Guardian("张志强", "father", "13805712236", "", "杭州恒瑞机械有限公司", payer=True),
        Guardian("李龑", "mother", "13957189042"),
    ))  # fmt: skip
    return replace(
        whole,
        contacts=(Contact("王秀英", "grandmother_m", "13738216650", may_collect=True),),
        pick_up=PickUp(goes_home_alone=True, alone_from="17:30"),
        health=Health(("food_allergy",), allergies="花生、腰果，点心避免坚果", diet="不吃辣"),
        services=services,
    )


def _wizard(desk: Desk, step: int, registration: Registration | None = None) -> QWidget:
    window, page = _frame(desk, "registration", new=True)
    assert isinstance(page, RegistrationPage)
    show(page, full(desk) if registration is None else registration, step)
    return window


def show(page: RegistrationPage, registration: Registration, step: int) -> None:
    """Fill the wizard as if it had been typed, and go to a step."""
    page.registration = registration
    for one in page.steps[: step + 1]:
        one.show_registration(registration)
    page.go_to(step)


def _wizard_problems(desk: Desk) -> QWidget:
    window, page = _frame(desk, "registration", new=True)
    assert isinstance(page, RegistrationPage)
    whole = full(desk)
    first, second = whole.guardians
    show(page, replace(whole, guardians=(first, replace(second, mobile="1395718904"))), 1)
    page.finish_step()
    return window


def _sibling(desk: Desk) -> QWidget:
    window, page = _frame(desk, "registration", new=True)
    assert isinstance(page, RegistrationPage)
    known = student_list.rows(desk.actor, [owing(desk)])[0]
    whole = full(desk)
    first, second = whole.guardians
    show(page, replace(whole, guardians=(replace(first, name=known.guardian, mobile=known.mobile), second)), 1)
    page._look_for_known()
    return window


def _cash(desk: Desk) -> QWidget:
    window, page = _frame(desk, "payment", student_id=owing(desk))
    assert isinstance(page, PaymentPage)
    due = page.due.due_fen()
    page.methods.amounts["wechat"].set_value(due // 2)
    page.methods.amounts["cash"].set_value(due - due // 2)
    page.methods.amounts["cash"].changed.emit()
    return window


def _over(desk: Desk) -> QWidget:
    window, page = _frame(desk, "payment", student_id=owing(desk))
    assert isinstance(page, PaymentPage)
    page.methods.amounts["wechat"].set_value(page.due.due_fen() + 100_00)
    page.methods.amounts["wechat"].changed.emit()
    page.commit()
    return window


def _done(desk: Desk) -> QWidget:
    """A payment that stays in the invented centre: each look takes one fen in cash."""
    window, page = _frame(desk, "payment", student_id=owing(desk))
    assert isinstance(page, PaymentPage)
    page.methods.amounts["cash"].set_value(1)
    page.methods.given.set_value(100_00)
    page.methods.given.changed.emit()
    page._similar_seen = True
    page.blockSignals(True)  # nothing is printed
    page.commit()
    page.blockSignals(False)
    page.keysChanged.emit()
    page.say(Message("SJ-2026-000123 已送到 HP"))
    return window


def _alarm(desk: Desk) -> QWidget:
    window, _ = _frame(desk, "today")
    window.alarm.set("数据文件 data.db 已损坏，打不开。", "还有 2 处不对。")
    window.resize(1440, 900)
    window.show()
    desk.message("已保存：张珞晨", undo=lambda: None)
    return window
