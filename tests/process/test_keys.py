"""Who gets at the data: passwords, the recovery key on paper, waiting after wrong ones."""

import errno
import json
import os
import random
import secrets
from pathlib import Path

import pytest
from peewee import OperationalError

from app.errors import Damaged, Refused
from app.models.database import database
from app.process import (
    attempts,
    backups,
    checks,
    data_folder,
    founding,
    keys,
    office,
    pointer,
    recovering,
    recovery_key,
    restoring,
)
from tests.conftest import PASSWORD, PRODUCT_COST, Centre, Clock


def refused(call: object, *given: object) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*given)  # type: ignore[operator]
    return caught.value


@pytest.mark.clause("P13")
def test_the_product_spends_64_mib_and_three_passes_on_a_password() -> None:
    assert keys.Cost(3, 64 * 1024 * 1024) == PRODUCT_COST


@pytest.mark.clause("P13")
def test_the_right_password_gives_the_key_of_the_data(closed_centre: Centre) -> None:
    for login in ("manager", "Manager", "receptionist", "finance", "teacher"):
        assert keys.unlock(closed_centre.folder, login, PASSWORD) == closed_centre.key


@pytest.mark.clause("P13")
def test_a_wrong_password_and_an_unknown_user_are_told_in_the_same_words(closed_centre: Centre) -> None:
    wrong = refused(keys.unlock, closed_centre.folder, "manager", "practise")
    unknown = refused(keys.unlock, closed_centre.folder, "nobody", PASSWORD)
    nothing = refused(keys.unlock, closed_centre.folder, "", PASSWORD)
    assert {(one.code, one.values["wait"]) for one in (wrong, unknown, nothing)} == {("wrong_password", 0)}


@pytest.mark.clause("P13")
def test_who_can_sign_in_is_told_by_name_and_without_any_key(closed_centre: Centre) -> None:
    assert {(one.login, one.name) for one in keys.people(closed_centre.folder)} == {
        ("manager", "王丽华"), ("receptionist", "林小婉"), ("finance", "许建国"), ("teacher", "周敏"),
    }  # fmt: skip


@pytest.mark.clause("P13")
def test_after_a_change_only_the_new_password_opens(closed_centre: Centre) -> None:
    folder = closed_centre.folder
    keys.use_slot(folder, keys.slot_for(closed_centre.key, "finance", "许建国", "落叶 知秋 2026"))
    assert keys.unlock(folder, "finance", "落叶 知秋 2026") == closed_centre.key
    assert refused(keys.unlock, folder, "finance", PASSWORD).code == "wrong_password"
    assert keys.unlock(folder, "manager", PASSWORD) == closed_centre.key
    assert {one.name for one in keys.people(folder)} >= {"许建国"}


def test_a_password_typed_in_full_width_on_another_system_is_the_same(closed_centre: Centre) -> None:
    keys.use_slot(closed_centre.folder, keys.slot_for(closed_centre.key, "finance", "许建国", "Ａｂｃ１２３４５"))
    assert keys.unlock(closed_centre.folder, "finance", "Abc12345") == closed_centre.key


@pytest.mark.parametrize(
    ("password", "code"), [("short", "password_short"), ("12345678", "password_only_digits"), ("", "password_short")],
)  # fmt: skip
def test_a_password_that_is_guessed_in_minutes_is_refused(password: str, code: str, closed_centre: Centre) -> None:
    assert refused(keys.check_password, password).code == code
    told = refused(recovering.set_password, closed_centre.folder, recovery_key.new(), "finance", password)
    assert told.code == code


@pytest.mark.clause("P13")
def test_whoever_left_gets_in_no_more(closed_centre: Centre) -> None:
    keys.remove_slot(closed_centre.folder, "teacher")
    assert refused(keys.unlock, closed_centre.folder, "teacher", PASSWORD).code == "wrong_password"
    assert "teacher" not in {one.login for one in keys.people(closed_centre.folder)}


# the recovery key ---------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_losing_every_password_does_not_lose_the_data(tmp_path: Path) -> None:
    printed = founding.create(tmp_path / "d", founding.NewCentre("安托"), "boss", "王丽华", PASSWORD)
    typed = printed.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    key = keys.unlock(tmp_path / "d", "boss", PASSWORD)
    assert refused(recovering.set_password, tmp_path / "d", typed, "nobody", "a new password").code == "unknown_user"
    assert recovering.set_password(tmp_path / "d", typed, "boss", "a new password") == key
    assert keys.unlock(tmp_path / "d", "boss", "a new password") == key
    assert refused(keys.unlock, tmp_path / "d", "boss", PASSWORD).code == "wrong_password"


