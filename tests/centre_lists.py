"""Lists of current children as centres keep them in a spreadsheet, invented: two habits, a sheet for each class or one.

`children(random, count)` invents who comes, as dicts by field; `by_class` and `on_one_sheet` make the workbooks. What
the program must understand stands here in the words of the counter, and beside it what is meant.
"""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

from tests.exports import GIVEN, SCHOOLS, SURNAMES

Child = dict[str, Any]
CLASSES = ("一年级午托班", "二年级晚托班", "三年级晚托班", "四年级午晚托班", "五六年级晚托班")
SERVICES = (  # as it is written, and what it is
    ("午托", ("午托",)), ("晚托", ("晚托",)), ("午晚托", ("午晚托",)), ("全托", ("午晚托",)),
    ("晚托周一三五", ("晚托",)), ("午托（周一至周五）", ("午托",)), ("午托+晚托", ("午托", "晚托")),
    ("晚托、晚餐", ("晚托", "晚餐")),
)  # fmt: skip
MONTH_ENDS = (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))
UNTIL_FORMS: tuple[Callable[[date], Any], ...] = (
    lambda day: day, lambda day: day.isoformat(), lambda day: f"{day.month}月",
    lambda day: f"{day.year}年{day.month}月",
    lambda day: f"{day.year}.{day.month}.{day.day}", lambda day: f"{day.month}月底",
    lambda day: f"{day.month}月{day.day}日",
    lambda day: f"已交至{day.year}年{day.month}月",
)  # fmt: skip
DEBT_FORMS: tuple[Callable[[int], Any], ...] = (
    lambda fen: fen / 100, lambda fen: f"欠{fen / 100:g}元", lambda fen: f"{fen / 100:.2f}",
)  # fmt: skip
BALANCE_FORMS: tuple[Callable[[int], Any], ...] = (  # plus: the family has money
    lambda fen: fen / 100, lambda fen: f"余{fen / 100:.1f}" if fen >= 0 else f"欠 {-fen / 100:g}",
    lambda fen: f"−{-fen / 100:.2f}" if fen < 0 else f"+{fen / 100:.2f}",
)  # fmt: skip


def children(random: Random, count: int) -> list[Child]:
    """Who comes: with every seventh a brother or sister of the one before, some owing, some with money left."""
    found: list[Child] = []
    for n in range(1, count + 1):
        surname, grade = random.choice(SURNAMES), 1 + n % 6
        written, services = random.choice(SERVICES)
        one: Child = {
            "n": n, "name": surname + GIVEN[n % len(GIVEN)] + GIVEN[(n * 7 + n // len(GIVEN)) % len(GIVEN)],
            "sex": random.choice("男女"), "born": date(2020 - grade - 1, n % 12 + 1, n % 28 + 1),
            "school": random.choice(SCHOOLS), "grade": grade, "room": n % 8 + 1,
            "mother": random.choice(SURNAMES) + random.choice(GIVEN) + random.choice(GIVEN),
            "mother_phone": f"139{10_000_000 + 13 * n:08d}", "father_phone": f"138{20_000_000 + 17 * n:08d}",
            "allergies": random.choice(("", "", "", "花生", "牛奶", "青霉素")), "written": written,
            "services": services,
            "until": random.choice(MONTH_ENDS), "days": 0, "meals": random.choice((0, 0, 3, 12)),
            "debt_fen": random.choice((0, 0, 0, 0, 30_000, 12_050)), "credit_fen": 0, "class": CLASSES[n % 5],
            "number": f"A{n:03d}", "note": random.choice(("", "", "", "周二学琴，17:00 接")),
        }  # fmt: skip
        if not one["debt_fen"]:
            one["credit_fen"] = random.choice((0, 0, 0, 5_000, 12_050))
        if n % 7 == 0:
            before = found[-1]
            one |= {key: before[key] for key in ("mother", "mother_phone", "father_phone")}
            one["name"] = before["name"][0] + one["name"][1:]
        found.append(one)
    return found


def by_class(random: Random, found: Sequence[Child], *, classes: Sequence[str] = CLASSES) -> bytes:
    """A sheet for each class, a merged title above the header, the sum of what is owed below."""
    header = (
        "序号", "学号", "姓名", "性别", "出生日期", "就读学校", "班级", "家长姓名", "联系电话", "过敏", "托管类型",
        "已交至",
        "欠费", "余额", "剩餐", "备注",
    )  # fmt: skip
    sheets = []
    for name in classes:
        own = [one for one in found if one["class"] == name]
        rows: list[list[Any]] = [[f"安心托管 2026 年秋季学期 {name} 学员名单"], list(header)]
        for at, one in enumerate(own, 1):
            rows.append([
                at, one["number"], one["name"], one["sex"], one["born"], one["school"],
                f"{one['grade']}年{one['room']}班",
                one["mother"], one["mother_phone"], one["allergies"], one["written"],
                random.choice(UNTIL_FORMS)(one["until"]),
                random.choice(DEBT_FORMS)(one["debt_fen"]) if one["debt_fen"] else "",
                random.choice((one["credit_fen"] / 100, f"余额{one['credit_fen'] / 100}")) if one["credit_fen"] else "",
                one["meals"] or "", one["note"],
            ])  # fmt: skip
        rows.append(["合计", *[""] * 11, sum(one["debt_fen"] for one in own) / 100])
        sheets.append((name, rows))
    return workbook(sheets, width=len(header))


def on_one_sheet(random: Random, found: Sequence[Child]) -> bytes:
    """All on one sheet: a column for each service to tick, months, days left, one column for owing and having."""
    header = (
        "编号", "学生姓名", "性别", "学校", "年级", "班级", "妈妈电话", "爸爸电话", "午托", "晚托", "每周几天",
        "交到几月",
        "剩余天数", "欠费/余额", "入托日期",
    )  # fmt: skip
    rows: list[list[Any]] = [["托管学生汇总表（2026年9月12日）"], [], list(header)]
    for one in found:
        lunch = any(name in ("午托", "午晚托") for name in one["services"])
        evening = any(name in ("晚托", "午晚托") for name in one["services"])
        money = one["credit_fen"] - one["debt_fen"]
        rows.append([
            one["number"], one["name"], one["sex"], one["school"], float(one["grade"]), one["class"],
            int(one["mother_phone"]), one["father_phone"], "√" if lunch else "", "√" if evening else "",
            random.choice(("", "周一至周五", "周一三五", "每天")),
            "" if one["days"] else random.choice((f"{one['until'].month}月", float(one["until"].month))),
            f"{one['days']}天" if one["days"] else "", random.choice(BALANCE_FORMS)(money) if money else 0,
            random.choice(("2026.9.1", "2025-02-24", "2026年3月2日")),
        ])  # fmt: skip
    return workbook([("在托", rows)], width=len(header))


def workbook(sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]], *, width: int) -> bytes:
    """An .xlsx of several sheets; a row with a single cell is merged over the whole width."""
    from xlsxwriter import Workbook

    content = BytesIO()
    book = Workbook(content, {"strings_to_formulas": False, "strings_to_numbers": False, "in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            if len(row) == 1:
                page.merge_range(at, 0, at, width - 1, row[0])
                continue
            for place, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(at, place, value, day)
                elif value not in ("", None):
                    page.write(at, place, value)
    book.close()
    return content.getvalue()
