"""Pictures of children: kept in files.db under their SHA-256, which stands in the registration (`child.photo`).

The bytes are committed to files.db before any row names them (reliability.md, decision 1): the draft that does so is
saved a moment later, and a crash in between leaves an orphan, which is harmless and swept (left_pictures), never a
dangling name.
"""

from app.errors import Refused
from app.models import stored_files
from app.models.database import unit_of_work
from app.process import clock
from app.process.actor import Actor, require_any

LARGEST = 3_000_000  # bytes; the window sends a JPEG of at most 2,000 px a side, without what the camera wrote into it
_JPEG = b"\xff\xd8\xff"


def keep(actor: Actor, picture: bytes) -> str:
    """Keep a JPEG and give its SHA-256, which the registration then names. Needs register or change_students.

    No log entry: the draft and the application that name it bear it. Raises Refused photo_unusable, no_right.
    """
    if not picture.startswith(_JPEG) or len(picture) > LARGEST:
        raise Refused("photo_unusable")
    with unit_of_work():  # writes no row of data.db: it holds the right, and says what a full disk means
        require_any(actor, "register", "change_students")
        return stored_files.store("photo", picture, clock.now())


def content(actor: Actor, digest: str) -> bytes:
    """The bytes of a picture, of nothing else that is stored. Needs register, review or see_students.

    Raises Damaged stored_file_missing or stored_file_changed.
    """
    require_any(actor, "register", "review", "see_students")
    return stored_files.content(digest, kind="photo")
