"""Tables of students and those around them. The columns are explained in upgrades/v001_first.py."""

from peewee import CompositeKey, IntegerField, TextField

from app.models.base import Table


class Student(Table):
    """A student (学员)."""

    number = TextField()
    state = TextField()
    name = TextField()
    initials = TextField(default="")
    sort_key = TextField()
    search = TextField()
    sex = TextField(default="")
    birth_date = TextField(default="")
    identity_kind = TextField(default="")
    identity_number = TextField(default="")
    school = TextField(default="")
    grade = TextField(default="")
    school_class = TextField(default="")
    form_teacher = TextField(default="")
    address = TextField(default="")
    special_needs = TextField(default="")
    heard_of = TextField(default="")
    photo = TextField(default="")
    goes_home_alone = IntegerField(default=0)
    alone_from = TextField(default="")
    pick_up_note = TextField(default="")
    health_marks = TextField(default="")
    allergies = TextField(default="")
    conditions = TextField(default="")
    medication = TextField(default="")
    diet = TextField(default="")
    doctor_notes = TextField(default="")
    insurance = TextField(default="")
    class_id = IntegerField(null=True)
    start_date = TextField(default="")
    ends_on = TextField(default="")
    balance_fen = IntegerField(default=0)
    unsigned = IntegerField(default=1)
    entered_by = IntegerField()
    entered_on = TextField()
    version = IntegerField(default=1)

    class Meta:
        """Name and key."""

        table_name = "student"


class Guardian(Table):
    """A guardian, shared by brothers and sisters."""

    name = TextField()
    mobile = TextField()
    wechat = TextField(default="")
    workplace = TextField(default="")

    class Meta:
        """Name and key."""

        table_name = "guardian"


class StudentGuardian(Table):
    """What a guardian is to one child, and what they may do."""

    student_id = IntegerField()
    guardian_id = IntegerField()
    position = IntegerField()
    relation = TextField()
    lives_with_child = IntegerField()
    may_collect = IntegerField()
    emergency = IntegerField()
    payer = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "student_guardian"
        primary_key = CompositeKey("student_id", "position")


class Contact(Table):
    """An emergency contact or a person who may fetch the child."""

    student_id = IntegerField()
    position = IntegerField()
    name = TextField()
    relation = TextField()
    mobile = TextField()
    may_collect = IntegerField()
    emergency = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "contact"
        primary_key = CompositeKey("student_id", "position")


class Consent(Table):
    """A consent given or refused; the newest of a kind counts."""

    student_id = IntegerField()
    kind = TextField()
    given = IntegerField()
    version = IntegerField()
    date = TextField()
    recorded_by = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "consent"


class EnrolmentLine(Table):
    """Service x weekdays x session x period."""

    student_id = IntegerField()
    service_id = IntegerField()
    session = TextField()
    weekdays = IntegerField()
    from_date = TextField()
    to_date = TextField()
    unit = TextField()
    unit_fen = IntegerField()
    quantity = IntegerField()
    ended_on = TextField(default="")

    class Meta:
        """Name and key."""

        table_name = "enrolment_line"
