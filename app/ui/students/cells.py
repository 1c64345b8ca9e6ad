"""What stands in a cell of the student list, and which columns there are."""

from app.process.student_list import StudentRow
from app.rules import phones
from app.ui.texts import money_text, tr
from app.ui.widgets.table.cells import Cell, Column
from app.ui.words import GRADE, SEX, STUDENT_STATE, word

STATE_KINDS = {
    "entered": "blue",
    "paid": "green",
    "enrolled": "green",
    "suspended": "amber",
    "left": "plain",
    "archived": "plain",
}
MARK_ORDER = ("arrears", "stale", "unsigned", "ending")  # there is room for one: what ends stands in its column too
MARK_KINDS = {"arrears": "red", "ending": "amber", "unsigned": "blue", "stale": "blue"}


def all_columns(*, money: bool = True) -> list[Column]:
    """Every column in its first order; the name stays first. Without `money` there is no balance."""
    columns = [
        Column("name", tr("学员姓名"), 168, sortable=True, avatar=True),
        Column("class", tr("托管班"), 94, sortable=True),
        Column("guardian", tr("监护人"), 106),
        Column("services", tr("服务"), 96, stretch=True),
        Column("ends_on", tr("到期"), 96, sortable=True),
        Column("balance", tr("余额"), 96, align="right", sortable=True),
        Column("state", tr("状态"), 108),
        Column("number", tr("学员编号"), 116, sortable=True),
        Column("grade", tr("年级"), 92, sortable=True),
        Column("school", tr("就读学校"), 150),
    ]
    return [column for column in columns if money or column.key != "balance"]


FIRST_SHOWN = ("name", "class", "guardian", "services", "ends_on", "balance", "state")
FIRST_TO_GO = ("ends_on", "class", "services", "balance")  # of these, where a small window has no room for all
LEAST = {"name": 168, "class": 92, "guardian": 102, "services": 94, "ends_on": 96, "balance": 90, "state": 92}


def mark_text(mark: str) -> str:
    """A mark beside the status in words."""
    return {"arrears": tr("欠费"), "ending": tr("即将到期"), "unsigned": tr("待签字"), "stale": tr("待重签")}.get(
        mark,
        mark,
    )


def balance_cell(fen: int | None) -> Cell:
    """Balance as the family sees it: arrears are negative and red, with the word in the status column."""
    if fen is None:
        return Cell("—", tone="ink2")
    if fen > 0:
        return Cell(money_text(-fen), tone="red", weight=700)
    return Cell(money_text(-fen), tone="ink2" if fen == 0 else "")


def student_cell(row: StudentRow, key: str) -> Cell:
    """The cell of a student under a column's key."""
    if key == "name":
        second = "　".join(filter(None, (row.initials.upper(), word(SEX, row.sex))))
        return Cell(row.name, second=second, weight=500, avatar=row.name)
    if key == "class":
        first, _, rest = row.class_name.partition(" ")  # 三年级托管 2 班: the column is narrow, the row has two lines
        return Cell(first or "—", second=rest)
    if key == "guardian":
        return Cell(row.guardian or "—", second=phones.show(row.mobile))
    if key == "ends_on":
        return Cell(row.ends_on or "—", tone="accent" if "ending" in row.marks else "ink2")
    if key == "balance":
        return balance_cell(row.balance_fen)
    if key == "state":
        marks = sorted(row.marks, key=MARK_ORDER.index)
        pills = [(mark_text(mark), MARK_KINDS.get(mark, "plain")) for mark in marks]
        pills.insert(0, (word(STUDENT_STATE, row.state), STATE_KINDS.get(row.state, "plain")))
        return Cell("", pills=tuple(pills[:2]))
    text = {
        "services": row.services,
        "number": row.number,
        "school": row.school,
        "grade": " ".join(filter(None, (word(GRADE, row.grade), row.school_class))),
    }[key]
    return Cell(text or "—", tone="ink2")


def nobody(typed: str, *, narrowed: bool, may_register: bool) -> tuple[str, str]:
    """What to say, and what one may do, when the list is empty: nothing found, nobody in this filter, nobody at all."""
    if typed:
        return tr("没有找到“{text}”", text=typed), tr("换一种写法试试：姓名、拼音首字母、手机尾号或学员编号。")
    if narrowed:
        return tr("这里没有学员"), tr("换一个筛选条件看看。")
    return tr("还没有学员"), tr("按 F2 登记第一位。") if may_register else ""
