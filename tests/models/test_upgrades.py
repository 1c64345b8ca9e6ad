"""Every schema that was ever landed still opens, is upgraded, and can be worked with; a step is all or nothing."""

import zipfile
from pathlib import Path

import pytest

from app.errors import Damaged
from app.models import database as db
from app.models import guards
from app.models.database import database
from app.models.upgrades import runner
from app.process import checks, data_folder, keys, office, pointer, student_list
from app.process.actor import Actor
from tests import builders
from tests.conftest import PASSWORD, Centre, Clock
from tests.house.samples import Sample, all_samples
from tests.models import make_sample

SCHEMAS = range(1, runner.newest() + 1)
SAMPLES = all_samples()


def unpack(schema: int, folder: Path) -> Centre:
    """The sample of a schema as the other tests know a centre, closed."""
    with zipfile.ZipFile(make_sample.path(schema)) as bundle:
        bundle.extractall(folder)
    key = keys.unlock(folder, "manager", PASSWORD)
    data_folder.open(folder, key, "manager")
    people = {
        login: Actor(user_id, login, name)
        for user_id, login, name in database.execute_sql("SELECT id, login, name FROM user")
    }
    services = dict(database.execute_sql("SELECT name, id FROM service").fetchall())
    classes = dict(database.execute_sql("SELECT name, id FROM care_class").fetchall())
    data_folder.close()
    builders.start_again(100)  # other families than those of the sample
    return Centre(folder, key, services=services, classes=classes, **people)


def schema_of(folder: Path, key: bytes) -> dict[str, list[tuple[str, str]]]:
    """The statements that made the tables, indexes and triggers of both databases."""
    found = {}
    for name in (db.DATA, db.FILES):
        raw = db.connection(pointer.current(folder) / name, key)
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql <> '' ORDER BY name").fetchall()
        found[name] = [(name, " ".join(sql.split())) for name, sql in rows]
        raw.close()
    return found


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_step_has_a_sample_that_still_opens_and_is_sound(schema: int, tmp_path: Path, the_clock: Clock) -> None:
    assert make_sample.path(schema).exists(), "python -m tests.models.make_sample makes the one of the newest step"
    old = unpack(schema, tmp_path / "data")
    manager = old.open()
    assert runner.version(database) == runner.newest()
    assert len(student_list.ids(manager)) == 1
    assert office.setting("centre_name") == "安托托管中心"
    assert database.execute_sql("SELECT sum(fen) FROM receipt").fetchone() == (78_000,)
    old.close()
    assert [one for one in checks.check(old.folder, old.key, backup=False) if one.strength == "damage"] == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_upgraded_folder_has_the_same_tables_as_a_new_one(
    schema: int, tmp_path: Path, closed_centre: Centre,
) -> None:  # fmt: skip
    """It fails too when somebody changes a step that was landed: a change is a new step."""
    old = unpack(schema, tmp_path / "old")
    assert schema_of(old.folder, old.key) == schema_of(closed_centre.folder, closed_centre.key)


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("one", [pytest.param(one, id=one.function) for one in SAMPLES])
def test_every_use_case_works_on_data_that_an_old_program_left(
    schema: int, one: Sample, tmp_path: Path, the_clock: Clock,
) -> None:  # fmt: skip
    old = unpack(schema, tmp_path / "data")
    old.open()
    try:
        one.prepare(old)(old.manager)
    finally:
        data_folder.abandon()


def a_file(tmp_path: Path) -> tuple[Path, bytes]:
    return tmp_path / "data.db", bytes(range(32))


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path, key = a_file(tmp_path)
    raw = db.connection(path, key, write=True)
    with pytest.raises(Exception, match="no such table"):
        runner._one(raw, "CREATE TABLE one (a INTEGER) STRICT;\nINSERT INTO two VALUES (1);", None, 1)
    assert raw.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert runner.version(raw) == 0
    runner._one(raw, "CREATE TABLE one (a INTEGER) STRICT;", None, 1)
    assert runner.version(raw) == 1
    raw.close()


def test_a_step_that_breaks_a_reference_is_not_taken(tmp_path: Path) -> None:
    path, key = a_file(tmp_path)
    raw = db.connection(path, key, write=True)
    script = (
        "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;\n"
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id)) STRICT;\n"
        "INSERT INTO child VALUES (1, 7);"
    )
    with pytest.raises(Damaged, match="upgrade_failed"):
        runner._one(raw, script, None, 1)
    assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    raw.close()


def test_statements_with_comments_and_triggers_are_kept_whole() -> None:
    trigger = "CREATE TRIGGER c AFTER INSERT ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;"
    assert runner.statements(f"-- a comment; and more\nCREATE TABLE a (b);\n\n{trigger}\n") == [
        "-- a comment; and more\nCREATE TABLE a (b);", trigger,
    ]  # fmt: skip


def test_only_strict_tables_are_made(closed_centre: Centre) -> None:
    for name, statements in schema_of(closed_centre.folder, closed_centre.key).items():
        loose = [table for table, sql in statements if sql.startswith("CREATE TABLE") and "STRICT" not in sql]
        assert loose == [], name


def test_the_guards_name_only_tables_that_exist(closed_centre: Centre) -> None:
    tables = {name for name, sql in schema_of(closed_centre.folder, closed_centre.key)[db.DATA] if "TABLE" in sql[:13]}
    assert set(guards.GROWING) <= tables
