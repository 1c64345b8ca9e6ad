"""The words of the fields in an entry's `values` and `details`, and of what stands in them."""

from app.rules import phones
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
