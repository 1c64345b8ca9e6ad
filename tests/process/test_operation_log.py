"""The operation log: chained, readable, erasable in its personal values, anchored outside the database."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import Refused
from app.models import database as db
from app.models.database import database, unit_of_work
from app.process import anchor, data_folder, keys, office, operation_log, pointer, student_file
from app.process.operation_log import MARK_LETTERS, Verified
from app.rules.person import Health
from tests import builders
from tests.conftest import PASSWORD, Centre, Clock


def write(centre: Centre, times: int = 1) -> operation_log.Entry:
    entry = operation_log.Entry(0, "")
    for number in range(times):
        with unit_of_work():
            entry = operation_log.record(
                centre.manager, "change", "student", 7, details={"fen": 100 + number},
                values={"mobile": ("13800000000", f"1390000{number:04d}"), "name": ("王", "王")},
            )  # fmt: skip
    return entry


def with_key(centre: Centre, change: Callable[[Any], object]) -> None:
    """Somebody who holds the key changes the closed file, without our triggers."""
    centre.close()
    raw = db.connection(pointer.current(centre.folder) / db.DATA, centre.key, write=True)
    triggers = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for name in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    change(raw.execute)
    for sql in triggers.values():
        raw.execute(sql)
    raw.close()
    centre.open()


@pytest.mark.clause("P13")
def test_the_chain_holds_and_continues_over_sessions(centre: Centre) -> None:
    write(centre, 3)
    centre.reopen()
    write(centre, 2)
    found = operation_log.verify()
    assert found.trouble == ""
    assert found.rows == database.execute_sql("SELECT max(seq) FROM operation_log").fetchone()[0]
    assert operation_log.verify(2) == Verified(2)


@pytest.mark.clause("P13")
def test_the_mark_on_paper_is_that_of_its_own_entry(centre: Centre) -> None:
    entry = write(centre)
    (mac,) = database.execute_sql("SELECT mac FROM operation_log WHERE seq = ?", (entry.seq,)).fetchone()
    assert entry.mark == operation_log.mark(bytes(mac))
    assert len(entry.mark) == 8
    assert set(entry.mark) <= set(MARK_LETTERS)
    assert operation_log.mark(bytes(5) + b"x" * 27) == "00000000"
    assert operation_log.mark(b"\xff" * 32) == "ZZZZZZZZ"


@pytest.mark.clause("P13")
def test_an_undone_action_leaves_no_entry(centre: Centre) -> None:
    before = operation_log.verify().rows

    def undone() -> None:
        with unit_of_work():
            operation_log.record(centre.manager, "change", "student", 7)
            raise Refused("no")

    with pytest.raises(Refused):
        undone()
    assert operation_log.verify() == Verified(before)


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    ("sql", "trouble"),
    [
        ("UPDATE operation_log SET details = '{\"fen\":1}' WHERE seq = 12", "log_row_changed"),
        ("UPDATE operation_log SET at = '2020-01-01T00:00:00' WHERE seq = 12", "log_row_changed"),
        ("UPDATE operation_log SET actor_id = 3 WHERE seq = 12", "log_row_changed"),
        ("UPDATE operation_log SET sealed = '{}' WHERE seq = 12", "log_row_changed"),
        ("DELETE FROM operation_log WHERE seq = 12", "log_row_missing"),
        (
            "UPDATE operation_log SET seq = CASE seq WHEN 12 THEN 1013 ELSE 1012 END WHERE seq IN (12, 13)",
            "log_row_missing",
        ),
    ],
)
def test_a_changed_or_deleted_entry_is_found(centre: Centre, sql: str, trouble: str) -> None:
    write(centre, 10)

    def change(run: Callable[..., object]) -> None:
        run("PRAGMA foreign_keys = 0")
        run(sql)

    with_key(centre, change)
    found = operation_log.verify()
    assert found.trouble == trouble
    assert found.bad_seq == 12
    assert data_folder.first_look().trouble == trouble, "told at the next start"


@pytest.mark.clause("P13")
def test_a_changed_personal_value_is_found_and_an_erased_one_is_not_missed(centre: Centre) -> None:
    entry = write(centre, 2)
    assert operation_log.broken_seals(database.execute_sql) == []
    change = f"UPDATE operation_value SET after = '1' WHERE seq = {entry.seq}"
    with_key(centre, lambda run: run(change))
    assert operation_log.broken_seals(database.execute_sql) == [entry.seq]
    assert operation_log.verify().trouble == ""
    with_key(centre, lambda run: run("DELETE FROM operation_value"))
    assert operation_log.broken_seals(database.execute_sql) == []
    assert operation_log.verify().trouble == "", "erasing leaves the chain whole"


# reading ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_who_did_what_before_and_after_is_read_newest_first(centre: Centre, the_clock: Clock) -> None:
    the_clock.set("2026-09-14 16:38")
    write(centre)
    row = operation_log.entries(centre.manager)[0]
    assert (row.at, row.who, row.action, row.subject_kind, row.subject_id) == (
        "2026-09-14T16:38:00", "王丽华", "change", "student", 7,
    )  # fmt: skip
    assert row.details == {"fen": 100}
    assert row.changes == (("mobile", "13800000000", "13900000000"),), "what did not change is left out"


@pytest.mark.clause("P13")
def test_the_log_is_filtered_by_person_action_subject_and_text(centre: Centre) -> None:
    write(centre, 3)
    office.set_password(centre.teacher, centre.teacher.user_id, "my own one", old=PASSWORD)
    look = operation_log.entries
    boss = centre.manager
    assert {row.who for row in look(boss, user_id=centre.teacher.user_id)} == {"周敏"}
    assert len(look(boss, action="change")) == 3
    assert len(look(boss, subject_kind="student", subject_id=7)) == 3
    assert [row.changes[0][2] for row in look(boss, text="13900000002")] == ["13900000002"]
    assert look(boss, text="1390%") == ()
    newest = look(boss, action="change", limit=1)
    assert [row.details["fen"] for row in newest] == [102]
    assert [row.details["fen"] for row in look(boss, action="change", before_seq=newest[0].seq)] == [101, 100]
    assert look(boss, subject_kind="user", subject_id=centre.teacher.user_id)[0].subject_name == "周敏"


def test_the_log_is_for_those_with_the_right(centre: Centre) -> None:
    with pytest.raises(Refused, match="no_right"):
        operation_log.entries(centre.receptionist)


@pytest.mark.clause("P10")
@pytest.mark.clause("P13")
def test_whoever_reads_the_log_sees_health_and_identity_only_with_their_rights(centre: Centre) -> None:
    child = builders.a_registration(identity_number="")
    student = builders.a_student(centre.manager, child)
    number = builders.identity_number("2017-05-05", "female")
    told = builders.changed(child, identity_number=number, birth_date="2017-05-05", sex="female")
    version = student_file.save_section(centre.manager, student, "child", told, 1)
    told = builders.changed(told, health=Health(("food_allergy",), "花生"))
    student_file.save_section(centre.manager, student, "health", told, version)

    def seen(*rights: str) -> tuple[str, bool, bool]:
        office.set_grants(centre.manager, "teacher", ["see_log", *rights])
        rows = operation_log.entries(centre.teacher, action="change_student")
        values = {field: after for row in rows for field, _, after in row.changes}
        by_text = bool(operation_log.entries(centre.teacher, text="花生"))
        return values["child.identity_number"], values["health.allergies"] == "花生", by_text

    masked = f"{number[:4]}**********{number[-4:]}"
    assert seen() == (masked, False, False)
    assert seen("see_health") == (masked, True, True)
    assert seen("see_identity") == (number, False, False)


# the anchor outside -------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_money_empties_the_wal_file_and_leaves_a_line_outside(centre: Centre) -> None:
    write(centre, 5)
    wal = data_folder.generation() / "data.db-wal"
    assert wal.stat().st_size > 0
    operation_log.after_money()
    assert wal.stat().st_size == 0
    last = (centre.folder / anchor.NAME).read_text().splitlines()[-1].split()
    assert (last[0], int(last[1])) == ("A", operation_log.verify().rows)


@pytest.mark.clause("P13")
def test_a_reader_does_not_hold_up_a_payment(centre: Centre) -> None:
    reader = db.connection(data_folder.generation() / db.DATA, centre.key)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM operation_log").fetchone()
    write(centre)
    start = time.perf_counter()
    operation_log.after_money()
    assert time.perf_counter() - start < 1
    assert operation_log.verify().trouble == ""
    reader.close()
    assert database.execute_sql("PRAGMA busy_timeout").fetchone()[0] == 5000


@pytest.mark.clause("P13")
@pytest.mark.parametrize("cut", [1, 30, 79])
def test_a_line_torn_by_a_power_cut_is_no_alarm(centre: Centre, cut: int) -> None:
    file = centre.folder / anchor.NAME
    for _ in range(2):
        write(centre)
        operation_log.after_money()
        file.write_bytes(file.read_bytes()[:-cut])
        assert operation_log.verify().trouble == ""
    write(centre)
    operation_log.after_money()
    assert file.read_text().endswith("\n")
    assert operation_log.verify().trouble == ""


@pytest.mark.clause("P13")
def test_lines_that_were_changed_or_invented_are_found(centre: Centre) -> None:
    file = centre.folder / anchor.NAME
    whole = file.read_text()
    invented = "A 99 0123456789abcdef 2026-09-12T10:00:00 " + "0" * 32 + "\n"
    for content in (whole + invented, whole.replace("2026", "2025")):
        file.write_text(content)
        assert operation_log.verify().trouble == "anchor_false"
    file.unlink()
    assert operation_log.verify().trouble == "anchor_missing"


def test_only_the_newest_lines_are_read_of_a_long_anchor(centre: Centre) -> None:
    file = centre.folder / anchor.NAME
    key = anchor.key_of(database)
    row = database.execute_sql("SELECT seq, mac FROM operation_log ORDER BY seq DESC LIMIT 1").fetchone()
    lines = [f"A {row[0]} {bytes(row[1]).hex()[:16]} 2026-09-12T10:00:00"] * 2000
    file.write_text("".join(f"{body} {anchor._signature(key, body)}\n" for body in lines))
    found, false = anchor.read(file, key)
    assert false == 0
    assert 150 < len(found) < 250
    assert operation_log.verify().trouble == ""


@pytest.mark.clause("P13")
def test_signing_in_and_out_is_logged_with_what_failed_before(centre: Centre) -> None:
    centre.close()
    for _ in range(2):
        with pytest.raises(Refused):
            keys.unlock(centre.folder, "finance", "a wrong one")
    keys.unlock(centre.folder, "finance", "practice")
    centre.open("finance")
    data_folder.lock()
    centre.open()
    rows = operation_log.entries(centre.manager, user_id=centre.finance.user_id)
    assert [row.action for row in rows] == ["lock", "sign_in"]
    assert rows[1].details == {"failed_before": 2, "recovery_key": False}
    centre.reopen("finance")
    centre.reopen()
    newest = operation_log.entries(centre.manager, user_id=centre.finance.user_id, action="sign_in")[0]
    assert newest.details["failed_before"] == 0
