"""Backups and restoring: the list, one made by hand now, and putting one back with what would be lost said first."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import Damaged, Refused
from app.process import backups, data_folder, office, restoring, student_list
from app.process.backup_file import SUFFIX, Backup
from app.process.restoring import Restored
from app.ui.desk import Desk
from app.ui.restored_words import restored_text
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.table.card import TableCard
from app.ui.widgets.table.cells import Cell, Column
from app.ui.widgets.table.model import RowsModel
from app.ui.widgets.table.view import Table
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class BackupPage(Page):
    """Newest first. `restored` when everybody has to sign in anew."""

    restored = Signal()
    help_key = "backup"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` reads it."""
        super().__init__(parent=parent)
        self.desk = desk
        self.title = PageTitle(tr("备份与恢复"))
        self.restore_button = Button(tr("恢复这一份"), "secondary", icon="clock-counter-clockwise")
        self.restore_button.clicked.connect(self._restore)
        self.other_button = Button(tr("从 U 盘恢复"), "secondary", icon="hard-drives")
        self.other_button.clicked.connect(self._restore_other)
        self.make_button = Button(tr("现在备份"), "primary", icon="database")
        self.make_button.clicked.connect(self.commit)
        for button in (self.other_button, self.restore_button, self.make_button):
            self.title.right.addWidget(button)
        self.body.addWidget(self.title)
        self.strip = Strip("amber", icon="warning")
        self.body.addWidget(self.strip)
        self.progress = Progress(tr("正在备份并核验……"))
        self.progress.hide()
        self.body.addWidget(self.progress)
        columns = [
            Column("made", tr("时间"), 190),
            Column("reason", tr("起因"), 150),
            Column("students", tr("学员"), 110, align="right"),
            Column("receipt", tr("最后一张收据"), 190),
            Column("size", tr("大小"), 110, align="right"),
            Column("verified", tr("核验"), 140),
            Column("name", tr("文件"), 220, stretch=True),
        ]
        self.model = RowsModel(columns, _cell)
        self.table = Table(self.model, columns)
        self.card = TableCard(
            self.table,
            EmptyState("database", tr("还没有备份"), tr("按“现在备份”做第一份。退出程序时也会自动备份。")),
        )
        self.body.addWidget(self.card, 1)

    def focus_first(self) -> None:
        """The list has the focus."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the list, and say what is missing for safety."""
        rows = backups.listing(data_folder.folder())
        self.model.set_rows(rows)
        self.card.show_empty(not rows)
        self.card.set_footer(
            tr("{n} 份备份", n=len(rows)),
            tr("存放在 {folder}", folder=str(backups.place(data_folder.folder()))),
        )
        self.restore_button.setEnabled(bool(rows))
        if rows:
            self.table.select_row(0)
        second = (self.desk.look(office.settings) or {}).get("second_backup", "")
        if second:
            self.strip.set("")
        else:
            self.strip.set(
                tr("没有第二份备份"),
                tr("电脑坏了或丢了，这里的备份也会一起没有。请在设置里选一个 U 盘或移动硬盘的文件夹。"),
            )

    def commit(self) -> None:
        """Make a backup now."""
        if not self.make_button.isEnabled():
            return
        self.desk.look(backups.may_make)
        if not self.desk.done_well:
            return
        self._busy(True, tr("正在备份并核验……"))
        self._task = self.desk.in_background(
            lambda progress: backups.make("by_hand", progress=progress),
            self._made,
            self._failed,
            self.progress.set,
        )
        self.progress.cancelled.connect(self._task.cancel)

    def _made(self, made: Backup) -> None:
        self._busy(False)
        self.desk.do(backups.note_made, made)
        second = {
            "copied": tr("第二份也已放好。"),
            "second_missing": tr("第二份没有放成：找不到那个文件夹，请插好 U 盘再备份一次。"),
            "second_failed": tr("第二份没有放成：写入失败，请换一个 U 盘。"),
        }.get(made.second, "")
        kind = "ok" if made.second in {"", "copied"} else "warning"
        self.desk.message(tr("备份已完成并核验。{second}", second=second), kind)
        self.refresh()

    def _failed(self, error: BaseException) -> None:
        from app.ui.desk import Cancelled

        self._busy(False)
        if isinstance(error, Refused | Damaged):
            self.strip.set(tr("备份没有完成"), sentence(error))
        elif not isinstance(error, Cancelled):
            raise error

    def _busy(self, on: bool, text: str = "") -> None:
        self.progress.setVisible(on)
        if on:
            self.progress.set_text(text)
        for button in (self.make_button, self.restore_button, self.other_button):
            button.setEnabled(not on)

    def _chosen(self) -> Backup | None:
        place = self.table.currentIndex().row()
        return self.model.row_at(place) if 0 <= place < len(self.model.rows) else None

    def _restore(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._ask(chosen)

    def _restore_other(self) -> None:
        path = self.desk.choose_file(tr("选择备份文件"), f"{tr('安托备份')} (*{SUFFIX})")
        if path is None:
            return
        try:
            self._ask(backups.look(path))
        except (Refused, Damaged) as trouble:
            self.strip.set(tr("这份备份用不了"), sentence(trouble))

    def _ask(self, chosen: Backup) -> None:
        self.desk.look(restoring.begin)
        if not self.desk.done_well:
            return
        dialog = RestoreDialog(self.desk, chosen, self)
        dialog.done_restoring.connect(self._restored)
        dialog.exec()

    def _restored(self, result: Restored) -> None:
        if left := restored_text(result):
            self.desk.ask(tr("已恢复"), left, [Verb("ok", tr("知道了"), "primary", "Enter")])
        self.restored.emit()


class RestoreDialog(Dialog):
    """What is in the backup beside what is here now; the manager's own password to go on."""

    done_restoring = Signal(object)

    def __init__(self, desk: Desk, backup: Backup, parent: QWidget | None = None) -> None:
        """`backup` is the one to put back."""
        super().__init__(parent, tr("恢复到 {time}", time=backup.made_at[:16].replace("T", " ")), 560)
        self.desk, self.backup = desk, backup
        now = (desk.look(student_list.counts) or {}).get("all", 0)
        figures = tr(
            "这份备份里有 {then} 位学员，最后一张收据 {receipt}；现在有 {now} 位。之后记的一切都会回到那时。",
            then=backup.students,
            receipt=backup.last_receipt or "—",
            now=now,
        )
        self.body.addWidget(Text(figures, "body", wrap=True))
        self.body.addWidget(
            Text(tr("恢复前会先把现在的数据另外备份一份，不会丢。恢复后所有人重新登录。"), "secondary", wrap=True),
        )
        self.problem = Strip("red", icon="warning-circle")
        self.body.addWidget(self.problem)
        self.password = Field(tr("您的密码"), LineEdit(password=True), required=True)
        self.body.addWidget(self.password)
        self.progress = Progress(tr("正在恢复……"), cancellable=False)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("restore", tr("恢复"), "danger", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "restore":
            self.reject()
            return
        if not self.password.value():
            self.password.problem(tr("请输入您的登录密码"))
            return
        try:
            result = restoring.restore(
                self.desk.actor,
                Path(self.backup.path),
                str(self.password.value()),
                progress=self.progress.set,
            )
        except Refused as refused:
            if refused.code in {"wrong_password", "locked_out"}:
                self.password.problem(sentence(refused))
            else:
                self.problem.set(sentence(refused))
            return
        except Damaged as damaged:
            self.problem.set(sentence(damaged))
            return
        self.accept()
        self.done_restoring.emit(result)


def _cell(row: Backup, key: str) -> Cell:
    if key == "made":
        return Cell(row.made_at[:16].replace("T", " "), weight=500)
    if key == "reason":
        reasons = {
            "by_hand": tr("手动"),
            "exit": tr("退出时"),
            "before_upgrade": tr("升级前"),
            "before_restore": tr("恢复前"),
        }
        return Cell(reasons.get(row.reason, row.reason), tone="ink2")
    if key == "students":
        return Cell(str(row.students))
    if key == "receipt":
        return Cell(row.last_receipt or "—", tone="ink2")
    if key == "size":
        return Cell(f"{row.size / 1_000_000:.1f} MB", tone="ink2")
    if key == "verified":
        return Cell(tr("已核验"), pill="green") if row.verified else Cell(tr("读不出来"), pill="red")
    return Cell(Path(row.path).name, tone="ink3")
