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
from app.ui.sign_dialog import relation_field, signer_field
from app.ui.signature_pad import SignaturePad
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.form.rows import FormRow
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
        self.desk, self.offer, self._warned, self._at = desk, offer, False, 0
        self._drawn: dict[str, Strokes] = {}
        self._known = {name: (relation, key) for name, relation, key in offer.signers}
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
        self.signer = signer_field(self.offer.signers)
        self.relation = relation_field()
        self.signer.changed.connect(self._signer_changed)
        if self.offer.signers:
            self.signer.set_value(self.offer.signers[0][0])
            self._signer_changed()
        side.addWidget(FormRow(self.signer, self.relation))
        self.strip = Strip("amber", icon="warning")
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

    # who signs --------------------------------------------------------------------------------------------------------

    def _signer_changed(self) -> None:
        self._warned = False
        if hasattr(self, "strip"):
            self.strip.set("")
        known = self._known.get(str(self.signer.value()))
        if known:
            self.relation.set_value(known[0])

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
        signer, relation = (str(field.value() or "").strip() for field in (self.signer, self.relation))
        if not signer:
            self.signer.problem(tr("请填签字人的姓名"))
            return
        if not relation:
            self.relation.problem(tr("请填和孩子的关系"))
            return
        known = self._known.get(signer)
        self.desk.do(
            screen_signature.sign,
            self.offer.sheet.id,
            shown=self.offer.sheet.sha256,
            strokes=self._drawn,
            signer=signer,
            relation=relation,
            guardian_id=known[1] if known else None,
            warned=self._warned,
            beside=self._beside,
        )
        if self.desk.done_well:
            self.desk.message(tr("签字已存进确认单"))
            self.accept()

    def _beside(self, refused: Refused) -> bool:
        if refused.code == "signer_is_no_guardian":
            said = tr("确认可以由本人签字，就再按一次“签好了，保存”。")
            self.strip.set(tr("{name} 不是登记的监护人", name=self.signer.value()), said)
            self._warned = True
        else:
            self.strip.set(sentence(refused))
        return True


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
