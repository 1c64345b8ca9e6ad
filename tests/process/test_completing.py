"""'Please complete …' texts: for waiting applications and for rows of a file, in the words of parents (P1)."""

import json
from pathlib import Path
from random import Random

import pytest

from app.errors import Refused
from app.models.database import database
from app.process import completing, form_import, office
from app.rules.person import Guardian
from tests import builders, exports
from tests.conftest import Centre


def newest() -> tuple[str, str, int, dict[str, object]]:
    action, kind, subject, details = database.execute_sql(
        "SELECT action, subject_kind, subject_id, details FROM operation_log ORDER BY seq DESC LIMIT 1",
    ).fetchone()
    return action, kind, subject, json.loads(details)


@pytest.mark.clause("P1")
def test_a_text_asks_a_family_for_what_its_application_lacks(centre: Centre) -> None:
    whole = builders.a_registration(name="张琢晨", birth_date="", sex="")
    application_id = builders.an_application(centre.receptionist, whole)
    (text,) = completing.of_applications(centre.receptionist)
    assert (text.id, text.name, text.mobile) == (application_id, "张琢晨", whole.guardians[0].mobile)
    assert text.text.startswith("张琢晨的家长您好，这里是安托托管中心。")
    assert "1. 孩子的性别" in text.text
    assert "孩子的出生日期" in text.text
    assert "【" not in text.text


@pytest.mark.clause("P1")
def test_applications_in_which_nothing_is_missing_get_no_text(centre: Centre) -> None:
    builders.an_application(centre.receptionist)
    whole = builders.a_registration(name="陈一", sex="")
    wanted = builders.an_application(centre.receptionist, whole)
    builders.an_application(centre.receptionist, builders.a_registration(name="陈二", sex=""))
    assert [one.id for one in completing.of_applications(centre.receptionist, [wanted])] == [wanted]


@pytest.mark.clause("P1")
def test_rows_with_errors_get_texts_too(centre: Centre, tmp_path: Path) -> None:
    families = exports.family(Random(5), 3)
    families[1]["father_phone"] = "1365212714"
    path = tmp_path / "报名.xlsx"
    path.write_bytes(exports.workbook(exports.table("short", families, Random(5))))
    seen = form_import.preview(centre.receptionist, path)
    (text,) = completing.of_rows(centre.receptionist, seen, {2})
    assert (text.id, text.name, text.guardian) == (2, families[1]["name"], families[1]["father"])
    assert text.items == ("监护人的电话有误，请核对",)
    assert completing.of_rows(centre.receptionist, seen, set()) == ()


@pytest.mark.clause("P1")
def test_the_wording_is_the_centres_own(centre: Centre) -> None:
    builders.an_application(centre.receptionist, builders.a_registration(name="陈一", sex=""))
    office.change_settings(centre.manager, {"complete_text": "【孩子】还缺：【缺项】（【电话】）"})
    (text,) = completing.of_applications(centre.receptionist)
    assert text.text == "陈一还缺：1. 孩子的性别（0571-88001234）"
    (once,) = completing.of_applications(centre.receptionist, template="请补：【缺项】")
    assert once.text == "请补：1. 孩子的性别"
    with pytest.raises(Refused, match="template_without_items"):
        office.change_settings(centre.manager, {"complete_text": "请补充"})


@pytest.mark.clause("P13")
def test_who_does_not_see_health_asks_nothing_about_it(centre: Centre) -> None:
    whole = builders.changed(builders.a_registration(name="陈一"), marks=("food_allergy",), allergies="")
    builders.an_application(centre.receptionist, whole)
    assert "对什么过敏" in completing.of_applications(centre.manager)[0].text
    office.set_grants(centre.manager, "finance", {"review"})
    assert completing.of_applications(centre.finance) == ()


@pytest.mark.clause("P13")
def test_a_batch_of_copied_texts_leaves_one_entry_without_a_name(centre: Centre) -> None:
    completing.copied(centre.receptionist, applications=[4, 9])
    assert newest() == ("copy_complete_texts", "application", 0, {"texts": 2, "applications": [4, 9]})
    completing.copied(centre.receptionist, rows=[3], batch_id=2)
    assert newest() == ("copy_complete_texts", "import", 2, {"texts": 1, "row_numbers": [3]})
    before = newest()
    completing.copied(centre.receptionist)
    assert newest() == before


@pytest.mark.clause("P1")
def test_a_family_without_a_phone_is_named_all_the_same(centre: Centre, tmp_path: Path) -> None:
    path = tmp_path / "报名.csv"
    path.write_bytes(exports.text([["姓名", "家长", "电话"], ["陈一", "陈父", ""]]))
    seen = form_import.preview(centre.receptionist, path)
    (text,) = completing.of_rows(centre.receptionist, seen, {1})
    assert (text.guardian, text.mobile) == (Guardian("陈父").name, "")
