"""Sector of what an item tells: the classifier of service names with the words of the news beside its own."""

import re

import pandas as pd

from chainregistry import classify
from chainregistry.data import split_list
from chainregistry.news.model import Found, hidden
from chainregistry.news.words import Words

NO_SECTOR = Words(
    r"(?:municipal|provincial|district|county|city|local|people['’]s|central|chinese|china['’]s) government(?! services?| data| affairs)|"
    r"(?<!digital )(?<!e-)(?<!e )governments?(?! services?| data| affairs| cloud| chain)|governments?(?= (?:plan|work report|issues?|launch|says?|and\b|to\b|of\b))|government work report|work report|public security|news (?:agency|conference|collectibles)|"
    r"(?:department|bureau|ministry|commission) of (?:finance|industry|science|transport\w*|education|commerce|health)|"
    r"(?:finance|industry|science) (?:department|bureau|office|ministry)|free[- ]trade (?:port|zone|area)|service network|"
    r"training (?:course|session)s?|cent(?:er|re)|media reports?|party school|action plan|oil painting|(?:smart )?mobile|"
    r"\w+ university|university of \w+|growth engine|(?:blockchain|venture|guidance|industry|investment|industrial) fund|fund for blockchain|stock connect|bank of [a-z]+(?: [a-z]+)?|trains? \d[\d,]*|(?<!blockchain )infrastructure plan|cyber-?security police",
    "新闻(?:网|社|办|发布会|联播)?|人民政府|市政府|省政府|区政府|县政府|自由?贸易?[港区]|自贸[港区]|财政[局厅部]|政府工作报告|"
    "(?:产业|引导|专项|发展|创投)基金|公安[局厅]|(?:浙江|中国|北京|人民|广播)[^ ，。]{0,2}(?:日报|晚报|网)|科技[局厅部]|区块链(?:技术)?(?:基础设施)?|基础设施|政府|视频会议|"
    "投资(?:额|超|约|\\d)|总投资|采购(?!平台|系统|管理|交易)|招标(?!平台|系统|管理|投标)|中标|引擎|银行(?=.{0,3}分行)|文化(?:公司|集团)|人才|培训班|《|》|(?:信息)?服务网络(?=发展联盟)",
)
"""Words that name a body, a paper or a plan and say nothing of what a system is for."""

