"""The steps of the first start: language, the centre, the manager, how to work, the recovery key."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.process import places
from app.ui import theme
from app.ui.logo_field import LogoField
from app.ui.passwords import new_password_fields
from app.ui.recovery_paper import KeyPaper
from app.ui.texts import tr
from app.ui.widgets.basic import Card, Text
from app.ui.widgets.button import Button
from app.ui.widgets.form.choice import Segmented, Switch
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.key_groups import KeyGroups
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.notice import Strip

Problem = tuple[Field, str]


@dataclass
class Answers:
    """What was typed so far; it survives going back and the change of language."""

    language: str = "zh"
    name: str = ""
    english_name: str = ""
    address: str = ""
    phone: str = ""
    logo: bytes = b""
    manager: str = ""
    login: str = ""
    password: str = ""
    again: str = ""
    one_person: bool = True
    second_backup: str = ""


class StepPage(QWidget):
    """One step: a title as a question, a line below it, fields. `changed` whenever something was typed."""

    changed = Signal()
    title = ""
    line = ""

    def __init__(self, answers: Answers, parent: QWidget | None = None) -> None:
        """Shows what was typed before."""
        super().__init__(parent)
        self.answers = answers
        self.fields: dict[str, Field] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))
        self.build()
        self.body.addStretch(1)

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def add(self, name: str, field: Field) -> Field:
        """Bind a field to an answer of this name."""
        self.fields[name] = field
        field.set_value(getattr(self.answers, name))
        field.changed.connect(lambda: self._took(name))
        field.left.connect(lambda: self._took(name))
        return field

    def _took(self, name: str) -> None:
        setattr(self.answers, name, self.fields[name].value())
        self.changed.emit()

    def problems(self) -> list[Problem]:
        """What is missing or wrong, in order: field and words."""
        return []

    def detail(self) -> str:
        """A few words for the rail once the step is done."""
        return ""

    def first_field(self) -> QWidget | None:
        """Where the focus begins."""
        return next(iter(self.fields.values()), None)


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


class KeyStep(StepPage):
    """The recovery key: shown, printed, and typed back once."""

    def __init__(self, answers: Answers, key: str, draw: Callable[[], bytes], parent: QWidget | None = None) -> None:
        """`key` is the one just made; `draw` gives its paper."""
        self.key, self._draw = key, draw
        super().__init__(answers, parent)

    def build(self) -> None:
        """First the key, then the empty groups."""
        self.title = tr("请把恢复密钥印出来，收好")
        self.line = tr("忘记密码时，只有这张纸能打开数据。")
        self.body.addWidget(
            Strip(
                "red",
                tr("密码和恢复密钥都丢了，数据就永远打不开。"),
                tr("谁也帮不了，做程序的人也不行。请印一张，装进信封，不要放在电脑旁边，也不要拍照。"),
            ),
        )
        self.paper = KeyPaper(self.key, self._draw)
        self.body.addWidget(self.paper)
        self.card = Card(spacing=8, bottom=8)
        self.card.body.addWidget(Text(tr("照着纸再输一遍"), "block_title"))
        self.card.body.addWidget(
            Text(tr("这样就知道纸是清楚的。大小写都行；字母 O 算 0，I 和 L 算 1。不能粘贴。"), "secondary", wrap=True),
        )
        self.typed = Field(tr("恢复密钥"), KeyGroups(paste=False), required=True)
        self.typed.changed.connect(self.changed)
        self.typed.changed.connect(self._compare)
        self.typed.editor.paste_refused.connect(lambda: self.typed.warning(tr("请照着纸输入，不要粘贴")))
        self.card.body.addWidget(self.typed)
        self.again = Button(tr("再看一眼密钥"), "link", icon="eye", small=True)
        self.again.clicked.connect(lambda: self.show_typing(on=False))
        self.card.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.card)
        self.show_typing(on=False)

    def show_typing(self, *, on: bool) -> None:
        """Hide the key and ask for it, or show it again."""
        self.paper.setVisible(not on)
        self.card.setVisible(on)
        if on:
            self.typed.setFocus()
        self.changed.emit()

    def is_typing(self) -> bool:
        """Whether the key is hidden and asked for."""
        return not self.card.isHidden()

    def is_right(self) -> bool:
        """Whether it was typed as it stands on the paper."""
        return bool(self.typed.value() == self.key)

    def _compare(self) -> None:
        if self.is_right():
            self.typed.ok(tr("一致，纸上的密钥是清楚的"))
        elif self.typed.editor.is_complete():
            self.typed.problem(tr("每组都对得上，但不是这一把，请对照纸再输"))

    def problems(self) -> list[Problem]:
        """It must be typed back."""
        if self.is_right():
            return []
        return [(self.typed, tr("还没有输完，或有一组不对"))]

    def first_field(self) -> QWidget:
        """The button that prints, or the first group."""
        return self.typed if self.is_typing() else self.paper.print_button
