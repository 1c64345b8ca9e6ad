"""The list as a file: where to, the words for its codes, progress in place with cancel, and the way to the folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.process import clock, student_list
from app.ui.desk import Desk, Task
from app.ui.texts import tr
from app.ui.widgets.job import Progress
from app.ui.widgets.table.cells import Column
from app.ui.words import GRADE, SEX, STUDENT_STATE, word


class ListExport(Progress):
    """Hidden until a file is being written; `ended` when nothing is under way any more."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        """`start` asks where to and begins."""
        super().__init__("")
        self.desk = desk
        self._task: Task | None = None
        self.cancelled.connect(self._stop)
        self.hide()

    def start(self, ids: Sequence[int], columns: Sequence[Column]) -> None:
        """Write these students in this order to a file that the person chooses."""
        if self._task is not None:
            return
        name = tr("学员名单 {day}", day=clock.today()) + ".xlsx"
        path = self.desk.choose_save(tr("导出 {n} 位学员", n=len(ids)), name, "Excel (*.xlsx);;CSV (*.csv)")
        if path is None:
            return
        chosen = [(column.key, column.title) for column in columns]
        begun = self.desk.do(student_list.begin_export, ids, chosen, path, words())
        if begun is None:
            return
        self.set_text(tr("正在导出 {n} 位学员……", n=begun.students))
        self.show()
        count = begun.students
        self._task = self.desk.in_background(
            begun.write, lambda path: self._written(path, count), self._failed, self.set,
        )  # fmt: skip

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.set_text(tr("正在停止……"))

    def _end(self) -> None:
        self._task = None
        self.hide()
        self.ended.emit()

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.desk.tell(error)

    def _written(self, path: Path, count: int) -> None:
        self._end()
        self.desk.message(
            tr("已导出 {n} 位学员到 {name}。文件里有个人信息，用完请删除。", n=count, name=path.name),
            undo=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            verb=tr("打开文件夹"),
        )


def words() -> Mapping[str, Mapping[str, str]]:
    """Words for what the list holds as codes, in the language of the window."""
    told = {
        key: {code: word(known, code) for code in known}
        for key, known in (("sex", SEX), ("state", STUDENT_STATE), ("grade", GRADE))
    }
    return {**told, "column": {"mobile": tr("手机")}}
