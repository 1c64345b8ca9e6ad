"""The command `import`: what a form service exported, as a preview or for good.

With --preview --json standard output holds one JSON object per data row and nothing else:

    {"row": 3, "problems": [{"field": "child.name", "code": "name_missing", "strength": "error"}],
     "duplicate_of": null, "sibling_of": null}

`row` counts from 1 below the header. `duplicate_of` and `sibling_of` are the number of an earlier row of the file
(an integer), or a text: the number of a student, or "application 12". `field` is that of rules/problem.py. Codes are
those of rules/problems.py, the finer ones under the names of rules/form_rows.OUTSIDE.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from uuid import uuid4

from app.errors import Refused
from app.process import form_import, form_papers
from app.process.actor import Actor
from app.process.form_import import Likeness, Preview, PreviewRow
from app.rules import form_rows
from app.ui.texts import sentence, tr


def run(asked: Namespace, actor: Actor) -> None:
    """Do what is asked for; of a folder the filled PDF forms in it. Raises Refused as form_import and form_papers."""
    seen = _seen(asked, actor)
    for one in seen.looked.unread:
        print(f"{one.name}: {sentence(Refused(one.trouble, **one.of))}", file=sys.stderr)
    if not asked.preview:
        done = form_import.import_rows(actor, seen, opid=uuid4().hex)
        print(
            tr(
                "已导入 {imported} 行，共 {rows} 行；有错误未导入 {errors} 行，重复未导入 {duplicates} 行。",
                imported=done.imported, rows=done.rows, errors=done.with_errors, duplicates=done.duplicates,
            ),
        )  # fmt: skip
    elif asked.json:
        for row in seen.rows:
            sys.stdout.write(json.dumps(plain(row), ensure_ascii=False) + "\n")
    else:
        for line in table(seen):
            print(line)


def _seen(asked: Namespace, actor: Actor) -> Preview:
    if asked.file.is_dir():
        return form_papers.read_forms(actor, [asked.file], today=asked.today)
    return form_import.preview(actor, asked.file, today=asked.today)


def plain(row: PreviewRow) -> dict[str, object]:
    """A row as the JSON object that stands for it."""
    told = dict.fromkeys((one.field, form_rows.outside(one.code), one.strength) for one in row.checked.problems)
    return {
        "row": row.n,
        "problems": [{"field": field, "code": code, "strength": strength} for field, code, strength in told],
        "duplicate_of": _reference(row.duplicate),
        "sibling_of": _reference(row.sibling),
    }


def _reference(like: Likeness | None) -> int | str | None:
    if like is None:
        return None
    return like.row or like.reference


def table(seen: Preview) -> Iterator[str]:
    """The preview for people: a line for every row that asks for something, and the counts."""
    from app.ui.form_row_words import words

    for row in seen.rows:
        if said := words(row):
            name = row.checked.keys.name or tr("（没有姓名）")
            yield tr("第 {n} 行 {name}：{said}", n=row.n, name=name, said=said)
    going = sum(row.goes_in for row in seen.rows)
    errors = sum(row.has_error for row in seen.rows)
    yield tr(
        "共 {rows} 行：可以导入 {going} 行，有错误 {errors} 行，重复 {doubles} 行。",
        rows=len(seen.rows), going=going, errors=errors,
        doubles=sum(row.duplicate is not None and not row.has_error for row in seen.rows),
    )  # fmt: skip
