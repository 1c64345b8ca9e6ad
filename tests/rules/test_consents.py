"""When the health section is open: the consents that are needed, and the signed sheet that must follow them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import consents
from app.rules.consents import NOT_ASKED, PAPER_MISSING, REFUSED, HealthAccess, health_access
from app.rules.person import Consent, Guardian, speaker

YOUNG, OLD, TODAY = "2018-04-16", "2011-01-01", "2026-09-12"


def said(privacy: bool | None = None, under_14: bool | None = None, day: str = TODAY) -> tuple[Consent, ...]:
    return (Consent("privacy", privacy, date=day), Consent("under_14", under_14, date=day))


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    ("answers", "born", "why"),
    [
        (said(privacy=True, under_14=True), YOUNG, ""),
        (said(privacy=True), YOUNG, NOT_ASKED),
        (said(privacy=True), OLD, ""),
        (said(privacy=True, under_14=False), OLD, ""),
        (said(privacy=True, under_14=False), YOUNG, REFUSED),
        (said(privacy=False, under_14=True), YOUNG, REFUSED),
        (said(privacy=False), YOUNG, REFUSED),
        ((), YOUNG, NOT_ASKED),
        ((), OLD, NOT_ASKED),
        (said(privacy=True), "", NOT_ASKED),
        ((Consent("photos", given=False), *said(privacy=True, under_14=True)), YOUNG, ""),
    ],
)
def test_health_needs_the_privacy_notice_and_under_14_the_separate_consent(
    answers: tuple[Consent, ...], born: str, why: str,
) -> None:  # fmt: skip
    assert consents.trouble(answers, born, TODAY) == why
    assert health_access(answers, born, TODAY, TODAY, 7).reason == why


@pytest.mark.clause("P4")
@pytest.mark.parametrize(
    ("given_on", "signed_on", "today", "access"),
    [
        ("2026-09-12", "", "2026-09-12", HealthAccess("", "2026-09-19")),
        ("2026-09-12", "", "2026-09-19", HealthAccess("", "2026-09-19")),
        ("2026-09-12", "", "2026-09-20", HealthAccess(PAPER_MISSING, "2026-09-19")),
        ("2026-09-12", "2026-09-12", "2026-12-01", HealthAccess()),
        ("2026-09-12", "2026-09-25", "2026-12-01", HealthAccess()),
        ("2026-09-12", "2026-09-11", "2026-12-01", HealthAccess(PAPER_MISSING, "2026-09-19")),
        ("2026-09-12", "2026-09-11", "2026-09-13", HealthAccess("", "2026-09-19")),
        ("2026-09-30", "", "2026-09-12", HealthAccess(PAPER_MISSING)),
        ("", "", "2026-09-12", HealthAccess(PAPER_MISSING)),
        ("some day", "2026-09-12", "2026-09-12", HealthAccess()),
    ],
)
def test_a_consent_at_the_counter_opens_health_and_ends_by_itself_unless_the_sheet_is_signed(
    given_on: str, signed_on: str, today: str, access: HealthAccess,
) -> None:  # fmt: skip
    assert health_access(said(privacy=True, under_14=True, day=given_on), YOUNG, signed_on, today, 7) == access


@pytest.mark.clause("P4")
def test_the_last_of_the_needed_consents_counts() -> None:
    both = (Consent("privacy", given=True, date="2026-09-01"), Consent("under_14", given=True, date="2026-09-10"))
    assert health_access(both, YOUNG, "2026-09-05", "2026-09-12", 7).until == "2026-09-17"
    assert health_access(both, OLD, "2026-09-05", "2026-09-12", 7).is_open


@pytest.mark.clause("P13")
@pytest.mark.parametrize(
    ("reason", "shown"), [("", True), (NOT_ASKED, True), (PAPER_MISSING, True), (REFUSED, False)],
)  # fmt: skip
def test_allergies_stay_in_sight_while_nobody_said_no(reason: str, shown: bool) -> None:
    assert HealthAccess(reason).allergies_shown is shown


ANSWERS = st.lists(
    st.builds(Consent, st.sampled_from(("privacy", "under_14", "photos")), st.none() | st.booleans(), date=st.text()),
)


@given(ANSWERS, st.text(max_size=12), st.sampled_from(("", TODAY)), st.integers(0, 60))
def test_whatever_stands_there_gets_an_answer_and_no_refusal_opens(
    answers: list[Consent], born: str, signed_on: str, days: int,
) -> None:  # fmt: skip
    access = health_access(answers, born, signed_on, TODAY, days)
    newest = {one.kind: one.given for one in answers}
    assert not (access.is_open and newest.get("privacy") is not True)


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("guardians", "who"),
    [
        ((Guardian("张志强", "father"), Guardian("李龑", "mother", payer=True)), ("李龑", "mother")),
        ((Guardian("张志强", "father"), Guardian("李龑", "mother")), ("张志强", "father")),
        ((), ("", "")),
    ],
)
def test_whoever_pays_or_else_the_first_speaks_for_the_child(
    guardians: tuple[Guardian, ...], who: tuple[str, str],
) -> None:  # fmt: skip
    assert speaker(guardians) == who
