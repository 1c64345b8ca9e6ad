"""The check of a whole data folder: every kind of damage is told by its name, and a sound one gives no alarm."""

import shutil
from pathlib import Path

import pytest

from app.models import database as db
from app.models import stored_files
from app.models.database import database, unit_of_work
from app.process import anchor, backups, checks, clock, founding, keys, operation_log, payment, pointer, soundness
from app.process.findings import DAMAGE, INFO, WARNING
from app.process.payment import Paid
from tests import builders, tampering
from tests.conftest import Centre, Clock

SECOND = "(SELECT log_seq FROM receipt WHERE no = 2)"
BALANCES = "UPDATE student SET balance_fen = (SELECT sum(fen) FROM ledger WHERE student_id = student.id)"


def codes(centre: Centre, strength: str = "", *, backup: bool = False) -> set[str]:
    found = checks.check(centre.folder, centre.key, backup=backup)
    return {one.code for one in found if strength in ("", one.strength)}


def told(centre: Centre) -> list[str]:
    return [one.code for one in checks.check(centre.folder, centre.key, backup=False) if one.strength == DAMAGE]


@pytest.fixture
def money(centre: Centre) -> Centre:
    """A student who paid three times."""
    student = builders.a_student(centre.manager)
    for turn in (1, 2, 3):
        payment.take(
            centre.manager, student_id=student, methods=(Paid("cash", 100 * turn), Paid("wechat", 50)), payer="张志强",
            relation="father", opid=builders.opid(),
        )  # fmt: skip
    return centre


def with_key(centre: Centre, *statements: str, name: str = db.DATA) -> None:
    centre.close()
    tampering.with_key(centre.folder, centre.key, *statements, name=name)


@pytest.mark.clause("P13")
def test_a_sound_folder_gives_no_alarm_open_or_closed(money: Centre) -> None:
    assert codes(money) == set()
    backups.make("by_hand")
    assert codes(money, backup=True) == set()
    money.close()
    assert codes(money, backup=True) == set()
    assert codes(money) == set(), "checking changes nothing"


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE ledger SET fen = fen + 1 WHERE kind = 'charge'", "balance_differs"),
        ("DELETE FROM ledger WHERE kind = 'charge'", "balance_differs"),
        ("UPDATE ledger SET fen = fen + 1 WHERE receipt_id = 2; " + BALANCES, "receipt_differs"),
        ("UPDATE receipt SET fen = 9 WHERE no = 2", "receipt_differs"),
        ("UPDATE receipt SET log_seq = 1 WHERE no = 2", "receipt_differs"),
        ("DELETE FROM receipt WHERE no = 2", "receipt_gap"),
        ("DELETE FROM receipt WHERE no = 3", "receipt_counter_differs"),
        ("DELETE FROM receipt", "receipt_counter_differs"),
        ("UPDATE counter SET value = 9", "receipt_counter_differs"),
        ("UPDATE paper SET student_id = 77", "references_broken"),
        (f"UPDATE operation_log SET details = '{{}}' WHERE seq = {SECOND}", "log_row_changed"),
        (f"DELETE FROM operation_log WHERE seq = {SECOND}", "log_row_missing"),
        ("DELETE FROM operation_value WHERE seq > 8; DELETE FROM operation_log WHERE seq > 8", "log_end_missing"),
        ("UPDATE operation_value SET after = '' WHERE field = 'payer'", "log_value_changed"),
        ("DELETE FROM operation_value WHERE field = 'payer'", "notes_missing"),
        ("DELETE FROM receipt_note WHERE receipt_id = 2", "notes_missing"),
        ("UPDATE paper SET sha256 = 'abc' || substr(sha256, 4)", "stored_file_missing"),
    ],
)
def test_what_somebody_with_the_key_changed_is_found(money: Centre, sql: str, code: str) -> None:
    with_key(money, *sql.split("; "))
    assert code in codes(money, DAMAGE)


@pytest.mark.clause("P13")
def test_stored_papers_are_compared_with_their_hash(money: Centre) -> None:
    with_key(money, "UPDATE stored_file SET content = x'00'", name=db.FILES)
    assert codes(money, DAMAGE) == {"stored_file_changed"}
    with_key(money, "DELETE FROM stored_file", name=db.FILES)
    assert codes(money, DAMAGE) == {"stored_file_missing"}


@pytest.mark.clause("P13")
@pytest.mark.parametrize("name", ["data.db", "files.db"])
def test_a_flipped_bit_and_a_cut_end_are_found(money: Centre, name: str) -> None:
    money.close()
    path = pointer.current(money.folder) / name
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 16
    path.write_bytes(flipped)
    assert codes(money, DAMAGE) in ({"pages_damaged"}, {"data_file_damaged"}), "the second if the schema is hit"
    path.write_bytes(whole[:-100])
    assert codes(money, DAMAGE) & {"pages_damaged", "data_file_damaged", "structure_damaged"}
    path.write_bytes(b"")
    assert told(money) == ["data_file_damaged"], "once, and nobody is accused"
    path.unlink()
    assert codes(money, DAMAGE) == {"data_file_missing"}


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    ("name", "code"),
    [("current.json", "pointer_missing"), ("keys.json", "keys_damaged"), ("anchor.log", "anchor_missing")],
)
def test_a_missing_small_file_is_told(money: Centre, name: str, code: str) -> None:
    money.close()
    where = pointer.current(money.folder) if name == keys.NAME else money.folder
    (where / name).unlink()
    assert codes(money, DAMAGE) == {code}


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    ("sql", "name", "code"),
    [
        ("DELETE FROM secret", db.DATA, "secret_missing"),
        ("DELETE FROM secret WHERE name = 'anchor_key'", db.DATA, "secret_missing"),
        ("DROP TABLE ledger_note", db.DATA, "tables_changed"),
        ("CREATE TABLE more (id INTEGER) STRICT", db.DATA, "tables_changed"),
        ("ALTER TABLE ledger_note ADD COLUMN more TEXT", db.DATA, "tables_changed"),
        ("ALTER TABLE stored_file ADD COLUMN more TEXT", db.FILES, "tables_changed"),
    ],
)
def test_what_is_missing_beside_the_rows_is_told_once(money: Centre, sql: str, name: str, code: str) -> None:
    with_key(money, sql, name=name)
    assert told(money) == [code]


