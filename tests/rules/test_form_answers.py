"""The fields of a filled PDF form as answers: in words, with nothing guessed about who may fetch the child."""

import pytest

from app.rules.form_answers import answers

TODAY = "2026-09-01"


def told(**fields: str) -> dict[str, str]:
    """The answers without the day, which every form has; a double underline stands for the dot of a name."""
    found = answers({name.replace("__", "."): text for name, text in fields.items()}, TODAY)
    assert found.pop("submitted_at") == TODAY
    return found


@pytest.mark.clause("P1")
def test_texts_stay_as_they_were_typed() -> None:
    typed = {"child__name": "张𠮷·<b>&", "health__allergies": "花生\n腰果", "services__start_date": "9月1日"}
    assert told(**typed) == {name.replace("__", "."): text for name, text in typed.items()}


@pytest.mark.clause("P8")
def test_who_is_not_ticked_may_not_fetch_the_child() -> None:
    found = told(guardians__0__name="李明", guardians__0__may_collect="yes", contacts__1__mobile="13805712236")
    assert found["guardians.0.may_collect"] == "是"
    assert [found[f"guardians.0.{name}"] for name in ("lives_with_child", "emergency", "payer")] == ["否"] * 3
    assert [found[f"contacts.1.{name}"] for name in ("may_collect", "emergency")] == ["否"] * 2


def test_a_ticked_box_makes_no_person() -> None:
    assert told(guardians__2__payer="yes", contacts__0__emergency="yes") == {}


@pytest.mark.clause("P1")
def test_health_marks_are_told_in_words() -> None:
    found = told(health__marks__asthma="yes", health__marks__food_allergy="yes")
    assert found == {"health.marks": "食物过敏、哮喘"}


@pytest.mark.clause("P1")
def test_consents_bear_the_version_that_stood_on_the_form() -> None:
    found = told(
        consents__photos="refused", consents__privacy="given", consents__under_14="given",
        form__wordings="photos=2;privacy=1;under_14=<x>",
    )  # fmt: skip
    assert found == {
        "consents.photos": "不同意（第 2 版）", "consents.privacy": "同意（第 1 版）", "consents.under_14": "同意",
    }  # fmt: skip


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("days", "first", "last", "said"),
    [
        ((0, 1, 2, 3, 4), "2026-09-01", "2027-01-20", "午托（周一至周五，2026-09-01 至 2027-01-20）"),
        ((0, 2, 4), "", "", "午托（周一、三、五）"),
        ((6,), "2026-09-01", "", "午托（周日，2026-09-01 起）"),
        ((), "", "2027-01-20", "午托（至 2027-01-20）"),
        ((), "", "", "午托"),
    ],
)
def test_a_wish_is_told_with_its_days_and_dates(days: tuple[int, ...], first: str, last: str, said: str) -> None:
    where = "services.lines.0"
    fields = {f"{where}.service": "午托", f"{where}.from_date": first, f"{where}.to_date": last}
    fields |= {f"{where}.weekdays.{day}": "yes" for day in days}
    assert answers(fields, TODAY)["services.wanted"] == said


def test_several_wishes_stand_in_their_order_and_none_is_lost() -> None:
    fields = {"services.lines.1.service": "晚餐", "services.lines.0.weekdays.0": "yes"}
    assert answers(fields, TODAY)["services.wanted"] == "未写明服务（周一）；晚餐"


@pytest.mark.clause("P8")
def test_going_home_alone_is_told_with_its_time() -> None:
    assert told(pick_up__goes_home_alone="yes", pick_up__alone_from="17:30") == {"pick_up.goes_home_alone": "是，17:30"}
    assert told(pick_up__goes_home_alone="yes") == {"pick_up.goes_home_alone": "是"}
    assert told(pick_up__alone_from="17:30") == {}


@pytest.mark.clause("P1")
def test_what_found_no_room_is_told_with_the_special_needs() -> None:
    assert told(child__special_needs="戴助听器", form__more="第四位监护人：王强") == {
        "child.special_needs": "戴助听器；第四位监护人：王强",
    }
