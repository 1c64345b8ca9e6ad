"""What a family agreed to, and what of a child's health may be read and written by it. product.md P1, P4, P13.

Two answers decide: to the privacy notice, and for a child under 14 the separate consent of a guardian
(个人信息保护法 29, 31). A yes at the counter holds at once and ends by itself, unless the signed sheet comes in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rules import dates
from app.rules.person import Consent

AGE = 14  # below it the law wants a separate consent of a guardian (个人信息保护法 31)
NOT_ASKED, REFUSED, PAPER_MISSING = "consent_not_asked", "consent_refused", "consent_paper_missing"


@dataclass(frozen=True)
class HealthAccess:
    """Whether the health section is open.

    `reason` is '' while it is open, else NOT_ASKED, REFUSED (or withdrawn) or PAPER_MISSING. `until` is the last day
    on which it is open without a signed sheet (past when that was why it closed), '' where paper is no question.
    """

    reason: str = ""
    until: str = ""

    @property
    def is_open(self) -> bool:
        """Whether health may be read and written."""
        return not self.reason

    @property
    def allergies_shown(self) -> bool:
        """Whether allergies are shown although the rest may be closed.

        A nut in the meal does not wait for a signature: while nobody said no, they stay in sight, as what is needed to
        protect a life may be used without consent (个人信息保护法 13, 4). A guardian who refused or withdrew decided
        otherwise, and was told so by the notice; then they are closed like everything else.
        """
        return self.reason != REFUSED


def needed(birth_date: str, today: str) -> tuple[str, ...]:
    """Name the consents that must be given: the privacy notice, and a separate one for a child under 14.

    A child whose birth date is not known counts as under 14.
    """
    known = dates.is_date(birth_date) and birth_date <= today
    return ("privacy",) if known and dates.years(birth_date, today) >= AGE else ("privacy", "under_14")


def trouble(consents: Iterable[Consent], birth_date: str, today: str) -> str:
    """Why the answers do not open the health section: REFUSED, NOT_ASKED, or '' when every consent needed is given."""
    given = {one.kind: one.given for one in consents}
    answers = [given.get(kind) for kind in needed(birth_date, today)]
    if False in answers:
        return REFUSED
    return NOT_ASKED if None in answers else ""


def health_access(
    consents: Iterable[Consent], birth_date: str, signed_on: str, today: str, days: int,
) -> HealthAccess:  # fmt: skip
    """Tell whether the health section is open. Days are ISO text.

    `signed_on` is the day of the newest signed sheet that bears these consents, '' for none; one that was signed
    before a consent was given proves nothing about it. Without such a sheet a consent opens for `days` days after its
    own. A day that is none, or lies ahead, gives no time.
    """
    said = {one.kind: one for one in consents}
    if reason := trouble(said.values(), birth_date, today):
        return HealthAccess(reason)
    days_given = [said[kind].date for kind in needed(birth_date, today)]
    sure = all(dates.is_date(day) and day <= today for day in days_given)
    since = max(days_given) if sure else ""
    if signed_on and signed_on >= since:
        return HealthAccess()
    until = dates.add_days(since, days) if since else ""
    return HealthAccess("" if until and today <= until else PAPER_MISSING, until)
