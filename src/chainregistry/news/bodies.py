"""Public bodies and firms of the state in a text: which acts, and at which level."""

import re
from dataclasses import dataclass

from chainregistry.news.model import CHINESE, Found
from chainregistry.news.places import Mention, Place
from chainregistry.news.words import Words

NATIONAL = [
    ("Supreme People's Court", "court", Words(r"Supreme (?:People['’]s )?Court|SPC|(?:China['’]s )?chief justice|top court",
     "最高人民法院|最高法(?!院的)")),
    ("Supreme People's Procuratorate", "court", Words("Supreme People['’]s Procuratorate", "最高人民检察院|最高检")),
    ("Cyberspace Administration of China", "national", Words(
        r"Cyberspace Administration of China|CAC|(?:China['’]s |Chinese )?(?:internet|cyberspace) (?:regulator|watchdog|"
        r"administration|authorit(?:y|ies))", "国家互联网信息办公室|国家网信办|中央网信办|网信办公示")),
    ("People's Bank of China", "national", Words(
        r"People['’]s Bank of China|PBo?C|China['’]s central bank|(?:the |Chinese )?central bank(?! branch| in)",
        "中国人民银行(?!.{1,6}(?:分行|支行|中心))|央行(?!.{1,4}(?:分行|支行))|人民银行数字货币研究所|央行数研所")),
    ("Ministry of Industry and Information Technology", "national", Words(
        "MIIT|Ministry of Industry and Information Technology|China['’]s industry ministry", "工业和信息化部|工信部")),
    ("State Council", "national", Words("State Council|China['’]s cabinet", "国务院(?!国资委)")),
    ("CPC Central Committee", "national", Words("Politburo|CPC Central Committee|Xi Jinping", "中共中央|中央政治局|习近平|党中央")),
    ("National Development and Reform Commission", "national", Words(
        r"NDRC|National Development and Reform Commission|China['’]s (?:state )?planner", "国家发展改革委|国家发改委|国家发展和改革委员会")),
    ("State Administration of Foreign Exchange", "national", Words(
        "SAFE(?! \\w+ branch)|State Administration of Foreign Exchange", "国家外汇管理局(?!.{2,5}分局)|国家外管局")),
    ("State Taxation Administration", "national", Words(
        "State (?:Administration of )?Taxation(?: Administration)?|China['’]s tax (?:authority|administration)",
        "国家税务总局(?!.{2,9}税务局)|(?<!国家)税务总局(?!.{2,9}税务局)")),
    ("General Administration of Customs", "national", Words(
        "General Administration of Customs|GACC|China['’]s customs", "海关总署")),
    ("State Administration for Market Regulation", "national", Words(
        "SAMR|State Administration for Market Regulation", "国家市场监督管理总局|国家市场监管总局|市场监管总局")),
    ("Ministry of Science and Technology", "national", Words(
        "Ministry of Science and Technology|(?:China['’]s )?science ministry", "科学技术部|科技部")),
    ("National Audit Office", "national", Words("National Audit Office", "国家审计署|审计署")),
    ("State Information Center", "national", Words(
        "State Information Cent(?:er|re)|Block ?chain(?:-based)? Service Network|BSN", "国家信息中心")),
    ("China Academy of Information and Communications Technology", "national", Words("CAICT", "中国信通院|中国信息通信研究院")),
    ("State-owned Assets Supervision and Administration Commission", "national", Words(
        "SASAC|State-owned Assets Supervision and Administration Commission", "国务院国资委|国资委")),
    ("China Securities Regulatory Commission", "national", Words("CSRC|China['’]s securities regulator", "中国证监会|证监会")),
    ("China Banking and Insurance Regulatory Commission", "national", Words("CBIRC|CBRC", "银保监会|银监会|金融监管总局")),
    ("", "national", Words(
        r"(?:China['’]s )?Ministry of [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*|National (?:Energy|Health|Healthcare Security|Data|"
        r"Intellectual Property|Copyright|Railway|Medical Products|People['’]s) [A-Z]\w+(?: \w+)?", "", case=True)),
    ("", "national", Words(
        r"(?:industry|science|transport|education|housing|agriculture|commerce|justice|finance|health|culture|environment|"
        r"public security|natural resources|human resources|civil affairs) ministry|(?:Chinese|China['’]s) (?:\w+ )?(?:regulators?|authorit(?:y|ies)|government|ministr(?:y|ies)|legislature|parliament|"
        r"lawmakers?|police|state bodies|planner|president|premier)|national (?:government|list of pilots)|"
        r"(?<=^)China(?= (?:to|and|will|may|(?-i:[a-z]+s))\b)",
        "(?:财政|交通运输|农业农村|商务|教育|公安|司法|民政|住房和城乡建设|住建|人力资源和社会保障|人社|自然资源|生态环境|文化和旅游)部(?!门)|"
        "国家(?:能源局|医保局|卫健委|知识产权局|版权局|数据局|药监局|标准委|广电总局|档案局|铁路局|邮政局|林草局|中医药局)|民航局|"
        "全国人大|全国政协|多部门|[一二三四五六七八九十]+部[门委]")),
]  # fmt: skip

