"""The words of the operation log: actions, subjects, fields and details, made on reading (the log keeps codes)."""

from collections.abc import Iterable

from app.process.operation_log import LogRow
from app.process.skipped_numbers import Skipped
from app.rules import numbers, phones
from app.ui.consent_words import WORDING
from app.ui.texts import money_text, tr
from app.ui.words import (
    CHANNEL,
    CONSENT,
    CONTACT_RESULT,
    CONTACT_WAY,
    GRADE,
    IDENTITY_KIND,
    RELATION,
    ROLE,
    SESSION,
    SEX,
    UNIT,
    word,
)

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
    "import": "导入",
    "log": "日志",
    "rights": "权限",
    "sheet": "确认单",
    "wording": "文本",
}

ACTIONS: dict[str, str] = {
    "create_centre": "新建中心",
    "sign_in": "登录",
    "sign_out": "退出登录",
    "lock": "锁定",
    "submit_application": "提交报名",
    "submit_and_approve": "登记并录入",
    "approve_application": "审核通过并录入",
    "send_back_application": "退回修改",
    "reopen_application": "打开修改",
    "withdraw_application": "撤回报名",
    "reject_application": "未予通过",
    "tick_application": "核对报名",
    "contact_family": "联系了家长",
    "ask_family": "请家长补充",
    "family_answered": "家长已答复",
    "answer_match": "回答相近记录",
    "put_on_waiting_list": "已转入候补",
    "offer_place": "候补录取",
    "hold_place": "保留了名额",
    "let_place_go": "取消保留名额",
    "set_places": "设定名额",
    "merge_students": "合并了档案",
    "make_sheet": "生成确认单",
    "print_paper": "打印单据",
    "save_paper": "单据存为 PDF",
    "mark_signed": "标记已签字",
    "unmark_signed": "取消已签字",
    "attach_scan": "附上签字扫描件",
    "take_off_scan": "取下扫描件",
    "change_student": "修改学员资料",
    "undo_student_change": "撤销上次保存",
    "reveal_identity": "查看证件号",
    "give_consent": "记录同意",
    "withdraw_consent": "撤回同意",
    "export_students": "导出学员名单",
    "import_applications": "导入报名表",
    "save_left_out_rows": "保存未导入的行",
    "take_over": "接收期初学员",
    "make_opening_statement": "生成期初核对单",
    "copy_complete_texts": "复制请家长补充的文字",
    "take_payment": "收费",
    "void_receipt": "作废收据",
    "charge": "记应收",
    "discount": "记优惠",
    "reverse_row": "冲销",
    "save_service": "保存服务",
    "set_price": "定价",
    "save_class": "保存托管班",
    "change_settings": "修改设置",
    "change_logo": "更换标志",
    "save_wording": "修改文本",
    "add_user": "新增用户",
    "set_roles": "修改角色",
    "set_active": "启用或停用用户",
    "set_password": "修改密码",
    "set_grants": "修改权限",
    "new_recovery_key": "更换恢复密钥",
    "backup": "备份",
    "restore": "恢复备份",
}
"""Words of every action code that `operation_log.record` is called with; a house test keeps it complete."""

