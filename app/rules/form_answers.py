"""The fields of a filled PDF form as the answers of a row: words, as an online form would have them in its cells.

So a filled form goes the way of a form export: the same preview, the same checks, corrected in the same cells.
"""

from collections.abc import Mapping, Sequence

from app.rules import words
from app.rules.form_columns.fields import (
    CONTACT_BOXES,
    CONTACT_PARTS,
    CONTACTS,
    GUARDIAN_BOXES,
    GUARDIAN_PARTS,
    GUARDIANS,
)
from app.rules.person import CONSENT_KINDS, HEALTH_MARKS
from app.rules.words import HEALTH_MARK

YES, NO = "是", "否"
_PLACES = "一二三四五六七八"
_TITLES = {
    "child.name": "孩子姓名", "child.sex": "性别", "child.birth_date": "出生日期", "child.identity_kind": "证件类型",
    "child.identity_number": "证件号码", "child.school": "就读学校", "child.grade": "年级",
    "child.school_class": "学校班级", "child.form_teacher": "学校班主任", "child.address": "家庭住址",
    "guardians": "监护人", "contacts": "联系人", "name": "姓名", "relation": "关系", "mobile": "手机", "wechat": "微信",
    "workplace": "工作单位", "lives_with_child": "同住", "may_collect": "可接送", "emergency": "紧急联系",
    "payer": "交款人", "pick_up.goes_home_alone": "自行回家", "pick_up.note": "接送说明",
    "services.wanted": "希望的服务", "services.start_date": "希望的入托日期", "health.marks": "健康情况",
    "health.allergies": "过敏", "health.conditions": "病史", "health.medication": "用药",
    "health.diet": "饮食", "health.doctor_notes": "医生意见",
    "health.insurance": "保险", "child.special_needs": "特殊需要和补充", "child.heard_of": "了解渠道",
    "consents.privacy": "个人信息告知", "consents.under_14": "未满 14 周岁单独同意", "consents.photos": "活动照片",
    "consents.emergency_treatment": "紧急送医", "submitted_at": "读取日期",
}  # fmt: skip
_ALWAYS = (  # stands in the table though nobody filled it: what is missing there can be typed
    "child.name", "child.sex", "child.birth_date", "child.identity_number", "guardians.0.name", "guardians.0.relation",
    "guardians.0.mobile", "services.wanted", "health.allergies", "consents.privacy", "consents.under_14",
)  # fmt: skip
_ANSWERS = {"given": "同意", "refused": "不同意"}
_TEXTS = (
    *(f"child.{name}" for name in (
        "name", "sex", "birth_date", "identity_kind", "identity_number", "school", "grade", "school_class",
        "form_teacher", "address", "special_needs", "heard_of",
    )),
    *(f"health.{name}" for name in
      ("allergies", "conditions", "medication", "diet", "doctor_notes", "insurance")),
    "pick_up.note", "services.start_date",
)  # fmt: skip


def answers(fields: Mapping[str, str], today: str) -> dict[str, str]:
    """Give the answers by field of the import. `today` (ISO) is the day of the consents: the form bears none.

    A box of a person counts as 否 when it is not ticked: who may fetch a child is never guessed.
    """
    found = {name: fields[name] for name in _TEXTS if fields.get(name)}
    found |= _people(fields, "guardians", GUARDIAN_PARTS, GUARDIAN_BOXES, GUARDIANS)
    found |= _people(fields, "contacts", CONTACT_PARTS, CONTACT_BOXES, CONTACTS)
    if more := fields.get("form.more"):
        found["child.special_needs"] = "；".join(filter(None, (found.get("child.special_needs"), more)))
    if marks := [HEALTH_MARK[mark] for mark in HEALTH_MARKS if fields.get(f"health.marks.{mark}")]:
        found["health.marks"] = "、".join(marks)
    if fields.get("pick_up.goes_home_alone"):
        found["pick_up.goes_home_alone"] = "，".join(filter(None, (YES, fields.get("pick_up.alone_from"))))
    if wanted := _wanted(fields):
        found["services.wanted"] = wanted
    return found | _consents(fields) | {"submitted_at": today}


def table(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Put the answers of several forms under one header: the fields of the columns, their titles, the rows."""
    filled = {*_ALWAYS}.union(*rows)
    fields = tuple(sorted(filled, key=_place))
    cells = tuple(tuple(row.get(field, "") for field in fields) for row in rows)
    return fields, tuple(_title(field) for field in fields), cells


def _place(field: str) -> tuple[int, str, int]:
    """Where a column stands: in the order of _TITLES, all of one person together."""
    order, (head, *rest) = list(_TITLES), field.split(".")
    if head in ("guardians", "contacts"):
        return order.index(head), rest[0], order.index(rest[1])
    return order.index(field), "", 0


def _title(field: str) -> str:
    head, *rest = field.split(".")
    if head in ("guardians", "contacts"):
        return f"{_TITLES[head]}{_PLACES[int(rest[0])]}{_TITLES[rest[1]]}"
    return _TITLES[field]


def _people(
    fields: Mapping[str, str], people: str, texts: tuple[str, ...], boxes: tuple[str, ...], most: int,
) -> dict[str, str]:  # fmt: skip
    found: dict[str, str] = {}
    for place in range(most):
        told = {f"{people}.{place}.{name}": fields.get(f"{people}.{place}.{name}", "") for name in texts}
        if any(told.values()):
            found |= {name: text for name, text in told.items() if text}
            for name in boxes:
                found[f"{people}.{place}.{name}"] = YES if fields.get(f"{people}.{place}.{name}") else NO
    return found


def _wanted(fields: Mapping[str, str]) -> str:
    """What is wished for, in the words of the form: 午托 480.00 元/月（周一、三、五，2026-09-01 至 2027-01-20）."""
    found = []
    places = sorted({name.split(".")[2] for name in fields if name.startswith("services.lines.")})
    for where in (f"services.lines.{place}" for place in places):
        ticked = sum(1 << day for day in range(7) if fields.get(f"{where}.weekdays.{day}"))
        period = _period(fields.get(f"{where}.from_date", ""), fields.get(f"{where}.to_date", ""))
        about = "，".join(filter(None, (words.weekdays(ticked), period)))
        if service := fields.get(f"{where}.service") or ("未写明服务" if about else ""):
            found.append(f"{service}（{about}）" if about else service)
    return "；".join(found)


def _period(first: str, last: str) -> str:
    return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"至 {last}" if last else ""


def _consents(fields: Mapping[str, str]) -> dict[str, str]:
    """The answers with the version of the wording that stood on the form: 同意（第 1 版）."""
    versions = dict(part.partition("=")[::2] for part in fields.get("form.wordings", "").split(";"))
    found = {}
    for kind in CONSENT_KINDS:
        if answer := _ANSWERS.get(fields.get(f"consents.{kind}", "")):
            version = versions.get(kind, "")
            known = version.isascii() and version.isdigit()
            found[f"consents.{kind}"] = f"{answer}（第 {version} 版）" if known else answer
    return found
