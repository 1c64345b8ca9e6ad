"""User and password: the form of the sign-in window, with what is said when they do not open."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import keys
from app.ui import theme
from app.ui.texts import sentence, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.password import PasswordEdit, hint_text
from app.ui.widgets.form.pick_list import Option, PickList
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import ElidedText, Text
from app.ui.widgets.verb import Verb

SECOND_MS = 1000


class SignInForm(QWidget):
    """User, password, button; `submitted(login, password)`, `forgotten()`, `restoreAsked()`."""

    submitted = Signal(str, str)
    forgotten = Signal()
    restoreAsked = Signal()

    def __init__(
        self, people: tuple[keys.Person, ...], last: str, locked_by: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`last` is the login that is chosen at first; `locked_by` the name of who sat here."""
        super().__init__(parent)
        self.people = people
        self._seconds = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._head(locked_by)
        self._fields(last)
        self._foot()
        self._clock = QTimer(self, interval=SECOND_MS)
        self._clock.timeout.connect(self._second)
        self._show_person()

    def _head(self, locked_by: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        self.avatar = Avatar("", 52)
        row.addWidget(self.avatar)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        self.title = Text(tr("已锁定") if locked_by else tr("登录安托"), "page_title")
        self.who = ElidedText("", "secondary")
        words.addWidget(self.title)
        words.addWidget(self.who)
        row.addLayout(words, 1)
        self._column.addLayout(row)
        self._column.addSpacing(theme.px(10))
        text = tr("{name} 的工作原样留着。换人登录时，没做完的登记留在草稿里，写着是谁的。", name=locked_by)
        self.lock_note = Strip("blue", text if locked_by else "", icon="lock")
        self._column.addWidget(self.lock_note)
        self.strip = Strip("red")
        self.strip.pressed.connect(lambda _: self.restoreAsked.emit())
        self._column.addWidget(self.strip)
        self._column.addSpacing(theme.px(10))

    def _fields(self, last: str) -> None:
        options = [Option(one.login, one.name, one.login, one.login) for one in self.people]
        self.user = Field(tr("用户"), PickList(options, placeholder=tr("姓名、登录名或拼音首字母")))
        known = {one.login for one in self.people}
        self.user.set_value(last if last in known else self.people[0].login if len(self.people) == 1 else None)
        self.user.changed.connect(self._show_person)
        self.user.left.connect(self._show_person)
        self.password = Field(tr("密码"), PasswordEdit(submits=True))
        self.password.editor.hinted.connect(self._hinted)
        self.password.editor.entered.connect(self.submit)
        self._column.addWidget(self.user)
        self._column.addWidget(self.password)

    def _foot(self) -> None:
        self.button = Button(tr("立即登录"), "primary", "Enter", tall=True, bind=False)
        self.button.clicked.connect(self.submit)
        self._column.addWidget(self.button)
        self._column.addSpacing(theme.px(6))
        self.forgotten_button = Button(tr("忘记密码"), "link", icon="key", small=True)
        self.forgotten_button.clicked.connect(self.forgotten)
        self._column.addWidget(self.forgotten_button, 0, Qt.AlignmentFlag.AlignLeft)

    def use_initials(self) -> None:
        """Let users be found by pinyin initials too; the table is read after the window is on screen."""
        from app import paths
        from app.rules import pinyin
        from app.ui.widgets.form.pick_list import initials

        pinyin.use((paths.MADE / "pinyin.bin").read_bytes)
        self.user.editor.set_options(
            [Option(one.login, one.name, one.login, f"{one.login} {initials(one.name)}") for one in self.people],
        )

    def _person(self) -> keys.Person | None:
        login = self.user.value()
        return next((one for one in self.people if one.login == login), None)

    def _show_person(self) -> None:
        person = self._person()
        self.avatar.set_name(person.name if person else "·")
        self.who.setText(person.name if person else tr("选一个用户"))

    def _hinted(self, code: str) -> None:
        if self.password.state != "problem":
            self.password.warning(hint_text(code)) if code else self.password.clear()

    # trying ---------------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Try the password, unless something is missing or the wait is not over."""
        if self._seconds:
            return
        person = self._person()
        if person is None:
            self.user.problem(tr("请先选一个用户"))
            self.user.setFocus()
            return
        if not self.password.value():
            self.password.problem(tr("请输入密码"))
            self.password.setFocus()
            return
        self.strip.set("")
        self.set_busy(True)
        self.submitted.emit(person.login, self.password.value())

    def set_busy(self, busy: bool) -> None:
        """While the password is being checked."""
        self.button.set_busy(busy)
        self.button.set_text(tr("正在核对……") if busy else tr("立即登录"))

    def refuse(self, refused: Refused) -> None:
        """The password did not open: said at the field, which is selected; after many tries a wait."""
        self.set_busy(False)
        if refused.code in {"wrong_password", "locked_out"}:
            self.password.problem(tr("用户或密码不对，请再输一次"))
            self._wait(int(str(refused.values.get("wait") or refused.values.get("seconds") or 0)))
        else:
            self.show_trouble(sentence(refused))
        self.password.setFocus()
        self.password.editor.selectAll()

    def show_trouble(self, text: str, *, restore: bool = False) -> None:
        """What is in the way beside a wrong password; with `restore`, the way to the backups."""
        self.set_busy(False)
        self.strip.set_kind("red")
        self.strip.set_verbs([Verb("restore", tr("恢复备份…"))] if restore else [])
        self.strip.set(text)

    def _wait(self, seconds: int) -> None:
        self._seconds = seconds
        self.button.setEnabled(not seconds)
        if seconds:
            self.strip.set_kind("amber")
            self.strip.set_verbs([])
            self._clock.start()
            self._say_wait()
        else:
            self._clock.stop()

    def _second(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_wait()
            return
        self._wait(0)
        self.strip.set("")
        self.password.clear()
        self.password.setFocus()

    def _say_wait(self) -> None:
        self.strip.set(
            tr("输错次数太多，请等 {n} 秒再试", n=self._seconds), tr("忘了密码请找负责人重设；负责人可以用恢复密钥。"),
        )  # fmt: skip
