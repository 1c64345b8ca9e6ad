"""Settings, users and rights, running numbers, memory of pick lists, classes."""

import contextlib

import peewee
import pytest

from app.errors import Damaged, Refused
from app.models.database import PoisonedError, database, unit_of_work
from app.process import counters, data_folder, keys, office, operation_log
from app.process.actor import Actor
from tests.conftest import PASSWORD, Centre, Clock


def refused(call: object, *given: object, **named: object) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*given, **named)  # type: ignore[operator]
    return caught.value


# rights -------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_right_that_is_missing_is_refused_by_the_process(centre: Centre) -> None:
    office.require(centre.manager, "void_receipt")
    told = refused(office.require, centre.receptionist, "void_receipt")
    assert (told.code, told.values) == ("no_right", {"right": "void_receipt"})
    assert "take_payment" in office.rights_of(centre.receptionist)
    assert office.rights_of(Actor(99, "x", "x")) == frozenset()


@pytest.mark.clause("P13")
def test_the_manager_edits_the_table_of_rights_and_it_holds_at_once(centre: Centre) -> None:
    office.set_grants(centre.manager, "receptionist", ("register", "void_receipt"))
    assert office.rights_of(centre.receptionist) >= {"register", "void_receipt"}
    assert "take_payment" not in office.rights_of(centre.receptionist)
    assert office.grants(centre.manager)["receptionist"] == {"register", "void_receipt"}


@pytest.mark.clause("P13")
def test_a_role_that_was_lent_ends_by_itself(centre: Centre, the_clock: Clock) -> None:
    with unit_of_work():
        database.execute_sql(
            "INSERT INTO user_role VALUES (?, 'finance', '2026-09-14', '2026-09-16')", (centre.teacher.user_id,),
        )  # fmt: skip
    held = []
    for day in ("2026-09-13", "2026-09-14", "2026-09-16", "2026-09-17"):
        the_clock.set(day)
        held.append("void_receipt" in office.rights_of(centre.teacher))
    assert held == [False, True, True, False]


@pytest.mark.clause("P13")
def test_a_user_who_left_holds_no_right_and_gets_in_no_more(centre: Centre) -> None:
    office.set_active(centre.manager, centre.finance.user_id, active=False)
    assert office.rights_of(centre.finance) == frozenset()
    assert refused(office.settings, centre.finance).code == "not_signed_in"
    assert refused(keys.unlock, centre.folder, "finance", PASSWORD).code == "wrong_password"
    office.set_active(centre.manager, centre.finance.user_id, active=True)
    office.set_password(centre.manager, centre.finance.user_id, "back again")
    assert keys.unlock(centre.folder, "finance", "back again") == centre.key


@pytest.mark.clause("P13")
def test_somebody_can_always_manage_the_users(centre: Centre) -> None:
    boss = centre.manager
    assert refused(office.set_roles, boss, boss.user_id, ("finance",)).code == "last_manager"
    assert refused(office.set_grants, boss, "manager", ("register",)).code == "last_manager"
    assert refused(office.set_active, boss, boss.user_id, active=False).code == "own_account"
    assert "manage_users" in office.rights_of(boss)
    office.set_roles(boss, centre.finance.user_id, ("finance", "manager"))
    office.set_roles(boss, boss.user_id, ("finance",))
    assert "manage_users" not in office.rights_of(boss)


# users --------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P13")
def test_a_new_user_signs_in_with_the_own_password_and_the_roles_given(centre: Centre) -> None:
    office.add_user(centre.manager, " shen ", "沈二妹", ("receptionist", "finance"), "two of them")
    centre.close()
    actor = data_folder.open(centre.folder, keys.unlock(centre.folder, "shen", "two of them"), "SHEN")
    assert (actor.login, actor.name) == ("shen", "沈二妹")
    assert office.rights_of(actor) >= {"register", "void_receipt"}


@pytest.mark.parametrize(
    ("login", "name", "roles", "password", "code"),
    [
        ("", "名", (), PASSWORD, "login_missing"),
        ("x", " ", (), PASSWORD, "name_missing"),
        ("MANAGER", "名", (), PASSWORD, "login_taken"),
        ("x", "名", ("king",), PASSWORD, "unknown_role"),
        ("x", "名", (), "short", "password_short"),
    ],
)
def test_a_user_that_cannot_be_is_told(
    centre: Centre, login: str, name: str, roles: tuple[str, ...], password: str, code: str,
) -> None:  # fmt: skip
    before = keys.path(centre.folder).read_bytes()
    assert refused(office.add_user, centre.manager, login, name, roles, password).code == code
    assert keys.path(centre.folder).read_bytes() == before


