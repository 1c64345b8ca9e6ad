"""Backups: verified by opening them, rotated by one rule, restored into a new generation beside the old data."""

import json
import shutil
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from app.errors import Damaged, Refused
from app.models import database as db
from app.models import stored_files
from app.models.database import database, files, unit_of_work
from app.process import (
    anchor,
    backup_check,
    backup_file,
    backups,
    checks,
    clock,
    data_folder,
    founding,
    keys,
    office,
    operation_log,
    paper_store,
    pointer,
    restoring,
    rotation,
    soundness,
)
from tests.conftest import PASSWORD, Centre, Clock, make_centre


def school_day(centre: Centre, name: str = "新班") -> None:
    """Something that a backup must hold: a row and a stored picture."""
    office.save_class(centre.manager, None, name, "", 0, None)
    office.change_logo(centre.manager, name.encode() * 100)


def class_names(centre: Centre) -> set[str]:
    return {row.name for row in office.classes(centre.manager)}


# making -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_backup_is_verified_and_says_what_is_in_it(centre: Centre, the_clock: Clock) -> None:
    the_clock.set("2026-09-14 16:38")
    made = backups.make("by_hand")
    assert (made.path.name, made.made_at, made.verified, made.reason) == (
        "2026-09-14T163800.bak", "2026-09-14T16:38:00", True, "by_hand",
    )  # fmt: skip
    assert (made.students, made.last_receipt, made.second) == (0, "", "")
    assert backups.listing(centre.folder) == (made,)
    assert backups.last_made(centre.folder) == "2026-09-14T16:38:00"
    left = {path.name for path in backups.place(centre.folder).iterdir()}
    assert left == {"files.db", "2026-09-14T163800.bak"}, "nothing unfinished is left behind"


@pytest.mark.clause("P13")
def test_two_backups_in_one_second_do_not_meet(centre: Centre) -> None:
    first, second = backups.make("by_hand"), backups.make("by_hand")
    assert first.path != second.path
    assert backups.listing(centre.folder)[0] == second


@pytest.mark.clause("P13")
def test_a_backup_runs_in_a_thread_of_its_own_while_the_counter_goes_on(centre: Centre) -> None:
    made: list[object] = []

    def work() -> None:
        try:
            made.append(backups.make("by_hand"))
        except BaseException as error:  # noqa: BLE001 - shown by the assertion
            made.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    number = 0
    while thread.is_alive():
        number += 1
        office.save_view(centre.manager, "students", str(number))
    thread.join()
    assert isinstance(made[0], backups.Backup), made
    assert number > 5


@pytest.mark.clause("P13")
def test_a_backup_is_worth_while_only_when_something_was_done(centre: Centre) -> None:
    assert backups.needed()
    backups.note_made(centre.manager, backups.make("by_hand"))
    assert not backups.needed()
    centre.reopen("receptionist")
    assert not backups.needed(), "signing in and out alone is nothing"
    school_day(centre)
    assert backups.needed()


def test_progress_is_told_and_a_cancelled_backup_leaves_nothing(centre: Centre) -> None:
    told: list[tuple[int, int]] = []
    backups.make("by_hand", progress=lambda done, total: told.append((done, total)))
    assert list(dict.fromkeys(told)) == [(done, 5) for done in range(6)]
    assert told == sorted(told)
    before = backups.listing(centre.folder)
    for after in range(5):
        asked = iter([False] * after + [True] * 1000)
        with pytest.raises(Refused, match="backup_cancelled"):
            backups.make("by_hand", cancelled=lambda asked=asked: next(asked))  # type: ignore[misc]
    assert backups.listing(centre.folder) == before
    assert not list(backups.place(centre.folder).glob(".*"))


def dawdle(path: Path, _key: bytes) -> None:
    """A verification that leaves something behind and takes its time."""
    path.with_name(".check-dawdling").mkdir()
    time.sleep(60)


