"""The command `take-over`: the centre's own list of current children, as a preview or for good (product.md P19).

With --preview --json standard output holds one JSON object per row and nothing else: that of the command `import`
(command_line_import.py), and besides "sheet" and "line", where the row stands in the file, and "opening", what is taken
over of it: class, services (name, weekdays as a mask, paid_until), days_left and meals_left in tenths, debt_fen,
credit_fen, old_number.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from uuid import uuid4

from app import command_line_import
from app.process import take_over
from app.process.actor import Actor
from app.process.form_preview import PreviewRow
from app.process.take_over import ListPreview
from app.ui.texts import money_text, tr


def run(asked: Namespace, actor: Actor) -> None:
    """Do what is asked for. Raises Refused as take_over."""
    seen = take_over.preview(actor, asked.file, today=asked.today)
    if not asked.preview:
        agreed = seen.new_classes if asked.new_classes else ()
        done = take_over.take_over(actor, seen, opid=uuid4().hex, new_classes=agreed)
        print(
            tr(
                "已接收 {taken} 名学员、{families} 个家庭，名单共 {rows} 行；有错误未接收 {errors} 行，"
                "重复未接收 {duplicates} 行。期初欠费共 {debt} 元，期初结余共 {credit} 元。",
                taken=done.taken, families=done.families, rows=done.rows, errors=done.with_errors,
                duplicates=done.duplicates, debt=money_text(done.debt_fen), credit=money_text(done.credit_fen),
            ),
        )  # fmt: skip
    elif asked.json:
        for row in seen.rows:
            sys.stdout.write(json.dumps(plain(seen, row), ensure_ascii=False) + "\n")
    else:
        for line in table(seen):
            print(line)


def plain(seen: ListPreview, row: PreviewRow) -> dict[str, object]:
    """A row as the JSON object that stands for it."""
    place, opening = seen.place(row.n), seen.opening(row.n)
    told = {
        "class": opening.class_name, "days_left": opening.days_left, "meals_left": opening.meals_left,
        "services": [
            {"name": one.service.name, "weekdays": one.weekdays, "paid_until": one.paid_until} for one in opening.lines
        ],
        "debt_fen": opening.debt_fen, "credit_fen": opening.credit_fen, "old_number": opening.old_number,
    }  # fmt: skip
    return {**command_line_import.plain(row), **asdict(place), "opening": told}


def table(seen: ListPreview) -> Iterator[str]:
    """The preview for people: a line for every row that asks for something, and the counts."""
    from app.ui.form_row_words import place_text, words

    def where(n: int) -> str:
        return place_text(seen.place(n))

    for row in seen.rows:
        if said := words(row, where):
            name = row.checked.keys.name or tr("（没有姓名）")
            yield tr("{where} {name}：{said}", where=where(row.n), name=name, said=said)
    if seen.new_classes:
        yield tr("还没有的托管班：{names}。加上 --new-classes 就新建。", names=tr("、").join(seen.new_classes))
    going = [row for row in seen.rows if row.goes_in]
    yield tr(
        "共 {rows} 行：可以接收 {going} 行（其中 {questions} 行需要核对），有错误 {errors} 行，重复 {doubles} 行。",
        rows=len(seen.rows), going=len(going), questions=sum(row.has_question for row in going),
        errors=sum(row.has_error for row in seen.rows),
        doubles=sum(row.duplicate is not None and not row.has_error for row in seen.rows),
    )  # fmt: skip