COURT = Words(
    r"Internet Court|(?:High(?:er)?|Intermediate|Maritime|Financial|Railway|Intellectual Property) (?:People['’]s )?Court|"
    r"(?:district |city |county |provincial )?(?:People['’]s )?Courts?|judges?|procurat\w+|prosecutors?",
    "互联网法院|知识产权法院|金融法院|海事法院|高级人民法院|中级人民法院|人民法院|人民检察院|高院|中院|法院|检察院|法庭|检察机关|法官",
)
CENTRAL_BRANCH = Words(
    r"(?:provincial |municipal |city )?(?:customs|tax (?:bureau|service|authorit(?:y|ies)|office|administration|department))"
    r"(?: house| office| district)?|taxmen|SAFE(?:['’]s)? \w+ branch|PBo?C(?:['’]s)? \w+ (?:sub-)?branch|central bank branch|"
    r"foreign exchange (?:office|bureau|administration|regulator)",
    "(?:税务局|税务分局|国税局|税务部门|海关(?!总署)|外汇管理局.{0,6}(?:分局|支局)|外汇局|外管局|"
    "人民银行.{1,8}(?:分行|支行|中心支行|营业管理部)|人行.{1,6}(?:分行|支行)|央行.{1,4}(?:分行|支行)|证监局|银保监局|海事局)",
)
LOCAL = Words(
    r"(?:(?:municipal|provincial|district|county|city|regional|local|people['’]s|market|health|justice|finance|transport|"
    r"housing|public security|civil affairs|education|commerce|big data|data|industry|economic|economy|science|"
    r"cyberspace|political|party|standing|management|discipline|planning|environment(?:al)?|agriculture|judicial|"
    r"intellectual property|copyright|financial|work|legal affairs|reform|development) )*"
    r"(?:governments?|bureaus?|departments?|commissions?|committees?|administrations?|authorit(?:y|ies)|regulators?|"
    r"offices?|congress|council|governor|mayor|secretary|officials?|lawmakers?|police|legislat(?:ors?|ure)|advis[eo]rs?|"
    r"work report|notar(?:y|ies)(?: office)?|arbitration commission|housing fund|party leaders?|CPPCC|"
    r"resource trading cent(?:er|re)|service cent(?:er|re)|data cent(?:er|re)|free[- ]trade (?:area|zone|port))",
    "人民政府|市政府|省政府|区政府|县政府|政府办公[厅室]|政府(?!采购|投资|引导|服务|数据|监管)|管理?委员会|管委会|[省市区县]委(?!员|托|派|屈)|"
    "[省市区]人大|[省市]政协|(?:财政|司法|公安|教育|民政|商务|科技|科学技术|农业农村|交通运输|交通|住建|住房|人社|人力社保|文旅|水利|审计|"
    "卫健|医保|医疗保障|市场监管|市场监督管理|知识产权|金融(?:工作|监管)?|大数据(?:发展)?(?:管理)?|数据(?:资源)?(?:管理)?|政务服务(?:数据)?"
    "(?:管理)?|经信|工信|经济和信息化|工业和信息化|发改|发展改革|城管|应急|环保|生态环境|档案|规划和自然资源|自然资源|税务|统计|药监)"
    "(?:厅|局|委|办|部门|委员会)|发改委|网信办|卫健委|经信委|国资委|纪委|监委|政法委|公证处|仲裁委(?:员会)?|公积金(?:管理)?中心|"
    "(?:公共资源|产权)交易中心|(?:不动产)?登记中心|政务服务中心|行政服务中心|大数据中心|街道(?:办)?|公安机关|警方|书记|[市省区县]长(?![春沙治江乐宁安葛垣寿])",
)
PUBLIC_SERVICE = Words(
    r"hospitals?|universit(?:y|ies)|museums?|schools?|librar(?:y|ies)",
    "医院|大学|学校|学院|博物馆|图书馆|卫生院",
)
"""Institutions that are public and yet act as no government: their level is none."""
STATE_OWNED = Words(
    r"ICBC|Industrial and Commercial Bank of China|Bank of China(?! in| branch)|China Construction Bank|CCB|"
    r"Agricultural Bank of China|ABC bank|Bank of Communications|BoCom|Postal Savings Bank|State Grid|China Southern Power "
    r"Grid|PetroChina|CNPC|Sinopec|Sinochem|CNOOC|China (?:Mobile|Telecom|Unicom|Life|Post|Merchants|Railway|Tower|Eastern|"
    r"Southern Airlines|Tobacco|Baowu|Minmetals)|COSCO|PICC|UnionPay|Xinhua|CCTV|CITIC|metro operators?|Metro (?:Group|Corp\w*)|(?<=\w )Metro(?= [a-z]+s )|"
    r"(?:state|central)(?:-owned)? (?:enterprises?|firms?|companies)|CRRC|China Development Bank|Exim Bank|"
    r"(?:data|climate|property rights|equity|cultural|power|energy|carbon) exchange|(?:state )?broadcaster|rail port|port group|newspaper group",
    "工商银行|工行|中国银行(?!业|间)|中行|建设银行|建行|农业银行|农行|交通银行|邮储银行|国家开发银行|国家电网|国网|南方电网|南网|中石油|"
    "中石化|中化|中海油|中国移动|中国电信|中国联通|中国人寿|中国人保|人保财险|中国邮政|中国铁塔|银联|新华社|央视|地铁集团|中远海运|"
    "招商局|中信集团|地铁|中国宝武|中粮|央企|国企|国有企业|中央企业|电力公司|供电公司|数据交易所|产权交易所|港口集团|报业集团|广电集团|城投",
)

