"""Facts of invented people for papers: a usual family, and one that has too much of everything."""

from dataclasses import replace
from typing import Any

from app.printing.application_form import FormFacts
from app.printing.confirmation_sheet import SheetFacts
from app.printing.opening_statement import Child as OpeningChild
from app.printing.opening_statement import OpeningFacts
from app.printing.opening_statement import Service as OpeningService
from app.printing.paper import Centre
from app.printing.receipt import ReceiptFacts, ReceiptLine
from app.printing.recipe_sheet import RecipeFacts
from app.rules import numbers
from app.rules.form_recipe import questions
from app.rules.person import (
    Child,
    Consent,
    Contact,
    Discount,
    EnrolmentLine,
    Guardian,
    Health,
    PickUp,
    Registration,
    Services,
)

CENTRE = Centre(
    "晨光托管中心", "Chenguang After-School Care Centre", "杭州市西湖区文三路 128 号 2 楼", "0571-8800 1234",
)  # fmt: skip
LONG_CENTRE = Centre(
    "杭州市西湖区晨光儿童成长课后托管服务中心有限公司（文三路旗舰店）",
    "Hangzhou Xihu Chenguang Children After-School Care Service Centre Co., Ltd.",
    "浙江省杭州市西湖区古荡街道嘉绿苑社区文三西路与丰潭路交叉口东南侧嘉绿苑北区（原教工路宿舍）12 幢 201 至 208 室",
    "0571-8800 1234 转 801",
)
FORM = FormFacts(
    CENTRE, "2026-09-01T08:30:00", "陈琳",
    ("午托（11:30–13:30） 480.00 元/月", "晚托 780.00 元/月"),
    ("文三街小学", "学军小学"),
)  # fmt: skip
RECIPE = RecipeFacts(CENTRE, questions(FORM.services, FORM.schools), "2026-09-01T08:30:00", "陈琳")
RARE = "𠮷𡋾𬍛㛃"
FOREIGN = "María-José Ångström Nguyễn"
ADDRESS = (
    "浙江省杭州市西湖区古荡街道嘉绿苑社区文三西路与丰潭路交叉口东南侧嘉绿苑北区（原教工路宿舍）12 幢 3 单元 501 室"
    "（从北门进，过小花园右转第二个单元门，门禁请按 501 再按铃，或者打电话给外婆，她会下楼来接，谢谢，辛苦了老师）"
)
WORK = "杭州恒瑞机械设备制造（集团）股份有限公司第二分公司"
NOTE = (
    "对花生、腰果、核桃、虾蟹过敏，接触后十分钟内出现荨麻疹，严重时呼吸困难；随身带有肾上腺素笔（书包外层），"
    "请老师先拨 120 再联系家长。" * 4
)[:296] + "以上完毕"
USUAL = Registration(
    child=Child(
        "张珺晨", "female", "2018-04-16", "resident_id", "330106201804160426", "文三街小学", "3", "2", "周敏",
        "西湖区古荡街道嘉绿苑 12 幢 3 单元 501 室", heard_of="邻居介绍",
    ),
    guardians=(
        Guardian("张志强", "father", "13805712236", "", "杭州恒瑞机械有限公司"),
        Guardian("李龑", "mother", "13957189042", "liyan_88", "浙江省立同德医院", payer=True),
    ),
    contacts=(Contact("王秀英", "grandmother_m", "13738216650", may_collect=True, emergency=False),),
    health=Health(("food_allergy",), "对花生、腰果过敏；点心请避免坚果。"),
    consents=(Consent("photos", True, 1, "2026-09-12"), Consent("emergency_treatment", True, 1, "2026-09-12")),
    services=Services(
        (
            EnrolmentLine(1, "课后托管", "after_school", 0b11111, "2026-09-14", "2027-01-22", "month", 78000, 5),
            EnrolmentLine(2, "晚餐", "none", 0b11111, "2026-09-14", "2027-01-22", "meal", 1500, 92),
            EnrolmentLine(3, "作业看护小班", "lunch", 0b10101, "2026-09-14", "2027-01-22", "term", 120000, 1),
        ),
        (Discount("siblings", "", 20000),),
        "2026-09-14",
    ),
)  # fmt: skip
MUCH = Registration(
    child=Child(
        f"欧阳慕容{RARE[0]}娜·{FOREIGN}", "male", "2017-02-28", "passport", "E12345678901",
        "杭州市西湖区文三街小学教育集团嘉绿苑校区（北）", "6", "重点实验班 A", "周敏 & 陈<琳>", ADDRESS,
        special_needs="左耳佩戴助听器，请安排坐前排。\n体育课后取下。",
        heard_of="<script>alert(1)</script> 住在同一个小区的同学妈妈推荐的，还看了公众号和门口的海报，又打电话问过两次",
    ),
    guardians=tuple(
        Guardian(name, relation, "+85291234567", f"wx_id_with_a_long_name_{place}", WORK)
        for place, (name, relation) in enumerate((
            (f"欧阳{RARE[0]}", "mother"), ("张·伟 & <b>王</b>", "father"), ("阿卜杜热西提·买买提依明", "grandfather_p"),
            (FOREIGN, "guardian"), (f"李{RARE[1]}", "aunt"), (f"赵{RARE[2]}", "uncle"), (f"钱{RARE[3]}", "nanny"),
            ("劉國華", "其他亲属（表姑父）"),
        ))
    ),
    contacts=(Contact("王秀英", "邻居", "0571-88001234-801", may_collect=True, emergency=True),),
    pick_up=PickUp(True, "17:30", "周三由外婆接，其余自行回家；下雨天改由父亲接。"),
    health=Health(
        ("food_allergy", "asthma", "medication", "other"), NOTE, NOTE, "布地奈德 早晚各一次", "不吃猪肉", "忌剧烈运动",
        "学平险 2026 版",
    ),
    consents=(Consent("photos", False, 1, ""), Consent("under_14", True, 1, "")),
    services=Services(
        tuple(
            EnrolmentLine(place, f"名称比较长的服务项目第 {place} 项（含晚餐与作业看护）", "after_school", 0b10101,
                          "2026-09-14", "2027-01-22", "month", 1234567, 12)
            for place in range(1, 11)
        ),
        (Discount("siblings", "", 20000), Discount("by_hand", "老学员介绍 <新生> & 续费", 12345)),
        "2026-09-14",
    ),
)  # fmt: skip
LONG_ITEM = "（含晚餐与作业看护以及周末兴趣活动材料费）"
LINES = (
    ReceiptLine("课后托管", "2026-09-14 至 2027-01-22", "5 月", 390000),
    ReceiptLine("晚餐", "2026-09-14 至 2027-01-22", "92 餐", 138000),
    ReceiptLine("作业看护小班", "2026 秋季", "1 期", 120000),
    ReceiptLine("多孩优惠", "", "", -20000),
)
MANY_LINES = tuple(
    ReceiptLine(f"收费项目第 {place} 项" + LONG_ITEM * (place % 3 == 0), "2026 秋季", "1 期", place)
    for place in range(1, 23)
)  # fmt: skip


