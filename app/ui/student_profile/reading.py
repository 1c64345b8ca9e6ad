"""What a card of the file shows while nobody edits it: captions and values, made from the registration."""

from app.process.student_file import ConsentFact, Profile
from app.rules import phones
from app.rules.person import CONSENT_KINDS, Contact, EnrolmentLine, Guardian, Health
from app.ui.consent_words import answer_text, closed_text, version_text
from app.ui.fee_words import line_price
from app.ui.texts import tr
from app.ui.words import CONSENT, GRADE, HEALTH_MARK, IDENTITY_KIND, RELATION, SEX, word

Lines = list[tuple[str, str, str]]  # caption, value, field path for the history


def child_lines(profile: Profile) -> Lines:
    """The child itself."""
    child = profile.registration.child
    grade = "　".join(filter(None, (word(GRADE, child.grade), child.school_class)))
    lines = [
        (tr("姓名"), child.name, "child.name"),
        (tr("性别"), word(SEX, child.sex), "child.sex"),
        (tr("出生日期"), child.birth_date, "child.birth_date"),
        (word(IDENTITY_KIND, child.identity_kind), child.identity_number, "child.identity_number"),
        (tr("就读学校"), child.school, "child.school"),
        (tr("年级、学校班级"), grade, "child.grade"),
        (tr("学校班主任"), child.form_teacher, "child.form_teacher"),
        (tr("家庭住址"), child.address, "child.address"),
        (tr("从哪里知道我们"), child.heard_of, "child.heard_of"),
    ]
    if not profile.health_hidden:
        lines.append((tr("特殊需要"), child.special_needs, "child.special_needs"))
    return lines


def people_lines(profile: Profile) -> Lines:
    """Guardians, contacts, and how the child leaves."""
    whole = profile.registration
    lines = [(word(RELATION, one.relation), _guardian(one), f"guardians.{one.id}") for one in whole.guardians]
    lines += [(word(RELATION, one.relation), _contact(one), "contacts") for one in whole.contacts]
    if whole.pick_up.goes_home_alone:
        lines.append((tr("自行回家"), tr("{time} 起", time=whole.pick_up.alone_from), "pick_up"))
    lines.append((tr("接送说明"), whole.pick_up.note, "pick_up.note"))
    return lines


def _guardian(one: Guardian) -> str:
    marks = [
        text
        for text, holds in (
            (tr("可接送"), one.may_collect),
            (tr("紧急联系人"), one.emergency),
            (tr("交款人"), one.payer),
            (tr("同住"), one.lives_with_child),
        )
        if holds
    ]
    return "　".join(filter(None, (one.name, phones.show(one.mobile), one.workplace, tr("、").join(marks))))


def _contact(one: Contact) -> str:
    marks = [text for text, holds in ((tr("可接送"), one.may_collect), (tr("紧急联系人"), one.emergency)) if holds]
    return "　".join(filter(None, (one.name, phones.show(one.mobile), tr("、").join(marks))))


def health_lines(profile: Profile) -> Lines:
    """Health and diet, and the consents."""
    told = _told(profile.registration.health) if not profile.health_closed else [
        (tr("健康与饮食"), closed_text(profile.health_closed), ""),
    ]  # fmt: skip
    newest = {one.kind: one for one in reversed(profile.consents)}  # they come with the newest first
    asked = [newest[kind] for kind in CONSENT_KINDS if kind in newest]
    return [*told, *((word(CONSENT, one.kind), consent_text(one), f"consents.{one.kind}") for one in asked)]


def consent_text(one: ConsentFact) -> str:
    """An answer with its day, who gave it, the version of what was asked, and what was noted."""
    return "　".join(filter(None, (answer_text(one), version_text(one.version, one.newest), one.note)))


def _told(health: Health) -> Lines:
    marks = tr("、").join(word(HEALTH_MARK, one) for one in health.marks)
    return [
        (tr("情况"), marks, "health.marks"),
        (tr("过敏"), health.allergies, "health.allergies"),
        (tr("病史"), health.conditions, "health.conditions"),
        (tr("用药"), health.medication, "health.medication"),
        (tr("饮食"), health.diet, "health.diet"),
        (tr("医生意见"), health.doctor_notes, "health.doctor_notes"),
        (tr("保险"), health.insurance, "health.insurance"),
    ]


def service_lines(profile: Profile) -> Lines:
    """Class and what is agreed."""
    lines = [(tr("托管班"), profile.class_name, "services.class_id")]
    lines += [(one.service_name, line_text(one), "services") for one in profile.registration.services.lines]
    lines += [(tr("{name}（已结束）", name=one.service_name), line_text(one), "services") for one in profile.past_lines]
    return lines


def line_text(line: EnrolmentLine) -> str:
    """An enrolment line in words: period, price and quantity."""
    period = tr("{first} 至 {last}", first=line.from_date, last=line.to_date) if line.from_date else ""
    return "　".join(filter(None, (period, line_price(line))))
