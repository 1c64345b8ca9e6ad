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

-- signatures on the screen, scans of signed sheets -------------------------------------------------------------------
-- which bytes were shown and which came of it; this only grows. A row of `signature` that names none is one on paper
CREATE TABLE screen_signature (
    id INTEGER PRIMARY KEY, paper_id INTEGER NOT NULL REFERENCES paper (id),
    shown_sha256 TEXT NOT NULL CHECK (length(shown_sha256) = 64),
    signed_sha256 TEXT NOT NULL CHECK (length(signed_sha256) = 64),
    signed_at TEXT NOT NULL, signed_by INTEGER NOT NULL REFERENCES user (id), log_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX screen_signature_paper ON screen_signature (paper_id, id);
-- what the pen did: points with their times, by place on the sheet; erasable
CREATE TABLE screen_stroke (
    signature_id INTEGER PRIMARY KEY REFERENCES screen_signature (id), strokes TEXT NOT NULL
) STRICT;
ALTER TABLE signature ADD COLUMN screen_id INTEGER REFERENCES screen_signature (id);
-- scans of a signed sheet, and which of them were taken off again; both only grow
CREATE TABLE paper_scan (
    id INTEGER PRIMARY KEY, paper_id INTEGER NOT NULL REFERENCES paper (id),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64), kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'pdf')),
    size INTEGER NOT NULL, added_at TEXT NOT NULL, added_by INTEGER NOT NULL REFERENCES user (id)
) STRICT;
CREATE INDEX paper_scan_paper ON paper_scan (paper_id, id);
CREATE TABLE paper_scan_off (
    scan_id INTEGER PRIMARY KEY REFERENCES paper_scan (id), taken_off_at TEXT NOT NULL,
    taken_off_by INTEGER NOT NULL REFERENCES user (id)
) STRICT;
-- since which day the data differ from what was signed; '' while the signature covers them, or nobody signed yet
ALTER TABLE student ADD COLUMN stale_since TEXT NOT NULL DEFAULT '';
DROP INDEX student_unsigned;
CREATE INDEX student_unsigned ON student (state, entered_on, stale_since, id) WHERE unsigned = 1;

