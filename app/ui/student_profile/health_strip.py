"""The strip of the file that says why health is closed and what opens it, or until when a consent alone opens it."""

from app.process.hidden import NO_RIGHT
from app.process.student_file import Profile
from app.rules.consents import PAPER_MISSING
from app.ui.consent_words import closed_text
from app.ui.texts import tr
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb


class HealthStrip(Strip):
    """Its verbs are `consent` (record an answer) and `sheet`."""

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__("amber", icon="lock")

    def show_profile(self, found: Profile, *, may_consent: bool, may_print: bool) -> None:
        """Say how things stand with a student; what the person has no right to see is told on the card itself."""
        closed = found.health_closed if found.health_closed != NO_RIGHT else ""
        self.set_kind("red" if closed else "amber")
        self.set_verbs(_verbs(closed, may_consent=may_consent, may_print=may_print))
        if closed:
            self.set(closed_text(closed))
        elif found.health_until and not found.health_closed:
            self.set(tr("健康资料凭口头同意开放到 {day}，到时还没签好确认单会自动关闭。", day=found.health_until))
        else:
            self.set("")


def _verbs(closed: str, *, may_consent: bool, may_print: bool) -> list[Verb]:
    if closed == PAPER_MISSING:
        return [Verb("sheet", tr("看确认单"))] if may_print else []
    return [Verb("consent", tr("记录答复"))] if closed and may_consent else []
