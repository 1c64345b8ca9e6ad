"""The one style sheet, built from the tokens and the text size; parts that Qt draws itself get their look here."""

from collections.abc import Callable, Mapping

from app import paths


def build(tokens: Mapping[str, str], px: Callable[[float], int]) -> str:
    """Style sheet for `tokens` (name to colour) with sizes through `px`."""
    values = {**tokens, "radius": px(8)}
    parts = (_base(values, px), _edits(values, px), _lists(values, px), _bars(values, px), _calendar(values, px))
    return "\n".join(parts)


def _base(t: Mapping[str, object], px: Callable[[float], int]) -> str:
    return f"""
QToolTip {{ background: {t["ink"]}; color: {t["surface"]}; border: none; padding: {px(5)}px {px(8)}px; }}
QMenu {{ background: {t["surface"]}; border: 1px solid {t["line"]}; padding: {px(6)}px; }}
QMenu::item {{ padding: {px(8)}px {px(22)}px {px(8)}px {px(12)}px; border-radius: {px(6)}px; color: {t["ink"]}; }}
QMenu::item:selected {{ background: {t["tint"]}; color: {t["primary"]}; }}
QMenu::item:disabled {{ color: {t["ink3"]}; }}
QMenu::separator {{ height: 1px; background: {t["hair"]}; margin: {px(5)}px {px(8)}px; }}
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] {{ background: transparent; border: none; }}
"""


def _edits(t: Mapping[str, object], px: Callable[[float], int]) -> str:
    edits = "QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox"
    return f"""
{edits} {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["line"]};
  border-radius: {t["radius"]}px; padding: 0px {px(13)}px; selection-background-color: {t["primary"]};
  selection-color: {t["on_primary"]}; }}
QPlainTextEdit, QTextEdit {{ padding: {px(7)}px {px(9)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus {{ border: 2px solid {t["primary"]};
  padding: 0px {px(13) - 1}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {px(7) - 1}px {px(9) - 1}px; }}
QLineEdit[state="problem"], QPlainTextEdit[state="problem"] {{ border: 2px solid {t["red"]};
  padding: 0px {px(13) - 1}px; }}
QPlainTextEdit[state="problem"] {{ padding: {px(7) - 1}px {px(9) - 1}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only, QPlainTextEdit:read-only {{
  background: {t["canvas"]}; color: {t["ink2"]}; }}
QLineEdit[tight="true"], QLineEdit[tight="true"]:focus {{ padding: 0px {px(2)}px; }}
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus {{ border: none; background: transparent; padding: 0px; }}
QComboBox {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["line"]};
  border-radius: {t["radius"]}px; padding: {px(4)}px {px(10)}px; min-height: {px(24)}px; }}
QComboBox:focus {{ border: 2px solid {t["primary"]}; }}
QComboBox::drop-down {{ border: none; width: {px(26)}px; }}
QComboBox::down-arrow {{ image: url("{arrow(str(t["ink3"]))}"); width: {px(14)}px; height: {px(14)}px; }}
"""


def arrow(colour: str) -> str:
    """Path of the drop-down arrow; a combo box with a border of its own draws none (one file for both themes)."""
    del colour  # a middle grey that can be read on both surfaces
    return (paths.RESOURCES / "icons" / "drop_down.svg").as_posix()


def _lists(t: Mapping[str, object], px: Callable[[float], int]) -> str:
    return f"""
QAbstractItemView {{ background: {t["surface"]}; color: {t["ink"]}; border: none; outline: none;
  selection-background-color: {t["selection"]}; selection-color: {t["ink"]}; }}
QListView#popup {{ border: 1px solid {t["line"]}; border-radius: {t["radius"]}px; padding: {px(4)}px; }}
QListView#popup::item {{ min-height: {px(34)}px; padding: 0px {px(10)}px; border-radius: {px(6)}px; }}
QListView#popup::item:hover {{ background: {t["hair"]}; color: {t["ink"]}; }}
QListView#popup::item:selected {{ background: {t["tint"]}; color: {t["primary"]};
  border-left: {px(3)}px solid {t["primary"]}; font-weight: 500; }}
QComboBox QAbstractItemView {{ border: 1px solid {t["line"]}; padding: {px(4)}px; }}
QComboBox QAbstractItemView::item {{ min-height: {px(32)}px; }}
QHeaderView {{ background: {t["surface"]}; border: none; }}
QHeaderView::section {{ background: {t["surface"]}; color: {t["ink2"]}; border: none;
  border-bottom: 1px solid {t["line"]}; font-size: {px(12)}px; padding: 0px {px(12)}px; }}
QTableCornerButton::section {{ background: {t["surface"]}; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""


def _bars(t: Mapping[str, object], px: Callable[[float], int]) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 2px; }}
QScrollBar::handle {{ background: {t["line"]}; border-radius: 3px; min-height: {px(36)}px; min-width: {px(36)}px; }}
QScrollBar::handle:hover {{ background: {t["tick"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0px; height: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t["hair"]}; border: none; border-radius: {px(3)}px; height: {px(6)}px;
  text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {t["primary"]}; border-radius: {px(3)}px; }}
QSplitter::handle {{ background: transparent; }}
"""


def _calendar(t: Mapping[str, object], px: Callable[[float], int]) -> str:
    return f"""
QCalendarWidget QWidget {{ alternate-background-color: {t["surface"]}; background: {t["surface"]}; }}
QCalendarWidget QToolButton {{ color: {t["ink"]}; background: transparent; border: none; border-radius: {px(6)}px;
  padding: {px(4)}px {px(8)}px; font-weight: 500; }}
QCalendarWidget QToolButton:hover, QCalendarWidget QToolButton:focus {{ background: {t["tint"]}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t["primary"]};
  selection-color: {t["on_primary"]}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t["ink3"]}; }}
"""