SECTOR_WORDS = {
    "finance": (
        "asset-backed|letter of credit|letters of guarantee|foreign exchange|reinsurance|card debt|small firms|"
        "initial coin offering|ico|cross-border financing|mortgage|invoice financing|lender|borrower|securit|"
        "stock|factoring|guarantee|bankers|trade finance platform|cross-border platform|cross-border chain|cross-border blockchain platform|supply chain financing|financing platform|financing"
    ),
    "supply-chain": "track goods|origin of goods|product tracing|imported goods|trace goods|quality tracing",
    "agriculture-food": "pork|beef|crop insurance|cattle|tea leaves|farmer|wine|seafood|seed|orchard|navel orange|forestry|cold chain food|fruit|grape|apple|mutton|sheep|vegetables|lychee|pear|mango|kiwi|crab|honey|goji|walnut|cotton|ginseng|rice wine|liquor|baijiu|market stalls",
    "judiciary": (
        "bankruptcy|parolee|parole|community correction|offender|litigation|lawsuit|judgment|judgement|notarisation|notarization|"
        "notaries|law enforcement|prosecution|e-evidence|lawyer|mediation|verdict|trial evidence|justice|deposition|enforcement of judgments|"
        "wildlife case|legal chain|labour contract dispute"
    ),
    "copyright-ip": "design rights|works registration|originality|intellectual-property|piracy|copyrighted",
    "digital-collectibles": "digital art|collectibles platform|digital news collectible|digital collection",
    "government-services": (
        "directory chain|directory of data|crime-fighting|police work|government service|government affairs|digital government|government data|e-government|business licence|business license|electronic licence|electronic license|electronic certificate|residence proof|"
        "business registration|permits|service hall|one-stop|one stop|public resource trading|licence|smart city|smart-city|"
        "audit|tender platform|government procurement|city brain|social governance|elections|official cars|petition|"
        "social security|household registration|administrative|government chain|service chain|citizen service|enterprise service|"
        "certificates of no criminal record|marriage registration|government offices|departments share data|market regulation"
    ),
    "tax-invoicing": "medical bill|medical e-bill|medical electronic bill|fiscal bill|fiscal e-bill|fiscal electronic bill|property tax|taxpayer|taxes|tax refund|vat|e-bills|non-tax|tax-related|tax chain|electronic invoice|e-ticket invoice",
    "healthcare": (
        "vaccine|vaccination|coronavirus|epidemic|covid|covid-19|pandemic|patient|clinic|health code|"
        "internet medical|masks|virus|medical insurance|blood|organ donation|health records|drug tracing|chinese medicine"
    ),
    "education": "credit bank|student|graduates|academic credentials|vocational|diplomas|teachers|certificates of study|engineer profession|list of professions|labour skills|job seekers",
    "energy": "crypto mining|bitcoin mining|mining of cryptocurrency|cryptocurrency mining|crypto mine|cryptocurrency mine|bitcoin mine|mining farm|hydropower|green power|green electricity|renewable|power trading|wind power|emission|emissions|electric power|coal|crude oil|gas station|power grid|mining",
    "logistics-trade": "cargo|shipment|shipping line|import|export|freight train|e-port|warehouse|parcels|trade documents|cross-border trade|trade blockchain|rail port|sea port|bills of lading|airport cargo|china-europe|sino-europe|trade link|port logistics|postal",
    "transport": "bus|metro ticket|subway ride|official vehicle|driving licence|truck|traffic|electric cars|ride-hailing|ferry|transport plan",
    "real-estate-land": "property|property transfer|homes|home buyer|land use|land acquisition|provident fund|housing fund|rental|tenants|property deeds|demolition|estate",
    "media-entertainment": "newspapers|broadcaster|museum|concert|cultural relics|tickets|film festival|scenic spot|encyclopedia|heritage",
    "gaming": "mobile game|virtual cat|gamer|players",
    "retail-loyalty": "consumption voucher|shopping voucher|loyalty points|bonus points|shoppers|merchants",
    "identity-data-security": "personal data|data trading|data-sharing|data share|data property|data titles|id card|data security|digital id|data catalogue|data elements|data trade|data exchange platform|privacy",
    "baas-infrastructure": "bsn|blockchain service network|node|nodes|blockchain laboratory|national blockchain centre|national blockchain center|backbone|base platform|chang'an chain|chainmaker|base chain|own chain|national blockchain network|super node|underlying platform|open source chain|xinghuo|blockchain network",
    "public-welfare": "poverty|charities|wage guarantee|red cross|volunteer service|migrant worker|wage|elderly care|relief goods|relief fund|donated",
    "digital-currency": "digital rmb|e-yuan|dcep|central bank digital currency|sovereign digital currency|digital wallet|digital yen",
}  # fmt: skip
"""English keywords of the news beside those of ``sectors.csv``, which are written for names of services."""

SECTOR_WORDS_ZH = {
    "finance": "融资平台|供应链融资|授信|普惠|外债|跨境融资|反洗钱|上市公司",
    "judiciary": "破产|执行案件|庭审|立案|判决|社矫|律所|行政执法|执法记录|检察|裁判",
    "government-services": "目录链|目录区块链|数据目录|营业执照|证明|办事|放管服|政务服务|数字政府|电子政务|城市大脑|公证书跨省|审计|工商登记|企业开办|秒批|监督执纪|公车|最多跑一次",
    "tax-invoicing": "电子发票|财政电子票据|非税|出口退税|税费|缴税|涉税",
    "healthcare": "新冠|防控|医疗票据|患者|医疗电子票据|核酸|接种|就医|慈善医疗|医疗机构|中医",
    "real-estate-land": "住房租赁|房地产登记|二手房|不动产登记|购房|租房|土地出让|公租房|征迁|资金监管平台房",
    "agriculture-food": "脐橙|苹果|枸杞|大闸蟹|五常大米|普洱茶|葡萄|生猪|农户|农民|食用农产品|种养|果园|人参|牦牛|菜市场",
    "energy": "挖矿|矿场|虚拟货币“?挖矿|绿色电力|绿电交易|用电|碳排放|碳交易|电力交易|碳汇",
    "logistics-trade": "中欧班列|国际贸易“?单一窗口|单一窗口|跨境电商|进口货物|放货|港口|铁海联运|外贸企业",
    "education": "学分银行|毕业生|电子学位|技能证书|劳动者",
    "public-welfare": "养老|农民工工资|工资保证金|扶贫资金|慈善|助学|善款|欠薪|帮扶",
    "transport": "网约|公务用车|乘车|公交地铁|新能源车",
    "identity-data-security": "个人信息|可信数据空间|数据确权|数据流通|电子身份",
    "baas-infrastructure": "骨干节点|城市节点|主干网|区块链服务网络|BSN|星火|超级节点|算力|底座|底层平台|城市链|自主可控",
    "digital-currency": "数字人民币|数币|数字人民币红包",
    "retail-loyalty": "消费券|促消费",
    "media-entertainment": "展览|剧院|文物|遗产|旅行",
    "copyright-ip": "原创作品|知识产权保护|登记证书|维权平台",
    "supply-chain": "溯源码|质量追溯|防伪溯源",
}
"""Chinese keywords of the news beside those of ``sectors.csv``."""

