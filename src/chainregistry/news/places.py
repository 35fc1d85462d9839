"""Places of mainland China in a text: a gazetteer with Chinese and romanised names, and what each name may mean.

The divisions are those of the table ``cn/loc`` of python-stdnum (GB/T 2260, after the Ministry of Civil Affairs),
which also decodes filing numbers. Romanised names are made by pypinyin from the full Chinese names, so that its
dictionary of phrases chooses the reading; ``_SPELLINGS`` holds the names that maps spell otherwise.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd
from pypinyin import lazy_pinyin
from stdnum import numdb

from chainregistry.filing import MUNICIPALITIES

_SINCE = 2014
"""Names that went out of force before this year are not looked for: the news of the field begin in 2015."""

_SPELLINGS = {
    "呼和浩特": "Hohhot", "乌鲁木齐": "Urumqi", "拉萨": "Lhasa", "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar",
    "鄂尔多斯": "Ordos", "日喀则": "Shigatse", "喀什": "Kashgar", "吐鲁番": "Turpan", "林芝": "Nyingchi", "昌都": "Qamdo",
    "那曲": "Nagqu", "阿里": "Ngari", "锡林郭勒": "Xilingol", "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur",
    "乌兰察布": "Ulanqab", "阿克苏": "Aksu", "和田": "Hotan", "伊犁": "Ili", "克拉玛依": "Karamay", "阿拉善": "Alxa",
    "甘孜": "Garze", "阿坝": "Ngawa", "吕梁": "Lüliang", "长治": "Changzhi", "朝阳": "Chaoyang", "六安": "Lu'an",
    "西双版纳": "Xishuangbanna", "巴音郭楞": "Bayingolin", "博尔塔拉": "Bortala", "塔城": "Tacheng", "阿勒泰": "Altay",
    "浚": "Xun", "石河子": "Shihezi", "土默特左": "Tumed Left", "长乐": "Changle", "长宁": "Changning", "台州": "Taizhou",
    "亳州": "Bozhou", "乐清": "Yueqing", "番禺": "Panyu", "蔚": "Yu", "格尔木": "Golmud", "霍尔果斯": "Horgos",
    "四子王": "Siziwang", "满洲里": "Manzhouli", "二连浩特": "Erenhot", "延吉": "Yanji", "铅山": "Yanshan", "大埔": "Dabu", "六合": "Luhe",
}  # fmt: skip
"""Usual English names that pypinyin does not give: of Mongolian, Tibetan and Uyghur origin, or with a rare reading."""

_OTHER_SPELLINGS = {
    "luliang": "吕梁", "lvliang": "吕梁", "xigaze": "日喀则", "kashi": "喀什", "huhehaote": "呼和浩特", "erdos": "鄂尔多斯",
    "aba": "阿坝", "ganzi": "甘孜", "canton": "广州", "amoy": "厦门", "turfan": "吐鲁番", "naqu": "那曲", "khotan": "和田",
}  # fmt: skip

_ZONES = [  # not divisions of GB/T 2260, or younger than the table: English, Chinese, parent, level at which it acts
    ("Xiong'an", "雄安新区", "13", "prefecture"), ("Xiong'an", "雄安", "13", "prefecture"),
    ("Gui'an", "贵安新区", "52", "prefecture"), ("Xixian", "西咸新区", "61", "prefecture"),
    ("Liangjiang", "两江新区", "50", "county"), ("Tianfu New Area", "天府新区", "51", "prefecture"),
    ("Qianhai", "前海", "4403", "county"), ("Hengqin", "横琴", "4404", "county"),
    ("Lingang", "临港新片区", "31", "county"), ("Pudong", "浦东", "31", "county"), ("Binhai", "滨海新区", "12", "county"),
    ("Suzhou Industrial Park", "苏州工业园区", "3205", "county"), ("Zhongguancun", "中关村", "11", "county"),
    ("Beijing Sub-Centre", "北京城市副中心", "11", "county"), ("Beijing Sub-Center", "城市副中心", "11", "county"),
    ("Jiangbei New Area", "江北新区", "3201", "county"), ("Qiantang", "钱塘区", "3301", "county"),
    ("Linping", "临平区", "3301", "county"), ("Xiangjiang New Area", "湘江新区", "4301", "county"),
    ("Ganjiang New Area", "赣江新区", "36", "prefecture"), ("Lanzhou New Area", "兰州新区", "6201", "county"),
    ("Yangpu Economic", "洋浦经济开发区", "46", "prefecture"), ("Boao", "博鳌", "4692", "county"),
    ("Yizhuang", "亦庄", "11", "county"), ("Guangzhou Development District", "广州开发区", "4401", "county"),
]  # fmt: skip

_COMMON_WORDS = {
    "阿里",
    "来宾",
    "白银",
    "大同",
    "安康",
    "黄山",
    "海南",
    "海北",
    "海西",
    "海东",
    "中山",
    "朝阳",
    "吉林",
    "合作",
    "东方",
    "新民",
    "天长",
    "阳春",
    "明光",
    "新星",
    "双河",
    "安达",
    "高平",
    "大安",
    "永安",
    "安国",
    "兴平",
    "和平",
    "开平",
    "建德",
    "文昌",
    "青铜峡",
    "临海",
    "天门",
    "宜都",
    "白山",
    "保山",
    "东台",
    "东兴",
    "安宁",
    "大理",
    "同江",
    "集安",
    "长安",
    "兴化",
    "五常",
    "灯塔",
    "江山",
    "白杨",
    "会理",
    "子长",
    "津市",
    "当阳",
    "赤壁",
    "河间",
    "沙河",
    "应城",
    "海城",
    "城固",
}
"""Short names that are words, firms or names of something else too; they count with 市, 州 or their province only."""
_CONTESTED = {"chaoyang"}
"""Romanised names of a city that is less often meant than a district of the same name."""
_GENERIC = {
    "市辖区",
    "城区",
    "郊区",
    "矿区",
    "市中区",
    "新城区",
    "东区",
    "西区",
    "港区",
    "新区",
    "市区",
    "城中区",
    "县",
}

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族?)*自治[州县旗]$")
_SUFFIX = re.compile(r"(?:地区|新区|(?<=架)林区|特区|[市盟州区县旗])$")
_WORDS = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’ʼ][A-Za-zÀ-ÿ]+)*")
_QUALIFIER = re.compile(
    r"(?:['’]s?)?[ -]+(?:(?:[A-Z]\w+ )?Autonomous )?(?P<kind>province|provincial|prefecture|city|municipal(?:ity)?|"
    r"district|county|new area|banner|subdistrict|town(?:ship)?)\b",
    re.IGNORECASE,
)
_COUNTY_KINDS = {"district", "county", "new area", "banner", "subdistrict", "town", "township"}

_NO_PLACE = re.compile(
    "|".join(
        [
            r"(?:Postal Savings )?Bank of [A-Z]\w+",
            r"[A-Z]\w+ (?:Rural Commercial |Pudong Development )?Bank\b",
            r"[A-Z]\w+ (?:Jiao ?[Tt]ong |Normal |Technology )?University|Peking University",
            r"[A-Z]\w+ (?:Stock|Futures) Exchange",
            r"[A-Z]\w+ (?:Airlines|Securities|Daily|Evening News|Morning Post|Time|Consensus)\b",
            r"Guangdong[-–—, ]+Hong Kong[-–—, ]+(?:and )?Maca[ou](?: Greater Bay Area)?",
            r"Beijing[-–—]Tianjin[-–—]Hebei",
            r"[Cc]hang'?an Chain",
            "粤港澳(?:大湾区)?|京津冀|长三角|珠三角|成渝|沪深|北京时间|上海合作组织|上合组织|长安链|南京路|北京路|中山(?:大学|公园|路)|链上",
            "(?:北京|上海|南京|广东|深圳|江苏|浙江|杭州|宁波|贵阳|四川|重庆|天津|河北|青岛|长沙|郑州|苏州|浦发|广州|徽商|厦门|成都)"
            "(?:农商|银行|[^ ，。]{0,4}大学|日报|晚报|晨报|商报|卫视|证券|航空|证券交易所|青年报)",
            "平安(?:银行|集团|科技|好医生|智慧)|东方(?:证券|财富|航空|时尚|明珠)|和平台|市场|朝阳产业|新星|吉林大学",
        ]
    )
)
"""Names of firms, schools, papers and groups of provinces that hold the name of a place without meaning it."""
_DATELINE = re.compile(
    r"^\s*(?:[A-Z][A-Z' ]{2,20}|[A-Z][a-z']{2,15}), ?(?:[A-Z][a-z]{2,8}\.? \d\d?|\d\d? [A-Z][a-z]+)[^-–—:]{0,40}[-–—:]+|"
    r"^[^，。]{0,8}(?:新华社|中新社|中新网|人民网|本报|新华网|央广网|讯|记者)[^，。]{0,14}(?:电|讯)"
)
_METONYM = re.compile(
    r"\bBeijing(?:['’]s)?(?= (?:cracks?|bans?|tightens?|clamps?|vows|warns|wants|says|regulators|crackdown|ban\b|"
    r"policymakers|leadership|authorities (?:ban|crack)))"
)


@dataclass(frozen=True)
class Place:
    """A division or zone. ``level`` is provincial, prefecture or county; ``prefecture`` is four digits or empty."""

    name: str
    name_zh: str
    level: str
    province: str
    prefecture: str
    code: str
    full: str = ""
    """Full Chinese name."""
    city: bool = False
    """Whether it is a county-level city, which goes by its own name."""

    def within(self, other: "Place") -> bool:
        """Whether it lies in the other one, or is it."""
        return self.code.startswith(other.code)


@dataclass(frozen=True)
class Mention:
    """A name in a text. ``places`` are all that it may mean; ``qualified`` says that a word such as district follows."""

    start: int
    end: int
    word: str
    places: tuple[Place, ...]
    qualified: str = ""


class Gazetteer:
    """The names of all places, ready to be searched; ``regions`` is the table of provinces of the data package."""

    def __init__(self, regions: pd.DataFrame) -> None:
        self.chinese: dict[str, set[Place]] = defaultdict(set)
        self.bare: dict[str, set[Place]] = defaultdict(set)
        self.english: dict[str, set[Place]] = defaultdict(set)
        self.cities: dict[str, Place] = {}
        self.provinces: dict[str, Place] = {}
        for row in regions.itertuples():
            place = Place(
                row.name_en, row.short_zh, "provincial", row.province_code, "", row.province_code, row.name_zh
            )
            self.provinces[row.province_code] = place
            self.chinese[row.name_zh].add(place)
            self.chinese[row.short_zh].add(place)
            self.english[plain(row.name_en)].add(place)
        for code, name in _divisions():
            self._add(code, name)
        for name, name_zh, parent, level in _ZONES:
            prefecture = parent if len(parent) == 4 else ""
            place = Place(name, name_zh, level, parent[:2], prefecture, f"{parent}:{name}", name_zh)
            self.chinese[name_zh].add(place)
            self.english[plain(name)].add(place)
        for spelling, name_zh in _OTHER_SPELLINGS.items():
            self.english[spelling] |= self.bare.get(name_zh, set())
        self._firsts = {name[0] for name in (*self.chinese, *self.bare)}
        self._longest = max(map(len, self.chinese))
        self._mains = {
            name for name, places in self.english.items() if any(p.level != "county" or ":" in p.code for p in places)
        }

    def _add(self, code: str, name: str) -> None:
        municipality = code[:2] in MUNICIPALITIES
        if name in _GENERIC or code.endswith("0000") or "直辖县级行政" in name:
            return
        level = "prefecture" if code.endswith("00") and not municipality else "county"
        prefecture = "" if municipality else code[:4]
        short = _short(name)
        english = _romanise(short, name)
        city = level == "county" and name.endswith("市")
        own = code[:4] if level == "prefecture" else code
        place = Place(english, short, level, code[:2], prefecture, own, name, city)
        if len(name) > 2:
            self.chinese[name].add(place)
        if len(short) > 1:
            self.bare[short].add(place)
            known = level == "prefecture" or name.endswith("市")
            if known and short not in _COMMON_WORDS and short not in self.chinese:
                self.chinese[short].add(place)
            if _AUTONOMOUS.search(name):
                self.chinese[short + name[-1]].add(place)
        if level == "prefecture":
            self.cities[place.code] = place
        self.english[plain(english)].add(place)

    def city(self, place: Place) -> str:
        """English name of the prefecture that a place lies in, its own where it lies in none; empty for a province."""
        if place.province in MUNICIPALITIES:
            return self.provinces[place.province].name
        if place.level == "prefecture":
            return f"{place.name} New Area" if "新区" in place.name_zh or place.name_zh == "雄安" else place.name
        prefecture = self.cities.get(place.prefecture)
        return "" if place.level == "provincial" else prefecture.name if prefecture else place.name

    def find(self, text: str) -> list[Mention]:
        """Names in a text, simplified Chinese or English, in their order; datelines and names of firms are passed over."""
        for pattern in (_DATELINE, _NO_PLACE, _METONYM):
            text = pattern.sub(lambda match: " " * len(match[0]), text)
        return sorted([*self._chinese(text), *self._english(text)], key=lambda mention: mention.start)

    def _chinese(self, text: str) -> Iterable[Mention]:
        position, parent = 0, None
        while position < len(text):
            if text[position] not in self._firsts:
                position += 1
                continue
            for size in range(min(self._longest, len(text) - position), 1, -1):
                word = text[position : position + size]
                if word[-1] == "区" and text.startswith("块链", position + size):
                    continue  # 区块链 is blockchain
                places = self.chinese.get(word, ())
                if not places and parent and parent[0] in (position, position - 1):
                    places = {p for p in self.bare.get(word, ()) if any(p.within(q) for q in parent[1])}
                if places:
                    yield Mention(position, position + size, word, tuple(sorted(places, key=lambda p: p.code)))
                    parent = (position + size, places)
                    position += size
                    break
            else:
                position += 1

    def _english(self, text: str) -> Iterable[Mention]:
        words = [(m.start(), m.end(), m[0]) for m in _WORDS.finditer(text)]
        skip = 0
        for index, (start, _, word) in enumerate(words):
            if index < skip or not word[0].isupper():
                continue
            for size in (3, 2, 1):
                group = words[index : index + size]
                end = group[-1][1]
                if len(group) < size or len(text[start:end]) > 40:
                    continue
                name, end = _bare(text[start:end], end)
                places = self.english.get(plain(name), ())
                if places and (size == 1 or plain(name) in self._mains):
                    kind = _QUALIFIER.match(text, end)
                    kind = kind["kind"].lower() if kind else ""
                    yield from self._meant(Mention(start, end, name, tuple(places), kind), index == 0)
                    skip = index + size
                    break

    def _meant(self, mention: Mention, first: bool) -> Iterable[Mention]:
        """The mention with the places that the words beside it allow."""
        places, kind = set(mention.places), mention.qualified
        if kind in _COUNTY_KINDS:
            places = {p for p in places if p.level == "county"} or ({p for p in places if "新" in p.name_zh})
        elif kind in ("province", "provincial"):
            places = {p for p in places if p.level == "provincial"}
        elif kind in ("prefecture", "city", "municipal", "municipality"):
            places = {p for p in places if p.level != "county"} or places
        if not kind and plain(mention.word) not in _CONTESTED:
            widest = [level for level in ("provincial", "prefecture") if any(p.level == level for p in places)]
            places = {p for p in places if not widest or p.level == widest[0]}
        if places:
            ordered = tuple(sorted(places, key=lambda p: p.code))
            sure = bool(kind) or first or any(p.level != "county" or ":" in p.code for p in ordered)
            yield Mention(mention.start, mention.end, mention.word, ordered, kind or ("" if sure else "bare"))


def plain(name: str) -> str:
    """A romanised name in lower case, without blanks, apostrophes and marks over letters."""
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(sign for sign in letters if "a" <= sign <= "z")


def english(name: str) -> str:
    """Name in English of a division, given by its full Chinese name."""
    return _romanise(_short(name) or name, name) + " New Area" * name.endswith("新区")


def _short(name: str) -> str:
    return _AUTONOMOUS.sub("", name) if _AUTONOMOUS.search(name) else _SUFFIX.sub("", name)


def _bare(name: str, end: int) -> tuple[str, int]:
    """A name without its possessive ending."""
    match = re.search(r"['’]s$", name)
    return (name[: match.start()], end - 2) if match else (name, end)


def _romanise(short: str, name: str) -> str:
    if short in _SPELLINGS:
        return _SPELLINGS[short]
    parts = lazy_pinyin(name, v_to_u=True)[: len(short)]
    if len(short) == 1:
        parts = lazy_pinyin(name, v_to_u=True)
    return "".join(f"'{part}" if i and part[0] in "aoe" else part for i, part in enumerate(parts)).capitalize()


@cache
def _divisions() -> tuple[tuple[str, str], ...]:
    """Code and name of every prefecture and county whose name is in force since ``_SINCE``."""
    found = []
    for _, province, _, _, counties in numdb.get("cn/loc").prefixes:
        for _, low, _, properties, _ in counties:
            for _, end, name in re.findall(r"(?:\[(\d*)-(\d*)\])?([^,\[\]]+)", properties.get("county", "")):
                if int(end or 9999) >= _SINCE:
                    found.append((province + low, name))
    return tuple(found)
