"""The columns of a form are found by their words, their neighbours and their cells (product.md P1)."""

from random import Random

import pytest

from app.rules.form_columns import columns, headers, table
from tests import exports

TODAY = "2026-09-12"
GUARDIAN = ("name", "relation", "mobile")


def proposed(header: list[str], rows: list[list[str]] | None = None, above: list[str] | None = None) -> list[str]:
    return list(columns.propose(header, rows or [], TODAY, above or ()))


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    "written", ["姓名", "1、姓名", "1. 姓名", "Q3：姓名", "*姓名", "* 1. 姓名：", "（1）姓名", "一、姓名",
        "①姓名", "姓名（必填）", "姓名*", "第1题 姓名", "1．姓名 [填空题]"],
)  # fmt: skip
def test_numbers_marks_and_hints_around_a_header_do_not_matter(written: str) -> None:
    assert headers.plain(written) == "姓名"


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("孩子姓名", "child.name"), ("學生姓名", "child.name"), ("Student's full name", "child.name"),
        ("宝宝大名", "child.name"),
        ("性别", "child.sex"), ("Gender", "child.sex"), ("出生年月日", "child.birth_date"), ("DOB",
        "child.birth_date"),
        ("身份证号（选填）", "child.identity_number"), ("证件号码", "child.identity_number"), ("證件號碼",
        "child.identity_number"),
        ("证件类型", "child.identity_kind"), ("就读学校", "child.school"), ("就讀學校", "child.school"),
        ("年级", "child.grade"),
        ("年级班级", "child.grade"), ("班级", "child.school_class"), ("学校班级", "child.school_class"),
        ("班主任", "child.form_teacher"),
        ("家庭住址", "child.address"), ("Home address", "child.address"), ("过敏史及健康状况", "health.allergies"),
        ("Allergies", "health.allergies"), ("正在服用的药物", "health.medication"), ("饮食禁忌", "health.diet"),
        ("备注", "child.special_needs"),
        ("报名班型", "services.wanted"), ("托管类型", "services.wanted"), ("希望开始日期", "services.start_date"),
        ("从哪里知道我们", "child.heard_of"), ("How did you hear about us?", "child.heard_of"),
        ("是否同意《个人信息处理告知书》", "consents.privacy"), ("监护人同意", "consents.under_14"),
        ("是否同意拍摄照片", "consents.photos"),
        ("是否同意紧急送医", "consents.emergency_treatment"), ("提交答卷时间", "submitted_at"), ("Timestamp",
        "submitted_at"),
        ("序号", ""), ("来自IP", ""), ("所用时间", ""), ("家长姓名", "guardians.0.name"), ("联系电话",
        "guardians.0.mobile"),
        ("手机", "guardians.0.mobile"), ("第二监护人手机", "guardians.1.mobile"), ("家长2电话", "guardians.1.mobile"),
        ("紧急联系人", "contacts.0.name"), ("紧急联系电话", "contacts.0.mobile"), ("接送人姓名", "collectors.0.name"),
        ("与孩子关系", "guardians.0.relation"), ("家长（关系）", "guardians.0.name"), ("家长2（关系）",
        "guardians.1.name"),
        ("妈妈电话", "guardians.0.mobile"), ("联系人", "guardians.0.name"), ("微信号", "guardians.0.wechat"),
        ("年龄", ""),
    ],
)  # fmt: skip
def test_the_words_of_form_services_are_known(written: str, field: str) -> None:
    assert proposed([written]) == [field]


@pytest.mark.clause("P1")
def test_two_guardians_with_equal_headers_are_two_guardians() -> None:
    found = proposed(["学员姓名", "监护人姓名", "关系", "手机", "监护人姓名", "关系", "手机"])
    assert found == ["child.name", *(f"guardians.{at}.{part}" for at in (0, 1) for part in GUARDIAN)]


