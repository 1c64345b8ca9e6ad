"""What a confirmation sheet says: its facts gathered for the drawing; what changed since an earlier one, in words."""

from collections.abc import Callable, Iterable

from app.models import stored_files
from app.models.database import database
from app.printing import confirmation_sheet, words
from app.printing.paper import Centre
from app.process import clock, office, wordings
from app.process.actor import Actor
from app.rules import consents, form_fields, phones
from app.rules.form_fields import Changes
from app.rules.money import yuan
from app.rules.person import Registration

_SECTIONS = {
    "guardians": "监护人", "contacts": "联系人", "pick_up": "接送", "health": "健康", "consents": "同意事项",
    "lines": "服务", "discounts": "优惠",
}  # fmt: skip
_FIELDS = {
    "name": "姓名", "sex": "性别", "birth_date": "出生日期", "identity_kind": "证件类型", "identity_number": "证件号码",
    "school": "就读学校", "grade": "年级", "school_class": "学校班级", "form_teacher": "学校班主任",
    "address": "家庭住址", "special_needs": "特别需要",
    "relation": "关系", "mobile": "手机", "wechat": "微信", "workplace": "工作单位",
    "lives_with_child": "与孩子同住", "may_collect": "可接送", "emergency": "紧急联系人", "payer": "交款人",
    "goes_home_alone": "自行回家", "alone_from": "自行回家时间", "note": "说明", "marks": "健康情况",
    "allergies": "过敏", "conditions": "既往病症", "medication": "用药", "diet": "饮食", "doctor_notes": "医嘱",
    "insurance": "保险",
    "service_id": "服务项目", "session": "时段", "weekdays": "星期", "from_date": "开始日期", "to_date": "结束日期",
    "unit": "计价单位", "unit_fen": "单价", "quantity": "数量", "rule": "优惠种类", "reason": "理由", "fen": "金额",
    "start_date": "开始日期", "given": "意见", "given_by": "同意人",
}  # fmt: skip
_LEFT_OUT = frozenset({"photo", "heard_of", "position", "class_id", "id", "version", "date"})
_CODES = {
    "sex": words.SEX, "relation": words.RELATION, "grade": words.GRADE, "identity_kind": words.IDENTITY_KIND,
    "unit": words.UNIT, "session": words.SESSION, "rule": words.DISCOUNT,
}  # fmt: skip
_CONSENTS = {
    "privacy": "个人信息告知", "under_14": "未满 14 周岁单独同意", "photos": "活动照片",
    "emergency_treatment": "紧急送医",
}  # fmt: skip
_WHOLE = {  # what names a row that came or went as a whole
    "guardians": ("name", "relation", "mobile"),
    "contacts": ("name", "relation", "mobile"),
    "lines": ("service_id", "from_date", "to_date"),
    "discounts": ("rule", "reason", "fen"),
}


def draw(
    actor: Actor,
    registration: Registration,
    *,
    number: str,
    code: str,
    version: int,
    student_id: int | None,
    changes: Changes,
    changed_since: int,
) -> bytes:
    """Draw the sheet of a registration. `changes` are told against the sheet of version `changed_since`."""
    centre, services = office.centre(), registration.services
    class_name, student_number = _centre_facts(services.class_id, student_id)
    photo = registration.child.photo
    if consents.trouble(registration.consents, registration.child.birth_date, clock.today()) == consents.REFUSED:
        changes = {field: pair for field, pair in changes.items() if not field.startswith(form_fields.HEALTH)}
    return confirmation_sheet.draw(
        confirmation_sheet.SheetFacts(
            registration=registration, number=number, code=code, version=version,
            centre=Centre(centre.name, centre.english_name, centre.address, centre.phone, centre.logo),
            made_at=clock.stamp(), clerk=actor.name, photo=stored_files.content(photo) if photo else None,
            changes=in_words(changes), changed_since=changed_since, student_number=student_number,
            class_name=class_name, wordings=wordings.of_centre(),
        ),
    )  # fmt: skip


def _centre_facts(class_id: int | None, student_id: int | None) -> tuple[str, str]:
    """Name of the class and number of the student, as far as they are known."""
    named = database.execute_sql("SELECT name FROM care_class WHERE id = ?", (class_id,)).fetchone()
    numbered = database.execute_sql("SELECT number FROM student WHERE id = ?", (student_id,)).fetchone()
    return named[0] if named else "", numbered[0] if numbered else ""


def in_words(changes: Changes) -> tuple[tuple[str, str, str], ...]:
    """Changes as (what, before, after) for the sheet; a person or line that came or went is one row."""
    found: list[tuple[str, str, str]] = []
    done: set[str] = set()
    for field, (before, after) in changes.items():
        *path, name = field.split(".")
        row, kind = ".".join(path), path[-2] if len(path) > 1 else ""
        if name in _LEFT_OUT or row in done or (path[0] == "consents" and name == "relation"):
            continue
        if kind in _WHOLE and _came_or_went(row, changes):
            done.add(row)
            found.append((_title(path), _summary(row, kind, changes, 0), _summary(row, kind, changes, 1)))
        else:
            found.append((_title(path, name), _value(name, before), _value(name, after)))
    return tuple(found)


def _came_or_went(row: str, changes: Changes) -> bool:
    pairs = [pair for field, pair in changes.items() if field.startswith(f"{row}.")]
    return not any(before for before, _ in pairs) or not any(after for _, after in pairs)


def _summary(row: str, kind: str, changes: Changes, side: int) -> str:
    values = (_value(name, changes.get(f"{row}.{name}", ("", ""))[side]) for name in _WHOLE[kind])
    return "　".join(value for value in values if value)


def _title(path: Iterable[str], name: str = "") -> str:
    """`guardians.2.mobile` is 监护人 2 手机, `consents.photos.given` is 同意事项 and what it is for."""
    parts = []
    for part in path:
        if part in _SECTIONS:
            parts.append(_SECTIONS[part])
        elif part.isdigit():
            parts.append(part)
        elif part in _CONSENTS:
            parts.append(_CONSENTS[part])
    field = "" if name == "given" else _FIELDS.get(name, name)
    return " ".join([*parts, field]).strip()


def _value(name: str, value: str) -> str:
    if not value:
        return ""
    if name in _CODES:
        return words.word(_CODES[name], value)
    return _SHOWN.get(name, str)(value)


def _yes_no(value: str) -> str:
    return "是" if value == "1" else "否"


def _service(value: str) -> str:
    row = database.execute_sql("SELECT name FROM service WHERE id = ?", (int(value),)).fetchone()
    return str(row[0]) if row else value


_SHOWN: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("lives_with_child", "may_collect", "emergency", "payer", "goes_home_alone"), _yes_no),
    "given": lambda value: "同意" if value == "1" else "不同意",
    "mobile": phones.show,
    "fen": lambda value: yuan(int(value)),
    "unit_fen": lambda value: yuan(int(value)),
    "weekdays": lambda value: words.weekdays(int(value)),
    "marks": lambda value: "、".join(words.word(words.HEALTH_MARK, mark) for mark in value.split(",")),
    "service_id": _service,
}
