"""The one object that every page receives: who sits here, asking `process`, and telling the person what came of it."""

import inspect
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import Damaged, Refused
from app.settings import Settings
from app.ui.texts import sentence, tr

if TYPE_CHECKING:
    from app.process.office import Actor
    from app.ui.widgets.verb import Verb

Result = TypeVar("Result")
KINDS = ("ok", "info", "warning", "problem")


class Cancelled(Exception):  # noqa: N818 - wanted by the person, not an error
    """The person stopped the work; raised inside it by `progress`."""


@dataclass(frozen=True)
class Message:
    """A short message over the window; `undo` (with the words `verb`) is offered on it when there is one."""

    text: str
    kind: str = "ok"
    undo: Callable[[], object] | None = None
    verb: str = ""


class Task(QObject):
    """Work in a thread of its own; its results arrive on the thread of the windows, unless the owner is gone.

    It has no parent, or it would be deleted with a window while its thread sends from it. It stays till the end.
    """

    progressed = Signal(int, int)
    _done = Signal(object)
    _failed = Signal(object)
    _over = Signal(bool, object)  # sent by the thread: whether it went well, and the result or the error

    def __init__(self, work: Callable[..., Any], owner: QObject | None = None) -> None:
        """Prepare `work`; it may take one argument, `progress(done, total)`. Nobody is told once `owner` is deleted."""
        super().__init__()
        self._work = work
        self._stop = threading.Event()
        self._alone = False
        self._over.connect(self._deliver)
        if owner is not None:
            owner.destroyed.connect(self._leave)

    def start(self) -> None:
        """Begin."""
        _under_way.add(self)
        threading.Thread(target=self._run, daemon=True).start()

    def cancel(self) -> None:
        """Ask the work to stop at its next `progress`."""
        self._stop.set()

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is; raises Cancelled when the person stopped it. Called by the work."""
        if self._stop.is_set() or not _tell(self.progressed, done, total):
            raise Cancelled

    def _run(self) -> None:
        try:
            result = self._work(self.progress) if _takes_progress(self._work) else self._work()
        except BaseException as error:  # noqa: BLE001 - goes on on the thread of the windows
            _tell(self._over, False, error)
        else:
            _tell(self._over, True, result)

    def _deliver(self, well: bool, value: object) -> None:
        _under_way.discard(self)
        if not self._alone:
            (self._done if well else self._failed).emit(value)

    def _leave(self) -> None:
        self._alone = True
        self.cancel()


_under_way: set[Task] = set()  # nothing else may hold one


def _tell(signal: SignalInstance, *values: object) -> bool:
    """Send `values` to the thread of the windows; false when the program has ended meanwhile."""
    try:
        signal.emit(*values)
    except RuntimeError:  # the signal's source has been deleted
        return False
    return True


def _takes_progress(work: Callable[..., Any]) -> bool:
    try:
        return "progress" in inspect.signature(work).parameters or any(
            one.kind is one.POSITIONAL_ONLY or (one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty)
            for one in inspect.signature(work).parameters.values()
        )
    except (TypeError, ValueError):
        return False


class Desk(QObject):
    """The actor, `do` and `look`, work in the background, messages, and the one signal `changed`."""

    changed = Signal()
    messaged = Signal(str, str)
    offered = Signal(object)  # the same as a Message, with its verb

    def __init__(self, actor: "Actor", settings: Settings | None = None, window: QWidget | None = None) -> None:
        """`window` is what dialogs open over; it may come later."""
        super().__init__()
        self.actor = actor
        self.settings = settings if settings is not None else Settings()
        self.window = window
        self.done_well = False
        self._tasks: set[Task] = set()

    def do(
        self,
        function: Callable[..., Result],
        *args: object,
        beside: Callable[[Refused], object] | None = None,
        **kwargs: object,
    ) -> Result | None:
        """Ask `process` to do something; everything that shows data looks again afterwards.

        None when it was refused: the sentence is shown, unless `beside(refused)` returns True because it stands beside
        the field now.
        """
        result = self._ask(function, args, kwargs, beside)
        if self.done_well:
            self.changed.emit()
        return result

    def look(
        self,
        function: Callable[..., Result],
        *args: object,
        beside: Callable[[Refused], object] | None = None,
        **kwargs: object,
    ) -> Result | None:
        """Ask `process` for something to show; nothing changes."""
        return self._ask(function, args, kwargs, beside)

    def may(self, *rights: str) -> bool:
        """Whether the person holds one of these rights today. What one may not do is not offered; `process` refuses."""
        from app.process.office import rights_of  # only when it is needed

        return bool(rights_of(self.actor) & set(rights))

    def _ask(
        self,
        function: Callable[..., Result],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        beside: Callable[[Refused], object] | None,
    ) -> Result | None:
        self.done_well = False
        try:
            result = function(self.actor, *args, **kwargs)
        except Refused as refused:
            if not (beside and beside(refused)):
                self.message(sentence(refused), "warning")
            return None
        except Damaged as damaged:
            self.message(sentence(damaged), "problem")
            return None
        self.done_well = True
        return result

    def in_background(
        self,
        work: Callable[..., Result],
        done: Callable[[Result], object],
        failed: Callable[[BaseException], object] | None = None,
        on_progress: Callable[[int, int], object] | None = None,
    ) -> Task:
        """Run `work` in a thread; `done(result)` or `failed(error)` comes on the thread of the windows.

        Without `failed` a refusal is shown, a stop by the person is silent, and a bug goes to the last-resort window.
        """
        task = Task(work)
        self._tasks.add(task)
        task._done.connect(lambda result: self._end(task, done, result))  # noqa: SLF001 - one unit with Task
        task._failed.connect(lambda error: self._end(task, failed or self.tell, error))  # noqa: SLF001
        if on_progress is not None:
            task.progressed.connect(on_progress)
        task.start()
        return task

    def _end(self, task: Task, then: Callable[[Any], object], value: object) -> None:
        self._tasks.discard(task)
        then(value)

    def tell(self, error: BaseException) -> None:
        """Show why work in the background ended: a refusal or damage as a message, a stop not at all, a bug raised."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, Refused | Damaged):
            self.message(sentence(error), "warning" if isinstance(error, Refused) else "problem")
            return
        raise error

    def stop(self) -> None:
        """Ask all work in the background to stop: the window is closing."""
        for task in self._tasks:
            task.cancel()

    def busy(self) -> bool:
        """Whether work in the background is under way."""
        return bool(self._tasks)

    def message(
        self, text: str, kind: str = "ok", undo: Callable[[], object] | None = None, verb: str = "",
    ) -> None:
        """Show a short message in the window; `kind` is ok, info, warning or problem."""
        self.messaged.emit(text, kind)
        self.offered.emit(Message(text, kind, undo, verb or (tr("撤销") if undo else "")))

    def ask(self, title: str, text: str, verbs: "Sequence[Verb]") -> str:
        """Ask with named verbs; gives the key of the one that was chosen, `""` for Esc."""
        from app.ui.widgets.dialog import ask  # windows only when they are needed

        return ask(self._over(), title, text, verbs)

    def choose_file(self, title: str, pattern: str = "", folder: str = "") -> Path | None:
        """Let the person choose a file to open; None when nothing was chosen. `pattern` as Qt has it."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(self._over(), title, folder, pattern)
        return Path(chosen) if chosen else None

    def choose_save(self, title: str, name: str, pattern: str = "") -> Path | None:
        """Let the person choose where to save a file, `name` proposed; None when nothing was chosen.

        It begins in the folder that was chosen last on this computer, or among the person's documents.
        """
        from PySide6.QtWidgets import QFileDialog

        place = str(self.save_folder() / name)
        chosen, _ = QFileDialog.getSaveFileName(self._over(), title, place, pattern)
        if not chosen:
            return None
        self.settings.set("save_folder", str(Path(chosen).parent))
        return Path(chosen)

    def save_folder(self) -> Path:
        """Where files are saved: the folder of the last one while it is there, else the documents, else the home."""
        from PySide6.QtCore import QStandardPaths

        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        for one in (self.settings.text("save_folder"), documents):
            if one and Path(one).is_dir():
                return Path(one)
        return Path.home()

    def choose_folder(self, title: str, folder: str = "") -> Path | None:
        """Let the person choose a folder; None when nothing was chosen."""
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self._over(), title, folder)
        return Path(chosen) if chosen else None

    def _over(self) -> QWidget | None:
        return QApplication.activeModalWidget() or self.window
