"""The last resort: what happens when the program itself is at fault.

Whatever nobody caught ends here: the unit of work has rolled back already, the person is told in plain words what that
means, and a report for technical support is kept beside the settings. It holds types of errors, places in the program
and versions: never the text of an error, which often carries a name that was typed.
"""

import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

FOLDER = "reports"
KEPT = 20
_SEVERE = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "critical", QtMsgType.QtFatalMsg: "fatal"}


class _Caught(QObject):
    """Carries a fault from whatever thread to the thread of the windows."""

    happened = Signal(object)


class _Current:
    """What is installed: the carrier, the window to stand over, and whether a fault is on screen already."""

    carrier: _Caught | None = None
    window: QWidget | None = None
    showing = False


def install() -> None:
    """Catch what nobody catches, in every thread, and Qt's own complaints. Called once, at the start."""
    carrier = _Caught()
    carrier.happened.connect(show, Qt.ConnectionType.QueuedConnection)
    _Current.carrier = carrier
    sys.excepthook = _hook
    threading.excepthook = lambda args: _tell(args.exc_value)
    qInstallMessageHandler(qt_said)


def use_window(window: QWidget | None) -> None:
    """Stand over this window from now on."""
    _Current.window = window


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        app = QApplication.instance()
        if app is not None:
            app.quit()
        return
    _tell(error)


def _tell(error: BaseException | None) -> None:
    if error is None or isinstance(error, SystemExit):
        return
    keep(error)
    if _Current.carrier is not None:
        _Current.carrier.happened.emit(error)


# the report ---------------------------------------------------------------------------------------------------------


def report(error: BaseException) -> str:
    """What technical support needs: versions, and of every error in the chain its type and its places. Nothing else."""
    import platform  # nothing of this is needed before something went wrong

    import PySide6

    from app.log_file import PlainFormatter
    from app.process import clock

    lines = [
        f"Antuo {_version()}　{clock.stamp()}",
        f"Python {platform.python_version()}　PySide6 {PySide6.__version__}　Qt {PySide6.QtCore.qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}　schema {_schema()}",
        PlainFormatter().formatException((type(error), error, error.__traceback__)),
    ]
    return "\n".join(lines)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("antuo")
    except PackageNotFoundError:
        return "from source"


def _schema() -> str:
    module = sys.modules.get("app.process.data_folder")  # never read in just to fill the report
    return str(module.schema()) if module is not None else "not open"


def keep(error: BaseException) -> Path | None:
    """Write the report beside the settings and into the log; None where nothing can be written."""
    from app.log_file import LOGGER  # as above
    from app.process import clock
    from app.ui import state

    LOGGER.error("fault", exc_info=(type(error), error, error.__traceback__))
    folder = state.settings().path.parent / FOLDER
    path = folder / f"{clock.now():%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report(error) + "\n", encoding="utf-8")
        for old in sorted(folder.glob("*.txt"))[:-KEPT]:
            old.unlink()
    except OSError:
        return None
    return path


def qt_said(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    """Put Qt's complaints into the log, without what stands in quotes or what is no plain letter (names of files)."""
    word = _SEVERE.get(kind)
    if word is None:
        return
    import os  # as above
    import re

    from app.log_file import LOGGER

    plain = re.sub(r'"[^"]*"|\'[^\']*\'|[^\x20-\x7e]+|(?:/|[A-Za-z]:\\)\S+', "…", text or "")
    LOGGER.warning("Qt %s: %s", word, plain[:200])
    if kind == QtMsgType.QtFatalMsg:
        os.abort()


# the window ---------------------------------------------------------------------------------------------------------


def show(error: BaseException) -> None:
    """Show the window for a fault, unless one is on screen already; then end the program if that was chosen."""
    from app.ui.last_resort_window import QUIT, LastResort  # as above

    if _Current.showing:
        return
    _Current.showing = True
    try:
        window = LastResort(report(error), QApplication.activeModalWidget() or _visible(_Current.window))
        if window.exec() == QUIT:
            QApplication.closeAllWindows()
            QApplication.quit()
    finally:
        _Current.showing = False


def _visible(window: QWidget | None) -> QWidget | None:
    try:
        return window if window is not None and window.isVisible() else None
    except RuntimeError:  # it was closed meanwhile
        return None
