"""Tables of services and prices. The columns are explained in upgrades/v001_first.py."""

from peewee import IntegerField, TextField

from app.models.base import Table


class Service(Table):
    """A thing that the centre offers."""

    name = TextField()
    kind = TextField()
    session = TextField(default="none")
    hours = TextField(default="")
    active = IntegerField(default=1)
    position = IntegerField(default=0)

    class Meta:
        """Name and key."""

        table_name = "service"


class Price(Table):
    """What a unit of a service costs from a day on."""

    service_id = IntegerField()
    unit = TextField()
    fen = IntegerField()
    valid_from = TextField()

    class Meta:
        """Name and key."""

        table_name = "price"
