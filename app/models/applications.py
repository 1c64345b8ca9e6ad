"""Tables of drafts and applications. The columns are explained in upgrades/v001_first.py."""

from peewee import IntegerField, TextField

from app.models.base import Table


class Draft(Table):
    """A registration that is still being typed."""

    author_id = IntegerField()
    application_id = IntegerField(null=True)
    step = IntegerField(default=0)
    title = TextField(default="")
    form = TextField()
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        """Name and key."""

        table_name = "draft"


class Application(Table):
    """A submitted application, with the form as it was typed."""

    opid = TextField()
    channel = TextField()
    state = TextField()
    form = TextField()
    name = TextField()
    birth_date = TextField()
    identity_number = TextField()
    phones = TextField()
    keyed_by = IntegerField()
    submitted_at = TextField()
    decided_by = IntegerField(null=True)
    decided_at = TextField(default="")
    reason = TextField(default="")
    student_id = IntegerField(null=True)
    version = IntegerField(default=1)

    class Meta:
        """Name and key."""

        table_name = "application"