def test_a_login_is_taken_in_small_and_in_capital_letters_of_any_language(centre: Centre) -> None:
    office.add_user(centre.manager, "Žofia", "索菲亚", ("manager",), PASSWORD)
    assert refused(office.add_user, centre.manager, "žofia", "另一个", ("teacher",), PASSWORD).code == "login_taken"
    assert [person.name for person in keys.people(centre.folder) if person.login == "Žofia"] == ["索菲亚"]


@pytest.mark.clause("P13")
def test_not_even_the_manager_gets_round_the_old_password_of_the_own_account(centre: Centre) -> None:
    manager = centre.manager
    assert refused(office.set_password, manager, manager.user_id, "another one").code == "wrong_password"
    for _ in range(4):
        refused(office.set_password, manager, manager.user_id, "another one", old="guessed")
    assert refused(office.set_password, manager, manager.user_id, "another one", old=PASSWORD).code == "locked_out"


@pytest.mark.clause("P13")
def test_everybody_changes_the_own_password_and_nobody_elses(centre: Centre) -> None:
    for wrong in ("", "not the old one"):
        stop = refused(office.set_password, centre.teacher, centre.teacher.user_id, "my own one", old=wrong)
        assert stop.code == "wrong_password"
    assert keys.unlock(centre.folder, "teacher", PASSWORD) == centre.key, "nothing changed"
    office.set_password(centre.teacher, centre.teacher.user_id, "my own one", old=PASSWORD)
    assert keys.unlock(centre.folder, "teacher", "my own one") == centre.key
    assert refused(office.set_password, centre.teacher, centre.finance.user_id, "not mine").code == "no_right"


def test_the_users_page_shows_roles_and_who_left(centre: Centre) -> None:
    office.set_active(centre.manager, centre.teacher.user_id, active=False)
    rows = {row.login: row for row in office.users(centre.manager)}
    assert rows["receptionist"].roles == ("receptionist", "class_administrator")
    assert [row.login for row in office.users(centre.manager)][-1] == "teacher"
    assert not rows["teacher"].active
    assert refused(office.users, centre.receptionist).code == "no_right"


@pytest.mark.clause("P13")
def test_a_new_recovery_key_is_given_once_and_logged(centre: Centre) -> None:
    begun = office.begin_recovery_key(centre.manager)
    assert begun.printed not in repr(begun)
    office.use_recovery_key(centre.manager, begun.derive())
    assert keys.unlock_with_recovery(centre.folder, begun.printed) == centre.key
    assert operation_log.entries(centre.manager)[0].action == "new_recovery_key"


# settings -----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("P18")
def test_a_setting_holds_at_once_and_its_change_is_logged_with_both_values(centre: Centre) -> None:
    assert office.setting("review_days") == "2"
    office.change_settings(centre.manager, {"review_days": "3", "centre_phone": "0571-1"})
    assert office.setting("review_days") == "3"
    assert office.settings(centre.teacher)["centre_phone"] == "0571-1"
    assert set(operation_log.entries(centre.manager)[0].changes) == {
        ("review_days", "2", "3"), ("centre_phone", "0571-88001234", "0571-1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("no_such", "1", "unknown_setting"),
        ("practice", "1", "unknown_setting"),
        ("pay_before_signature", "perhaps", "bad_setting"),
        ("sibling_discount_percent", "101", "bad_setting"),
        ("sibling_discount_percent", "-1", "bad_setting"),
        ("sibling_discount_percent", "１０", "bad_setting"),
        ("one_person_may_approve", "yes", "bad_setting"),
        ("centre_name", "  ", "bad_setting"),
        ("student_number_form", "{year}", "number_form_no_running"),
        ("student_number_form", "", "number_form_no_running"),
        ("student_number_form", "{name}{no}", "number_form_unclear"),
    ],
)
def test_a_setting_outside_its_limits_is_refused_and_none_is_saved(
    centre: Centre, name: str, value: str, code: str,
) -> None:  # fmt: skip
    changes = {"centre_phone": "changed", name: value}
    assert refused(office.change_settings, centre.manager, changes).code == code
    assert office.setting("centre_phone") == "0571-88001234"


def test_the_logo_comes_back_as_it_was_given(centre: Centre) -> None:
    assert office.centre().logo == b""
    office.change_logo(centre.manager, b"\x89PNG picture")
    assert office.centre() == office.Centre(
        "安托托管中心", "ANTUO CARE CENTRE", "杭州市西湖区文三路 188 号", "0571-88001234", b"\x89PNG picture",
    )  # fmt: skip
    office.change_logo(centre.manager, b"")
    assert office.centre().logo == b""
    assert refused(office.change_logo, centre.manager, bytes(2_000_001)).code == "logo_too_big"


