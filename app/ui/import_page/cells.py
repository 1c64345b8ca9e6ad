"""Columns and cells of the rows: the number with its tick, what is wrong in words, and every column of the file."""

from app.process.form_import import PreviewRow
from app.rules.problem import ERROR, Problem
from app.ui import form_row_words
from app.ui.import_page.choice import SAME, Choice
from app.ui.import_page.field_words import field_word
from app.ui.texts import sentence, tr
from app.ui.widgets.table.cells import Cell, Column

NUMBER, WORDS = "n", "words"
_FIRST = ("child.name", "child.birth_date", "guardians.0.name", "guardians.0.mobile", "services.wanted")
_WIDE = frozenset({"child.address", "services.wanted", "child.school", "child.identity_number"})


def columns_of(choice: Choice) -> list[Column]:
    """The columns of a file that are imported, those that are looked at first on the left."""
    used = [(at, field) for at, field in enumerate(choice.seen.columns) if field]
    used.sort(key=lambda one: (_FIRST.index(one[1]) if one[1] in _FIRST else len(_FIRST), one[0]))
    made = [Column(str(at), field_word(field), 190 if field in _WIDE else 136) for at, field in used]
    return [Column(NUMBER, tr("行"), 66), *made[:1], Column(WORDS, tr("要看的地方"), 250), *made[1:]]


def cell(choice: Choice, row: PreviewRow, key: str) -> Cell:
    """What a cell shows: the value, and below it what is wrong with it."""
    goes_in = choice.goes_in(row)
    if key == NUMBER:
        return Cell(str(row.n), tone="ink" if goes_in else "ink3")
    if key == WORDS:
        return _words(choice, row, goes_in=goes_in)
    at = int(key)
    found = choice.problems(row).get(at, [])
    value = row.cells[at] if at < len(row.cells) else ""
    name = choice.seen.columns[at] == "child.name"
    shown = " ".join(value.split()) or ("—" if found else "")
    if not found:
        return Cell(shown, tone="" if goes_in else "ink2", weight=500 if name else 400)
    tone = tone_of(found)
    text = "；".join(dict.fromkeys(sentence(one).rstrip("。.") for one in found))
    return Cell(shown, second=text, second_tone=tone, tint=tone, weight=500 if name else 400)


def _words(choice: Choice, row: PreviewRow, *, goes_in: bool) -> Cell:
    said = form_row_words.words(row)
    if not said:
        return Cell("" if goes_in else tr("不导入"), tone="ink3")
    tone = "red" if choice.stopped(row) else "amber"
    if goes_in:
        state = tr("会导入")
    elif row.has_error:
        state = tr("有错误，改好才能导入")
    else:
        state = tr("不导入") if row.duplicate is None or choice.answers.get(row.n) == SAME else tr("不导入，待确认")
    return Cell(said, second=state, tone=tone, second_tone="ink2" if goes_in else tone)


def tone_of(problems: list[Problem]) -> str:
    """Red for errors, amber for what only asks."""
    return "red" if any(one.strength == ERROR for one in problems) else "amber"
