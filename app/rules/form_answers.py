"""The fields of a filled PDF form as the answers of a row: words, as an online form would have them in its cells.

So a filled form goes the way of a form export: the same preview, the same checks, corrected in the same cells.
"""

from collections.abc import Mapping

from app.rules.person import CONSENT_KINDS, HEALTH_MARKS, WEEKDAYS_ALL
from app.rules.words import HEALTH_MARK

YES, NO = "是", "否"
GUARDIAN_TEXTS = ("name", "relation", "mobile", "wechat", "workplace")
GUARDIAN_BOXES = ("lives_with_child", "may_collect", "emergency", "payer")
CONTACT_TEXTS = ("name", "relation", "mobile")
CONTACT_BOXES = ("may_collect", "emergency")
_DAYS = "一二三四五六日"
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
    found |= _people(fields, "guardians", GUARDIAN_TEXTS, GUARDIAN_BOXES)
    found |= _people(fields, "contacts", CONTACT_TEXTS, CONTACT_BOXES)
    if more := fields.get("form.more"):
        found["child.special_needs"] = "；".join(filter(None, (found.get("child.special_needs"), more)))
    if marks := [HEALTH_MARK[mark] for mark in HEALTH_MARKS if fields.get(f"health.marks.{mark}")]:
        found["health.marks"] = "、".join(marks)
    if fields.get("pick_up.goes_home_alone"):
        found["pick_up.goes_home_alone"] = "，".join(filter(None, (YES, fields.get("pick_up.alone_from"))))
    if wanted := _wanted(fields):
        found["services.wanted"] = wanted
    return found | _consents(fields) | {"submitted_at": today}


def _people(
    fields: Mapping[str, str], people: str, texts: tuple[str, ...], boxes: tuple[str, ...],
) -> dict[str, str]:  # fmt: skip
    found: dict[str, str] = {}
    places = sorted({name.split(".")[1] for name in fields if name.startswith(f"{people}.") and name.count(".") == 2})
    for place in places:
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
        ticked = [day for day in range(7) if fields.get(f"{where}.weekdays.{day}")]
        period = _period(fields.get(f"{where}.from_date", ""), fields.get(f"{where}.to_date", ""))
        about = "，".join(filter(None, (_days(ticked), period)))
        if service := fields.get(f"{where}.service") or ("未写明服务" if about else ""):
            found.append(f"{service}（{about}）" if about else service)
    return "；".join(found)


def _days(ticked: list[int]) -> str:
    if sum(1 << day for day in ticked) == WEEKDAYS_ALL:
        return "周一至周五"
    return "周" + "、".join(_DAYS[day] for day in ticked) if ticked else ""


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
