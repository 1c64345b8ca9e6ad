"""A row of a form export in words: what is wrong with it, and who it may be already."""

from collections.abc import Iterator

from app.process.form_import import Likeness, PreviewRow
from app.ui.texts import sentence, tr


def words(row: PreviewRow) -> str:
    """Everything that somebody should know about a row, in one line; "" when there is nothing."""
    return "；".join(dict.fromkeys(text.rstrip("。.") for text in _said(row)))


def duplicate_words(like: Likeness) -> str:
    """Who the row may be already."""
    if like.row:
        return tr("与第 {n} 行重复", n=like.row)
    if like.known == "student":
        return tr("与已有学员 {reference} {name} 重复", reference=like.reference, name=like.name)
    return tr("与已有报名 {name} 重复", name=like.name)


def sibling_words(like: Likeness) -> str:
    """Whose brother or sister it may be."""
    if like.row:
        return tr("可能是第 {n} 行的兄弟姐妹", n=like.row)
    return tr("可能是 {name} 的兄弟姐妹", name=like.name)


def _said(row: PreviewRow) -> Iterator[str]:
    for one in row.checked.problems:
        yield sentence(one)
    if row.duplicate:
        yield duplicate_words(row.duplicate)
    if row.sibling:
        yield sibling_words(row.sibling)
