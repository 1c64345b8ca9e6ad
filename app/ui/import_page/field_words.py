"""What a column of a form can be, in words: for the pick lists of the columns and the titles of the rows."""

from app.rules.form_columns.fields import FIELDS, NOT_USED
from app.ui.texts import tr

_WORDS = {
    "child.name": "孩子姓名", "child.sex": "性别", "child.birth_date": "出生日期", "child.identity_kind": "证件类型",
    "child.identity_number": "证件号码", "child.school": "就读学校", "child.grade": "年级",
    "child.school_class": "学校班级", "child.form_teacher": "学校班主任", "child.address": "家庭住址",
    "child.special_needs": "特殊需要", "child.heard_of": "从哪里知道我们", "pick_up.goes_home_alone": "自行回家",
    "pick_up.note": "接送说明", "health.allergies": "过敏", "health.conditions": "病史", "health.medication": "用药",
    "health.diet": "饮食", "health.doctor_notes": "医生意见", "health.insurance": "保险", "health.marks": "健康情况",
    "consents.privacy": "同意：个人信息告知", "consents.under_14": "同意：未满 14 周岁单独同意",
    "consents.photos": "同意：活动照片", "consents.emergency_treatment": "同意：紧急送医",
    "services.wanted": "想报的服务", "services.start_date": "希望开始日期", "submitted_at": "提交时间",
}  # fmt: skip
_PEOPLE = {"guardians": "监护人 {n}", "contacts": "紧急联系人 {n}", "collectors": "接送人 {n}"}
_PARTS = {
    "name": "姓名", "relation": "与孩子的关系", "mobile": "手机", "wechat": "微信", "workplace": "工作单位",
    "lives_with_child": "同住", "may_collect": "可接送", "emergency": "紧急联系人", "payer": "交款人",
}  # fmt: skip


def field_word(field: str) -> str:
    """The name of a field; a person's with the number of the person."""
    if field == NOT_USED:
        return tr("不导入")
    if field in _WORDS:
        return tr(_WORDS[field])
    people, *rest = field.split(".")
    if people not in _PEOPLE or not rest:
        return field
    person = tr(_PEOPLE[people], n=int(rest[0]) + 1)
    return f"{person} {tr(_PARTS[rest[1]])}" if len(rest) > 1 else person


def field_options(also: str = "") -> list[tuple[str, str]]:
    """Everything that a column may be, with its words; `also` is one that only a form of ours has."""
    every = [NOT_USED, *FIELDS]
    return [(field, field_word(field)) for field in (every if also in every else [*every, also])]