_FIRM = re.compile(
    r"[^，。、：的上启推发出落用设]{0,5}(?:银行|证券|保险|公司|集团|股份|农商行|大学|学院)|-based|(?:['’]s)? (?:[A-Z]\w+ ){0,3}"
    r"(?:Technolog(?:y|ies)|Bank|Group|Company|Securities|University|Inc|Ltd|start-?up|firms?|compan(?:y|ies))\b"
)
"""What follows a place at the head of a title where a firm or school acts, and not the place."""


_HEAD = re.compile(
    r"[\W_]*(?:(?:the|in|at|china(?:['’]s)?|chinese|new|north|south|east|west|central|(?:north|south)?(?:east|west)?ern|coastal|"
    r"capital|tech|hub|cit(?:y|ies)|provinces?|region|district|of)[\W_]+|(?:中国|国内|全国|今日|日前|近日|首个|快讯|独家)[\W_]*)*",
    re.IGNORECASE,
)
"""What may stand before a place that is the head of its title."""


@dataclass(frozen=True)
class Actor:
    """A public body or state-owned firm in a text; ``mention`` is the place that it belongs to, if one stands with it.

    The word that tells it stands at ``at``; with the place before it, it reaches from ``start`` to ``end``.
    """

    level: str
    body: str
    word: str
    where: str
    start: int
    end: int
    at: int
    mention: Mention | None = None

    def found(self, value: str) -> Found:
        return Found(value, self.word, self.where, self.at)


