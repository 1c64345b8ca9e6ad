"""Making, opening, locking and closing the one data folder of a process; upgrading it; where it may lie."""

import errno
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import peewee
import pytest

from app.errors import Damaged, Refused
from app.models import database as db
from app.models.database import database, files
from app.models.upgrades import runner
from app.process import backups, checks, data_folder, disk, founding, keys, office, operation_log, places, pointer
from app.process.founding import NewCentre
from tests.conftest import PASSWORD, Centre, make_centre


def test_the_state_of_a_folder_is_known_without_a_key(closed_centre: Centre, tmp_path: Path) -> None:
    assert data_folder.state(tmp_path / "nothing") == "missing"
    assert data_folder.state(closed_centre.folder) == "ready"
    keys.path(closed_centre.folder).write_text("{}")
    assert data_folder.state(closed_centre.folder) == "damaged"
    (closed_centre.folder / pointer.NAME).unlink()
    assert data_folder.state(closed_centre.folder) == "damaged", "never taken for an empty place"


def test_what_the_assistant_asked_stands_in_the_settings(tmp_path: Path) -> None:
    facts = NewCentre(
        " 安托 ", "文三路 188 号", "0571-1", b"logo", "zh", one_person_may_approve=False,
        second_backup="/u", practice=True,
    )  # fmt: skip
    folder = tmp_path / "数据 folder"
    founding.create(folder, facts, "boss", "王丽华", PASSWORD)
    assert pointer.is_practice(folder)
    assert not data_folder.is_open()
    data_folder.open(folder, keys.unlock(folder, "boss", PASSWORD), "boss")
    try:
        assert data_folder.practice()
        assert office.centre() == office.Centre("安托", "", "文三路 188 号", "0571-1", b"logo")
        assert (office.setting("one_person_may_approve"), office.setting("language")) == ("0", "zh")
        assert office.setting("second_backup") == "/u"
        assert checks.check(folder, data_folder.key(), backup=False) == ()
    finally:
        data_folder.close()


@pytest.mark.parametrize(
    ("facts", "login", "name", "password", "code"),
    [
        (NewCentre(" "), "boss", "王", PASSWORD, "centre_name_missing"),
        (NewCentre("安托"), "", "王", PASSWORD, "login_missing"),
        (NewCentre("安托"), "boss", "", PASSWORD, "name_missing"),
        (NewCentre("安托"), "boss", "王", "short", "password_short"),
    ],
)
def test_what_the_assistant_lacks_is_told_and_nothing_is_made(
    tmp_path: Path, facts: NewCentre, login: str, name: str, password: str, code: str,
) -> None:  # fmt: skip
    with pytest.raises(Refused, match=code):
        founding.create(tmp_path / "d", facts, login, name, password)
    assert data_folder.state(tmp_path / "d") == "missing"


def test_data_are_never_made_over_data(closed_centre: Centre) -> None:
    with pytest.raises(Refused, match="folder_not_empty"):
        founding.create(closed_centre.folder, NewCentre("安托"), "boss", "王", PASSWORD)


def test_one_data_folder_is_open_at_a_time(centre: Centre, tmp_path: Path) -> None:
    for attempt in (
        lambda: data_folder.open(centre.folder, centre.key, "finance"),
        lambda: founding.create(tmp_path / "d", NewCentre("安托"), "boss", "王", PASSWORD),
    ):
        with pytest.raises(Refused, match="folder_in_use"):
            attempt()


@pytest.mark.clause("P13")
def test_while_locked_nothing_holds_a_connection(centre: Centre) -> None:
    data_folder.lock()
    assert database.is_closed()
    assert files.is_closed()
    assert not data_folder.is_open()
    with pytest.raises(peewee.InterfaceError, match=r"initialized|not opened"):
        office.setting("centre_name")
    assert centre.key.hex() not in str(vars(database)), "the key is forgotten"
    with pytest.raises(RuntimeError):
        data_folder.key()
    centre.open("receptionist")
    assert data_folder.actor() == centre.receptionist


