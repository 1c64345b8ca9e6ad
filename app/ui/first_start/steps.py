"""The steps of the first start before the key: language, the centre, the manager, how to work."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.process import places
from app.ui import theme
from app.ui.first_start.step import Answers, Problem, StepPage
from app.ui.logo_field import LogoField
from app.ui.passwords import new_password_fields
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.form.check_box import Switch
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.form.segments import Segmented
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text


class LanguageStep(StepPage):
    """Language of the windows; `language_chosen` at once, `practice_asked` for invented children."""

    language_chosen = Signal(str)
    practice_asked = Signal()

    def build(self) -> None:
        """Two languages; the quiet way to practise."""
        self.title = tr("窗口用哪种语言？")
        self.line = tr("以后可以在“设置”里换。单据总是中文，带英文小字。")
        card = Card()
        self.choice = Segmented([("zh", "简体中文"), ("en", "English")], self.answers.language)
        self.choice.setAccessibleName(tr("语言"))
        self.choice.setMaximumWidth(theme.px(360))
        self.choice.changed.connect(lambda: self.language_chosen.emit(self.choice.value()))
        card.body.addWidget(self.choice)
        self.body.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(Text(tr("想先试试？"), "secondary"))
        self.practice = Button(tr("用虚构的孩子练习"), "link", small=True)
        self.practice.clicked.connect(self.practice_asked)
        row.addWidget(self.practice)
        row.addStretch(1)
        self.body.addLayout(row)

    def detail(self) -> str:
        """The language."""
        return "简体中文" if self.answers.language == "zh" else "English"

    def first_field(self) -> QWidget:
        """The choice."""
        return self.choice


class CentreStep(StepPage):
    """The centre, as it stands on papers."""

    def build(self) -> None:
        """Name, English name, address, phone, logo."""
        self.title = tr("您的托管中心叫什么？")
        self.line = tr("这些会印在确认单和收据上。带 * 为必填，其余以后可以补。")
        card = Card(bottom=8, spacing=6)
        name = self.add("name", Field(tr("中心名称"), LineEdit(tr("例如：晨光托管中心")), required=True))
        name.set_check(lambda text: None if text else ("problem", tr("请填中心名称")))
        english = self.add("english_name", Field(tr("英文名"), LineEdit(tr("选填，印成小字"))))
        address = self.add("address", Field(tr("地址"), LineEdit()))
        phone = self.add("phone", Field(tr("电话"), LineEdit()))
        card.body.addWidget(FormRow(name, english))
        card.body.addWidget(FormRow(address, phone, stretches=[2, 1]))
        card.body.addWidget(self.add("logo", Field(tr("标志"), LogoField())))
        self.body.addWidget(card)

    def problems(self) -> list[Problem]:
        """The name is needed."""
        return [] if self.answers.name.strip() else [(self.fields["name"], tr("请填中心名称"))]

    def detail(self) -> str:
        """The name."""
        return self.answers.name


class ManagerStep(StepPage):
    """The manager's own account."""

    def build(self) -> None:
        """Name, login, password twice."""
        self.title = tr("谁是负责人？")
        self.line = tr("负责人什么都能做，也能给同事开账号。密码只有您自己知道。")
        card = Card(bottom=8, spacing=6)
        name = self.add("manager", Field(tr("姓名"), LineEdit(), required=True))
        name.set_check(lambda text: None if text else ("problem", tr("请填负责人姓名")))
        name.left.connect(self._propose_login)
        hint = tr("登录时输入，用拼音或数字都行")
        login = self.add("login", Field(tr("登录名"), LineEdit(), required=True, hint=hint))
        login.set_check(lambda text: None if text else ("problem", tr("请填登录名")))
        first, again = new_password_fields(tr("密码"))
        self.add("password", first)
        self.add("again", again)
        card.body.addWidget(FormRow(name, login))
        card.body.addWidget(FormRow(first, again))
        self.body.addWidget(card)

    def _propose_login(self) -> None:
        if self.answers.login or not self.answers.manager.strip():
            return
        from app.rules import pinyin

        self.fields["login"].set_value(pinyin.keys(self.answers.manager).full[0])
        self._took("login")

    def problems(self) -> list[Problem]:
        """Everything is needed, and the passwords agree."""
        found: list[Problem] = []
        for name, words in (("manager", tr("请填负责人姓名")), ("login", tr("请填登录名"))):
            if not getattr(self.answers, name).strip():
                found.append((self.fields[name], words))
        for name in ("password", "again"):
            field = self.fields[name]
            field.set_visited(visited=True)
            if field.check_now() == "problem":
                found.append((field, field.message()))
        return found

    def detail(self) -> str:
        """The name."""
        return self.answers.manager


