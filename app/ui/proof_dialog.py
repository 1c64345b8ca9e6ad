"""Whether a paper is what was handed out: its bytes against the log, and a file that somebody brings against them."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import Refused
from app.process import proof
from app.process.papers import PaperFact
from app.process.proof import Compared, Proof
from app.ui import theme
from app.ui.desk import Desk
from app.ui.dropped import DropDialog
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.notice import Strip
from app.ui.widgets.text import Text
from app.ui.widgets.verb import Verb


class ProofDialog(DropDialog):
    """Verifies at once; a file is chosen, or dropped on the window."""

    def __init__(self, desk: Desk, fact: PaperFact, parent: QWidget | None = None) -> None:
        """`fact` is the paper."""
        super().__init__(parent, tr("核对原件　{number}", number=fact.number), 620)
        self.desk, self.fact = desk, fact
        self.proved = Strip("green", icon="shield-check")
        self.body.addWidget(self.proved)
        self.body.addWidget(Text("SHA-256", "label"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.digest = Text(grouped(fact.newest_sha256), "secondary", wrap=True)
        self.digest.setAccessibleName(fact.newest_sha256)
        row.addWidget(self.digest, 1)
        self.copy_button = Button(tr("复制"), "secondary", icon="copy", small=True)
        self.copy_button.clicked.connect(self._copy)
        row.addWidget(self.copy_button)
        self.body.addLayout(row)
        self.body.addWidget(Text(tr("比对别人带来的文件"), "block_title"))
        how = tr("选一个 PDF，或把文件拖到这个窗口上：逐字节和存档的原件比对，不打开文件。")
        self.body.addWidget(Text(how, "secondary", wrap=True))
        self.compared = Strip("green")
        self.body.addWidget(self.compared)
        choose = Verb("choose", tr("选文件比对"), "primary", "Ctrl+O")
        self.set_verbs([Verb("cancel", tr("关闭"), shortcut="Esc"), choose])
        self.pressed.connect(self._pressed)
        self.verify()

    def verify(self) -> None:
        """Compute the hash anew and say what came of it."""
        found = self.desk.look(proof.verify, self.fact.id)
        if found is None:
            self.proved.set("")
            return
        self.proved.set_kind("red" if found.trouble else "green")
        self.proved.set(*proof_words(found, self.fact.number))

    def take_file(self, path: Path) -> None:
        """Compare a file with the paper."""
        try:
            content = path.read_bytes() if path.stat().st_size <= proof.LARGEST else bytes(proof.LARGEST + 1)
        except OSError:
            self._say_compared("red", sentence(Refused("file_not_found", name=path.name)))
            return
        found = self.desk.look(proof.compare, self.fact.id, content, beside=self._beside)
        if found is not None:
            kind, text, detail = compared_words(found, path.name)
            self._say_compared(kind, text, detail)

    def _beside(self, refused: Refused) -> bool:
        self._say_compared("amber", sentence(refused))
        return True

    def _say_compared(self, kind: str, text: str, detail: str = "") -> None:
        self.compared.set_kind(kind)
        self.compared.set(text, detail)

    def _pressed(self, key: str) -> None:
        if key == "cancel":
            self.reject()
            return
        path = self.desk.choose_file(tr("选一个要比对的文件"), "PDF (*.pdf)")
        if path is not None:
            self.take_file(path)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.fact.newest_sha256)
        self.copy_button.set_text(tr("已复制"))


def grouped(digest: str) -> str:
    """64 hex digits in groups of eight, for the eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def proof_words(found: Proof, number: str) -> tuple[str, str]:
    """What `verify` found, in words."""
    if found.trouble:
        return sentence(Refused(found.trouble, number=number)), ""
    since = found.since[:16].replace("T", " ")
    if not found.entries:
        told = tr("和单据表一致。它是旧版程序生成的，操作日志里没有记摘要。")
    else:
        told = tr("存档的字节、单据表和操作日志的 {n} 条记录三处一致。", n=found.entries)
    return tr("自 {since} 以来没有变过", since=since), told


def compared_words(found: Compared, name: str) -> tuple[str, str, str]:
    """Kind of strip, and what `compare` found, in words."""
    detail = f"{name}　SHA-256 {found.sha256[:16]}…"
    return {
        proof.SAME: ("green", tr("逐字节相同，就是这份原件"), detail),
        proof.UNSIGNED: ("green", tr("和签字以前的原件逐字节相同"), detail),
        proof.SAVED: (
            "green", tr("是本程序 {at} 存出的电子版，内容没有变过", at=found.at[:16].replace("T", " ")), detail,
        ),
        proof.ADDED: ("red", tr("原件后面被加了别的内容，不能当作原件"), detail),
        proof.OTHER: ("red", tr("不是这份原件，或被改动过"), detail),
    }[found.kind]  # fmt: skip
