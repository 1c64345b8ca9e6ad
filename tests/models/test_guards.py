"""What the database refuses, whoever asks: 22 attempts to change history, and what the authorizer denies besides."""

import contextlib
from collections.abc import Iterator
from typing import Any

import peewee
import pytest
import sqlcipher3

from app.errors import Damaged
from app.models import database as db
from app.models import guards
from app.models.database import database, unit_of_work
from app.process import counters, pointer
from tests.conftest import Centre

Run = Any


@pytest.fixture
def money(centre: Centre) -> Centre:
    """A student with a charge, a receipt of 2026 and its payment, all of them written as the program does."""
    with unit_of_work():
        database.execute_sql(
            "INSERT INTO student (id, number, state, name, sort_key, search, entered_by, entered_on)"
            " VALUES (1, '20260001', 'entered', '张珞晨', 'z', 'z', 1, '2026-09-12')",
        )
        add_ledger("charge", 78_000, 1)
        receipt(counters.next_number("receipt-2026"))
        add_ledger("payment", -78_000, 2, receipt=1)
        database.execute_sql("INSERT INTO settlement (receipt_id, charge_id, fen) VALUES (1, 1, 78000)")
        database.execute_sql(
            "INSERT INTO paper (id, kind, number, code, student_id, sha256, made_at, made_by, log_seq)"
            " VALUES (1, 'receipt', '2026-000001', '2', 1, ?, '2026-09-12', 1, 1)",
            ("0" * 64,),
        )
        database.execute_sql("INSERT INTO paper_print VALUES (1, 1, 1, '2026-09-12', 1, 'x')")
        database.execute_sql("INSERT INTO receipt_void VALUES (1, 'v1', '2026-09-13', 1, 1)")
    return centre


def add_ledger(kind: str, fen: int, row: int, *, reverses: int | None = None, receipt: int | None = None) -> None:
    database.execute_sql(
        "INSERT INTO ledger (id, opid, student_id, kind, fen, date, entered_at, entered_by, reverses, receipt_id)"
        " VALUES (?, ?, 1, ?, ?, '2026-09-12', '2026-09-12T10:00:00', 1, ?, ?)",
        (row, f"op{row}", kind, fen, reverses, receipt),
    )


def receipt(number: int, *, year: int = 2026, row: int | None = None) -> None:
    database.execute_sql(
        "INSERT INTO receipt (id, opid, year, no, number, code, student_id, fen, due_fen, owed_fen, given_fen,"
        " change_fen, paid_on, issued_at, cashier_id, log_seq) VALUES (?, ?, ?, ?, ?, ?, 1, 78000, 78000, 0, 0, 0,"
        " '2026-09-12', '2026-09-12T10:00:00', 1, 1)",
        (row or number, f"r{year}{number}", year, number, f"{year}-{number:06d}", f"2{year}{number}"),
    )


@contextlib.contextmanager
def unguarded(centre: Centre) -> Iterator[Any]:
    """A connection with the triggers, but without the authorizer: what another tool with the key would have."""
    centre.close()
    raw = db.connection(pointer.current(centre.folder) / db.DATA, centre.key, write=True)
    try:
        yield raw
    finally:
        raw.close()


