"""A row of a form export in words: what is wrong with it, and who it may be already."""

from collections.abc import Callable, Iterator

from app.process.form_import import Likeness, PreviewRow
from app.rules.opening.table import Place
from app.ui.texts import sentence, tr

Where = Callable[[int], str]
"""How a row of the file is called, by its number."""


def row_text(n: int) -> str:
    """A row by its number below the header."""
    return tr("第 {n} 行", n=n)


def place_text(place: Place) -> str:
    """A row of a list by where it stands in the file."""
    if not place.sheet:
        return tr("第 {line} 行", line=place.line)
    return tr("“{sheet}”第 {line} 行", sheet=place.sheet, line=place.line)


def words(row: PreviewRow, where: Where = row_text) -> str:
    """Everything that somebody should know about a row, in one line; "" when there is nothing."""
    return "；".join(dict.fromkeys(text.rstrip("。.") for text in _said(row, where)))


def duplicate_words(like: Likeness, where: Where = row_text) -> str:
    """Who the row may be already."""
    if like.row:
        return tr("与{where}重复", where=where(like.row))
    if like.known == "student":
        return tr("与已有学员 {reference} {name} 重复", reference=like.reference, name=like.name)
    return tr("与已有报名 {name} 重复", name=like.name)


def sibling_words(like: Likeness, where: Where = row_text) -> str:
    """Whose brother or sister it may be."""
    if like.row:
        return tr("可能是{where}的兄弟姐妹", where=where(like.row))
    return tr("可能是 {name} 的兄弟姐妹", name=like.name)


def _said(row: PreviewRow, where: Where) -> Iterator[str]:
    for one in row.checked.problems:
        yield sentence(one)
    if row.duplicate:
        yield duplicate_words(row.duplicate, where)
    if row.sibling:
        yield sibling_words(row.sibling, where)
