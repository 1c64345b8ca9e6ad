"""The help sheet of keys: those of the page that is shown, and those that hold everywhere."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui import theme
from app.ui.texts import tr
from app.ui.widgets.card import Hairline
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.pill import KeyCap
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

Keys = Sequence[tuple[str, str]]


class HelpSheet(Dialog):
    """F1 and Ctrl+/."""

    def __init__(self, title: str, own: Keys, everywhere: Keys, parent: QWidget | None = None) -> None:
        """`title` and `own` are those of the page; `everywhere` holds on every page."""
        super().__init__(parent, tr("快捷键"), 620)
        if own:
            self.body.addWidget(Text(title, "block_title"))
            self.body.addLayout(_grid(own))
            self.body.addWidget(Hairline())
        self.body.addWidget(Text(tr("到处都能用"), "block_title"))
        self.body.addLayout(_grid(everywhere))
        self.set_verbs([Verb("close", tr("关闭"), shortcut="Esc")])
        self.pressed.connect(lambda _: self.accept())


def everywhere() -> Keys:
    """The keys that hold on every page, in the language of now."""
    return (
        ("F1", tr("这一页的帮助")),
        ("F2", tr("新的报名登记")),
        ("F3", tr("查找")),
        ("F4", tr("学员")),
        ("F5", tr("刷新")),
        ("F6", tr("挂起登记，稍后继续")),
        ("Shift+F6", tr("继续挂起的登记")),
        ("F7", tr("收费")),
        ("F9", tr("完成并打印")),
        ("Shift+F9", tr("打印前选打印机")),
        ("F11", tr("全屏")),
        ("F12", tr("锁定")),
        ("Ctrl+P", tr("打印、预览")),
        ("Ctrl+Z", tr("撤销上次保存")),
        ("Esc", tr("返回")),
    )


def _grid(keys: Keys) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(8))
    half = (len(keys) + 1) // 2
    for place, (key, text) in enumerate(keys):
        line, side = place % half, place // half
        grid.addWidget(KeyCap(key), line, 3 * side)
        grid.addWidget(Text(text, "body", wrap=True), line, 3 * side + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(4, 1)
    return grid
