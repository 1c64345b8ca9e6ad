"""Sweeping pictures that nothing names any more: of a draft that was dropped, of a crash, a logo that was replaced.

Pictures alone. The bytes of a paper that no row names may have been handed out before an older backup was restored, so
they stay for ever (reliability.md, decision 1, asks for less). It runs at the end of the program, after a verified
backup: while somebody types, a picture that lies here already may be on its way into a draft, and what is swept still
lies beside the backups, from which a restore takes it.
"""

import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.models import database as db
from app.process import clock

KEPT_DAYS = 30  # since it was stored
_OLD = "SELECT sha256 FROM stored_file WHERE kind IN ('photo', 'logo') AND stored_at < ?"
_NAMING = (  # every text of the data that names a picture; the history too, for a save can be taken back
    "SELECT photo FROM student WHERE photo <> ''",
    "SELECT value FROM centre_setting WHERE name = 'centre_logo'",
    "SELECT form FROM draft",
    "SELECT form FROM application",
    "SELECT before || ' ' || after FROM operation_value WHERE field LIKE '%photo'",
)
_DIGEST = re.compile("[0-9a-f]{64}")


def sweep(generation: Path, key: bytes) -> int:
    """Remove the pictures that were stored long ago and are named nowhere; gives how many. Raises Damaged.

    In any thread, by connections of its own, but only when nobody can keep a picture meanwhile.
    """
    before = (clock.now() - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
    with closing(db.connection(generation / db.FILES, key, write=True)) as files:
        old = {digest for (digest,) in files.execute(_OLD, (before,))}
        if not old:
            return 0
        with closing(db.connection(generation / db.DATA, key)) as data:
            old -= _named(data)
        files.executemany("DELETE FROM stored_file WHERE sha256 = ?", [(digest,) for digest in sorted(old)])
    return len(old)


def _named(data: Any) -> set[str]:  # noqa: ANN401 - raw connection; the library has no types
    return {digest for asked in _NAMING for (text,) in data.execute(asked) for digest in _DIGEST.findall(text)}
