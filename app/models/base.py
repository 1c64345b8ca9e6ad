"""The two databases of the open data folder, and what every table class shares."""

from peewee import Model

from app.models.database import database, files


class Table(Model):
    """A table of data.db."""

    class Meta:
        """Bound to the one open database."""

        database = database
        legacy_table_names = False


class FilesTable(Model):
    """A table of files.db."""

    class Meta:
        """Bound to the files database beside it."""

        database = files
        legacy_table_names = False
