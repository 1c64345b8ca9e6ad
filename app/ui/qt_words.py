"""Qt's own words (file dialogs, menus of fields, calendars) in the language of the windows."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.ui import texts


class _Gaps(QTranslator):
    """What Qt's Chinese catalogue leaves in English; asked only for words that it does not know."""

    def __init__(self) -> None:
        super().__init__()
        self._words = texts.catalogue("zh")

    def isEmpty(self) -> bool:
        return not self._words

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: N803
        """The Chinese; where there is none the English itself, for an empty text would be shown as one."""
        del context, disambiguation, n
        return self._words.get(sourceText, sourceText)


class _Installed:
    translators: list[QTranslator] = []  # noqa: RUF012 - what holds now


def use(app: QApplication) -> None:
    """Let Qt speak the language of the windows from now on."""
    for old in _Installed.translators:
        app.removeTranslator(old)
    _Installed.translators = []
    chinese = texts.language() == "zh"
    QLocale.setDefault(QLocale("zh_CN" if chinese else "en_GB"))  # months and days of calendars
    if not chinese:
        return
    qt = QTranslator()
    qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for translator in (_Gaps(), qt):  # the one installed last is asked first
        app.installTranslator(translator)
        _Installed.translators.append(translator)
