"""A forgotten password: who to ask, and the manager's own way in with the recovery key on paper."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Damaged, Refused
from app.process import keys, recovering
from app.ui import theme
from app.ui.desk import Task
from app.ui.passwords import new_password_fields, passwords_agree
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.key_groups import KeyGroups
from app.ui.widgets.form.pick_list import Option, PickList
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text


class Forgotten(QWidget):
    """`opened(key, login)` when the recovery key fitted and the new password is set."""

    opened = Signal(object, str)
    backAsked = Signal()

    def __init__(
        self, folder: Path, people: tuple[keys.Person, ...], login: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`login` is the user that was chosen at the sign-in."""
        super().__init__(parent)
        self._folder = folder
        self._task: Task | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._explain()
        options = [Option(one.login, one.name, one.login, one.login) for one in people]
        self.user = Field(tr("给谁设新密码"), PickList(options), required=True)
        self.user.set_value(login or None)
        self.key = Field(tr("恢复密钥"), KeyGroups(), required=True)
        self.password, self.again = new_password_fields()
        for widget in (self.user, self.key, FormRow(self.password, self.again)):
            self._column.addWidget(widget)
        self._foot()
        self.setFocusProxy(self.key)

    def _explain(self) -> None:
        self._column.addWidget(Text(tr("忘记密码"), "page_title"))
        self._column.addSpacing(theme.px(6))
        self._column.addWidget(Text(tr("员工"), "block_title"))
        self._column.addWidget(Text(tr("请负责人在“设置”的“用户”里给您设一个新密码。"), "secondary", wrap=True))
        self._column.addSpacing(theme.px(4))
        self._column.addWidget(Text(tr("负责人"), "block_title"))
        self._column.addWidget(
            Text(
                tr("开始使用时打印过“恢复密钥”，输入上面的 8 组字符就能设新密码。密码和这张纸都丢了，数据谁也打不开。"),
                "secondary",
                wrap=True,
            ),
        )
        self._column.addSpacing(theme.px(6))
        self.strip = Strip("red")
        self._column.addWidget(self.strip)

    def _foot(self) -> None:
        self._column.addSpacing(theme.px(8))
        row = QHBoxLayout()
        self.back = Button(tr("返回"), "secondary", "Esc", tall=True)
        self.back.clicked.connect(self.backAsked)
        self.button = Button(tr("设新密码并登录"), "primary", "Ctrl+Enter", tall=True)
        self.button.clicked.connect(self.submit)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.button)
        self._column.addLayout(row)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def submit(self) -> None:
        """Check what was typed, then the key in a thread."""
        login = self.user.value()
        if not login:
            self.user.problem(tr("请先选一个用户"))
            self.user.setFocus()
            return
        try:
            keys.check_recovery_key(self.key.value())
        except Refused as refused:
            self.key.problem(sentence(refused))
            self.key.setFocus()
            return
        if passwords_agree(self.password, self.again):
            self._start(login, self.key.value(), self.password.value())

    def _start(self, login: str, text: str, password: str) -> None:
        folder = self._folder
        self.strip.set("")
        self.button.set_busy(True)
        self._task = Task(lambda: recovering.set_password(folder, text, login, password))
        self._task._done.connect(lambda key: self.opened.emit(key, login))  # noqa: SLF001 - one unit with Task
        self._task._failed.connect(self._failed)  # noqa: SLF001 - as above
        self._task.start()

    def _failed(self, error: BaseException) -> None:
        self.button.set_busy(False)
        if not isinstance(error, Refused | Damaged):
            raise error
        if error.code == "wrong_recovery_key":
            self.key.problem(sentence(error))
            self.key.setFocus()
        else:
            self.strip.set(sentence(error))
