"""The recipe for form services: questions, options, required marks and rules."""

import pytest

from app.rules.form_columns import columns
from app.rules.form_recipe import ADVICE, as_text, questions
from app.rules.form_values import plan, row
from app.rules.person import Consent

ASKED = questions(("午托 480.00 元/月", "晚托 780.00 元/月"), ("文三街小学",))


@pytest.mark.clause("P1")
def test_what_must_be_known_is_required() -> None:
    required = {one.title for one in ASKED if one.required}
    assert {"孩子姓名", "孩子出生日期", "监护人一姓名", "监护人一手机", "过敏", "希望参加的托管服务"} <= required
    assert not {"孩子证件号码", "监护人二姓名", "紧急联系人姓名"} & required


@pytest.mark.clause("P1")
def test_no_question_is_asked_twice() -> None:
    assert len({one.title for one in ASKED}) == len(ASKED)


@pytest.mark.clause("P1")
def test_the_centres_own_services_and_schools_are_options() -> None:
    by_title = {one.title: one for one in ASKED}
    assert by_title["希望参加的托管服务"].options == ("午托 480.00 元/月", "晚托 780.00 元/月")
    assert by_title["就读学校"].options == ("文三街小学", "其他")
    bare = {one.title: one for one in questions((), ())}
    assert bare["希望参加的托管服务"].kind == bare["就读学校"].kind == "填空"


@pytest.mark.clause("P1")
def test_the_text_to_copy_has_every_question_with_its_rules() -> None:
    lines = as_text(ASKED).splitlines()
    assert all(f"※ {text}" in lines for text in ADVICE)
    assert "2. 孩子性别［单选，必填］　选项：男 / 女" in lines
    assert "5. 孩子证件号码［填空，选填］　身份证校验：18 位，末位可以是 X；没有可以不填" in lines
    assert any("11 位手机号" in line for line in lines)
    assert lines[-1].startswith(f"{len(ASKED)}. ")


@pytest.mark.clause("P1")
def test_what_is_asked_by_the_recipe_imports_without_a_hand() -> None:
    """Every title is the column that it should be, though no row has been filled in yet."""
    header = tuple(one.title for one in ASKED)
    found = columns.propose(header, [], "2026-09-01")
    assert all(found), [title for title, field in zip(header, found, strict=True) if not field]
    assert len(set(found)) == len(found)
    assert dict(zip(header, found, strict=True)).items() >= {
        "孩子姓名": "child.name", "学校班级": "child.school_class", "监护人一手机": "guardians.0.mobile",
        "监护人二与孩子的关系": "guardians.1.relation", "紧急联系人手机": "contacts.0.mobile",
        "接送人姓名": "collectors.0.name", "医生意见": "health.doctor_notes", "希望的开始日期": "services.start_date",
        "希望参加的托管服务": "services.wanted", "是否同意紧急送医": "consents.emergency_treatment",
        "监护人是否单独同意处理未满 14 周岁孩子的个人信息": "consents.under_14",
    }.items()  # fmt: skip


@pytest.mark.clause("P1")
def test_the_options_of_the_recipe_are_understood() -> None:
    header = tuple(one.title for one in ASKED)
    found = columns.propose(header, [], "2026-09-01")
    for place, one in enumerate(ASKED):
        for option in one.options:
            filled = {"监护人一姓名": "甲", one.title: option}
            cells = tuple(filled.get(title, "") for title in header)
            prepared = plan.plan(header, found, [cells], "2026-09-01")
            whole, asked = row.registration(plan.values(cells, prepared), prepared)
            assert not asked, (one.title, option)
            if one.title in ("孩子性别", "年级"):
                assert whole.child.sex or whole.child.grade, option
            if one.title == "监护人一与孩子的关系":
                assert whole.guardians[0].relation.isascii(), option
            if option == "不同意":
                assert whole.consents == (
                    Consent(
                        found[place].split(".")[1], given=False, date="2026-09-01", given_by="甲", relation="guardian",
                    ),
                )  # fmt: skip
