"""The step rail of the wizard: steps with a fact each, the saved time, and the keys."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.process import clock
from app.rules.consents import trouble
from app.rules.person import Registration
from app.ui import icons, theme
from app.ui.sections.wording import grade_class_text
from app.ui.texts import money_text, tr
from app.ui.theme import Themed
from app.ui.widgets.button import focus_ring
from app.ui.widgets.card import Card
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import Text
from app.ui.words import HEALTH_MARK, SEX, word

WIDTH = 236
WIDTH_COMPACT = 66  # circles only, where the page is narrow for its text size
NARROW = 900  # design pixels of the page, below which that is so
KEYS_UP_TO = 115  # per cent of text size: above, the keys stand in the status bar only


class StepItem(Themed, QAbstractButton):
    """One step: a circle with tick or number, the title, a fact below."""

    def __init__(self, number: int, title: str, last: bool, parent: QWidget | None = None) -> None:
        """`last` draws no line to a next step."""
        super().__init__(parent)
        self._number, self._title, self._last = number, title, last
        self._fact, self._done, self._wrong, self._doubts = "", False, 0, 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{number} {title}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_state(self, *, current: bool, done: bool, reachable: bool, wrong: int, doubts: int, fact: str) -> None:
        """How far the step is; of a step that was left, `wrong` is to be corrected, `doubts` to be looked at."""
        self._fact, self._done, self._wrong, self._doubts = fact, done, wrong, doubts
        self.setChecked(current)
        self.setEnabled(reachable or current)
        told = tr("完成") if done and not doubts else self._told()
        self.setAccessibleDescription("　".join(filter(None, (told, fact))))
        self.update()

    def _told(self) -> str:
        if self._wrong:
            return tr("{n} 项待更正", n=self._wrong)
        return tr("{n} 处要看一下", n=self._doubts) if self._doubts else ""

    def _tone(self) -> str:
        """Colour of a step that wants something; empty for one that does not, and for the one that is shown."""
        if self.isChecked():
            return ""
        return "red" if self._wrong else "amber" if self._doubts else ""

    def restyle(self) -> None:
        """Height by the text size."""
        self.setFixedHeight(theme.px(62))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(30)
        circle = QRectF(0.5, theme.px(4), size, size)
        tone = self._tone()
        filled = not tone and (self.isChecked() or self._done)
        painter.setPen(QPen(theme.colour("primary" if filled else tone or "tick"), 1.5))
        painter.setBrush(theme.colour("primary" if filled else f"{tone}_tint" if tone else "side"))
        painter.drawEllipse(circle)
        if self._done and not self.isChecked():
            icons.paint(painter, "check", theme.colour(tone or "on_primary"), circle.adjusted(7, 7, -7, -7))
        else:
            painter.setPen(theme.colour("on_primary" if filled else tone or "ink3"))
            painter.setFont(theme.font(14, theme.BOLD))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if not self._last:
            painter.setPen(QPen(theme.colour("primary" if self._done else "line"), 2))
            middle = circle.center().x()
            painter.drawLine(int(middle), int(circle.bottom() + 4), int(middle), self.height())
        if self.width() > 2 * size:
            self._paint_words(painter, size + theme.px(12))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.px(6))

    def _paint_words(self, painter: QPainter, left: float) -> None:
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink2"))
        painter.setFont(theme.font(14, theme.BOLD if self.isChecked() else theme.REGULAR))
        top = QRectF(left, theme.px(2), self.width() - left, theme.px(20))
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, int(top.width()))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, title)
        tone = self._tone()
        painter.setPen(theme.colour(tone or "ink2"))
        painter.setFont(theme.font(12))
        below = QRectF(left, theme.px(21), self.width() - left, theme.px(18))
        words = self._told() if tone else self._fact
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(below.width()))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)


class StepRail(Themed, QWidget):
    """`chosen(step)`."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """One item per title."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self.title = Text(tr("报名登记"), "dialog_title", wrap=True)
        self.saved = Text("", "caption", "green", wrap=True)
        self._column.addWidget(self.title)
        self._column.addWidget(self.saved)
        self._column.addSpacing(theme.px(10))
        self.items = [StepItem(place + 1, title, place == len(titles) - 1) for place, title in enumerate(titles)]
        for place, item in enumerate(self.items):
            item.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            self._column.addWidget(item)
        self._column.addStretch(1)
        self.keys = self._keys()
        self._column.addWidget(self.keys)
        self.saved_mark = IconLabel("floppy-disk", "green", 20)
        self.saved_mark.hide()
        self._column.addWidget(self.saved_mark)
        self._compact = False
        self.restyle()

    def set_compact(self, compact: bool) -> None:
        """Only the circles; what else the rail says is in tooltips."""
        if compact != self._compact:
            self._compact = compact
            self.restyle()

    def _keys(self) -> Card:
        card = Card(padding=12, spacing=0)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(6))
        keys = (
            ("Enter", tr("下一项")),
            ("Shift+Enter", tr("上一项")),
            ("PgUp / PgDn", tr("上一步 / 下一步")),
            ("Ctrl+Enter", tr("完成本步")),
            ("Esc", tr("挂起，稍后继续")),
        )
        for line, (key, text) in enumerate(keys):
            grid.addWidget(KeyCap(key), line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(text, "caption", "ink2"), line, 1, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(grid)
        return card

    def show_state(
        self,
        current: int,
        visited: Collection[int],
        wrong: Sequence[int],
        doubts: Sequence[int],
        said: Sequence[str],
        *,
        handed_in: bool,
    ) -> None:
        """Show how far every step is: counts of open points and of doubts, a fact; the last step has none of them."""
        last = len(self.items) - 1
        for place, item in enumerate(self.items):
            missing = wrong[place] if place < last else 0
            left = place in visited and place < last
            item.set_state(
                current=place == current, done=handed_in or (left and not missing),
                reachable=not handed_in and (place in visited or place == last),
                wrong=missing if left and place != current else 0,
                doubts=doubts[place] if left and place != current else 0, fact=said[place] if place < last else "",
            )  # fmt: skip

    def say_not_saved(self) -> None:
        """The draft could not be written; why stands in the message over the window."""
        self.saved.setText(tr("草稿没有保存"))
        self.saved.set_tone("red")
        self.saved_mark.set_icon("warning-circle", "red")
        self.saved_mark.setToolTip(self.saved.text())

    def say_saved(self, time: str) -> None:
        """When the draft was saved last; empty for not yet."""
        self.saved.setText(tr("草稿已自动保存 {time}", time=time) if time else tr("还没有填写"))
        self.saved.set_tone("green" if time else "ink3")
        self.saved_mark.set_icon("floppy-disk", "green" if time else "ink3")
        self.saved_mark.setToolTip(self.saved.text())

    def restyle(self) -> None:
        """Width and margins."""
        self.setFixedWidth(theme.px(WIDTH_COMPACT) if self._compact else theme.wide(WIDTH))
        for widget in (self.title, self.saved):
            widget.setVisible(not self._compact)
        self.keys.setVisible(not self._compact and theme.percent() <= KEYS_UP_TO)
        self.saved_mark.setVisible(self._compact)
        for item in self.items:
            item.setToolTip(item.accessibleName() if self._compact else "")
        side = theme.px(18 if self._compact else 22)
        self._column.setContentsMargins(side, theme.px(24), theme.px(0 if self._compact else 18), theme.px(16))
        self._column.setSpacing(theme.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the side and its edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("side"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())


def facts(whole: Registration) -> tuple[str, ...]:
    """What the rail says of each step but the last."""
    child = whole.child
    who = "　".join(filter(None, (child.name, word(SEX, child.sex), grade_class_text(child.grade, child.school_class))))
    names = tr("、").join(one.name for one in whole.guardians if one.name)
    marks = tr("、").join(word(HEALTH_MARK, one) for one in whole.health.marks)
    total = f"¥{money_text(whole.services.total_fen)}" if whole.services.lines else ""
    closed = trouble(whole.consents, whole.child.birth_date, clock.today())
    return who, names or tr("至少 1 位"), "" if closed else whole.health.allergies or marks, total