def test_names_first_and_phones_after_them_belong_together() -> None:
    found = proposed(["姓名", "家长姓名", "家长姓名", "家长电话", "家长电话"])
    assert found[1:] == ["guardians.0.name", "guardians.1.name", "guardians.0.mobile", "guardians.1.mobile"]


def test_mother_and_father_are_guardians_with_a_relation_of_their_own() -> None:
    header = ["姓名", "妈妈姓名", "妈妈手机", "爸爸姓名", "爸爸手机"]
    found = proposed(header)
    assert found[1:] == ["guardians.0.name", "guardians.0.mobile", "guardians.1.name", "guardians.1.mobile"]
    assert columns.parents(header, found) == {0: "mother", 1: "father"}


def test_a_title_above_a_group_of_columns_says_whose_they_are() -> None:
    header = ["姓名", "性别", "姓名", "电话", "姓名", "电话"]
    assert proposed(header, above=["孩子", "", "爸爸", "", "妈妈", ""]) == [
        "child.name", "child.sex", "guardians.0.name", "guardians.0.mobile", "guardians.1.name", "guardians.1.mobile",
    ]  # fmt: skip


def test_relation_and_phone_behind_an_emergency_contact_are_its_own() -> None:
    found = proposed(["姓名", "家长", "电话", "紧急联系人", "关系", "电话"])
    assert found[3:] == ["contacts.0.name", "contacts.0.relation", "contacts.0.mobile"]


@pytest.mark.clause("P1")
def test_cells_overrule_words_that_do_not_fit_them() -> None:
    rows = [["张珞晨", "13812345678"], ["李沐阳", "139 1234 5678"]]
    assert proposed(["姓名", "联系人"], rows) == ["child.name", "guardians.0.mobile"]


@pytest.mark.clause("P1")
def test_unknown_words_are_told_by_their_cells() -> None:
    rows = [["张珞晨", "男", "2018-03-05", "13812345678"], ["李沐阳", "女", "2017年4月1日", "+86 13912345678"]]
    found = proposed(["填写栏一", "填写栏二", "填写栏三", "填写栏四"], rows)
    assert found == ["child.name", "child.sex", "child.birth_date", "guardians.0.mobile"]


def test_a_field_stands_once_unless_its_texts_can_be_joined() -> None:
    assert proposed(["姓名", "姓名"]) == ["child.name", "guardians.0.name"]
    assert proposed(["性别", "性别"]) == ["child.sex", ""]
    assert proposed(["食物过敏", "药物过敏"]) == ["health.allergies", "health.allergies"]


@pytest.mark.clause("P1")
@pytest.mark.parametrize("layout", exports.LAYOUTS)
def test_the_header_is_found_below_titles_and_empty_lines(layout: str) -> None:
    random = Random(2)
    rows = [[str(one) for one in row] for row in exports.table(layout, exports.family(random, 4), random)]
    width = len(rows[0])
    above = [["2026 秋季托管报名表", *[""] * (width - 1)], [""] * width, ["填表说明：请如实填写孩子的姓名",
        *[""] * (width - 1)]]
    found = table.find([tuple(row) for row in (*above, *rows)])
    assert found is not None
    assert (found.at, found.header) == (3, tuple(rows[0]))


def test_without_known_words_there_is_no_header() -> None:
    assert table.find([("苹果", "香蕉"), ("3", "4")]) is None
    assert table.find([]) is None


def test_sums_notes_and_a_header_again_are_no_rows() -> None:
    header = ("姓名", "电话")
    assert table.is_data(("张珞晨", ""), header)
    assert not table.is_data(("", " "), header)
    assert not table.is_data(("合计 3 人", ""), header)
    assert not table.is_data(header, header)


def test_the_same_words_are_the_same_layout_however_they_are_numbered() -> None:
    assert table.layout(["1、姓名", "2、电话"]) == table.layout(["*姓名", "电话（必填）"])
    assert table.layout(["姓名", "电话"]) != table.layout(["电话", "姓名"])
