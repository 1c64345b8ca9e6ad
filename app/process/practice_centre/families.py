"""Invented families: children who are brothers and sisters, their guardians, where they live, what one must know."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from app.process.practice_centre import names
from app.rules import identity
from app.rules.person import (
    CONSENT_KINDS,
    Child,
    Consent,
    Contact,
    Guardian,
    Health,
    PickUp,
    Registration,
    speaker,
)

SCHOOLS = ("文岚小学", "星河实验小学", "明德小学", "嘉绿第二小学", "竹溪小学", "育英小学", "云栖外国语小学", "翠堤小学")
HEARD_OF = ("朋友介绍", "路过", "学校家长群", "老学员续报", "宣传单", "网络搜索")
FORM_TEACHERS = ("周老师", "陈老师", "吴老师", "金老师", "方老师", "王老师", "李老师", "杨老师")
_ROADS = (
    "文二西路", "文三路", "教工路", "古翠路", "学院路", "莫干山路", "益乐路", "丰潭路", "竞舟路", "紫荆花路",
    "文一西路", "天目山路", "余杭塘路", "保俶北路", "翠柏路", "浙大路",
)  # fmt: skip
_COMPOUNDS = (
    "翠苑四区", "嘉绿苑", "世纪新城", "绿城桂花园", "府苑新村", "政苑小区", "星洲花园", "南都德加", "金都雅苑",
    "耀江文鼎苑",
)  # fmt: skip
_WORK = (
    "杭州恒远机械有限公司", "自由职业", "西溪社区卫生服务中心", "浙江明远会计师事务所", "城西地铁运营分公司",
    "个体经营", "中学教师", "杭州云帆软件有限公司", "物流公司司机", "古荡菜市场", "建筑设计院", "在家",
)  # fmt: skip
_ALLERGIES = (
    "花生、腰果过敏，点心避免坚果", "对鸡蛋过敏", "牛奶蛋白过敏，喝豆奶", "芒果过敏", "虾蟹过敏", "青霉素过敏",
    "头孢类药物过敏", "尘螨过敏，换季易打喷嚏", "猕猴桃过敏，嘴唇会肿",
)  # fmt: skip
_CONDITIONS = (
    "轻度哮喘，书包里有吸入剂", "近视 300 度，须坐前排", "曾有热性惊厥", "容易流鼻血", "右手骨折已愈，不做剧烈运动",
)  # fmt: skip
_DIETS = ("不吃猪肉", "少油少盐", "不吃香菜", "素食", "饭量小，少盛多添")
_NOTES = ("姐姐来接", "只在南门接", "周五由外婆接", "冬天提前十分钟")
_MOBILE = (
    "135", "136", "137", "138", "139", "150", "151", "158", "159", "177", "180", "181", "186", "187", "188", "199",
)  # fmt: skip
_RELATIONS_OF_ELDERS = ("grandmother_m", "grandfather_m", "grandmother_p", "grandfather_p")


@dataclass
class Family:
    """What brothers and sisters share. `guardian_ids` are known once they are written."""

    surname: str
    guardians: tuple[Guardian, ...]
    contacts: tuple[Contact, ...]
    address: str
    guardian_ids: tuple[int, ...] = ()
    children: list["InventedChild"] = field(default_factory=list)


@dataclass(slots=True)
class InventedChild:
    """A child of a family with what its form says. Its grade is that of the school year in which it is, or left."""

    family: Family
    child: Child
    health: Health
    pick_up: PickUp

    def registration(self, consents_on: str) -> Registration:
        """The form as the family would fill it in, without services."""
        family = self.family
        name, relation = speaker(family.guardians)
        consents = tuple(
            Consent(kind, given=True, date=consents_on, given_by=name, relation=relation) for kind in CONSENT_KINDS
        )
        return Registration(
            self.child, family.guardians, family.contacts, self.pick_up, self.health, consents,
        )  # fmt: skip


class Families:
    """Makes families one after the other; telephones and identity numbers never occur twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._phones = 0
        self._first_phone = random.randrange(10**8)
        self._born: dict[str, int] = {}

    def family(self) -> Family:
        """A family without children yet: two guardians in three of four cases, often a grandparent to call."""
        random = self._random
        surname = names.surname(random)
        father = Guardian(
            names.father(random, surname), "father", self._phone(), workplace=random.choice(_WORK),
            lives_with_child=random.random() < 0.95,
        )  # fmt: skip
        mother = Guardian(names.mother(random), "mother", self._phone(), workplace=random.choice(_WORK))
        both = (mother, father) if random.random() < 0.6 else (father, mother)
        guardians = both if random.random() < 0.78 else both[:1]
        guardians = (replace(guardians[0], payer=True, wechat=self._wechat(guardians[0])), *guardians[1:])
        contacts: tuple[Contact, ...] = ()
        if random.random() < 0.55:
            relation = random.choice(_RELATIONS_OF_ELDERS)
            collects = random.random() < 0.7
            contacts = (Contact(names.elder(random), relation, self._phone(), may_collect=collects, emergency=True),)
        return Family(surname, guardians, contacts, self._address())

    def child(self, family: Family, grade: int, school_year: int, joined: date) -> InventedChild:
        """Another child of the family, in `grade` (0: last year of kindergarten) in the year that began in autumn."""
        random = self._random
        sex = random.choice(("female", "male"))
        name = names.child(random, family.surname, sex)
        while any(other.child.name == name for other in family.children):
            name = family.surname + names.child(random, "", sex)
        born = self._birth_date(grade, school_year)
        number = self._identity(born, sex) if random.random() < 0.88 else ""
        child = Child(
            name, sex, born, "resident_id", number,
            random.choice(SCHOOLS) if grade else "文岚幼儿园", str(grade) if grade else "k3",
            f"（{random.randint(1, 6)}）班", random.choice(FORM_TEACHERS), family.address,
            heard_of=random.choice(HEARD_OF),
        )  # fmt: skip
        who = InventedChild(family, child, self._health(), self._pick_up(grade, joined))
        family.children.append(who)
        return who

    def _birth_date(self, grade: int, school_year: int) -> str:
        """Who is in grade one was six before the first of September."""
        first = date(school_year - grade - 6, 9, 1).toordinal()
        return date.fromordinal(first + self._random.randrange(365)).isoformat()

    def _identity(self, born: str, sex: str) -> str:
        """The next free number of that day and sex; the places are those of Hangzhou and round it."""
        key = f"{born}{sex}"
        turn = self._born.get(key, 0)
        self._born[key] = turn + 1
        place = ("330106", "330105", "330108", "330110", "330109", "330102", "341024", "362330")[turn // 500 % 8]
        first = f"{place}{born.replace('-', '')}{turn % 500 * 2 + (sex == 'male'):03d}"
        return first + identity.check_digit(first)

    def _health(self) -> Health:
        random = self._random
        marks, allergies, conditions = [], "", ""
        if random.random() < 0.11:
            allergies = random.choice(_ALLERGIES)
            marks.append("drug_allergy" if "青霉素" in allergies or "头孢" in allergies else "food_allergy")
        if random.random() < 0.06:
            conditions = random.choice(_CONDITIONS)
            marks.append("asthma" if "哮喘" in conditions else "other")
        diet = random.choice(_DIETS) if random.random() < 0.05 else ""
        insurance = "学平险" if random.random() < 0.6 else ""
        return Health(tuple(marks) or ("none_known",), allergies, conditions, diet=diet, insurance=insurance)

    def _pick_up(self, grade: int, joined: date) -> PickUp:
        random = self._random
        if grade >= 4 and random.random() < 0.12:
            return PickUp(goes_home_alone=True, alone_from=f"17:{30 + joined.day % 2 * 15}")
        return PickUp(note=random.choice(_NOTES)) if random.random() < 0.04 else PickUp()

    def _address(self) -> str:
        random = self._random
        road, house = random.choice(_ROADS), random.randint(1, 780)
        block, stair = random.randint(1, 28), random.randint(1, 3)
        room = f"{random.randint(1, 18)}0{random.randint(1, 4)}"
        return f"杭州市西湖区{road} {house} 号{random.choice(_COMPOUNDS)} {block} 幢 {stair} 单元 {room} 室"

    def _phone(self) -> str:
        """Walks through the hundred million numbers of all prefixes without ever meeting one again."""
        self._phones += 1
        number = (self._first_phone + self._phones * 61_803_399) % 10**8  # prime to 10**8: every number once
        return f"{_MOBILE[number % len(_MOBILE)]}{number:08d}"

    def _wechat(self, guardian: Guardian) -> str:
        return f"wx{guardian.mobile[-6:]}" if self._random.random() < 0.3 else ""
