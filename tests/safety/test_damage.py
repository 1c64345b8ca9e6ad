"""Damage and lost history: a flipped bit, a lost or flipped WAL file, an old page or file, a cut tail, an edit."""

import random
import subprocess
import sys

import pytest

from app.errors import Damaged
from app.models import database as db
from app.process import data_folder, pointer
from tests import tampering
from tests.conftest import Centre
from tests.safety import ledger_state
from tests.safety.conftest import contents, put

PAGE = 4096


def pay(centre: Centre, times: int, *how: str) -> None:
    """Take payments in another process (the WAL file of one that died stays as it was)."""
    command = [sys.executable, "-m", "tests.safety.payer", str(centre.folder), str(times), *how]
    key = f"{centre.key.hex()}\n".encode()
    subprocess.run(command, input=key, check="die" not in how, timeout=60, stdout=subprocess.DEVNULL)


def noticed(centre: Centre) -> bool:
    """Whether the check tells anything, as it does beside the first page after every sign-in."""
    state = ledger_state.look(centre.folder, centre.key)
    return bool(state.damage or state.alarm)


@pytest.fixture
def history(paying: Centre) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Files before and after ten payments, of one and the same data folder."""
    pay(paying, 3)
    before = contents(paying.folder)
    pay(paying, 10)
    return before, contents(paying.folder)


# bits ---------------------------------------------------------------------------------------------------------------


def flip_bits(centre: Centre, name: str, trials: int) -> int:
    """Flip one bit at a time and count how often it is found before anything is shown."""
    path = pointer.current(centre.folder) / name
    whole, found, chance = path.read_bytes(), 0, random.Random(3)
    for _ in range(trials):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            raw = db.connection(path, centre.key)
        except Damaged:
            found += 1
            continue
        found += bool(raw.execute("PRAGMA cipher_integrity_check").fetchall())
        raw.close()
    path.write_bytes(whole)
    return found


@pytest.mark.clause("P13")
@pytest.mark.parametrize("name", ["data.db", "files.db"])
def test_every_flipped_bit_is_found(paying: Centre, name: str) -> None:
    pay(paying, 3)
    assert flip_bits(paying, name, 150) == 150
    assert not noticed(paying)


@pytest.mark.long
@pytest.mark.parametrize("name", ["data.db", "files.db"])
def test_two_thousand_flipped_bits_are_found(paying: Centre, name: str) -> None:
    pay(paying, 3)
    assert flip_bits(paying, name, 2000) == 2000


# history ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_lost_wal_file_is_noticed(paying: Centre) -> None:
    pay(paying, 5, "no-checkpoint", "die")
    generation = pointer.current(paying.folder)
    dead = contents(paying.folder)
    assert not noticed(paying), "recovered, it is whole"
    put(paying.folder, {name: content for name, content in dead.items() if not name.endswith("data.db-wal")})
    assert ledger_state.look(paying.folder, paying.key).alarm == "log_end_missing"
    put(paying.folder, dead)
    assert (generation / "data.db-wal").stat().st_size > PAGE
    (generation / "data.db-wal").write_bytes(b"")
    assert noticed(paying)


def flip_wal(centre: Centre, trials: int) -> int:
    pay(centre, 5, "no-checkpoint", "die")
    dead, found, chance = contents(centre.folder), 0, random.Random(4)
    name = next(one for one in dead if one.endswith("data.db-wal"))
    for _ in range(trials):
        flipped = bytearray(dead[name])
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        put(centre.folder, {**dead, name: bytes(flipped)})
        found += noticed(centre)
    return found


@pytest.mark.clause("P13")
def test_a_flipped_bit_in_the_wal_file_is_noticed_although_the_database_says_nothing(paying: Centre) -> None:
    assert flip_wal(paying, 15) == 15


def old_pages(centre: Centre, history: tuple[dict[str, bytes], dict[str, bytes]], trials: int) -> tuple[int, int]:
    """Put single pages back to what they were; gives how many were put back and how many of them were noticed."""
    before, after = history
    name = next(one for one in after if one.endswith("data.db"))
    old, new = before[name], after[name]
    changed = [at for at in range(0, min(len(old), len(new)), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    chosen = random.Random(5).sample(changed, min(trials, len(changed)))
    found = 0
    for at in chosen:
        put(centre.folder, {**after, name: new[:at] + old[at : at + PAGE] + new[at + PAGE :]})
        found += noticed(centre)
    return len(chosen), found


@pytest.mark.clause("P13")
def test_an_old_page_put_back_is_noticed(paying: Centre, history: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    put_back, found = old_pages(paying, history, 30)
    assert put_back == found
    assert put_back > 10


@pytest.mark.clause("P13")
def test_an_old_file_put_back_is_noticed(paying: Centre, history: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    before, after = history
    name = next(one for one in after if one.endswith("data.db"))
    put(paying.folder, {**after, name: before[name]})
    assert ledger_state.look(paying.folder, paying.key).alarm == "log_end_missing"
    data_folder.open(paying.folder, paying.key, "manager")
    assert data_folder.first_look().trouble == "log_end_missing", "told before the first page"
    data_folder.close()


def edit(centre: Centre, *statements: str) -> None:
    """What somebody does who holds the key and knows the guards and the balances."""
    balances = "UPDATE student SET balance_fen = (SELECT sum(fen) FROM ledger WHERE student_id = student.id)"
    tampering.with_key(centre.folder, centre.key, *statements, balances)


@pytest.mark.clause("P13")
@pytest.mark.parametrize("last", [1, 2, 3])
def test_receipts_cut_off_the_end_by_somebody_with_the_key_are_noticed(paying: Centre, last: int) -> None:
    pay(paying, 5)
    kept = 5 - last
    edit(
        paying,
        f"DELETE FROM operation_value WHERE seq >= (SELECT log_seq FROM receipt WHERE no = {kept + 1})",
        f"DELETE FROM operation_log WHERE seq >= (SELECT log_seq FROM receipt WHERE no = {kept + 1})",
        f"DELETE FROM ledger WHERE receipt_id > {kept}",
        f"DELETE FROM settlement WHERE receipt_id > {kept}",
        f"DELETE FROM receipt_note WHERE receipt_id > {kept}",
        "DELETE FROM paper_print WHERE paper_id IN (SELECT id FROM paper WHERE kind = 'receipt')",
        f"DELETE FROM paper WHERE id IN (SELECT paper_id FROM receipt WHERE no > {kept})",
        f"DELETE FROM receipt WHERE no > {kept}",
        f"UPDATE counter SET value = {kept} WHERE name LIKE 'receipt-%'",
    )
    state = ledger_state.look(paying.folder, paying.key)
    assert state.numbers == set(range(1, kept + 1))
    assert not state.gaps
    assert state.alarm == "log_end_missing", "only the anchor outside can know"


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET fen = fen + 100 WHERE receipt_id = 2",
        "UPDATE receipt SET fen = fen - 100 WHERE no = 2",
        "UPDATE receipt SET number = 'SJ-2026-000099' WHERE no = 2",
        "UPDATE receipt SET student_id = 99 WHERE no = 2",
    ],
)
def test_a_receipt_changed_by_somebody_with_the_key_is_noticed(paying: Centre, statement: str) -> None:
    pay(paying, 3)
    edit(paying, statement)
    assert noticed(paying)


@pytest.mark.clause("P13")
def test_honest_work_raises_no_alarm(paying: Centre) -> None:
    for turn in range(10):
        pay(paying, 1 + turn % 3, *(("no-checkpoint",) if turn % 2 else ()), *(("die",) if turn % 3 == 0 else ()))
        assert not noticed(paying)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["wal", "pages"])
def test_a_night_of_lost_history(
    paying: Centre, kind: str, history: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:  # fmt: skip
    if kind == "wal":
        assert flip_wal(paying, 400) == 400
    else:
        put_back, found = old_pages(paying, history, 400)
        assert put_back == found


@pytest.mark.clause("P13")
def test_opening_damaged_data_never_ends_in_anything_but_a_sentence(paying: Centre) -> None:
    pay(paying, 3)
    path = pointer.current(paying.folder) / "data.db"
    whole = path.read_bytes()
    opened, told = 0, set()
    for at in range(0, len(whole), PAGE):
        flipped = bytearray(whole)
        flipped[at + 100] ^= 8
        path.write_bytes(flipped)
        try:
            data_folder.open(paying.folder, paying.key, "manager")
            opened += 1
        except Damaged as damaged:
            told.add(damaged.code)
        finally:
            data_folder.abandon()
    assert told == {"data_file_damaged"}
    assert opened > 20, "pages that are not needed to open are found by the check beside the first page"
