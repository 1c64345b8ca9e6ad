"""What the family asked for in its own words, with one key that fills it in."""

from collections.abc import Iterable

from app.process.prices import Offer
from app.rules import wanted
from app.rules.opening.services import Known
from app.ui.texts import tr
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb


class WantedStrip(Strip):
    """Hidden where nobody asked; `pressed` to fill it in."""

    def __init__(self) -> None:
        """Nothing asked for yet."""
        super().__init__("blue", icon="chat-dots", verbs=[Verb("propose", tr("按此填入"), shortcut="Alt+W")])
        self.wanted = ""

    def show_wanted(self, text: str) -> None:
        """Show the words of the form; empty for none."""
        self.wanted = text
        self.set(tr("家长想要：{wanted}", wanted=text) if text else "")

    def proposal(self, offers: Iterable[Offer], start: str) -> wanted.Proposal:
        """The lines that these words mean, at the first unit of each service, from `start` (ISO)."""
        known = [
            Known(one.service_id, one.name, one.kind, one.session, one.prices[0][0] if one.prices else "month")
            for one in offers
        ]
        return wanted.propose(self.wanted, known, start)

    def left_out(self, found: wanted.Proposal) -> str:
        """What to say of that for which there is no service; empty when all was found."""
        if found.lines and not found.unknown:
            return ""
        return tr("服务里没有“{said}”，请自己选。", said=tr("、").join(found.unknown) or self.wanted)
