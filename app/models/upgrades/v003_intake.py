"""Schema 3: the intake. Frozen once it is landed: a later change is a later step. Conventions as in v001_first.py."""

from typing import Any

SCHEMA = """
-- import of form exports ---------------------------------------------------------------------------------------------
-- which column is which field, remembered by the words of the header; no answer of anybody stands here
CREATE TABLE import_layout (
    layout TEXT PRIMARY KEY CHECK (length(layout) = 64), columns TEXT NOT NULL, used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- a file that was imported, and the rows that became applications; these only grow. `digest` tells the same answers
-- again: it is keyed by the secret import_key and says nothing by itself
CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY, opid TEXT NOT NULL UNIQUE, file TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    layout TEXT NOT NULL, rows INTEGER NOT NULL, imported INTEGER NOT NULL, imported_at TEXT NOT NULL,
    imported_by INTEGER NOT NULL REFERENCES user (id)
) STRICT;
CREATE INDEX import_batch_file ON import_batch (sha256, id);
CREATE TABLE import_row (
    batch_id INTEGER NOT NULL REFERENCES import_batch (id), row INTEGER NOT NULL, digest TEXT NOT NULL,
    application_id INTEGER NOT NULL REFERENCES application (id), PRIMARY KEY (batch_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_row_digest ON import_row (digest);
"""

FILES_SCHEMA = ""


def data(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Move what is there: one function a section, in their order."""
    _import_of_form_exports(connection)


def _import_of_form_exports(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Whoever may fill in applications may import them; a new centre gets its grants from rules/rights.py."""
    connection.execute("INSERT INTO secret (name, value) VALUES ('import_key', randomblob(32))")
    connection.execute(
        'INSERT INTO right_grant (role, "right")'
        " SELECT role, 'import_applications' FROM right_grant WHERE \"right\" = 'register'",
    )
