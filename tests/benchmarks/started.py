"""A process of its own that starts the program, or a bare window beside it, and says what it reached.

`python -m tests.benchmarks.started bare | program | list`; the first line is printed when the window has
been painted, the second (JSON) holds what was measured inside.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

_IDLE = 3.0  # seconds until everything that is read in afterwards is there


def resident_mb() -> float:
    """Resident memory of this process; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def bare() -> None:
    """The floor: an application and one window, painted."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    _say("shown")
    _say(json.dumps({"resident": resident_mb()}))


def program() -> None:
    """The program until the sign-in window is on screen, by its own way in, on the default data folder."""
    from app import command_line

    def shown() -> None:
        _say("shown")
        _say(json.dumps({"resident": resident_mb()}))
        from PySide6.QtWidgets import QApplication

        QApplication.exit()

    command_line._begin_log = shown
    command_line.main([])


def until_list() -> None:
    """Sign in and go to the student list; then wait idle."""
    from app import command_line

    walk = _Walk()
    command_line._begin_log = walk.begin
    command_line.main([])


class _Walk:
    """The steps after the sign-in window is on screen, each begun by a timer."""

    def begin(self) -> None:
        """Wait until what is read in while a password is typed is there, then type it."""
        from PySide6.QtCore import QTimer

        _say("shown")
        self.found: dict[str, float] = {}
        QTimer.singleShot(1500, self.sign_in)

    def sign_in(self) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from app.ui.sign_in import SignIn

        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SignIn))
        window.form.user.set_value("manager")
        window.form.password.set_value("practice")
        self.began = perf_counter()
        window.form.submit()
        self.timer = QTimer(interval=1)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        from PySide6.QtWidgets import QApplication

        from app.ui.main_window import MainWindow

        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
        if not windows:
            return
        self.timer.stop()
        QApplication.processEvents()
        self.found["first_page"] = (perf_counter() - self.began) * 1000
        windows[0].go("students")
        QApplication.processEvents()
        windows[0].grab()  # every cell painted, also without a screen
        self.found["list"] = (perf_counter() - self.began) * 1000
        self.wait()

    def wait(self) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        def end() -> None:
            self.found["resident"] = resident_mb()
            _say(json.dumps(self.found))
            from app.process import data_folder

            data_folder.close()
            QApplication.exit()

        QTimer.singleShot(int(_IDLE * 1000), end)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    {"bare": bare, "program": program, "list": until_list}[sys.argv[1]]()
