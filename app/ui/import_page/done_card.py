"""What an import did, and the next steps: to the review, the rows left out as a workbook, texts to parents."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.process.form_import import Imported
from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chips import FlowLayout
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.text import KeyFigure, Text


class DoneCard(Card):
    """`reviewAsked`, `saveAsked`, `textsAsked`, `againAsked`."""

    reviewAsked = Signal()
    saveAsked = Signal()
    textsAsked = Signal()
    againAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_done`."""
        super().__init__(padding=28, spacing=16, parent=parent)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(IconLabel("check-circle", "green", 32, filled=True))
        self.title = Text("", "dialog_title", wrap=True)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        figures = QHBoxLayout()
        figures.setSpacing(theme.px(40))
        self.imported, self.errors, self.duplicates, self.others = (
            KeyFigure(words) for words in (tr("已导入"), tr("有错误，没导入"), tr("重复，没导入"), tr("没有选"))
        )
        for figure in (self.imported, self.errors, self.duplicates, self.others):
            figures.addWidget(figure)
        figures.addStretch(1)
        self.body.addLayout(figures)
        text = tr("导入的报名正等着审核。导入不能整批撤销；导错的，请在审核里撤回那一份。")
        self.body.addWidget(Text(text, "secondary", wrap=True))
        row = FlowLayout(10)
        self.review_button = Button(tr("去审核"), "primary", "Ctrl+Enter", "clipboard-text", tall=True, bind=False)
        self.save_button = Button("", "secondary", "Alt+S", "download", tall=True)
        self.texts_button = Button(tr("请家长补充"), "secondary", "Alt+C", "chat-dots", tall=True)
        self.again_button = Button(tr("再导入一份"), "secondary", "Alt+N", "upload", tall=True)
        for button, signal in (
            (self.review_button, self.reviewAsked), (self.save_button, self.saveAsked),
            (self.texts_button, self.textsAsked), (self.again_button, self.againAsked),
        ):  # fmt: skip
            button.clicked.connect(signal)
            row.addWidget(button)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_done(self, done: Imported) -> None:
        """Show the result."""
        left = done.rows - done.imported
        self.title.setText(tr("已导入 {n} 份报名", n=done.imported))
        self.imported.set_value(str(done.imported))
        self.errors.set_value(str(done.with_errors), "red" if done.with_errors else "")
        self.duplicates.set_value(str(done.duplicates))
        self.others.set_value(str(left - done.with_errors - done.duplicates))
        self.save_button.set_text(tr("保存没导入的 {n} 行", n=left))
        self.save_button.setVisible(left > 0)
