"""The words of the operation log: actions, subjects, fields and details, made on reading (the log keeps codes)."""

from app.process.operation_log import LogRow
from app.ui.texts import money_text, phone_text, tr

SUBJECTS = {
    "student": "学员",
    "application": "报名",
    "receipt": "收据",
    "paper": "纸质单据",
    "price": "价目",
    "user": "用户",
    "centre": "设置",
    "backup": "备份",
}
OTHER_SUBJECTS = {
    "service": "服务",
    "class": "托管班",
    "ledger": "收费流水",
    "export": "导出",
    "log": "日志",
    "sheet": "确认单",
}

ACTIONS: dict[str, str] = {}
"""Words of every action code that `operation_log.record` is called with; a house test keeps it complete."""

FIELDS: dict[str, str] = {}
"""Words of the fields in `values` and `details`."""


def action_text(action: str) -> str:
    """The action in words; a code without words stands as it is."""
    return tr(ACTIONS.get(action, action))


def subject_text(row: LogRow) -> str:
    """What the entry is about: kind and name, or kind and number."""
    kind = tr(SUBJECTS.get(row.subject_kind) or OTHER_SUBJECTS.get(row.subject_kind, row.subject_kind))
    if row.subject_name:
        return f"{kind}　{row.subject_name}"
    return f"{kind}　#{row.subject_id}" if row.subject_id else kind


def field_text(field: str) -> str:
    """The name of a field in words; `guardians.0.mobile` becomes the word for mobile with the place."""
    known = FIELDS.get(field) or FIELDS.get(field.rsplit(".", 1)[-1])
    return tr(known) if known else field


def change_field_text(field: str) -> str:
    """As `field_text`, with the running number of a guardian or line when the path has one."""
    parts = field.split(".")
    places = [int(part) + 1 for part in parts if part.isdigit()]
    return f"{field_text(field)}　{places[0]}" if places else field_text(field)


def value_text(field: str, value: object) -> str:
    """A value as people read it: fen as money, phones in groups."""
    if isinstance(value, int) and not isinstance(value, bool) and field.endswith("fen"):
        return money_text(value)
    text = str(value)
    return phone_text(text) if field.endswith("mobile") else text


def details_text(row: LogRow) -> str:
    """The details of an entry on one line: `实收 1,280.00　编号 SJ-2026-000012`."""
    parts = []
    for field, value in row.details.items():
        if isinstance(value, dict | list):
            continue
        parts.append(f"{field_text(field)} {value_text(field, value)}")
    return "　".join(parts)
