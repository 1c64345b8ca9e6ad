"""A stored paper with what can be done with it: look, print, mark as signed, save as a file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import Refused
from app.process import confirmation, data_folder, papers, screen_signature
from app.process.papers import PaperFact
from app.ui import printing_out, theme
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.proof_dialog import ProofDialog
from app.ui.scan_dialog import attach_scan
from app.ui.scan_window import show_scans
from app.ui.screen_sign_dialog import sign_on_screen
from app.ui.sign_dialog import mark_signed
from app.ui.texts import tr
from app.ui.unsign_dialog import UnsignDialog
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.notice import EmptyState, Strip
from app.ui.widgets.page import scrolled
from app.ui.widgets.pill import Pill
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb
from app.ui.words import RELATION, word


class PaperPanel(QWidget):
    """The preview, and beside it facts and verbs. `studentAsked(id)`; `shown(title)` when another paper is shown."""

    studentAsked = Signal(int)
    shown = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Empty until `show_paper`."""
        super().__init__(parent)
        self.desk = desk
        self.paper_id = 0
        self.fact: PaperFact | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.newer = Strip("amber", icon="clock-counter-clockwise", verbs=[Verb("newest", tr("看最新的"))])
        self.newer.pressed.connect(lambda _: self._show_newest())
        column.addWidget(self.newer)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        column.addLayout(row, 1)
        self._newest = 0
        self.preview = PaperPreview()
        row.addWidget(self.preview, 1)
        why = tr("上面有健康和证件信息，要有查看这些的权限。家长在纸上签了字，仍可以在这里标记。")
        self.kept_back = EmptyState("eye-slash", tr("这份确认单的内容不能显示"), why)
        self.kept_back.hide()
        row.addWidget(self.kept_back, 1)
        row.addWidget(self._build_side())

    def _build_side(self) -> Card:
        self.side = Card(padding=16, spacing=10)
        self.side.setMinimumWidth(theme.wide(268))
        self.side.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # as wide as its buttons
        self.number = Text("", "card_title", wrap=True)
        self.state = Pill()
        self.facts = Text("", "secondary", wrap=True)
        self.print_button = Button(tr("打印"), "primary", "Ctrl+P", "printer", tall=True, bind=False)
        self.print_button.clicked.connect(self.print_now)
        self.choose_button = Button(tr("选打印机、份数"), "secondary", "Shift+F9", "gear", bind=False)
        self.choose_button.clicked.connect(lambda: self._print(ask=True))
        self.printer = Text("", "caption", wrap=True)
        self._build_signing()
        first = (self.number, self.state, self.facts, Hairline(), self.print_button, self.choose_button, self.printer)
        then = (
            Hairline(), self.sign_button, self.screen_button, self.attach_button, self.scans_button, self.save_button,
            self.proof_button, self.unsign_button, self.student_button,
        )  # fmt: skip
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (*first, *then):
            column.addWidget(widget)
        column.addStretch(1)
        self.side.body.addWidget(scrolled(inside), 1)
        return self.side

    def _build_signing(self) -> None:
        """Signature, scans, files, proof: what is done with a paper after it was printed."""
        self.sign_button = Button(tr("家长已签字"), "secondary", "Alt+Q", "check-circle")
        self.sign_button.clicked.connect(self.sign)
        self.screen_button = Button(tr("在屏幕上签字"), "secondary", "Alt+W", "pen-nib")
        self.screen_button.clicked.connect(self.sign_on_screen)
        self.attach_button = Button(tr("附扫描件"), "quiet", "Alt+A", "paperclip")
        self.attach_button.clicked.connect(self._attach)
        self.scans_button = Button("", "quiet", icon="image")
        self.scans_button.clicked.connect(self._show_scans)
        self.proof_button = Button(tr("核对原件"), "quiet", icon="shield-check")
        self.proof_button.clicked.connect(self._prove)
        self.unsign_button = Button(tr("撤销签字标记"), "quiet", icon="arrow-counter-clockwise")
        self.unsign_button.clicked.connect(self._unsign)
        self.save_button = Button(tr("存为 PDF"), "quiet", printing_out.SAVE_KEY, "download")
        self.save_button.clicked.connect(self._save)
        self.student_button = Button(tr("打开档案"), "quiet", icon="user")
        self.student_button.clicked.connect(self._student)

    def show_paper(self, paper_id: int) -> bool:
        """Show a stored paper; False when it may not be seen or is damaged (that was told).

        A sheet of which the person may not see health or identity is shown without its pages: to mark it as signed.
        """
        self.paper_id = paper_id
        self._show_whole(whole=True)
        content = self.desk.look(papers.preview, paper_id, beside=self._keep_back)
        whole = self.kept_back.isHidden()
        if (whole and content is None) or not self.refresh():
            return False
        self.preview.set_pdf(content or b"")
        printing_out.ask_names(self.desk, lambda _: self._show_printer(), self)
        return True

    def _keep_back(self, refused: Refused) -> bool:
        """The pages may not be seen; what else is known of the paper is shown all the same."""
        hidden = refused.values.get("right") in {"see_health", "see_identity"}
        if hidden:
            self._show_whole(whole=False)
        return hidden

    def _show_whole(self, *, whole: bool) -> None:
        self.kept_back.setVisible(not whole)
        for widget in (self.preview, self.print_button, self.choose_button, self.printer, self.save_button):
            widget.setVisible(whole)

    def refresh(self) -> bool:
        """Look again: prints, signature, scans. Once signed on the screen, or void, it has other bytes."""
        if not self.paper_id or not data_folder.is_open():
            return False
        found = self.desk.look(papers.look_up, self.paper_id)
        if found is None:
            return False
        before = self.fact
        self.fact = found
        drawn = (found.void, found.newest_sha256)
        if before is not None and before.id == found.id and (before.void, before.newest_sha256) != drawn:
            self.preview.set_pdf(self.desk.look(papers.preview, self.paper_id) or b"")
        kind = kind_text(found.kind)
        title = f"{kind}　{found.number}"
        self.number.setText(found.number)
        printed = tr("打印过 {n} 次", n=found.prints) if found.prints else tr("还没有打印")
        files = self.desk.look(papers.files, self.paper_id)
        saved = tr("存为 PDF {n} 次", n=files) if files else ""
        version = tr("第 {version} 版", version=found.version) if found.kind == "sheet" else ""
        at = found.made_at[:16].replace("T", " ")
        digest = f"SHA-256 {found.newest_sha256[:16]}…"
        self.facts.setText("\n".join(filter(None, (f"{kind}　{version}", at, printed, saved, digest))))
        self.print_button.set_text(tr("补打第 {n} 次", n=found.prints + 1) if found.prints else tr("打印"))
        self.student_button.setVisible(found.student_id is not None)
        self._show_state(found)
        self._show_newer(found)
        self._show_printer()
        self.shown.emit(title)
        return True

    def _show_state(self, found: PaperFact) -> None:
        may = found.kind in confirmation.FOR_SIGNATURE and self.desk.may("sign")
        self.sign_button.setVisible(may and not found.signed)
        self.unsign_button.setVisible(may and found.signed)
        self.screen_button.setVisible(may and not found.signed and screen_signature.offered())
        self.attach_button.setVisible(may)
        self.scans_button.setVisible(bool(found.scans))
        self.scans_button.set_text(tr("看扫描件（{n}）", n=found.scans))
        if found.void:
            self.state.set(tr("作废"), "red")
        elif found.kind not in confirmation.FOR_SIGNATURE:
            self.state.set(tr("有效"), "green")
        elif found.signed:
            who = f"{found.signer}（{word(RELATION, found.relation)}）"
            screen = tr("屏幕签字 {who} {day}", who=who, day=found.signed_on)
            paper = tr("已签字 {who} {day}", who=who, day=found.signed_on)
            self.state.set(screen if found.signed_sha256 else paper, "green")
        else:
            self.state.set(tr("待签字"), "blue")

    def _show_newer(self, found: PaperFact) -> None:
        """A sheet that a later one replaced says so, and which that is."""
        newest = self.desk.look(confirmation.newer, found.id, beside=lambda _: True) if found.kind == "sheet" else None
        self._newest = newest.id if newest else 0
        if newest is None:
            self.newer.set("")
            return
        said = tr("这是第 {old} 版，已经有更新的第 {new} 版", old=found.version, new=newest.version)
        self.newer.set(said, tr("最新的是 {number}，请签最新的那一份。", number=newest.number))

    def _show_newest(self) -> None:
        if self._newest:
            self.show_paper(self._newest)

    def _show_printer(self) -> None:
        if self.fact is not None:
            text, tone = printing_out.printer_line(self.desk, self.fact.kind)
            self.printer.setText(text)
            self.printer.set_tone(tone)

    # doing ------------------------------------------------------------------------------------------------------------

    def print_now(self) -> None:
        """Ctrl+P: on the remembered printer."""
        self._print(ask=False)

    def choose_and_print(self) -> None:
        """Shift+F9: printer and copies first."""
        self._print(ask=True)

    def _print(self, *, ask: bool) -> None:
        if self.paper_id:
            parent = self.window()
            printing_out.print_paper(self.desk, self.paper_id, parent=parent, ask=ask, after=lambda _: self.refresh())

    def sign(self) -> None:
        """The parents signed on paper."""
        if self.fact is not None and mark_signed(self.desk, self.window(), self.paper_id):
            self.refresh()

    def sign_on_screen(self) -> None:
        """The parents sign on the screen."""
        if self.fact is not None and sign_on_screen(self.desk, self.window(), self.paper_id):
            self.refresh()

    def _attach(self) -> None:
        if self.fact is not None and attach_scan(self.desk, self.window(), self.fact):
            self.refresh()

    def _show_scans(self) -> None:
        if self.fact is not None:
            show_scans(self.desk, self.window(), self.fact)
            self.refresh()

    def _prove(self) -> None:
        if self.fact is not None:
            dialog = ProofDialog(self.desk, self.fact, self.window())
            dialog.exec()
            dialog.deleteLater()

    def _unsign(self) -> None:
        dialog = UnsignDialog(self.window())
        if dialog.exec():
            self.desk.do(confirmation.unmark, self.paper_id, dialog.reason())
            self.refresh()

    def _save(self) -> None:
        if self.fact is not None and printing_out.save_pdf(self.desk, self.fact) is not None:
            self.refresh()

    def _student(self) -> None:
        if self.fact is not None and self.fact.student_id is not None:
            self.studentAsked.emit(self.fact.student_id)


def kind_text(kind: str) -> str:
    """What a kind of paper is called."""
    return {"sheet": tr("确认单"), "receipt": tr("收据"), "opening": tr("期初核对单")}.get(kind, kind)
