"""What was done and to what: the words of the log's actions and subjects, made on reading (the log keeps codes)."""

from app.process.operation_log import LogRow
from app.ui.texts import tr

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


def action_text(action: str) -> str:
    """The action in words; a code without words stands as it is."""
    return tr(ACTIONS.get(action, action))


def subject_text(row: LogRow) -> str:
    """What the entry is about: kind and name, or kind and number."""
    kind = tr(SUBJECTS.get(row.subject_kind) or OTHER_SUBJECTS.get(row.subject_kind, row.subject_kind))
    if row.subject_name:
        return f"{kind}　{row.subject_name}"
    return f"{kind}　#{row.subject_id}" if row.subject_id else kind