class Actors(dict):
    """Public bodies and state-owned firms by field (title or text), in their order; a field is searched when asked."""

    def __init__(self, texts: dict[str, str], places: dict[str, list[Mention]]) -> None:
        super().__init__()
        self.texts, self.places = texts, places

    def __missing__(self, where: str) -> list[Actor]:
        text, found, taken = self.texts[where], [], []
        for body, level, pattern in NATIONAL:
            for match in pattern.finditer(text):
                found.append(Actor(level, body or match[0], match[0], where, *match.span(), match.start()))
                taken.append(match.span())
        for level, pattern in (
            ("court", COURT), ("central-branch", CENTRAL_BRANCH), ("local", LOCAL),
            ("state-owned", STATE_OWNED), ("none", PUBLIC_SERVICE),
        ):  # fmt: skip
            for match in pattern.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                near = _beside(match, self.places[where], text)
                start = near.start if near else match.start()
                body = text[start : match.end()]
                named = near or CHINESE.search(body) or body[:1].isupper()
                found.append(
                    Actor(level, body if named else "", match[0], where, start, match.end(), match.start(), near)
                )
        self[where] = sorted(found, key=lambda actor: actor.start)
        return self[where]


def acting(actors: Actors, texts: dict, places: dict[str, list[Mention]]) -> Actor | None:
    """The body that acts: the first of the title, a place at its head counting as its government."""
    first = actors["title"]
    head = next(iter(places["title"]), None)
    if head and opens(texts["title"], head) and head.qualified != "bare":
        last, end = head, head.end
        for mention in places["title"][1:]:
            if texts["title"][end : mention.start].strip("'’s ,的"):
                break
            end = mention.end
            if not any(place.within(other) for place in last.places for other in mention.places):
                last = mention  # Foshan's Chancheng is Chancheng; Wuxi, Jiangsu is Wuxi
        own = first and (first[0].mention in (head, last) or first[0].start <= end + 2)
        far = not first or first[0].start > end + 14 or first[0].level in ("state-owned", "none")
        if far and not own and not _FIRM.match(texts["title"], end):
            return Actor("local", "", head.word, "title", head.start, end, head.start, last)
    if first:  # "an official of MIIT": a body without a name or place yields to one that has
        nameless = first[0].level == "local" and not first[0].mention
        return next((a for a in first if a.mention or a.level != "local"), first[0]) if nameless else first[0]
    return next((actor for actor in actors["text"] if actor.level != "state-owned"), next(iter(actors["text"]), None))


def opens(text: str, mention: Mention) -> bool:
    """Whether a name stands at the head of a text, where it is the one that acts."""
    return bool(_HEAD.fullmatch(text[: mention.start]))


def _beside(match: re.Match, places: list[Mention], text: str) -> Mention | None:
    """The place whose body a word names: it stands before the word, with no more than a name between."""
    near = [m for m in places if m.end <= match.start() + 1 and re.fullmatch(
        r"(?:['’]s?)?[\s\-]*(?:(?:city|province|district|county|new|area|zone|development|high-tech|economic|internet|big|data|rail|"
        r"municipal|provincial|[A-Z]\w+)\s*){0,4}|[\u4e00-\u9fff]{0,6}",
        text[m.end : match.start()])]  # fmt: skip
    return near[-1] if near else None