def test_a_backup_can_be_stopped_while_it_is_verified(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    verifying: list[int] = []

    def stop(done: int, _: int) -> None:
        verifying.append(done)
        if (backups.place(centre.folder) / ".check-dawdling").exists():
            raise Refused("backup_cancelled")

    monkeypatch.setattr(backup_check, "inspect", dawdle)
    with pytest.raises(Refused, match="backup_cancelled"):
        backups.make("by_hand", progress=stop)
    assert verifying[-1] == 3
    assert {path.name for path in backups.place(centre.folder).iterdir()} == {"files.db"}


@pytest.mark.clause("P13")
def test_damaged_data_make_no_backup_and_push_no_good_one_away(centre: Centre, the_clock: Clock) -> None:
    good = backups.make("by_hand")
    the_clock.go_on(days=300)
    centre.close()
    data = pointer.current(centre.folder) / "data.db"
    damaged = bytearray(data.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    data.write_bytes(damaged)
    with pytest.raises(Damaged):
        backups.make_of(centre.folder, centre.key, "by_hand")
    assert backups.listing(centre.folder) == (good,)


@pytest.mark.clause("P13")
def test_a_backup_goes_to_the_second_folder_too_with_the_stored_papers(centre: Centre, tmp_path: Path) -> None:
    stick = tmp_path / "U 盘"
    office.change_settings(centre.manager, {"second_backup": str(stick)})
    school_day(centre)
    assert backups.make("by_hand").second == "second_missing"
    stick.mkdir()
    made = backups.make("by_hand")
    assert made.second == "copied"
    copy = stick / made.path.name
    assert copy.read_bytes() == made.path.read_bytes()
    backup_check.verify(copy, centre.key)
    assert {one.path.name for one in backups.listing(stick)} == {made.path.name}


@pytest.mark.clause("P13")
def test_a_second_folder_that_is_full_is_no_reason_for_the_first_backup_to_fail(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    stick = tmp_path / "stick"
    stick.mkdir()
    office.change_settings(centre.manager, {"second_backup": str(stick)})
    real = paper_store.grow

    def full(source: Path, target: Path, key: bytes, **more: Any) -> int:
        if target.parent == stick:
            raise db.DatabaseError("database or disk is full")
        return real(source, target, key, **more)

    monkeypatch.setattr(paper_store, "grow", full)
    assert backups.make("by_hand").second == "second_failed"


@pytest.mark.clause("P13")
def test_two_centres_keep_their_backups_in_one_second_folder(
    centre: Centre, tmp_path: Path, the_clock: Clock,
) -> None:  # fmt: skip
    stick = tmp_path / "stick"
    stick.mkdir()
    office.change_settings(centre.manager, {"second_backup": str(stick)})
    ours = stick / backups.make("by_hand").path.name
    centre.close()
    other = make_centre(tmp_path / "other")
    other.open()
    the_clock.go_on(minutes=1)
    theirs = backups.make("by_hand").path
    shutil.copyfile(theirs, stick / theirs.name)
    the_clock.go_on(days=3)
    backups.rotate(stick, other.key)
    assert ours.exists()


def test_a_full_disk_is_told_with_the_space_that_is_left(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_file, "write", full)
    with pytest.raises(Refused, match="disk_full"):
        backups.make("by_hand")


# what a backup file refuses -----------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_flipped_bit_anywhere_in_a_backup_is_found(centre: Centre) -> None:
    path = backups.make("by_hand").path
    whole = path.read_bytes()
    for at in range(40, len(whole) - 1, len(whole) // 12):
        flipped = bytearray(whole)
        flipped[at] ^= 4
        path.write_bytes(flipped)
        with pytest.raises(Damaged):
            backup_check.inspect(path, centre.key)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged, match="backup_damaged"):
        backup_check.verify(path, centre.key)
    assert not backups.listing(centre.folder)[0].verified
    path.write_bytes(whole)
    backup_check.verify(path, centre.key)


@pytest.mark.clause("P13")
def test_a_backup_of_another_centre_is_told_apart(centre: Centre, tmp_path: Path) -> None:
    path = backups.make("by_hand").path
    centre.close()
    other = make_centre(tmp_path / "other")
    with pytest.raises(Damaged, match="backup_false"):
        backup_check.verify(path, other.key)


def test_a_backup_without_its_papers_is_not_whole(centre: Centre) -> None:
    with unit_of_work():
        digest = stored_files.store("receipt", b"paper", clock.now())
        database.execute_sql(
            "INSERT INTO paper (kind, number, code, sha256, made_at, made_by, log_seq)"
            " VALUES ('sheet', '1', '1', ?, '', 1, 1)",
            (digest,),
        )
    made = backups.make("by_hand")
    backup_file.beside(made.path).unlink()
    with pytest.raises(Damaged, match="data_file_missing"):
        backup_check.verify(made.path, centre.key)


def test_bytes_that_are_no_backup_are_told(centre: Centre, tmp_path: Path) -> None:
    file = tmp_path / "2026-01-01T000000.bak"
    file.write_bytes(b"PK nothing")
    with pytest.raises(Damaged, match="backup_damaged"):
        backups.look(file)


@pytest.mark.parametrize("wrong", [{"made_at": "yesterday"}, {"made_at": 5}, {"reason": None}])
def test_a_manifest_that_makes_no_sense_stops_neither_list_nor_rotation(
    centre: Centre, wrong: dict[str, object],
) -> None:  # fmt: skip
    made = backups.make("by_hand").path
    strange = made.with_name("2026-09-13T000000.bak")
    with ZipFile(made) as source, ZipFile(strange, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                told = {key: value for key, value in (json.loads(content) | wrong).items() if value is not None}
                content = json.dumps(told).encode()
            target.writestr(name, content)
    assert [one.verified for one in backups.listing(centre.folder)] == [False, True]
    assert backups.make("by_hand").verified
    assert strange.exists()


# rotation -----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_rotation_keeps_two_days_all_then_days_weeks_and_months() -> None:
    now = datetime(2026, 9, 12, 18, 0)
    hourly = [now - timedelta(hours=h) for h in range(24 * 400)]
    kept = sorted(rotation.kept(hourly, now), reverse=True)
    assert len([time for time in kept if now - time <= timedelta(hours=48)]) == 49
    older = [time for time in kept if now - time > timedelta(hours=48)]
    days = [time.date() for time in older if now - time < timedelta(days=12)]
    assert len(days) == len(set(days)) == 10
    assert len(older) <= 12 + 10 + 9
    assert now - kept[-1] > timedelta(days=200)
    assert all(time.hour == 23 for time in older), "of each day the newest"


def test_rotation_never_drops_the_only_one_and_waits_out_holidays() -> None:
    now = datetime(2026, 9, 12)
    assert rotation.kept([now - timedelta(days=900)], now) == {now - timedelta(days=900)}
    summer = [now - timedelta(days=60 + day) for day in range(30)]
    assert len(rotation.kept(summer, now)) >= 12
    assert rotation.kept([], now) == frozenset()


@pytest.mark.clause("P13")
def test_old_backups_are_removed_and_unreadable_ones_left_alone(centre: Centre, the_clock: Clock) -> None:
    made = backups.make("by_hand").path
    bad = made.with_name("2026-01-01T000000.bak")
    bad.write_bytes(b"damaged")
    newest = made
    for _ in range(3):
        the_clock.go_on(minutes=1)
        newest = backups.make("by_hand").path
    the_clock.go_on(days=3)
    backups.rotate(made.parent, centre.key)
    assert sorted(made.parent.glob("*.bak")) == [bad, newest], "of a day that is past the newest stays"


# restoring ----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_restore_brings_back_the_day_of_the_backup_and_saves_todays_first(centre: Centre) -> None:
    school_day(centre, "周一的班")
    monday = backups.make("by_hand")
    school_day(centre, "周二的班")
    told: list[int] = []
    restored = restoring.restore(centre.manager, monday.path, PASSWORD, progress=lambda done, _: told.append(done))
    assert told == [0, 1, 2, 3, 4]
    assert not data_folder.is_open(), "everybody signs in anew"
    centre.open()
    assert "周一的班" in class_names(centre)
    assert "周二的班" not in class_names(centre)
    assert office.centre().logo == "周一的班".encode() * 100
    assert restored.before is not None
    assert restored.before.reason == "before_restore"
    assert restored.papers_missing == 0
    # and back to Tuesday
    restoring.restore(centre.manager, restored.before.path, PASSWORD)
    centre.open()
    assert {"周一的班", "周二的班"} <= class_names(centre)


@pytest.mark.clause("P13")
def test_a_restore_is_logged_and_raises_no_alarm(centre: Centre) -> None:
    monday = backups.make("by_hand")
    for name in ("一", "二", "三"):
        school_day(centre, name)
    operation_log.after_money()
    restoring.restore(centre.manager, monday.path, PASSWORD)
    centre.open()
    assert data_folder.first_look().trouble == ""
    row = next(row for row in operation_log.entries(centre.manager) if row.action == "restore")
    assert row.details["back_to"] == monday.last_seq
    assert [one.code for one in checks.check(centre.folder, centre.key) if one.strength == "damage"] == []
    lines, false = anchor.read(centre.folder / anchor.NAME, anchor.key_of(database))
    assert (lines[-1].kind, false) == ("R", 0)


@pytest.mark.clause("P13")
def test_a_restore_cut_off_before_the_pointer_leaves_the_old_data_without_alarm(
    centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monday = backups.make("by_hand")
    school_day(centre, "周二的班")
    operation_log.after_money()

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pointer, "point", power_cut)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(centre.manager, monday.path, PASSWORD)
    centre.open()
    assert "周二的班" in class_names(centre)
    assert data_folder.first_look().trouble == ""
    monkeypatch.undo()


@pytest.mark.clause("P13")
def test_restoring_needs_the_right_and_the_password(centre: Centre) -> None:
    made = backups.make("by_hand")
    with pytest.raises(Refused, match="no_right"):
        restoring.restore(centre.receptionist, made.path, PASSWORD)
    with pytest.raises(Refused, match="wrong_password"):
        restoring.restore(centre.manager, made.path, "a wrong one")
    assert data_folder.is_open()
    assert pointer.current(centre.folder).name == "gen-000001"


@pytest.mark.clause("P13")
def test_passwords_stay_those_of_today_and_who_left_does_not_come_back(centre: Centre) -> None:
    monday = backups.make("by_hand")
    office.set_password(centre.manager, centre.manager.user_id, "changed on tuesday", old=PASSWORD)
    office.set_active(centre.manager, centre.teacher.user_id, active=False)
    restoring.restore(centre.manager, monday.path, "changed on tuesday")
    assert keys.unlock(centre.folder, "manager", "changed on tuesday") == centre.key
    with pytest.raises(Refused, match="wrong_password"):
        keys.unlock(centre.folder, "teacher", PASSWORD)
    codes = {one.code for one in checks.check(centre.folder, centre.key, backup=False)}
    assert "user_without_slot" in codes, "the manager is told"


@pytest.mark.clause("P13")
@pytest.mark.parametrize("lost", ["data.db", "keys.json", "files.db", "current.json", "everything"])
def test_after_damage_the_newest_backup_is_restored_from_the_sign_in_window(
    centre: Centre, tmp_path: Path, lost: str,
) -> None:  # fmt: skip
    school_day(centre, "周一的班")
    office.set_password(centre.manager, centre.manager.user_id, "the one of monday", old=PASSWORD)
    made = backups.make("by_hand")
    centre.close()
    stick = tmp_path / "stick"
    shutil.copytree(made.path.parent, stick)
    lose(centre.folder, lost)
    restoring.restore_closed(centre.folder, stick / made.path.name, "manager", "the one of monday")
    centre.open()
    assert "周一的班" in class_names(centre)
    assert office.centre().logo
    assert [one for one in checks.check(centre.folder, centre.key, backup=False) if one.strength == "damage"] == []


def lose(folder: Path, what: str) -> None:
    if what == "everything":
        shutil.rmtree(folder)
    elif what == "current.json":
        (folder / what).write_text("{}")
    elif what == "data.db":
        path = pointer.current(folder) / what
        path.write_bytes(path.read_bytes()[:-4096])
    else:
        (pointer.current(folder) / what).unlink()


@pytest.mark.clause("P13")
def test_the_recovery_key_alone_is_enough_to_restore(tmp_path: Path, the_clock: Clock) -> None:
    folder, stick = tmp_path / "data", tmp_path / "stick"
    printed = founding.create(folder, founding.NewCentre("安托"), "boss", "王丽华", PASSWORD)
    key = keys.unlock(folder, "boss", PASSWORD)
    data_folder.open(folder, key, "boss")
    made = backups.make("by_hand")
    data_folder.close()
    shutil.copytree(made.path.parent, stick)
    shutil.rmtree(folder)
    restoring.restore_closed(folder, stick / made.path.name, "boss", printed, with_recovery_key=True)
    assert keys.unlock_with_recovery(folder, printed) == key
    assert data_folder.open(folder, key, "boss").name == "王丽华"
    data_folder.close()


def test_whoever_may_not_restore_cannot_do_it_from_the_sign_in_window_either(centre: Centre) -> None:
    made = backups.make("by_hand")
    centre.close()
    with pytest.raises(Refused, match="no_right"):
        restoring.restore_closed(centre.folder, made.path, "teacher", PASSWORD)
    assert pointer.current(centre.folder).name == "gen-000001"
    assert len(list(pointer.generations(centre.folder))) == 1


def test_a_backup_of_another_centre_does_not_replace_these_data(centre: Centre, tmp_path: Path) -> None:
    centre.close()
    other = make_centre(tmp_path / "other")
    other.open()
    foreign = backups.make("by_hand")
    other.close()
    with pytest.raises(Refused, match="other_centre"):
        restoring.restore_closed(centre.folder, foreign.path, "manager", PASSWORD)
    centre.open()


@pytest.mark.clause("P13")
def test_the_old_generation_stays_until_the_next_verified_backup(centre: Centre) -> None:
    made = backups.make("by_hand")
    restoring.restore(centre.manager, made.path, PASSWORD)
    assert [one.name for one in pointer.generations(centre.folder)] == ["gen-000001", "gen-000002"]
    centre.open()
    backups.make("exit")
    assert [one.name for one in pointer.generations(centre.folder)] == ["gen-000002"]


@pytest.mark.clause("P13")
def test_a_full_circle_keeps_every_row_sum_and_stored_byte(centre: Centre, tmp_path: Path) -> None:
    for number in range(30):
        with unit_of_work():
            stored_files.store("receipt", bytes([number]) * 5_000, clock.now())
        office.save_class(centre.manager, None, f"班 {number}", "", 0, None)
    before = soundness.facts(database.connection())
    stored = files.execute_sql("SELECT * FROM stored_file ORDER BY 1").fetchall()
    made = backups.make("by_hand")
    centre.close()
    stick = tmp_path / "stick"
    shutil.copytree(made.path.parent, stick)
    shutil.rmtree(centre.folder)
    restoring.restore_closed(centre.folder, stick / made.path.name, "manager", PASSWORD)
    centre.open()
    after = soundness.facts(database.connection())
    assert files.execute_sql("SELECT * FROM stored_file ORDER BY 1").fetchall() == stored
    assert {**after.counts, "operation_log": 0} == {**before.counts, "operation_log": 0}
    assert after.ledger_fen == before.ledger_fen
    assert after.last_seq == before.last_seq + 2, "the restore and the sign-in"
