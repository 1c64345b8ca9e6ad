"""Application forms for families: the paper form, the same to fill in on a screen, and the recipe for online forms."""

import subprocess
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.errors import Refused
from app.process import form_papers
from app.ui import printing_out, theme
from app.ui.desk import Desk
from app.ui.paper_preview import PaperPreview
from app.ui.printing_out import Job
from app.ui.texts import sentence, tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Hairline
from app.ui.widgets.chips import FilterChips
from app.ui.widgets.page import Page, PageTitle
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.process.form_papers import Recipe

BLANK, FILLABLE, RECIPE = "blank", "fillable", "recipe"
PRINTED_AS = "form"  # the kind of paper under which this computer remembers printer and copies


class FormsPage(Page):
    """One form at a time: what it looks like, and beside it what can be done with it.

    `paperFormRequested`: one that came back filled in is to be typed in.
    """

    paperFormRequested = Signal()
    help_key = "forms"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; `refresh` draws the form that is chosen."""
        super().__init__(parent=parent)
        self.desk = desk
        self.content = b""
        self.recipe: Recipe | None = None
        self._warm = False
        self.title = PageTitle(tr("报名表"), tr("服务、价格和学校按今天的填好"))
        self.chips = FilterChips()
        kinds = ((BLANK, tr("纸质报名表")), (FILLABLE, tr("电子报名表")), (RECIPE, tr("网上报名表配方")))
        self.chips.set_chips([(key, text, None) for key, text in kinds])
        self.chips.set_current(BLANK)
        self.chips.chosen.connect(lambda _: self.refresh())
        self.body.addWidget(self.title)
        self.body.addWidget(self.chips)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        self.preview = PaperPreview()
        row.addWidget(self.preview, 1)
        row.addWidget(self._build_side())
        self.body.addLayout(row, 1)

    def _build_side(self) -> Card:
        side = Card(padding=16, spacing=10)
        side.setFixedWidth(theme.wide(268))
        self.name = Text("", "card_title", wrap=True)
        self.about = Text("", "secondary", wrap=True)
        self.print_button = Button(tr("打印"), "primary", "Ctrl+P", "printer", tall=True, bind=False)
        self.print_button.clicked.connect(self.print_sheet)
        self.choose_button = Button(tr("选打印机、份数"), "secondary", "Shift+F9", "gear", bind=False)
        self.choose_button.clicked.connect(self.commit_with_dialog)
        self.printer = Text("", "caption", wrap=True)
        self.copy_button = Button(tr("复制文字"), "primary", "Alt+C", "copy", tall=True)
        self.copy_button.clicked.connect(self.copy_text)
        self.save_button = Button(tr("存为 PDF"), "secondary", printing_out.SAVE_KEY, "download")
        self.save_button.clicked.connect(self.save)
        self.type_button = Button(tr("录入收回的报名表"), "secondary", "Alt+R", "keyboard")
        self.type_button.clicked.connect(self.paperFormRequested)
        for widget in (
            self.name, self.about, Hairline(), self.copy_button, self.print_button, self.choose_button, self.printer,
            self.save_button, self.type_button,
        ):  # fmt: skip
            side.body.addWidget(widget)
        side.body.addStretch(1)
        return side

    # looking ----------------------------------------------------------------------------------------------------------

    def open(self, kind: str = BLANK) -> None:
        """Show one of the forms."""
        self.chips.set_current(kind)
        self.refresh()

    def refresh(self) -> None:
        """Draw the chosen form with the services, prices and schools of now."""
        kind = self.chips.current()
        if kind == RECIPE:
            self.recipe = self.desk.look(form_papers.recipe)
            self.content = self.recipe.paper if self.recipe else b""
        else:
            make = form_papers.fillable_form if kind == FILLABLE else form_papers.blank_form
            self.content = self.desk.look(make) or b""
        self.preview.set_pdf(self.content)
        self._show_texts(kind)
        printing_out.ask_names(self.desk, lambda _: self._show_printer(), self)
        if not self._warm:
            self._warm = True
            self.desk.in_background(form_papers.warm_up, lambda _: None)

    def _show_texts(self, kind: str) -> None:
        names = {
            BLANK: (tr("纸质报名表"), tr("打印出来给家长用笔填写，A4 一张两面。收回以后录入。")),
            FILLABLE: (
                tr("电子报名表"), tr("存成 PDF，发到家长的微信或邮箱。家长在手机或电脑上填好、保存，再把文件发回来。"),
            ),
            RECIPE: (
                tr("网上报名表配方"), tr("在问卷星、腾讯文档、金数据等服务里照着建表，导出的文件可以直接导入。"),
            ),
        }  # fmt: skip
        name, about = names[kind]
        self.name.setText(name)
        self.about.setText(about)
        self.copy_button.setVisible(kind == RECIPE)
        self.type_button.setVisible(kind == BLANK)
        printed = kind != FILLABLE
        for widget in (self.print_button, self.choose_button, self.printer):
            widget.setVisible(printed)
        self.print_button.set_kind("primary" if kind == BLANK else "secondary")
        self.save_button.set_kind("secondary" if printed else "primary")

    def _show_printer(self) -> None:
        text, tone = printing_out.printer_line(self.desk, PRINTED_AS)
        self.printer.setText(text)
        self.printer.set_tone(tone)

    def focus_first(self) -> None:
        """The preview has the focus: its keys turn and zoom the pages."""
        self.preview.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the status bar."""
        kind = self.chips.current()
        own = {RECIPE: [("Alt+C", tr("复制文字"))], BLANK: [("Alt+R", tr("录入收回的报名表"))]}.get(kind, [])
        printed = [("Ctrl+P", tr("打印")), ("Shift+F9", tr("选打印机、份数"))] if kind != FILLABLE else []
        return [*printed, *own, (printing_out.SAVE_KEY, tr("存为 PDF"))]

    # doing ------------------------------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Ctrl+P: on the remembered printer; without one it is asked for."""
        self._print(ask=False)

    def commit_with_dialog(self) -> None:
        """Shift+F9: printer and copies first."""
        self._print(ask=True)

    def _print(self, *, ask: bool) -> None:
        if not self.content or self.chips.current() == FILLABLE:
            return

        def told(names: tuple[str, ...]) -> None:
            if ask or self._remembered() not in names:
                printing_out.choose_printer(self.desk, PRINTED_AS, self.window(), self._send)
            else:
                self._send()

        printing_out.ask_names(self.desk, told, self)

    def _remembered(self) -> str:
        return str(self.desk.settings.printer(PRINTED_AS).get("printer", ""))

    def _send(self) -> None:
        copies = printing_out.copies_of(self.desk, PRINTED_AS)
        job = Job(self._remembered(), copies, self.name.text(), self.content)
        self.desk.in_background(lambda: printing_out.printers().send(job), lambda _: self._sent(job), self._not_sent)

    def _sent(self, job: Job) -> None:
        self.desk.message(tr("{name} {n} 份已送到 {printer}", name=job.title, n=job.copies, printer=job.printer))
        self._show_printer()

    def _not_sent(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.desk.message(sentence(error), "warning")
        elif isinstance(error, OSError | subprocess.SubprocessError):
            self.desk.message(tr("打印机没有接受，请换一台，或先存成 PDF。"), "warning")
        else:
            raise error

    def save(self) -> None:
        """Save the form as a file, for sending it or for printing it elsewhere."""
        path = self.desk.choose_save(tr("存为 PDF"), f"{self.name.text()}.pdf", "PDF (*.pdf)")
        if path is None or not self.content:
            return
        try:
            path.write_bytes(self.content)
        except OSError:
            self.desk.message(tr("没有存成：{folder} 写不进去，请换一个文件夹。", folder=str(path.parent)), "problem")
            return
        self.desk.message(tr("已存为 {name}", name=path.name))

    def copy_text(self) -> None:
        """Copy the recipe as text, for whoever builds the online form."""
        if self.recipe is not None:
            QApplication.clipboard().setText(self.recipe.text)
            self.desk.message(tr("已复制 {n} 道题，可以粘贴到微信或文档里", n=self.recipe.questions))
