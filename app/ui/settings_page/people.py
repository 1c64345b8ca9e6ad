"""Users of the centre and the table of rights."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Refused
from app.process import office
from app.process.users import UserRow
from app.rules import pinyin
from app.rules.rights import DEFAULT_GRANTS, RIGHTS, ROLES
from app.ui import theme
from app.ui.desk import Desk
from app.ui.passwords import new_password_fields, passwords_agree
from app.ui.settings_page.computer import PasswordDialog
from app.ui.settings_page.new_password import add_user, set_password
from app.ui.settings_page.rows import Section
from app.ui.texts import sentence, tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button
from app.ui.widgets.card import Hairline
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.check_box import CheckBox
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pill_choice import PillChoice
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import RIGHT, ROLE, word

BESIDE = {"login_missing": "login", "login_taken": "login", "name_missing": "name"}


class UsersSection(Section):
    """Who may sign in, and as what."""

    def build(self) -> None:
        """The list is read by `refresh`."""
        self.list = self.card(tr("用户"))
        add = Button(tr("新增用户"), "primary", "Ins", "user-plus", bind=False, small=True)
        add.clicked.connect(lambda: UserDialog(self.desk, None, self).exec())
        self.list.head.addWidget(add)
        self._holder = QWidget()
        self.list.body.addWidget(self._holder)
        self._rows = QGridLayout(self._holder)
        self._rows.setContentsMargins(0, 0, 0, 0)

    def refresh(self) -> None:
        """Read the users."""
        found = self.desk.look(office.users, beside=lambda _: True) or ()
        focused = self._focused()
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, row in enumerate(found):
            line = UserLine(row)
            line.change.clicked.connect(lambda _=False, row=row: UserDialog(self.desk, row, self).exec())
            line.reset.clicked.connect(lambda _=False, row=row: self._new_password(row).exec())
            line.turn.clicked.connect(lambda _=False, row=row: self._turn(row))
            policy = line.turn.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            line.turn.setSizePolicy(policy)
            line.turn.setVisible(row.id != self.desk.actor.user_id)
            self._rows.addWidget(line, place, 0)
            if row.id == focused:
                line.change.setFocus()

    def _focused(self) -> int:
        for place in range(self._rows.count()):
            line = self._rows.itemAt(place).widget()  # type: ignore[union-attr]
            if isinstance(line, UserLine) and line.focusWidget() is not None and line.focusWidget().hasFocus():
                return line.row.id
        return 0

    def filter(self, wanted: str) -> bool:
        """The list is found by its title."""
        fits = wanted in f"{tr('用户')} {tr('密码')} {tr('新增用户')}".casefold()
        self.setVisible(fits)
        return fits

    def _turn(self, row: UserRow) -> None:
        if row.active:
            verbs = [Verb("no", tr("不停用"), shortcut="Esc"), Verb("yes", tr("停用"), "danger")]
            text = tr("{name} 以后不能登录，做过的事都还在记录里。以后可以再启用，要设新密码。", name=row.name)
            if self.desk.ask(tr("停用这个用户？"), text, verbs) != "yes":
                return
            self.desk.do(office.set_active, row.id, False)
            if self.desk.done_well:
                self.desk.message(tr("已停用 {name}", name=row.name))
            return
        self.desk.do(office.set_active, row.id, True)
        if self.desk.done_well:
            self._new_password(row).exec()

    def _new_password(self, row: UserRow) -> Dialog:
        """For oneself the old password is asked for, as in the own account."""
        own = row.id == self.desk.actor.user_id
        return PasswordDialog(self.desk, self) if own else NewPasswordDialog(self.desk, row, self)


class UserLine(QWidget):
    """One user: name, login, roles, and what can be done."""

    def __init__(self, row: UserRow, parent: QWidget | None = None) -> None:
        """`row` as the list gives it."""
        super().__init__(parent)
        self.row = row
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(0)
        grid.addWidget(Hairline(), 0, 0, 1, 7)
        grid.addWidget(Avatar(row.name, 36), 1, 0, 2, 1)
        grid.addWidget(Text(row.name, "name", "" if row.active else "ink3"), 1, 1)
        grid.addWidget(Text(row.login, "caption"), 2, 1)
        roles = tr("、").join(word(ROLE, role) for role in row.roles) or tr("没有角色")
        grid.addWidget(Text(roles, "secondary", wrap=True), 1, 2, 2, 1)
        pill = Pill("" if row.active else tr("已停用"), "plain")
        pill.setVisible(not row.active)
        grid.addWidget(pill, 1, 3, 2, 1)
        self.change = Button(tr("角色"), small=True)
        self.reset = Button(tr("重设密码"), small=True)
        self.turn = Button(tr("停用") if row.active else tr("启用"), "quiet", small=True)
        for place, button in enumerate((self.change, self.reset, self.turn), 4):
            button.setAccessibleName(f"{row.name} {button.text()}")
            grid.addWidget(button, 1, place, 2, 1)
        self.change.setEnabled(row.active)
        self.reset.setEnabled(row.active)
        grid.setColumnMinimumWidth(1, theme.px(120))
        grid.setColumnStretch(2, 1)


class UserDialog(Dialog):
    """A new user, or other roles for one who is there."""

    def __init__(self, desk: Desk, row: UserRow | None, parent: QWidget | None = None) -> None:
        """`row` is None for a new user."""
        super().__init__(parent, tr("{name} 的角色", name=row.name) if row else tr("新增用户"), 600)
        self.desk, self.row = desk, row
        self.name = Field(tr("姓名"), LineEdit(), required=True)
        self.login = Field(tr("登录名"), LineEdit(), required=True, hint=tr("登录时输入，用拼音或数字都行"))
        self.first, self.again = new_password_fields(tr("密码"))
        self.roles = Field(tr("角色"), PillChoice([(role, word(ROLE, role)) for role in ROLES]), required=True)
        self.roles.note(tr("可以选几个，权限加在一起"))
        if row is None:
            self.body.addWidget(FormRow(self.name, self.login))
            self.body.addWidget(FormRow(self.first, self.again))
            self.name.left.connect(self._propose_login)
        self.body.addWidget(self.roles)
        self.roles.set_value(row.roles if row else ("receptionist", "class_administrator"))
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("保存"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _propose_login(self) -> None:
        if self.login.editor.is_empty() and self.name.value():
            self.login.set_value(pinyin.keys(self.name.value()).full[0])

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
        elif not self.roles.value():
            self.roles.problem(tr("请至少选一个角色"))
        elif self.row is not None:
            self._change(self.row)
        elif passwords_agree(self.first, self.again):
            add_user(
                self.desk, self, self.login.value(), self.name.value(), self.roles.value(), self.first.value(),
                said=tr("已新增用户 {name}", name=self.name.value()), beside=self._beside,
            )  # fmt: skip

    def _change(self, row: UserRow) -> None:
        self.desk.do(office.set_roles, row.id, self.roles.value(), beside=self._beside)
        if self.desk.done_well:
            desk = self.desk
            undo = lambda: desk.do(office.set_roles, row.id, row.roles)  # noqa: E731 - one line is plainer here
            desk.message(tr("已改 {name} 的角色", name=row.name), undo=undo)
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        field = {"login": self.login, "name": self.name}.get(BESIDE.get(refused.code, ""), self.roles)
        field.problem(sentence(refused))
        field.setFocus()
        return True


class NewPasswordDialog(Dialog):
    """A new password for somebody who forgot it, or who comes back."""

    def __init__(self, desk: Desk, row: UserRow, parent: QWidget | None = None) -> None:
        """`row` is the user."""
        super().__init__(parent, tr("给 {name} 设新密码", name=row.name))
        self.desk, self.row = desk, row
        self.body.addWidget(Text(tr("请本人来输。本人以后也可以自己改。"), "secondary", wrap=True))
        self.first, self.again = new_password_fields()
        self.body.addWidget(self.first)
        self.body.addWidget(self.again)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("保存"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        if passwords_agree(self.first, self.again):
            said = tr("已给 {name} 设好新密码", name=self.row.name)
            set_password(self.desk, self, self.row.id, self.first.value(), said=said)


class RightsSection(Section):
    """The table right x role. A tick is saved at once."""

    def build(self) -> None:
        """A grid of boxes."""
        self.list = self.card(tr("权限表"), self.restore)
        note = tr("打勾就生效。每一步都在程序里检查，不只是把按钮藏起来。")
        self.list.body.addWidget(Text(note, "secondary", wrap=True))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, theme.px(8), 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        self.boxes: dict[tuple[str, str], CheckBox] = {}
        for place, role in enumerate(ROLES, 1):
            head = Text(word(ROLE, role), "caption", "ink2", wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            head.setFixedWidth(theme.wide(92))
            grid.addWidget(head, 0, place)
        for number, right in enumerate(RIGHTS, 1):
            grid.addWidget(Text(word(RIGHT, right), "body"), number, 0)
            for place, role in enumerate(ROLES, 1):
                box = CheckBox("")
                box.setAccessibleName(f"{word(ROLE, role)} {word(RIGHT, right)}")
                box.changed.connect(lambda role=role: self._changed(role))
                self.boxes[role, right] = box
                grid.addWidget(box, number, place, Qt.AlignmentFlag.AlignHCenter)
        self.list.body.addWidget(holder)

    def refresh(self) -> None:
        """Read the table."""
        table = self.desk.look(office.grants, beside=lambda _: True) or {}
        for (role, right), box in self.boxes.items():
            box.set_value(right in table.get(role, ()))

    def filter(self, wanted: str) -> bool:
        """The table is found by its title and its rights."""
        words = " ".join((tr("权限表"), *(word(RIGHT, right) for right in RIGHTS))).casefold()
        self.setVisible(wanted in words)
        return wanted in words

    def _changed(self, role: str) -> None:
        before = (self.desk.look(office.grants) or {}).get(role, frozenset())
        chosen = [right for right in RIGHTS if self.boxes[role, right].value()]
        self.desk.do(office.set_grants, role, chosen)
        if self.desk.done_well:
            undo = lambda: self.desk.do(office.set_grants, role, before)  # noqa: E731 - one line is plainer here
            self.desk.message(tr("已改权限：{role}", role=word(ROLE, role)), undo=undo)
        self.refresh()

    def restore(self) -> None:
        """Back to the table of a new centre."""
        verbs = [Verb("no", tr("不改"), shortcut="Esc"), Verb("yes", tr("恢复默认"), "danger")]
        text = tr("所有角色的权限都回到新装时的样子。")
        if self.desk.ask(tr("恢复默认的权限表？"), text, verbs) != "yes":
            return
        now = self.desk.look(office.grants) or {}
        for role in ROLES:
            if now.get(role) != DEFAULT_GRANTS[role]:
                self.desk.do(office.set_grants, role, DEFAULT_GRANTS[role])
        self.refresh()
