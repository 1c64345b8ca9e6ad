"""The details of an entry on one line, and the numbers that a restore took out of use."""

from collections.abc import Iterable

from app.process.operation_log import LogRow
from app.process.skipped_numbers import Skipped
from app.rules import numbers
from app.ui.log_words.fields import field_text, value_text
from app.ui.texts import tr


def details_text(row: LogRow) -> str:
    """The details of an entry on one line: `实收 1,280.00　编号 SJ-2026-000012`."""
    parts = []
    for field, value in row.details.items():
        if field == "skipped" and value:
            parts.append(f"{field_text(field)} {_numbers_text(Skipped(name, *ends) for name, ends in value.items())}")
        if isinstance(value, dict | list):
            continue
        parts.append(f"{field_text(field)} {value_text(field, value)}")
    return "　".join(parts)


def lost_text(skipped: Iterable[Skipped]) -> str:
    """What to do about receipts that a restore lost; "" when there are none."""
    receipts = _numbers_text(one for one in skipped if one.counter.startswith("receipt-"))
    if not receipts:
        return ""
    return tr("恢复备份以前开出的收据现在没有记录，号码不再使用：{receipts}。请对照纸质收据补记。", receipts=receipts)


def _numbers_text(skipped: Iterable[Skipped]) -> str:
    """SJ-2026-000002 – SJ-2026-000003, BM-2026-000001; the counter's name where a number has no form of its own."""
    shown = {"receipt": numbers.receipt_number, "sheet": numbers.sheet_number, "opening": numbers.opening_number}
    parts = []
    for one in skipped:
        kind, _, year = one.counter.partition("-")
        ends = dict.fromkeys((one.first, one.last))
        texts = [shown[kind](int(year), no) if kind in shown else str(no) for no in ends]
        text = " – ".join(texts)
        parts.append(text if kind in shown else f"{tr('学员编号')} {text}")
    return tr("、").join(parts)
