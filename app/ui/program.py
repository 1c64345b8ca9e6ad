"""The windows from the start of the program to its end: one instance, sign-in, main window, lock, backup on exit.

Until the sign-in window is on screen nothing heavy is imported (speed.md): the database, keys and papers come later.
"""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.settings import Settings
from app.ui import last_resort, state, texts, theme
from app.ui.one_instance import OneInstance

_TYPE = QEvent.Type
USER_EVENTS = frozenset({_TYPE.KeyPress, _TYPE.MouseButtonPress, _TYPE.Wheel, _TYPE.MouseMove, _TYPE.TouchBegin})


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


def run(folder: Path, user: str = "", shown: Callable[[], None] | None = None) -> int:
    """Show the program on a data folder until it is closed; gives the exit code.

    `user` is offered first at the sign-in; `shown` is called once after the first window is on screen.
    """
    gc.disable()  # nothing of the start is garbage; looking for it costs the first window 5 ms
    last_resort.install()
    settings = Settings()
    if user:
        settings.set("last_user", user)
    app = make_application(sys.argv[:1], settings, first_window=True)
    program = Program(app, folder, settings)
    if not program.begin():
        return 0
    QTimer.singleShot(0, lambda: program.after_first_paint(shown))
    return app.exec()


class Program(QObject):
    """Which window is on screen: first start, sign-in, main window, lock."""

    def __init__(self, app: QApplication, folder: Path, settings: Settings) -> None:
        """`begin` shows the first window."""
        super().__init__(app)
        self.app, self.folder, self.settings = app, folder, settings
        self.window: QWidget | None = None
        self.main: QWidget | None = None
        self._instance = OneInstance(folder, self)
        self._instance.asked.connect(self._raise)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self.lock)
        self._leaving = False
        self._steps: list[Callable[[], object]] = []

    # one instance ---------------------------------------------------------------------------------------------------

    def begin(self) -> bool:
        """Take the data folder and show the first window; False when another window of it was raised instead."""
        if not self._instance.take():
            return False
        if (self.folder / "current.json").is_file():
            self.show_sign_in()
        else:
            self.show_first_start()
        return True

    def after_first_paint(self, shown: Callable[[], None] | None = None) -> None:
        """The first window is on screen: call `shown`, then read in, step by step, what comes next."""
        gc.enable()
        if shown is not None:
            shown()
        self._steps = [lambda: finish_application(self.app), self._instance.listen, *self._warm_up()]
        QTimer.singleShot(0, self, self._next_step)

    def _next_step(self) -> None:
        if self._steps:
            self._steps.pop(0)()
            QTimer.singleShot(5, self, self._next_step)

    def _warm_up(self) -> list[Callable[[], object]]:
        """Read in what comes after the password while it is being typed; in steps, so that typing is not held up."""
        modules = ("app.process.data_folder", "app.process.office", "app.ui.desk", "app.ui.main_window", "app.ui.today")
        return [
            theme.load_fallback_fonts,
            *(lambda name=name: import_module(name) for name in modules),
        ]

    def _raise(self) -> None:
        if self.window is not None:
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    # windows --------------------------------------------------------------------------------------------------------

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        window.show()
        window.activateWindow()
        if old is not None and old is not window:
            old.hide()
            if old is not self.main:
                old.deleteLater()

    def show_first_start(self) -> None:
        """The assistant of a new data folder."""
        from app.ui.first_start import FirstStart

        use_appearance(self.app, self.settings)
        assistant = FirstStart(self.folder, self.settings)
        assistant.finished.connect(self._first_start_done)
        assistant.practice_made.connect(self._to_practice)
        assistant.closed.connect(self.quit)
        self._show(assistant)

    def _to_practice(self, folder: Path) -> None:
        """Leave the empty folder for the invented centre beside it."""
        self._instance.release()
        self.folder = folder
        self._instance = OneInstance(folder, self)
        self._instance.asked.connect(self._raise)
        if not self._instance.take():
            self.quit()
            return
        self._instance.listen()
        self.settings.set("last_user", "manager")
        self.show_sign_in()

    def _first_start_done(self, login: str, password: str) -> None:
        from app.process import keys

        key = keys.unlock(self.folder, login, password)
        self._signed_in(key, login)

    def show_sign_in(self) -> None:
        """The sign-in window."""
        from app.ui.sign_in import SignIn

        use_appearance(self.app, self.settings, practice=self._practice())
        window = SignIn(self.folder, self.settings)
        window.signed_in.connect(self._signed_in)
        window.closed.connect(self.quit)
        self._show(window)

    def _practice(self) -> bool:
        import json

        try:
            return bool(json.loads((self.folder / "current.json").read_text(encoding="utf-8")).get("practice"))
        except (OSError, ValueError):
            return False

    def _signed_in(self, key: bytes, login: str, recovered: bool = False) -> None:
        from app.errors import Damaged, Refused
        from app.process import data_folder
        from app.ui.main_window import MainWindow

        try:
            actor = data_folder.open(self.folder, key, login, recovered=recovered)
        except (Damaged, Refused) as trouble:
            self._tell(trouble)
            return
        self.settings.set("last_user", login)
        if isinstance(self.main, MainWindow) and self.main.desk.actor == actor:
            self.main.setEnabled(True)
            self._show(self.main)
            self.main.desk.changed.emit()
        else:
            self._drop_main()
            self._show_main(actor)
        self._watch_idle()
        QTimer.singleShot(1200, self._warm_papers)

    def _show_main(self, actor: object, page: str = "today") -> None:
        from app.ui.desk import Desk
        from app.ui.last_resort import use_window
        from app.ui.main_window import MainWindow

        window = MainWindow(Desk(actor, self.settings))  # type: ignore[arg-type]
        window.lockAsked.connect(self.lock)
        window.closed.connect(self._main_closed)
        window.restored.connect(self._after_restore)
        window.languageChanged.connect(self._speak_anew)
        window.desk.changed.connect(self._watch_idle)
        use_window(window)
        self.main = window
        window.go(page)
        self._show(window)

    def _speak_anew(self) -> None:
        """Another language was chosen in the settings: build the main window anew, at the same page."""
        from app.ui import qt_words
        from app.ui.main_window import MainWindow

        use_appearance(self.app, self.settings, practice=self._practice())
        qt_words.use(self.app)
        old = self.main
        if isinstance(old, MainWindow):
            old.keep_place()
            self._show_main(old.desk.actor, "settings")
            old.deleteLater()

    def _warm_papers(self) -> None:
        """Read in what the first receipt needs, in idle time after the first paint (speed.md, goal 11)."""
        from app.process import data_folder, papers

        if data_folder.is_open():
            papers.warm_up()

    def _tell(self, trouble: Exception) -> None:
        show = getattr(self.window, "show_trouble", None)
        if show is not None:
            show(texts.sentence(trouble))  # type: ignore[arg-type]

    # locking --------------------------------------------------------------------------------------------------------

    def _watch_idle(self) -> None:
        """Lock after as many idle minutes as the centre wants; looked at again after every change."""
        from app.process import data_folder, office

        if not data_folder.is_open():
            return
        minutes = int(office.setting("idle_lock_minutes") or 0)
        if minutes:
            self.app.installEventFilter(self)
            self._idle.start(minutes * 60_000)
        else:
            self.app.removeEventFilter(self)
            self._idle.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever the person does puts the lock off."""
        if event.type() in USER_EVENTS and self._idle.isActive():
            self._idle.start()
        return False

    def lock(self) -> None:
        """F12 or idle: keep the work, close every connection, ask for the password."""
        from app.process import data_folder
        from app.ui.main_window import MainWindow
        from app.ui.sign_in import SignIn

        if not isinstance(self.main, MainWindow) or not data_folder.is_open() or self.main.desk.busy():
            return
        self.main.hold_work()
        for dialog in self.app.topLevelWidgets():
            if dialog.isModal() and dialog.isVisible():
                dialog.close()
        self._idle.stop()
        data_folder.lock()
        window = SignIn(self.folder, self.settings, locked_by=self.main.desk.actor.name)
        window.signed_in.connect(self._signed_in)
        window.closed.connect(self.quit)
        self._show(window)

    def _drop_main(self) -> None:
        if self.main is not None:
            main, self.main = self.main, None
            main.deleteLater()

    def _after_restore(self) -> None:
        from app.process import data_folder

        self._idle.stop()
        if data_folder.is_open():
            data_folder.close()
        self.show_sign_in()
        self._drop_main()

    # the end --------------------------------------------------------------------------------------------------------

    def _main_closed(self) -> None:
        """The main window was closed: back up if there is something new, then end."""
        from app.process import backups, data_folder

        if self._leaving or not data_folder.is_open():
            self.quit()
            return
        self._leaving = True
        self._idle.stop()
        if not backups.needed():
            self.quit()
            return
        from app.ui.leaving import Leaving

        window = Leaving()
        window.done.connect(self.quit)
        self._show(window)
        window.start()

    def quit(self) -> None:
        """Close the data folder and end."""
        if "app.process.data_folder" in sys.modules:
            from app.process import data_folder

            if data_folder.is_open():
                data_folder.close()
        self.app.quit()
