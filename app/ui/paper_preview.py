"""Looking at a paper: the very bytes that will be printed, page by page, with printing and signing beside them."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.process import confirmation, papers
from app.process.papers import PaperFact
from app.ui import printing_out, theme
from app.ui.desk import Desk
from app.ui.sign_dialog import mark_signed
from app.ui.texts import tr
from app.ui.widgets.basic import Card, Hairline, Pill, Text
from app.ui.widgets.button import Button
from app.ui.widgets.dialog import Dialog
from app.ui.words import RELATION, word

ZOOMS = (0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)  # of the width of the window


class PaperPreview(QScrollArea):
    """Pages of a PDF, as wide as the window; Ctrl and the wheel zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_pdf`."""
        super().__init__(parent)
        self._content, self._zoom, self._drawn_for = b"", 1.0, 0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit)
        self.pages: list[QLabel] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setSpacing(theme.px(14))
        self.setWidget(self._holder)
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("单据预览"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_pdf(self, content: bytes) -> None:
        """Show these bytes."""
        self._content = content
        self._draw()

    def set_zoom(self, zoom: float) -> None:
        """1 is as wide as the window."""
        self._zoom = zoom
        self._draw()

    def _draw(self) -> None:
        import pypdfium2

        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.pages = []
        if not self._content:
            return
        self._drawn_for = self.viewport().width()
        ratio = self.devicePixelRatio()
        document = pypdfium2.PdfDocument(self._content)
        try:
            for number in range(len(document)):
                page = document[number]
                width = max(200, (self._drawn_for - theme.px(32)) * self._zoom)
                bitmap = page.render(scale=width * ratio / page.get_width(), rev_byteorder=True)
                image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
                self._add(QPixmap.fromImage(image.copy()), ratio, number)
        finally:
            document.close()
        self._column.addStretch(1)

    def _add(self, pixmap: QPixmap, ratio: float, number: int) -> None:
        pixmap.setDevicePixelRatio(ratio)
        label = QLabel()
        label.setPixmap(pixmap)
        label.setAccessibleName(tr("第 {n} 页", n=number + 1))
        self.pages.append(label)
        self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            place = min(range(len(ZOOMS)), key=lambda one: abs(ZOOMS[one] - self._zoom))
            step = 1 if event.angleDelta().y() > 0 else -1
            self.set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, place + step))])
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as the window."""
        super().resizeEvent(event)
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw for the width that it has now."""
        super().showEvent(event)
        self._later.start()

    def _fit(self) -> None:
        if self._content and self.isVisible() and abs(self.viewport().width() - self._drawn_for) > 8:
            self._draw()

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(theme.px(700), theme.px(620))


class PaperWindow(Dialog):
    """A paper with what can be done with it."""

    def __init__(self, desk: Desk, paper_id: int, parent: QWidget | None = None) -> None:
        """`paper_id` names the stored paper."""
        super().__init__(parent, tr("单据"), 980)
        self.desk, self.paper_id = desk, paper_id
        self.fact: PaperFact | None = None
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        self.preview = PaperPreview()
        row.addWidget(self.preview, 1)
        row.addWidget(self._build_side())
        self.body.addLayout(row, 1)
        self.resize(theme.px(1060), theme.px(760))
        self.refresh()

    def _build_side(self) -> Card:
        side = Card(padding=16, spacing=10)
        side.setFixedWidth(theme.wide(268))
        self.number = Text("", "card_title", wrap=True)
        self.state = Pill()
        self.facts = Text("", "secondary", wrap=True)
        self.print_button = Button(tr("打印"), "primary", "Ctrl+P", "printer", tall=True)
        self.print_button.clicked.connect(lambda: self._print(ask=False))
        other = Button(tr("选打印机、份数"), "secondary", "Shift+F9", "gear")
        other.clicked.connect(lambda: self._print(ask=True))
        self.sign_button = Button(tr("家长已签字"), "secondary", icon="check-circle")
        self.sign_button.clicked.connect(self._sign)
        save = Button(tr("存为 PDF"), "quiet", icon="download")
        save.clicked.connect(self._save)
        close = Button(tr("关闭"), "quiet", "Esc", bind=False)
        close.clicked.connect(self.accept)
        self.printer = Text("", "caption", wrap=True)
        for widget in (self.number, self.state, self.facts, Hairline(), self.print_button, other, self.printer):
            side.body.addWidget(widget)
        side.body.addWidget(Hairline())
        side.body.addWidget(self.sign_button)
        side.body.addWidget(save)
        side.body.addStretch(1)
        side.body.addWidget(close)
        return side

    def refresh(self) -> None:
        """Look again: prints, signature, overlay."""
        found = self.desk.look(papers.look_up, self.paper_id)
        content = self.desk.look(papers.preview, self.paper_id)
        if found is None or content is None:
            return
        self.fact = found
        kind = tr("确认单") if found.kind == "sheet" else tr("收据")
        self.title.setText(f"{kind}　{found.number}")
        self.number.setText(tr("{number}　第 {version} 版", number=found.number, version=found.version))
        self._show_state(found)
        printed = tr("打印过 {n} 次", n=found.prints) if found.prints else tr("还没有打印")
        self.facts.setText(f"{found.made_at[:16].replace('T', ' ')}　{printed}")
        self.print_button.set_text(tr("补打第 {n} 次", n=found.prints + 1) if found.prints else tr("打印"))
        text, tone = printing_out.printer_line(self.desk, found.kind)
        self.printer.setText(text)
        self.printer.set_tone(tone)
        self.preview.set_pdf(content)

    def _show_state(self, found: PaperFact) -> None:
        self.sign_button.setVisible(found.kind == "sheet" and not found.signed)
        if found.void:
            self.state.set(tr("作废"), "red")
        elif found.kind != "sheet":
            self.state.set(tr("有效"), "green")
        elif found.signed:
            who = f"{found.signer}（{word(RELATION, found.relation)}）"
            self.state.set(tr("已签字 {who} {day}", who=who, day=found.signed_on), "green")
        else:
            self.state.set(tr("待签字"), "blue")

    def _print(self, *, ask: bool) -> None:
        printing_out.print_paper(self.desk, self.paper_id, parent=self, ask=ask, after=lambda _: self.refresh())

    def _sign(self) -> None:
        if mark_signed(self.desk, self, self.paper_id):
            self.refresh()

    def _save(self) -> None:
        content = self.desk.look(papers.to_print, self.paper_id)
        if content is not None and self.fact is not None:
            printing_out.save_pdf(self.desk, self.fact, content)


def open_paper(desk: Desk, parent: QWidget | None, paper_id: int) -> None:
    """Show a stored paper."""
    if desk.look(papers.look_up, paper_id) is not None:
        PaperWindow(desk, paper_id, parent).exec()


def open_sheet(
    desk: Desk, parent: QWidget | None, *, student_id: int | None = None, application_id: int | None = None,
) -> None:
    """Make the confirmation sheet, or take the newest when nothing changed, and show it."""
    found = desk.do(confirmation.make_sheet, student_id=student_id, application_id=application_id)
    if found is not None:
        PaperWindow(desk, found.id, parent).exec()
