from app.process import backups
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("backups.note_made", "backup")
def note_made(centre: Centre) -> Call:
    backup = backups.Backup(centre.folder, "2026-09-12T10:00:00", 0, "", 0, verified=True, reason="by_hand")
    return lambda actor: backups.note_made(actor, backup)
