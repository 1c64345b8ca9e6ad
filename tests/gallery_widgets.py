"""Scenes of the widgets alone: fields in every state, lists and calendar open, notices, dialogs."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.process import data_folder
from app.process.users import NewRecoveryKey
from app.ui.desk import Desk
from app.ui.help_sheet import HelpSheet, everywhere
from app.ui.print_dialog import PrintDialog
from app.ui.settings_page.new_recovery_key import KeyDialog
from app.ui.settings_page.people import UserDialog
from app.ui.texts import tr
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button, IconButton, MenuButton
from app.ui.widgets.card import Card
from app.ui.widgets.chips import FilterChip
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.amount import AmountEdit
from app.ui.widgets.form.area import TextArea
from app.ui.widgets.form.check_box import CheckBox, Switch
from app.ui.widgets.form.date import DateEdit
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.grouped import IdentityEdit, PhoneEdit
from app.ui.widgets.form.line import LineEdit
from app.ui.widgets.form.pick_list import PickList
from app.ui.widgets.form.pill_choice import CheckPill
from app.ui.widgets.form.rows import FormRow
from app.ui.widgets.form.segments import Segmented, WeekdayPicker
from app.ui.widgets.job import Progress
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.pill import KeyCap, Pill
from app.ui.widgets.text import KeyFigure, Text
from app.ui.widgets.verb import Verb
from app.ui.words import RELATION, word
from tests.gallery_papers import KEY

NAMES = (
    "widgets-fields", "widgets-list-open", "widgets-calendar-open", "widgets-parts", "dialog-question", "dialog-user",
    "dialog-print", "dialog-recovery-key", "help-sheet",
)  # fmt: skip
SIZES = {name: None if name.startswith(("dialog", "help")) else (1000, 760) for name in NAMES}
NARROW = ("dialog-user", "dialog-print", "dialog-recovery-key", "help-sheet")


def scenes(desk: Desk) -> dict[str, Callable[[], QWidget]]:
    """All of them."""
    assert data_folder.is_open()
    return {
        "widgets-fields": _fields,
        "widgets-list-open": _list_open,
        "widgets-calendar-open": _calendar_open,
        "widgets-parts": _parts,
        "dialog-question": _question,
        "dialog-user": lambda: UserDialog(desk, None),
        "dialog-print": lambda: PrintDialog(None, tr("打印"), ["HP M208dw", "EPSON L8050"], "EPSON L8050", 2),
        "dialog-recovery-key": lambda: KeyDialog(desk, NewRecoveryKey(KEY, b"")),
        "help-sheet": lambda: HelpSheet(tr("学员"), [("F3", tr("查找")), ("Enter", tr("打开"))], everywhere()),
    }


def _field(label: str, editor: QWidget, value: object = None, state: str = "", words: str = "") -> Field:
    made = Field(label, editor, required=state == "problem")
    if value is not None:
        made.set_value(value)
    if state:
        getattr(made, state)(words)
    return made


def _fields() -> QWidget:
    page = Page()
    page.body.addWidget(PageTitle(tr("监护人与接送"), tr("带 * 为必填，其他可以按 Enter 跳过。")))
    card = Card(bottom=8, spacing=6)
    relations = [(code, word(RELATION, code)) for code in RELATION]
    rows = (
        (
            _field(tr("姓名"), LineEdit(), "李龑", "warning", "生僻字：已确认可打印"),
            _field(tr("关系"), PickList(relations), "mother"),
            _field(tr("手机"), PhoneEdit(), "1395718904", "problem", "还差 1 位，手机号为 11 位"),
            _field(tr("工作单位"), LineEdit(tr("选填"))),
        ),
        (
            _field(tr("证件号码"), IdentityEdit(), "11010519491231002X", "ok", "校验码正确"),
            _field(tr("出生日期"), DateEdit(), "2018-04-16"),
            _field(tr("性别"), Segmented([("male", tr("男")), ("female", tr("女"))]), "female"),
        ),
        (_field(tr("星期"), WeekdayPicker(7), 0b10101), _field(tr("金额"), AmountEdit(), 128_000)),
        (_field(tr("过敏"), TextArea(), "花生、腰果\n点心避免坚果"), _field(tr("地址"), LineEdit(), "文三路 188 号")),
    )
    for row in rows:
        card.body.addWidget(FormRow(*row))
    page.body.addWidget(card)
    page.body.addStretch(1)
    off = _field(tr("交易单号"), LineEdit(), "4200001")
    off.setEnabled(False)
    page.body.addWidget(off)
    return page


def _later(page: Page, then: Callable[[], None]) -> QWidget:
    QTimer.singleShot(0, page, then)
    return page


def _list_open() -> QWidget:
    page = Page()
    relation = PickList([(code, word(RELATION, code)) for code in RELATION])
    page.body.addWidget(_field(tr("关系"), relation, "mother"))
    page.body.addStretch(1)
    return _later(page, relation.open_list)


def _calendar_open() -> QWidget:
    page = Page()
    day = DateEdit()
    page.body.addWidget(_field(tr("出生日期"), day, "2018-04-16"))
    page.body.addStretch(1)
    return _later(page, day.open_calendar)


def _row(page: Page, *parts: QWidget) -> None:
    row = QHBoxLayout()
    row.setSpacing(10)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    page.body.addLayout(row)


def _parts() -> QWidget:
    page = Page()
    kinds = ("primary", "secondary", "quiet", "link", "danger")
    _row(page, *(Button(kind, kind, "F9", "printer", bind=False) for kind in kinds))
    off = Button("off", "primary", "F9", bind=False)
    off.setEnabled(False)
    busy = Button("busy", "primary", bind=False)
    busy.set_busy(True)
    _row(page, off, busy, Button("small", small=True), Button("pay", "primary", "F9", pay=True, bind=False))
    more, close = MenuButton("dots-three", tr("更多")), IconButton("x", tr("关闭"))
    _row(page, more, close, KeyCap("Ctrl+Z"), Avatar("张珞晨"), Avatar("李龑", 44))
    _row(page, *(Pill(kind, kind) for kind in ("green", "red", "amber", "blue", "accent", "primary", "plain")))
    on, choice = FilterChip("在读", 128, checked=True), FilterChip("欠费", 9, removable=True)
    _row(page, on, choice, CheckPill("可接送", checked=True), CheckPill("交款人"), CheckBox("自行回家", checked=True))
    _row(page, Switch("自动锁定", checked=True), Switch("自动锁定"), KeyFigure("账户余额", "−1,560.00", "red"))
    verbs = [Verb("same", "同一家庭"), Verb("other", "不是")]
    for kind in ("amber", "red", "blue", "accent", "green"):
        page.body.addWidget(Strip(kind, "手机 138 0571 2236 已登记为 张子晨 的父亲", "可能是兄弟姐妹。", verbs=verbs))
    progress = Progress(tr("正在备份并核验……"))
    progress.set(3, 10)
    page.body.addWidget(progress)
    page.body.addWidget(Text("¥6,280.00", "total"))
    page.body.addStretch(1)
    return page


def _question() -> QWidget:
    dialog = Dialog(None, "作废收据 SJ-2026-003421？")
    dialog.body.addWidget(Text("编号保留，账上记一笔冲销。收据会印上“作废”。", "body", wrap=True))
    dialog.set_verbs([Verb("no", "不作废", shortcut="Esc"), Verb("yes", "作废", "danger")])
    return dialog
