"""Schema 1: the tables of the first landing. Frozen: a later change is a later step.

STRICT tables know INTEGER, TEXT and BLOB only. Dates are ISO text, times are local ISO text to the second, money is
integer fen. Sign of money: plus means that the family owes more. An empty text means that nothing was given.
Triggers are not here: models/guards.py installs and verifies them after the last step.
"""

SCHEMA = """
-- the office ---------------------------------------------------------------------------------------------------------
CREATE TABLE centre_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL CHECK (value >= 0)) STRICT, WITHOUT ROWID;
CREATE TABLE user (
    id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE user_role (
    user_id INTEGER NOT NULL REFERENCES user (id), role TEXT NOT NULL, from_date TEXT NOT NULL DEFAULT '',
    to_date TEXT NOT NULL DEFAULT '', PRIMARY KEY (user_id, role, from_date)
) STRICT, WITHOUT ROWID;
CREATE TABLE right_grant (
    role TEXT NOT NULL, right TEXT NOT NULL, PRIMARY KEY (role, right)
) STRICT, WITHOUT ROWID;
CREATE TABLE user_view (
    user_id INTEGER NOT NULL REFERENCES user (id), name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE used_value (
    field TEXT NOT NULL, value TEXT NOT NULL, last_used TEXT NOT NULL, PRIMARY KEY (field, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE care_class (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, room TEXT NOT NULL DEFAULT '',
    capacity INTEGER NOT NULL DEFAULT 0, teacher_id INTEGER REFERENCES user (id), active INTEGER NOT NULL DEFAULT 1,
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE operation_log (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor_id INTEGER NOT NULL, action TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject_id INTEGER NOT NULL DEFAULT 0, details TEXT NOT NULL DEFAULT '{}',
    sealed TEXT NOT NULL DEFAULT '{}', mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX operation_log_subject ON operation_log (subject_kind, subject_id, seq);
CREATE INDEX operation_log_actor ON operation_log (actor_id, seq);
CREATE TABLE operation_value (
    seq INTEGER NOT NULL REFERENCES operation_log (seq), field TEXT NOT NULL, salt BLOB NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;

-- services and prices ------------------------------------------------------------------------------------------------
CREATE TABLE service (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, session TEXT NOT NULL DEFAULT 'none',
    hours TEXT NOT NULL DEFAULT '', active INTEGER NOT NULL DEFAULT 1, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE price (
    id INTEGER PRIMARY KEY, service_id INTEGER NOT NULL REFERENCES service (id), unit TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen >= 0), valid_from TEXT NOT NULL, UNIQUE (service_id, unit, valid_from)
) STRICT;

-- applications -------------------------------------------------------------------------------------------------------
CREATE TABLE draft (
    id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES user (id), application_id INTEGER,
    step INTEGER NOT NULL DEFAULT 0, title TEXT NOT NULL DEFAULT '', form TEXT NOT NULL, created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE application (
    id INTEGER PRIMARY KEY, opid TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, state TEXT NOT NULL, form TEXT NOT NULL,
    name TEXT NOT NULL, birth_date TEXT NOT NULL, identity_number TEXT NOT NULL, phones TEXT NOT NULL,
    keyed_by INTEGER NOT NULL REFERENCES user (id), submitted_at TEXT NOT NULL,
    decided_by INTEGER REFERENCES user (id), decided_at TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
    student_id INTEGER REFERENCES student (id), version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX application_state ON application (state, submitted_at, id);
CREATE INDEX application_student ON application (student_id) WHERE student_id IS NOT NULL;

-- people -------------------------------------------------------------------------------------------------------------
CREATE TABLE student (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
    name TEXT NOT NULL, initials TEXT NOT NULL DEFAULT '', sort_key TEXT NOT NULL, search TEXT NOT NULL,
    sex TEXT NOT NULL DEFAULT '', birth_date TEXT NOT NULL DEFAULT '',
    identity_kind TEXT NOT NULL DEFAULT '', identity_number TEXT NOT NULL DEFAULT '',
    school TEXT NOT NULL DEFAULT '', grade TEXT NOT NULL DEFAULT '', school_class TEXT NOT NULL DEFAULT '',
    form_teacher TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', special_needs TEXT NOT NULL DEFAULT '',
    heard_of TEXT NOT NULL DEFAULT '', photo TEXT NOT NULL DEFAULT '',
    goes_home_alone INTEGER NOT NULL DEFAULT 0, alone_from TEXT NOT NULL DEFAULT '',
    pick_up_note TEXT NOT NULL DEFAULT '',
    health_marks TEXT NOT NULL DEFAULT '', allergies TEXT NOT NULL DEFAULT '', conditions TEXT NOT NULL DEFAULT '',
    medication TEXT NOT NULL DEFAULT '', diet TEXT NOT NULL DEFAULT '', doctor_notes TEXT NOT NULL DEFAULT '',
    insurance TEXT NOT NULL DEFAULT '',
    class_id INTEGER REFERENCES care_class (id), start_date TEXT NOT NULL DEFAULT '',
    ends_on TEXT NOT NULL DEFAULT '',          -- last day of what is agreed, kept by process/enrolment lines
    balance_fen INTEGER NOT NULL DEFAULT 0,    -- kept by a trigger on ledger; plus: the family owes
    unsigned INTEGER NOT NULL DEFAULT 1,       -- 1 while the newest confirmation sheet bears no signature
    entered_by INTEGER NOT NULL REFERENCES user (id), entered_on TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX student_sort ON student (sort_key, id);
-- what the student list filters and searches by, in its order: the wide table is never read for it (speed.md 4, 5)
CREATE INDEX student_list ON student (sort_key, id, search, state, balance_fen, ends_on, unsigned, class_id);
CREATE INDEX student_state ON student (state, sort_key, id);
CREATE INDEX student_class ON student (class_id, sort_key, id);
CREATE INDEX student_ending ON student (state, ends_on);
CREATE INDEX student_ends ON student (ends_on, sort_key, id);
CREATE INDEX student_balance ON student (balance_fen, sort_key, id);
CREATE INDEX student_grade ON student (grade, sort_key, id);
CREATE INDEX student_unsigned ON student (state, entered_on, id) WHERE unsigned = 1;
CREATE INDEX student_identity ON student (identity_number) WHERE identity_number <> '';
CREATE INDEX student_born ON student (birth_date, name);
CREATE INDEX student_entered ON student (entered_on, id);
CREATE TABLE guardian (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, mobile TEXT NOT NULL, wechat TEXT NOT NULL DEFAULT '',
    workplace TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX guardian_mobile ON guardian (mobile, id);
CREATE TABLE student_guardian (
    student_id INTEGER NOT NULL REFERENCES student (id), guardian_id INTEGER NOT NULL REFERENCES guardian (id),
    position INTEGER NOT NULL, relation TEXT NOT NULL, lives_with_child INTEGER NOT NULL,
    may_collect INTEGER NOT NULL, emergency INTEGER NOT NULL, payer INTEGER NOT NULL,
    PRIMARY KEY (student_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX student_guardian_guardian ON student_guardian (guardian_id, student_id);
CREATE TABLE contact (
    student_id INTEGER NOT NULL REFERENCES student (id), position INTEGER NOT NULL, name TEXT NOT NULL,
    relation TEXT NOT NULL, mobile TEXT NOT NULL, may_collect INTEGER NOT NULL, emergency INTEGER NOT NULL,
    PRIMARY KEY (student_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_mobile ON contact (mobile, student_id);
CREATE TABLE consent (
    id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES student (id), kind TEXT NOT NULL,
    given INTEGER NOT NULL, version INTEGER NOT NULL, date TEXT NOT NULL, recorded_by INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_student ON consent (student_id, kind, id);
CREATE TABLE enrolment_line (
    id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES student (id),
    service_id INTEGER NOT NULL REFERENCES service (id), session TEXT NOT NULL, weekdays INTEGER NOT NULL,
    from_date TEXT NOT NULL, to_date TEXT NOT NULL, unit TEXT NOT NULL, unit_fen INTEGER NOT NULL,
    quantity INTEGER NOT NULL, ended_on TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX enrolment_line_student ON enrolment_line (student_id, id);
CREATE INDEX enrolment_line_days ON enrolment_line (to_date, from_date, service_id, student_id);

-- papers -------------------------------------------------------------------------------------------------------------
CREATE TABLE paper (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, code TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1, application_id INTEGER REFERENCES application (id),
    student_id INTEGER REFERENCES student (id), sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    made_at TEXT NOT NULL, made_by INTEGER NOT NULL REFERENCES user (id), log_seq INTEGER NOT NULL,
    UNIQUE (kind, number, version)
) STRICT;
CREATE INDEX paper_code ON paper (code, version);
CREATE INDEX paper_application ON paper (application_id, id) WHERE application_id IS NOT NULL;
CREATE INDEX paper_student ON paper (student_id, id) WHERE student_id IS NOT NULL;
CREATE TABLE paper_print (
    id INTEGER PRIMARY KEY, paper_id INTEGER NOT NULL REFERENCES paper (id), nth INTEGER NOT NULL,
    printed_at TEXT NOT NULL, printed_by INTEGER NOT NULL REFERENCES user (id), printer TEXT NOT NULL,
    UNIQUE (paper_id, nth)
) STRICT;
CREATE TABLE signature (
    paper_id INTEGER PRIMARY KEY REFERENCES paper (id), signed_on TEXT NOT NULL, signer TEXT NOT NULL,
    relation TEXT NOT NULL, guardian_id INTEGER REFERENCES guardian (id), marked_by INTEGER NOT NULL,
    marked_at TEXT NOT NULL
) STRICT;
-- what a confirmation sheet showed, so that the next one can print what changed since; erasable
CREATE TABLE sheet_form (paper_id INTEGER PRIMARY KEY REFERENCES paper (id), form TEXT NOT NULL) STRICT;

-- money: these only grow ---------------------------------------------------------------------------------------------
CREATE TABLE receipt (
    id INTEGER PRIMARY KEY, opid TEXT NOT NULL UNIQUE, year INTEGER NOT NULL, no INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, student_id INTEGER NOT NULL REFERENCES student (id),
    fen INTEGER NOT NULL CHECK (fen > 0), due_fen INTEGER NOT NULL, owed_fen INTEGER NOT NULL,
    given_fen INTEGER NOT NULL, change_fen INTEGER NOT NULL CHECK (change_fen >= 0), paid_on TEXT NOT NULL,
    issued_at TEXT NOT NULL, cashier_id INTEGER NOT NULL REFERENCES user (id),
    paper_id INTEGER REFERENCES paper (id), log_seq INTEGER NOT NULL, UNIQUE (year, no)
) STRICT;
CREATE INDEX receipt_student ON receipt (student_id, id);
CREATE INDEX receipt_paper ON receipt (paper_id) WHERE paper_id IS NOT NULL;
CREATE INDEX receipt_issued ON receipt (issued_at, id);
CREATE TABLE receipt_void (
    receipt_id INTEGER PRIMARY KEY REFERENCES receipt (id), opid TEXT NOT NULL UNIQUE, voided_at TEXT NOT NULL,
    voided_by INTEGER NOT NULL REFERENCES user (id), log_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY, opid TEXT NOT NULL UNIQUE, student_id INTEGER NOT NULL REFERENCES student (id),
    kind TEXT NOT NULL CHECK (kind IN ('charge', 'discount', 'payment', 'credit', 'refund', 'correction', 'reversal',
                                       'opening')),
    fen INTEGER NOT NULL, date TEXT NOT NULL, entered_at TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES user (id), service_id INTEGER REFERENCES service (id),
    line_id INTEGER REFERENCES enrolment_line (id),
    rule TEXT NOT NULL DEFAULT '', period_from TEXT NOT NULL DEFAULT '', period_to TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '', unit_fen INTEGER NOT NULL DEFAULT 0, quantity INTEGER NOT NULL DEFAULT 0,
    receipt_id INTEGER REFERENCES receipt (id), method TEXT NOT NULL DEFAULT '',
    reverses INTEGER UNIQUE REFERENCES ledger (id)
) STRICT;
CREATE INDEX ledger_student ON ledger (student_id, date, id);
CREATE INDEX ledger_date ON ledger (date, id);
CREATE INDEX ledger_receipt ON ledger (receipt_id, id) WHERE receipt_id IS NOT NULL;
CREATE TABLE settlement (
    id INTEGER PRIMARY KEY, receipt_id INTEGER NOT NULL REFERENCES receipt (id),
    charge_id INTEGER NOT NULL REFERENCES ledger (id), fen INTEGER NOT NULL, reverses INTEGER UNIQUE
) STRICT;
CREATE INDEX settlement_charge ON settlement (charge_id, id);
CREATE INDEX settlement_receipt ON settlement (receipt_id, id);

-- what may be erased, beside what must stay --------------------------------------------------------------------------
CREATE TABLE ledger_note (ledger_id INTEGER PRIMARY KEY REFERENCES ledger (id), note TEXT NOT NULL) STRICT;
CREATE TABLE receipt_note (
    receipt_id INTEGER PRIMARY KEY REFERENCES receipt (id), payer TEXT NOT NULL DEFAULT '',
    relation TEXT NOT NULL DEFAULT '', reference TEXT NOT NULL DEFAULT '', remark TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE receipt_void_note (
    receipt_id INTEGER PRIMARY KEY REFERENCES receipt (id), reason TEXT NOT NULL
) STRICT;
"""

FILES_SCHEMA = """
CREATE TABLE stored_file (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), kind TEXT NOT NULL, size INTEGER NOT NULL,
    stored_at TEXT NOT NULL, content BLOB NOT NULL
) STRICT;
"""
