"""The windows from the start of the program to its end: one instance, sign-in, main window, lock, backup on exit.

Until the sign-in window is on screen nothing heavy is imported (speed.md): the database, keys and papers come later.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import Refused
from app.process import pointer
from app.settings import Settings
from app.ui import last_resort, texts
from app.ui.application import finish_application, make_application, use_appearance
from app.ui.idle import IdleLock
from app.ui.one_instance import OneInstance
from app.ui.texts import tr
from app.ui.warm_up import WarmUp

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

BUSY_MS = 100  # between two looks whether work in the background has ended

__all__ = ["Program", "finish_application", "make_application", "run", "use_appearance"]

def run(folder: Path, user: str = "", shown: Callable[[], None] | None = None) -> int:
    """Show the program on a data folder until it is closed; gives the exit code.

    `user` is offered first at the sign-in; `shown` is called once after the first window is on screen.
    Raises Refused when the folder cannot be had, after a box has said why.
    """
    gc.disable()  # nothing of the start is garbage; looking for it costs the first window 5 ms
    last_resort.install()
    settings = Settings()
    if user:
        settings.set("last_user", user)
    app = make_application(sys.argv[:1], settings, first_window=True)
    program = Program(app, folder, settings)
    try:
        if not program.begin():
            return 0
    except Refused as refused:
        program.tell_why_not(refused)
        raise
    QTimer.singleShot(0, lambda: program.after_first_paint(shown))
    return app.exec()


class Program(QObject):
    """Which window is on screen: first start, sign-in, main window, lock."""

    def __init__(self, app: QApplication, folder: Path, settings: Settings) -> None:
        """`begin` shows the first window."""
        super().__init__(app)
        self.app, self.folder, self.settings = app, folder, settings
        self.window: QWidget | None = None
        self.main: MainWindow | None = None
        self._instance = OneInstance(folder, self)
        self._instance.asked.connect(self._raise)
        self._idle = IdleLock(app, self)
        self._idle.timeout.connect(self.lock)
        self._set_aside: dict[int, MainWindow] = {}  # by user: what others left open when the screen was locked
        self._leaving = False
        self._warming = WarmUp(self)

    # one instance ---------------------------------------------------------------------------------------------------

    def begin(self) -> bool:
        """Take the data folder and show the first window; False when another window of it was raised instead.

        Raises Refused folder_not_writable, folder_busy.
        """
        if not self._instance.take():
            return False
        pointer.mend(self.folder)
        if pointer.exists(self.folder) or any(pointer.generations(self.folder)):
            self.show_sign_in()  # also to damaged data: they are never taken for an empty place
        else:
            self.show_first_start()
        return True

    def tell_why_not(self, refused: Refused) -> None:
        """A box that says why the data folder cannot be opened; nothing else of the program is on screen."""
        from app.ui.widgets.dialog import ask
        from app.ui.widgets.verb import Verb

        use_appearance(self.app, self.settings)
        ask(None, tr("没有打开数据文件夹"), texts.sentence(refused), [Verb("close", tr("关闭"), "primary")])

    def after_first_paint(self, shown: Callable[[], None] | None = None) -> None:
        """The first window is on screen: call `shown`, then read in, step by step, what comes next."""
        gc.enable()
        if shown is not None:
            shown()
        self._warming.begin([lambda: finish_application(self.app), self._instance.listen])

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
        from app.ui.first_start.assistant import FirstStart

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
        try:
            taken = self._instance.take()
        except Refused as refused:
            self.tell_why_not(refused)
            taken = False
        if not taken:
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

        use_appearance(self.app, self.settings, practice=pointer.is_practice(self.folder))
        window = SignIn(self.folder, self.settings)
        window.signed_in.connect(self._signed_in)
        window.closed.connect(self.quit)
        self._show(window)

    def _signed_in(self, key: bytes, login: str, recovered: bool = False) -> None:
        from app.errors import Damaged
        from app.process import data_folder

        try:
            actor = data_folder.open(self.folder, key, login, recovered=recovered)
        except (Damaged, Refused) as trouble:
            self._tell(trouble)
            return
        self.settings.set("last_user", login)
        self._put_aside()
        kept = self._set_aside.pop(actor.user_id, None)
        if kept is not None and kept.desk.actor == actor:
            self._take_up(kept)
        else:
            self._show_main(actor)
        self._idle.watch()
        self._warming.papers_soon()

    def _put_aside(self) -> None:
        """Whoever unlocks the screen finds the own work; that of the others waits as they left it."""
        if self.main is not None:
            self._set_aside[self.main.desk.actor.user_id] = self.main
        self.main = None

    def _take_up(self, kept: "MainWindow") -> None:
        last_resort.use_window(kept)
        self.main = kept
        self._show(kept)
        kept.desk.changed.emit()
        kept.focus_page()

    def _show_main(self, actor: object, page: str = "today") -> None:
        from app.ui.desk import Desk
        from app.ui.main_window import MainWindow

        window = MainWindow(Desk(actor, self.settings))  # type: ignore[arg-type]
        window.lockAsked.connect(self.lock)
        window.closed.connect(self._main_closed)
        window.restored.connect(self._after_restore)
        window.languageChanged.connect(self._speak_anew)
        window.desk.changed.connect(self._idle.watch)
        last_resort.use_window(window)
        self.main = window
        self.app.installEventFilter(self)  # not sooner: what sees every event costs the first window 25 ms
        window.go(page)
        self._show(window)

    def _speak_anew(self) -> None:
        """Another language was chosen in the settings: build the main window anew, at the same page."""
        from app.ui import qt_words

        use_appearance(self.app, self.settings, practice=pointer.is_practice(self.folder))
        qt_words.use(self.app)
        old = self.main
        if old is not None:
            old.keep_place()
            self._forget_aside()
            self._show_main(old.desk.actor, "settings")
            old.deleteLater()

    def _tell(self, trouble: Exception) -> None:
        show = getattr(self.window, "show_trouble", None)
        if show is not None:
            show(texts.sentence(trouble))  # type: ignore[arg-type]

    # locking --------------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """F12 or idle: keep the work, close every connection, ask for the password."""
        from app.process import data_folder
        from app.ui.sign_in import SignIn

        if self.main is None or not data_folder.is_open():
            return
        if self.main.desk.busy():
            self.main.desk.message(tr("后台的工作一完成就锁定"), "info")
            QTimer.singleShot(BUSY_MS, self, self._lock_when_done)
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

    def _lock_when_done(self) -> None:
        """Work in the background needs the data: lock as soon as it has ended."""
        main = self.main
        if main is None or main is not self.window:
            return
        if main.desk.busy():
            QTimer.singleShot(BUSY_MS, self, self._lock_when_done)
        else:
            self.lock()

    def _forget_aside(self) -> None:
        for window in self._set_aside.values():
            window.deleteLater()
        self._set_aside.clear()

    def _after_restore(self) -> None:
        from app.process import data_folder

        self._idle.stop()
        if data_folder.is_open():
            data_folder.close()
        main, self.main = self.main, None
        self.show_sign_in()
        self._forget_aside()
        if main is not None:
            main.deleteLater()

    # the end --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The system asks the program to end: the main window closes first, with its backup."""
        asked = event.type() == QEvent.Type.Quit and watched is self.app and not self._leaving
        if asked and self.main is not None and self.main.isVisible():
            self.main.close()
            return True
        return False

    def _main_closed(self) -> None:
        """The main window was closed: stop what is under way, back up if there is something new, then end."""
        from app.process import data_folder

        if self._leaving or self.main is None or not data_folder.is_open():
            self.quit()
            return
        from app.ui.leaving import Ending

        self._leaving = True
        self._idle.stop()
        ending = Ending(self.main.desk, self)
        ending.shown.connect(self._show)
        ending.done.connect(self.quit)
        ending.begin()

    def quit(self) -> None:
        """Close the data folder and end."""
        self._leaving = True
        if "app.process.data_folder" in sys.modules:
            from app.process import data_folder

            if data_folder.is_open():
                data_folder.close()
        self.app.quit()
