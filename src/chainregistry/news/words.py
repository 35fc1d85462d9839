"""The words by which news items are coded, English and simplified Chinese.

Each pattern was written from the news of the field and tried on the tuning half of the events (``accuracy.tuning``)
only. English is matched in any case unless it is a name; both languages stand in one pattern.
"""

import re


def _any(english: str, chinese: str = "", case: bool = False) -> re.Pattern:
    """English as whole words, Chinese anywhere; the flag keeps capitals apart."""
    words = rf"(?<![A-Za-z])(?:{english})(?![A-Za-z])" if english else "(?!)"
    return re.compile(f"{words}|{chinese}" if chinese else words, 0 if case else re.IGNORECASE)


# --- Relevance -----------------------------------------------------------------------------------------------

BLOCKCHAIN = _any(
    r"block ?-?chains?|distributed[ -]ledgers?|smart contracts?|NFTs?|digital collectibles?|e-?CNY|e-yuan|DCEP|"
    r"digital (?:yuan|renminbi|RMB|currency)|(?:on|off|cross|alliance|consortium|public|judicial|tax)[- ]chains?|"
    r"on (?:a|the|its|one) (?:\w+ )?chain|BSN|web ?3(?:\.0)?|crypto\w*|bitcoins?|virtual currenc(?:y|ies)|ICOs?|"
    r"(?<!supply )(?<!cold )(?<!value )(?<!industry )(?<!industrial )(?<!food )(?<!store )(?<!retail )(?<!hotel )"
    r"(?<!restaurant )(?<!production )(?<!coffee )(?<!supermarket )(?<!grocery )chains?(?! (?:stores?|reaction|restaurant))|"
    r"initial coin offerings?|AntChain|ChainMaker|FISCO ?BCOS|Hyperchain|VeChain|Conflux|tokeni[sz]\w+",
    r"区块链|区块鏈|分布式账本|数字人民币|数字货币|智能合约|联盟链|公有链|公链|上链|链上|跨链|数字藏品|数藏|长安链|星火·?链网|"
    r"司法链|税链|天平链|法链|存证链|政务链|产业链金融上链|比特币|虚拟货币|代币|加密货币|NFT|BSN|Web ?3|蚂蚁链|至信链|网信备",
)
DIGITAL_YUAN = _any(
    r"digital (?:yuan|renminbi|RMB)|e-?CNY|e-yuan|DCEP|(?:China|PBo?C|central bank)['’]?s? digital currency",
    r"数字人民币|数币|电子人民币|DCEP|e-?CNY|数字人民幣",
)
REGISTER = _any(
    r"(?:register(?:ed|s)?|registrations?|filings?|filing numbers?|record-filing)(?: \S+){0,4} "
    r"(?:block ?chain )?(?:information )?services?(?: providers?)?|"
    r"block ?chain (?:information )?services? (?:filings?|register|registry|registrations?|list)|filing numbers?|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|\w+th|new|latest) batch of (?:\d+ |\w+ )?"
    r"(?:registered |domestic |\d+ )*(?:block ?chain (?:information )?|registered )services?",
    r"(?:区块链)?信息服务备案|备案(?:清单|编号|名单|号)|网信备|通过.{0,6}备案|境内区块链信息服务",
)
CHINA = _any(
    r"China|Chinese|mainland|PRC|renminbi|yuan|RMB|Sino|Beijing|Greater Bay Area|Yangtze River Delta",
    r"中国|我国|全国|国家|国务院|大陆|内地|人民币|粤港澳大湾区|长三角|京津冀|成渝",
)
ABROAD = {
    "Hong Kong": _any("Hong Kong(?:['’]s)?|HKMA|HKEX", "香港|金管局|港交所|港府"),
    "Taiwan": _any("Taiwan(?:ese|['’]s)?|Taipei|Kaohsiung|Taichung", "台湾|台北|高雄|新北市|金管会"),
    "Macau": _any("Maca[ou]", "澳门"),
    "South Korea": _any(
        "(?:South )?Korean?s?|Seoul|Busan|Jeju|Incheon|Gyeonggi|Samsung|Kakao|Naver", "韩国|首尔|釜山|济州岛|三星"
    ),
    "Japan": _any(
        "Japan(?:ese)?|Tokyo|Osaka|Fukuoka|Kyoto|Mizuho|Mitsubishi|Hitachi|Rakuten|SBI", "日本|东京|大阪|福冈"
    ),
    "Singapore": _any("Singapore(?:an)?|Temasek|DBS", "新加坡|星展"),
    "Thailand": _any("Thai(?:land)?|Bangkok|Phuket", "泰国|曼谷"),
    "Vietnam": _any("Vietnam(?:ese)?|Hanoi|Ho Chi Minh|Da Nang", "越南|河内|胡志明市"),
    "Malaysia": _any("Malaysian?|Kuala Lumpur|Penang|Melaka|Sarawak", "马来西亚|吉隆坡"),
    "Indonesia": _any("Indonesian?|Jakarta|Bali|Batam", "印度尼西亚|印尼|雅加达"),
    "Philippines": _any("Philippines?|Filipino|Manila|Cagayan|Bataan", "菲律宾|马尼拉"),
    "Cambodia": _any("Cambodian?|Phnom Penh|Bakong", "柬埔寨|金边"),
    "Laos": _any("Laos|Lao|Vientiane", "老挝|万象"),
    "Kazakhstan": _any("Kazakh(?:stan)?|Astana|Almaty|Nur-Sultan", "哈萨克斯坦|阿斯塔纳"),
    "Afghanistan": _any("Afghan(?:istan)?|Kabul", "阿富汗|喀布尔"),
    "India": _any(
        "India(?:n|['’]s)?|Delhi|Mumbai|Telangana|Maharashtra|Andhra Pradesh|Karnataka|Bengal|Kerala|Tamil Nadu",
        "印度(?!尼西亚)|新德里|孟买",
    ),
    "United Arab Emirates": _any("UAE|Emirat(?:es|i)|Dubai|Abu Dhabi|Sharjah", "阿联酋|迪拜|阿布扎比"),
    "elsewhere": _any(
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

# --- Bodies: name printed in the data (empty: as it stands), level, pattern -----------------------------------

NATIONAL = [
    ("Supreme People's Court", "court", _any(r"Supreme (?:People['’]s )?Court|SPC|(?:China['’]s )?chief justice|top court",
     "最高人民法院|最高法(?!院的)")),
    ("Supreme People's Procuratorate", "court", _any("Supreme People['’]s Procuratorate", "最高人民检察院|最高检")),
    ("Cyberspace Administration of China", "national", _any(
        r"Cyberspace Administration of China|CAC|(?:China['’]s |Chinese )?(?:internet|cyberspace) (?:regulator|watchdog|"
        r"administration|authorit(?:y|ies))", "国家互联网信息办公室|国家网信办|中央网信办|网信办公示")),
    ("People's Bank of China", "national", _any(
        r"People['’]s Bank of China|PBo?C|China['’]s central bank|(?:the |Chinese )?central bank(?! branch| in)",
        "中国人民银行(?!.{1,6}(?:分行|支行|中心))|央行(?!.{1,4}(?:分行|支行))|人民银行数字货币研究所|央行数研所")),
    ("Ministry of Industry and Information Technology", "national", _any(
        "MIIT|Ministry of Industry and Information Technology|China['’]s industry ministry", "工业和信息化部|工信部")),
    ("State Council", "national", _any("State Council|China['’]s cabinet", "国务院(?!国资委)")),
    ("CPC Central Committee", "national", _any("Politburo|CPC Central Committee|Xi Jinping", "中共中央|中央政治局|习近平|党中央")),
    ("National Development and Reform Commission", "national", _any(
        r"NDRC|National Development and Reform Commission|China['’]s (?:state )?planner", "国家发展改革委|国家发改委|国家发展和改革委员会")),
    ("State Administration of Foreign Exchange", "national", _any(
        "SAFE(?! \\w+ branch)|State Administration of Foreign Exchange", "国家外汇管理局(?!.{2,5}分局)|国家外管局")),
    ("State Taxation Administration", "national", _any(
        "State (?:Administration of )?Taxation(?: Administration)?|China['’]s tax (?:authority|administration)",
        "国家税务总局(?!.{2,9}税务局)|税务总局")),
    ("General Administration of Customs", "national", _any(
        "General Administration of Customs|GACC|China['’]s customs", "海关总署")),
    ("State Administration for Market Regulation", "national", _any(
        "SAMR|State Administration for Market Regulation", "国家市场监督管理总局|国家市场监管总局|市场监管总局")),
    ("Ministry of Science and Technology", "national", _any(
        "Ministry of Science and Technology|(?:China['’]s )?science ministry", "科学技术部|科技部")),
    ("National Audit Office", "national", _any("National Audit Office", "国家审计署|审计署")),
    ("State Information Center", "national", _any("State Information Cent(?:er|re)", "国家信息中心")),
    ("China Academy of Information and Communications Technology", "national", _any("CAICT", "中国信通院|中国信息通信研究院")),
    ("State-owned Assets Supervision and Administration Commission", "national", _any(
        "SASAC|State-owned Assets Supervision and Administration Commission", "国务院国资委|国资委")),
    ("China Securities Regulatory Commission", "national", _any("CSRC|China['’]s securities regulator", "中国证监会|证监会")),
    ("China Banking and Insurance Regulatory Commission", "national", _any("CBIRC|CBRC", "银保监会|银监会|金融监管总局")),
    ("", "national", _any(
        r"(?:China['’]s )?Ministry of [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*|National (?:Energy|Health|Healthcare Security|Data|"
        r"Intellectual Property|Copyright|Railway|Medical Products|People['’]s) [A-Z]\w+(?: \w+)?", "", case=True)),
    ("", "national", _any(
        r"(?:Chinese|China['’]s) (?:\w+ )?(?:regulators?|authorit(?:y|ies)|government|ministr(?:y|ies)|legislature|parliament|"
        r"lawmakers?|police|state bodies|planner|president|premier)|national (?:government|list of pilots)|"
        r"(?<=^)China(?= (?:to|and|will|may|[a-z]+s)\b)",
        "(?:财政|交通运输|农业农村|商务|教育|公安|司法|民政|住房和城乡建设|住建|人力资源和社会保障|人社|自然资源|生态环境|文化和旅游)部(?!门)|"
        "国家(?:能源局|医保局|卫健委|知识产权局|版权局|数据局|药监局|标准委|广电总局|档案局|铁路局|邮政局|林草局|中医药局)|民航局|"
        "全国人大|全国政协|多部门|[一二三四五六七八九十]+部[门委]")),
]  # fmt: skip

COURT = _any(
    r"Internet Court|(?:High(?:er)?|Intermediate|Maritime|Financial|Railway|Intellectual Property) (?:People['’]s )?Court|"
    r"(?:district |city |county |provincial )?(?:People['’]s )?Courts?|judges?|procurat\w+|prosecutors?",
    "互联网法院|知识产权法院|金融法院|海事法院|高级人民法院|中级人民法院|人民法院|人民检察院|高院|中院|法院|检察院|法庭|检察机关|法官",
)
CENTRAL_BRANCH = _any(
    r"(?:provincial |municipal |city )?(?:customs|tax (?:bureau|service|authorit(?:y|ies)|office|administration|department))"
    r"(?: house| office| district)?|taxmen|SAFE(?:['’]s)? \w+ branch|PBo?C(?:['’]s)? \w+ (?:sub-)?branch|central bank branch|"
    r"foreign exchange (?:office|bureau|administration|regulator)",
    "(?:国家)?(?:税务局|税务分局|国税局|税务部门|海关(?!总署)|外汇管理局.{0,6}(?:分局|支局)|外汇局|外管局|"
    "人民银行.{1,8}(?:分行|支行|中心支行|营业管理部)|人行.{1,6}(?:分行|支行)|央行.{1,4}(?:分行|支行)|证监局|银保监局|海事局)",
)
LOCAL = _any(
    r"(?:(?:municipal|provincial|district|county|city|regional|local|people['’]s|market|health|justice|finance|transport|"
    r"housing|public security|civil affairs|education|commerce|big data|data|industry|economic|economy|science|"
    r"cyberspace|political|party|standing|management|discipline|planning|environment(?:al)?|agriculture|judicial|"
    r"intellectual property|copyright|financial|work|legal affairs|reform|development) )*"
    r"(?:governments?|bureaus?|departments?|commissions?|committees?|administrations?|authorit(?:y|ies)|regulators?|"
    r"offices?|congress|council|governor|mayor|secretary|officials?|police|legislat(?:ors?|ure)|advis[eo]rs?|"
    r"work report|notar(?:y|ies)(?: office)?|arbitration commission|housing fund|party leaders?|CPPCC|"
    r"resource trading cent(?:er|re)|service cent(?:er|re)|data cent(?:er|re)|free[- ]trade (?:area|zone|port))",
    "人民政府|市政府|省政府|区政府|县政府|政府办公[厅室]|政府(?!采购|投资|引导|服务|数据|监管)|管理?委员会|管委会|[省市区县]委(?!员|托|派|屈)|"
    "[省市区]人大|[省市]政协|(?:财政|司法|公安|教育|民政|商务|科技|科学技术|农业农村|交通运输|交通|住建|住房|人社|人力社保|文旅|水利|审计|"
    "卫健|医保|医疗保障|市场监管|市场监督管理|知识产权|金融(?:工作|监管)?|大数据(?:发展)?(?:管理)?|数据(?:资源)?(?:管理)?|政务服务(?:数据)?"
    "(?:管理)?|经信|工信|经济和信息化|工业和信息化|发改|发展改革|城管|应急|环保|生态环境|档案|规划和自然资源|自然资源|税务|统计|药监)"
    "(?:厅|局|委|办|部门|委员会)|发改委|网信办|卫健委|经信委|国资委|纪委|监委|政法委|公证处|仲裁委(?:员会)?|公积金(?:管理)?中心|"
    "(?:公共资源|产权)交易中心|(?:不动产)?登记中心|政务服务中心|行政服务中心|大数据中心|街道(?:办)?|公安机关|警方|书记|市长|省长|区长|县长",
)
PUBLIC_SERVICE = _any(
    r"(?:\w+ )?hospitals?|universit(?:y|ies)|museums?|schools?|librar(?:y|ies)",
    "医院|大学|学校|学院|博物馆|图书馆|卫生院",
)
"""Institutions that are public and yet act as no government: their level is none."""
STATE_OWNED = _any(
    r"ICBC|Industrial and Commercial Bank of China|Bank of China(?! in| branch)|China Construction Bank|CCB|"
    r"Agricultural Bank of China|ABC bank|Bank of Communications|BoCom|Postal Savings Bank|State Grid|China Southern Power "
    r"Grid|PetroChina|CNPC|Sinopec|Sinochem|CNOOC|China (?:Mobile|Telecom|Unicom|Life|Post|Merchants|Railway|Tower|Eastern|"
    r"Southern Airlines|Tobacco|Baowu|Minmetals)|COSCO|PICC|UnionPay|Xinhua|CCTV|CITIC|\w+ Metro|\w+ Mobile|"
    r"(?:state|central)(?:-owned)? (?:enterprises?|firms?|companies)|CRRC|China Development Bank|Exim Bank|"
    r"(?:data|climate|property rights|equity|cultural) exchange|(?:state )?broadcaster|rail port|port group|newspaper group",
    "工商银行|工行|中国银行(?!业|间)|中行|建设银行|建行|农业银行|农行|交通银行|邮储银行|国家开发银行|国家电网|国网|南方电网|南网|中石油|"
    "中石化|中化|中海油|中国移动|中国电信|中国联通|中国人寿|中国人保|人保财险|中国邮政|中国铁塔|银联|新华社|央视|地铁集团|中远海运|"
    "招商局|中信集团|中国宝武|中粮|央企|国企|国有企业|中央企业|电力公司|供电公司|数据交易所|产权交易所|港口集团|报业集团|广电集团|城投",
)

# --- Kind and stage -------------------------------------------------------------------------------------------

NO_STAGE = _any(
    r"pilot (?:free trade )?(?:zones?|cit(?:y|ies)|lists?|projects? list)|demonstration zones?|test zones?|"
    r"work(?:ing)? group|free[- ]trade (?:pilot )?zones?|leading group|opens? (?:up|source)|national pilots?",
    "自贸试验区|自由贸易试验区|试点(?:城市|名单|地区|示范区?)|综合试验区|先行先试",
)
"""Passed over when a stage is looked for: names of zones and lists."""

REPORT = _any("(?:government )?work report", "政府工作报告")
SPEECH = _any(
    r"calls? (?:for|on)|urges?|asks? for|stress(?:es)?|says?|said|tells|told|pledges?|promises?|vows?|"
    r"promotes? ['‘“]|highlights?|backs? blockchain|speech|study session|stud(?:y|ies) (?:session|blockchain)|chairs?|inspects?|"
    r"visits?|proposes?|sees|names? blockchain|wants?|hails?|praises?|advis[eo]rs?|attends?|speaks?|encourages?|"
    r"leaders? (?:study|want|promote|hold)|reports? (?:about|city|\d+)|interview|meets? (?:blockchain )?(?:compan|firm)\w+|"
    r"trains? \d|forum|seminar|party (?:standing committee|leaders?)",
    "强调|指出|呼吁|讲话|集体学习|专题学习|中心组学习|调研|考察|座谈会|提案|建言|致辞|专访|主旨演讲|倡议|主持召开|会见|表态|研讨会|培训班|"
    "(?:书记|市长|省长|局长|主任|院长|委员|代表)[^，。！]{0,8}(?:[：:]|表示|提出|要求|建议|称)",
)
PROMISE = _any(
    r"calls? (?:for|on)|urges?|asks? for|stress(?:es)?|pledges?|promises?|vows?|promotes? ['‘“]|highlights?|backs? blockchain|"
    r"study session|stud(?:y|ies) session|chairs?|encourages?|leaders? (?:study|want|promote|hold)|inspects?|"
    r"party (?:standing committee|leaders?)",
    "强调|指出|集体学习|专题学习|中心组学习|调研|主持召开|提出|要求|考察",
)
"""Speeches that say what those who rule want: their stage is policy; of the others the words tell none."""
RESTRICTION = _any(
    r"bans?|banned|crackdown|cracks? down|clean-?ups?|warns? (?:of|against)|stop crypto\w* mining|shuts? (?:down )?(?:crypto|bitcoin)\w* "
    r"mines?|forbids?|prohibits?|outlaws?|removes? (?:token )?support|raids?|seiz(?:es?|ure)|illegal fundraising|halts?",
    "整治|清退|禁止|取缔|风险提示|严厉打击|打击.{0,8}(?:诈骗|炒作|犯罪|挖矿|洗钱)|关停.{0,6}(?:矿|挖矿)|警惕|叫停|查处|非法集资|严禁|约谈|防范.{0,10}风险",
)
TALLY = _any(
    r"(?:counts?|counted|reports?|passe[sd]|reach(?:es|ed)?|exceeds?|exceeded|tops?|topped|hits?|handle[sd]|has|have|issued|sees|totals?|"
    r"grows? by|surpass\w*) (?:about |over |nearly |more than |some |almost |up to |around )?(?:\d[\d,.]*|a hundred|two|three|five|ten|twelve|"
    r"twenty)(?: (?:million|billion|thousand|per cent))?(?! (?:measures|reporters|pilot|policies))|"
    r"(?:over|more than|nearly) [\d,.]+(?: (?:million|billion|thousand))? (?:\S+ ){0,4}(?:have been|were|had been|issued|handled|recorded)|"
    r"reports a blockchain cluster|uses of blockchain number",
    r"累计|突破\d|(?:超过?|达到?|逾|近)[\d.,]+[万亿千]?(?:余|多)?[张份笔件家户个项次元条宗例]|已有[\d.]+[万亿千]?[余多]?[张份笔件家户个项条]|[\d.]+[万亿]余?[张份笔件条户次]|总量|同比增长",
)
SUBJECT_POLICY = _any(
    r"(?:plans?|rules|guidelines?|guidance|polic(?:y|ies)|opinions?|measures|white paper|draft|regulations?|law) "
    r"(?:asks?|names?|calls?|includes?|foresees?|wants?|aims?|requires?|says?|promises?|backs?|supports?|encourages?)",
)
POLICY = _any(
    r"(?:action|work|implementation|three-year|five-year|3-year|5-year|development|industry|industrial|construction|"
    r"application|transport|software|support|reform|infrastructure|metaverse|economy|city|blockchain|government|14th) plans?|"
    r"plan (?:for|on|to 20\d\d|includes?|names?|asks?|foresees?)|plan$|measures|guidelines?|guidance|guide|opinions?|"
    r"(?<!court )(?<!judge )(?<!courts )rules?(?! that| in favou?r)|regulations?|ordinance|policy(?! blockchain| chain)|policies(?! on)|standards?|specifications?|white paper|blue book|circular|notice|"
    r"legislation|laws?|catalogue|"
    r"incentives? for|subsid(?:y|ies|i[sz]es?)|rewards? for|support package|package|roadmap|road map|"
    r"support for (?:the )?blockchain|list of professions|approved as|approves? a|data property rules|e-labour contracts policy",
    "《[^》]*(?:计划|方案|规划|意见|办法|条例|细则|措施|政策|指南|指引|标准|规范|白皮书|通知|规定|要点|纲要|蓝皮书|目录|清单|公告|指导)[^》]*》|"
    "印发|行动计划|行动方案|实施方案|工作方案|三年(?:行动)?计划|发展规划|规划纲要|指导意见|实施意见|管理办法|暂行办法|条例|实施细则|"
    "若干(?:措施|政策|意见|规定)|扶持政策|政策措施|征求意见稿?|地方标准|团体标准|国家标准|行业标准|标准发布|发布.{0,12}(?:白皮书|标准|指南|规范)|"
    "白皮书|新政|政策|\\d+条|[十一二三四五六七八九]+条|出台|立法|通告|十四五|职业(?:目录|分类)|指南|规划",
)
FUNDING = _any(
    r"(?:sets? up|backs?|launch(?:es)?|plans?|foresees?|creates?|establish\w*|raise[sd]?|opens?) (?:\S+ ){0,8}funds?(?! system| platform| chain)|"
    r"(?:billion|million)[- ]\S+ (?:\S+ )?fund(?! system| platform)|funding round|series [A-D]",
    "(?:产业|投资|引导|专项|发展|创投)基金|亿元.{0,6}基金|基金(?:成立|设立)|[A-D]轮融资|完成.{0,8}融资",
)
CLOSED = _any(
    r"shuts? down|clos(?:es?|ing|ure)|ends? (?:its|the)|discontinu\w+|abandon\w*|scrap(?:s|ped)?|suspends?|withdraws?",
    "关停|停止(?:运营|服务|运行)|停用|下线|终止|关闭|注销",
)
ANNOUNCED = _any(
    r"plans? (?:to|a|an|the|for|its|\w+ (?:\w+ )?(?:platform|system|chain))|plans?|planned|planning|(?<!first )(?<!used )(?<!due )(?<!thanks )(?<!over )to (?!(?:the|a|an|its|their|20\d\d|"
    r"\d|\w+ing|date|test|world|over|\w+s|court|mayor|market|small|local|public)\b)[a-z]{3,}|will|signs?|signed|agrees?|agreement|"
    r"tenders?|tendered|bids?|awards? (?:a )?contract|wins? (?:a )?(?:contract|tender|bid|order)|contracts (?:a|an|the)|picks?|prepar\w+|"
    r"intends?|considers?|proposed|in talks|set to|about to|expects?|aims?|seeks?|"
    r"announces?|announced|starts? building|begins? (?:building|work)|cooperation|partners?|shortlisted|procures?|buys?",
    "将(?:于|建|推出|上线|启动|打造|在|试点|开展|实现|建设|推动|探索|发行|全面|率先|联合|对|引入|运用|投入|落户|探)|拟|计划(?!》)|签约|签署|战略合作|"
    "合作协议|招标|中标|采购|筹备|筹建|启动建设|开工|有望|年内|即将|争取|规划建设|立项|谋划|加快建设|推进.{0,10}建设|明年|正在建设|公开征集|入选|获批",
)
PILOT = _any(
    r"pilots?|piloted|piloting|trials?|trial run|tests?|tested|testing|(?:tries|try|tried)(?! (?:\S+ ){0,5}cases?)|explores?|experiments?|"
    r"proof of concept|sandbox|beta|studies|study",
    "试点|试运行|试行|测试|内测|公测|试用|试验|试水|探索|沙盒|验证|试发|首批试",
)
LIVE = _any(
    r"launch(?:es|ed)?|goes? (?:live|online|on chain)|went (?:live|online)|opens?|opened|introduces?|released?|releases?|"
    r"presents?|unveils?|rolls? out|puts?|brings?|adopts?|uses?|used|using|runs?|operates?|issues?|issued|handles?|records?|"
    r"stores?|tracks?|traces?|keeps?|complet(?:es?|ed)|delivers?|applies|applied|reports?|counts?|passes|reach(?:es)?|"
    r"links?|shares?|share|connects?|covers?|widens?|expands?|pays?|moves?|starts?|started|begins?|enters? (?:service|use)|"
    r"in (?:use|operation|service)|comes? into (?:use|service|operation)|operational|rules? on|hears?|accepts?|admits?|"
    r"first (?:block ?chain|case|invoice|bill|licen[cs]e)|hands? out|gives?|grants?|has \d|sees \d|supervises?|"
    r"builds?|built|takes?|holds?|supplies|replaces?|extends?|live|offers?|lets?|tie[sd]?|joined|joins?|founded|forms?|sets? up|now|sees|seals?|tries|admits?|watch(?:es)?|shows?|gets?|registers|matches|settles?|approves?|named|listed|"
    r"enables?|completes|processes|verif(?:y|ies)|signs? up",
    "上线|启用|落地|投入(?:使用|运行|运营|应用)|正式(?:运行|运营|启动|启用|发布|开通)|投运|投用|开出|开具|发出|首张|首例|首单|首笔|首个|首家|首份|"
    "首次|首创|率先|建成|应用|实现|全覆盖|办结|宣判|判决|审结|采用|采信|采纳|签发|发放|接入|开通|推出|运用|运行|亮相|突破|累计|已有|已在|已经|"
    "助力|赋能|上链|推广|发布|启动|打通|用上|搭建|揭牌|入驻|出证|受理|存证|成交|发行|完成|利用|使用|依托|借助|引入",
)
WEAK = re.compile(
    r"starts?|started|begins?|builds?|built|takes?|joins?|joined|sets? up|forms?|founded|gets?|named|listed|shows?|brings?|"
    r"approves?|backs?|holds?|sees|now|应用|利用|依托|借助|搭建|实现|助力|赋能|启动|使用|完成|引入|成立|存证|发布",
    re.IGNORECASE,
)
"""Words of use that tell a deployment but not how far it is."""
INDUSTRY = _any(
    r"(?:industrial |industry |software |science |innovation )?parks?|(?:demonstration|pilot|test|development|industrial|"
    r"industry) zones?|zone named|industry bases?|alliances?|associations?|committee|leading group|clusters?|"
    r"blockchain (?:firms|companies|sector|development)|incubators?|innovation cent(?:er|re)s?|research institutes?|professions?|"
    r"laborator(?:y|ies)|blockchain industry|leading industry|manufacturing|blockchain cent(?:er|re)|evaluation cent(?:er|re)|expert|economy",
    "产业园|园区|产业基地|示范区|先导区|试验区|联盟(?!链)|协会|实验室|研究院|研究中心|创新中心|专委会|委员会成立|领导小组|集聚区|产业集群|"
    "孵化器|产业发展|产业高地|产业",
)
"""What an act is about where it serves the industry instead of running a system: then it is a policy."""
SYSTEM = _any(
    r"platforms?|systems?|invoices?|e-?bills?|bills?|licen[cs]es?|certificates?|e-?licen[cs]es?|vouchers?|nodes?|apps?|"
    r"chain|chains|services? network|evidence|payments?|records?|contracts?|database|wallets?|mini-?program",
    "平台|系统|发票|票据|证照|执照|存证|节点|小程序|红包|消费券|APP|网络|链",
)
INCENTIVE = _any(
    r"subsid(?:y|ies|i[sz]es?|i[sz]ed)|rewards?|rewarded|tax (?:breaks?|relief|cuts?)|(?:cash|government|state) grants?|bonus(?:es)?|cash awards?|"
    r"(?:rent|office)[- ]free|free (?:rent|offices?)|rent subsid\w+|pays? up to|up to \S+ (?:million )?yuan|support fund|"
    r"financial support|digital yuan lottery|red envelopes?|prizes?|vouchers|help with rent|(?:million|billion) yuan (?:in|of) (?:support|funding)|"
    r"guidance fund|government fund",
    "补贴|奖励|补助|税收优惠|资助|红包|扶持资金|专项资金|最高(?:可)?(?:奖|补|给予|支持)|减免|免租|贴息|引导基金|消费券|奖补|真金白银",
)

# --- Sectors --------------------------------------------------------------------------------------------------

NO_SECTOR = _any(
    r"(?:municipal|provincial|district|county|city|local|people['’]s|central|chinese|china['’]s) government(?! services?| data| affairs)|"
    r"governments?(?= (?:plan|work report|issues?|launch|says?|and\b|to\b|of\b))|government work report|work report|public security|news (?:agency|conference|collectibles)|"
    r"(?:department|bureau|ministry|commission) of (?:finance|industry|science|transport\w*|education|commerce|health)|"
    r"(?:finance|industry|science) (?:department|bureau|office|ministry)|free[- ]trade (?:port|zone|area)|service network|"
    r"training (?:course|session)s?|cent(?:er|re)|media reports?|party school|action plan|oil painting|(?:smart )?mobile|"
    r"\w+ university|university of \w+|growth engine|blockchain fund|fund for blockchain|stock connect|bank of [a-z]+(?: [a-z]+)?|trains? \d[\d,]*|infrastructure plan",
    "新闻(?:网|社|办|发布会|联播)?|人民政府|市政府|省政府|区政府|县政府|自由?贸易?[港区]|自贸[港区]|财政[局厅部]|政府工作报告|"
    "公安[局厅]|(?:浙江|中国|北京|人民|广播)[^ ，。]{0,2}(?:日报|晚报|网)|科技[局厅部]|区块链(?:技术)?(?:基础设施)?|基础设施|政府|视频会议|"
    "投资(?:额|超|约|\\d)|总投资|引擎|银行(?=.{0,3}分行)|文化(?:公司|集团)|人才|培训班|《|》|(?:信息)?服务网络(?=发展联盟)",
)
"""Words that name a body, a paper or a plan and say nothing of what a system is for."""

SECTOR_WORDS = {
    "finance": (
        "asset-backed|letter of credit|letters of guarantee|foreign exchange|reinsurance|card debt|small firms|"
        "initial coin offering|ico|cross-border financing|mortgage|invoice financing|lender|borrower|securit|"
        "stock|factoring|guarantee|bankers|trade finance platform|supply chain financing|financing platform|financing"
    ),
    "supply-chain": "track goods|origin of goods|product tracing|imported goods|trace goods|quality tracing",
    "agriculture-food": "pork|beef|crop insurance|cattle|tea leaves|farmer|wine|seafood|seed|orchard|navel orange|forestry|cold chain food|fruit|grape|apple|mutton|sheep|vegetables|ginseng|rice wine|liquor|baijiu|market stalls",
    "judiciary": (
        "bankruptcy|parolee|parole|community correction|offender|litigation|lawsuit|judgment|judgement|notarisation|notarization|"
        "notaries|law enforcement|prosecution|e-evidence|lawyer|mediation|verdict|trial evidence|justice|deposition|enforcement of judgments|"
        "wildlife case|crime-fighting|legal chain|labour contract dispute"
    ),
    "copyright-ip": "design rights|works registration|originality|intellectual-property|piracy|copyrighted",
    "digital-collectibles": "digital art|collectibles platform|digital news collectible|digital collection",
    "government-services": (
        "government service|government affairs|digital government|government data|e-government|business licence|business license|"
        "business registration|permits|service hall|one-stop|one stop|public resource trading|licence|smart city|smart-city|"
        "audit|tender platform|government procurement|city brain|social governance|elections|official cars|petition|"
        "social security|household registration|administrative|government chain|service chain|citizen service|enterprise service|"
        "certificates of no criminal record|marriage registration|government offices|departments share data|market regulation"
    ),
    "tax-invoicing": "medical bill|medical e-bill|medical electronic bill|blockchain bill|fiscal bill|fiscal e-bill|fiscal electronic bill|property tax|taxpayer|taxes|tax refund|vat|e-bills|non-tax|tax-related|tax chain|electronic invoice|e-ticket invoice",
    "healthcare": (
        "vaccine|vaccination|coronavirus|epidemic|covid|covid-19|pandemic|patient|clinic|health code|"
        "internet medical|masks|virus|medical insurance|blood|organ donation|health records|drug tracing|chinese medicine"
    ),
    "education": "credit bank|student|graduates|academic credentials|vocational|diplomas|teachers|certificates of study|engineer profession|list of professions|labour skills|job seekers",
    "energy": "crypto mining|bitcoin mining|mining of cryptocurrency|cryptocurrency mining|hydropower|green power|green electricity|renewable|power trading|wind power|emission|emissions|electric power|coal|crude oil|gas station|power grid|mining",
    "logistics-trade": "cargo|shipment|shipping line|import|export|freight train|e-port|warehouse|parcels|trade documents|cross-border trade|trade blockchain|rail port|sea port|bills of lading|airport cargo|china-europe|sino-europe|trade link|port logistics|postal",
    "transport": "bus|metro ticket|subway ride|official vehicle|driving licence|truck|traffic|electric cars|ride-hailing|ferry|transport plan",
    "real-estate-land": "property|property transfer|homes|home buyer|land use|land acquisition|provident fund|housing fund|rental|tenants|property deeds|demolition|estate",
    "media-entertainment": "newspapers|broadcaster|museum|concert|cultural relics|tickets|film festival|scenic spot|encyclopedia|heritage",
    "gaming": "mobile game|virtual cat|gamer|players",
    "retail-loyalty": "consumption voucher|shopping voucher|loyalty points|bonus points|shoppers|merchants",
    "identity-data-security": "personal data|data trading|data-sharing|data share|directory chain|directory of data|id card|data security|digital id|data catalogue|data elements|data trade|data exchange platform|privacy",
    "baas-infrastructure": "bsn|blockchain service network|node|nodes|blockchain laboratory|chang'an chain|chainmaker|base chain|own chain|national blockchain network|super node|underlying platform|open source chain|xinghuo|blockchain network",
    "public-welfare": "poverty|charities|wage guarantee|red cross|volunteer service|migrant workers' wages|elderly care|relief goods|relief fund|donated|migrant worker wages",
    "digital-currency": "digital rmb|e-yuan|dcep|central bank digital currency|sovereign digital currency|digital wallet|digital yen",
}  # fmt: skip
"""English keywords of the news beside those of ``sectors.csv``, which are written for names of services."""

SECTOR_WORDS_ZH = {
    "finance": "融资平台|供应链融资|授信|普惠|外债|跨境融资|反洗钱|上市公司",
    "judiciary": "破产|执行案件|庭审|立案|判决|社矫|律所|行政执法|执法记录|检察|裁判",
    "government-services": "营业执照|证明|办事|放管服|政务服务|数字政府|电子政务|城市大脑|公证书跨省|审计|工商登记|企业开办|秒批|监督执纪|公车|最多跑一次",
    "tax-invoicing": "电子发票|财政电子票据|非税|出口退税|税费|缴税|涉税",
    "healthcare": "新冠|防控|医疗票据|患者|医疗电子票据|核酸|接种|就医|慈善医疗|医疗机构|中医",
    "real-estate-land": "房地产登记|二手房|不动产登记|购房|租房|土地出让|公租房|征迁|资金监管平台房",
    "agriculture-food": "脐橙|苹果|枸杞|大闸蟹|五常大米|普洱茶|葡萄|生猪|农户|农民|食用农产品|种养|果园|人参|牦牛|菜市场",
    "energy": "挖矿|矿场|虚拟货币“?挖矿|绿色电力|绿电交易|用电|碳排放|碳交易|电力交易|碳汇",
    "logistics-trade": "中欧班列|国际贸易“?单一窗口|单一窗口|跨境电商|进口货物|放货|港口|铁海联运|外贸企业",
    "education": "学分银行|毕业生|电子学位|技能证书|劳动者",
    "public-welfare": "农民工工资|工资保证金|扶贫资金|慈善|助学|善款|欠薪|帮扶",
    "transport": "网约|公务用车|乘车|公交地铁|新能源车",
    "identity-data-security": "目录链|目录区块链|数据目录|个人信息|可信数据空间|数据确权|数据流通|电子身份",
    "baas-infrastructure": "骨干节点|城市节点|主干网|区块链服务网络|BSN|星火|超级节点|算力|底座|底层平台|城市链|自主可控",
    "digital-currency": "数字人民币|数币|数字人民币红包",
    "retail-loyalty": "消费券|促消费",
    "media-entertainment": "展览|剧院|文物|遗产|旅行",
    "copyright-ip": "原创作品|知识产权保护|登记证书|维权平台",
    "supply-chain": "溯源码|质量追溯|防伪溯源",
}
"""Chinese keywords of the news beside those of ``sectors.csv``."""

STRONG = {
    "tax-invoicing": _any(r"invoices?|e-?invoices?|e-?bills?|fiscal \S*\s?\S*bill|tax", "发票|票据|税"),
    "judiciary": _any(
        r"evidence|courts?|notar\w+|judicial|prosecut\w+|community correction", "存证|证据|法院|公证|司法|矫正|检察"
    ),
    "public-welfare": _any("charity|donation|poverty.*|wage guarantee|lottery", "慈善|公益|捐赠|扶贫|农民工工资|养老"),
    "healthcare": _any("vaccine|hospital|medical|drug|epidemic|covid.*", "疫苗|医疗|药品|医保|疫情|处方"),
    "agriculture-food": _any("agricultur.*|farm|food|rice|tea", "农产品|农业|食品|大米|茶叶"),
    "real-estate-land": _any("property|housing|land.*|provident fund|real estate", "不动产|公积金|房产|二手房|土地"),
    "logistics-trade": _any("customs|port|cargo|cross-border trade|shipping", "海关|通关|港口|跨境贸易|航运|口岸"),
}
"""Keywords that say what a system is for even where a word of another sector says who uses it; the first wins."""