class WorkStep(StepPage):
    """How applications are approved, and where the second backup goes."""

    def __init__(self, answers: Answers, folder: Path, parent: QWidget | None = None) -> None:
        """`folder` is where the data will lie."""
        self._folder = folder
        super().__init__(answers, parent)

    def build(self) -> None:
        """The rule for approving; the folder for the second backup."""
        self.title = tr("怎样审核，备份放在哪里？")
        self.line = tr("两样以后都能在“设置”里改。")
        rule = Card(spacing=6)
        rule.body.addWidget(Text(tr("审核"), "block_title"))
        self.one_person = Switch(tr("登记的人也可以自己审核通过"), self.answers.one_person)
        self.one_person.changed.connect(self._switched)
        rule.body.addWidget(self.one_person, 0, Qt.AlignmentFlag.AlignLeft)
        text = tr("打开：一个人在前台就能从登记做到收据。关上：别人登记的才能审核，适合两个人以上的前台。")
        rule.body.addWidget(Text(text, "secondary", wrap=True))
        self.body.addWidget(rule)
        backup = Card(spacing=8)
        backup.body.addWidget(Text(tr("备份"), "block_title"))
        where = tr("数据放在 {folder}，每天退出时自动备份在它旁边。", folder=str(self._folder))
        backup.body.addWidget(Text(where, "secondary", wrap=True))
        service = places.synchronised(self._folder)
        if service:
            warn = tr("这个文件夹由“{service}”同步，可能只传了一半。请换一个不同步的文件夹。", service=service)
            backup.body.addWidget(Strip("amber", warn))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.choose = Button(tr("选 U 盘或移动硬盘"), "secondary", icon="hard-drives")
        self.choose.clicked.connect(self._choose)
        self.none = Button(tr("不放"), "quiet", icon="x")
        self.none.clicked.connect(lambda: self.use_folder(""))
        row.addWidget(self.choose)
        row.addWidget(self.none)
        row.addStretch(1)
        backup.body.addLayout(row)
        self.second = Strip("amber")
        backup.body.addWidget(self.second)
        self.body.addWidget(backup)
        self._show_second()

    def _switched(self) -> None:
        self.answers.one_person = self.one_person.value()
        self.changed.emit()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("第二份备份放在哪里"))
        if chosen:
            self.use_folder(chosen)

    def use_folder(self, folder: str) -> None:
        """Put the second backup there; empty for nowhere."""
        self.answers.second_backup = folder
        self._show_second()
        self.changed.emit()

    def _show_second(self) -> None:
        folder = self.answers.second_backup
        self.none.setVisible(bool(folder))
        self.second.set_kind("green" if folder else "amber")
        if folder:
            self.second.set(tr("第二份放在 {folder}", folder=folder))
        else:
            self.second.set(
                tr("还没有第二份备份"), tr("这台电脑坏了或丢了，旁边的备份也一起没有。可以以后再选，程序会提醒。"),
            )  # fmt: skip

    def detail(self) -> str:
        """The rule in short."""
        return tr("一人可办") if self.answers.one_person else tr("两人分开")

    def first_field(self) -> QWidget:
        """The switch."""
        return self.one_person
