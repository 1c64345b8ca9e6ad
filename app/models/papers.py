"""Tables of papers, their printings and signatures. The columns are explained in upgrades/v001_first.py."""

from peewee import BlobField, IntegerField, TextField

from app.models.base import FilesTable, Table


class Paper(Table):
    """A paper that was handed out; its bytes are in files.db under `sha256`."""

    kind = TextField()
    number = TextField()
    code = TextField()
    version = IntegerField(default=1)
    application_id = IntegerField(null=True)
    student_id = IntegerField(null=True)
    sha256 = TextField()
    made_at = TextField()
    made_by = IntegerField()
    log_seq = IntegerField()

    class Meta:
        """Name and key."""

        table_name = "paper"


class PaperPrint(Table):
    """One printing of a paper."""

    paper_id = IntegerField()
    nth = IntegerField()
    printed_at = TextField()
    printed_by = IntegerField()
    printer = TextField()

    class Meta:
        """Name and key."""

        table_name = "paper_print"


class Signature(Table):
    """Who signed a paper, when, and in what relation."""

    paper_id = IntegerField(primary_key=True)
    signed_on = TextField()
    signer = TextField()
    relation = TextField()
    guardian_id = IntegerField(null=True)
    marked_by = IntegerField()
    marked_at = TextField()

    class Meta:
        """Name and key."""

        table_name = "signature"


class SheetForm(Table):
    """What a confirmation sheet showed, as JSON; erasable."""

    paper_id = IntegerField(primary_key=True)
    form = TextField()

    class Meta:
        """Name and key."""

        table_name = "sheet_form"


class StoredFile(FilesTable):
    """The bytes of a printed paper or a scan; append-only."""

    sha256 = TextField(primary_key=True)
    kind = TextField()
    size = IntegerField()
    stored_at = TextField()
    content = BlobField()

    class Meta:
        """Name."""

        table_name = "stored_file"
