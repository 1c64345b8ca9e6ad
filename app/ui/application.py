"""The one QApplication: fonts, appearance, language, the filter for keys."""

import os
import sys

from PySide6.QtWidgets import QApplication

from app import paths
from app.settings import Settings
from app.ui import state, texts, theme


def make_application(argv: list[str], settings: Settings, *, first_window: bool = False) -> QApplication:
    """The one QApplication, with fonts, theme, language and the filter for keys.

    `first_window`: only what the first window needs; whoever shows it applies the appearance and finishes afterwards.
    """
    if sys.platform == "linux" and os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"  # the wheels of Qt bring no fcitx; its ibus door takes Chinese
        os.environ["IBUS_USE_PORTAL"] = "1"
    app = QApplication(argv)
    app.setApplicationName("Antuo")
    app.setApplicationDisplayName("安托")
    app.setQuitOnLastWindowClosed(False)
    state.use_settings(settings)
    theme.load_fonts("regular", "medium", "bold")
    if not first_window:
        use_appearance(app, settings)
        finish_application(app)
    return app


def finish_application(app: QApplication) -> None:
    """What the first window need not wait for: the filter for keys (every event passes it), Qt's own words."""
    from PySide6.QtGui import QIcon

    from app.ui import qt_words
    from app.ui.key_filter import KeyFilter

    app.installEventFilter(KeyFilter(app))
    qt_words.use(app)
    app.setWindowIcon(QIcon(str(paths.RESOURCES / "icons" / "antuo.svg")))


def use_appearance(app: QApplication, settings: Settings, *, practice: bool | None = None) -> None:
    """Language, theme and text size as this computer wants them."""
    texts.use_language(settings.text("language"))
    theme.apply(app, settings.text("theme"), int(settings.get("text_percent")), practice=practice)
