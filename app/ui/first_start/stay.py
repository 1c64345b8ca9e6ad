"""The question before the assistant is left with a key that nobody typed back."""

from PySide6.QtWidgets import QApplication, QWidget

from app.ui.texts import tr
from app.ui.widgets.dialog import ask
from app.ui.widgets.verb import Verb


def asks_to_stay(over: QWidget) -> bool:
    """Whether the person goes back to it; Esc does."""
    chosen = ask(
        QApplication.activeModalWidget() or over,
        tr("恢复密钥还没有核对"),
        tr("现在离开，中心还不能用，填的内容也不保留。下次打开从头开始，会有一把新的密钥；这一把就作废了。"),
        [Verb("stay", tr("回去核对"), "primary", "Esc"), Verb("leave", tr("离开"))],
    )
    return chosen != "leave"
