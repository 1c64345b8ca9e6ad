"""Invented centres to practise on and to measure with (P17)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Refused
from app.models.database import database
from app.printing import coverage
from app.process import account, checks, clock, data_folder, keys, papers, pointer, practice, reminders
from app.process.actor import Actor
from app.rules import identity
from tests.conftest import START, Clock

pytestmark = pytest.mark.clause("P17")
STUDENTS = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An invented centre of 300 students, closed."""
    made = pytest.MonkeyPatch()
    made.setattr(clock, "now", Clock(START).now)
    place = tmp_path_factory.mktemp("practice") / "练习 data"
    practice.fill(place, STUDENTS, 7)
    yield place
    made.undo()


@pytest.fixture
def manager(folder: Path) -> Iterator[Actor]:
    yield data_folder.open(folder, keys.unlock(folder, "manager", "practice"), "manager")
    data_folder.abandon()


def one(sql: str) -> int:
    return int(database.execute_sql(sql).fetchone()[0])


def test_the_check_finds_no_damage(folder: Path) -> None:
    found = checks.check(folder, keys.unlock(folder, "manager", "practice"))
    assert {finding.code for finding in found} <= {"backup_missing", "disk_low"}


def test_everybody_signs_in_with_the_password_practice(folder: Path) -> None:
    logins = {person.login for person in keys.people(folder)}
    assert logins == {"manager", "receptionist", "finance", "teacher"}
    for login in logins:
        assert data_folder.open(folder, keys.unlock(folder, login, "practice"), login).login == login
        data_folder.close()


def test_it_is_marked_as_practice_before_and_after_signing_in(folder: Path, manager: Actor) -> None:
    assert pointer.is_practice(folder)
    assert data_folder.practice()


def test_it_has_so_many_students_some_years_of_ledger_and_about_ten_rows_each(manager: Actor) -> None:
    assert one("SELECT count(*) FROM student") == STUDENTS
    assert 8 * STUDENTS < one("SELECT count(*) FROM ledger") < 13 * STUDENTS
    assert one("SELECT count(DISTINCT substr(date, 1, 4)) FROM ledger") >= 4


def test_a_few_owe_some_end_soon_some_are_unsigned_and_some_are_brothers_and_sisters(manager: Actor) -> None:
    active = one("SELECT count(*) FROM student WHERE state IN ('entered', 'paid', 'enrolled', 'suspended')")
    owing = one("SELECT count(*) FROM student WHERE balance_fen > 0")
    assert 0.03 * active < owing < 0.10 * active
    waiting = {group.kind: group.count for group in reminders.today(manager).groups}
    assert all(waiting[kind] for kind in ("drafts", "review", "returned", "unsigned", "unpaid", "ending", "backup"))
    shared = "SELECT guardian_id FROM student_guardian GROUP BY guardian_id HAVING count(*) > 1"
    assert one(f"SELECT count(*) FROM ({shared})") > 10
    assert one("SELECT count(*) FROM ledger WHERE rule = 'siblings'") > 10


def test_open_charges_less_credit_make_every_balance(manager: Actor) -> None:
    for student_id, balance in database.execute_sql("SELECT id, balance_fen FROM student").fetchall():
        charged = sum(item.open_fen for item in account.items(student_id))
        credit = sum(fen for _, fen in account.credit(student_id))
        assert charged - credit == balance


def test_a_void_receipt_keeps_its_number_and_settles_nothing(manager: Actor) -> None:
    assert one("SELECT count(*) FROM receipt_void") > 0
    left = one(
        "SELECT count(*) FROM (SELECT sum(fen) AS fen FROM settlement WHERE receipt_id IN"
        " (SELECT receipt_id FROM receipt_void) GROUP BY charge_id, receipt_id) WHERE fen <> 0",
    )
    assert left == 0


def test_the_last_receipts_are_stored_as_papers_and_can_be_looked_at(manager: Actor) -> None:
    stored = one("SELECT count(*) FROM receipt WHERE paper_id IS NOT NULL")
    assert stored == min(200, one("SELECT count(*) FROM receipt")) + 2  # two more were taken by the use case
    newest = one("SELECT max(paper_id) FROM receipt")
    assert papers.content(manager, newest).startswith(b"%PDF")


def test_every_character_can_be_shown_and_printed(manager: Actor) -> None:
    rows = database.execute_sql("SELECT name || address || school || allergies || conditions FROM student").fetchall()
    rows += database.execute_sql("SELECT name || workplace FROM guardian").fetchall()
    assert coverage.missing("".join(text for (text,) in rows)) == ""


