"""The last step of the first start: the recovery key is shown, printed, and typed back once."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.first_start.step import Answers, Problem, StepPage
from app.ui.recovery_paper import KeyPaper
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.key_groups import KeyGroups
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text


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
