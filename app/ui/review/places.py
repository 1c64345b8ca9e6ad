"""Places beside the application, and the window that holds one until a day."""

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import clock, office, waiting_list
from app.process.care_places import Place
from app.process.review import ApplicationView
from app.rules import dates
from app.ui.desk import Desk
from app.ui.texts import sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.notice import Strip
from app.ui.widgets.verb import Verb


def places_text(places: tuple[Place, ...]) -> str:
    """三年级晚托班 18 / 20　晚托 40 / 40（另保留 1）."""
    return "　".join(_place_text(one) for one in places)


def _place_text(one: Place) -> str:
    if one.held:
        return tr(
            "{name} 已占 {taken} / {places}，另保留 {held}",
            name=tr(one.name), taken=one.taken, places=one.places, held=one.held,
        )  # fmt: skip
    return tr("{name} 已占 {taken} / {places}", name=tr(one.name), taken=one.taken, places=one.places)


class PlaceDialog(Dialog):
    """Holds a place until a day; with `offer` it gives a free one to somebody on the waiting list."""

    def __init__(self, desk: Desk, view: ApplicationView, *, offer: bool, parent: QWidget | None = None) -> None:
        """The day is that of the hold, or so many working days from now as a family has to answer."""
        super().__init__(parent, tr("录取候补") if offer else tr("保留名额"))
        self.desk, self.view, self.offer = desk, view, offer
        self.strip = Strip("red")
        self.until = Field(tr("保留到"), DateEdit(), required=True, hint=tr("过了这一天，名额让给别人"))
        self.note = Field(tr("凭什么保留"), LineEdit(tr("例如押金收据号")))
        self.until.set_value(view.hold.until if view.hold and not offer else _some_days_on())
        self.note.set_value(view.hold.note if view.hold else "")
        self.note.setVisible(not offer)
        for widget in (self.strip, self.until, self.note):
            self.body.addWidget(widget)
        verbs = [Verb("cancel", tr("取消"), shortcut="Esc")]
        if view.hold and not offer:
            verbs.append(Verb("release", tr("不再保留"), "secondary", "Alt+R"))
        self.set_verbs([*verbs, Verb("save", tr("录取") if offer else tr("保留"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
            return
        if key == "save" and not self.until.value():
            self.until.problem(tr("请填保留到哪一天"))
            return
        view, until = self.view, "" if key == "release" else self.until.value()
        if self.offer:
            self.desk.do(waiting_list.offer, view.application_id, view.version, until, beside=self._beside)
        else:
            self.desk.do(waiting_list.hold, view.application_id, until, self.note.value(), beside=self._beside)
        if self.desk.done_well:
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.strip.set(sentence(refused))
        return True


def _some_days_on() -> str:
    return dates.add_working_days(clock.today(), int(office.setting("answer_days") or 0))
