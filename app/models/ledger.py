"""Tables of money. They only grow: models/guards.py refuses UPDATE and DELETE.

The columns are explained in upgrades/v001_first.py.
"""

from peewee import IntegerField, TextField

from app.models.base import Table


class Receipt(Table):
    """A receipt; only grows."""

    opid = TextField()
    year = IntegerField()
    no = IntegerField()
    number = TextField()
    code = TextField()
    student_id = IntegerField()
    fen = IntegerField()
    due_fen = IntegerField()
    owed_fen = IntegerField()
    given_fen = IntegerField()
    change_fen = IntegerField()
    paid_on = TextField()
    issued_at = TextField()
    cashier_id = IntegerField()
    paper_id = IntegerField(null=True)
    log_seq = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "receipt"


class ReceiptVoid(Table):
    """That a receipt is void; only grows."""

    receipt_id = IntegerField(primary_key=True)
    opid = TextField()
    voided_at = TextField()
    voided_by = IntegerField()
    log_seq = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "receipt_void"


class Ledger(Table):
    """A row of the ledger; only grows."""

    opid = TextField()
    student_id = IntegerField()
    kind = TextField()
    fen = IntegerField()
    date = TextField()
    entered_at = TextField()
    entered_by = IntegerField()
    service_id = IntegerField(null=True)
    line_id = IntegerField(null=True)
    rule = TextField(default="")
    period_from = TextField(default="")
    period_to = TextField(default="")
    unit = TextField(default="")
    unit_fen = IntegerField(default=0)
    quantity = IntegerField(default=0)
    receipt_id = IntegerField(null=True)
    method = TextField(default="")
    reverses = IntegerField(null=True)

    class Meta:
        """Name and key."""

        table_name = "ledger"


class Settlement(Table):
    """How many fen of a charge a receipt settled; only grows."""

    receipt_id = IntegerField()
    charge_id = IntegerField()
    fen = IntegerField()
    reverses = IntegerField(null=True)

    class Meta:
        """Name and key."""

        table_name = "settlement"


class LedgerNote(Table):
    """Free text of a ledger row; erasable."""

    ledger_id = IntegerField(primary_key=True)
    note = TextField()

    class Meta:
        """Name and key."""

        table_name = "ledger_note"


class ReceiptNote(Table):
    """Payer and remarks of a receipt; erasable."""

    receipt_id = IntegerField(primary_key=True)
    payer = TextField(default="")
    relation = TextField(default="")
    reference = TextField(default="")
    remark = TextField(default="")

    class Meta:
        """Name and key."""

        table_name = "receipt_note"


class ReceiptVoidNote(Table):
    """Why a receipt is void; erasable."""

    receipt_id = IntegerField(primary_key=True)
    reason = TextField()

    class Meta:
        """Name and key."""

        table_name = "receipt_void_note"
