"""The words for the codes of rules (product.md, Words): the one place where they stand, for windows and papers."""

DAYS = ("一", "二", "三", "四", "五", "六", "日")
SEX = {"female": "女", "male": "男"}
STUDENT_STATE = {
    "entered": "已录入",
    "paid": "已缴费",
    "enrolled": "在托",
    "suspended": "暂停",
    "left": "已退托",
    "archived": "已归档",
    "merged": "已并入",
}
APPLICATION_STATE = {
    "submitted": "待审核",
    "needs_information": "等家长答复",
    "returned": "退回修改",
    "waiting_list": "候补",
    "approved": "已通过",
    "rejected": "未通过",
    "withdrawn": "已撤回",
}
CONTACT_WAY = {"phone": "电话", "wechat": "微信", "sms": "短信", "in_person": "当面"}
CONTACT_RESULT = {"reached": "联系上了", "no_answer": "无人接听", "wrong_number": "号码不对", "later": "稍后答复"}
PLACE_KIND = {"class": "托管班", "service": "服务", "grade": "年级"}
RELATION = {
    "mother": "母亲",
    "father": "父亲",
    "grandmother_m": "外婆",
    "grandfather_m": "外公",
    "grandmother_p": "奶奶",
    "grandfather_p": "爷爷",
    "aunt": "姑姨",
    "uncle": "叔舅",
    "guardian": "监护人",
    "nanny": "保姆",
    "other": "其他",
}
GRADE = {
    "k1": "幼儿园小班",
    "k2": "幼儿园中班",
    "k3": "幼儿园大班",
    "1": "一年级",
    "2": "二年级",
    "3": "三年级",
    "4": "四年级",
    "5": "五年级",
    "6": "六年级",
    "7": "七年级",
    "8": "八年级",
    "9": "九年级",
}
METHOD = {"wechat": "微信", "cash": "现金", "alipay": "支付宝", "card": "刷卡", "transfer": "银行转账"}
LEDGER_KIND = {
    "charge": "应收",
    "discount": "优惠",
    "payment": "实收",
    "credit": "结转",
    "refund": "退费",
    "correction": "更正",
    "reversal": "冲销",
    "opening": "期初",
}
UNIT = {
    "term": "学期",
    "month": "月",
    "half_month": "半月",
    "week": "周",
    "day": "天",
    "session": "次",
    "meal": "餐",
    "hour": "小时",
    "once": "次",
    "deposit": "笔",
}
SESSION = {
    "lunch": "午托",
    "after_school": "晚托",
    "both": "午晚托",
    "holiday": "假期托管",
    "drop_in": "临时托管",
    "none": "",
}
SERVICE_KIND = {
    "care": "托管",
    "meal": "餐",
    "holiday": "假期托管",
    "fee": "一次性费用",
    "deposit": "押金",
}
ROLE = {
    "receptionist": "前台",
    "class_administrator": "班级管理员",
    "teacher": "托管老师",
    "finance": "财务",
    "manager": "负责人",
}
RIGHT = {
    "register": "填报名登记、印确认单",
    "import_applications": "导入网上报名表",
    "take_over": "接收期初学员名单",
    "review": "审核别人登记的报名",
    "sign": "标记家长已签字",
    "see_students": "看学员名单和档案",
    "see_identity": "看完整的证件号码",
    "see_health": "看过敏、疾病和用药",
    "change_students": "改学员资料",
    "take_payment": "收费",
    "void_receipt": "作废收据",
    "charge": "手工加收和优惠",
    "see_ledger": "看收费流水",
    "edit_prices": "改服务与价目",
    "export": "把资料导出到文件",
    "manage_users": "管用户和权限",
    "manage_centre": "改中心设置和托管班",
    "see_log": "看操作日志",
    "backup": "备份",
    "restore": "恢复备份",
    "merge_students": "合并同一孩子的两份档案",
}
CHANNEL = {"counter": "柜台登记", "paper": "纸质报名表", "online": "网上报名", "pdf": "电子报名表"}
IDENTITY_KIND = {
    "resident_id": "居民身份证",
    "hk_macau_permit": "港澳居民证件",
    "taiwan_permit": "台湾居民证件",
    "passport": "护照",
    "birth_certificate": "出生医学证明",
    "other": "其他证件",
}
HEALTH_MARK = {
    "none_known": "无特殊情况",
    "food_allergy": "食物过敏",
    "drug_allergy": "药物过敏",
    "asthma": "哮喘",
    "medication": "近期服药",
    "halal": "清真饮食",
    "other": "其他",
}
CONSENT = {
    "privacy": "个人信息告知",
    "under_14": "未满 14 周岁儿童信息处理的单独同意",
    "photos": "活动照片用于班级群",
    "emergency_treatment": "紧急送医",
}
DISCOUNT = {"siblings": "多孩优惠", "early": "早付优惠", "staff": "员工优惠", "renewal": "续费优惠", "by_hand": "优惠"}


def word(words: dict[str, str], code: str) -> str:
    """The word for a code; what is no code (typed freely) stands as it is."""
    return words.get(code, code)


def grade_and_class(grade: str, school_class: str) -> str:
    """The school's grade and class: 三年级（2）班; a class that is typed in words stands behind the grade."""
    plain = school_class.strip()
    if plain.isdigit():
        plain = f"（{plain}）班"
    return f"{word(GRADE, grade)}{plain}"


def weekdays(mask: int) -> str:
    """The days of a week: 周一至周五, 周一、三、五, 每天; nothing for no day."""
    days = [place for place in range(7) if mask >> place & 1]
    if len(days) == 7:
        return "每天"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"周{DAYS[days[0]]}至周{DAYS[days[-1]]}"
    return "周" + "、".join(DAYS[day] for day in days) if days else ""
