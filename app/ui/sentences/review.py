"""What is said about reviewing, the waiting list, and two records of one child: what happened, and what to do."""

SENTENCES = {
    "item_unknown": "“{item}”不在核对项目里了，没有保存。请刷新后再试。",
    "contact_incomplete": "请选好联系了谁、用什么方式、结果如何，再保存。",
    "due_day_invalid": "答复期限不是有效的日期，请按 2026-09-12 的样子填写。",
    "due_day_past": "答复期限 {due_on} 已经过去，请改成今天或以后。",
    "no_place_free": "{name} 的 {places} 个名额还没有空出来，现在不能录取。请等名额空出，或先扩大名额。",
    "hold_day_invalid": "保留到哪一天不是有效的日期，请按 2026-09-12 的样子填写。",
    "hold_day_past": "保留日期 {until} 已经过去，请改成今天或以后。",
    "unknown_grade": "没有“{grade}”这个年级，没有保存。请重新选择。",
    "match_unknown": "这条相近的记录已经变了，没有保存。请刷新后再看。",
    "no_shared_guardian": "两边没有相同手机的家长，不能按兄弟姐妹共用。请核对手机，或选“不是同一人”。",
    "has_findings": "{name} 有 {count} 处要看一下，不能成批通过。请打开逐项核对。",
    "student_merged": "编号 {number} 的档案已并入 {into} {name}，请在那份档案里办理。",
    "same_record": "这是同一份档案，不用合并。请选另一份。",
    "merge_other_way": "{number} 还在托而 {other} 已离开或已并入，请反过来合并：保留 {number}。",
    "records_changed": "两份档案中有一份刚刚被改过，没有合并。请看过最新的内容再合并。",
    "carried_row_stays": "这一行是合并档案时转来的余额，不能单独冲销。请冲销原来的那一笔。",
    "merge_incomplete": "有 {count} 份已并入的档案与合并记录不符（如 {number}）。请恢复备份，或联系技术支持。",
}
