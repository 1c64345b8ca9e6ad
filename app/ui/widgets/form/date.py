"""Dates and times of day, typed as people type them, or picked from a calendar."""

import re

from PySide6.QtCore import QDate, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import clock
from app.rules import dates
from app.ui import icons, theme
from app.ui.texts import sentence, tr
from app.ui.widgets.button import IconButton
from app.ui.widgets.card import rounded
from app.ui.widgets.form.line import NO_INPUT_METHOD, LineEdit, folded
from app.ui.widgets.form.popup import place_popup


def iso_time(text: str) -> str:
    """HH:MM of what was typed (17:30, 17.30, 1730, 930, 9); empty when it is no time of day."""
    clean = re.sub(r"[:.点时\s]+", ":", folded(text).strip()).strip(":").removesuffix("分")
    match = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?", clean)
    if match is None:
        return ""
    hour, minute = int(match[1]), int(match[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


class TimeEdit(LineEdit):
    """A time of day; the value is HH:MM or empty."""

    def __init__(self, placeholder: str = "17:30", parent: QWidget | None = None) -> None:
        """`placeholder` shows the form."""
        super().__init__(placeholder, parent=parent)
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhTime)

    def value(self) -> str:
        """HH:MM, or empty."""
        return iso_time(self.text())

    def reason(self) -> str:
        """Why the text is no time."""
        return "" if self.is_empty() or self.value() else tr("不是时间，请按 17:30 的样子输入")

    def _leave(self) -> None:
        self.setText(self.value() or self.text())
        self.left.emit()


class DateEdit(LineEdit):
    """A date; the value is ISO, or empty when nothing or no date was typed."""

    def __init__(self, placeholder: str = "2026-09-12", parent: QWidget | None = None) -> None:
        """`placeholder` shows the form."""
        self._button: IconButton | None = None
        super().__init__(placeholder, parent=parent)
        self.setInputMethodHints(NO_INPUT_METHOD | Qt.InputMethodHint.ImhDate)
        self._popup: _Calendar | None = None
        self._button = IconButton("calendar-blank", tr("日历 Alt+↓"), self, 30)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open_calendar)
        self.restyle()

    def value(self) -> str:
        """ISO date, or empty."""
        try:
            return dates.parse(self.text(), clock.today())
        except Refused:
            return ""

    def raw(self) -> str:
        """The text as it stands."""
        return self.text().strip()

    def reason(self) -> str:
        """Why the text is no date."""
        if self.is_empty():
            return ""
        try:
            dates.parse(self.text(), clock.today())
        except Refused as refused:
            return sentence(refused)
        return ""

    def open_calendar(self) -> None:
        """Open the calendar below."""
        if self._popup is not None and self._popup.isVisible():
            self._popup.hide()
            return
        self._popup = self._popup or _Calendar(self)
        self._popup.show_at(self.value() or clock.today())

    def take(self, iso: str) -> None:
        """A date was picked in the calendar."""
        self.setText(iso)
        self.changed.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right end."""
        super().resizeEvent(event)
        self._place()

    def restyle(self) -> None:
        """Room for the button."""
        super().restyle()
        self._place()

    def _place(self) -> None:
        if self._button is not None:
            size = self._button.sizeHint()
            self._button.move(self.width() - size.width() - theme.px(5), (self.height() - size.height()) // 2)

    def _room(self) -> int:
        return theme.px(24)

    def _leave(self) -> None:
        self.setText(self.value() or self.text())
        self.left.emit()


class _Calendar(QFrame):
    """The calendar over the window, below its editor; arrows move, Enter takes, Esc closes."""

    taken = Signal(str)

    def __init__(self, editor: DateEdit) -> None:
        super().__init__(editor.window())
        self._editor = editor
        self.calendar = QCalendarWidget(self)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.calendar)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        editor.destroyed.connect(self.deleteLater)

    def _colours(self) -> None:
        """Weekend and arrows in the colours of now; Qt's own arrows are black in the dark."""
        arrows = {"prevmonth": ("caret-left", tr("上个月")), "nextmonth": ("caret-right", tr("下个月"))}
        for name, (icon, words) in arrows.items():
            for button in self.calendar.findChildren(QToolButton, f"qt_calendar_{name}"):
                button.setIcon(icons.icon(icon, "ink2", 18))
                button.setAccessibleName(words)
        plain = QTextCharFormat()
        plain.setForeground(theme.colour("accent"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)

    def show_at(self, iso: str) -> None:
        """Open with the day chosen."""
        self._colours()
        self.calendar.setSelectedDate(QDate.fromString(iso, Qt.DateFormat.ISODate))
        self.resize(theme.px(300), theme.px(270))
        place_popup(self, self._editor)
        self.calendar.setFocus()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def _take(self, day: QDate) -> None:
        if self.isVisible():
            self.hide()
            self._editor.take(day.toString(Qt.DateFormat.ISODate))

    def hideEvent(self, event: QEvent) -> None:
        """Stop watching."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        super().hideEvent(event)  # type: ignore[arg-type]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc and a press elsewhere close it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._editor.setFocus()
            return True
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched) or self._editor.isAncestorOf(watched)
            if not inside and watched.window() is self.window():
                self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and line."""
        del event
        rounded(QPainter(self), QRectF(self.rect()), theme.px(8), theme.colour("surface"), theme.colour("line"))
