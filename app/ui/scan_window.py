"""Looking at the scans of a paper, page by page; one that was attached to the wrong sheet is taken off."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.errors import Damaged, Refused
from app.process import scans
from app.process.papers import PaperFact
from app.ui import theme
from app.ui.desk import Desk
from app.ui.scan_dialog import ScanView
from app.ui.texts import sentence, tr
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.notice import Strip
from app.ui.widgets.reason_dialog import ReasonDialog
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb

if TYPE_CHECKING:
    from app.process.scans import Scan


class ScanWindow(Dialog):
    """A PDF is drawn in a child process, so its pages come a moment later."""

    def __init__(self, desk: Desk, fact: PaperFact, parent: QWidget | None = None) -> None:
        """`fact` is the paper whose scans are shown."""
        super().__init__(parent, tr("扫描件　{number}", number=fact.number), 720)
        self.desk, self.fact = desk, fact
        self.scans: tuple[Scan, ...] = ()
        self.at, self.page = 0, 0
        self._pages: tuple[bytes, ...] = ()
        self.facts = Text("", "secondary", wrap=True)
        self.strip = Strip("amber")
        self.view = ScanView()
        self.body.addWidget(self.facts)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.view, 1)
        self.pressed.connect(self._pressed)
        room = parent.window().size() if parent is not None else None
        wide, high = theme.px(760), theme.px(820)
        self.resize(min(wide, room.width() - 32) if room else wide, min(high, room.height() - 16) if room else high)
        self.refresh()

    def refresh(self) -> None:
        """Look again, and show the scan at the same place."""
        self.scans = self.desk.look(scans.of, self.fact.id) or ()
        self.at = min(self.at, max(0, len(self.scans) - 1))
        self._show_scan()

    def _show_scan(self) -> None:
        self._pages, self.page = (), 0
        self.strip.set("")
        content = self.desk.look(scans.content, self.scans[self.at].id, beside=self._say) if self.scans else None
        if content is not None:
            number = self.scans[self.at].id
            self.desk.in_background(
                lambda: scans.pages(content), lambda pages: self._ready(number, pages), self._failed,
            )  # fmt: skip
        self._show_page()

    def _ready(self, number: int, pages: tuple[bytes, ...]) -> None:
        if self.scans and self.scans[self.at].id == number:
            self._pages = pages
            self._show_page()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refused | Damaged):
            raise error
        self.strip.set(sentence(error))

    def _say(self, refused: Refused) -> bool:
        self.strip.set(sentence(refused))
        return True

    def _show_page(self) -> None:
        picture = QImage.fromData(QByteArray(self._pages[self.page])) if self._pages else QImage()
        self.view.set_image(picture)
        self.facts.setText(self._facts())
        verbs = [Verb("cancel", tr("关闭"), shortcut="Esc")]
        if self.scans and self.desk.may("sign"):
            verbs.append(Verb("off", tr("取下这个扫描件"), "quiet"))
        if self._place() > 0:
            verbs.append(Verb("before", tr("上一页"), "secondary", "PgUp"))
        if self.page + 1 < len(self._pages) or self.at + 1 < len(self.scans):
            verbs.append(Verb("after", tr("下一页"), "primary", "PgDown"))
        self.set_verbs(verbs)

    def _place(self) -> int:
        return self.at + self.page

    def _facts(self) -> str:
        if not self.scans:
            return tr("没有扫描件了。")
        scan = self.scans[self.at]
        which = tr("第 {n} 个，共 {count} 个", n=self.at + 1, count=len(self.scans))
        page = tr("第 {n} 页，共 {count} 页", n=self.page + 1, count=len(self._pages)) if len(self._pages) > 1 else ""
        size = f"{max(1, round(scan.size / 1000))} KB"
        at = scan.added_at[:16].replace("T", " ")
        return "　".join(filter(None, (which, page, "PDF" if scan.kind == "pdf" else "JPEG", size, at, scan.added_by)))

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
        elif key == "off":
            self._take_off()
        else:
            self._step(1 if key == "after" else -1)

    def _step(self, step: int) -> None:
        if 0 <= self.page + step < len(self._pages):
            self.page += step
            self._show_page()
        elif 0 <= self.at + step < len(self.scans):
            self.at += step
            self._show_scan()

    def _take_off(self) -> None:
        reasons = (tr("附错了孩子"), tr("看不清，重新扫描"), tr("附重了"))
        verb = Verb("done", tr("取下"), "danger", "F9")
        dialog = ReasonDialog(
            self, tr("取下这个扫描件"), reasons, remember="take_off_scan", missing=tr("请写原因，它会留在操作日志里"),
            verb=verb,
        )  # fmt: skip
        if dialog.exec():
            self.desk.do(scans.take_off, self.scans[self.at].id, dialog.reason())
            self.refresh()


def show_scans(desk: Desk, parent: QWidget | None, fact: PaperFact) -> None:
    """Show the scans of a paper."""
    window = ScanWindow(desk, fact, parent)
    window.exec()
    window.deleteLater()