LEDGER = """id, opid, student_id, kind, fen, date, entered_at, entered_by, service_id, line_id, rule, period_from,
period_to, unit, unit_fen, quantity, receipt_id, method, reverses"""
ANOTHER = LEDGER.replace("id, opid", "id + 50, opid || id", 1)
RECEIPT = """id, opid, year, no, number, code, student_id, fen, due_fen, owed_fen, given_fen, change_fen, paid_on,
issued_at, cashier_id, paper_id, log_seq"""
LOG = "seq, at, actor_id, action, subject_kind, subject_id, details, sealed, mac"
# by the triggers alone: 14
BY_TRIGGERS = {
    "change an amount of the ledger": "UPDATE ledger SET fen = 1 WHERE id = 1",
    "change it by UPDATE OR REPLACE": "UPDATE OR REPLACE ledger SET fen = 1 WHERE id = 1",
    "delete a row of the ledger": "DELETE FROM ledger WHERE id = 2",
    "empty the ledger": "DELETE FROM ledger",
    "change it by an upsert":
        "INSERT INTO ledger SELECT * FROM ledger WHERE id = 1 ON CONFLICT (opid) DO UPDATE SET fen = 1",
    "write over a row of the ledger by INSERT OR REPLACE":
        f"INSERT OR REPLACE INTO ledger SELECT {LEDGER.replace('fen,', '1,', 1)} FROM ledger WHERE id = 1",
    "write over a receipt by REPLACE":
        f"REPLACE INTO receipt SELECT {RECEIPT.replace('fen,', '1,', 1)} FROM receipt WHERE id = 1",
    "change an amount of a receipt": "UPDATE receipt SET fen = 1",
    "delete receipts": "DELETE FROM receipt",
    "bring a void receipt back": "DELETE FROM receipt_void",
    "change what a payment settled": "UPDATE settlement SET fen = 1",
    "change an entry of the operation log": "UPDATE operation_log SET details = '{}' WHERE seq = 1",
    "skip a receipt number": "UPDATE counter SET value = value + 2",
    "begin the receipt numbers again": "DELETE FROM counter WHERE name = 'receipt-2026'",
}
# by the authorizer on the program's own connection: 8
BY_AUTHORIZER = {
    "drop a guard": "DROP TRIGGER ledger_no_update",
    "drop a column of the ledger": "ALTER TABLE ledger DROP COLUMN method",
    "add a trigger": "CREATE TRIGGER mine AFTER INSERT ON ledger BEGIN SELECT 1; END",
    "attach another file": "ATTACH 'other.db' AS other",
    "open the schema for writing": "PRAGMA writable_schema = 1",
    "let REPLACE pass by the triggers": "PRAGMA recursive_triggers = 0",
    "change the key": "PRAGMA rekey = 'x'",
    "empty the ledger from the program": "DELETE FROM ledger",
}
ALSO_REFUSED = [
    "UPDATE counter SET value = 0",
    "UPDATE counter SET name = 'other'",
    "INSERT INTO counter VALUES ('receipt-2027', 5)",
    "UPDATE paper SET sha256 = 'x'",
    "DELETE FROM paper_print",
    "UPDATE operation_value SET after = ''",
    "UPDATE student SET balance_fen = 5",
    "DELETE FROM student",
    f"INSERT INTO ledger SELECT {ANOTHER.replace('fen,', 'kind,', 1)} FROM ledger WHERE id = 1",
    f"INSERT INTO ledger SELECT {ANOTHER.replace('kind,', 'date,', 1)} FROM ledger WHERE id = 1",
    f"INSERT INTO operation_log SELECT {LOG.replace('seq', 'seq + 5')} FROM operation_log WHERE seq = 1",
]


@pytest.mark.clause("P5")
@pytest.mark.parametrize("sql", [*BY_TRIGGERS.values(), *ALSO_REFUSED], ids=[*BY_TRIGGERS, *ALSO_REFUSED])
def test_no_statement_changes_what_only_grows(money: Centre, sql: str) -> None:
    with unguarded(money) as raw:
        raw.execute("INSERT INTO operation_value VALUES (1, 'f', x'00', 'a', 'b')")
        before = content(raw.execute)
        with pytest.raises(sqlcipher3.IntegrityError):
            raw.execute(sql)
        assert content(raw.execute) == before


@pytest.mark.clause("P5")
def test_a_counter_that_is_begun_again_goes_on(money: Centre) -> None:
    with unguarded(money) as raw:
        before = content(raw.execute)
        raw.execute("INSERT OR REPLACE INTO counter VALUES ('receipt-2026', 0)")
        assert content(raw.execute) == before