def sheet(registration: Registration = USUAL, **changed: Any) -> SheetFacts:
    """A confirmation sheet's facts."""
    return replace(
        SheetFacts(
            registration, numbers.sheet_number(2026, 34), numbers.code_for_sheet(2026, 34), 1, CENTRE,
            "2026-09-12T16:42:10", "陈琳", student_number="20260318", class_name="三年级 A 班",
        ),
        **changed,
    )  # fmt: skip


def receipt(**changed: Any) -> ReceiptFacts:
    """A receipt's facts: 6,280.00, paid by WeChat and cash, nothing owed."""
    return replace(
        ReceiptFacts(
            numbers.receipt_number(2026, 3421), numbers.code_for_receipt(2026, 3421), "2026-09-12T16:47:09", "张珺晨",
            "20260318", "三年级 A 班", "李龑", "mother", LINES, (("wechat", 500000), ("cash", 128000)), 628000, 628000,
            0, "陈琳", CENTRE, "7F3A91C2", 130000, 2000,
        ),
        **changed,
    )  # fmt: skip


def much_receipt() -> ReceiptFacts:
    """A receipt with long names, many lines, five methods and large sums."""
    fen = 123456789012
    methods = (("wechat", fen - 92), ("cash", 50), ("alipay", 20), ("card", 12), ("transfer", 10))
    return receipt(
        child=MUCH.child.name, payer=FOREIGN, relation="guardian", class_text="幼儿园大班 国际双语实验（1）班",
        lines=MANY_LINES, methods=methods, due_fen=fen + 100000, paid_fen=fen, balance_fen=100000, centre=LONG_CENTRE,
    )  # fmt: skip


def opening(**changes: Any) -> OpeningFacts:
    """The opening statement of a family with two children: one owes, one has money left."""
    services = (
        OpeningService("晚托", "周一至周五", "2026-12-31"), OpeningService("晚餐", "周一、三、五", "2026-12-31"),
    )  # fmt: skip
    one = OpeningChild("张珺晨", "20260001", "三年级晚托班", services, "12", "5.5", 30_000, 0, "VIP-0815")
    facts = OpeningFacts(
        CENTRE, numbers.opening_number(2026, 12), numbers.code_for_opening(2026, 12), "2026-09-12",
        "2026-09-12T18:30:00", "陈琳",
        (("张志强", "父亲", "138 0571 2236"), ("李龑", "母亲", "139 5718 9042")),
        (one, replace(one, name="张一诺", number="20260002", debt_fen=0, credit_fen=12_050, old_number="")),
    )  # fmt: skip
    return replace(facts, **changes)


def much_opening() -> OpeningFacts:
    """One with more children than a page holds, and long words."""
    one = opening().children[0]
    children = tuple(
        replace(one, name=f"{FOREIGN} {at}", class_name="三年级作业看护与晚托综合班", number="HZ-XH-2026-00012")
        for at in range(30)
    )
    return opening(centre=LONG_CENTRE, children=children)