def test_a_recovery_key_of_another_centre_opens_nothing(closed_centre: Centre) -> None:
    assert refused(keys.unlock_with_recovery, closed_centre.folder, recovery_key.new()).code == "wrong_recovery_key"


@pytest.mark.clause("P13")
def test_a_typing_error_in_the_recovery_key_is_told_with_its_group() -> None:
    chance = random.Random(5)
    for _ in range(300):
        printed = recovery_key.new()
        groups = printed.split("-")
        number, at = chance.randrange(8), chance.randrange(5)
        other = chance.choice([letter for letter in recovery_key.LETTERS if letter != groups[number][at]])
        groups[number] = groups[number][:at] + other + groups[number][at + 1 :]
        wrong = refused(keys.check_recovery_key, "-".join(groups))
        assert (wrong.code, wrong.values["group"]) == ("recovery_key_group", number + 1)


def test_exchanged_letters_and_exchanged_groups_are_found() -> None:
    for _ in range(100):
        groups = recovery_key.new().split("-")
        swapped = [groups[1], groups[0], *groups[2:]]
        if groups[0] != groups[1]:
            assert refused(keys.check_recovery_key, "-".join(swapped)).code == "recovery_key_group"
        first = groups[0]
        if first[1] != first[2]:
            groups[0] = first[0] + first[2] + first[1] + first[3:]
            assert refused(keys.check_recovery_key, "-".join(groups)).values["group"] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "recovery_key_length"), ("ABCD", "recovery_key_length"), ("钥匙" * 20, "recovery_key_letter")],
)
def test_what_cannot_be_a_recovery_key_is_told(text: str, code: str) -> None:
    assert refused(keys.check_recovery_key, text).code == code


def new_paper(centre: Centre) -> str:
    begun = office.begin_recovery_key(centre.manager)
    office.use_recovery_key(centre.manager, begun.derive())
    return begun.printed


@pytest.mark.clause("P13")
def test_a_new_recovery_key_makes_the_old_paper_worthless(centre: Centre) -> None:
    first, second = new_paper(centre), new_paper(centre)
    assert keys.unlock_with_recovery(centre.folder, second) == centre.key
    assert refused(keys.unlock_with_recovery, centre.folder, first).code == "wrong_recovery_key"


@pytest.mark.clause("P13")
def test_until_a_new_recovery_key_is_used_the_old_paper_opens(centre: Centre) -> None:
    paper = new_paper(centre)
    given_up = office.begin_recovery_key(centre.manager)
    given_up.derive()
    assert keys.unlock_with_recovery(centre.folder, paper) == centre.key
    assert refused(keys.unlock_with_recovery, centre.folder, given_up.printed).code == "wrong_recovery_key"