-- review -------------------------------------------------------------------------------------------------------------
-- how many findings an application has, and the day on which they were counted: prices, places and ages move
ALTER TABLE application ADD COLUMN findings INTEGER;
ALTER TABLE application ADD COLUMN counted_on TEXT NOT NULL DEFAULT '';
-- until when it is to be decided or answered, where that is not said by the day on which it was handed in
ALTER TABLE application ADD COLUMN due_on TEXT NOT NULL DEFAULT '';
CREATE TABLE review_tick (
    application_id INTEGER NOT NULL REFERENCES application (id), version INTEGER NOT NULL, item TEXT NOT NULL,
    ticked_by INTEGER NOT NULL REFERENCES user (id), ticked_at TEXT NOT NULL,
    PRIMARY KEY (application_id, version, item)
) STRICT, WITHOUT ROWID;
-- every time that the family was asked; erasable
CREATE TABLE family_contact (
    id INTEGER PRIMARY KEY, application_id INTEGER NOT NULL REFERENCES application (id), at TEXT NOT NULL,
    whom TEXT NOT NULL, way TEXT NOT NULL, result TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
    entered_by INTEGER NOT NULL REFERENCES user (id)
) STRICT;
CREATE INDEX family_contact_application ON family_contact (application_id, id);
-- a place that is kept for an application, by a deposit or a promise
CREATE TABLE place_hold (
    application_id INTEGER PRIMARY KEY REFERENCES application (id), held_until TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', held_by INTEGER NOT NULL REFERENCES user (id), held_at TEXT NOT NULL
) STRICT;
CREATE INDEX place_hold_until ON place_hold (held_until);
-- how many places a service or a grade has; those of a class stand in care_class
CREATE TABLE place_limit (
    kind TEXT NOT NULL CHECK (kind IN ('service', 'grade')), key TEXT NOT NULL,
    places INTEGER NOT NULL CHECK (places > 0), PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- two records of one child -------------------------------------------------------------------------------------------
-- which record went into which; both numbers stay, and so do the rows of the ledger under either. It only grows
CREATE TABLE student_merge (
    from_id INTEGER PRIMARY KEY REFERENCES student (id), into_id INTEGER NOT NULL REFERENCES student (id),
    opid TEXT NOT NULL UNIQUE, merged_at TEXT NOT NULL, merged_by INTEGER NOT NULL REFERENCES user (id),
    log_seq INTEGER NOT NULL, CHECK (from_id <> into_id)
) STRICT;
CREATE INDEX student_merge_into ON student_merge (into_id, from_id);

-- taking over --------------------------------------------------------------------------------------------------------
-- the centre's own list, and its rows that became students; these only grow. `family` is the row of the first child of
-- those who share a guardian
CREATE TABLE take_over (
    id INTEGER PRIMARY KEY, opid TEXT NOT NULL UNIQUE, file TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64), as_of TEXT NOT NULL, rows INTEGER NOT NULL,
    taken INTEGER NOT NULL, taken_at TEXT NOT NULL, taken_by INTEGER NOT NULL REFERENCES user (id)
) STRICT;
CREATE INDEX take_over_file ON take_over (sha256, id);
CREATE TABLE take_over_child (
    take_over_id INTEGER NOT NULL REFERENCES take_over (id), row INTEGER NOT NULL, digest TEXT NOT NULL,
    student_id INTEGER NOT NULL REFERENCES student (id), family INTEGER NOT NULL, PRIMARY KEY (take_over_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX take_over_child_digest ON take_over_child (digest);
CREATE INDEX take_over_child_student ON take_over_child (student_id);
-- days and meals that were paid and not used on that day, in tenths
CREATE TABLE opening_left (
    id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES student (id),
    kind TEXT NOT NULL CHECK (kind IN ('days', 'meals')), tenths INTEGER NOT NULL, as_of TEXT NOT NULL,
    take_over_id INTEGER NOT NULL REFERENCES take_over (id)
) STRICT;
CREATE INDEX opening_left_student ON opening_left (student_id, id);
-- which children stand on the opening statement of a family
CREATE TABLE opening_statement (
    paper_id INTEGER NOT NULL REFERENCES paper (id), student_id INTEGER NOT NULL REFERENCES student (id),
    PRIMARY KEY (paper_id, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_statement_student ON opening_statement (student_id, paper_id);
-- the number that a child had in the centre's own list: it is found by it
CREATE TABLE old_number (
    student_id INTEGER NOT NULL REFERENCES student (id), number TEXT NOT NULL, PRIMARY KEY (student_id, number)
) STRICT, WITHOUT ROWID;

-- consents and their wordings ----------------------------------------------------------------------------------------
-- version 1 of a wording is the file of the program; later ones are the centre's, and only grow
CREATE TABLE wording (
    name TEXT NOT NULL, version INTEGER NOT NULL CHECK (version >= 2), title TEXT NOT NULL, text TEXT NOT NULL,
    made_by INTEGER NOT NULL REFERENCES user (id), made_at TEXT NOT NULL, PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
ALTER TABLE consent ADD COLUMN given_by TEXT NOT NULL DEFAULT '';   -- who agreed, refused or withdrew
ALTER TABLE consent ADD COLUMN relation TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN note TEXT NOT NULL DEFAULT '';
"""

FILES_SCHEMA = ""


def data(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Move what is there: one function a section, in their order."""
    _import_of_form_exports(connection)
    _signatures(connection)
    _two_records_of_one_child(connection)
    _taking_over(connection)


def _import_of_form_exports(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Whoever may fill in applications may import them; a new centre gets its grants from rules/rights.py."""
    connection.execute("INSERT INTO secret (name, value) VALUES ('import_key', randomblob(32))")
    connection.execute(
        'INSERT INTO right_grant (role, "right")'
        " SELECT role, 'import_applications' FROM right_grant WHERE \"right\" = 'register'",
    )


def _signatures(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Who waits for a signature though a sheet was signed, waits since the newest entry about the student."""
    connection.execute(
        "UPDATE student SET stale_since = coalesce((SELECT substr(max(at), 1, 10) FROM operation_log"
        " WHERE subject_kind = 'student' AND subject_id = student.id), entered_on)"
        " WHERE unsigned = 1 AND EXISTS (SELECT 1 FROM paper JOIN signature ON signature.paper_id = paper.id"
        " WHERE paper.student_id = student.id)",
    )


def _two_records_of_one_child(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Whoever may restore a backup may merge records: the manager, unless the centre said otherwise."""
    connection.execute(
        'INSERT INTO right_grant (role, "right")'
        " SELECT role, 'merge_students' FROM right_grant WHERE \"right\" = 'restore'",
    )


def _taking_over(connection: Any) -> None:  # noqa: ANN401 - raw connection
    """Whoever may restore a backup may take children over: the manager, unless the centre said otherwise."""
    connection.execute(
        'INSERT INTO right_grant (role, "right")'
        " SELECT role, 'take_over' FROM right_grant WHERE \"right\" = 'restore'",
    )