def _level_of_place(mention: Mention) -> str:
    levels = {place.level for place in mention.places}
    if mention.qualified in ("district", "county", "banner", "subdistrict", "town", "township"):
        return "county"
    return levels.pop() if len(levels) == 1 else ("prefecture" if "prefecture" in levels else "")


def _level_of_word(word: str) -> str:
    """Level that the name of a body tells by itself."""
    low = word.lower()
    if re.search(r"district|county|区委|县委|区政府|县政府|街道|区长|县长", low):
        return "county"
    if re.search(r"provinc|governor|[\u4e00-\u9fff]厅|省委|省政府|省长", low):
        return "provincial"
    return "prefecture" if re.search(r"municipal|mayor|市委|市政府|市长", low) else ""


_BELOW_CITY = re.compile(
    r"(?:['’]s)? (?:[A-Z]\w+ |seven |several |\w+ )?(?:streets?|subdistricts?|communit(?:y|ies)|town(?:ship)?|villages?|new district|"
    r"high-?tech zone|development zone|economic zone)\b|"
    r"[^，。、]{0,6}?(?:街道|社区|高新区|经开区|开发区|[\u4e00-\u9fff]镇|[\u4e00-\u9fff]乡(?!村))",
    re.IGNORECASE,
)
"""What follows a city where something below it acts, which the table of divisions does not hold."""


def level_of(actor: Actor, place: Place | None, after: str | None = None) -> str:
    """Level of a body in the words of the data.

    ``place`` is that of the act, for a body without one of its own; ``after`` the text behind a place that acts.
    """
    if actor.level != "local":
        return actor.level
    if after is not None and _BELOW_CITY.match(after):
        return "county"
    if after is not None and not actor.body and _UNSAID.search(after):
        return ""
    told = _level_of_word(actor.word)
    if actor.mention and told != "county":
        told = _level_of_place(actor.mention) or told
    return told or (place.level if place else "")


JUSTICE = Words(r"notar\w+(?: \w+)?", "公证处|公证机构")
DESIGNATED = Words(
    r"(?:designated|selected|chosen|approved|named|picked|shortlisted) (?:as |for )?(?:a |an |the )?(?:\S+ ){0,2}national",
    "(?:获批|入选|获评|列为|成为)(?:首批)?国家",
)
"""An honour that the centre gives: it acts, and not the place that gets it."""
_NOT_ONLY_CHINA = re.compile(
    "ministry|central bank|supreme|national|state|regulator|police|court|exchange|broadcaster|metro|port|newspaper|enterprises|"
    "firms|companies|planner|president|government",
    re.IGNORECASE,
)
_UNSAID = Words("invoices?|foreign exchange|cross-border (?:finance|blockchain|chain|platform)", "发票|跨境金融|外汇")
"""Matters of the tax and exchange offices, which a title that names the city alone does not tell."""


def surely_chinese(actor: Actor) -> bool:
    """Whether the name of a body stands for one of China even beside the name of another country."""
    if actor.level not in ("national", "state-owned"):
        return False
    return "China" in actor.word or not _NOT_ONLY_CHINA.search(actor.word)


_PEOPLES = {"壮族": " Zhuang", "回族": " Hui", "维吾尔": " Uyghur"}


def government(place: Place) -> str:
    """English name of the government of a place, as the data name it."""
    if ":" in place.code or "新区" in place.full:
        kind = "" if "新区" not in place.full or place.name.endswith("New Area") else " New Area"
        return f"{place.name}{kind} Management Committee"
    if place.full.endswith("自治区"):
        people = next((name for sign, name in _PEOPLES.items() if sign in place.full), "")
        return f"{place.name}{people} Autonomous Region Government"
    if place.full.endswith("省"):
        return f"{place.name} Provincial Government"
    kinds = {"区": "District", "县": "County", "旗": "Banner", "州": "Prefecture", "盟": "League"}
    kind = "City" if place.city else kinds.get(place.full[-1:], "Municipal")
    return f"{place.name} {kind} Government"