@pytest.mark.clause("P5")
@pytest.mark.parametrize("sql", BY_AUTHORIZER.values(), ids=BY_AUTHORIZER.keys())
def test_the_program_itself_may_not_get_at_the_guards(money: Centre, sql: str) -> None:
    before = content(database.execute_sql)
    with pytest.raises(peewee.DatabaseError, match=r"not authorized|prohibited"), unit_of_work():
        database.execute_sql(sql)
    assert content(database.execute_sql) == before
    assert database.execute_sql("PRAGMA recursive_triggers").fetchone()[0] == 1
    guards.verify(database, guards.TRIGGERS, db.DATA)


def test_there_are_twenty_two_attempts() -> None:
    assert len(BY_TRIGGERS) + len(BY_AUTHORIZER) == 22


@pytest.mark.clause("P5")
@pytest.mark.parametrize("number", [1, 3, 7])
def test_a_receipt_with_a_number_out_of_order_is_refused(money: Centre, number: int) -> None:
    with pytest.raises(peewee.IntegrityError), unit_of_work():
        receipt(number, row=50)
    with unit_of_work():
        counters.next_number("receipt-2026")
        counters.next_number("receipt-2026")
    with pytest.raises(peewee.IntegrityError, match="out of order"), unit_of_work():
        receipt(3, row=50)


@pytest.mark.clause("P5")
def test_every_year_begins_with_number_one(money: Centre) -> None:
    with unit_of_work():
        receipt(counters.next_number("receipt-2027"), year=2027, row=2)
        receipt(counters.next_number("receipt-2026"), row=3)
    numbers = database.execute_sql("SELECT number FROM receipt ORDER BY id").fetchall()
    assert [number for (number,) in numbers] == ["2026-000001", "2027-000001", "2026-000002"]


@pytest.mark.clause("P5")
def test_a_balance_follows_the_ledger_and_nothing_else(money: Centre) -> None:
    def balance() -> int:
        return int(database.execute_sql("SELECT balance_fen FROM student").fetchone()[0])

    assert balance() == 0
    with unit_of_work():
        add_ledger("charge", 1_500, 3)
    assert balance() == 1_500
    with pytest.raises(peewee.IntegrityError, match="sum of the ledger"), unit_of_work():
        database.execute_sql("UPDATE student SET balance_fen = 0")
    with unit_of_work():
        database.execute_sql("UPDATE student SET name = '张洛晨', version = version + 1")
        add_ledger("reversal", -1_500, 4, reverses=3)
    assert balance() == 0


@pytest.mark.clause("P5")
def test_a_reversal_mirrors_its_row_and_happens_once(money: Centre) -> None:
    with pytest.raises(peewee.IntegrityError, match="mirrors"), unit_of_work():
        add_ledger("reversal", -77_999, 5, reverses=1)
    with unit_of_work():
        add_ledger("reversal", 78_000, 5, reverses=2)
    with pytest.raises(peewee.IntegrityError), unit_of_work():
        add_ledger("reversal", 78_000, 6, reverses=2)


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER ledger_no_delete",
        "CREATE TRIGGER mine AFTER INSERT ON ledger BEGIN SELECT 1; END",
        "DROP TRIGGER receipt_in_order; CREATE TRIGGER receipt_in_order BEFORE INSERT ON receipt BEGIN SELECT 1; END",
    ],
)
def test_guards_that_were_changed_keep_the_data_closed(money: Centre, sql: str) -> None:
    with unguarded(money) as raw:
        for statement in sql.split("; C"):
            raw.execute(statement if statement.startswith(("DROP", "CREATE")) else f"C{statement}")
    with pytest.raises(Damaged, match="guards_changed"):
        money.open()
    assert database.is_closed()


def test_reading_pragmas_and_checkpoints_stay_allowed(centre: Centre) -> None:
    for pragma in ("data_version", "user_version", "wal_checkpoint(TRUNCATE)", "quick_check", "foreign_key_check"):
        assert database.execute_sql(f"PRAGMA {pragma}").fetchall() is not None


def content(run: Run) -> dict[str, list[Any]]:
    tables = (*guards.GROWING, "counter", "student", "operation_value", "sqlite_master")
    return {table: run(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
