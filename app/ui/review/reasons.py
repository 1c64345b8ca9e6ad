"""Why an application is sent back, withdrawn, rejected, or put on the waiting list."""

from PySide6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.widgets.reason_dialog import ReasonDialog
from app.ui.widgets.verb import Verb


def reason_dialog(verb: str, parent: QWidget | None = None, *, reason: str = "") -> ReasonDialog:
    """Ask for the reason; `verb` is back, withdraw, reject or list, `reason` is proposed."""
    if verb == "back":
        title, done = tr("退回修改"), Verb("done", tr("退回"), "primary", "F9")
        reasons = [tr("电话打不通"), tr("资料不全"), tr("证件号码有误"), tr("服务期间不对")]
    elif verb == "reject":
        title, done = tr("不予通过"), Verb("done", tr("不予通过"), "danger", "F9")
        reasons = [tr("重复报名"), tr("年龄不符"), tr("服务不到这所学校"), tr("名额已满")]
    elif verb == "list":
        title, done = tr("转入候补"), Verb("done", tr("转入候补"), "primary", "F9")
        reasons = [tr("名额已满"), tr("家长要求等这个班")]
    else:
        title, done = tr("撤回报名"), Verb("done", tr("撤回"), "danger", "F9")
        reasons = [tr("家长改变主意"), tr("重复报名"), tr("名额已满")]
    dialog = ReasonDialog(
        parent, title, reasons, remember=f"review_{verb}", missing=tr("请写原因，登记的人会看到"), verb=done,
    )  # fmt: skip
    dialog.reason_field.set_value(reason)
    return dialog
