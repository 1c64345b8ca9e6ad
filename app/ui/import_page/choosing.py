"""The beginning: choose a file or a folder, or drop it anywhere on the page."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.desk import Desk
from app.ui.texts import tr
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.text import Text

TABLES = "*.xlsx *.xlsm *.xls *.csv *.tsv *.txt"


class Choosing(Card):
    """`chosen(paths)`: a table, filled forms, or a folder of them."""

    chosen = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Two ways by button; the page takes what is dropped."""
        super().__init__(padding=28, spacing=10, parent=parent)
        self.desk = desk
        middle = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(2)
        self.body.addWidget(IconLabel("upload", "primary", 44), 0, middle)
        for words, role in (
            (tr("选报名平台导出的表格，或家长填好发回的电子报名表"), "card_title"),
            (tr("也可以把文件或文件夹拖到这里。Excel（.xlsx）和 .csv 都行，PDF 可以一次选很多份。"), "secondary"),
            (tr("先看再导入：导入以前什么都不会写进去。"), "secondary"),
        ):
            line = Text(words, role, wrap=True)
            line.setAlignment(middle)
            self.body.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.file_button = Button(tr("选文件"), "primary", "Alt+O", "files", tall=True)
        self.folder_button = Button(tr("选一个文件夹的电子报名表"), "secondary", "Alt+D", "folder-open", tall=True)
        self.file_button.clicked.connect(self.choose_files)
        self.folder_button.clicked.connect(self.choose_folder)
        row.addStretch(1)
        row.addWidget(self.file_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        self.body.addSpacing(theme.px(8))
        self.body.addLayout(row)
        self.body.addStretch(3)

    def choose_files(self) -> None:
        """Choose one table, or one or more filled forms."""
        from PySide6.QtWidgets import QFileDialog

        pattern = f"{tr('报名表')} ({TABLES} *.pdf)"
        folder = str(self.desk.save_folder())
        found, _ = QFileDialog.getOpenFileNames(self.window(), tr("选要导入的文件"), folder, pattern)
        if found:
            self.chosen.emit([Path(one) for one in found])

    def choose_folder(self) -> None:
        """Choose a folder of filled forms."""
        folder = self.desk.choose_folder(tr("选放着电子报名表的文件夹"), str(self.desk.save_folder()))
        if folder is not None:
            self.chosen.emit([folder])