@pytest.mark.clause("P13")
def test_a_full_disk_does_not_keep_the_data_open(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise Refused("disk_full", free_mb=0)

    monkeypatch.setattr(operation_log, "record", full)
    data_folder.lock()
    assert database.is_closed()
    assert not data_folder.is_open()


@pytest.mark.clause("P13")
def test_on_a_full_disk_one_can_still_sign_in_and_look_things_up(
    closed_centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "write_json", full)
    monkeypatch.setattr(operation_log, "record", full)
    key = keys.unlock(closed_centre.folder, "manager", PASSWORD)
    manager = data_folder.open(closed_centre.folder, key, "manager")
    assert len(office.classes(manager)) == 2
    with pytest.raises(Refused, match="disk_full"):
        office.save_class(manager, None, "新班", "", 0, None)


def test_a_first_start_that_was_cut_off_is_simply_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(pointer, "new_generation", power_cut)
        with pytest.raises(KeyboardInterrupt):
            founding.create(folder, NewCentre("安托"), "boss", "王", PASSWORD)
    assert data_folder.state(folder) == "missing"
    founding.create(folder, NewCentre("安托"), "boss", "王", PASSWORD)
    key = keys.unlock(folder, "boss", PASSWORD)
    assert checks.check(folder, key, backup=False) == ()
    assert {path.name for path in folder.iterdir()} <= {"gen-000001", "current.json", "anchor.log", "sign_in.json"}


@pytest.mark.clause("P13")
def test_a_wrong_key_opens_nothing(closed_centre: Centre) -> None:
    with pytest.raises(Damaged, match="data_file_damaged"):
        data_folder.open(closed_centre.folder, bytes(32), "manager")
    assert database.is_closed()
    assert closed_centre.open("Finance") == closed_centre.finance


def test_a_user_without_a_row_is_not_let_in(closed_centre: Centre) -> None:
    with pytest.raises(Refused, match="unknown_user"):
        data_folder.open(closed_centre.folder, closed_centre.key, "ghost")
    assert database.is_closed()


@pytest.mark.clause("P13")
def test_no_word_of_the_data_stands_in_any_file_in_clear(centre: Centre) -> None:
    office.save_class(centre.manager, None, "秘密的班名 secret", "", 0, None)
    backups.make("by_hand")
    for state in ("open", "closed"):
        for file in (path for path in centre.folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            assert "秘密的班名".encode() not in content, (state, file.name)
            assert b"secret" not in content, (state, file.name)
            assert "文三路".encode() not in content, (state, file.name)
        if state == "open":
            centre.close()


# upgrades -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def next_step(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A program that speaks the next schema: one more table, and one more column in the files."""
    step = ModuleType("app.models.upgrades.next_test")
    step.SCHEMA = "CREATE TABLE holiday (day TEXT PRIMARY KEY) STRICT;\nCREATE INDEX holiday_day ON holiday (day);"  # type: ignore[attr-defined]
    step.FILES_SCHEMA = "ALTER TABLE stored_file ADD COLUMN pages INTEGER NOT NULL DEFAULT 1;"  # type: ignore[attr-defined]
    step.data = lambda connection: connection.execute("INSERT INTO holiday VALUES ('2026-10-01')")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "app.models.upgrades.next_test", step)
    monkeypatch.setattr(runner, "STEPS", (*runner.STEPS, "next_test"))
    return step


@pytest.mark.clause("P13")
def test_an_older_data_folder_is_upgraded_after_a_verified_backup(
    closed_centre: Centre, next_step: ModuleType,
) -> None:  # fmt: skip
    closed_centre.open()
    assert database.execute_sql("SELECT day FROM holiday").fetchall() == [("2026-10-01",)]
    assert runner.version(database) == runner.newest()
    assert office.setting("centre_name") == "安托托管中心"
    assert data_folder.first_look().trouble == ""
    assert pointer.current(closed_centre.folder).name == "gen-000002"
    assert [one.reason for one in backups.listing(closed_centre.folder)] == ["before_upgrade"]
    assert checks.check(closed_centre.folder, closed_centre.key) == ()
    closed_centre.reopen()
    assert len(backups.listing(closed_centre.folder)) == 1, "the next start upgrades nothing"


@pytest.mark.clause("P13")
def test_an_upgrade_that_fails_leaves_the_old_data_in_use(
    closed_centre: Centre, next_step: ModuleType, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    next_step.data = lambda connection: connection.execute("INSERT INTO no_such_table VALUES (1)")  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="no_such_table"):
        closed_centre.open()
    assert [one.name for one in pointer.generations(closed_centre.folder)] == ["gen-000001"]
    monkeypatch.setattr(runner, "STEPS", runner.STEPS[:-1])
    closed_centre.open()
    assert runner.version(database) == runner.newest()


@pytest.mark.clause("P13")
def test_a_step_that_loses_a_row_is_not_taken(closed_centre: Centre, next_step: ModuleType) -> None:
    statements = ("DROP TRIGGER operation_log_no_delete", "DELETE FROM operation_log WHERE seq = 1")
    next_step.data = lambda connection: [connection.execute(sql) for sql in statements]  # type: ignore[attr-defined]
    with pytest.raises(Damaged):
        closed_centre.open()
    assert pointer.current(closed_centre.folder).name == "gen-000001"


@pytest.mark.clause("P13")
def test_data_of_a_newer_program_stay_as_they_are(closed_centre: Centre) -> None:
    path = pointer.current(closed_centre.folder) / db.DATA
    raw = db.connection(path, closed_centre.key, write=True)
    raw.execute("PRAGMA user_version = 9")
    raw.close()
    with pytest.raises(Damaged, match="newer_program_needed") as told:
        closed_centre.open()
    assert told.value.values == {"schema": 9, "known": runner.newest()}
    assert database.is_closed()


def test_a_backup_of_an_older_program_is_restored_and_upgraded(
    centre: Centre, request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    from app.process import restoring

    made = backups.make("by_hand")
    centre.close()
    request.getfixturevalue("next_step")
    restoring.restore_closed(centre.folder, made.path, "manager", PASSWORD)
    centre.open()
    assert database.execute_sql("SELECT count(*) FROM holiday").fetchone() == (1,)
    assert operation_log.verify().trouble == ""


# places -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/a/OneDrive - School/antuo", "OneDrive"), ("/home/a/我的坚果云/antuo", "坚果云"),
        ("/d/BaiduSyncdisk/antuo", "百度网盘"), ("/home/a/antuo", ""),
    ],
)  # fmt: skip
def test_a_folder_that_something_copies_elsewhere_is_told(folder: str, service: str) -> None:
    assert places.synchronised(Path(folder)) == service


