"""What can be seen wrong in a window without eyes: words that are cut off, parts that stick out, controls too small."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from app.ui import theme
from app.ui.widgets.form.line import WHOLE_HINT_UP_TO, SearchBox
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.text import ElidedText

LEAST_TARGET = 28  # pixels; small buttons stand at 30 in rows of their own


def faults(window: QWidget) -> list[str]:
    """Everything that is wrong with a window that is shown."""
    return [*_cut(window), *_sticking_out(window), *_too_small(window), *_nameless(window)]


def _shown(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in window.findChildren(kind):
        if widget.isVisible() and widget.width() > 0:
            yield widget


def _cut(window: QWidget) -> Iterator[str]:
    """Labels and buttons without room for their words."""
    for label in _shown(window, QLabel):
        assert isinstance(label, QLabel)
        if isinstance(label, ElidedText) or not label.text():
            continue
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"cut below: {label.text()}"
        elif label.sizeHint().width() > label.width() + 1:
            yield f"cut: {label.text()}"
    yield from _cut_in_fields(window)
    for button in _shown(window, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        if button.text() and button.minimumSizeHint().width() > button.width() + 1:
            yield f"button cut: {button.text()}"


def _cut_in_fields(window: QWidget) -> Iterator[str]:
    """What a list offers and what an empty field says; what a person typed may be longer than its field."""
    for field in _shown(window, QLineEdit):
        assert isinstance(field, QLineEdit)
        chosen = isinstance(field, PickList) and not field._free
        said = field.text() if chosen and field.text() else "" if field.text() else field.placeholderText()
        if isinstance(field, SearchBox) and theme.percent() > WHOLE_HINT_UP_TO:
            continue
        if said and field.fontMetrics().horizontalAdvance(said) > _room(field):
            yield f"field too narrow for: {said}"


def _room(field: QLineEdit) -> int:
    """Pixels for the words of a field: without frame, padding, and what it keeps free for its own marks."""
    option = QStyleOptionFrame()
    option.initFrom(field)
    inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    margins = field.textMargins()
    return inside.width() - margins.left() - margins.right()


def _sticking_out(window: QWidget) -> Iterator[str]:
    """Controls that lie beyond the right edge of the window; below it only where nothing scrolls."""
    frame = QRect(QPoint(0, 0), window.size())
    for kind in (QAbstractButton, QLabel, QLineEdit):
        for widget in _shown(window, kind):
            box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
            if box.right() > frame.right() + 1 and not _scrolls(widget, across=True):
                yield f"beyond the right edge: {_words(widget)}"
            elif box.bottom() > frame.bottom() + 1 and not _scrolls(widget):
                yield f"below the edge: {_words(widget)}"
    overlapping = window.minimumSizeHint()
    if overlapping.width() > window.width():
        yield f"needs {overlapping.width()} of {window.width()} pixels across"


def _scrolls(widget: QWidget, *, across: bool = False) -> bool:
    """Whether it can be scrolled into view; most areas scroll up and down only."""
    above = widget.parentWidget()
    while above is not None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if isinstance(above, QAbstractScrollArea) and not (across and above.horizontalScrollBarPolicy() == off):
            return True
        above = above.parentWidget()
    return False


def _too_small(window: QWidget) -> Iterator[str]:
    for button in _shown(window, QAbstractButton):
        if min(button.width(), button.height()) < LEAST_TARGET:
            yield f"small to hit ({button.width()} x {button.height()}): {_words(button)}"


def _nameless(window: QWidget) -> Iterator[str]:
    """Controls that a screen reader could not name."""
    for kind in (QAbstractButton, QLineEdit):
        for widget in _shown(window, kind):
            if not _words(widget) and not widget.accessibleName():
                yield f"without a name: {type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def _words(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return widget.accessibleName() or text
