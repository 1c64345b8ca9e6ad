"""The classes of the centre (托管班): name, room, places, teacher, and how many students are in each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.process import office
from app.process.office import CareClass
from app.ui.desk import Desk
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import EmptyState
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.verb import Verb


class ClassesPage(Page):
    """List of the classes; Enter or a double click opens one, Ins adds one."""

    pageRequested = Signal(str)
    help_key = "classes"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self.title = PageTitle(tr("托管班"))
        add = Button(tr("新增托管班"), "primary", "Ins", "plus", bind=False)
        add.clicked.connect(self.add_line)
        self.title.right.addWidget(add)
        self.body.addWidget(self.title)
        columns = [
            Column("name", tr("托管班"), 220, stretch=True),
            Column("teacher", tr("托管老师"), 180, stretch=True),
            Column("room", tr("教室"), 180, stretch=True),
            Column("students", tr("学员"), 120, align="right"),
            Column("capacity", tr("名额"), 120, align="right"),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.table.opened.connect(lambda place: self._edit(self.model.row_at(place)))
        empty = EmptyState("chalkboard-teacher", tr("还没有托管班"), tr("按 Ins 新增第一个班，登记时就能选它。"))
        self.card = TableCard(self.table, empty)
        self.body.addWidget(self.card, 1)

    def focus_first(self) -> None:
        """The list has the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the classes."""
        rows = self.desk.look(office.classes) or ()
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        students = sum(row.students for row in rows)
        self.card.set_footer(tr("{classes} 个托管班　{students} 位学员", classes=len(rows), students=students))

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        return [("Ins", tr("新增")), ("Enter", tr("修改"))]

    def add_line(self) -> None:
        """Add a class."""
        self._edit(None)

    def _edit(self, row: CareClass | None) -> None:
        dialog = ClassDialog(self.desk, row, self)
        dialog.exec()


class ClassDialog(Dialog):
    """Name, room, places and teacher of one class."""

    def __init__(self, desk: Desk, row: CareClass | None, parent: QWidget | None = None) -> None:
        """`row` is None for a new class."""
        super().__init__(parent, tr("修改托管班") if row else tr("新增托管班"))
        self.desk, self.row = desk, row
        self.name = Field(tr("名称"), LineEdit(tr("例如：午晚托一班")), required=True)
        self.room = Field(tr("教室"), LineEdit())
        self.capacity = Field(tr("名额"), LineEdit(digits=3), hint=tr("留空表示不限"))
        teachers = [(one.id, one.name) for one in desk.look(office.users, beside=lambda _: True) or () if one.active]
        self.teacher = Field(tr("托管老师"), PickList([(0, tr("未定")), *teachers]))
        self.body.addWidget(self.name)
        self.body.addWidget(FormRow(self.room, self.capacity))
        self.body.addWidget(self.teacher)
        if row:
            self.name.set_value(row.name)
            self.room.set_value(row.room)
            self.capacity.set_value(str(row.capacity) if row.capacity else "")
            self.teacher.set_value(row.teacher_id or 0)
        else:
            self.teacher.set_value(0)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("保存"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        saved = self.desk.do(
            office.save_class,
            self.row.id if self.row else None,
            self.name.value(),
            self.room.value(),
            int(self.capacity.value() or 0),
            self.teacher.value() or None,
            beside=self._beside,
        )
        if saved is not None:
            self.desk.message(tr("已保存托管班"))
            self.accept()

    def _beside(self, refused: object) -> bool:
        from app.ui.texts import sentence

        code = getattr(refused, "code", "")
        if code in {"class_name_missing", "class_name_taken"}:
            self.name.problem(sentence(refused))  # type: ignore[arg-type]
            return True
        return False


def _cell(row: CareClass, key: str) -> Cell:
    if key == "name":
        return Cell(row.name, weight=500)
    if key == "students":
        return Cell(str(row.students), tone="red" if row.capacity and row.students > row.capacity else "")
    if key == "capacity":
        return Cell(str(row.capacity) if row.capacity else "—", tone="ink2")
    return Cell((row.teacher if key == "teacher" else row.room) or "—", tone="ink2")