@pytest.mark.clause("P13")
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder, code in ((tmp_path / "file" / "data", "folder_not_writable"), (tmp_path / "file", "folder_is_file")):
        with pytest.raises(Refused) as stop:
            make_centre(folder)
        assert (stop.value.code, stop.value.values["folder"]) == (code, str(folder))


def test_a_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not places.is_network(tmp_path / "not there yet")
    monkeypatch.setattr(places, "_file_system", lambda _: "cifs")
    with pytest.raises(Refused, match="network_folder"):
        founding.create(tmp_path / "d", NewCentre("安托"), "boss", "王", PASSWORD)


def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = "rootfs / ext4 rw\nserver:/x /mnt/s\\040x nfs4 rw\ntmp /mnt/s\\040x/local tmpfs rw\n"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: mounts)
    monkeypatch.setattr("os.path.realpath", lambda path: Path(path).as_posix())
    assert places._file_system(Path("/mnt/s x/data")) == "nfs4"
    assert places._file_system(Path("/mnt/s x/local/data")) == "tmpfs"
    assert places._file_system(Path("/mnt/s x2")) == "ext4"


def test_small_files_are_replaced_whole(tmp_path: Path, closed_centre: Centre) -> None:
    shutil.copyfile(closed_centre.folder / pointer.NAME, tmp_path / "before")
    pointer.point(closed_centre.folder, pointer.current(closed_centre.folder), practice=False)
    after, before = closed_centre.folder / pointer.NAME, tmp_path / "before"
    assert json.loads(after.read_text()) == json.loads(before.read_text())
    assert not list(closed_centre.folder.glob("*.new"))
