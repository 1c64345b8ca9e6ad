"""The row over the list: filters with their counts, the class as a removable one, columns, export."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.process import office, student_list
from app.ui.desk import Desk
from app.ui.texts import tr
from app.ui.widgets.button import Button, MenuButton
from app.ui.widgets.chips import FilterChip, FilterChips


class FilterRow(QWidget):
    """`chosen` when another filter or class was picked; `columnsAsked` before the menu of columns opens."""

    chosen = Signal()
    columnsAsked = Signal()
    exportAsked = Signal()

    def __init__(self, desk: Desk) -> None:
        """Everybody who attends, of all classes."""
        super().__init__()
        self.desk = desk
        self.filter, self.class_id = "active", 0
        self._classes: dict[int, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.chips = FilterChips()
        self.chips.chosen.connect(self._choose)
        row.addWidget(self.chips, 1)
        self.class_chip = FilterChip("", removable=True, checked=True)
        self.class_chip.removed.connect(lambda: self.choose_class(0))
        self.class_chip.hide()
        row.addWidget(self.class_chip)
        self.class_menu = MenuButton("funnel", tr("按托管班筛选"))
        self.class_menu.menu.aboutToShow.connect(self._fill_classes)
        self.column_menu = MenuButton("columns", tr("显示的列"))
        self.column_menu.menu.aboutToShow.connect(self.columnsAsked)
        self.export_button = Button(tr("导出"), "quiet", icon="export", small=True)
        self.export_button.clicked.connect(self.exportAsked)
        for button in (self.class_menu, self.column_menu, self.export_button):
            row.addWidget(button)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many students each filter has; one that is not counted is not offered."""
        texts = {
            "all": tr("全部"),
            "active": tr("在读"),
            "arrears": tr("欠费"),
            "ending": tr("即将到期"),
            "unsigned": tr("待签字"),
            "entered": tr("待缴费"),
        }
        self.chips.set_chips([(key, texts[key], counts[key]) for key in student_list.FILTERS if key in counts])
        self.chips.set_current(self.filter)

    def set_filter(self, key: str) -> None:
        """Show this filter as the one in use."""
        self.filter = key
        self.chips.set_current(key)

    def narrowed(self) -> bool:
        """Whether a filter or class leaves students out who attend."""
        return bool(self.class_id) or self.filter not in {"all", "active"}

    def _choose(self, key: str) -> None:
        self.filter = key
        self.chosen.emit()

    def choose_class(self, class_id: int) -> None:
        """Only the students of a class; 0 for all classes."""
        self.class_id = class_id
        self.class_chip.setVisible(bool(class_id))
        self.class_chip.setText(self._classes.get(class_id, ""))
        self.class_chip.restyle()
        self.chosen.emit()

    def _fill_classes(self) -> None:
        menu = self.class_menu.menu
        menu.clear()
        self._classes = {one.id: one.name for one in self.desk.look(office.classes) or ()}
        for class_id, name in ((0, tr("所有托管班")), *self._classes.items()):
            action = menu.addAction(name, partial(self.choose_class, class_id))
            action.setCheckable(True)
            action.setChecked(class_id == self.class_id)
