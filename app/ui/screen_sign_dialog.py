"""Signing a confirmation sheet on the screen: the sheet to read on the left, who signs and the pad on the right."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import screen_signature
from app.process.screen_signature import Offer
from app.rules import strokes as rules
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.signature_pad import SignaturePad
from app.ui.signer import SignerRow
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

if TYPE_CHECKING:
    from app.rules.strokes import Strokes


class ScreenSignDialog(Dialog):
    """`offer` is what `screen_signature.begin` gave."""

    def __init__(self, desk: Desk, offer: Offer, parent: QWidget | None = None) -> None:
        """The guardians are offered, the first one chosen; the first place waits for its signature."""
        super().__init__(parent, tr("屏幕签字　{name}", name=offer.name), 900)
        self.desk, self.offer, self._at = desk, offer, 0
        self._drawn: dict[str, Strokes] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        self.preview = PaperPreview()
        self.preview.set_pdf(offer.content)
        row.addWidget(self.preview, 5)
        row.addLayout(self._build_side(), 6)
        self.body.addLayout(row, 1)
        self.pressed.connect(self._pressed)
        self._show_place()
        room = parent.window().size() if parent is not None else None
        wide, high = theme.px(1280), theme.px(800)
        self.resize(min(wide, room.width() - 24) if room else wide, min(high, room.height() - 12) if room else high)

    def _build_side(self) -> QVBoxLayout:
        sheet = self.offer.sheet
        side = QVBoxLayout()
        side.setSpacing(theme.px(8))
        what = tr("确认单 {number}　第 {version} 版", number=sheet.number, version=sheet.version)
        side.addWidget(Text(what, "strong", wrap=True))
        side.addWidget(Text(f"SHA-256 {sheet.sha256[:16]}…", "caption"))
        self.strip = Strip("amber", icon="warning")
        self.who = SignerRow(self.offer.signers, self.strip)
        side.addWidget(self.who)
        side.addWidget(self.strip)
        self.place = Text("", "block_title", wrap=True)
        self.meaning = Text("", "secondary", wrap=True)
        side.addWidget(self.place)
        side.addWidget(self.meaning)
        self.pad = SignaturePad()
        self.pad.changed.connect(lambda: self.strip.set(""))
        side.addWidget(self.pad, 1)
        side.addLayout(self._build_tools())
        note = tr("按电子签名法，纸上签字的效力更稳妥；方便时请仍以纸质确认单为准。笔迹、时间和经办人会一并保存。")
        side.addWidget(Text(note, "caption", wrap=True))
        return side

    def _build_tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(8))
        self.undo_button = Button(tr("撤一笔"), "secondary", "Ctrl+Z", "arrow-counter-clockwise", small=True)
        self.undo_button.clicked.connect(self.pad.undo)
        self.clear_button = Button(tr("清空重签"), "quiet", icon="trash", small=True)
        self.clear_button.clicked.connect(self.pad.clear)
        tools.addWidget(self.undo_button)
        tools.addWidget(self.clear_button)
        tools.addStretch(1)
        return tools

    # place by place ---------------------------------------------------------------------------------------------------

    def _show_place(self) -> None:
        place, count = self.offer.places[self._at], len(self.offer.places)
        title = place_text(place)
        self.place.setText(f"{self._at + 1} / {count}　{title}" if count > 1 else title)
        agrees = agreement_text(place) if place in self.offer.agrees else ""
        self.meaning.setText(agrees or tr("请家长看过左边的确认单再签。"))
        self.pad.set_strokes(self._drawn.get(place, ()))
        last = self._at + 1 == count
        verbs = [Verb("cancel", tr("取消"), shortcut="Esc")]
        if self._at:
            verbs.append(Verb("back", tr("上一处"), shortcut="PgUp"))
        verbs.append(Verb("done", tr("签好了，保存"), "primary", "F9") if last
                     else Verb("next", tr("下一处"), "primary", "PgDown"))  # fmt: skip
        self.set_verbs(verbs)

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
            return
        self._drawn[self.offer.places[self._at]] = self.pad.strokes()
        if key == "back":
            self._at -= 1
            self._show_place()
        elif code := rules.trouble(self.pad.strokes()):
            self.strip.set(sentence(Refused(code)))
        elif key == "next":
            self._at += 1
            self._show_place()
        else:
            self._save()

    def _save(self) -> None:
        signer = self.who.value()
        if signer is None:
            return
        self.desk.do(
            screen_signature.sign,
            self.offer.sheet.id,
            shown=self.offer.sheet.sha256,
            strokes=self._drawn,
            signer=signer.name,
            relation=signer.relation,
            guardian_id=signer.guardian_id,
            warned=self.who.warned,
            beside=self._beside,
        )
        if self.desk.done_well:
            self.desk.message(tr("签字已存进确认单"))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        return self.who.say(refused, tr("确认可以由本人签字，就再按一次“签好了，保存”。"))


def place_text(place: str) -> str:
    """What a place of the sheet is called."""
    return {
        "parent": tr("家长（监护人）签字"),
        "under_14": tr("未满 14 周岁：监护人单独同意"),
        "goes_home_alone": tr("自行回家：监护人同意"),
    }.get(place, place)


def agreement_text(place: str) -> str:
    """What somebody agrees to who signs where a box is not ticked yet."""
    if place == "parent":
        return tr("个人信息告知还没有打勾：签字就表示已阅读并同意。")
    return tr("这一处还没有打勾：签字就表示同意。")


def sign_on_screen(desk: Desk, parent: QWidget | None, paper_id: int) -> bool:
    """Let somebody sign; True when it was kept."""
    offer = desk.look(screen_signature.begin, paper_id)
    if offer is None:
        return False
    dialog = ScreenSignDialog(desk, offer, parent)
    done = bool(dialog.exec())
    dialog.deleteLater()
    return done
