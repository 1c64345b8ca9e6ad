"""What is taken over of a child, in words and cells of the table."""

from collections.abc import Set as AbstractSet

from app.process.form_preview import PreviewRow
from app.process.take_over import ListPreview
from app.rules.opening.rows import Opening
from app.rules.opening.values import left_text
from app.ui.form_row_words import place_text, words
from app.ui.texts import money_text, tr
from app.ui.widgets.table.cells import Cell

FILTERS = ("all", "going", "errors", "questions", "duplicates")


def goes(row: PreviewRow, others: AbstractSet[int]) -> bool:
    """Whether a row is taken over: it has no error and is nobody known, or somebody said that it is another child."""
    return row.goes_in or (row.n in others and not row.has_error)


def fits(row: PreviewRow, name: str, others: AbstractSet[int]) -> bool:
    """Whether a filter shows a row; `others` are those of whom somebody said that they are other children."""
    held = {
        "all": True, "going": goes(row, others), "errors": row.has_error, "questions": row.has_question,
        "duplicates": row.duplicate is not None and not row.has_error and row.n not in others,
    }  # fmt: skip
    return held[name]


def cell(seen: ListPreview, row: PreviewRow, key: str, others: AbstractSet[int]) -> Cell:
    """What a column shows of a row."""
    opening = seen.opening(row.n)
    if key == "name":
        where = place_text(seen.place(row.n))
        return Cell(row.checked.keys.name or tr("（没有姓名）"), where, weight=500)
    if key == "class":
        new = opening.class_name in seen.new_classes
        return Cell(opening.class_name or "—", tr("新建") if new else "", second_tone="amber", tone="ink2")
    if key == "services":
        return Cell(tr("、").join(one.service.name for one in opening.lines) or "—", left(opening))
    if key == "until":
        return Cell(opening.paid_until or "—", tone="ink2")
    if key == "money":
        return money(opening)
    return _state(seen, row, told_apart=row.n in others)


def left(opening: Opening) -> str:
    """Days and meals that are left."""
    parts = []
    if opening.days_left is not None:
        parts.append(tr("剩 {n} 天", n=left_text(opening.days_left)))
    if opening.meals_left is not None:
        parts.append(tr("剩 {n} 餐", n=left_text(opening.meals_left)))
    return "　".join(parts)


def money(opening: Opening) -> Cell:
    """What the family owes, else what it has."""
    if opening.debt_fen:
        second = tr("结余 {amount}", amount=money_text(opening.credit_fen)) if opening.credit_fen else ""
        return Cell(tr("欠 {amount}", amount=money_text(opening.debt_fen)), second, "red", 500)
    if opening.credit_fen:
        return Cell(tr("结余 {amount}", amount=money_text(opening.credit_fen)), tone="green")
    return Cell("—", tone="ink3")


def _state(seen: ListPreview, row: PreviewRow, *, told_apart: bool) -> Cell:
    said = words(row, lambda n: place_text(seen.place(n)))
    if row.has_error:
        return Cell(said, tone="red")
    if row.duplicate is not None:
        return Cell(tr("另一个孩子"), said) if told_apart else Cell(said, tone="amber")
    return Cell(said or tr("没有问题"), tone="amber" if row.checked.problems else "ink3")