def test_identity_numbers_are_right_and_none_occurs_twice(manager: Actor) -> None:
    rows = database.execute_sql(
        "SELECT identity_number, birth_date, sex FROM student WHERE identity_number <> ''",
    ).fetchall()
    assert len({number for number, _, _ in rows}) == len(rows) > 0.7 * STUDENTS
    for number, born, sex in rows:
        assert identity.read(number) == identity.Resident(born, sex)


def test_nothing_happens_in_the_future(manager: Actor) -> None:
    now = START.replace(hour=23).isoformat()
    assert one(f"SELECT count(*) FROM ledger WHERE entered_at > '{now}'") == 0
    assert one(f"SELECT count(*) FROM operation_log WHERE at > '{now}'") == 0


def test_the_same_seed_gives_the_same_centre_and_another_seed_another(
    tmp_path: Path, the_clock: Clock, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    centres = []
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        the_clock.set("2026-09-12")
        practice.fill(tmp_path / name, 40, seed)
        centres.append(_whole(tmp_path / name))
    assert centres[0] == centres[1] != centres[2]


@pytest.mark.parametrize("day", ["2026-01-25", "2026-02-16", "2026-07-20", "2026-09-01", "2027-02-28"])
def test_a_centre_can_be_invented_on_any_day_of_the_year(tmp_path: Path, the_clock: Clock, day: str) -> None:
    the_clock.set(day)
    practice.fill(tmp_path / "data", 30, 1)
    key = keys.unlock(tmp_path / "data", "manager", "practice")
    assert {finding.code for finding in checks.check(tmp_path / "data", key)} <= {"backup_missing", "disk_low"}
    data_folder.open(tmp_path / "data", key, "manager")
    assert one("SELECT count(*) FROM student WHERE state IN ('entered', 'paid', 'enrolled')") > 10
    data_folder.abandon()


def test_one_student_is_a_centre_too(tmp_path: Path, the_clock: Clock) -> None:
    practice.fill(tmp_path / "data", 1, 1)
    assert pointer.exists(tmp_path / "data")


@pytest.mark.parametrize("students", [0, -1, 1_000_001])
def test_a_number_of_students_that_makes_no_sense_is_refused(tmp_path: Path, students: int) -> None:
    with pytest.raises(Refused, match="students_out_of_range"):
        practice.fill(tmp_path / "data", students, 1)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="folder_not_empty"):
        practice.fill(tmp_path, 5, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_stopped_in_the_middle_it_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 80:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        practice.fill(tmp_path / "data", 20, 1, stop)
    assert list(tmp_path.iterdir()) == []
    assert not data_folder.is_open()


def test_progress_only_grows_and_ends_at_the_end(tmp_path: Path) -> None:
    told: list[int] = []
    practice.fill(tmp_path / "data", 20, 1, lambda done, _total: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 100


def test_what_a_killed_one_left_beside_goes_at_the_next_call_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], check=True, capture_output=True)
    dead, living, mine = int(ended.stdout), os.getppid(), tmp_path / "data.new-letters"
    for left in (tmp_path / f"data.new-{dead}", tmp_path / f"data.new-{living}", mine):
        (left / "gen-000001").mkdir(parents=True)
        (left / "gen-000001" / "data.db").write_bytes(b"half")
    practice.fill(tmp_path / "data", 2, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"data", f"data.new-{living}", "data.new-letters"}


def _whole(folder: Path) -> list[object]:
    data_folder.open(folder, keys.unlock(folder, "manager", "practice"), "manager")
    try:
        return [
            database.execute_sql(sql).fetchall()
            for sql in (
                "SELECT * FROM student ORDER BY id", "SELECT * FROM guardian ORDER BY id",
                "SELECT id, student_id, kind, fen, date, period_from FROM ledger ORDER BY id",
                "SELECT number, fen, owed_fen, paid_on FROM receipt ORDER BY id",
                "SELECT action, subject_id FROM operation_log ORDER BY seq", "SELECT form FROM application ORDER BY id",
            )
        ]  # fmt: skip
    finally:
        data_folder.abandon()


def test_the_ledger_was_written_in_the_order_of_time(manager: Actor) -> None:
    stamps = [at for (at,) in database.execute_sql("SELECT entered_at FROM ledger ORDER BY id")]
    assert stamps == sorted(stamps)
