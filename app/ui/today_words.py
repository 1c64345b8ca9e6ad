"""The words of the first page."""

from datetime import date

from app.process.reminders import Waiting
from app.ui.texts import money_text, time_text, tr


def title(kind: str) -> str:
    """The title of a group."""
    return {
        "backup": tr("备份"),
        "returned": tr("退回修改"),
        "review": tr("待审核"),
        "information": tr("等家长答复"),
        "place_free": tr("候补有名额了"),
        "holds": tr("保留的名额到期"),
        "own_approved": tr("今天自己登记自己通过的"),
        "drafts": tr("未完成的登记"),
        "unsigned": tr("待签字"),
        "unpaid": tr("欠费"),
        "ending": tr("即将到期"),
    }[kind]


def line_title(row: Waiting) -> str:
    """What a line is about: a name, or when the last backup was."""
    if row.kind == "backup":
        return tr("还没有备份") if not row.since else tr("上次备份是 {day}", day=row.since[:10])
    return row.name or tr("未填姓名")


def health_text(row: Waiting, day: str) -> str:
    """Until when a consent opens health without the signed sheet, or that it closed."""
    if not row.health_until:
        return ""
    return tr("健康资料已关闭") if row.health_until < day else tr("健康资料到 {day}", day=row.health_until[5:])


def line_right(row: Waiting, day: str) -> str:
    """What stands at the right end of a line: an amount, a day, a time."""
    if row.kind == "backup":
        return tr("现在备份")
    if row.kind == "unpaid":
        return money_text(-row.fen)
    if row.kind == "ending":
        return tr("{day} 到期", day=row.since)
    if row.kind == "holds":
        return tr("保留到 {day}", day=row.since)
    if row.kind == "unsigned":
        return _waiting_text(row, day)
    return time_text(row.since, day) if "T" in row.since else tr("{day} 录入", day=row.since)


def _waiting_text(row: Waiting, day: str) -> str:
    """How long a signature is missing, and why."""
    days = (date.fromisoformat(day) - date.fromisoformat(row.since)).days
    if row.stale:
        return tr("资料变更 {n} 天", n=days) if days else tr("今天变更资料")
    return tr("等签字 {n} 天", n=days) if days else tr("今天录入")
