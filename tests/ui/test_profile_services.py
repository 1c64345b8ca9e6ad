"""Services of a student in the file: what stands keeps its price, what is added is priced and charged by itself."""

import pytest
from pytestqt.qtbot import QtBot

from app.process import application, prices, review, student_file
from app.rules.person import Discount
from app.ui.desk import Desk
from app.ui.sections.services import ServicesSection
from app.ui.student_profile.page import StudentProfilePage
from tests.builders import a_registration, a_student, an_application
from tests.conftest import Centre, Clock


def edited(qtbot: QtBot, desk: Desk, student: int) -> tuple[StudentProfilePage, ServicesSection]:
    """The file with its card of services taken up for editing."""
    page = StudentProfilePage(desk)
    qtbot.addWidget(page)
    page.resize(1228, 868)
    page.show()
    page.open(student)
    page.cards["services"].edit()
    section = page.cards["services"].sections()[0]
    assert isinstance(section, ServicesSection)
    return page, section


def choose(section: ServicesSection, place: int, **values: object) -> None:
    for name, value in values.items():
        field = section.cards[place].fields[name]
        field.set_value(value)
        field.editor.changed.emit()


def charged(centre: Centre, student: int) -> int | None:
    return student_file.profile(centre.manager, student).balance_fen


@pytest.mark.clause("P9")
def test_a_line_is_ended_earlier_in_the_window_though_its_price_went_up(
    qtbot: QtBot, centre: Centre, desk: Desk, the_clock: Clock,
) -> None:  # fmt: skip
    student = a_student(centre.manager)
    prices.set_price(centre.manager, centre.services["晚托"], "month", 88_000, "2026-09-12")
    page, section = edited(qtbot, desk, student)
    choose(section, 0, to_date="2026-11-30")
    page.commit()
    assert not page.cards["services"].editing, page.cards["services"].problem.text()
    assert (page.profile.ends_on if page.profile else "", charged(centre, student)) == ("2026-11-30", 390_000)


@pytest.mark.clause("P5")
def test_a_line_is_added_beside_what_a_family_with_a_discount_has_already(
    qtbot: QtBot, centre: Centre, desk: Desk,
) -> None:  # fmt: skip
    family = application.family(centre.manager, a_student(centre.manager))
    form = a_registration(guardians=family.guardians, discounts=(Discount("siblings", "", 39_000),))
    student = review.approve(centre.manager, an_application(centre.receptionist, form), 1).student_id
    page, section = edited(qtbot, desk, student)
    section.add()
    choose(section, 1, service_id=centre.services["午托"], unit="month", from_date="2026-09-14", to_date="2026-10-13")
    page.commit()
    assert not page.cards["services"].editing, page.cards["services"].problem.text()
    assert charged(centre, student) == 390_000 - 39_000 + 60_000 - 6_000


@pytest.mark.clause("P5")
def test_an_only_child_is_not_its_own_sister(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    student = a_student(centre.manager)
    page, section = edited(qtbot, desk, student)
    section.add()
    choose(section, 1, service_id=centre.services["午托"], unit="month", from_date="2026-09-14", to_date="2026-10-13")
    assert section.value().discounts == ()
    page.commit()
    assert charged(centre, student) == 390_000 + 60_000
