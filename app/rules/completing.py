"""What a family is asked to complete or to check, in its own words, and the text that asks for it (product.md P1).

The texts go to parents: they are Chinese whatever the language of the window, say what is wanted and not which rule
was broken, and hold of what the family wrote only the name of the child.
"""

from collections.abc import Iterable, Sequence

from app.errors import Refused
from app.rules.problem import Problem

CHILD, ITEMS, CENTRE, PHONE = "【孩子】", "【缺项】", "【中心】", "【电话】"
GAPS = (CHILD, ITEMS, CENTRE, PHONE)
TEXT = "【孩子】的家长您好，这里是【中心】。孩子的报名表已收到，还请补充或核对：\n【缺项】\n直接回复就可以，谢谢！"
NAMELESS = "孩子"
_LONGEST = 1000

ASKED = {
    "name_missing": "孩子的姓名（与证件一致）",
    "name_odd": "{who}的姓名，请核对",
    "sex_missing": "孩子的性别",
    "sex_differs": "孩子的性别与身份证号不一致，请核对",
    "birth_date_missing": "孩子的出生日期",
    "birth_date_invalid": "孩子的出生日期有误，请写成 2018-04-16 这样",
    "birth_date_future": "孩子的出生日期有误，请核对年份",
    "birth_date_differs": "孩子的出生日期与身份证号不一致，请核对",
    "age_unusual": "孩子的出生日期，请核对年份",
    "identity_characters": "孩子的证件号码有误，请逐位核对",
    "identity_missing": "孩子的证件号码少了几位，请核对",
    "identity_extra": "孩子的证件号码多了几位，请核对",
    "identity_check_digit": "孩子的证件号码有误，请逐位核对",
    "identity_birth_date": "孩子的证件号码有误，请逐位核对",
    "identity_birth_future": "孩子的证件号码有误，请逐位核对",
    "identity_unusual": "孩子的证件类型和号码，请核对",
    "grade_unclear": "孩子的年级",
    "guardian_missing": "监护人的姓名、与孩子的关系和手机号",
    "guardian_name_missing": "{who}的姓名",
    "guardian_relation_missing": "{who}与孩子的关系",
    "guardian_phone_missing": "{who}的手机号",
    "guardian_unreachable": "{who}的手机号",
    "guardians_same_phone": "两位监护人的手机号相同，请核对",
    "contact_name_missing": "{who}的姓名",
    "contact_relation_missing": "{who}与孩子的关系",
    "contact_phone_missing": "{who}的电话",
    "emergency_is_guardian": "监护人以外的一位紧急联系人：姓名、关系和电话",
    "no_emergency": "一位紧急时打得通的联系人：姓名、关系和电话",
    "nobody_may_collect": "谁来接孩子：姓名、关系和手机号；或者孩子自行回家",
    "alone_from_missing": "孩子几点起可以自行回家",
    "time_invalid": "孩子几点起可以自行回家，请写成 16:30 这样",
    "health_not_asked": "孩子的过敏、疾病、用药和忌口，没有请回复“无”",
    "health_contradicts": "孩子有没有过敏、疾病、用药和忌口，请核对",
    "allergy_not_named": "孩子对什么过敏、有什么反应",
    "medication_not_named": "孩子用什么药、怎么用",
    "privacy_not_asked": "是否同意《个人信息告知书》",
    "under_14_not_asked": "监护人是否单独同意处理未满 14 周岁孩子的个人信息",
    "services_missing": "希望参加的托管服务",
    "start_date_invalid": "希望的开始日期，请写成 2026-09-14 这样",
    "start_date_unclear": "希望的开始日期，请写成 2026-09-14 这样",
    **dict.fromkeys(
        ("phone_characters", "phone_missing", "phone_extra", "phone_prefix", "phone_unclear", "landline_missing",
         "landline_extra", "foreign_length"),
        "{who}的电话有误，请核对",
    ),
}  # fmt: skip
"""By the code of a problem what the family is asked for."""

OUR_OWN = frozenset({
    "privacy_refused", "under_14_refused", "consent_date_invalid", "service_missing", "service_twice",
    "service_unknown", "service_not_offered", "weekdays_missing", "unit_unknown", "quantity_missing",
    "price_impossible", "price_missing", "price_differs", "period_missing", "period_invalid", "period_reversed",
    "period_past", "discount_amount_missing", "discount_rule_unknown", "discount_reason_missing",
    "discount_too_large", "discount_by_hand", "discount_without_sibling", "discount_above_rule", "class_unknown",
    "class_full",
})  # fmt: skip
"""Problems that no text can ask away: they are settled at the centre, or talked over."""

_PEOPLE = {"guardians": "监护人", "contacts": "紧急联系人"}
_PLACES = ("", "第二位", "第三位", "第四位")


def asked(problems: Iterable[Problem]) -> tuple[str, ...]:
    """What to ask the family for, each once, in the order of the form; empty when nothing of it is theirs."""
    return tuple(dict.fromkeys(_words(one) for one in problems if one.code in ASKED))


def _words(problem: Problem) -> str:
    return ASKED[problem.code].format(who=_who(problem.field))


def _who(field: str) -> str:
    people, *rest = field.split(".")
    place = int(rest[0]) if people in _PEOPLE and rest and rest[0].isdigit() else 0
    return f"{_PLACES[min(place, len(_PLACES) - 1)]}{_PEOPLE.get(people, '孩子')}"


def text(template: str, child: str, items: Sequence[str], centre: str, phone: str) -> str:
    """The text for one family: the gaps of `template` filled, what is asked for as a numbered list."""
    listed = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    filled = template  # the list last: what is filled in is not looked through for gaps again
    for gap, value in ((CENTRE, centre), (PHONE, phone), (CHILD, child or NAMELESS)):
        filled = filled.replace(gap, value.translate(_NO_GAPS))
    return filled.replace(ITEMS, listed)


_NO_GAPS = str.maketrans("【】", "[]")


def check_template(template: str) -> None:
    """Refuse a template that says not what is missing. Raises Refused template_without_items, template_too_long."""
    if ITEMS not in template:
        raise Refused("template_without_items", gap=ITEMS)
    if len(template) > _LONGEST:
        raise Refused("template_too_long", most=_LONGEST)
