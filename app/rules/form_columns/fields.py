"""The fields that a column of a form export can be: the names by which the page, the layouts and the problems speak.

A field's name is a path into the registration where there is one ('guardians.0.mobile', see rules/problem.py). Beside
them stand a few that lead to more than one place, or to none.
"""

from app.rules.opening.fields import OPENING_JOINED

GUARDIANS = 3
CONTACTS = 3
COLLECTORS = 2

NOT_USED = ""
SUBMITTED_AT = "submitted_at"
WANTED = "services.wanted"
ALONE = "pick_up.goes_home_alone"
CHILD = (
    "child.name", "child.sex", "child.birth_date", "child.identity_kind", "child.identity_number", "child.school",
    "child.grade", "child.school_class", "child.form_teacher", "child.address", "child.special_needs", "child.heard_of",
)  # fmt: skip
HEALTH = (
    "health.allergies", "health.conditions", "health.medication", "health.diet", "health.doctor_notes",
    "health.insurance",
)  # fmt: skip
CONSENTS = ("consents.privacy", "consents.under_14", "consents.photos", "consents.emergency_treatment")
GUARDIAN_PARTS = ("name", "relation", "mobile", "wechat", "workplace")
CONTACT_PARTS = ("name", "relation", "mobile")

GUARDIAN_BOXES = ("lives_with_child", "may_collect", "emergency", "payer")
CONTACT_BOXES = ("may_collect", "emergency")
MARKS = "health.marks"
NOTE = "pick_up.note"

FIELDS = (
    *CHILD,
    *(f"guardians.{at}.{part}" for at in range(GUARDIANS) for part in GUARDIAN_PARTS),
    *(f"contacts.{at}.{part}" for at in range(CONTACTS) for part in CONTACT_PARTS),
    *(f"collectors.{at}.{part}" for at in range(COLLECTORS) for part in CONTACT_PARTS),
    ALONE, *HEALTH, *CONSENTS, WANTED, "services.start_date", SUBMITTED_AT,
)  # fmt: skip
"""Everything that a column may be, in the order of the form. A name cell may hold the relation and the phone too, a
grade or school cell the class."""

JOINED = frozenset({
    "child.address", "child.special_needs", "child.heard_of", *HEALTH, WANTED, *OPENING_JOINED,
})  # fmt: skip
"""Fields that several columns may fill together (食物过敏 and 药物过敏; 省市区 and 详细地址)."""

OF_OUR_FORM = (
    *(f"guardians.{at}.{box}" for at in range(GUARDIANS) for box in GUARDIAN_BOXES),
    *(f"contacts.{at}.{box}" for at in range(CONTACTS) for box in CONTACT_BOXES),
    MARKS, NOTE,
)  # fmt: skip
"""What only our own PDF form tells: its boxes. No column of another form is proposed to be one of these."""
