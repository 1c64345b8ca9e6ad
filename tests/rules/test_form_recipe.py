"""The recipe for form services: questions, options, required marks and rules."""

import pytest

from app.rules.form_recipe import ADVICE, as_text, questions

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
