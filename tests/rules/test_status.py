import pytest

from app.rules import status

pytestmark = pytest.mark.clause("P6")


@pytest.mark.parametrize(
    ("state", "due", "following"),
    [
        ("entered", 0, "paid"),
        ("entered", -100, "paid"),
        ("entered", 1, "entered"),
        ("paid", 390_000, "entered"),
        ("paid", 0, "paid"),
        ("enrolled", 390_000, "enrolled"),
        ("left", 0, "left"),
    ],
)
def test_a_student_becomes_paid_by_itself_and_goes_back(state: str, due: int, following: str) -> None:
    assert status.by_money(state, due_fen=due) == following


def test_every_step_leads_to_a_known_state() -> None:
    for state, following in status.STUDENT_STEPS.items():
        assert {state, *following} <= set(status.STUDENT_STATES)
    for state, following in status.APPLICATION_STEPS.items():
        assert {state, *following} <= set(status.APPLICATION_STATES)
    assert status.student_may_become("paid", "entered")
    assert not status.application_may_become("approved", "submitted")
