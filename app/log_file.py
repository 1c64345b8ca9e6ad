"""The log file of this computer: starts, ends and faults, for technical support. Nothing personal can get into it.

Of a fault only the types of the exceptions and the places in the program are written: their texts often carry the value
that was typed (reliability.md, finding 12).
"""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from app import paths

LOGGER = logging.getLogger("app")
_LARGEST = 200_000  # bytes; one older file is kept beside it


class PlainFormatter(logging.Formatter):
    """Writes type and place of an exception, never its text."""

    def formatException(  # noqa: N802 - logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:  # fmt: skip
        """The chain of exceptions, outermost first, each with the places in our own code."""
        found, lines = ei[1], []
        while found is not None:
            lines.append(f"  {type(found).__name__} at {' < '.join(_places(found)) or 'unknown place'}")
            found = found.__cause__ or found.__context__
        return "\n".join(lines)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(paths.PROGRAM / "app")]
    return [f"{Path(one.filename).relative_to(paths.PROGRAM).as_posix()}:{one.lineno}" for one in reversed(own)]


def open_log(path: Path | None = None) -> None:
    """Begin to write to the log file; a place that cannot be written to costs only the log."""
    path = path or paths.log_file()
    close_log()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LARGEST, backupCount=1, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(PlainFormatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def close_log() -> None:
    """Stop writing."""
    for handler in list(LOGGER.handlers):
        LOGGER.removeHandler(handler)
        handler.close()
