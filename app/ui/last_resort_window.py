"""The window of the last resort: what happened, what it means, what to do; the report for support is folded away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

QUIT = 2  # what exec gives when the person wants the program to end


class LastResort(Dialog):
    """What happened, what that means, what to do; the report is folded away."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        """`report` is what technical support gets."""
        super().__init__(parent, tr("程序出了错"), 560)
        self.report = report
        self.body.addWidget(
            Text(tr("刚才这一步没有做成，也没有留下半截数据；之前保存的都在。"), "body", wrap=True),
        )
        self.body.addWidget(
            Text(tr("可以再试一次。还是不行，请退出后重新打开，再把下面的报告发给技术支持。"), "secondary", wrap=True),
        )
        self.fold = Button(tr("技术细节"), "link", icon="caret-right", small=True)
        self.fold.clicked.connect(self._unfold)
        self.body.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.details = QPlainTextEdit(self.report)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("技术细节"))
        self.details.setFont(theme.font(12))
        self.details.setMinimumHeight(theme.px(170))
        self.details.hide()
        self.body.addWidget(self.details)
        self.private = Text(tr("报告里只有程序的位置和版本，没有姓名、电话、金额。"), "caption", wrap=True)
        self.private.hide()
        self.body.addWidget(self.private)
        self.set_verbs(
            [
                Verb("copy", tr("复制给技术支持")),
                Verb("quit", tr("退出程序")),
                Verb("go_on", tr("继续使用"), "primary", "Esc"),
            ],
        )
        self.pressed.connect(self._pressed)

    def _unfold(self) -> None:
        hidden = self.details.isHidden()
        self.details.setVisible(hidden)
        self.private.setVisible(hidden)
        self.fold.set_icon("caret-down" if hidden else "caret-right")
        self.adjustSize()

    def _pressed(self, key: str) -> None:
        if key == "copy":
            QApplication.clipboard().setText(self.report)
            self.buttons["copy"].set_text(tr("已复制"))
        elif key == "quit":
            self.done(QUIT)
        else:
            self.reject()
