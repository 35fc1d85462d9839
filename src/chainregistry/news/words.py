"""The words by which news items are coded, English and simplified Chinese.

Each pattern was written from the news of the field and tried on the tuning half of the events (``accuracy.tuning``)
only. English is matched in any case unless it is a name; both languages stand in one pattern.
"""

import re


class Words:
    """Words of two languages as one pattern; a text without Chinese characters is searched for the English ones alone.

    English is found as whole words, Chinese anywhere.
    """

    def __init__(self, english: str, chinese: str = "", case: bool = False) -> None:
        flags = 0 if case else re.IGNORECASE
        words = rf"(?<![A-Za-z])(?:{english})(?![A-Za-z])" if english else "(?!)"
        self._english = re.compile(words, flags)
        self._both = re.compile(f"{words}|{chinese}" if chinese else words, flags)
        self._chinese = re.compile(chinese or "(?!)", flags)

    def _pattern(self, text: str) -> re.Pattern:
        if text.isascii():
            return self._english
        return self._both if _LETTERS.search(text) else self._chinese

    def search(self, text: str) -> re.Match | None:
        return self._pattern(text).search(text)

    def finditer(self, text: str):
        return self._pattern(text).finditer(text)

    def sub(self, new, text: str) -> str:
        return self._pattern(text).sub(new, text)


_LETTERS = re.compile("[A-Za-z]{2}")


# --- Relevance -----------------------------------------------------------------------------------------------

