"""The sections of the form, each by itself: what they take over, compute, refuse and bring back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.process import office, photos, wordings
from app.rules.person import Child, Consent, Contact, Discount, Guardian, Health, PickUp, Registration, Services
from app.ui.desk import Desk, Message
from app.ui.sections import photo
from app.ui.sections.child import ChildSection
from app.ui.sections.consents import ConsentsSection
from app.ui.sections.guardians import ContactsSection, GuardiansSection
from app.ui.sections.health import HealthSection
from app.ui.sections.pickup import PickUpSection
from app.ui.sections.rare import rare_note
from app.ui.sections.section import Section
from app.ui.sections.services import ServicesSection
from app.ui.widgets.form.field import Field
from app.ui.widgets.reason_dialog import ReasonDialog
from tests.builders import a_guardian, a_line, a_registration, a_student, identity_number
from tests.conftest import Centre, Clock

ALL = (
    ChildSection, GuardiansSection, ContactsSection, PickUpSection, HealthSection, ConsentsSection, ServicesSection,
)  # fmt: skip


def shown(qtbot: QtBot, section: Section, registration: Registration | None = None) -> None:
    qtbot.addWidget(section)
    section.show_registration(registration or Registration())


def type_into(field: Field, text: str) -> None:
    field.editor.setText(text)
    field.editor.textEdited.emit(text)


@pytest.mark.clause("P1")
@pytest.mark.parametrize("kind", ALL)
def test_what_a_section_shows_it_gives_back_unchanged(qtbot: QtBot, desk: Desk, kind: type[Section]) -> None:
    aunt = Contact("陈秀英", "姑婆", "13910000000")
    whole = a_registration(special_needs="戴眼镜", allergies="花生", contacts=(aunt,))
    section = kind(desk)
    shown(qtbot, section, whole)
    assert section.into(whole) == whole


# the child ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_a_number_that_differs_from_what_was_typed_asks_instead_of_overwriting(qtbot: QtBot, desk: Desk) -> None:
    section = ChildSection(desk)
    shown(qtbot, section, Registration(Child("张琢晨", "male", "2018-05-01")))
    number = section._fields["child.identity_number"]
    type_into(number, identity_number("2018-04-16", "female"))
    section._check_visited()
    assert section.value().sex == "male"
    assert section._fields["child.sex"].message() == "与身份证号中的性别不一致，请核对"
    assert section._fields["child.birth_date"].state == "warning"


@pytest.mark.clause("P1")
def test_correcting_the_number_corrects_what_it_filled_in(qtbot: QtBot, desk: Desk) -> None:
    section = ChildSection(desk)
    shown(qtbot, section)
    number = section._fields["child.identity_number"]
    for birth, sex in (("2018-04-16", "female"), ("2017-03-02", "male")):
        type_into(number, identity_number(birth, sex))
        assert (section.value().birth_date, section.value().sex) == (birth, sex)


@pytest.mark.clause("P1")
def test_a_passport_is_no_resident_number(qtbot: QtBot, desk: Desk) -> None:
    section = ChildSection(desk)
    shown(qtbot, section)
    kind = section._fields["child.identity_kind"]
    kind.set_value("passport")
    kind.editor.changed.emit()
    type_into(section._fields["child.identity_number"], "e1234567")
    assert section.value().identity_number == "E1234567"
    assert section.value().sex == ""


@pytest.mark.clause("P1")
def test_a_date_that_is_none_is_kept_as_it_was_typed_and_told(qtbot: QtBot, desk: Desk) -> None:
    section = ChildSection(desk)
    shown(qtbot, section)
    born = section._fields["child.birth_date"]
    type_into(born, "2018-13-40")
    born.editor.left.emit()
    assert section.value().birth_date == "2018-13-40"
    assert born.state == "problem"


@pytest.mark.clause("P1")
def test_rare_characters_are_told_at_once(qtbot: QtBot, desk: Desk) -> None:
    section = GuardiansSection(desk)
    shown(qtbot, section)
    name = section.cards[0].fields["name"]
    type_into(name, "李龑")
    name.editor.left.emit()
    assert (name.state, name.message()) == ("warning", "生僻字：已确认可打印")
    assert rare_note("张志强") is None
    found = rare_note("\U000323af")
    assert found is not None
    assert "会印成〓" in found[1]


@pytest.mark.clause("P1")
def test_schools_that_were_used_before_are_offered(qtbot: QtBot, centre: Centre, desk: Desk) -> None:
    a_student(centre.manager, school="嘉绿第二小学")
    section = ChildSection(desk)
    shown(qtbot, section)
    school = section._fields["child.school"].editor
    assert [one.text for one in school.matching("jl")] == ["嘉绿第二小学"]


# the picture ----------------------------------------------------------------------------------------------------------


def picture(path: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(path))
    return path


@pytest.mark.clause("P1")
def test_a_photo_is_made_small_and_kept_as_jpeg(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    section = ChildSection(desk)
    shown(qtbot, section)
    chosen = picture(tmp_path / "child.png", 3000, 4000)
    monkeypatch.setattr(desk, "choose_file", lambda *_: chosen)
    with qtbot.waitSignal(section.left):
        section.photo.choose_button.click()
    kept = photos.content(desk.actor, section.value().photo)
    assert kept.startswith(b"\xff\xd8\xff")
    assert QImage.fromData(kept).size().toTuple() == (1500, 2000)
    section.photo.remove_button.click()
    assert section.value().photo == ""


@pytest.mark.clause("P1")
@pytest.mark.qt_log_ignore("marker type", "Invalid JPEG")
def test_what_is_no_picture_or_a_bomb_is_told_and_changes_nothing(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    section = ChildSection(desk)
    shown(qtbot, section)
    told: list[str] = []
    desk.messaged.connect(lambda text, _: told.append(text))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no picture")
    section.photo.take_file(broken)
    monkeypatch.setattr(photo, "MOST_PIXELS", 10_000)
    section.photo.take_file(picture(tmp_path / "big.png", 200, 200))
    assert len(told) == 2
    assert told[0] != told[1]
    assert section.value().photo == ""


def test_what_the_camera_wrote_into_the_file_is_not_kept(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.setText("Comment", "Hangzhou 30.27 N")
    path = tmp_path / "child.jpg"
    image.save(str(path))
    assert b"Hangzhou" in path.read_bytes()
    assert b"Hangzhou" not in photo.as_jpeg(photo.read_picture(path))


# people ---------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_somebody_who_was_removed_can_be_brought_back(qtbot: QtBot, desk: Desk) -> None:
    section = GuardiansSection(desk)
    people = (a_guardian(name="张志强"), a_guardian(name="李龑"), a_guardian(name="王秀英"))
    shown(qtbot, section, Registration(guardians=people))
    offered: list[Message] = []
    desk.offered.connect(offered.append)
    section.remove(section.cards[1])
    assert [one.name for one in section.value()] == ["张志强", "王秀英"]
    assert section.cards[1].title.text() == "监护人 2"
    assert sorted(section._fields)[:2] == ["guardians.0.mobile", "guardians.0.name"]
    assert offered[0].undo is not None
    offered[0].undo()
    assert section.value() == people


@pytest.mark.clause("P1")
def test_one_of_the_guardians_pays(qtbot: QtBot, desk: Desk) -> None:
    section = GuardiansSection(desk)
    shown(qtbot, section, Registration(guardians=(a_guardian(payer=True), a_guardian(payer=False))))
    section.cards[1].pills["payer"].click()
    assert [one.payer for one in section.value()] == [False, True]


@pytest.mark.clause("P1")
def test_a_shared_guardian_keeps_its_id_and_says_so(qtbot: QtBot, desk: Desk) -> None:
    section = GuardiansSection(desk)
    shown(qtbot, section, Registration(guardians=(Guardian("张志强", "father", "13805712236", id=7),)))
    type_into(section.cards[0].fields["workplace"], "文鼎中学")
    assert section.value()[0].id == 7
    assert not section.cards[0].shared.isHidden()


@pytest.mark.clause("P1")
def test_that_nobody_can_be_called_stands_below_the_cards(qtbot: QtBot, desk: Desk) -> None:
    section = ContactsSection(desk)
    shown(qtbot, section, a_registration(contacts=(), guardian_emergency=False))
    assert section.note.text() == ""
    section.show_problems(list(section.problems().values()))
    section._visited.add("contacts")
    section.checked()
    assert section.note.text() == "还没有紧急时能打通电话的人"


@pytest.mark.clause("P1")
def test_going_home_alone_needs_its_time(qtbot: QtBot, desk: Desk) -> None:
    section = PickUpSection(desk)
    shown(qtbot, section, a_registration())
    assert section.start.isHidden()
    section.alone.click()
    assert not section.start.isHidden()
    assert section.problems()["pick_up.alone_from"].code == "alone_from_missing"
    type_into(section.start, "1730")
    assert section.value() == PickUp(goes_home_alone=True, alone_from="17:30")
    section.alone.click()
    assert section.value() == PickUp()


# health and consents --------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_nothing_particular_and_a_particular_exclude_each_other(qtbot: QtBot, desk: Desk) -> None:
    section = HealthSection(desk)
    shown(qtbot, section)
    for mark, expected in (
        ("none_known", ("none_known",)), ("food_allergy", ("food_allergy",)), ("asthma", ("food_allergy", "asthma")),
        ("none_known", ("none_known",)),
    ):  # fmt: skip
        section.marks.pill(mark).click()
        assert section.value() == Health(expected)


@pytest.mark.clause("P1")
def test_consents_keep_version_and_day_and_ask_under_14_only_the_young(
    qtbot: QtBot, desk: Desk, the_clock: Clock,
) -> None:
    section = ConsentsSection(desk)
    shown(qtbot, section, a_registration(consents=(), birth_date="2018-04-16"))
    assert not section.rows["under_14"].isHidden()
    section.all_button.click()
    assert section.value() == tuple(
        Consent(kind, given=True, version=1, date="2026-09-12", given_by="张志强", relation="father")
        for kind in ("privacy", "under_14", "photos", "emergency_treatment")
    )
    section.show_registration(a_registration(birth_date="2011-01-01"))
    assert section.rows["under_14"].isHidden()


@pytest.mark.clause("P1")
def test_a_refusal_stays_a_refusal_when_the_rest_is_agreed_to(qtbot: QtBot, desk: Desk) -> None:
    section = ConsentsSection(desk)
    shown(qtbot, section, a_registration(consents=(Consent("photos", given=False, version=1, date="2026-09-01"),)))
    section.all_button.click()
    answers = {one.kind: one for one in section.value()}
    assert (answers["photos"].given, answers["photos"].date) == (False, "2026-09-01")
    assert answers["privacy"].given


@pytest.mark.clause("P1")
def test_somebody_else_of_the_guardians_can_be_the_one_who_answers(qtbot: QtBot, desk: Desk) -> None:
    section = ConsentsSection(desk)
    people = (Guardian("张志强", "father"), Guardian("李龑", "mother", payer=True))
    shown(qtbot, section, a_registration(consents=(), guardians=people))
    row = section.rows["photos"]
    row.answer.set_value(value=True)
    row.answer.changed.emit()
    assert (row.value().given_by, row.value().relation) == ("李龑", "mother"), "whoever pays"
    row.who.set_value(("张志强", "father"))
    row.who.changed.emit()
    assert (row.value().given_by, row.value().relation) == ("张志强", "father")
    assert "张志强" not in row.line.text(), "it stands beside it"
    shown(qtbot, section, a_registration(consents=section.value(), guardians=people[1:]))
    assert row.who.value() == ("张志强", "father"), "who answered stays, guardian or not"


@pytest.mark.clause("P1")
def test_an_answer_to_an_older_wording_says_so(qtbot: QtBot, desk: Desk) -> None:
    wordings.save(desk.actor, "photos", "照片", "同意用于班级群。", 1)
    section = ConsentsSection(desk)
    shown(qtbot, section, a_registration(consents=(Consent("photos", given=True, version=1, date="2026-09-01"),)))
    assert "第 1 版（现在是第 2 版）" in section.rows["photos"].line.text()
    assert "第 2 版" not in section.rows["privacy"].line.text()


@pytest.mark.clause("P13")
def test_a_closed_health_section_shows_nothing_takes_nothing_and_loses_nothing(qtbot: QtBot, desk: Desk) -> None:
    section = HealthSection(desk)
    told = Health(("food_allergy",), "花生")
    shown(qtbot, section, a_registration(health=told))
    section.close_health("consent_not_asked")
    assert (section.marks.value(), section.first_field()) == ((), None)
    assert not section.card.isEnabled()
    assert "先问家长" in section.closed_line.text()
    assert section.value() == told
    section.close_health("")
    assert (section.marks.value(), section.value(), section.closed_line.text()) == (("food_allergy",), told, "")


# services -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P1")
def test_a_new_line_proposes_the_term_and_follows_another_first_day(qtbot: QtBot, desk: Desk) -> None:
    section = ServicesSection(desk)
    shown(qtbot, section)
    assert section.value().start_date == "2026-09-14"  # the 12th is a Saturday
    service = section.cards[0].fields["service_id"]
    service.set_value(1)
    service.editor.changed.emit()
    line = section.value().lines[0]
    assert (line.from_date, line.to_date, line.weekdays) == ("2026-09-14", "2027-01-31", 0b11111)
    type_into(section.start_date, "2027-03-01")
    section.start_date.editor.left.emit()
    line = section.value().lines[0]
    assert (line.from_date, line.to_date) == ("2027-03-01", "2027-06-30")


@pytest.mark.clause("P1")
def test_what_the_family_asked_for_is_filled_in_by_one_key_beside_what_was_chosen(
    qtbot: QtBot, desk: Desk, centre: Centre,
) -> None:  # fmt: skip
    said: list[str] = []
    desk.messaged.connect(lambda text, _: said.append(text))
    meal = a_line("晚餐", service_id=centre.services["晚餐"], session="none", unit="meal")
    section = ServicesSection(desk)
    asked = Services((meal,), start_date="2026-09-14", wanted="晚托+晚餐、游泳课")
    shown(qtbot, section, a_registration(services=asked))
    assert section.wanted.text() == "家长想要：晚托+晚餐、游泳课"
    section.wanted.buttons["propose"].click()
    lines = section.value().lines
    assert [line.service_name for line in lines] == ["晚餐", "晚托"]
    assert (lines[1].unit, lines[1].unit_fen, lines[1].to_date) == ("term", 360_000, "2027-01-31")
    assert said == ["服务里没有“游泳课”，请自己选。"]
    assert section.value().wanted == "晚托+晚餐、游泳课"


@pytest.mark.clause("P1")
def test_nothing_is_offered_where_nobody_asked(qtbot: QtBot, desk: Desk) -> None:
    section = ServicesSection(desk)
    shown(qtbot, section)
    assert section.wanted.isHidden()


@pytest.mark.clause("P1")
def test_a_fee_that_is_paid_once_needs_no_period(qtbot: QtBot, desk: Desk, centre: Centre) -> None:
    section = ServicesSection(desk)
    shown(qtbot, section)
    card = section.cards[0]
    card.fields["service_id"].set_value(centre.services["材料费"])
    card.fields["service_id"].editor.changed.emit()
    assert card.value().unit == "once"
    assert card.fields["from_date"].isHidden()
    assert card.amount.text() == "¥120.00"


@pytest.mark.clause("P5")
def test_the_discount_names_its_rule_and_can_be_taken_off_with_a_reason_and_given_back(
    qtbot: QtBot, desk: Desk, centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.change_settings(centre.manager, {"sibling_discount_percent": "10"})
    elder = a_student(centre.manager, name="张子晨", mobile="13805712236")
    from app.process import application

    family = application.family(desk.actor, elder)
    section = ServicesSection(desk)
    shown(qtbot, section, a_registration(guardians=family.guardians))
    section.price()
    assert [(one.rule, one.fen) for one in section.value().discounts] == [("siblings", 39_000)]
    assert section._names == ("张子晨",)
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(ReasonDialog, "reason", lambda dialog: "家长放弃")
    section._remove_discount(section.value().discounts[0])
    assert section.value().discounts == ()
    assert section.value().removed == (Discount("siblings", "家长放弃"),)
    assert section.value().total_fen == 390_000
    section._give_back(section.value().removed[0])
    assert [one.fen for one in section.value().discounts] == [39_000]
    assert section.value().removed == ()


@pytest.mark.clause("P5")
def test_a_discount_by_hand_is_for_those_who_may_charge(
    qtbot: QtBot, desk: Desk, counter: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = ServicesSection(counter)
    shown(qtbot, hidden)
    assert hidden.discount_button.isHidden()
    section = ServicesSection(desk)
    shown(qtbot, section, a_registration())
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(ReasonDialog, "reason", lambda dialog: "老生优惠")
    monkeypatch.setattr(ReasonDialog, "fen", lambda dialog: 20_000)
    section.discount_button.click()
    assert section.value().discounts == (Discount("by_hand", "老生优惠", 20_000),)
    assert section.value().total_fen == 370_000


@pytest.mark.clause("P1")
def test_days_that_are_missing_are_told_beside_them(qtbot: QtBot, desk: Desk) -> None:
    section = ServicesSection(desk)
    shown(qtbot, section, a_registration(services=Services((a_line(weekdays=0),), start_date="2026-09-14")))
    section.show_problems(list(section.problems().values()))
    assert section.cards[0].words.text() == "请至少选一个星期几"


@pytest.mark.clause("P1")
def test_a_class_shows_its_places(qtbot: QtBot, desk: Desk, centre: Centre) -> None:
    a_student(centre.manager)
    section = ServicesSection(desk)
    shown(qtbot, section)
    hints = [one.hint for one in section.care_class.editor.matching("")]
    assert "1 / 20　周敏" in hints


def test_every_section_can_stand_bare_in_a_card_of_the_file(qtbot: QtBot, desk: Desk) -> None:
    for kind in ALL:
        section = kind(desk, bare=True)
        shown(qtbot, section, a_registration())
        assert section.first_field() is not None or kind is ContactsSection
        assert not section.testAttribute(Qt.WidgetAttribute.WA_WState_Visible)
