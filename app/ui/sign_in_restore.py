"""Putting a backup back when the data do not open: which one, and who may (a password of then, or the recovery key)."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Damaged, Refused
from app.process import backups, restoring
from app.process.backup_file import SUFFIX, Backup
from app.ui import theme
from app.ui.desk import Task
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.key_groups import KeyGroups
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.password import PasswordEdit
from app.ui.widgets.form.pick_list import Option, PickList
from app.ui.widgets.form.segments import Segmented
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text


class RestorePanel(QWidget):
    """`restored(Restored)` when a backup was put back; everybody signs in afterwards."""

    restored = Signal(object)
    backAsked = Signal()

    def __init__(self, folder: Path, login: str, parent: QWidget | None = None) -> None:
        """`login` is proposed."""
        super().__init__(parent)
        self._folder = folder
        self._task: Task | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._column.addWidget(Text(tr("选一份备份恢复"), "page_title"))
        self._column.addWidget(
            Text(
                tr("现在的数据会先原样留一份，再换成备份里的。备份之后记的，恢复后就没有了。"), "secondary", wrap=True,
            ),
        )
        self.strip = Strip("red")
        self._column.addWidget(self.strip)
        self._choose()
        self._prove(login)
        self._foot()
        self.setFocusProxy(self.backup)

    def _choose(self) -> None:
        found = [one for one in backups.listing(self._folder) if one.verified]
        self._files: dict[str, Backup] = {str(one.path): one for one in found}
        self.backup = Field(tr("哪一份"), PickList([_option(one) for one in found]), required=True)
        if found:
            self.backup.set_value(str(found[0].path))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.backup, 1)
        other = Button(tr("从 U 盘选"), "secondary", icon="hard-drives", tall=True)
        other.clicked.connect(self._from_stick)
        row.addWidget(other)
        self._column.addLayout(row)

    def _prove(self, login: str) -> None:
        self.way = Segmented([("password", tr("用密码")), ("key", tr("用恢复密钥"))], "password")
        self.way.setAccessibleName(tr("怎样证明可以恢复"))
        self.way.changed.connect(self._show_way)
        self.user = Field(tr("登录名"), LineEdit(), required=True, hint=tr("做备份时有恢复权限的用户，一般是负责人"))
        self.user.set_value(login)
        self.password = Field(tr("做备份时的密码"), PasswordEdit(), required=True)
        self.key = Field(tr("恢复密钥"), KeyGroups(), required=True)
        self._column.addWidget(self.way)
        self._column.addSpacing(theme.px(8))
        for field in (self.user, self.password, self.key):
            self._column.addWidget(field)
        self._show_way()

    def _foot(self) -> None:
        self.progress = Progress(tr("正在恢复……"), cancellable=False)
        self.progress.hide()
        self._column.addWidget(self.progress)
        row = QHBoxLayout()
        self.back = Button(tr("返回"), "secondary", "Esc", tall=True)
        self.back.clicked.connect(self.backAsked)
        self.button = Button(tr("恢复"), "danger", "Ctrl+Enter", tall=True)
        self.button.clicked.connect(self.submit)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.button)
        self._column.addLayout(row)

    def _show_way(self) -> None:
        with_key = self.way.value() == "key"
        self.password.setVisible(not with_key)
        self.key.setVisible(with_key)

    def _from_stick(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("选择备份文件"), "", f"{tr('安托备份')} (*{SUFFIX})",
        )  # fmt: skip
        if chosen:
            self.use_file(Path(chosen))

    def use_file(self, path: Path) -> None:
        """Offer a backup that lies somewhere else, and choose it."""
        try:
            found = backups.look(path)
        except (Damaged, Refused) as trouble:
            self.strip.set(sentence(trouble))
            return
        self.strip.set("")
        self._files[str(found.path)] = found
        self.backup.editor.set_options([_option(one) for one in self._files.values()])
        self.backup.set_value(str(found.path))

    def submit(self) -> None:
        """Check what was typed, then restore in a thread."""
        secret = self.key if self.way.value() == "key" else self.password
        for field, text in (
            (self.backup, tr("请选一份备份")), (self.user, tr("请输入登录名")), (secret, tr("这里还没有填")),
        ):  # fmt: skip
            if not field.value():
                field.problem(text)
                field.setFocus()
                return
        folder, path, login, with_key = self._folder, Path(self.backup.value()), self.user.value(), secret is self.key
        typed = secret.value()
        self._busy(on=True)
        self._task = Task(
            lambda progress: restoring.restore_closed(
                folder, path, login, typed, with_recovery_key=with_key, progress=progress,
            ),
        )  # fmt: skip
        self._task.progressed.connect(self.progress.set)
        self._task._done.connect(self.restored)  # noqa: SLF001 - one unit with Task
        self._task._failed.connect(self._failed)  # noqa: SLF001 - as above
        self._task.start()

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        if not isinstance(error, Refused | Damaged):
            raise error
        secret = self.key if self.way.value() == "key" else self.password
        if error.code in {"wrong_password", "wrong_recovery_key"} or error.code.startswith("recovery_key_"):
            secret.problem(sentence(error))
            secret.setFocus()
        else:
            self.strip.set(sentence(error))

    def _busy(self, *, on: bool) -> None:
        self.strip.set("")
        self.progress.setVisible(on)
        self.button.set_busy(on)
        self.back.setEnabled(not on)


def _option(backup: Backup) -> Option:
    made = backup.made_at[:16].replace("T", " ")
    facts = tr("{n} 位学员", n=backup.students) + (f"　{backup.last_receipt}" if backup.last_receipt else "")
    return Option(str(backup.path), made, facts, made)
