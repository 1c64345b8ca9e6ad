"""What the words above a column mean: whose it is (owner) and what of them (aspect).

The same two answers are found in Simplified and Traditional Chinese and in English, with numbers, marks and hints
around the words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.rules.normal import half_width

LONGEST = 200
"""A longer text is an answer, not a header."""


@dataclass(frozen=True)
class Meaning:
    """What a header says. `owner`: child, guardian, mother, father, contact, collector, or "" for nobody named.

    `place`: the number of the guardian or contact that the header names, 0 for none. `aspect`: name, sex, …; "" when
    the words are not known. `named`: the aspect stands in the words themselves, not only in whom they speak of.
    """

    owner: str = ""
    place: int = 0
    aspect: str = ""
    named: bool = False


_SIMPLE = str.maketrans(
    "學級號電話聯繫係關監護緊過齡證開時間課員兒歲別專業機長報讀與實備註寶貝親爺從託額費類處擇後點單對園體藥飲習參來願國現戶門種際務項車帶導師絡稱謂選擇爸媽",
    "学级号电话联系系关监护紧过龄证开时间课员儿岁别专业机长报读与实备注宝贝亲爷从托额费类处择后点单对园体药饮习参来愿国现户门种际务项车带导师络称谓选择爸妈",
)
_NUMBERING = re.compile(
    r"^(?:第\d{1,3}题[\s、.:]*|[\s*★☆●■※#]*(?:[\[(]?(?:q|第|问题|题目)?\s*\d{1,3}\s*(?:题)?\s*[\])、.:_\-](?!\d)\s*|"
    r"[一二三四五六七八九十]{1,3}、|[①-⑳]))+",
)
_HINT = re.compile(
    r"[\[(【][^\])】]*(?:必填|选填|可选|可不填|非必|单选|多选|填空|如[:：有没]|例|格式|required|"
    r"optional|请|yyyy|dd|若无|没有)"
    r"[^\])】]*[\])】]",
)
_NOISE = re.compile(r"^[\s*★☆●■※:#]+|[\s*★:?]+$")
_PLACE = re.compile(r"第?([一二三123])(?:位|个|号)?(?=监护|家长|联系|紧急|接送|$|[^一二三0-9年月级岁班])")
_PLACES = {"一": 1, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}
_SECOND = re.compile(r"另一|其他|备用|次要|second|other parent|2nd")
_FIRST = re.compile(r"主要|首要|first|primary|main|1st")

_OWNERS = (  # the first that is found
    ("contact", r"紧急|应急|emergency"),
    ("collector", r"接送|代接|接孩子|接娃|可接|接走|pick[ -]?up|collector|collect|authori[sz]ed"),
    ("guardian", r"父母|父/母|父或母|爸爸?[/或]妈|mother ?/ ?father|father ?/ ?mother"),
    ("mother", r"母亲|妈妈|妈咪|^妈|^母|孩子妈|\bmother|\bmum\b|\bmom\b"),
    ("father", r"父亲|爸爸|^爸|^父|孩子爸|\bfather|\bdad\b"),
    ("guardian", r"监护|家长|法定代理|填表人|填写人|parent|guardian|carer"),
    ("child", r"孩子|学生|学员|学童|宝宝|宝贝|幼儿|小朋友|儿童|子女|\bchild|student|pupil|\bkid"),
    ("reach", r"联系人|联络人|contact(?! ?(?:no|num|tel|phone|detail))"),
)
_ASPECTS = (  # the first that is found; what stands higher is the narrower word
    ("submitted_at", (
        r"提交(?:答卷)?(?:的)?时间|提交日期|填写时间|填表(?:时间|日期)|报名(?:时间|日期)|创建时间|"
        r"timestamp|submi(?:t|ssion).*(?:time|date|at)|completion time"
    )),
    ("none", (
        r"^序号?$|^编号$|^no$|^id$|^#$|所用时间|答题|用时|来自ip|^ip|ip地址|^来源|浏览器|操作系统|"
        r"总分|得分|昵称|提交人|提交者|填写人ip|start time|年龄|^age\b|民族|国籍|籍贯|email|邮箱|"
        r"e-mail|邮编|血型|身高|体重|qq"
    )),
    ("name", r"(?:人|姓名|家长|父亲|母亲|contact|name)\s*[及和与、/+&]\s*(?:联系)?(?:电话|手机|方式|phone|mobile)"),
    ("alone", r"自行回家|独自回家|自己回家|home alone|walks? home"),
    ("photos", (
        r"(?:照片|肖像|摄影|photo|image).*(?:同意|授权|允许|使用|consent|agree|permission|use)|"
        r"(?:同意|授权|允许|consent|agree|permission).*(?:照片|肖像|拍照|摄影|photo|image)"
    )),
    ("emergency_treatment", r"送医|紧急医疗|紧急就医|emergency (?:medical )?(?:treatment|care)|medical treatment"),
    ("under_14", (
        r"(?:监护人|家长).*同意|同意.*(?:监护人|家长|14|十四|儿童)|(?:parent|guardian)\S* (?:consent|"
        r"agree)|under.?14"
    )),
    ("privacy", r"同意|授权|知情|告知书|承诺|隐私|协议|consent|agree|privacy"),
    ("name", (
        r"(?:姓名|名字|家长|监护人|联系人|接送人|父亲|母亲|name|parent|guardian|"
        r"contact)\s*[一二三123]?\s*[\[(【及和与、/+&]\s*(?:and )?(?:与孩子)?(?:的)?(?:关系|称谓|"
        r"relation)"
    )),
    ("relation", r"关系|称谓|relation"),
    ("heard_of", (
        r"从哪|哪里知道|如何(?:得知|知道|了解)|怎么知道|怎样知道|渠道|得知|了解(?:到)?我们|知道我们|"
        r"推荐人|介绍人|\bhear\b|\bheard\b|\breferr"
    )),
    ("wechat", r"微信(?!.*(?:电话|手机))|wechat|weixin"),
    ("identity_kind", r"(?:证件|证)(?:类型|种类|类别)|(?:id|document) type"),
    ("identity_number", r"身份证|证件|护照|出生证|\bid(?:entity)? ?(?:no|num|card|document)|passport|identity|hkid"),
    ("mobile", (
        r"电话|手机|联系方式|联络方式|号码|mobile|phone|\btel\b|telephone|\bcell|contact (?:no|num|"
        r"detail)|whatsapp"
    )),
    ("birth_date", r"出生(?!地)|生日|诞辰|birth(?!place)|\bdob\b|d\.o\.b|\bborn\b"),
    ("sex", r"性别|\bsex\b|gender"),
    ("workplace", r"单位|职业|公司|employer|workplace|occupation|company"),
    ("form_teacher", r"班主任|导师|老师|teacher"),
    ("start_date", (
        r"(?:开始|起始|入托|入学|起托|入读|入园)(?:的)?(?:日期|时间|日)?$|(?:希望|计划|预计|意向|"
        r"期望).*(?:日期|时间|开始)|何时开始|start(?:ing)? ?(?:date|from|on)?$|start date|"
        r"from which date|when.*start"
    )),
    ("wanted", (
        r"班型|想报|报班|托管|服务|项目|课程|午托|晚托|班种|报名类型|报名班|报读|套餐|"
        r"program|service|care type|"
        r"session|which care|plan\b"
    )),
    ("address", r"住址|地址|家庭住所|居住|住在|小区|省市区|详细地址|address|\blive"),
    ("grade", r"年级|年段|grade|year group|school year|\byear\b"),
    ("school_class", r"班级|班别|所在班|就读班|^班$|第几班|几班|\bclass\b|homeroom"),
    ("school", r"学校|幼儿园|幼稚园|园所|校名|就读|school|kindergarten"),
    ("allergies", r"过敏|忌用|allerg"),
    ("medication", r"用药|服药|药物|吃药|medication|medicine"),
    ("diet", r"饮食|忌口|膳食|diet|food|meal"),
    ("insurance", r"保险|insurance"),
    ("doctor_notes", r"医嘱|医生|doctor"),
    ("conditions", r"疾病|病史|健康|身体|体质|medical|health|condition|illness"),
    ("special_needs", r"特殊|特别|需求|备注|说明|注意|补充|留言|嘱咐|remark|note|comment|special|anything else|need"),
    ("name", r"姓名|名字|大名|全名|学名|\bname|fullname"),
)  # fmt: skip
_OWNER_SHAPES = tuple((name, re.compile(shape)) for name, shape in _OWNERS)
_ASPECT_SHAPES = tuple((name, re.compile(shape)) for name, shape in _ASPECTS)
_CLASS_OF_SCHOOL = re.compile(r"学校班级|学校的班级|school class")
_OWNERLESS = frozenset({
    "submitted_at", "none", "alone", "photos", "emergency_treatment", "under_14", "privacy", "heard_of", "wanted",
    "start_date",
})  # fmt: skip
_OF_PEOPLE = frozenset({"name", "relation", "mobile", "wechat", "workplace", "address", "sex", "identity_number"})


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The bare words of a header: half width, small, simplified, without number, star, hint and colon."""
    words = half_width(" ".join(text.split())).lower().translate(_SIMPLE)
    words = _HINT.sub("", words)
    return _NOISE.sub("", _NUMBERING.sub("", words)).strip()


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning:
    """Read a header. An unknown one has no aspect."""
    if len(text) > LONGEST:
        return Meaning()
    words = plain(text)
    owner = next((name for name, shape in _OWNER_SHAPES if shape.search(words)), "")
    aspect = next((name for name, shape in _ASPECT_SHAPES if shape.search(words)), "")
    if aspect == "school" and _CLASS_OF_SCHOOL.search(words):
        aspect = "school_class"
    if aspect in _OWNERLESS:
        return Meaning("", 0, aspect, named=True)
    if aspect:
        if owner and owner != "child" and aspect not in _OF_PEOPLE:
            owner = ""
        return Meaning(_owner_of(owner, aspect), _place(words), aspect, named=True)
    return Meaning(owner, _place(words), "name") if owner and len(words) <= 12 else Meaning()


def _owner_of(owner: str, aspect: str) -> str:
    """与孩子关系 and 孩子家庭电话 speak of the people around the child."""
    return "" if owner == "child" and aspect in ("relation", "mobile", "wechat", "workplace") else owner


def _place(words: str) -> int:
    if found := _PLACE.search(words):
        return _PLACES[found[1]]
    if _SECOND.search(words):
        return 2
    return 1 if _FIRST.search(words) else 0
