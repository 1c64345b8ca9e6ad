"""Tables of the office: settings, users, rights, counters, operation log.

The columns are explained in upgrades/v001_first.py.
"""

from peewee import BlobField, CompositeKey, IntegerField, TextField

from app.models.base import Table


class CentreSetting(Table):
    """A setting of the centre."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        """Name and key."""

        table_name = "centre_setting"


class Secret(Table):
    """A random key that never leaves the file (log, anchor)."""

    name = TextField(primary_key=True)
    value = BlobField()

    class Meta:
        """Name and key."""

        table_name = "secret"


class Counter(Table):
    """A running number; moves by one inside a transaction."""

    name = TextField(primary_key=True)
    value = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "counter"


class User(Table):
    """Somebody who signs in."""

    login = TextField()
    name = TextField()
    active = IntegerField(default=1)
    created_at = TextField()

    class Meta:
        """Name and key."""

        table_name = "user"


class UserRole(Table):
    """A role that a user holds, for ever or from a day to a day."""

    user_id = IntegerField()
    role = TextField()
    from_date = TextField(default="")
    to_date = TextField(default="")

    class Meta:
        """Name and key."""

        table_name = "user_role"
        primary_key = CompositeKey("user_id", "role", "from_date")


class RightGrant(Table):
    """The table right x role."""

    role = TextField()
    right = TextField()

    class Meta:
        """Name and key."""

        table_name = "right_grant"
        primary_key = CompositeKey("role", "right")


class UserView(Table):
    """A user's own view settings (columns, filters)."""

    user_id = IntegerField()
    name = TextField()
    value = TextField()

    class Meta:
        """Name and key."""

        table_name = "user_view"
        primary_key = CompositeKey("user_id", "name")


class UsedValue(Table):
    """What was typed before in a pick list, last used first."""

    field = TextField()
    value = TextField()
    last_used = TextField()

    class Meta:
        """Name and key."""

        table_name = "used_value"
        primary_key = CompositeKey("field", "value")


class CareClass(Table):
    """A class of the centre (托管班)."""

    name = TextField()
    room = TextField(default="")
    capacity = IntegerField(default=0)
    teacher_id = IntegerField(null=True)
    active = IntegerField(default=1)
    position = IntegerField(default=0)

    class Meta:
        """Name and key."""

        table_name = "care_class"


class OperationLog(Table):
    """One use case that wrote something; chained by `mac`."""

    seq = IntegerField(primary_key=True)
    at = TextField()
    actor_id = IntegerField()
    action = TextField()
    subject_kind = TextField()
    subject_id = IntegerField(default=0)
    details = TextField(default="{}")
    sealed = TextField(default="{}")
    mac = BlobField()

    class Meta:
        """Name and key."""

        table_name = "operation_log"


class OperationValue(Table):
    """Personal values before and after; erasable, the chain holds only their salted seal."""

    seq = IntegerField()
    field = TextField()
    salt = BlobField()
    before = TextField()
    after = TextField()

    class Meta:
        """Name and key."""

        table_name = "operation_value"
        primary_key = CompositeKey("seq", "field")
