import pytest

from app.rules.rights import DEFAULT_GRANTS, RIGHTS, ROLES

pytestmark = pytest.mark.clause("P13")


def test_every_role_starts_with_known_rights() -> None:
    assert set(DEFAULT_GRANTS) == set(ROLES)
    for granted in DEFAULT_GRANTS.values():
        assert granted <= set(RIGHTS)


def test_the_manager_may_everything_and_the_teacher_touches_no_money() -> None:
    assert DEFAULT_GRANTS["manager"] == set(RIGHTS)
    assert not DEFAULT_GRANTS["teacher"] & {"take_payment", "see_ledger", "charge", "edit_prices", "see_identity"}


def test_the_counter_takes_payments_but_voids_nothing_by_itself() -> None:
    assert "take_payment" in DEFAULT_GRANTS["receptionist"]
    assert not DEFAULT_GRANTS["receptionist"] & {"void_receipt", "manage_users", "restore", "review"}