INVOICE = Words(
    r"invoices?|e-?invoices?|e-?bills?|(?:fiscal|medical|blockchain) (?:\S+ )?(?:e-)?bills?|receipts?",
    "发票|票据(?!交易|贴现)",
)
"""Bills, invoices and receipts are ``tax-invoicing``, also those of hospitals and schools."""
STRONG = {
    "tax-invoicing": Words("tax|taxes|taxpayer|vat", "税"),
    "judiciary": Words(
        r"evidence|courts?|notar\w+|judicial|prosecut\w+|community correction", "存证|证据|法院|公证|司法|矫正|检察"
    ),
    "public-welfare": Words("charity|donation|poverty.*|wages?.*|lottery", "慈善|公益|捐赠|扶贫|农民工工资|养老"),
    "healthcare": Words("vaccine|hospital|medical|drug|epidemic|covid.*", "疫苗|医疗|药品|医保|疫情|处方"),
    "agriculture-food": Words("agricultur.*|farm|food|rice|tea", "农产品|农业|食品|大米|茶叶"),
    "real-estate-land": Words(
        "property|housing|land.*|provident fund|real estate", "不动产|公积金|房产|二手房|土地|住房|房屋"
    ),
    "government-services": Words(
        "licen[cs]e.*|government service.*|permits?|public resource.*", "证照|执照|政务|审批|公共资源"
    ),
    "logistics-trade": Words("customs|port|cargo|cross-border trade|shipping", "海关|通关|港口|跨境贸易|航运|口岸"),
}
"""Keywords that say what a system is for even where a word of another sector says who uses it; the first wins."""


_WEAK = ("baas-infrastructure", "identity-data-security")
"""Sectors that give way to all others."""
_BODIES = ("judiciary", "tax-invoicing", "logistics-trade", "healthcare")
"""Sectors that the name of a body tells: court, tax bureau, customs, hospital."""


class Sectors:
    """Finds the sector of a text by keywords; ``table`` is that of the data package."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.lexicon = classify.Lexicon.of(_with_news_words(table))

    def find(self, text: str, where: str, bodies: list[tuple[int, int]]) -> tuple[Found | None, bool]:
        """The sector of a field, and whether it holds any keyword.

        Keywords in the names of bodies, whose places in the text are given, count only where nothing else tells.
        """
        text = hidden(text, NO_SECTOR)
        without = text
        for start, end in bodies:
            without = without[:start] + " " * (end - start) + without[end:]
        for part in (without, text):
            keywords = self.lexicon.find(part)
            sector, word = self._choose(keywords)
            if sector in _WEAK and part is without and (by_body := self._choose(self.lexicon.find(text)))[0] in _BODIES:
                sector, word = by_body  # a court's smart contracts serve justice
            if sector:
                at = _plain(part).find(_plain(word))
                return Found(sector, part[at : at + len(word)], where, at), True
            if keywords:
                return None, True  # words of two sectors: more text would only add more of them
        return None, False

    def _choose(self, found: dict[str, str]) -> tuple[str, str]:
        """The sector of the keywords and the first of them; of two that compete, see ``STRONG``; else empty."""
        if bill := next((key for key in found if INVOICE.search(key)), None):
            return "tax-invoicing", bill
        sector, keyword, _ = classify.decide(found, self.lexicon.yields)
        if sector != classify.UNCLEAR:
            return sector, keyword.split(", ")[0]
        for strong, pattern in STRONG.items():
            if word := next((key for key, its in found.items() if its == strong and pattern.search(key)), None):
                return strong, word
        return "", ""


def _plain(text: str) -> str:
    return re.sub(r"[-‐‑–_]", " ", text.lower())


def _with_news_words(sectors: pd.DataFrame) -> pd.DataFrame:
    """The table of sectors with the keywords of the news; one that the table gives to another sector stays there."""
    more = {"keywords_en": SECTOR_WORDS, "keywords_zh": SECTOR_WORDS_ZH}
    news = sectors.assign(**{column: sectors.sector.map(words).fillna("") for column, words in more.items()})
    own, added = classify.Lexicon.of(sectors), classify.Lexicon.of(news)
    taken = {
        key
        for mine, theirs in ((own.english, added.english), (own.chinese, added.chinese))
        for form, (key, sector) in theirs.items()
        if mine.get(form, (key, sector))[1] != sector
    }
    for column in more:
        news[column] = [
            "|".join([*split_list(first, "|"), *(word for word in split_list(second, "|") if word not in taken)])
            for first, second in zip(sectors[column], news[column], strict=True)
        ]
    return news