# numbers, memory, views, classes ------------------------------------------------------------------------------------


@pytest.mark.clause("P5")
def test_numbers_run_from_one_without_a_gap_also_when_work_is_undone(centre: Centre) -> None:
    def take(*, fail: bool) -> int:
        with unit_of_work():
            number = counters.next_number("receipt-2026")
            if fail:
                raise Refused("changed_my_mind")
            return number

    assert take(fail=False) == 1
    refused(take, fail=True)
    assert [take(fail=False), take(fail=False)] == [2, 3]
    with pytest.raises(RuntimeError, match="outside a unit of work"):
        counters.next_number("receipt-2026")


def test_what_was_typed_last_comes_first(centre: Centre) -> None:
    for school in ("文新小学", "学军小学", "文新小学", ""):
        with unit_of_work():
            office.remember_values({"school": school})
    assert office.used_values(centre.receptionist, "school") == ("文新小学", "学军小学")
    assert office.used_values(centre.receptionist, "relation") == ()


def test_a_view_belongs_to_its_user(centre: Centre) -> None:
    office.save_view(centre.receptionist, "students", "name,class")
    office.save_view(centre.receptionist, "students", "name")
    assert office.view(centre.receptionist, "students") == "name"
    assert office.view(centre.manager, "students") == ""


def test_classes_stand_in_their_order_with_teacher_and_places(centre: Centre) -> None:
    added = office.save_class(centre.manager, None, " 六年级晚托班 ", "305", 0, None)
    office.save_class(centre.manager, centre.classes["三年级晚托班"], "三年级晚托班", "202", 25, None)
    rows = office.classes(centre.teacher)
    assert [(row.name, row.room, row.capacity, row.teacher, row.students) for row in rows] == [
        ("三年级晚托班", "202", 25, "", 0), ("一年级午托班", "102", 20, "周敏", 0), ("六年级晚托班", "305", 0, "", 0),
    ]  # fmt: skip
    assert rows[2].id == added


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((None, " ", "", 1, None), "class_name_missing"),
        ((None, "三年级晚托班", "", 1, None), "class_name_taken"),
        ((None, "新班", "", -1, None), "bad_capacity"),
        ((99, "新班", "", 1, None), "unknown_class"),
        ((None, "新班", "", 1, 99), "unknown_user"),
    ],
)
def test_a_class_that_cannot_be_is_told(centre: Centre, given: tuple[object, ...], code: str) -> None:
    assert refused(office.save_class, centre.manager, *given).code == code
    assert len(office.classes(centre.manager)) == 2


# the unit of work ---------------------------------------------------------------------------------------------------


def test_an_error_that_was_swallowed_lets_nothing_of_the_unit_be_saved(centre: Centre) -> None:
    def swallow() -> None:
        with unit_of_work():
            database.execute_sql("INSERT INTO used_value VALUES ('school', '一', '1')")
            with contextlib.suppress(peewee.IntegrityError):  # what must not be done in a unit of work
                database.execute_sql("INSERT INTO used_value VALUES ('school', '一', '2')")

    with pytest.raises(PoisonedError):
        swallow()
    assert office.used_values(centre.manager, "school") == ()
    with unit_of_work():
        office.remember_values({"school": "二"})
    assert office.used_values(centre.manager, "school") == ("二",)


def test_a_refusal_inside_a_nested_unit_undoes_everything(centre: Centre) -> None:
    def swallow() -> None:
        with unit_of_work():
            office.remember_values({"school": "一"})
            with contextlib.suppress(Refused), unit_of_work():
                raise Refused("inner")

    with pytest.raises(PoisonedError):
        swallow()
    assert office.used_values(centre.manager, "school") == ()


def test_nothing_is_written_outside_a_unit_of_work(centre: Centre) -> None:
    with pytest.raises(RuntimeError, match="outside a unit of work"):
        database.execute_sql("INSERT INTO used_value VALUES ('school', '一', '1')")


@pytest.mark.parametrize(
    ("message", "kind", "code"),
    [
        ("database or disk is full", Refused, "disk_full"),
        ("disk I/O error", Damaged, "disk_error"),
        ("database is locked", Refused, "database_busy"),
    ],
)
def test_what_the_disk_refuses_is_told_in_a_sentence(
    centre: Centre, message: str, kind: type[Exception], code: str,
) -> None:  # fmt: skip
    with pytest.raises(kind) as told, unit_of_work():
        raise peewee.OperationalError(message)
    assert told.value.code == code  # type: ignore[attr-defined]
    assert office.setting("centre_name") == "安托托管中心", "reading goes on"
    office.save_view(centre.manager, "a", "b")
