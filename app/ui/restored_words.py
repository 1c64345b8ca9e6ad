"""What is left to do after a backup was put back."""

from app.process.restoring import Restored
from app.ui.log_words.details import lost_text
from app.ui.texts import tr


def restored_text(result: Restored) -> str:
    """Receipts that have no record any more, papers of which the backup has no file; "" when nothing is left to do."""
    papers = ""
    if result.papers_missing:
        papers = tr(
            "备份里有 {n} 份单据只有记录，没有原件，不能再打开或补打。请保管好纸质底档，或换一份备份再恢复。",
            n=result.papers_missing,
        )
    return "\n".join(filter(None, (lost_text(result.skipped), papers)))