@pytest.mark.clause("P13")
def test_when_the_commit_fails_the_old_paper_opens_and_the_check_has_nothing_to_tell(
    centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    paper = new_paper(centre)
    begun = office.begin_recovery_key(centre.manager)

    def failed() -> None:
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(database, "commit", failed)
        with pytest.raises(Damaged):
            office.use_recovery_key(centre.manager, begun.derive())
    assert keys.unlock_with_recovery(centre.folder, paper) == centre.key
    assert "recovery_key_not_replaced" not in checked(centre)


@pytest.mark.clause("P13")
def test_a_cut_between_the_commit_and_the_key_leaves_the_old_paper_opening_and_the_check_tells(
    centre: Centre, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    paper = new_paper(centre)
    assert "recovery_key_not_replaced" not in checked(centre)
    begun = office.begin_recovery_key(centre.manager)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keys, "use_slot", cut)
        with pytest.raises(KeyboardInterrupt):
            office.use_recovery_key(centre.manager, begun.derive())
    assert keys.unlock_with_recovery(centre.folder, paper) == centre.key
    assert "recovery_key_not_replaced" in checked(centre)
    assert keys.unlock_with_recovery(centre.folder, new_paper(centre)) == centre.key
    assert "recovery_key_not_replaced" not in checked(centre)


@pytest.mark.clause("P13")
def test_after_a_restore_the_paper_of_today_opens_and_the_check_does_not_complain(centre: Centre) -> None:
    new_paper(centre)
    made = backups.make("by_hand")
    paper = new_paper(centre)
    restoring.restore(centre.manager, made.path, PASSWORD)
    assert keys.unlock_with_recovery(centre.folder, paper) == centre.key
    assert "recovery_key_not_replaced" not in checked(centre)


def checked(centre: Centre) -> set[str]:
    return {one.code for one in checks.check(centre.folder, centre.key, backup=False)}


# waiting ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_after_five_wrong_passwords_one_waits_and_ever_longer(closed_centre: Centre, the_clock: Clock) -> None:
    waits = []
    for _ in range(12):
        wrong = refused(keys.unlock, closed_centre.folder, "manager", "a wrong one")
        waits.append(wrong.values["wait"])
        the_clock.go_on(seconds=float(str(wrong.values["wait"])) + 1)
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


@pytest.mark.clause("P13")
def test_while_one_waits_not_even_the_right_password_opens(closed_centre: Centre, the_clock: Clock) -> None:
    fail_five_times(closed_centre)
    told = refused(keys.unlock, closed_centre.folder, "manager", PASSWORD)
    assert told.code == "locked_out"
    assert 28 <= int(str(told.values["seconds"])) <= 30
    assert keys.unlock(closed_centre.folder, "finance", PASSWORD), "others are not kept out"
    the_clock.go_on(seconds=31)
    assert keys.unlock(closed_centre.folder, "manager", PASSWORD) == closed_centre.key
    assert refused(keys.unlock, closed_centre.folder, "manager", "a wrong one").values["wait"] == 0


@pytest.mark.clause("P13")
def test_setting_the_clock_back_wins_nothing(closed_centre: Centre, the_clock: Clock) -> None:
    fail_five_times(closed_centre)
    the_clock.set("2026-09-01")
    assert refused(keys.unlock, closed_centre.folder, "manager", PASSWORD).code == "locked_out"
    the_clock.go_on(seconds=29)
    assert refused(keys.unlock, closed_centre.folder, "manager", PASSWORD).code == "locked_out"
    the_clock.go_on(seconds=3)
    assert keys.unlock(closed_centre.folder, "manager", PASSWORD)


@pytest.mark.clause("P13")
def test_inventing_users_does_not_get_round_the_wait(closed_centre: Centre) -> None:
    for number in range(5):
        refused(keys.unlock, closed_centre.folder, f"invented {number}", PASSWORD)
    assert refused(keys.unlock, closed_centre.folder, "another", PASSWORD).code == "locked_out"
    assert keys.unlock(closed_centre.folder, "manager", PASSWORD)


def test_a_full_disk_is_told_at_the_door_too(closed_centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = keys.path(closed_centre.folder).read_bytes()
    for call in (
        lambda: keys.unlock(closed_centre.folder, "finance", PASSWORD),
        lambda: keys.remove_slot(closed_centre.folder, "finance"),
    ):
        stop = refused(call)
        assert (stop.code, "free_mb" in stop.values) == ("disk_full", True)
    assert keys.path(closed_centre.folder).read_bytes() == before
    assert not list(closed_centre.folder.rglob("*.new"))


def test_a_damaged_file_of_attempts_keeps_nobody_out(closed_centre: Centre) -> None:
    (closed_centre.folder / attempts.NAME).write_bytes(b"{ not json")
    assert keys.unlock(closed_centre.folder, "manager", PASSWORD) == closed_centre.key


def fail_five_times(centre: Centre) -> None:
    for _ in range(5):
        refused(keys.unlock, centre.folder, "manager", "a wrong one")


# damage -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_no_flipped_byte_of_the_key_file_ever_gives_a_wrong_key(closed_centre: Centre) -> None:
    file = keys.path(closed_centre.folder)
    whole = file.read_bytes()
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        file.write_bytes(flipped)
        try:
            key = keys.open_file(file, "manager", PASSWORD)
        except (Damaged, Refused):
            continue
        assert key == closed_centre.key
        assert json.loads(flipped) == json.loads(whole), "only what JSON does not read may go unnoticed"


def test_the_key_file_names_nobody_but_users_and_holds_no_key_in_clear(closed_centre: Centre) -> None:
    text = keys.path(closed_centre.folder).read_text(encoding="utf-8")
    assert closed_centre.key.hex() not in text
    assert set(json.loads(text)) == {"format", "proof", "slots", "sum"}


def test_a_key_file_of_other_data_is_told_apart(closed_centre: Centre) -> None:
    assert keys.belongs(keys.path(closed_centre.folder), closed_centre.key)
    assert not keys.belongs(keys.path(closed_centre.folder), secrets.token_bytes(32))


def test_a_pointer_to_nowhere_is_damage(closed_centre: Centre) -> None:
    (closed_centre.folder / pointer.NAME).write_text('{"generation": "../gen-000001"}', encoding="utf-8")
    with pytest.raises(Damaged, match="pointer_damaged"):
        keys.people(closed_centre.folder)
    assert data_folder.state(closed_centre.folder) == "damaged"
