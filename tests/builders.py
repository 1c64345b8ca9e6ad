"""Registrations and students with sensible values, so that a test names only what it is about.

`a_registration(name="曾子涵", mobile="13800001111")` changes single fields of the child, of the first guardian or of a
section; whole sections (`guardians=`, `health=` …) can be given too. Every call invents another family; the first one
of a test is always the same.
"""

from dataclasses import fields, replace
from itertools import count
from typing import Any
from uuid import uuid4

from app.rules import identity
from app.rules.person import (
    Child,
    Consent,
    Contact,
    EnrolmentLine,
    Guardian,
    Health,
    PickUp,
    Registration,
    Services,
)

SURNAMES = "张王李赵陈杨周吴徐孙"
GIVEN = ("珞晨", "梓涵", "一诺", "雨桐", "浩然", "思远", "子轩", "欣怡", "佳宁", "沐阳", "可馨", "明哲", "书瑶")
SERVICE = {"晚托": 1, "午托": 2, "午晚托": 3, "晚餐": 4, "材料费": 5, "暑假托管": 6, "临时托管": 7, "押金": 8}
"""Services of the `centre` fixture: name and id."""

_turn = count()


def start_again(turn: int = 0) -> None:
    """Begin with the first family again (the `centre` fixture does it for every test), or with a later one."""
    global _turn  # noqa: PLW0603 - the one counter of this file
    _turn = count(turn)


def opid() -> str:
    """A fresh once-only operation id."""
    return uuid4().hex


def identity_number(birth_date: str, sex: str, turn: int = 0) -> str:
    """A valid resident identity number of Hangzhou for that day and sex."""
    place, odd = divmod(turn, 100)[::-1], sex == "male"
    first = f"330106{birth_date.replace('-', '')}{place[0]:02d}{2 * (place[1] % 5) + odd}"
    return first + identity.check_digit(first)


def a_line(service: str = "晚托", **changes: Any) -> EnrolmentLine:
    """An enrolment line of the autumn term: after-school care, 780.00 a month for five months."""
    line = EnrolmentLine(
        service_id=SERVICE[service], service_name=service, session="after_school", from_date="2026-09-14",
        to_date="2027-01-22", unit="month", unit_fen=78_000, quantity=5,
    )  # fmt: skip
    return replace(line, **changes)


def a_guardian(**changes: Any) -> Guardian:
    """A mother who pays and may fetch the child."""
    turn = next(_turn)
    return replace(Guardian("林晓月", "mother", f"138057{12236 + turn:05d}", payer=True), **changes)


def a_registration(**changes: Any) -> Registration:
    """A registration without any problem. Unknown names of fields raise TypeError."""
    turn = next(_turn)
    name = SURNAMES[turn % len(SURNAMES)] + GIVEN[turn % len(GIVEN)]
    born, sex = f"2017-{turn % 12 + 1:02d}-{turn % 28 + 1:02d}", ("female", "male")[turn % 2]
    child = Child(
        name, sex, born, "resident_id", identity_number(born, sex, turn), "文新小学", "3", "（2）班", "周老师",
        "杭州市西湖区文二西路 718 号 3 幢 502 室",
    )  # fmt: skip
    whole = Registration(
        child,
        (Guardian(f"{name[0]}志强", "father", f"138{57_112_236 + turn:08d}", payer=True),),
        (Contact("陈秀英", "grandmother_m", f"139{10_000_000 + turn:08d}", may_collect=True, emergency=True),),
        PickUp(),
        Health(("none_known",)),
        tuple(Consent(kind, given=True, date="2026-09-12") for kind in ("privacy", "under_14", "emergency_treatment")),
        Services((a_line(),), start_date="2026-09-14", class_id=1),
    )
    return changed(whole, **changes)


def changed(whole: Registration, **changes: Any) -> Registration:
    """Change some fields: whole sections by their name, else fields of child, services, health, first guardian."""
    sections = {name: changes.pop(name) for name in list(changes) if name in _names(Registration)}
    whole = replace(whole, **sections)
    for section in ("child", "services", "health", "pick_up"):
        part = getattr(whole, section)
        own = {name: changes.pop(name) for name in list(changes) if name in _names(type(part))}
        whole = replace(whole, **{section: replace(part, **own)})
    if changes:
        guardian = {name.removeprefix("guardian_"): value for name, value in changes.items()}
        whole = replace(whole, guardians=(replace(whole.guardians[0], **guardian), *whole.guardians[1:]))
    return whole


def _names(section: type[Any]) -> set[str]:
    return {one.name for one in fields(section)}


def an_application(actor: Any, registration: Registration | None = None, **changes: Any) -> int:
    """Submit a registration (or one made from `changes`) and give the id of the application."""
    from app.process import application

    form = registration or a_registration(**changes)
    submitted = application.submit(actor, form, opid=opid())
    return int(submitted.application_id)


def a_student(actor: Any, registration: Registration | None = None, **changes: Any) -> int:
    """Register and approve a child, and give the id of the student."""
    from app.process import review

    application_id = an_application(actor, registration, **changes)
    return int(review.approve(actor, application_id, 1).student_id)


def a_charge(actor: Any, student_id: int, fen: int = 20_000) -> int:
    """Charge a material fee by hand and give the id of the row."""
    from app.process import ledger

    return ledger.charge(
        actor, student_id, service_id=SERVICE["材料费"], unit="once", unit_fen=fen, quantity=1, opid=opid(),
    )  # fmt: skip