@pytest.mark.clause("P13")
def test_an_index_that_somebody_took_away_is_told(money: Centre) -> None:
    money.close()
    raw = db.connection(pointer.current(money.folder) / db.DATA, money.key, write=True)
    (index,) = raw.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql <> '' LIMIT 1").fetchone()
    raw.execute(f"DROP INDEX {index}")
    raw.close()
    assert told(money) == ["tables_changed"]


@pytest.mark.clause("P13")
def test_damage_that_nobody_thought_of_is_told_by_its_kind_and_ends_no_check(
    money: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fails(_: object) -> None:
        raise TypeError("王小明")

    monkeypatch.setattr(soundness, "data_file", fails)
    found = [one for one in checks.check(money.folder, money.key, backup=False) if one.strength == DAMAGE]
    assert [(one.code, one.values) for one in found] == [("check_stopped", {"kind": "TypeError"})]


@pytest.mark.clause("P13")
def test_guards_that_somebody_took_away_are_told(money: Centre) -> None:
    money.close()
    raw = db.connection(pointer.current(money.folder) / db.DATA, money.key, write=True)
    raw.execute("DROP TRIGGER ledger_no_update")
    raw.close()
    assert codes(money, DAMAGE) == {"guards_changed"}


def test_an_anchor_line_that_was_invented_is_told(money: Centre) -> None:
    with (money.folder / anchor.NAME).open("a") as file:
        file.write("A 999 0123456789abcdef 2026-09-12T10:00:00 " + "0" * 32 + "\n")
    assert codes(money, DAMAGE) == {"anchor_false"}


@pytest.mark.clause("P13")
def test_what_needs_somebody_but_lost_nothing_is_a_warning(money: Centre, the_clock: Clock) -> None:
    assert codes(money, WARNING, backup=True) == {"backup_missing"}
    made = backups.make("by_hand")
    the_clock.go_on(days=8)
    assert codes(money, WARNING, backup=True) == {"backup_old"}
    keys.remove_slot(money.folder, "teacher")
    assert codes(money, WARNING) == {"user_without_slot"}
    flipped = bytearray(made.path.read_bytes())
    flipped[9_000] ^= 1
    made.path.write_bytes(flipped)
    assert "backup_unsound" in codes(money, DAMAGE, backup=True)


@pytest.mark.clause("P13")
def test_a_backup_of_a_day_that_is_still_to_come_is_told_and_not_taken_for_the_newest(
    money: Centre, the_clock: Clock,
) -> None:  # fmt: skip
    backups.make("by_hand")
    the_clock.set("2027-09-12")
    future = backups.make("by_hand")
    the_clock.set("2026-09-13")
    assert codes(money, backup=True) == {"backup_from_the_future"}
    the_clock.go_on(days=8)
    assert codes(money, backup=True) == {"backup_from_the_future", "backup_old"}
    for path in future.path.parent.glob("2026-*"):
        path.unlink()
    assert codes(money, backup=True) == {"backup_from_the_future"}


def test_left_over_bytes_and_slots_are_only_told(money: Centre) -> None:
    stored_files.store("scan", b"nobody names me", clock.now())
    keys.use_slot(money.folder, keys.slot_for(money.key, "ghost", "鬼", "practice"))
    assert codes(money) == codes(money, INFO) == {"stored_file_orphans", "slot_without_user"}


def test_a_photo_in_a_draft_is_no_orphan(money: Centre) -> None:
    digest = stored_files.store("photo", b"a face", clock.now())
    with unit_of_work():
        database.execute_sql(
            "INSERT INTO draft (author_id, form, created_at, updated_at) VALUES (1, ?, '', '')",
            (f'{{"photo":"{digest}"}}',),
        )
    assert codes(money) == set()


@pytest.mark.clause("P13")
def test_little_room_on_the_disk_is_told_in_time(money: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    left = shutil.disk_usage(money.folder)._replace(free=300_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: left)
    found = [one for one in checks.check(money.folder, money.key, backup=False) if one.code == "disk_low"]
    assert found[0].values == {"free_mb": 300}


def test_the_key_file_of_other_data_is_told(money: Centre, tmp_path: Path) -> None:
    money.close()
    founding.create(tmp_path / "other", founding.NewCentre("别家"), "boss", "别人", "practice")
    shutil.copyfile(keys.path(tmp_path / "other"), keys.path(money.folder))
    assert "keys_of_other_data" in codes(money, DAMAGE)


def test_values_that_were_erased_with_an_entry_in_the_log_are_not_missed(money: Centre) -> None:
    with unit_of_work():
        details = {"erased": {"operation_value": 3, "receipt_note": 1}}
        operation_log.record(money.manager, "erase", "student", 1, details=details)
    erase = ("DELETE FROM operation_value WHERE field = 'payer'", "DELETE FROM receipt_note WHERE receipt_id = 2")
    with_key(money, *erase)
    assert codes(money) == set()
