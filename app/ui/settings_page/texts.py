"""The wordings of the centre: which version holds, older ones to read, a new one to write and see as it will print."""

import json

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import office, wordings
from app.process.wordings import WordingVersion
from app.ui import theme
from app.ui.consent_words import WORDING
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.settings_page.rows import Section, SettingRow, buttons
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import word

DRAWN_AFTER_MS = 600  # without a key: the paper is drawn anew
WIDE, HIGH = 1180, 820  # design pixels
WHAT = {"centre": "中心名称", "time": "自行回家的时间"}
"""What the program fills into a gap."""


class TextsSection(Section):
    """A row for each wording."""

    def build(self) -> None:
        """One card; its rows say which version holds."""
        card = self.card(tr("文本"))
        card.body.addWidget(
            Text(
                tr("家长同意和打印的文字。改了就成为新的版本，从下一份单据起使用；家长同意过的旧版本一直保留。"),
                "secondary",
                wrap=True,
            ),
        )
        self.facts: dict[str, Text] = {}
        for name in wordings.NAMES:
            title = word(WORDING, name)
            change = Button(tr("查看、修改"), icon="pencil-simple")
            change.setAccessibleName(tr("查看、修改：{title}", title=title))
            change.clicked.connect(lambda _=False, name=name: self.open(name))
            self.facts[name] = Text("", "caption", "ink2", wrap=True)
            card.add(SettingRow(title, "", buttons(change), self.facts[name]))

    def refresh(self) -> None:
        """Show which versions hold."""
        for one in self.desk.look(wordings.newest) or ():
            self.facts[one.name].setText(made_text(one))

    def open(self, name: str) -> None:
        """Read and write one wording."""
        found = self.desk.look(wordings.versions, name)
        if found:
            WordingDialog(self.desk, found, self).exec()
            self.refresh()


def made_text(one: WordingVersion) -> str:
    """第 2 版　2026-11-24　王丽华; the first came with the program."""
    facts = (one.made_at[:10], one.made_by) if one.version > 1 else (tr("随程序提供"),)
    return "　".join((tr("第 {version} 版", version=one.version), *facts))


class ProseArea(TextArea):
    """Running text: Enter begins a new paragraph here."""

    def enter_pressed(self) -> bool:
        """Enter is used up."""
        self.break_line()
        return True


class WordingDialog(Dialog):
    """The text at the left, the paper at the right; only the newest version can be written on."""

    def __init__(self, desk: Desk, found: tuple[WordingVersion, ...], parent: QWidget | None = None) -> None:
        """`found`: every version, newest first."""
        self.newest = found[0]
        super().__init__(parent, word(WORDING, self.newest.name), 860)
        self.desk, self._versions = desk, {one.version: one for one in found}
        self._drawn: tuple[int, str, str] | None = None
        self._later = QTimer(self, singleShot=True, interval=DRAWN_AFTER_MS)
        self._later.timeout.connect(self.draw)
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        row.addWidget(scrolled(self._build_left()), 1)
        self.preview = PaperPreview()
        row.addWidget(self.preview, 1)
        self.body.addLayout(row, 1)
        self.pressed.connect(self._pressed)
        room = parent.window().size() if parent is not None else None
        wide, high = theme.px(WIDE), theme.px(HIGH)
        if room is not None:
            wide, high = min(wide, room.width() - 32), min(high, room.height() - 16)
        self.setMaximumHeight(high)  # both sides scroll: nothing may push the verbs off a low screen
        self.resize(wide, high)
        self._show_version()
        self._take_up()
        self.text.editor.setFocus()

    def _build_left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(4))
        options = [(one.version, made_text(one)) for one in self._versions.values()]
        self.version = Field(tr("版本"), PickList(options))
        self.version.set_value(self.newest.version)
        self.version.setVisible(len(options) > 1)
        self.version.changed.connect(self._show_version)
        self.heading = Field(tr("标题"), LineEdit(), required=True)
        self.text = Field(tr("正文"), ProseArea(lines=12, most=16), required=True, hint=self._hint())
        self.strip = Strip("amber", icon="warning")
        for field in (self.heading, self.text):
            field.changed.connect(self._typed)
        for widget in (self.strip, self.version, self.heading, self.text):
            column.addWidget(widget)
        column.addStretch(1)
        return holder

    def _hint(self) -> str:
        gaps = tr("、").join(
            tr("{gap} 是{what}", gap=f"{{{gap}}}", what=tr(WHAT[gap])) for gap in wordings.GAPS[self.newest.name]
        )
        lines = tr("每行一段")
        if self.newest.name == "privacy":
            lines = tr("每行一段，“# ”开头的是小标题")
        return f"{lines}{tr('；')}{gaps}" if gaps else lines

    def _chosen(self) -> WordingVersion:
        return self._versions.get(self.version.value() or 0, self.newest)

    def _show_version(self) -> None:
        """A version as it was written; the verbs that follow."""
        one = self._chosen()
        writes = one == self.newest
        self.heading.set_value(one.title)
        self.text.set_value(one.text)
        for field in (self.heading, self.text):
            field.editor.setReadOnly(not writes)
        self.strip.set_kind("blue")
        self.strip.set("" if writes else tr("这是旧版本，只能看。"))
        verbs = [Verb("close", tr("关闭"), shortcut="Esc")]
        self.set_verbs([*verbs, Verb("save", tr("存为新版本"), "primary", "F9")] if writes else verbs)
        self.draw()

    def _typed(self) -> None:
        self.strip.set("")
        self._later.start()

    def draw(self) -> None:
        """The paper of what stands at the left; the stored one while nothing was changed."""
        one, title, text = self._chosen(), str(self.heading.value()), str(self.text.value())
        wanted = (one.version, title, text)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        if (title, text) == (one.title, one.text):
            drawn = self.desk.look(wordings.paper, one.name, one.version)
        else:
            drawn = self.desk.look(wordings.preview, one.name, title, text, beside=self._beside)
        if drawn:
            self.preview.set_pdf(drawn)

    def _take_up(self) -> None:
        """What was typed before and not saved; only over the version that it was typed over."""
        kept = json.loads(self.desk.look(office.view, self._kept_as()) or "{}")
        if kept.get("version") == self.newest.version:
            self.heading.set_value(kept["title"])
            self.text.set_value(kept["text"])
            self.strip.set(tr("这是上次没有保存的文字，核对后按 F9 存为新版本。"))
            self.draw()

    def reject(self) -> None:
        """Esc: what was typed is kept for the next time, with the person's own views."""
        title, text = str(self.heading.value()), str(self.text.value())
        one = self._chosen()
        if one == self.newest:
            changed = (title, text) != (one.title, one.text)
            self._keep({"version": one.version, "title": title, "text": text} if changed else {})
        super().reject()

    def _keep(self, typed: dict[str, object]) -> None:
        text = json.dumps(typed, ensure_ascii=False)
        if text != (self.desk.look(office.view, self._kept_as()) or "{}"):
            self.desk.look(office.save_view, self._kept_as(), text)

    def _kept_as(self) -> str:
        return f"unsaved_wording_{self.newest.name}"

    def _pressed(self, key: str) -> None:
        if key == "close":
            self.reject()
            return
        self.strip.set("")
        title, text = str(self.heading.value()), str(self.text.value())
        version = self.desk.do(
            wordings.save, self.newest.name, title, text, self.newest.version, beside=self._beside,
        )  # fmt: skip
        if version is not None:
            self._keep({})
            self.desk.message(tr("已存为第 {version} 版，从下一份单据起使用", version=version))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        self.strip.set_kind("amber")
        self.strip.set(sentence(refused))
        return True
