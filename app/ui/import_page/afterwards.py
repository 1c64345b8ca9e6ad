"""What is done with the rows after an import: those left out are saved, and families are asked to complete theirs."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.process import completing, form_import
from app.process.actor import Actor
from app.process.completing import FamilyText
from app.process.form_import import PreviewRow
from app.ui import form_row_words
from app.ui.complete_dialog import CompleteDialog
from app.ui.desk import Desk
from app.ui.import_page.choice import Choice
from app.ui.texts import tr


def save_left_out(desk: Desk, choice: Choice, beside: Callable[[Refused], object]) -> None:
    """Ask where to, and write the rows that did not go in; a refusal stands in the page."""
    name = tr("{file} 没导入的行", file=Path(choice.seen.name).stem) + ".xlsx"
    path = desk.choose_save(tr("保存没导入的行"), name, "Excel (*.xlsx);;CSV (*.csv)")
    if path is None:
        return
    taken = set(choice.taken())
    left = [row.n for row in choice.seen.rows if row.n not in taken]
    title = tr("没导入的原因")
    if desk.do(form_import.save_left_out, choice.seen, left, path, title, _reason, beside=beside) is not None:
        desk.message(tr("已存为 {name}。文件里有个人信息，用完请删除。", name=path.name))


def texts(choice: Choice) -> Callable[..., Sequence[FamilyText]]:
    """Makes the texts for rows with an error, and for those that went in with something missing."""
    wanted = [row.n for row in choice.seen.rows if row.has_error or choice.goes_in(row)]

    def made(actor: Actor, *, template: str = "") -> Sequence[FamilyText]:
        return completing.of_rows(actor, choice.seen, wanted, template=template)

    return made


def ask_parents(desk: Desk, choice: Choice, batch_id: int, parent: QWidget) -> None:
    """Open the texts; what was copied is logged with the import."""

    def note(rows: list[int]) -> None:
        desk.look(completing.copied, rows=rows, batch_id=batch_id)

    CompleteDialog(desk, texts(choice), note, parent).exec()


def _reason(row: PreviewRow) -> str:
    said = form_row_words.words(row)
    if row.has_error or row.duplicate:
        return said
    return tr("没有选；{words}", words=said) if said else tr("没有选")