FIELDS: dict[str, str] = {
    "number": "编号",
    "before": "原来",
    "after": "改为",
    "failed_before": "之前输错密码次数",
    "recovery_key": "用恢复密钥",
    "taken": "收走的权限",
    "opid": "操作号",
    "returned": "复托",
    "undone": "撤销的记录",
    "fen": "金额",
    "before_fen": "原价",
    "settled_fen": "抵扣应收",
    "methods": "付款方式",
    "student": "学员",
    "students": "学员数",
    "payer": "交款人",
    "reason": "原因",
    "section": "部分",
    "version": "版本",
    "unit": "单位",
    "from": "起用日",
    "name": "名称",
    "columns": "列",
    "kind": "种类",
    "channel": "渠道",
    "findings": "疑点",
    "file": "文件",
    "sha256": "文件指纹",
    "rows": "行数",
    "imported": "导入",
    "taken_over": "接收",
    "families": "家庭",
    "debt_fen": "期初欠费",
    "credit_fen": "期初结余",
    "with_errors": "有错误",
    "duplicates": "重复",
    "keyed_by": "登记人",
    "application": "报名",
    "printer": "打印机",
    "copies": "份数",
    "nth": "第几次打印",
    "digest": "内容摘要",
    "slot": "密钥标记",
    "signed_on": "签字日期",
    "way": "签字方式",
    "shown": "所签原件的摘要",
    "scan": "扫描件的摘要",
    "signer": "签字人",
    "relation": "关系",
    "role": "角色",
    "roles": "角色",
    "row": "流水",
    "login": "登录名",
    "active": "在用",
    "second": "第二份",
    "made_at": "备份时间",
    "back_to": "恢复到",
    "last_receipt": "最后一张收据",
    "papers_missing": "缺少的单据",
    "skipped": "不再使用的号码",
    "discount_fen": "一起冲销的优惠",
    "discounts": "一起冲销的优惠",
    "problems": "疑点",
    "matches": "相近记录",
    "not_same": "已答不是",
    "returning": "复托学员",
    "ticked": "已核对",
    "contacts": "联系",
    "item": "核对项目",
    "done": "已核对",
    "result": "结果",
    "whom": "联系人",
    "due_on": "期限",
    "answer": "回答",
    "place": "候补次序",
    "until": "保留到",
    "key": "对象",
    "merged": "并入的编号",
    "merged_id": "并入的档案",
    "guardians": "家长",
    "consents": "同意书",
    "applications": "报名",
    "papers": "单据",
    "receipts": "收据",
    "lines": "服务",
    "schema": "数据版本",
    "given": "同意",
    "given_by": "答复人",
    "consent": "同意事项",
    "wording": "文本",
    "title": "标题",
    "text": "正文",
    "due_fen": "应收",
    "sex": "性别",
    "birth_date": "出生日期",
    "identity_kind": "证件类型",
    "identity_number": "证件号码",
    "school": "就读学校",
    "grade": "年级",
    "school_class": "学校班级",
    "form_teacher": "学校班主任",
    "address": "家庭住址",
    "special_needs": "特殊需要",
    "heard_of": "从哪里知道我们",
    "photo": "照片",
    "mobile": "手机",
    "wechat": "微信",
    "workplace": "工作单位",
    "lives_with_child": "同住",
    "may_collect": "可接送",
    "emergency": "紧急联系人",
    "position": "次序",
    "goes_home_alone": "自行回家",
    "alone_from": "自行回家时间",
    "note": "说明",
    "marks": "健康情况",
    "allergies": "过敏",
    "conditions": "病史",
    "medication": "用药",
    "diet": "饮食",
    "doctor_notes": "医生意见",
    "insurance": "保险",
    "date": "日期",
    "start_date": "开始日期",
    "class_id": "托管班",
    "service_id": "服务",
    "service_name": "服务",
    "session": "时段",
    "weekdays": "星期",
    "from_date": "开始",
    "to_date": "结束",
    "unit_fen": "单价",
    "quantity": "数量",
    "rule": "优惠规则",
    "centre_name": "中心名称",
    "centre_english": "英文名称",
    "centre_address": "中心地址",
    "centre_phone": "中心电话",
    "language": "语言",
    "one_person_may_approve": "一人可登记并审核",
    "keyed_may_approve_clean": "无疑点可自行通过",
    "pay_before_signature": "签字前收费",
    "screen_signature": "屏幕签字",
    "student_number_form": "学员编号格式",
    "sibling_discount_percent": "多孩优惠（%）",
    "idle_lock_minutes": "自动锁定（分钟）",
    "review_days": "审核期限（工作日）",
    "answer_days": "家长答复期限（工作日）",
    "review_items": "审核核对项目",
    "unsigned_days": "签字期限（天）",
    "consent_paper_days": "口头同意期限（天）",
    "ending_soon_days": "到期提醒（天）",
    "second_backup": "第二份备份的文件夹",
    "complete_text": "请家长补充的文字",
    "texts": "文字条数",
    "row_numbers": "行号",
}
"""Words of the fields in `values` and `details`."""


SECTIONS = {
    "child": "学员资料",
    "guardians": "监护人与接送",
    "pick_up": "监护人与接送",
    "health": "健康、饮食与同意",
    "services": "服务与托管班",
}
CODES = {
    "section": SECTIONS,
    "sex": SEX,
    "relation": RELATION,
    "grade": GRADE,
    "unit": UNIT,
    "session": SESSION,
    "identity_kind": IDENTITY_KIND,
    "role": ROLE,
    "channel": CHANNEL,
    "way": {**CONTACT_WAY, "paper": "纸上", "screen": "屏幕上"},
    "result": CONTACT_RESULT,
    "consent": CONSENT,
    "wording": WORDING,
}
YES_NO = frozenset({
    "lives_with_child", "may_collect", "emergency", "payer", "goes_home_alone", "given", "active",
    "one_person_may_approve", "keyed_may_approve_clean",
    "screen_signature",
})  # fmt: skip


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
    section, _, rest = field.partition(".")
    if section == "consents":
        return f"{word(CONSENT, rest.partition('.')[0])}　{field_text(field)}"
    places = [int(part) + 1 for part in parts if part.isdigit()]
    return f"{field_text(field)}　{places[0]}" if places else field_text(field)


def value_text(field: str, value: object) -> str:
    """A value as people read it: fen as money, phones in groups."""
    if isinstance(value, int) and not isinstance(value, bool) and field.endswith("fen"):
        return money_text(value)
    if isinstance(value, bool):
        return tr("是") if value else tr("否")
    text = str(value)
    last = field.rsplit(".", 1)[-1]
    if last in CODES:
        return word(CODES[last], text)
    if last in YES_NO and text in {"0", "1"}:
        return tr("是") if text == "1" else tr("否")
    if last.endswith("fen") and text.lstrip("-").isdigit():
        return money_text(int(text))
    return phones.show(text) if last.endswith("mobile") else text


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
