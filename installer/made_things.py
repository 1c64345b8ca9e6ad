"""Make what the program needs and git does not keep: cut fonts, compiled translations, the table of pinyin.

Run inside `.venv` by run.py and test.py at every start; when nothing is out of date it only looks.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
MADE = PROJECT / ".made"


def main() -> int:
    """Make everything that is missing or older than its sources; 0 when all is there."""
    sys.path.insert(0, str(PROJECT))
    from installer import fonts, pinyin_table, translations  # they import the environment's packages when they work

    MADE.mkdir(exist_ok=True)
    if not fonts.is_made(MADE):
        print("Fonts: cutting them once, this takes a while ...", flush=True)
        _timed("Fonts", lambda: fonts.make(MADE, _told))
    _timed("Translations", lambda: translations.make(MADE))
    _timed("Pinyin", lambda: pinyin_table.make(MADE))
    return 0


def _told(done: int, total: int, name: str) -> None:
    print(f"  {done} of {total}: {name}", flush=True)


def _timed(name: str, make: Callable[[], object]) -> None:
    start = time.monotonic()
    if make():
        print(f"{name}: made in {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
