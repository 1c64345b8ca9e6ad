"""Handing a registration in: submitted, and entered at once where the same person may; only once, however pressed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from app.errors import Refused
from app.process import application, review
from app.process.entry import Admitted
from app.rules.person import Registration
from app.ui.desk import Desk


@dataclass
class HandingIn:
    """One registration on its way: a draft, then an application, then perhaps a student."""

    desk: Desk
    opid: str = field(default_factory=lambda: uuid4().hex)
    draft_id: int | None = None
    application_id: int | None = None
    version: int = 0  # of that application, as it was taken up
    channel: str = "counter"
    admitted: Admitted | None = None
    submitted: bool = False

    @property
    def done(self) -> bool:
        """Whether it was handed in."""
        return self.submitted or self.admitted is not None

    def hand_in(
        self,
        registration: Registration,
        *,
        enter: bool,
        not_same: tuple[int, ...],
        returning: int | None,
        refused: Callable[[Refused], object],
    ) -> bool:
        """Enter the student, or submit for review where another has to approve; False when it was refused."""
        handing = {
            "opid": self.opid, "channel": self.channel, "draft_id": self.draft_id,
            "application_id": self.application_id, "version": self.version, "not_same": not_same,
            "returning": returning,
        }  # fmt: skip
        why = ""

        def told(trouble: Refused) -> bool:
            nonlocal why
            why = trouble.code
            if why != "approval_by_another":
                refused(trouble)
            return True

        if enter:
            self.admitted = self.desk.do(review.submit_and_approve, registration, **handing, beside=told)
        if not enter or why == "approval_by_another":
            found = self.desk.do(application.submit, registration, **handing, beside=told)
            if found is not None:
                self.application_id, self.submitted = found.application_id, True
        if self.done:
            self.draft_id = None
        return self.done
