"""Settings of this computer: language, theme, text size, printers; and the person's own password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.errors import Refused
from app.ui import printing_out, theme
from app.ui.desk import Desk
from app.ui.passwords import new_password_fields, passwords_agree
from app.ui.settings_page.new_password import set_password
from app.ui.settings_page.rows import Section, SettingCard, SettingRow, buttons
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.password import PasswordEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.segments import Segmented
from app.ui.widgets.verb import Verb

LANGUAGES = (("zh", "简体中文"), ("en", "English"))  # each in its own words


class ComputerSection(Section):
    """Kept on this computer only; in force at once."""

    language_changed = Signal()
    appearance_changed = Signal()

    def build(self) -> None:
        """Appearance and printers."""
        card = self.card(tr("外观"), self.restore)
        self.language = Segmented([("system", tr("跟随系统")), *LANGUAGES])
        self.theme = Segmented([("system", tr("跟随系统")), ("light", tr("浅色")), ("dark", tr("深色"))])
        self.text_size = Segmented([(size, f"{size} %") for size in theme.TEXT_SIZES])
        card.add(SettingRow(tr("语言"), tr("窗口的语言。单据总是中文，带英文小字。"), self.language))
        card.add(SettingRow(tr("主题"), tr("深色适合晚上和光线暗的前台。"), self.theme))
        card.add(SettingRow(tr("文字大小"), tr("所有窗口一起变大，单据不变。"), self.text_size))
        self.language.changed.connect(lambda: self._set("language", self.language.value()))
        self.theme.changed.connect(lambda: self._set("theme", self.theme.value()))
        self.text_size.changed.connect(lambda: self._set("text_percent", self.text_size.value()))
        printers = self.card(tr("打印机"))
        self._printer(printers, "sheet", tr("确认单 A4"), tr("按 Ctrl+P 或 F9 时直接送到这台打印机。"))
        self._printer(printers, "receipt", tr("收据 A5"), tr("收款后按 F9 直接打印。"))

    def _printer(self, card: SettingCard, kind: str, title: str, explanation: str) -> None:
        chosen = self.desk.settings.printer(kind)
        there = [(name, name) for name in printing_out.printers().names()]
        known = str(chosen.get("printer", ""))
        if known and known not in dict(there):
            there.append((known, tr("{printer}（现在没有找到）", printer=known)))
        printer = PickList([("", tr("打印时选择")), *there])
        printer.set_value(known)
        printer.setAccessibleName(title)
        copies = LineEdit(digits=1)
        copies.set_value(str(chosen.get("copies") or printing_out.COPIES[kind]))
        copies.setAccessibleName(tr("{paper}的份数", paper=title))
        copies.setFixedWidth(theme.px(56))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(printer, 1)
        row.addWidget(copies)
        holder.setFocusProxy(printer)
        line = card.add(SettingRow(title, explanation, holder))
        printer.left.connect(lambda: self._keep_printer(line, kind, printer, copies))
        copies.left.connect(lambda: self._keep_printer(line, kind, printer, copies))

    def _keep_printer(self, row: SettingRow, kind: str, printer: PickList, copies: LineEdit) -> None:
        row.tell(printer.reason())
        if printer.reason():
            return
        number = int(copies.value() or 0)
        if not number:
            number = printing_out.COPIES[kind]
            copies.set_value(str(number))
        self.desk.settings.set_printer(kind, printer=printer.value() or "", copies=number)
        self.desk.changed.emit()

    def refresh(self) -> None:
        """Show what holds."""
        settings = self.desk.settings
        self.language.set_value(settings.text("language"))
        self.theme.set_value(settings.text("theme"))
        self.text_size.set_value(int(settings.get("text_percent")))

    def restore(self) -> None:
        """Back to what a new computer has."""
        for name, value in (("theme", "system"), ("text_percent", 100), ("language", "system")):
            self._set(name, value)
        self.refresh()

    def _set(self, name: str, value: object) -> None:
        if self.desk.settings.get(name) == value:
            return
        self.desk.settings.set(name, value)
        if name == "language":
            self.language_changed.emit()
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.desk.settings.text("theme"), int(self.desk.settings.get("text_percent")))
        self.appearance_changed.emit()



class AccountSection(Section):
    """The person who sits here."""

    def build(self) -> None:
        """The password."""
        card = self.card(tr("我的账号"))
        self.password = Button(tr("改密码"), icon="key")
        self.password.clicked.connect(lambda: PasswordDialog(self.desk, self).exec())
        who = tr("{name}，登录名 {login}", name=self.desk.actor.name, login=self.desk.actor.login)
        card.add(SettingRow(tr("密码"), who, buttons(self.password)))


class PasswordDialog(Dialog):
    """The old password once, the new one twice."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """For the actor's own account."""
        super().__init__(parent, tr("改密码"))
        self.desk = desk
        self.old = Field(tr("现在的密码"), PasswordEdit(), required=True)
        self.first, self.again = new_password_fields()
        for field in (self.old, self.first, self.again):
            self.body.addWidget(field)
        self.set_verbs([Verb("cancel", tr("取消"), shortcut="Esc"), Verb("save", tr("改密码"), "primary", "F9")])
        self.pressed.connect(self._pressed)

    def _pressed(self, key: str) -> None:
        if key != "save":
            self.reject()
            return
        if self.old.editor.is_empty():
            self.old.problem(tr("请输入现在的密码"))
            self.old.setFocus()
        elif passwords_agree(self.first, self.again):
            set_password(
                self.desk, self, self.desk.actor.user_id, self.first.value(), old=self.old.value(),
                said=tr("密码已改。下次登录用新密码。"), beside=self._beside,
            )  # fmt: skip

    def _beside(self, refused: Refused) -> bool:
        if refused.code not in {"wrong_password", "locked_out"}:
            return False
        self.old.problem(sentence(refused))
        self.old.setFocus()
        self.old.editor.selectAll()
        return True
