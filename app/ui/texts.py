"""Words on the screen: Chinese stands in the code, English comes from the compiled catalogue; formats; refusals.

`tr` looks a Chinese text up in the catalogue of the current language and fills its gaps. The catalogue is read here,
not by the gettext module, whose import the first window would have to pay for.
"""

import struct
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from app import paths

MINUS: Final = "\u2212"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Told(Protocol):
    """What has a sentence: a refusal, a damaged file, a problem of a form, a finding of a check."""

    @property
    def code(self) -> str:
        """Names the sentence."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Fill its gaps."""


class _Current:
    language = "zh"
    catalogue: dict[str, str] = {}  # noqa: RUF012 - the state of the module


def use_language(language: str) -> None:
    """Speak `zh` or `en` from now on; `system` asks the system. Windows that are open keep their words."""
    chosen = system_language() if language not in {"zh", "en"} else language
    _Current.language = chosen
    _Current.catalogue = {} if chosen == "zh" else catalogue(chosen)


def language() -> str:
    """`zh` or `en`."""
    return _Current.language


def system_language() -> str:
    """Language of the system: Chinese where it says so, else English."""
    from PySide6.QtCore import QLocale  # the tests of the texts need no Qt

    spoken = QLocale.system().uiLanguages() or [QLocale.system().name()]
    return "zh" if spoken[0].lower().startswith("zh") else "en"


def catalogue_file(chosen: str) -> Path:
    """Path of a compiled catalogue; made by installer/translations.py."""
    return paths.MADE / "translations" / chosen / "LC_MESSAGES" / "antuo.mo"


def tr(text: str, /, **values: object) -> str:
    """`text` in the current language with its gaps filled; what has no translation stays Chinese."""
    found = _Current.catalogue.get(text, text)
    return found.format(**values) if values else found


def sentence(trouble: Told) -> str:
    """The sentence for a refusal or a damaged file: what happened and what to do.

    Values whose name ends in `fen` are shown as money, those that end in `mobile` as a phone number.
    """
    text = _sentences().get(trouble.code)
    if text is None:
        return tr("这一步现在做不了（{code}）。", code=trouble.code)
    try:
        return tr(text).format(**{name: _shown(name, value) for name, value in trouble.values.items()})
    except (KeyError, IndexError, ValueError):
        return tr(text)


def _shown(name: str, value: object) -> object:
    if name.endswith("fen") and isinstance(value, int):
        return money_text(value)
    if name.endswith("mobile") and isinstance(value, str):
        from app.rules import phones  # only now: the first window refuses nothing

        return phones.show(value)
    return tr(value) if isinstance(value, str) and value else value


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    """Code to sentence over all subjects; read at the first refusal."""
    import pkgutil  # only now: the first window refuses nothing
    from importlib import import_module

    from app.ui import sentences

    known: dict[str, str] = {}
    for found in pkgutil.iter_modules(sentences.__path__):
        known |= getattr(import_module(f"app.ui.sentences.{found.name}"), "SENTENCES", {})
    return known


def money_text(fen: int, *, plus: bool = False) -> str:
    """Fen as `1,280.00`; a minus is U+2212; `plus` also marks what is above zero."""
    sign = MINUS if fen < 0 else "+" if plus and fen > 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def date_text(iso: str) -> str:
    """An ISO date for headings: `2026 年 9 月 12 日` or `12 Sep 2026`; what is no date comes back as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    if _Current.language == "zh":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_text(stamp: str, today: str) -> str:
    """A stored moment as people say it: `今天 16:47`, or the date with the time; `today` is an ISO date."""
    moment = stamp[11:16]
    if stamp[:10] == today:
        return tr("今天 {time}", time=moment)
    return f"{stamp[:10]} {moment}".strip()


def catalogue(chosen: str) -> dict[str, str]:
    """All entries of a language. Chinese has only words of Qt's own dialogs, by their English."""
    return _read(catalogue_file(chosen))


def _read(path: Path) -> dict[str, str]:
    """Read a compiled gettext catalogue (little endian, as set-up writes it); nothing when there is none."""
    try:
        content = path.read_bytes()
        magic, _, count, originals, translations = struct.unpack_from("<5I", content)
    except (OSError, struct.error):
        return {}
    if magic != 0x950412DE:
        return {}
    known = {}
    for number in range(count):
        length, start = struct.unpack_from("<2I", content, originals + 8 * number)
        other, there = struct.unpack_from("<2I", content, translations + 8 * number)
        if length and other:
            original = content[start : start + length].decode()
            known[original] = content[there : there + other].decode()
    return known
