"""Where a list or a calendar opens: below its field, or above where there is no room."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


def place_popup(popup: QWidget, editor: QWidget) -> None:
    """Show `popup`, a child of the editor's window, below the editor, or above where there is no room."""
    window = editor.window()
    if popup.parentWidget() is not window:
        popup.setParent(window)
    below = editor.mapTo(window, QPoint(0, editor.height() + 2))
    top = below.y()
    if top + popup.height() > window.height():
        above = editor.mapTo(window, QPoint(0, 0)).y() - popup.height() - 2
        top = above if above >= 0 else max(0, window.height() - popup.height())
    popup.move(max(0, min(below.x(), window.width() - popup.width())), top)
    popup.show()
    popup.raise_()