BLOCKCHAIN = Words(
    r"block ?-?chains?|distributed[ -]ledgers?|smart contracts?|NFTs?|digital collectibles?|e-?CNY|e-yuan|DCEP|"
    r"digital (?:yuan|renminbi|RMB|currency)|(?:on|off|cross|alliance|consortium|public|judicial|tax)[- ]chains?|"
    r"on (?:a|the|its|one) (?:\w+ )?chain|BSN|web ?3(?:\.0)?|crypto\w*|bitcoins?|virtual currenc(?:y|ies)|ICOs?|"
    r"(?<!supply )(?<!cold )(?<!value )(?<!industry )(?<!industrial )(?<!food )(?<!store )(?<!retail )(?<!hotel )"
    r"(?<!restaurant )(?<!production )(?<!coffee )(?<!supermarket )(?<!grocery )chains?(?! (?:stores?|reaction|restaurant))|"
    r"initial coin offerings?|AntChain|ChainMaker|FISCO ?BCOS|Hyperchain|VeChain|Conflux|tokeni[sz]\w+",
    r"区块链|区块鏈|分布式账本|数字人民币|数字货币|智能合约|联盟链|公有链|公链|上链|链上|跨链|数字藏品|数藏|长安链|星火·?链网|"
    r"司法链|税链|天平链|法链|存证链|政务链|产业链金融上链|比特币|虚拟货币|代币|加密货币|NFT|BSN|Web ?3|蚂蚁链|至信链|网信备",
)
DIGITAL_YUAN = Words(
    r"digital (?:yuan|renminbi|RMB)|e-?CNY|e-yuan|DCEP|(?:China|PBo?C|central bank)['’]?s? digital currency",
    r"数字人民币|数币|电子人民币|DCEP|e-?CNY|数字人民幣",
)
REGISTER = Words(
    r"approves? \d+ (?:more |new |further )?block ?chain|register(?:ed)? \d+ services|"
    r"(?:register(?:ed|s)?|registrations?|filings?|filing numbers?|record-filing)(?: \S+){0,4} "
    r"(?:block ?chain )?(?:information )?services?(?: providers?)?|"
    r"block ?chain (?:information )?services? (?:filings?|register|registry|registrations?|list)|filing numbers?|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|\w+th|new|latest) batch of (?:\d+ |\w+ )?"
    r"(?:registered |domestic |\d+ )*(?:block ?chain (?:information )?|registered )services?",
    r"(?:区块链)?信息服务备案|备案(?:清单|编号|名单|号)|网信备|通过.{0,6}备案|境内区块链信息服务",
)
CHINA = Words(r"China|Chinese|mainland|PRC|Sino", "中国|我国|大陆|内地")
CHINA_HINT = Words(
    r"renminbi|yuan|RMB|Beijing|Greater Bay Area|Yangtze River Delta",
    "全国|国家|国务院|人民币|粤港澳大湾区|长三角|京津冀|成渝",
)
"""Words that tell of China where no other country is named."""
_ABROAD = {
    "Hong Kong": ("Hong Kong(?:['’]s)?|HKMA|HKEX", "香港|金管局|港交所|港府"),
    "Taiwan": ("Taiwan(?:ese|['’]s)?|Taipei|Kaohsiung|Taichung", "台湾|台北|高雄|新北市|金管会"),
    "Macau": ("Maca[ou]", "澳门"),
    "South Korea": (
        "(?:South )?Korean?s?|Seoul|Busan|Jeju|Incheon|Gyeonggi|Samsung|Kakao|Naver",
        "韩国|首尔|釜山|济州岛|三星",
    ),
    "Japan": ("Japan(?:ese)?|Tokyo|Osaka|Fukuoka|Kyoto|Mizuho|Mitsubishi|Hitachi|Rakuten|SBI", "日本|东京|大阪|福冈"),
    "Singapore": ("Singapore(?:an)?|Temasek|DBS", "新加坡|星展"),
    "Thailand": ("Thai(?:land)?|Bangkok|Phuket", "泰国|曼谷"),
    "Vietnam": ("Vietnam(?:ese)?|Hanoi|Ho Chi Minh|Da Nang", "越南|河内|胡志明市"),
    "Malaysia": ("Malaysian?|Kuala Lumpur|Penang|Melaka|Sarawak", "马来西亚|吉隆坡"),
    "Indonesia": ("Indonesian?|Jakarta|Bali|Batam", "印度尼西亚|印尼|雅加达"),
    "Philippines": ("Philippines?|Filipino|Manila|Cagayan|Bataan", "菲律宾|马尼拉"),
    "Cambodia": ("Cambodian?|Phnom Penh|Bakong", "柬埔寨|金边"),
    "Laos": ("Laos|Lao|Vientiane", "老挝|万象"),
    "Kazakhstan": ("Kazakh(?:stan)?|Astana|Almaty|Nur-Sultan", "哈萨克斯坦|阿斯塔纳"),
    "Afghanistan": ("Afghan(?:istan)?|Kabul", "阿富汗|喀布尔"),
    "India": (
        "India(?:n|['’]s)?|Delhi|Mumbai|Telangana|Maharashtra|Andhra Pradesh|Karnataka|Bengal|Kerala|Tamil Nadu",
        "印度(?!尼西亚)|新德里|孟买",
    ),
    "United Arab Emirates": ("UAE|Emirat(?:es|i)|Dubai|Abu Dhabi|Sharjah", "阿联酋|迪拜|阿布扎比"),
    "elsewhere": (
        r"U\.?S\.?A?|United States|American?|Washington|New York|California|Wyoming|Europe(?:an)?|EU|Brussels|"
        r"Brit(?:ain|ish)|UK|England|London|Scotland|German[sy]?|Berlin|French|France|Paris|Ital(?:y|ian)|Spain|Spanish|"
        r"Estonian?|Swiss|Switzerland|Zug|Dutch|Netherlands|Swed(?:en|ish)|Russian?|Moscow|Ukrain\w+|Canad(?:a|ian)|"
        r"Brazil(?:ian)?|Mexic(?:o|an)|Australian?|Sydney|New Zealand|Israeli?|Turk(?:ey|ish)|Nigerian?|Keny\w+|Africa|"
        r"Georgian?|Saudi|Iran(?:ian)?|Pakistani?|Bangladesh|Sri Lanka|Nepal|Bhutan|Mongolia|Malta|El Salvador|"
        r"Uzbek\w*|Argentin\w+|Colombian?|Chile|Uruguay|Liechtenstein|Austria|Vienna|Bermuda|Bahamas|Barbados",
        "美国|欧盟|欧洲|英国|德国|法国|俄罗斯|瑞士|加拿大|澳大利亚|以色列|巴西|爱沙尼亚|意大利|西班牙|荷兰|瑞典|土耳其|尼日利亚|"
        "肯尼亚|沙特|伊朗|巴基斯坦|墨西哥|新西兰|萨尔瓦多|外蒙|乌克兰",
    ),
}


class Abroad:
    """Names of other countries and their cities, as one pattern."""

    def __init__(self, countries: dict[str, tuple[str, str]]) -> None:
        self.countries = list(countries)
        english = "|".join(f"(?P<c{i}>{words})" for i, (words, _) in enumerate(countries.values()))
        chinese = "|".join(f"(?P<z{i}>{words})" for i, (_, words) in enumerate(countries.values()))
        self._pattern = Words(english, chinese)

    def find(self, text: str) -> tuple[str, re.Match] | None:
        """The first country named, with its place in the text."""
        match = self._pattern.search(text)
        return (self.countries[int(match.lastgroup[1:])], match) if match else None


ABROAD = Abroad(_ABROAD)
